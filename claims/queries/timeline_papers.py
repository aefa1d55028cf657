"""What happened to the notas and letters about claims, and in the ledger below them, for the timeline; in a fixed number of queries."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from django.db.models import F
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from claims.enums import WrittenKind
from claims.models import (
    Claim,
    CommitmentRow,
    HouseSetPaper,
    PaperAnswer,
    PaperClaim,
    Payment,
    Redaction,
    Render,
    WriteOff,
    WrittenPaper,
)
from core.changes import people_of
from core.language import language
from core.numbers import format_amount


class Act(NamedTuple):
    """One thing that happened: to which claim, when, by whom, what and why."""

    claim: int
    at: datetime.datetime | None
    by: str
    what: str
    why: str = ""


def paper_acts(claims: Sequence[Claim]) -> Iterator[Act]:
    """Yield what happened to notas and letters, to redactions in any paper, and to sets for the House.

    Papers are told of by kind and reference: their titles are for who sees all of their claims.
    """
    about: dict[int, list[int]] = defaultdict(list)
    for key, claim in PaperClaim.objects.filter(claim__in=claims).values_list("paper", "claim"):
        about[key].append(claim)
    papers = {paper.pk: paper for paper in WrittenPaper.objects.filter(pk__in=about).select_related("created_by")}
    called = {key: f"{capfirst(paper.get_kind_display())} {paper.reference}" for key, paper in papers.items()}

    def of(key: int, at: Any, by: str, what: str, why: str = "") -> Iterator[Act]:
        yield from (Act(claim, at, by, f"{called[key]}: {what}", why) for claim in about[key])

    for paper in papers.values():
        yield from of(paper.pk, paper.created_at, paper.created_by.name, _("begun"))
    for answer in PaperAnswer.objects.filter(paper__in=papers).select_related("by"):
        yield from of(
            answer.paper_id, answer.at, answer.by.name, _("a finding of the check was answered"), answer.reason
        )
    made = Render.objects.filter(paper__in=papers).select_related("asked_by").defer("content")
    for render in made:
        by = render.asked_by.name if render.asked_by else ""
        yield from of(render.paper_id or 0, render.asked_at, by, _("PDF made"))
    for key, at, by, what in _closings(papers):
        yield from of(key, at, by, what)
    yield from _redactions(claims, {paper.public_id: about[paper.pk] for paper in papers.values()})
    yield from _sets(claims)


def _closings(papers: dict[int, WrittenPaper]) -> Iterator[tuple[int, datetime.datetime, str, str]]:
    """Read out of the history when papers were closed and taken up again."""
    model: Any = WrittenPaper
    events = list(
        model.pgh_event_model.objects.filter(pgh_obj_id__in=papers).select_related("pgh_context").order_by("pgh_id")
    )
    people = people_of(events) if events else {}
    before: dict[int, bool] = {}
    for event in events:
        closed = bool(event.outcome or event.sent_on)
        if closed != before.get(event.pgh_obj_id, False):
            user = event.pgh_context.metadata.get("user") if event.pgh_context else None
            yield event.pgh_obj_id, event.pgh_created_at, people.get(user, ""), _become(event, closed)
        before[event.pgh_obj_id] = closed


def _become(event: Any, closed: bool) -> str:
    if not closed:
        return _("taken up again")
    if event.kind == WrittenKind.LETTER:
        return _("sent to the House")
    return _("decision fed back: %s") % event.get_outcome_display()


def _redactions(claims: Sequence[Claim], written: dict[Any, list[int]]) -> Iterator[Act]:
    """Tell of redactions by what was done, never by the words that are left out."""
    subjects = {claim.public_id: [claim.pk] for claim in claims} | written
    people = ("ground", "proposed_by", "confirmed_by", "withdrawn_by")
    for row in Redaction.objects.filter(subject__in=subjects).select_related(*people):
        for at, by, what in (
            (row.proposed_at, row.proposed_by, _("Redaction proposed: %s")),
            (row.confirmed_at, row.confirmed_by, _("Redaction confirmed: %s")),
            (row.withdrawn_at, row.withdrawn_by, _("Redaction withdrawn: %s")),
        ):
            if at is not None:
                yield from (Act(key, at, by.name, what % row.ground, row.motivation) for key in subjects[row.subject])


def _sets(claims: Sequence[Claim]) -> Iterator[Act]:
    rows = HouseSetPaper.objects.filter(paper__claims__in=claims).values_list(
        "house_set", "house_set__at", "house_set__by__name", "house_set__title", "paper__claims"
    )
    wanted = {claim.pk for claim in claims}
    for _key, at, by, title, claim in dict.fromkeys(row for row in rows if row[4] in wanted):
        yield Act(claim, at, by, _("Put in a set for the House: %s") % title)


def bookings(claims: Sequence[Claim]) -> Iterator[Act]:
    """Yield what was booked under the claims: commitments, payments, write-offs, and what was reversed."""
    for model, commitment in (
        (CommitmentRow, "commitment"),
        (Payment, "commitment"),
        (WriteOff, "advance__commitment"),
    ):
        rows: Any = model.objects.filter(**{f"{commitment}__line__claim__in": claims}).select_related("recorded_by")
        for row in rows.annotate(claim=F(f"{commitment}__line__claim"), number=F(f"{commitment}__number")):
            named = capfirst(str(row.get_kind_display()))
            what = f"{row.number}: {named}, {format_amount(row.amount, language())}"
            told = _("Reversed: %s") % what if row.reverses_id else what
            yield Act(row.claim, row.recorded_at, row.recorded_by.name, told, row.reason)
