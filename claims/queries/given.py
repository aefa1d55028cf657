"""What we gave partners, per year and currency, with where that is known from.

One query for every screen that compares: recorded contributions and payments of the ledger. Per partner and year only one of the
two holds a gift (the database refuses the second), unless another directorate paid it outside the ledger.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

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


def given_to(partner: Partner, paid: Mapping[int, Decimal]) -> list[Given]:
    """Return what we gave a partner: recorded contributions, and what the ledger paid (EUR per budget year, as the reader may see).

    A contribution has what we paid in EUR, and apart from that what the fund recorded in its own currency.
    """
    rows = Contribution.objects.filter(partners=partner).prefetch_related("partners").order_by("year", "pk")
    found: list[Given] = []
    for row in rows:
        others = tuple(sorted(other.short_name for other in row.partners.all() if other.pk != partner.pk))
        amounts = [("EUR", row.amount), (row.recorded_currency, row.recorded_amount)]
        for currency, amount in amounts:
            if amount is not None and currency and not (currency == "EUR" and found_eur(found, row)):
                found.append(Given(row.year, currency, amount, Origin.RECORDED, row, others, row.paid_by))
    return found + [Given(year, "EUR", amount, Origin.LEDGER, None) for year, amount in sorted(paid.items()) if amount]


def found_eur(found: list[Given], row: Contribution) -> bool:
    """True when this gift already stands in EUR: a fund that records in EUR says the same gift twice."""
    return any(one.record == row and one.currency == "EUR" for one in found)
