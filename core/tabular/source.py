"""What the three readers have in common: sheets with rows of raw cells, taken one after another."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Protocol

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from core.tabular.findings import FileRefused, Words
from core.tabular.spool import Row

# Sheets with this name hold the choices of a sheet to fill in that was made here; they are never read.
LISTS = "_keuzelijsten"
WIDEST = 1_000  # columns in which a cell may stand at all, so that one far away does not cost the memory of a whole row


@dataclass(frozen=True)
class Merge:
    """A merged range: rows counted from 1, columns from 0, both ends included."""

    first_row: int
    first_column: int
    last_row: int
    last_column: int


@dataclass
class Sheet:
    """One sheet of a file. Hidden columns and merged ranges are complete once its rows are read."""

    name: str
    hidden: bool = False
    place: str = ""  # where the file keeps it
    hidden_columns: set[int] = field(default_factory=set)
    merges: list[Merge] = field(default_factory=list)


class Source(Protocol):
    """A file opened for reading. `said` tells the user what was found out about it."""

    said: list[Words]

    def sheets(self) -> list[Sheet]:
        """Return the sheets that hold anything."""
        ...

    def rows(self, sheet: Sheet) -> Iterator[Row]:
        """Yield the rows that hold anything, in order. Raises FileRefused."""
        ...


def too_wide(row: int, most: int = WIDEST) -> FileRefused:
    """Return the refusal of a sheet with too many columns."""
    return FileRefused(
        "too_wide",
        format_lazy(_("This sheet has more than {most} columns."), most=most),
        _("Remove what stands to the right of the table."),
        row,
    )


def too_much_text() -> FileRefused:
    """Return the refusal of a sheet that would fill the memory."""
    return FileRefused("too_large", _("This sheet holds more text than can be read at once. Divide it in parts."))
