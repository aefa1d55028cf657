"""The Dutch share in a fund: the golden figures, each with its basis and date."""

import datetime
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from djmoney.money import Money

from core import wording
from core.permissions import Refusal
from partners.enums import Basis, RateKind, Say, Way
from partners.models import Appeal, Contribution, FundTotal, Share
from partners.queries import reckon
from partners.rules.share import Rate, Reckoned, may_say, share, spread, way_of

OCTOBER = datetime.date(2024, 10, 31)


def mln(amount: str, currency: str = "USD") -> Money:
    return Money(Decimal(amount) * 10**6, currency)


@pytest.mark.parametrize(
    ("given", "whole", "basis", "percent", "said"),
    [
        (mln("21.5"), mln("182"), Basis.RECEIVED, "11.81", "bijna 12\u00a0%"),
        (mln("21.5"), mln("184"), Basis.ALLOCATED, "11.68", "bijna 12\u00a0%"),
        (mln("16"), mln("121"), Basis.RECEIVED, "13.22", "ruim 13\u00a0%"),
        (mln("16"), mln("142"), Basis.ALLOCATED, "11.27", "ruim 11\u00a0%"),
        (mln("15", "EUR"), mln("274", "EUR"), Basis.APPEAL, "5.47", "ruim 5\u00a0%"),
    ],
)
def test_a_share_is_the_contribution_over_its_basis(
    given: Money, whole: Money, basis: Basis, percent: str, said: str
) -> None:
    reckoned = share(given, whole, basis, OCTOBER, final=False)
    assert isinstance(reckoned, Reckoned)
    assert round(reckoned.ratio * 100, 2) == Decimal(percent)
    assert wording.share(reckoned.ratio) == said
    assert (reckoned.basis, reckoned.as_of, reckoned.provisional) == (basis, OCTOBER, True)


def test_a_share_of_a_closed_year_is_no_longer_provisional() -> None:
    reckoned = share(mln("21.5"), mln("182"), Basis.RECEIVED, None, final=True)
    assert isinstance(reckoned, Reckoned)
    assert not reckoned.provisional


def test_unlike_currencies_are_never_divided() -> None:
    refused = share(mln("20", "EUR"), mln("182"), Basis.RECEIVED, None, final=True)
    assert isinstance(refused, Refusal)
    assert "verschillende munten" in str(refused)


def test_an_amount_that_is_not_stated_gives_no_share() -> None:
    refused = share(None, mln("182"), Basis.RECEIVED, None, final=True)
    assert isinstance(refused, Refusal)
    assert "niet vermeld" in str(refused)


def reckoned(given: str, whole: str, basis: Basis = Basis.RECEIVED, final: bool = True) -> Reckoned:
    found = share(mln(given), mln(whole), basis, None, final)
    assert isinstance(found, Reckoned)
    return found


def test_a_named_rate_leads_from_one_currency_to_the_other_and_stays_on_the_share() -> None:
    rate = Rate("EUR", "USD", Decimal("1.075"), RateKind.UN, OCTOBER)
    found = share(mln("20", "EUR"), mln("182"), Basis.RECEIVED, None, final=True, rate=rate)
    assert isinstance(found, Reckoned)
    assert (found.numerator, found.given, found.rate) == (mln("21.5"), mln("20", "EUR"), rate)
    assert round(found.ratio * 100, 2) == Decimal("11.81")


@pytest.mark.parametrize(("source", "target"), [("USD", "EUR"), ("EUR", "CHF"), ("GBP", "USD")])
def test_a_rate_between_other_currencies_helps_nothing(source: str, target: str) -> None:
    rate = Rate(source, target, Decimal(1), RateKind.ECB, OCTOBER)
    assert isinstance(share(mln("20", "EUR"), mln("182"), Basis.RECEIVED, None, True, rate), Refusal)


def test_nothing_is_measured_against_nothing() -> None:
    assert isinstance(share(mln("20"), mln("0"), Basis.RECEIVED, None, True), Refusal)


