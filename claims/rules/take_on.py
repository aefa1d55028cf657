"""Opening balances: what a row of the file says, and what the rows add up to. Amounts in EUR; no database, no clock."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from decimal import Decimal
from typing import Any, NamedTuple

from claims.enums import OpeningKind

ZERO = Decimal("0.00")


class Item(NamedTuple):
    """One row: budget of an envelope, a grant to a line, a commitment, or what was paid or advanced on one."""

    row: int
    kind: str
    claim: str
    title: str
    directorate: str
    line: str
    activity_number: str
    partner: str
    envelope: str
    year: int
    number: str
    amount: Decimal
    cash: Decimal | None
    date: datetime.date | None
    decided_by: str

    @property
    def label(self) -> Any:
        """The kind in words."""
        return OpeningKind(self.kind).label


class Sum(NamedTuple):
    """What the rows of one kind add up to."""

    kind: str
    rows: int
    amount: Decimal
    cash: Decimal

    @property
    def label(self) -> Any:
        """The kind in words."""
        return OpeningKind(self.kind).label


def sums(items: Iterable[Item]) -> list[Sum]:
    """Return how many rows there are of each kind and what they add up to, in the order of the kinds."""
    rows = list(items)
    found = []
    for kind in OpeningKind:
        of_kind = [row for row in rows if row.kind == kind]
        if of_kind:
            amount, cash = sum((row.amount for row in of_kind), ZERO), sum((row.cash or ZERO for row in of_kind), ZERO)
            found.append(Sum(str(kind), len(of_kind), amount, cash))
    return found
