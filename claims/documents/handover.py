"""The note with which a claim was handed over: how it stood then, in words."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from claims.enums import ClaimState, HouseItemKind
from claims.models import Claim, Handover


@dataclass(frozen=True)
class OpenItem:
    """A motion or undertaking that was open, or a deadline."""

    title: str
    due_on: datetime.date | None
    kind: str = ""
    document: str = ""

    @property
    def subject(self) -> str:
        """What a deadline is about."""
        return self.title


@dataclass(frozen=True)
class HandoverNote:
    """One handover with what was open at that moment."""

    old: str
    new: str
    by: str
    at: datetime.datetime
    note: str
    state: str
    items: tuple[OpenItem, ...]
    deadlines: tuple[OpenItem, ...]
    remarks: tuple[str, ...]
    evidence: int
    to_confirm: int


def notes_of(claim: Claim) -> list[HandoverNote]:
    """Return every handover of a claim, the newest first. Notes of before an entry existed lack it."""
    rows = Handover.objects.filter(claim=claim).select_related("old_owner", "new_owner", "by").order_by("-pk")
    return [_note(row) for row in rows]


def _note(row: Handover) -> HandoverNote:
    stood = row.summary
    return HandoverNote(
        old=str(row.old_owner or ""),
        new=str(row.new_owner),
        by=str(row.by),
        at=row.at,
        note=row.note,
        state=str(ClaimState(stood["state"]).label) if stood.get("state") in ClaimState.values else "",
        items=tuple(
            OpenItem(
                item["title"],
                _day(item["due_on"]),
                str(HouseItemKind(item["kind"]).label),
                item["document"],
            )
            for item in stood.get("house_items", [])
        ),
        deadlines=tuple(OpenItem(one["subject"], _day(one["due_on"])) for one in stood.get("deadlines", [])),
        remarks=tuple(one["text"] for one in stood.get("remarks", [])),
        evidence=stood.get("evidence", 0),
        to_confirm=stood.get("decisions_to_confirm", 0),
    )


def _day(text: str | None) -> datetime.date | None:
    return datetime.date.fromisoformat(text) if text else None
