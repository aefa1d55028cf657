"""Converting the rows of a sheet: to find what is wrong with their cells, and to hand them out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from core.tabular.cells import CellReader, Unfit, expected, reader_for, shown
from core.tabular.columns import NUMERIC, Column
from core.tabular.findings import FileRefused, clip
from core.tabular.gathering import Gathered
from core.tabular.job import KEEP_OR_SKIP, READ_OR_SKIP_ROWS, TOTAL, Job
from core.tabular.layout import find_in_layout, merges_in_table, notations
from core.tabular.source import Merge
from core.tabular.spool import Cell, Row, filled
from core.tabular.totals import Totals, is_label

UNFIT = object()


@dataclass(frozen=True)
class ReadRow:
    """One row: its number in the user's sheet and its values by column name. An empty number or date is None."""

    number: int
    values: dict[str, Any]


class Check:
    """Converts the gathered rows: once to find what is wrong, later to hand out."""

    def __init__(self, gathered: Gathered, job: Job) -> None:
        self.gathered, self.job = gathered, job
        self.heading = gathered.heading
        self.skip_hidden = job.answer("hidden_rows", READ_OR_SKIP_ROWS) == "skip"
        self.total_answer = job.answer("total_row", TOTAL)
        self.repeated_answer = job.answer("repeated_rows", KEEP_OR_SKIP)
        self.readers: dict[int, CellReader] = {}
        self.notations: dict[int, str] = {}
        self.merges: list[Merge] = []
        self.skipped: set[int] = set()
        self.seen: dict[int, int] = {}
        self.totals = Totals()
        self.row_count = 0
        self.stopped_at: int | None = None
        self.left_out: dict[str, int] = {}

    def run(self) -> None:
        """Find everything there is to find."""
        find_in_layout(self.gathered, self.job)
        if not self.gathered.spool.rows:
            raise FileRefused("no_rows", _("There are no rows below the headings."), row=self.heading.row)
        self.merges = merges_in_table(self.gathered)
        self.notations = notations(self.gathered, self.job)
        self.readers = {
            place: reader_for(self.heading.places[place], notation, self.gathered.prefixed)
            for place, notation in self.notations.items()
        }
        if self.skip_hidden and self.gathered.hidden:
            self.left_out["hidden_rows"] = sum(last - first + 1 for first, last in self.gathered.hidden)
        done = 0
        for chunk in self.gathered.spool:
            self._check(chunk)
            done += len(chunk)
            if self.job.progress:
                self.job.progress(done)
            if self.job.findings.total > self.job.limits.counted:
                self.stopped_at = chunk[-1][0]
                break

    def rows(self) -> Iterator[ReadRow]:
        """Yield the rows, converted anew."""
        names = [column.name for column in self.heading.places.values()]
        empty = {column.name: _nothing(column) for column in self.job.columns}
        for chunk in self.gathered.spool:
            rows = self._wanted(chunk)
            values = [self._convert(reader, cells)[0] for reader, cells in self._columns(rows)]
            for row, found in zip(rows, zip(*values, strict=True), strict=True):
                if row[0] not in self.skipped:
                    yield ReadRow(row[0], {**empty, **dict(zip(names, found, strict=True))})

    def preview(self, most: int) -> list[tuple[int, list[str]]]:
        """Return the heading and the first rows as they stand there."""
        found: list[Row] = [(self.heading.row, False, self.heading.cells)]
        for chunk in self.gathered.spool:
            found += chunk[: most + 1 - len(found)]
            if len(found) > most:
                break
        return [(number, [clip(shown(cell)) for cell in cells]) for number, _hidden, cells in found]

    # -- a chunk of rows ----------------------------------------------------------------------------------------------

    def _wanted(self, chunk: list[Row]) -> list[Row]:
        rows = [row for row in chunk if not row[1]] if self.skip_hidden else chunk
        return [self._uncovered(row) for row in rows] if self.merges else rows

    def _uncovered(self, row: Row) -> Row:
        """Return a row without what lies under merged cells."""
        number, hidden, cells = row
        for merge in self.merges:
            if merge.first_row <= number <= merge.last_row:
                covered = range(merge.first_column, min(merge.last_column + 1, len(cells)))
                keep = merge.first_column if number == merge.first_row else -1
                cells = tuple("" if place in covered and place != keep else cell for place, cell in enumerate(cells))
        return number, hidden, cells

    def _columns(self, rows: list[Row]) -> list[tuple[CellReader, Sequence[Cell]]]:
        """Return the cells of each column that is read, with its reader."""
        columns = list(zip_longest(*(row[2] for row in rows), fillvalue=""))
        nothing = ("",) * len(rows)
        return [(reader, columns[place] if place < len(columns) else nothing) for place, reader in self.readers.items()]

    def _convert(self, reader: CellReader, cells: Sequence[Cell]) -> tuple[list[Any], dict[int, Unfit]]:
        """Return the values of a column's cells, and what is wrong with those that have none."""
        try:
            return reader.many(cells), {}
        except (ValueError, TypeError, KeyError, AttributeError):
            pass
        values, wrong = [], {}
        for index, cell in enumerate(cells):
            try:
                values.append(reader.one(cell))
            except Unfit as unfit:
                wrong[index] = unfit
                values.append(UNFIT)
        return values, wrong

    def _check(self, chunk: list[Row]) -> None:
        rows = self._wanted(chunk)
        if not rows:
            return
        columns = self._columns(rows)
        converted = [self._convert(reader, cells) for reader, cells in columns]
        wrong: dict[int, list[tuple[int, Cell, Unfit]]] = {}
        for (_values, faults), place, (_reader, cells) in zip(converted, self.readers, columns, strict=True):
            for index, unfit in faults.items():
                wrong.setdefault(index, []).append((place, cells[index], unfit))
        values = [found for found, _faults in converted]
        totals = self._find_totals(rows, values, wrong)
        again = {index for index, row in enumerate(rows) if row[2] == self.heading.cells}
        for index in sorted(again):
            self._refuse_heading(rows[index][0])
        for index in sorted(wrong.keys() - totals - again):
            self._report(rows[index], wrong[index])
        self._find_repeated(rows, columns, totals)
        self.totals.add(self._amounts(values), totals)
        self.row_count += len(rows) - len(totals)

    def _amounts(self, values: list[list[Any]]) -> dict[int, list[Any]]:
        return {
            place: [None if value is UNFIT else value for value in found]
            for place, found in zip(self.readers, values, strict=True)
            if self.heading.places[place].kind in NUMERIC
        }

    def _report(self, row: Row, faults: list[tuple[int, Cell, Unfit]]) -> None:
        for place, cell, unfit in faults:
            column = self.heading.places[place]
            wanted, header = expected(column, self.notations[place]), self.heading.text(place)
            self.job.refuse(
                unfit.code, unfit.message, wanted, row=row[0], place=place, header=header, value=shown(cell)
            )

    def _refuse_heading(self, number: int) -> None:
        message, wanted = _("This row repeats the headings."), _("Remove the row, or send one table at a time.")
        self.job.refuse("heading_again", message, wanted, row=number)

    def _find_totals(
        self, rows: list[Row], values: list[list[Any]], wrong: dict[int, list[tuple[int, Cell, Unfit]]]
    ) -> set[int]:
        """Return the places of rows that look like totals; ask about each unless that was answered."""
        suspects = {
            index for index, faults in wrong.items() if any(fault.code == "required" for _p, _c, fault in faults)
        }
        last = len(rows) - 1
        at_the_foot = rows[last][0] == self.gathered.last_row
        totals = {index for index in suspects | ({last} if at_the_foot else set()) if is_label(rows[index][2])}
        if at_the_foot and last not in totals and self._adds_up(rows[last], last, values):
            totals.add(last)
        if self.total_answer == "read":
            return set()
        for index in totals:
            if self.total_answer == "skip":
                self.skipped.add(rows[index][0])
                self.left_out["total_row"] = self.left_out.get("total_row", 0) + 1
            else:
                self.job.ask(
                    "total_row", _("This row looks like a total of the rows above it."), TOTAL, row=rows[index][0]
                )
        return totals

    def _adds_up(self, row: Row, last: int, values: list[list[Any]]) -> bool:
        """Tell whether a row without anything but amounts holds the sums of those above it."""
        for place, cell in enumerate(row[2]):
            column = self.heading.places.get(place)
            if column and column.kind not in NUMERIC and filled(cell):
                return False
        found = self._amounts(values)
        return self.totals.equal(found, last)

    def _find_repeated(
        self, rows: list[Row], columns: list[tuple[CellReader, Sequence[Cell]]], totals: set[int]
    ) -> None:
        if self.repeated_answer == "keep" or not columns:
            return
        seen = self.seen
        for index, cells in enumerate(zip(*(cells for _reader, cells in columns), strict=True)):
            number = rows[index][0]
            first = seen.setdefault(hash(cells), number)
            if first == number or index in totals:
                continue
            if self.repeated_answer == "skip":
                self.skipped.add(number)
                self.left_out["repeated_rows"] = self.left_out.get("repeated_rows", 0) + 1
            else:
                message = format_lazy(_("This row is the same as row {first}."), first=first)
                self.job.ask("repeated_rows", message, KEEP_OR_SKIP, row=number)


def _nothing(column: Column) -> Any:
    return CellReader.nothing if column.kind in NUMERIC or column.kind == "date" else ""
