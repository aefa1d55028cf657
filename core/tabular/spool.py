"""Rows kept while a sheet is read twice: packed in memory, so that a large sheet stays small and needs no file."""

from __future__ import annotations

import marshal
import zlib
from collections.abc import Iterator, Sequence

# A cell is empty (""), text, a number, a truth value, or a pair of one of these tags and a text.
Cell = str | float | bool | tuple[str, str]
Row = tuple[int, bool, tuple[Cell, ...]]  # the number the user's sheet shows, whether it is hidden, the cells

DATE = "date"  # ISO; empty when the number is no date
MOMENT = "moment"  # a date with a time of day, or a time alone
PERCENT = "percent"  # the fraction, as text
FOREIGN = "foreign"  # the number and the currency that its format shows
PADDED = "padded"  # a whole number with the leading zeros that its format shows
ERROR = "error"
FORMULA = "formula"  # a formula without a calculated value
DAMAGED = "damaged"  # a value that its own file contradicts


def filled(cell: Cell) -> bool:
    """Tell whether a cell holds more than spaces."""
    return cell != "" and not cell.isspace() if isinstance(cell, str) else True


def holds_anything(row: Row) -> bool:
    """Tell whether any cell of a row holds more than spaces."""
    return any(map(filled, row[2]))


class TooLarge(Exception):
    """More than is kept."""


class Spool:
    """Chunks of rows, each marshalled and packed. Strings that rows share stay shared within a chunk."""

    def __init__(self, most: int) -> None:
        self.most, self.rows = most, 0
        self.plain = self.packed = 0  # bytes
        self._chunks: list[bytes] = []

    def append(self, rows: Sequence[Row]) -> None:
        """Keep a chunk of rows. Raises TooLarge when long texts are repeated until they would fill the memory."""
        plain = marshal.dumps(list(rows))
        packed = zlib.compress(plain, 1)
        self.plain += len(plain)
        self.packed += len(packed)
        if self.plain > self.most or self.packed > self.most // 4:
            raise TooLarge
        self.rows += len(rows)
        self._chunks.append(packed)

    def __iter__(self) -> Iterator[list[Row]]:
        for chunk in self._chunks:
            yield marshal.loads(zlib.decompress(chunk))  # noqa: S302 (our own bytes, never a file's)
