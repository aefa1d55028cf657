"""The Dutch share in a fund: the golden figures, each with its basis and date."""

import datetime
from decimal import Decimal
from typing import Any

import pytest
from djmoney.money import Money

from core import wording
from core.permissions import Refusal
from partners.enums import Basis
from partners.models import Appeal, Contribution, FundTotal, Share
from partners.queries import reckon
from partners.rules.share import Reckoned, share

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
