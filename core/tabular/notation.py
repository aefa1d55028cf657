"""In which notation a column writes its numbers, decided by all of its cells together.

`1.234` alone is a thousand in Dutch and a fraction in English. Another cell of the column mostly tells, as `12,50` does;
where none tells the user is asked, and where two contradict each other the column is refused.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from core.numbers import LONGEST, Unreadable, parse_amount, parse_number
from core.tabular.columns import Column, Kind
from core.tabular.spool import Cell

# Every figure becomes a 1: what remains is the shape of a number, of which a column has few.
FIGURES = str.maketrans("023456789", "111111111")
PLAIN = {  # shapes that need no more than their marks changed
    "nl": re.compile(r"|-?(?:1{1,16}|1{1,3}(?:\.111){1,4})(?:,1{1,6})?"),
    "en": re.compile(r"|-?(?:1{1,16}|1{1,3}(?:,111){1,4})(?:\.1{1,6})?"),
}
MOST_SHAPES = 5_000


@dataclass(frozen=True)
class Seen:
    """Where a shape was seen first."""

    row: int
    text: str


@dataclass
class Evidence:
    """What the texts of one column say about its notation."""

    column: Column
    first: dict[str, Seen] = field(
        default_factory=dict
    )  # by "nl", "en" (only that one reads it) and "both" (differently)
    shapes: set[str] = field(default_factory=set)

    def weigh(self, cells: Sequence[Cell], rows: Sequence[int]) -> None:
        """Take cells into account."""
        found = {cell.translate(FIGURES) for cell in cells if type(cell) is str and len(cell) <= LONGEST}
        new = found - self.shapes
        if not new or len(self.shapes) > MOST_SHAPES:
            return
        self.shapes |= new
        verdicts = {shape: verdict(shape, self.column) for shape in new}
        if all(said in self.first or not said for said in verdicts.values()):
            return
        for cell, row in zip(cells, rows, strict=True):
            said = verdicts.get(cell.translate(FIGURES), "") if type(cell) is str and len(cell) <= LONGEST else ""
            if said and said not in self.first:
                self.first[said] = Seen(row, str(cell))

    @property
    def contradicts(self) -> bool:
        """Tell whether some cells can only be Dutch and others only English."""
        return "nl" in self.first and "en" in self.first

    def notation(self, answer: str | None = None) -> str | None:
        """Return the column's notation, or None when its cells do not tell and nobody answered."""
        for language in ("nl", "en"):
            if language in self.first:
                return language
        if "both" in self.first:
            return answer
        return "nl"  # every cell reads the same in both


def verdict(shape: str, column: Column) -> str:
    """Return which notation alone can read a shape, "both" when they read it differently, nothing when it does not tell."""
    tidy = minus_first(shape.strip())
    dutch, english = _reads(tidy, "nl", column), _reads(tidy, "en", column)
    if dutch == english:
        return ""
    if dutch and english:
        return "both"
    return "nl" if dutch else "en"


def minus_first(text: str) -> str:
    """Return a number with its minus before it: accounts write it behind. `10,-` is no minus but ten without cents."""
    if re.search(r"[0-9] ?-$", text) and not text.startswith("-"):
        return "-" + text[:-1].rstrip()
    return text


def _reads(text: str, notation: str, column: Column) -> str:
    """Return what a notation makes of a text; too many decimals are a reading too, though not one that is taken."""
    try:
        if column.kind == Kind.AMOUNT and not column.foreign:
            return str(parse_amount(text, notation))
        return str(parse_number(text, notation, column.decimals))
    except Unreadable as error:
        return "decimals" if error.code == "decimals" else ""
