"""Recognising a total among the rows: it must be asked about, or money counts twice."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from core.tabular.spool import Cell

LABEL = re.compile(r"(?i)\s*(?:(?:sub|eind|grand)[ -]?)?(?:totaal|totalen|totals?)\b|\s*(?:som|sum)\s*:?\s*$")


def is_label(cells: Sequence[Cell]) -> bool:
    """Tell whether a row calls itself a total."""
    return any(isinstance(cell, str) and LABEL.match(cell) for cell in cells)


@dataclass
class Totals:
    """The sums of the rows so far, by the column's place."""

    rows: int = 0
    sums: dict[int, Decimal] = field(default_factory=dict)

    def add(self, columns: Mapping[int, Sequence[Decimal | None]], left_out: set[int]) -> None:
        """Add a chunk of values; what is left out is a total itself."""
        length = 0
        for place, values in columns.items():
            length = len(values)
            counted = [value for index, value in enumerate(values) if value is not None and index not in left_out]
            self.sums[place] = self.sums.get(place, Decimal(0)) + sum(counted, Decimal(0))
        self.rows += length - len(left_out)

    def equal(self, columns: Mapping[int, Sequence[Decimal | None]], last: int) -> bool:
        """Tell whether the row at `last` holds the sums of all rows above it, at least two, in some column."""
        if self.rows + last < 2:
            return False
        for place, values in columns.items():
            value = values[last]
            above = [other for other in values[:last] if other is not None]
            if value and value == self.sums.get(place, Decimal(0)) + sum(above, Decimal(0)):
                return True
        return False
