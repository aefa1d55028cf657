"""What we gave partners, per year and currency, with where that is known from.

One query for every screen that compares: recorded contributions and payments of the ledger. Per partner and year only one of the
two holds a gift (the database refuses the second), unless another directorate paid it outside the ledger.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from django.db.models import Sum

from claims.models import Payment
from partners.models import Contribution, Partner


class Origin(StrEnum):
    """Where a gift is known from."""

    RECORDED = "recorded"
    LEDGER = "ledger"


@dataclass(frozen=True)
class Given:
    """One gift in one year and currency. A pooled one belongs to several partners together and is not divided."""

    year: int | None
    currency: str
    amount: Decimal
    origin: Origin
    record: Contribution | None  # None for the sum of a year's payments
    pooled_with: tuple[str, ...] = ()
    paid_by: str = ""  # the other directorate that paid it, outside this ledger


def given_to(partner: Partner) -> list[Given]:
    """Return what we gave a partner: what we paid in EUR, and apart from that what the fund recorded in its own currency."""
    rows = Contribution.objects.filter(partners=partner).prefetch_related("partners").order_by("year", "pk")
    found: list[Given] = []
    for row in rows:
        others = tuple(sorted(other.short_name for other in row.partners.all() if other.pk != partner.pk))
        amounts = [("EUR", row.amount), (row.recorded_currency, row.recorded_amount)]
        for currency, amount in amounts:
            if amount is not None and currency and not (currency == "EUR" and found_eur(found, row)):
                found.append(Given(row.year, currency, amount, Origin.RECORDED, row, others, row.paid_by))
    return found + paid_to(partner)


def paid_to(partner: Partner) -> list[Given]:
    """Return what the ledger paid a partner under its own commitments, less receipts: one sum per budget year, in EUR."""
    rows = Payment.objects.filter(commitment__partner=partner).values_list("envelope__year")
    return [
        Given(year, "EUR", amount, Origin.LEDGER, None)
        for year, amount in rows.annotate(amount=Sum("signed")).order_by("envelope__year")
        if amount
    ]


def found_eur(found: list[Given], row: Contribution) -> bool:
    """True when this gift already stands in EUR: a fund that records in EUR says the same gift twice."""
    return any(one.record == row and one.currency == "EUR" for one in found)
