"""Which row is the heading, and which column stands under which heading."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from core.tabular.cells import shown
from core.tabular.columns import Column, fold
from core.tabular.findings import Answer, FileRefused, Finding, Severity, clip, letter
from core.tabular.spool import Cell, Row

SKIP_COLUMN = (Answer("skip", _("Leave the column out")),)


@dataclass
class Heading:
    """The heading of a sheet: its row, its cells, and the place of each declared column."""

    row: int
    cells: tuple[Cell, ...]
    places: dict[int, Column] = field(default_factory=dict)
    twice: list[tuple[int, Column]] = field(default_factory=list)
    unknown: list[int] = field(default_factory=list)

    def text(self, index: int) -> str:
        """Return what stands above a column."""
        return shown(self.cells[index]).strip() if index < len(self.cells) else ""

    def findings(self, columns: Sequence[Column], answers: Mapping[str, str]) -> Iterator[Finding]:
        """Yield what is missing, double or unknown."""
        missing = [column for column in columns if column not in self.places.values()]
        for column in missing:
            if column.required:
                yield Finding(
                    Severity.REFUSAL,
                    "missing_column",
                    format_lazy(_("There is no column “{header}”."), header=column.header),
                    _("Add the column, or give it this heading."),
                    row=self.row,
                    header=str(column.header),
                )
        for index, column in self.twice:
            yield Finding(
                Severity.REFUSAL,
                "double_column",
                format_lazy(_("There is more than one column “{header}”."), header=column.header),
                _("Keep one of them."),
                row=self.row,
                column=letter(index),
                header=clip(self.text(index)),
                value=clip(self.text(index)),
            )
        if answers.get("unknown_columns") != "skip":
            for index in self.unknown:
                yield self.unknown_column(index, missing)

    def unknown_column(self, index: int, missing: Sequence[Column] = ()) -> Finding:
        """Ask about a column that is not known here."""
        names = ", ".join(f"“{column.header}”" for column in missing[:6])
        return Finding(
            Severity.QUESTION,
            "unknown_column",
            _("This column is not known here. Is it to be left out?"),
            format_lazy(_("Not found yet: {names}"), names=names) if names else "",
            row=self.row,
            column=letter(index),
            header=clip(self.text(index)),
            value=clip(self.text(index)),
            question="unknown_columns",
            answers=SKIP_COLUMN,
        )


class Headings:
    """The headings that a caller's columns go by."""

    def __init__(self, columns: Sequence[Column]) -> None:
        self.columns = columns
        self.known: dict[str, Column] = {}
        for column in columns:
            for header in column.headers():
                if header in self.known:
                    raise ValueError(f"“{header}” is a heading of both {self.known[header].name} and {column.name}.")
                self.known[header] = column

    def score(self, cells: Sequence[Cell]) -> int:
        """Count the declared columns named in a row."""
        return len({self.known[key].name for key in map(_key, cells) if key in self.known})

    def find(self, rows: Sequence[Row], left_out: set[int]) -> Heading:
        """Return the heading: the row that names most columns. `left_out` are columns the user left out."""
        best = max(rows, key=lambda row: (self.score(row[2]), -row[0]), default=None)
        if best is None or not self.score(best[2]):
            raise FileRefused(
                "no_heading",
                _("No row with headings was found."),
                format_lazy(_("Expected: {names}"), names=", ".join(str(column.header) for column in self.columns)),
                rows[0][0] if rows else None,
            )
        heading = Heading(best[0], best[2])
        for index, key in enumerate(map(_key, best[2])):
            column = self.known.get(key)
            if index in left_out or not key:
                continue
            if column is None:
                heading.unknown.append(index)
            elif column in heading.places.values():
                heading.twice.append((index, column))
            else:
                heading.places[index] = column
        return heading


def _key(cell: Cell) -> str:
    return fold(shown(cell))
