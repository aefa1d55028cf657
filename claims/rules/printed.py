"""What a paper says, as data that can be kept and compared: its paragraphs, and what it prints from records."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal

from core.richtext import Figure

Sources = tuple[tuple[str, str], ...]  # fields of records and their public ids, as a bound figure names them

PLACES = Decimal("1e-16")  # of a share, which may have no end


def exact(value: Decimal) -> Decimal:
    """Bring a value to the sixteen decimals that are kept, half up: amounts and counts stay whole, a share ends there."""
    return value.quantize(PLACES, context=Context(prec=60, rounding=ROUND_HALF_UP))


@dataclass(frozen=True)
class Printed:
    """One thing printed from records: where, what it is, the words, and the fields it tells. Kept in the order of the paper.

    `figure` is the bound figure of a text; the words of the others are composed.
    """

    place: str
    label: str
    words: str
    sources: Sources = ()
    figure: Figure | None = None


@dataclass(frozen=True)
class Paragraph:
    """One paragraph, item or cell, and where it stands; or a row of a table of figures, which are compared as figures."""

    place: str
    text: str
    row: bool = False
