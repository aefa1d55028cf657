"""Remarks, deadlines and handing over."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from claims import policies
from claims.actions.refused import Refused, in_words, require
from claims.enums import HouseItemKind
from claims.models import Claim, Deadline, Handover, Remark
from claims.queries.follow import state_of_dossier
from core.enums import Role
from core.language import language
from core.mail import tell
from core.models import User
from core.numbers import format_date
from core.permissions import has_role, refresh
from core.transactions import acting


@acting
def remark(
    *, by: User, at: datetime.datetime, claim: Claim, text: str, answers: Remark | None = None, **place: Any
) -> Remark:
    """Leave a remark on a claim, a question or a line, or answer one; the file holder and whoever is answered are told."""
    refresh(by)
    require(policies.may_follow(by, claim))
    if not text.strip():
        raise Refused(_("Write what you want to say."))
    if answers is not None:
        if answers.claim_id != claim.pk or answers.closed_at is not None:
            raise Refused(_("That remark was closed in the meantime. Leave a new one."))
        answers = answers.answers or answers
        place = {"question": answers.question, "line": answers.line}
    made = Remark.objects.create(claim=claim, text=text.strip()[:4000], by=by, at=at, answers=answers, **place)
    people = {person.pk: person for person in (claim.owner, claim.deputy, answers.by if answers else None) if person}
    people.pop(by.pk, None)
    _tell_of_remark(people.values(), claim, by.name, made.text)
    return made


def _tell_of_remark(people: Iterable[User], claim: Claim, name: str, text: str) -> None:
    def compose() -> tuple[str, str]:
        subject = _("%(reference)s: remark by %(name)s") % {"reference": claim.reference, "name": name}
        return subject, f"{claim.title}\n\n{text}\n"

    tell(people, compose)


@acting
def close_remark(*, by: User, at: datetime.datetime, remark: Remark) -> None:
    """Close a remark that is dealt with, and with it its answers. Closing twice does nothing."""
    refresh(by)
    require(policies.may_follow(by, remark.claim))
    fresh = Remark.objects.select_for_update().get(pk=remark.pk)
    if fresh.closed_at is None:
        fresh.closed_by, fresh.closed_at = by, at
        fresh.save(update_fields=["closed_by", "closed_at"])


@acting
def set_deadline(
    *, by: User, claim: Claim, subject: str, due_on: datetime.date, responsible: User | None = None
) -> Deadline:
    """Add a deadline to a claim."""
    refresh(by)
    require(policies.may_follow(by, claim))
    return Deadline.objects.create(claim=claim, subject=subject, due_on=due_on, responsible=responsible)


@acting
def meet_deadline(*, by: User, on: datetime.date, deadline: Deadline) -> None:
    """Say that a deadline was met."""
    refresh(by)
    require(policies.may_follow(by, deadline.claim))
    Deadline.objects.filter(pk=deadline.pk, done_on__isnull=True).update(done_on=on)


@acting
def hand_over(
    *, by: User, at: datetime.datetime, claims: Iterable[Claim], to: User, note: str = "", deputy: User | None = None
) -> list[Handover]:
    """Give dossiers to another officer, with a note of how each stands. All of them, or none."""
    refresh(by)
    made = []
    for claim in Claim.objects.select_for_update(no_key=True).filter(pk__in=[one.pk for one in claims]).order_by("pk"):
        require(policies.may_hand_over(by, claim))
        if not to.is_active or not has_role(to, Role.OFFICER, directorate_id=claim.directorate_id):
            raise Refused(
                _("%(name)s is no policy officer of the directorate of %(reference)s.")
                % {"name": to.name, "reference": claim.reference}
            )
        made.append(
            Handover(
                claim=claim,
                old_owner=claim.owner,
                new_owner=to,
                note=note.strip(),
                summary=state_of_dossier(claim),
                by=by,
                at=at,
            )
        )
        claim.owner = to
        claim.deputy = deputy if deputy != to else None
        with in_words():
            claim.save(update_fields=["owner", "deputy"])
    Handover.objects.bulk_create(made)

    def compose() -> tuple[str, str]:
        subject = _("%(name)s handed %(count)s dossiers over to you") % {"name": by.name, "count": len(made)}
        return subject, "\n".join([*(line for row in made for line in _told(row)), "", note.strip(), ""])

    if made:
        tell([to], compose)
    return made


def _told(row: Handover) -> list[str]:
    """Name a dossier with the motions and undertakings that are open in it, for the mail to whoever takes it over."""
    lines = [f"{row.claim.reference} {row.claim.title}"]
    for item in row.summary["house_items"]:
        named = " ".join(filter(None, [item["title"], item["document"] and f"({item['document']})"]))
        due = f", {format_date(datetime.date.fromisoformat(item['due_on']), language())}" if item["due_on"] else ""
        lines.append(f"- {HouseItemKind(item['kind']).label}: {named}{due}")
    return lines
