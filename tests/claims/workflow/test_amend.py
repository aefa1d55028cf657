"""Changes after the decision: a next round whose decision books the differences, and withdrawing."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pghistory
import pytest
from django.db import transaction
from django.db.models import Sum
from django.db.utils import IntegrityError

from claims.actions.refused import Refused
from claims.actions.steps import seen_now, take
from claims.enums import ClaimState, Outcome, PartnerRole, StepKind
from claims.models import Claim, ClaimLine, GrantEntry, LinePartner, LineYear, Section
from claims.queries import workflow
from tests.conftest import NOON

pytestmark = pytest.mark.django_db


@pytest.fixture
def ten_million(way: Any, envelope: Any, partner: Any, fund: Any) -> Any:
    """The second goal of the seed's claim: UNDP 6 mln and EUAM 4 mln, granted."""
    claim = way.claim
    with pghistory.context(user=way.cast["officer"].pk):
        claim.lines.all().delete()
        for title, amount, who in (("UNDP", "6000000", partner), ("EUAM", "4000000", fund)):
            line = ClaimLine.objects.create(claim=claim, title=title, position=claim.lines.count() + 1)
            LineYear.objects.create(line=line, envelope=envelope, commitment=Decimal(amount), cash=Decimal(amount))
            LinePartner.objects.create(line=line, partner=who, role=PartnerRole.RECIPIENT)
        Claim.objects.filter(pk=claim.pk).update(amount=10_000_000)
    claim.refresh_from_db()
    way.granted()
    return way


def stands(way: Any) -> dict[str, Decimal]:
    """What stands granted per line, commitments."""
    rows = GrantEntry.objects.filter(line__claim=way.claim, series="commitment")
    return dict(rows.values_list("line__title").annotate(total=Sum("signed")).order_by("line__title"))


def change(way: Any, **amounts: str) -> None:
    """Set both series of a line, as an officer would."""
    with pghistory.context(user=way.cast["colleague"].pk):
        for title, amount in amounts.items():
            LineYear.objects.filter(line__claim=way.claim, line__title=title).update(
                commitment=Decimal(amount), cash=Decimal(amount)
            )


def test_four_becomes_three_and_six_becomes_seven(ten_million: Any) -> None:
    way = ten_million
    way.step(StepKind.AMEND, "officer", "EUAM start later.")
    assert (way.claim.state, way.claim.round) == (ClaimState.DRAFT, 2)
    change(way, EUAM="3000000", UNDP="7000000")
    assert stands(way) == {"EUAM": Decimal("4000000.00"), "UNDP": Decimal("6000000.00")}  # proposed is not granted
    way.presented()
    way.decided()
    assert way.claim.state == ClaimState.GRANTED
    assert stands(way) == {"EUAM": Decimal("3000000.00"), "UNDP": Decimal("7000000.00")}
    booked = GrantEntry.objects.filter(step__round=2, series="commitment").order_by("line__title")
    assert [(row.line.title, row.kind, row.amount) for row in booked] == [
        ("EUAM", "reduction", Decimal("1000000.00")),
        ("UNDP", "grant", Decimal("1000000.00")),
    ]
    assert GrantEntry.objects.filter(step__round=2, series="cash").count() == 2


def test_a_new_round_has_its_own_drafters(ten_million: Any) -> None:
    way = ten_million
    assert workflow.drafters(way.claim) == {way.cast["officer"].pk}
    way.step(StepKind.AMEND, "officer", "EUAM start later.")
    change(way, EUAM="3000000")
    assert workflow.drafters(way.claim) == {way.cast["colleague"].pk}