def test_a_range_is_of_one_contribution_from_low_to_high() -> None:
    high, low = reckoned("21.5", "182"), reckoned("21.5", "184", Basis.ALLOCATED, final=False)
    found = spread([high, low])
    assert not isinstance(found, Refusal)
    assert (found.low, found.high, found.provisional) == (low, high, True)
    assert isinstance(spread([]), Refusal)
    assert isinstance(spread([high, reckoned("16", "121")]), Refusal)


@pytest.mark.parametrize(
    ("earmark", "kinds", "way"),
    [
        ("earmarked", ["international"], Way.EARMARKED),
        ("unearmarked", ["international"], Way.UNEARMARKED),
        ("", ["international"], None),
        ("earmarked", ["pooled-fund"], Way.POOLED),
        ("", ["pooled-fund"], Way.POOLED),
        ("earmarked", ["ngo", "ngo"], Way.POOLED),
        ("earmarked", [], Way.EARMARKED),
    ],
)
def test_how_a_contribution_is_tied(earmark: str, kinds: list[str], way: Way | None) -> None:
    assert way_of(earmark, kinds) == way


@pytest.mark.parametrize(
    ("way", "given", "whole", "says"),
    [
        (Way.EARMARKED, "20", "182", {Say.TOGETHER, Say.PRO_RATA}),
        (Way.EARMARKED, "20", "20", {Say.TOGETHER, Say.PRO_RATA, Say.DIRECT}),
        (Way.POOLED, "20", "20", {Say.TOGETHER, Say.PRO_RATA}),
        (Way.UNEARMARKED, "20", "182", {Say.TOGETHER}),
        (None, "20", "182", {Say.TOGETHER}),
    ],
)
def test_what_a_sentence_may_claim(way: Way | None, given: str, whole: str, says: set[Say]) -> None:
    assert may_say(way, reckoned(given, whole)) == says
    assert Say.PRO_RATA not in may_say(way, None)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("rate", "kind", "on", "fine"),
    [
        (None, "", None, True),
        (Decimal("1.075"), "un", OCTOBER, True),
        (Decimal("1.075"), "", OCTOBER, False),
        (Decimal("1.075"), "un", None, False),
        (Decimal("1.075"), "guess", OCTOBER, False),
        (None, "un", OCTOBER, False),
        (Decimal(0), "un", OCTOBER, False),
        (Decimal(-1), "un", OCTOBER, False),
    ],
)
def test_a_rate_comes_with_its_kind_and_date(rate: Any, kind: str, on: Any, fine: bool, fund: Any) -> None:
    given = Contribution.objects.create(subject="hulp")
    total = FundTotal.objects.create(partner=fund, year=2023, kind="received", amount=Decimal(1))
    try:
        with transaction.atomic():
            Share.objects.create(contribution=given, total=total, rate=rate, rate_kind=kind, rate_on=on)
        stored = True
    except IntegrityError:
        stored = False
    assert stored is fine


@pytest.mark.django_db
def test_a_stored_share_takes_the_amount_in_the_currency_of_its_basis(fund: Any) -> None:
    given = Contribution.objects.create(
        subject="hulp",
        year=2023,
        amount=Decimal("20000000"),
        recorded_amount=Decimal("21500000"),
        recorded_currency="USD",
    )
    received = FundTotal.objects.create(
        partner=fund, year=2023, kind="received", amount=Decimal("182000000"), currency="USD", final=True
    )
    appeal = Appeal.objects.create(
        partner=fund, title="Verzoek", year=2023, required=Decimal("200000000"), currency="EUR"
    )
    in_dollars = reckon(Share.objects.create(contribution=given, total=received))
    in_euros = reckon(Share.objects.create(contribution=given, appeal=appeal))
    assert isinstance(in_dollars, Reckoned)
    assert isinstance(in_euros, Reckoned)
    assert in_dollars.numerator == mln("21.5")
    assert in_euros.numerator == mln("20", "EUR")
    assert in_euros.ratio == Decimal("0.1")
