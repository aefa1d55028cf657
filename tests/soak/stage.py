"""The stage of the soaks: people, two granted claims, commitments and an envelope, made through the ordinary actions."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from decimal import Decimal

from claims.actions import ledger
from claims.actions.create import quick_start
from claims.enums import MutationStage
from claims.models import Claim, ClaimLine, Commitment, Envelope, Section
from core.models import Directorate, Membership, User
from partners.models import Partner
from tests.conftest import NOON
from tests.way import Way

DAY = datetime.date(2026, 3, 2)
GRANTED = Decimal("5000000.00")
SIGNED = Decimal("100000.00")
ROLES = {
    "officer": "officer",
    "controller": "controller",
    "second_controller": "controller",
    "manager": "manager",
    "registrar": "registrar",
    "confirmer": "registrar",
    "bookkeeper": "bookkeeper",
}


@dataclass(frozen=True)
class Stage:
    """What the writers work with."""

    by: User
    envelope: Envelope
    lines: list[ClaimLine]
    commitments: list[Commitment]


def set_up(claims: int = 2, commitments: int = 8) -> Stage:
    """Make claims granted 5 mln each, commitments of 100 000 divided over them, and an envelope with room for just those."""
    directorate = Directorate.objects.create(code="SOAK", name_nl="Duurproef", name_en="Soak")
    cast = {name: _person(name, role, directorate) for name, role in ROLES.items()}
    partner = Partner.objects.create(name="Duurproef", short_name="DP", kind="international")
    envelope = Envelope.objects.create(name="Duurproef", year=DAY.year)
    lines = [_granted(number, cast, directorate, partner, envelope) for number in range(claims)]
    by = cast["bookkeeper"]
    add_budget(by, envelope, "commitment", SIGNED * commitments)
    made = [
        ledger.commit(
            by=by,
            at=NOON,
            line=lines[number % claims],
            partner=partner,
            envelope=envelope,
            number=f"SOAK-{number + 1}",
            amount=SIGNED,
            signed_on=DAY,
        )
        for number in range(commitments)
    ]
    return Stage(by, envelope, lines, made)


def add_budget(by: User, envelope: Envelope, series: str, amount: Decimal) -> None:
    """Add authorised budget to one series of the envelope, in EUR."""
    ledger.record_mutation(
        by=by,
        at=NOON,
        envelope=envelope,
        series=series,
        amount=amount,
        booked_on=DAY,
        moment="draft-budget",
        stage=MutationStage.AUTHORISED,
    )


def _person(name: str, role: str, directorate: Directorate) -> User:
    user = User.objects.create(username=f"soak-{name}", name=name.title(), email=f"{name}@example.org")
    Membership.objects.create(user=user, role=role, directorate=directorate if role in ("officer", "manager") else None)
    return user


def _granted(
    number: int, cast: dict[str, User], directorate: Directorate, partner: Partner, envelope: Envelope
) -> ClaimLine:
    claim: Claim = quick_start(
        by=cast["officer"],
        at=NOON,
        directorate=directorate,
        title=f"Duurproef {number + 1}",
        amount=GRANTED,
        partner=partner,
        envelope=envelope,
        year=DAY.year,
    )
    Way(claim, cast).granted()
    return claim.lines.get()


def draft(stage: Stage, title: str) -> Claim:
    """Make one more claim of the officer, as a quick start does, with an answer to every question."""
    officer = User.objects.get(username="soak-officer")
    made: Claim = quick_start(
        by=officer,
        at=NOON,
        directorate=Directorate.objects.get(code="SOAK"),
        title=title,
        amount=GRANTED,
        partner=stage.commitments[0].partner,
        envelope=stage.envelope,
        year=DAY.year,
    )
    for question in made.template.sections.all():
        Section.objects.update_or_create(
            claim=made, question=question, defaults={"text": "<p>Voor deze duurproef.</p>"}
        )
    return made
