"""Exchange rates that were loaded: units of a currency for one euro, by whose rate it is and of which day.

The European Central Bank's rate of a day is that of the day itself or of the last day before it, at most five days back
(weekends, holidays). The corporate rate is that of the year, the United Nations' that of the month. What is older is no rate.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from decimal import Decimal

from core.enums import LoadedRate
from core.models import ExchangeRate

MOST_BACK = datetime.timedelta(days=5)


@dataclass(frozen=True)
class Found:
    """A rate as it was loaded: units of the currency for one euro, and of which day it is."""

    kind: str
    currency: str
    day: datetime.date
    rate: Decimal


def first_day(kind: str, day: datetime.date) -> datetime.date:
    """Return the first day whose rate of a kind still serves for a day."""
    if kind == LoadedRate.CORPORATE:
        return day.replace(month=1, day=1)
    if kind == LoadedRate.UN:
        return day.replace(day=1)
    return day - MOST_BACK


def rate_on(kind: str, currency: str, day: datetime.date) -> Found | None:
    """Return the rate that serves for a day: its own or the last one before it; None where that is too long ago."""
    row = (
        ExchangeRate.objects.filter(kind=kind, currency=currency, day__lte=day, day__gte=first_day(kind, day))
        .order_by("-day")
        .first()
    )
    return Found(row.kind, row.currency, row.day, row.rate) if row else None
