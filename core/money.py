"""Money in EUR: the one rounding function, and division in which the parts always add up.

Amounts are `Decimal` with two places. A float never becomes an amount, and amounts of unlike currencies are never
added: a foreign amount is a `moneyed.Money`, which refuses that by itself.
"""

from collections.abc import Iterable, Sequence
from decimal import ROUND_HALF_UP, Decimal

CENT = Decimal("0.01")
MAX_DIGITS = 18  # of which two decimals: amounts up to 9 999 billion euro
MOST_ENTERED = Decimal("999999999999.99")  # more is a slip of the keyboard, in any budget of the state
LARGEST = Decimal(10) ** (MAX_DIGITS - 2) - CENT


def to_cent(value: Decimal) -> Decimal:
    """Round an amount to the cent, half a cent away from zero (commercial rounding)."""
    if not isinstance(value, Decimal):
        raise TypeError(f"An amount is a Decimal, not {type(value).__name__}: a float has already lost its cents.")
    return value.quantize(CENT, rounding=ROUND_HALF_UP)


def total(amounts: Iterable[Decimal | None]) -> Decimal:
    """Add amounts in EUR; unknown ones (None) count as nothing, so ask first whether any is unknown."""
    return sum((amount for amount in amounts if amount is not None), Decimal("0.00"))


def split(amount: Decimal, weights: Sequence[Decimal]) -> tuple[Decimal, ...]:
    """Divide an amount in EUR over weights, to the cent; the parts add up to the amount exactly.

    Cents that rounding down leaves over go to the parts that lost most by it, the earlier part first when equal.
    Raises ValueError when there is nothing to divide over or a weight is negative.
    """
    whole = sum(weights, Decimal(0))
    if not weights or whole <= 0 or any(weight < 0 for weight in weights):
        raise ValueError("An amount is divided over weights that are not negative and not all zero.")
    cents = int(to_cent(amount) / CENT)
    exact = [abs(cents) * weight / whole for weight in weights]
    parts = [int(part) for part in exact]
    by_loss = sorted(range(len(parts)), key=lambda index: (parts[index] - exact[index], index))
    for index in by_loss[: abs(cents) - sum(parts)]:
        parts[index] += 1
    sign = -1 if cents < 0 else 1
    return tuple(sign * part * CENT for part in parts)
