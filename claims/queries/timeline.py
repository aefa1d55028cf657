"""What happened to a claim, in words: steps, decisions, milestones, evidence, edits of text and figures, papers, exports."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.utils.text import format_lazy
from django.utils.translation import gettext as _

from claims.models import (
    AnnexPart,
    Approval,
    Citation,
    Claim,
    ClaimLine,
    ContextFigure,
    Decision,
    Evaluation,
    Evidence,
    Goal,
    Handover,
    LinePartner,
    LineYear,
    Milestone,
    PlannedResult,
    Remark,
    Render,
    Section,
    Step,
)
from core.changes import Field, differences, people_of
from core.language import language
from core.models import Event
from core.numbers import format_date

STEP, DECISION, EDIT, EVIDENCE, REMARK, PAPER = "step", "decision", "edit", "evidence", "remark", "paper"
KINDS = (STEP, DECISION, EDIT, EVIDENCE, REMARK, PAPER)
MOST_EVENTS = 2000  # newest edits per table that are read


@dataclass(frozen=True)
class Moment:
    """One thing that happened: when, who, what sort, what, why, and for an edit which fields."""

    at: datetime.datetime
    by: str
    kind: str
    what: str
    why: str = ""
    fields: tuple[Field, ...] = field(default_factory=tuple)


def timeline(claim: Claim, kinds: tuple[str, ...] = KINDS) -> list[Moment]:
    """Return the moments of the sorts asked for, the newest first."""
    sources = {
        STEP: _steps,
        DECISION: _decisions,
        EDIT: _edits,
        EVIDENCE: _evidence,
        REMARK: _remarks,
        PAPER: _papers,
    }
    found = [moment for kind in kinds for moment in sources[kind](claim)]
    return sorted(found, key=lambda moment: moment.at, reverse=True)


def _steps(claim: Claim) -> Iterator[Moment]:
    yield Moment(claim.created_at, claim.created_by.name, STEP, _("The claim was made"))
    for step in Step.objects.filter(claim=claim).select_related("by"):
        text = format_lazy("{} → {}", step.get_from_state_display(), step.get_to_state_display())
        yield Moment(step.at, step.by.name, STEP, f"{str(step.get_kind_display()).capitalize()}: {text}", step.remark)
    for approval in Approval.objects.filter(submission__claim=claim).select_related("by"):
        yield Moment(approval.at, approval.by.name, STEP, _("Agreement of a controller"), approval.remark)
    for handover in Handover.objects.filter(claim=claim).select_related("by", "old_owner", "new_owner"):
        text = _("Handed over to %s") % handover.new_owner
        yield Moment(handover.at, handover.by.name, STEP, text, handover.note)


def _decisions(claim: Claim) -> Iterator[Moment]:
    people = ("party", "registered_by", "confirmed_by", "dropped_by")
    for decision in Decision.objects.filter(claim=claim).select_related(*people):
        on = _("date unknown") if decision.decided_on is None else format_date(decision.decided_on, language())
        said = f"{decision.party.code}: {decision.get_outcome_display()} ({on})"
        yield Moment(
            decision.registered_at,
            decision.registered_by.name,
            DECISION,
            _("Decision registered: %s") % said,
            decision.remark,
        )
        if decision.confirmed_at:
            yield Moment(
                decision.confirmed_at, decision.confirmed_by.name, DECISION, _("Decision confirmed: %s") % said
            )
        if decision.dropped_at:
            text = _("Decision dropped: %s") % said
            yield Moment(decision.dropped_at, decision.dropped_by.name, DECISION, text, decision.drop_reason)
    for milestone in Milestone.objects.filter(claim=claim).select_related("recorded_by"):
        on = _("date unknown") if milestone.happened_on is None else format_date(milestone.happened_on, language())
        said = f"{str(milestone.get_kind_display()).capitalize()} {milestone.party}".strip()
        yield Moment(milestone.recorded_at, milestone.recorded_by.name, DECISION, f"{said} ({on})", milestone.remark)


def _evidence(claim: Claim) -> Iterator[Moment]:
    for piece in Evidence.objects.filter(claim=claim).select_related("kind", "added_by").without_content():
        yield Moment(piece.added_at, piece.added_by.name, EVIDENCE, f"{piece.kind}: {piece.name}", piece.description)


def _remarks(claim: Claim) -> Iterator[Moment]:
    for remark in Remark.objects.filter(claim=claim).select_related("by", "closed_by"):
        yield Moment(remark.at, remark.by.name, REMARK, _("Remark: %s") % remark.text)
        if remark.closed_at:
            yield Moment(remark.closed_at, remark.closed_by.name, REMARK, _("Remark closed: %s") % remark.text)


def _papers(claim: Claim) -> Iterator[Moment]:
    for render in Render.objects.filter(claim=claim).select_related("asked_by").defer("content"):
        name = render.asked_by.name if render.asked_by else ""
        yield Moment(render.asked_at, name, PAPER, _("PDF made: %s") % render.get_kind_display())
    for event in Event.objects.filter(subject=f"claim {claim.public_id}").select_related("by"):
        said = " ".join(str(value) for value in event.data.values())
        yield Moment(
            event.at, event.by.name if event.by else "", PAPER, f"{ACTS.get(event.kind, event.kind)} {said}".strip()
        )


ACTS = {"export": "Export"}


def _edits(claim: Claim) -> Iterator[Moment]:
    """Read the history of every table of the draft. A change of state is told by its step, not here."""
    lines = list(_ids(ClaimLine, claim_id=claim.pk))
    parts = list(_ids(AnnexPart, claim_id=claim.pk))
    for model, condition in (
        (Claim, {"id": claim.pk}),
        (Goal, {"claim_id": claim.pk}),
        (ClaimLine, {"claim_id": claim.pk}),
        (LineYear, {"line_id__in": lines}),
        (LinePartner, {"line_id__in": lines}),
        (PlannedResult, {"line_id__in": lines}),
        (Section, {"claim_id": claim.pk}),
        (Evaluation, {"claim_id": claim.pk}),
        (ContextFigure, {"claim_id": claim.pk}),
        (AnnexPart, {"claim_id": claim.pk}),
        (Citation, {"part_id__in": parts}),
    ):
        yield from _edits_of(model, condition)


def _ids(model: Any, **condition: Any) -> Any:
    return model.pgh_event_model.objects.filter(**condition).values_list("id", flat=True).order_by("id").distinct()


SAID_ELSEWHERE = {
    "state",
    "round",
    "template",
    "claim",
    "line",
    "part",
    "question",
    "created_by",
    "created_at",
    "copied_from",
}


def _edits_of(model: Any, condition: dict[str, Any]) -> Iterator[Moment]:
    events = list(
        model.pgh_event_model.objects.filter(**condition)
        .select_related("pgh_context", *(["question"] if model is Section else []))
        .order_by("-pgh_id")[:MOST_EVENTS]
    )
    people = people_of(events)
    before: dict[int, Any] = {}
    verbs = {"insert": _("%s added"), "update": _("%s changed"), "delete": _("%s removed")}
    for event in reversed(events):
        earlier = before.get(event.id)
        before[event.id] = event
        changed = differences(model, earlier, event, besides=SAID_ELSEWHERE) if event.pgh_label != "delete" else ()
        if event.pgh_label == "update" and not changed:
            continue
        user = event.pgh_context.metadata.get("user") if event.pgh_context else None
        what = f"{str(model._meta.verbose_name).capitalize()} {_named(model, event)}".strip()
        yield Moment(event.pgh_created_at, people.get(user, ""), EDIT, verbs[event.pgh_label] % what, "", changed)


def _named(model: Any, event: Any) -> str:
    for name in ("label", "title", "description", "subject", "evaluator"):
        value = getattr(event, name, "")
        if value and model is not Claim:
            return f"“{value[:60]}”"
    if model is Section and event.question:
        return f"{event.question.number} {event.question.label}"
    return ""