def test_dropping_an_amendment_puts_everything_back(ten_million: Any) -> None:
    way = ten_million
    before = workflow.digest(way.claim)
    question = way.claim.template.sections.order_by("position").first()
    way.step(StepKind.AMEND, "officer", "EUAM start later.")
    change(way, EUAM="1000000")
    with pghistory.context(user=way.cast["officer"].pk):
        Section.objects.create(claim=way.claim, question=question, text="<p>Nieuw.</p>")
        extra = ClaimLine.objects.create(claim=way.claim, title="Nieuwe regel")
        LineYear.objects.create(line=extra, open_year=2026, commitment=5)
        LinePartner.objects.filter(line__title="UNDP").delete()
        Claim.objects.filter(pk=way.claim.pk).update(title="Heel anders")
    way.step(StepKind.DROP, "officer", "Toch niet.")
    assert way.claim.state == ClaimState.GRANTED
    assert way.claim.title == "Steun aan kinderen"
    assert workflow.digest(way.claim) == before
    assert LinePartner.objects.filter(line__title="UNDP").count() == 1
    assert not ClaimLine.objects.filter(title="Nieuwe regel").exists()
    assert stands(way) == {"EUAM": Decimal("4000000.00"), "UNDP": Decimal("6000000.00")}


def test_an_amendment_not_agreed_leaves_what_was_granted(ten_million: Any) -> None:
    way = ten_million
    before = workflow.digest(way.claim)
    way.step(StepKind.AMEND, "officer", "EUAM start later.")
    change(way, EUAM="3000000", UNDP="7000000")
    way.presented()
    way.decided(Outcome.REJECTED)
    assert way.claim.state == ClaimState.GRANTED
    assert workflow.digest(way.claim) == before
    assert stands(way) == {"EUAM": Decimal("4000000.00"), "UNDP": Decimal("6000000.00")}


def test_a_second_amendment_begins_from_the_first(ten_million: Any) -> None:
    way = ten_million
    for number, amount in enumerate(("3000000", "2500000"), 2):
        way.step(StepKind.AMEND, "officer", "Lager.")
        change(way, EUAM=amount)
        way.presented()
        way.decided()
        assert way.claim.round == number
    assert stands(way)["EUAM"] == Decimal("2500000.00")
    assert sum(row.signed for row in GrantEntry.objects.filter(line__title="EUAM", series="commitment")) == Decimal(
        "2500000.00"
    )


def test_a_line_with_a_grant_is_not_removed_in_an_amendment(ten_million: Any) -> None:
    way = ten_million
    way.step(StepKind.AMEND, "officer", "Lager.")
    line = ClaimLine.objects.get(title="EUAM")
    with pytest.raises(IntegrityError), transaction.atomic():
        line.delete()


def test_withdrawing_before_the_decision_releases_nothing(way: Any) -> None:
    way.submitted()
    way.step(StepKind.WITHDRAW, "officer", "Niet meer nodig.")
    assert way.claim.state == ClaimState.WITHDRAWN
    assert not GrantEntry.objects.exists()


def test_withdrawing_after_the_decision_releases_what_is_not_committed(ten_million: Any) -> None:
    way = ten_million
    way.step(StepKind.WITHDRAW, "manager", "Partner trekt zich terug.")
    assert way.claim.state == ClaimState.WITHDRAWN
    assert stands(way) == {"EUAM": Decimal("0.00"), "UNDP": Decimal("0.00")}
    assert {row.kind for row in GrantEntry.objects.filter(step__kind=StepKind.WITHDRAW)} == {"release"}


def test_an_amendment_is_dropped_not_withdrawn(ten_million: Any) -> None:
    way = ten_million
    way.step(StepKind.AMEND, "officer", "Lager.")
    from django.core.exceptions import PermissionDenied

    with pytest.raises(PermissionDenied):
        way.step(StepKind.WITHDRAW, "officer", "Weg.")


def test_closing_releases_the_rest(ten_million: Any) -> None:
    way = ten_million
    way.step(StepKind.CLOSE, "manager", "Afgerond.")
    assert way.claim.state == ClaimState.CLOSED
    assert set(stands(way).values()) == {Decimal("0.00")}


def test_an_amendment_needs_a_reason(ten_million: Any) -> None:
    way = ten_million
    with pytest.raises(Refused):
        take(by=way.cast["officer"], at=NOON, claim=way.claim, kind=StepKind.AMEND, seen=seen_now(way.claim))
