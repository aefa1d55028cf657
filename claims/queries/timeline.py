"""What happened to a claim, in words: steps, decisions, milestones, evidence, edits of text and figures, papers, exports."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

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
    FrozenClaim,
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
from claims.queries.timeline_papers import Act, bookings, paper_acts
from core.changes import Field, differences, people_of
from core.language import language
from core.models import Event
from core.numbers import format_date

STEP, DECISION, EDIT, EVIDENCE, REMARK, PAPER = "step", "decision", "edit", "evidence", "remark", "paper"
MONEY = "money"
KINDS = (STEP, DECISION, MONEY, EDIT, EVIDENCE, REMARK, PAPER)
MOST_EVENTS = 2000  # newest edits per table that are read


@dataclass(frozen=True)
class Moment:
    """One thing that happened: to which claim, when, who, what sort, what, why, and for an edit which fields."""

    claim_id: int
    at: datetime.datetime
    by: str
    kind: str
    what: str
    why: str = ""
    fields: tuple[Field, ...] = field(default_factory=tuple)


@dataclass(frozen=True)
class Span:
    """From when to when (the end left out); None is open."""

    since: datetime.datetime | None = None
    until: datetime.datetime | None = None

    def on(self, name: str) -> Q:
        """Return the condition that a moment lies within."""
        condition = Q()
        if self.since:
            condition &= Q(**{f"{name}__gte": self.since})
        if self.until:
            condition &= Q(**{f"{name}__lt": self.until})
        return condition

    def holds(self, at: datetime.datetime | None) -> bool:
        """True when the moment lies within."""
        return at is not None and not (self.since and at < self.since) and not (self.until and at >= self.until)


ALWAYS = Span()


def timeline(claims: Sequence[Claim], kinds: tuple[str, ...] = KINDS, span: Span = ALWAYS) -> list[Moment]:
    """Return the moments of the sorts asked for, the newest first."""
    sources = {
        STEP: _steps,
        DECISION: _decisions,
        EDIT: _edits,
        EVIDENCE: _evidence,
        REMARK: _remarks,
        PAPER: _papers,
        MONEY: _bookings,
    }
    found = [moment for kind in kinds for moment in sources[kind](claims, span) if span.holds(moment.at)]
    return sorted(found, key=lambda moment: moment.at, reverse=True)


def _steps(claims: Sequence[Claim], span: Span) -> Iterator[Moment]:
    for claim in Claim.objects.filter(pk__in=[one.pk for one in claims]).select_related("created_by"):
        yield Moment(claim.pk, claim.created_at, claim.created_by.name, STEP, _("The claim was made"))
    for step in Step.objects.filter(span.on("at"), claim__in=claims).select_related("by"):
        text = f"{step.get_from_state_display()} → {step.get_to_state_display()}"
        named = capfirst(str(step.get_kind_display()))
        yield Moment(step.claim_id, step.at, step.by.name, STEP, f"{named}: {text}", step.remark)
    for approval in Approval.objects.filter(span.on("at"), submission__claim__in=claims).select_related(
        "by", "submission"
    ):
        told = _("Agreement of a controller")
        yield Moment(approval.submission.claim_id, approval.at, approval.by.name, STEP, told, approval.remark)
    for handover in Handover.objects.filter(span.on("at"), claim__in=claims).select_related("by", "new_owner"):
        text = _("Handed over to %s") % handover.new_owner
        yield Moment(handover.claim_id, handover.at, handover.by.name, STEP, text, handover.note)


def _decisions(claims: Sequence[Claim], span: Span) -> Iterator[Moment]:
    people = ("party", "registered_by", "confirmed_by", "dropped_by")
    for row in Decision.objects.filter(claim__in=claims).select_related(*people):
        on = _("date unknown") if row.decided_on is None else format_date(row.decided_on, language())
        said = f"{row.party.code}: {row.get_outcome_display()} ({on})"
        told = _("Decision registered: %s") % said
        yield Moment(row.claim_id, row.registered_at, row.registered_by.name, DECISION, told, row.remark)
        if row.confirmed_at:
            told = _("Decision confirmed: %s") % said
            yield Moment(row.claim_id, row.confirmed_at, row.confirmed_by.name, DECISION, told)
        if row.dropped_at:
            told = _("Decision dropped: %s") % said
            yield Moment(row.claim_id, row.dropped_at, row.dropped_by.name, DECISION, told, row.drop_reason)
    for milestone in Milestone.objects.filter(span.on("recorded_at"), claim__in=claims).select_related("recorded_by"):
        on = _("date unknown") if milestone.happened_on is None else format_date(milestone.happened_on, language())
        said = f"{capfirst(str(milestone.get_kind_display()))} {milestone.party}".strip()
        by = milestone.recorded_by.name
        yield Moment(milestone.claim_id, milestone.recorded_at, by, DECISION, f"{said} ({on})", milestone.remark)


def _evidence(claims: Sequence[Claim], span: Span) -> Iterator[Moment]:
    rows = Evidence.objects.filter(span.on("added_at"), claim__in=claims).select_related("kind", "added_by")
    for row in rows.without_content():
        yield Moment(
            row.claim_id, row.added_at, row.added_by.name, EVIDENCE, f"{row.kind}: {row.name}", row.description
        )


def _remarks(claims: Sequence[Claim], span: Span) -> Iterator[Moment]:
    for row in Remark.objects.filter(claim__in=claims).select_related("by", "closed_by"):
        yield Moment(row.claim_id, row.at, row.by.name, REMARK, _("Remark: %s") % row.text)
        if row.closed_at:
            yield Moment(row.claim_id, row.closed_at, row.closed_by.name, REMARK, _("Remark closed: %s") % row.text)


def _papers(claims: Sequence[Claim], span: Span) -> Iterator[Moment]:
    for render in (
        Render.objects.filter(span.on("asked_at"), claim__in=claims).select_related("asked_by").defer("content")
    ):
        name = render.asked_by.name if render.asked_by else ""
        yield Moment(render.claim_id or 0, render.asked_at, name, PAPER, _("PDF made: %s") % render.get_kind_display())
    for link in (
        FrozenClaim.objects.filter(span.on("paper__at"), claim__in=claims)
        .select_related("paper__by")
        .defer("paper__snapshot", "paper__program")
    ):
        paper = link.paper
        told = _("Public version frozen: %s") if paper.public else _("Paper frozen: %s")
        said = _("%(paper)s, version %(number)d") % {"paper": paper.get_kind_display(), "number": paper.number}
        yield Moment(link.claim_id, paper.at, paper.by.name, PAPER, told % said)
    yield from _told(paper_acts(claims), PAPER)
    subjects = {f"claim {claim.public_id}": claim.pk for claim in claims}
    for event in Event.objects.filter(span.on("at"), subject__in=subjects).select_related("by"):
        act = str(ACTS.get(event.kind, event.kind))
        said = ", ".join(str(EXPORTED.get(str(value), value)) for value in event.data.values())
        yield Moment(subjects[event.subject], event.at, event.by.name if event.by else "", PAPER, f"{act}: {said}")


def _bookings(claims: Sequence[Claim], span: Span) -> Iterator[Moment]:
    yield from _told(bookings(claims), MONEY)


def _told(acts: Iterable[Act], kind: str) -> Iterator[Moment]:
    for act in acts:
        if act.at is not None:
            yield Moment(act.claim, act.at, act.by, kind, act.what, act.why)


ACTS = {"export": gettext_lazy("Export")}
EXPORTED = {
    "timeline": gettext_lazy("timeline"),
    "dossier": gettext_lazy("dossier file"),
    "control-file": gettext_lazy("control file"),
    "changes": gettext_lazy("changes"),
}


def _edits(claims: Sequence[Claim], span: Span) -> Iterator[Moment]:
    """Read the history of every table of the draft. A change of state is told by its step, not here."""
    ids = {claim.pk: claim.pk for claim in claims}
    lines = _owners(ClaimLine, ids)
    parts = _owners(AnnexPart, ids)
    for model, column, owners in (
        (Claim, "id", ids),
        (Goal, "claim_id", ids),
        (ClaimLine, "claim_id", ids),
        (LineYear, "line_id", lines),
        (LinePartner, "line_id", lines),
        (PlannedResult, "line_id", lines),
        (Section, "claim_id", ids),
        (Evaluation, "claim_id", ids),
        (ContextFigure, "claim_id", ids),
        (AnnexPart, "claim_id", ids),
        (Citation, "part_id", parts),
    ):
        yield from _edits_of(model, column, owners, span)


def _owners(model: Any, claims: dict[int, int]) -> dict[int, int]:
    """Return the claim of every row there was, also of those that are gone."""
    rows = (
        model.pgh_event_model.objects.filter(claim_id__in=claims)
        .order_by("id")
        .values_list("id", "claim_id")
        .distinct()
    )
    return dict(rows)


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


def _edits_of(model: Any, column: str, owners: dict[int, int], span: Span) -> Iterator[Moment]:
    history = model.pgh_event_model.objects.filter(**{f"{column}__in": list(owners)})
    events = list(
        history.filter(span.on("pgh_created_at"))
        .select_related("pgh_context", *(["question"] if model is Section else []))
        .order_by("-pgh_id")[:MOST_EVENTS]
    )
    if not events:
        return
    people = people_of(events)
    earlier = history.filter(pgh_id__lt=events[-1].pgh_id, id__in={event.id for event in events})
    before = {event.id: event for event in earlier.order_by("id", "-pgh_id").distinct("id")}
    verbs = {"insert": _("%s added"), "update": _("%s changed"), "delete": _("%s removed")}
    for event in reversed(events):
        old = before.get(event.id)
        before[event.id] = event
        changed = differences(model, old, event, besides=SAID_ELSEWHERE) if event.pgh_label != "delete" else ()
        if event.pgh_label == "update" and not changed:
            continue
        user = event.pgh_context.metadata.get("user") if event.pgh_context else None
        what = f"{capfirst(str(model._meta.verbose_name))} {_named(model, event)}".strip()
        owner = owners[getattr(event, column)]
        yield Moment(
            owner, event.pgh_created_at, people.get(user, ""), EDIT, verbs[event.pgh_label] % what, "", changed
        )


def _named(model: Any, event: Any) -> str:
    for name in ("label", "title", "description", "subject", "evaluator"):
        value = getattr(event, name, "")
        if value and model is not Claim:
            return f"“{value[:60]}”"
    if model is Section and event.question:
        return f"{event.question.number} {event.question.label}"
    return ""
