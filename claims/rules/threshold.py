"""When the CW 3.1 frame is required: EUR 20 million or more in any one year, on commitments or on cash.

The working method's own threshold (Kamerstuk 31 865, nr. 231); the article itself has none. A statement, never a lock.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

THRESHOLD = Decimal(20_000_000)


@dataclass(frozen=True)
class YearMoney:
    """What one claim asks of one year (EUR). `cash` is None when not known."""

    year: int
    commitment: Decimal
    cash: Decimal | None


@dataclass(frozen=True)
class Reached:
    """The first year in which the threshold is reached, and with how much of which series."""

    year: int
    amount: Decimal
    series: str  # "commitment" or "cash"


def reached(rows: Iterable[YearMoney]) -> Reached | None:
    """Return where the threshold is reached by everything announced together (a claim, or all claims of one letter)."""
    commitments: dict[int, Decimal] = {}
    cash: dict[int, Decimal] = {}
    for row in rows:
        commitments[row.year] = commitments.get(row.year, Decimal(0)) + row.commitment
        cash[row.year] = cash.get(row.year, Decimal(0)) + (row.cash or Decimal(0))
    for year in sorted(commitments):
        if commitments[year] >= THRESHOLD:
            return Reached(year, commitments[year], "commitment")
        if cash[year] >= THRESHOLD:
            return Reached(year, cash[year], "cash")
    return None
