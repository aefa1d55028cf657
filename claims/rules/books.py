"""What the ministry's books report, and by how much facts pass a limit. Amounts in EUR; no database, no clock."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from decimal import Decimal
from typing import Any, NamedTuple

from claims.enums import CommitmentKind, PaymentKind

ZERO = Decimal("0.00")
PAYMENTS = {str(kind) for kind in PaymentKind}
CHANGES = {str(CommitmentKind.SIGN), str(CommitmentKind.RAISE), str(CommitmentKind.LOWER)}
NEGATIVE = {str(PaymentKind.RECEIPT), str(CommitmentKind.LOWER)}


class Fact(NamedTuple):
    """One row of the books: a payment, an advance, a receipt, a commitment signed or changed. `row` is its row in the sheet.

    What is signed names its line by the activity number, and the partner where the line has more than one.
    """

    row: int
    voucher: str
    number: str
    kind: str
    amount: Decimal
    paid_on: datetime.date
    booked_on: datetime.date
    currency: str = ""
    foreign_amount: Decimal | None = None
    rate: Decimal | None = None
    rate_kind: str = ""
    rate_on: datetime.date | None = None
    activity_number: str = ""
    partner: str = ""

    @property
    def signed(self) -> Decimal:
        """The amount with its direction: a receipt and a lowering take away."""
        return -self.amount if self.kind in NEGATIVE else self.amount

    @property
    def label(self) -> Any:
        """The kind in words."""
        return PaymentKind(self.kind).label if self.kind in PAYMENTS else CommitmentKind(self.kind).label


def content_of(fact: Fact) -> tuple[object, ...]:
    """Return what must be the same when a voucher comes again. A commitment's change has one day: when it was booked."""
    return (fact.number, fact.kind, fact.amount, fact.booked_on) + (
        fact[5:6] + fact[7:12] if fact.kind in PAYMENTS else ()
    )


def excess(*, before: Decimal, reported: Decimal, room: Decimal) -> Decimal:
    """Return by how much facts that add up to `reported` pass what there is room for (EUR); nothing when they do not."""
    if reported <= 0:
        return ZERO
    return max(min(reported, before + reported - room), ZERO)


def first_above(facts: Iterable[Fact], *, before: Decimal, room: Decimal) -> Fact | None:
    """Return the fact that first passes what there is room for, in the order of booking; else the last that takes any."""
    used, found = before, None
    for fact in sorted(facts, key=lambda one: (one.booked_on, one.row)):
        used += fact.signed
        if fact.signed > 0:
            found = fact
            if used > room:
                return fact
    return found
