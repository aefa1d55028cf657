"""Questions about remarks, deadlines and dossiers."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from claims.models import Claim, Deadline, Decision, Evidence, Remark, Render, RenderState
from core.models import User


def open_remarks(claim: Claim) -> list[Remark]:
    """Return the remarks that wait for an answer or for closing."""
    return list(
        Remark.objects.filter(claim=claim, answers=None, closed_at=None).select_related("by", "question", "line")
    )


def threads_of(claim: Claim) -> list[tuple[Remark, list[Remark]]]:
    """Return every remark with its answers, open ones first, the newest of each first."""
    rows = list(Remark.objects.filter(claim=claim).select_related("by", "closed_by", "question", "line").order_by("pk"))
    answers: dict[int, list[Remark]] = {}
    for row in rows:
        if row.answers_id:
            answers.setdefault(row.answers_id, []).append(row)
    roots = [row for row in rows if row.answers_id is None]
    roots.sort(key=lambda row: (row.closed_at is not None, -row.pk))
    return [(root, answers.get(root.pk, [])) for root in roots]


@dataclass(frozen=True)
class Due:
    """Something to be done by a day: a deadline that was set, or one that follows from a record."""

    on: datetime.date
    subject: str
    claim: Claim
    deadline: Deadline | None
    responsible: User | None


def due_for(user: User, claims: Any) -> list[Due]:
    """Return what is open in these claims and is this person's: as the one responsible, file holder or deputy."""
    mine = Q(responsible=user) | Q(responsible=None, claim__owner=user) | Q(responsible=None, claim__deputy=user)
    rows = (
        Deadline.objects.filter(mine, claim__in=claims, done_on=None)
        .select_related("claim", "responsible", "claim__owner")
        .order_by("due_on", "pk")
    )
    return [Due(row.due_on, row.subject, row.claim, row, row.responsible or row.claim.owner) for row in rows]


def due_in(claim: Claim) -> list[Deadline]:
    """Return a claim's deadlines, open ones first."""
    rows = list(Deadline.objects.filter(claim=claim).select_related("responsible"))
    return sorted(rows, key=lambda row: (row.done_on is not None, row.due_on, row.pk))


def state_of_dossier(claim: Claim) -> dict[str, Any]:
    """Return how a claim stands, for the note with which it is handed over: plain values that never change afterwards."""
    papers = (
        Render.objects.filter(claim=claim, state=RenderState.DONE)
        .order_by("-asked_at")
        .values_list("kind", "asked_at")[:5]
    )
    return {
        "state": claim.state,
        "deadlines": [
            {"subject": row.subject, "due_on": row.due_on.isoformat()} for row in due_in(claim) if row.done_on is None
        ],
        "remarks": [{"by": row.by_id, "text": row.text} for row in open_remarks(claim)],
        "decisions_to_confirm": Decision.objects.filter(claim=claim, confirmed_at=None, dropped_at=None).count(),
        "evidence": Evidence.objects.filter(claim=claim).count(),
        "papers": [{"kind": kind, "at": at.isoformat()} for kind, at in papers],
    }
