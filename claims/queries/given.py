"""What we gave partners, per year and currency, with where that is known from.

One query for every screen that compares. It reads recorded contributions; payments of the ledger join here, and per (partner,
year, fund) only one of the two holds a gift.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any

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
    record: Any
    pooled_with: tuple[str, ...] = ()


def given_to(partner: Partner) -> list[Given]:
    """Return what we gave a partner: what we paid in EUR, and apart from that what the fund recorded in its own currency."""
    rows = Contribution.objects.filter(partners=partner).prefetch_related("partners").order_by("year", "pk")
    found: list[Given] = []
    for row in rows:
        others = tuple(sorted(other.short_name for other in row.partners.all() if other.pk != partner.pk))
        amounts = [("EUR", row.amount), (row.recorded_currency, row.recorded_amount)]
        for currency, amount in amounts:
            if amount is not None and currency and not (currency == "EUR" and found_eur(found, row)):
                found.append(Given(row.year, currency, amount, Origin.RECORDED, row, others))
    return found


def found_eur(found: list[Given], row: Contribution) -> bool:
    """True when this gift already stands in EUR: a fund that records in EUR says the same gift twice."""
    return any(one.record == row and one.currency == "EUR" for one in found)
