"""Questions about remarks, deadlines and dossiers."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch, Q
from django.urls import reverse
from django.utils.text import capfirst

from claims.models import Claim, Deadline, Decision, Evidence, HouseItem, Remark, Render, RenderState
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
    """Something to be done by a day: a deadline that was set, or a motion or undertaking that asks for a letter."""

    on: datetime.date
    subject: str
    about: str  # the claim, or which sort of item of the House
    short: str
    url: str
    identity: str
    responsible: User | None


def due_for(user: User, claims: Any) -> list[Due]:
    """Return what is open in these claims and is this person's: as the one responsible, file holder or deputy."""
    mine = Q(responsible=user) | Q(responsible=None, claim__owner=user) | Q(responsible=None, claim__deputy=user)
    rows = (
        Deadline.objects.filter(mine, claim__in=claims, done_on=None)
        .select_related("claim", "responsible", "claim__owner")
        .order_by("due_on", "pk")
    )
    due = [
        Due(
            row.due_on,
            row.subject,
            str(row.claim),
            row.claim.reference,
            reverse("claims:remarks", args=[row.claim.reference]) + "#deadlines",
            str(row.public_id),
            row.responsible or row.claim.owner,
        )
        for row in rows
    ]
    return sorted([*due, *_items_due(user, claims)], key=lambda row: row.on)


def _items_due(user: User, claims: Any) -> list[Due]:
    """Return the open motions and undertakings with a day: this person's own, or of claims this person holds."""
    held = claims.filter(Q(owner=user) | Q(deputy=user)).values("pk")
    items = HouseItem.objects.visible_to(user).open().filter(due_on__isnull=False)
    mine = items.filter(Q(responsible=user) | Q(responsible=None, claims__in=held)).select_related("responsible")
    return [
        Due(
            row.due_on,
            f"{capfirst(str(row.get_kind_display()))}: {row.title}",
            row.document or capfirst(str(row.get_kind_display())),
            row.document or capfirst(str(row.get_kind_display())),
            reverse("claims:house-item", args=[row.public_id]),
            str(row.public_id),
            row.responsible,
        )
        for row in mine.distinct().by_due_day()
    ]


def items_of(claim: Claim, user: User) -> list[HouseItem]:
    """Return the motions and undertakings that concern a claim and this person may see, open ones first."""
    rows = HouseItem.objects.visible_to(user).filter(claims=claim).by_due_day()
    return sorted(rows, key=lambda row: not row.is_open)


def items_for(user: User) -> Any:
    """Return the motions and undertakings this person sees, each with the claims that this person sees too."""
    shown = Claim.objects.visible_to(user).order_by("reference")
    return (
        HouseItem.objects.visible_to(user)
        .select_related("directorate", "responsible")
        .prefetch_related(Prefetch("claims", shown, to_attr="shown_claims"))
    )


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
        "house_items": [
            {
                "kind": row.kind,
                "title": row.title,
                "document": row.document,
                "due_on": row.due_on.isoformat() if row.due_on else None,
            }
            for row in HouseItem.objects.open().filter(claims=claim).by_due_day()
        ],
        "remarks": [{"by": row.by_id, "text": row.text} for row in open_remarks(claim)],
        "decisions_to_confirm": Decision.objects.filter(claim=claim, confirmed_at=None, dropped_at=None).count(),
        "evidence": Evidence.objects.filter(claim=claim).count(),
        "papers": [{"kind": kind, "at": at.isoformat()} for kind, at in papers],
    }
