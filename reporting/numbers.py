"""A number on a screen: what it says, and the address of the rows it is made of."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Any

from django.urls import reverse

from claims.queries.headroom import EnvelopeStand, SeriesStand
from claims.queries.stands import Stand


@dataclass(frozen=True)
class Number:
    """An amount in EUR with the address of its rows."""

    value: Decimal
    url: str


def number(value: Decimal, measure: str, query: str = "") -> Number:
    """Return a number that opens into its measure's rows under these filters."""
    return Number(value, rows_of(measure) + (f"?{query}" if query else ""))


@cache
def rows_of(measure: str) -> str:
    """Return the address of a measure's rows; the same in every language."""
    return reverse("number", args=[measure])


# measure -> where a stand holds it; the names are those of `claims.queries.rows`
OF_LINES: dict[str, Callable[[Stand], Decimal]] = {
    "requested-commitment": lambda stand: stand.requested,
    "requested-cash": lambda stand: stand.requested_cash,
    "granted-commitment": lambda stand: stand.granted,
    "granted-cash": lambda stand: stand.granted_cash,
    "committed": lambda stand: stand.committed,
    "paid": lambda stand: stand.paid,
    "not-committed": lambda stand: stand.not_committed,
    "to-pay": lambda stand: stand.to_pay,
}


def of_lines(stand: Stand, measure: str, query: str) -> Number:
    """Return one measure of lines as a number."""
    return number(OF_LINES[measure](stand), measure, query)


OF_SERIES: dict[str, Callable[[SeriesStand], Decimal]] = {
    "announced": lambda stand: stand.announced,
    "budget": lambda stand: stand.budget,
    "authorised": lambda stand: stand.authorised,
    "granted": lambda stand: stand.granted,
    "requested": lambda stand: stand.requested,
    "free": lambda stand: stand.free,
    "after-requests": lambda stand: stand.after_requests,
    "unused": lambda stand: stand.unused,
    "granted-unused": lambda stand: stand.granted_unused,
}


def of_envelope(stand: EnvelopeStand, measure: str, query: str) -> Number:
    """Return one measure of an envelope as a number; "committed", "paid" and "to-pay" have no series."""
    if measure == "to-pay":
        return number(stand.to_pay, measure, query)
    if measure == "committed":
        return number(stand.commitments.used, measure, query)
    if measure == "paid":
        return number(stand.cash.used, measure, query)
    name, _dash, series = measure.rpartition("-")
    of_series: Any = stand.commitments if series == "commitment" else stand.cash
    return number(OF_SERIES[name](of_series), measure, query)
