"""Reading a sheet that somebody sends: everything is checked before the first row is handed out.

The file is read once into packed rows, and these are converted twice: to find what is wrong, and to hand out. Whatever
has two readings is asked; the answers come with a second reading of the same file.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice, zip_longest
from typing import Any, BinaryIO

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from core.tabular.cells import CellReader, Unfit, expected, reader_for, shown
from core.tabular.columns import NUMERIC, Column, Limits
from core.tabular.delimited import SAMPLE, Delimited
from core.tabular.findings import Answer, FileRefused, Finding, Findings, Severity, Words, clip, letter
from core.tabular.heading import SKIP_COLUMN, Heading, Headings
from core.tabular.kinds import Format, recognise
from core.tabular.notation import Evidence
from core.tabular.ods import Ods
from core.tabular.source import Merge, Sheet, Source, too_much_text, too_wide
from core.tabular.spool import Cell, Row, Spool, TooLarge, filled, holds_anything
from core.tabular.totals import Totals, is_label
from core.tabular.xlsx import Xlsx

CHUNK = 1_000  # rows converted at once
UNFIT = object()

Progress = Callable[[int], None]

READ_OR_SKIP_ROWS = (Answer("read", _("Read these rows too")), Answer("skip", _("Leave these rows out")))
READ_OR_SKIP_COLUMNS = (Answer("read", _("Read these columns too")), Answer("skip", _("Leave these columns out")))
READ_OR_SKIP_SHEETS = (Answer("read", _("Read hidden sheets too")), Answer("skip", _("Leave hidden sheets out")))
KEEP_OR_SKIP = (
    Answer("keep", _("They are different: read them all")),
    Answer("skip", _("Read only the first of each")),
)
TOTAL = (Answer("skip", _("It is a total: leave it out")), Answer("read", _("It is an ordinary row: read it")))
MERGED = (Answer("first", _("The value counts for the first cell only")),)
NOTATION = (Answer("nl", _("Dutch: 1.234,56")), Answer("en", _("English: 1,234.56")))


@dataclass(frozen=True)
class ReadRow:
    """One row: its number in the user's sheet and its values by column name. An empty number or date is None."""

    number: int
    values: dict[str, Any]


@dataclass
class Reading:
    """What reading a file gave. `rows()` hands out the rows of a file without findings; `preview()` those of any."""

    filename: str
    format: Format | None = None
    said: list[Words] = field(default_factory=list)
    findings: tuple[Finding, ...] = ()
    further: int = 0  # findings that were only counted
    counts: dict[str, int] = field(default_factory=dict)
    sheet: str = ""
    row_count: int = 0
    left_out: dict[str, int] = field(default_factory=dict)
    stopped_at: int | None = None  # the row at which so much was wrong that the rest was not looked at
    _check: _Check | None = None

    @property
    def accepted(self) -> bool:
        """Tell whether the file can be read as it is: nothing refused, nothing left to ask."""
        return not self.findings

    @property
    def refused(self) -> bool:
        """Tell whether the file itself must be mended first."""
        return any(finding.severity == Severity.REFUSAL for finding in self.findings)

    @property
    def questions(self) -> tuple[str, ...]:
        """Return the keys of what must be answered, each once."""
        return tuple(dict.fromkeys(finding.question for finding in self.findings if finding.question))

    def rows(self) -> Iterator[ReadRow]:
        """Yield the rows. Raises ValueError for a file with findings: nothing of it is to be used."""
        if self.findings or self._check is None:
            raise ValueError("A file with findings has no rows to hand out.")
        return self._check.rows()

    def preview(self, most: int = 20) -> list[tuple[int, list[str]]]:
        """Return the first rows as they stand in the sheet, the heading first, each with its number."""
        return self._check.preview(most) if self._check else []


def read(
    content: bytes | BinaryIO,
    filename: str,
    *,
    columns: Sequence[Column],
    answers: Mapping[str, str] | None = None,
    limits: Limits | None = None,
    progress: Progress | None = None,
) -> Reading:
    """Read a CSV, XLSX or ODS file, whatever its name says, into rows of the declared columns.

    Never raises for what is in the file: that becomes findings. `answers` holds an answer for each question of an
    earlier reading of the same file. `progress` is called with the number of rows checked. The file must stay open for
    the length of this call only.
    """
    file: BinaryIO = io.BytesIO(content) if isinstance(content, bytes) else content
    reading = Reading(filename)
    limits = limits or Limits()
    findings = Findings(limits.findings)
    try:
        _read(file, reading, _Job(columns, answers or {}, limits, findings, progress))
    except FileRefused as refused:
        findings.add(refused.finding)
    reading.findings, reading.counts = findings.in_order(), dict(findings.counts)
    reading.further = findings.total - len(findings.kept)
    return reading


@dataclass(frozen=True)
class _Job:
    """What the caller asked for, and where findings go."""

    columns: Sequence[Column]
    answers: Mapping[str, str]
    limits: Limits
    findings: Findings
    progress: Progress | None

    def answer(self, question: str, choices: Sequence[Answer]) -> str | None:
        """Return the given answer when it is one of the choices."""
        given = self.answers.get(question)
        return given if given in {choice.value for choice in choices} else None


def _read(file: BinaryIO, reading: Reading, job: _Job) -> None:
    headings = Headings(job.columns)
    reading.format, package = recognise(file, job.limits)
    source: Source
    if package is None:
        source = Delimited(file, job.limits, headings.score)
    elif reading.format == Format.XLSX:
        source = Xlsx(package)
    else:
        source = Ods(package)
    reading.said = source.said
    sheet = _choose(source.sheets(), job)
    if sheet is None:
        return
    reading.sheet = sheet.name
    if sheet.name:
        reading.said.append(format_lazy(_("Read from the sheet “{name}”."), name=sheet.name))
    gathered = _gather(source, sheet, headings, job)
    reading._check = check = _Check(gathered, job)
    check.run()
    reading.row_count, reading.left_out, reading.stopped_at = check.row_count, check.left_out, check.stopped_at
    if check.stopped_at:
        said = _("So much was found that the rows below {row} were not looked at.")
        reading.said.append(format_lazy(said, row=check.stopped_at))


# -- which sheet ------------------------------------------------------------------------------------------------------


def _choose(sheets: list[Sheet], job: _Job) -> Sheet | None:
    """Return the sheet to read, or None when that must be asked first."""
    if not sheets:
        raise FileRefused("empty", _("There is nothing in this file."))
    hidden = [sheet for sheet in sheets if sheet.hidden]
    answer = job.answer("hidden_sheets", READ_OR_SKIP_SHEETS)
    if hidden and answer is None:
        for sheet in hidden:
            job.findings.add(
                Finding(
                    Severity.QUESTION,
                    "hidden_sheet",
                    format_lazy(_("The sheet “{name}” is hidden and is not empty."), name=sheet.name),
                    value=clip(sheet.name),
                    question="hidden_sheets",
                    answers=READ_OR_SKIP_SHEETS,
                )
            )
    eligible = sheets if answer == "read" else [sheet for sheet in sheets if not sheet.hidden]
    if not eligible and answer == "skip":
        raise FileRefused("empty", _("All sheets of this file that hold anything are hidden."))
    return _one_of(eligible, job)


def _one_of(sheets: list[Sheet], job: _Job) -> Sheet | None:
    if len(sheets) < 2:
        return sheets[0] if sheets else None
    choices = tuple(Answer(sheet.name, sheet.name) for sheet in sheets)
    answer = job.answer("several_sheets", choices)
    if answer is not None:
        return next(sheet for sheet in sheets if sheet.name == answer)
    job.findings.add(
        Finding(
            Severity.QUESTION,
            "several_sheets",
            _("More than one sheet of this file holds something. Which one is to be read?"),
            value=clip(", ".join(sheet.name for sheet in sheets)),
            question="several_sheets",
            answers=choices,
        )
    )
    return None


# -- reading it once --------------------------------------------------------------------------------------------------


@dataclass
class _Gathered:
    """A sheet read once: its rows, packed, and what was noted on the way."""

    sheet: Sheet
    heading: Heading
    spool: Spool
    evidence: dict[int, Evidence]
    prefixed: bool
    last_row: int = 0
    hidden: list[tuple[int, int]] = field(default_factory=list)
    nameless: dict[int, tuple[int, Cell]] = field(default_factory=dict)
    cut_off: bool = False


def _gather(source: Source, sheet: Sheet, headings: Headings, job: _Job) -> _Gathered:
    rows = filter(holds_anything, source.rows(sheet))
    sample = list(islice(rows, SAMPLE))
    left_out = sheet.hidden_columns if job.answers.get("hidden_columns") == "skip" else set()
    heading = headings.find(sample, left_out)
    text = isinstance(source, Delimited)
    evidence = {place: Evidence(column) for place, column in heading.places.items() if column.kind in NUMERIC}
    gathered = _Gathered(sheet, heading, Spool(job.limits.spool), evidence, prefixed=text)
    below = chain((row for row in sample if row[0] > heading.row), rows)
    cells = 0
    try:
        while chunk := list(islice(below, CHUNK)):
            cells += sum(len(row[2]) for row in chunk)
            _refuse_too_many(gathered.spool.rows + len(chunk), cells, job.limits)
            _note(gathered, chunk, job.limits)
            gathered.spool.append(chunk)
    except TooLarge:
        raise too_much_text() from None
    if isinstance(source, Delimited):
        gathered.cut_off = _is_cut_off(gathered, source)
    return gathered


def _refuse_too_many(rows: int, cells: int, limits: Limits) -> None:
    if rows > limits.rows:
        raise FileRefused(
            "too_many_rows",
            format_lazy(_("This sheet has more than {most} rows."), most=limits.rows),
            _("Divide it in parts."),
        )
    if cells > limits.cells:
        raise FileRefused(
            "too_many_cells",
            format_lazy(_("This sheet has more than {most} cells."), most=limits.cells),
            _("Divide it in parts."),
        )


def _note(gathered: _Gathered, chunk: list[Row], limits: Limits) -> None:
    """Note what the rows of a chunk say: notations, hidden rows, values under no heading."""
    numbers = [row[0] for row in chunk]
    columns = list(zip_longest(*(row[2] for row in chunk), fillvalue=""))
    if len(columns) > limits.columns:
        raise too_wide(next(row[0] for row in chunk if len(row[2]) > limits.columns), limits.columns)
    for place, evidence in gathered.evidence.items():
        if place < len(columns):
            evidence.weigh(columns[place], numbers)
    for place, cells in enumerate(columns):
        if place not in gathered.nameless and not gathered.heading.text(place) and any(map(filled, cells)):
            gathered.nameless[place] = next(
                (row, cell) for row, cell in zip(numbers, cells, strict=True) if filled(cell)
            )
    for number, hidden, _cells in chunk:
        if hidden:
            _extend(gathered.hidden, number)
    gathered.last_row = numbers[-1]


def _extend(ranges: list[tuple[int, int]], number: int) -> None:
    if ranges and ranges[-1][1] == number - 1:
        ranges[-1] = ranges[-1][0], number
    else:
        ranges.append((number, number))


def _is_cut_off(gathered: _Gathered, source: Delimited) -> bool:
    """Tell whether the last row of a text has no line end and fewer cells than the heading: then it was cut off."""
    last: Row | None = None
    for chunk in gathered.spool:
        last = chunk[-1]
    return last is not None and len(last[2]) < len(gathered.heading.cells) and source.ends_halfway()


# -- checking and handing out -----------------------------------------------------------------------------------------


class _Check:
    """Converts the gathered rows: once to find what is wrong, later to hand out."""

    def __init__(self, gathered: _Gathered, job: _Job) -> None:
        self.gathered, self.job, self.findings = gathered, job, job.findings
        self.heading = gathered.heading
        self.skip_hidden = job.answer("hidden_rows", READ_OR_SKIP_ROWS) == "skip"
        self.total_answer = job.answer("total_row", TOTAL)
        self.repeated_answer = job.answer("repeated_rows", KEEP_OR_SKIP)
        self.readers: dict[int, CellReader] = {}
        self.notations: dict[int, str] = {}
        self.skipped: set[int] = set()
        self.seen: dict[int, int] = {}
        self.totals = Totals()
        self.row_count = 0
        self.stopped_at: int | None = None
        self.left_out: dict[str, int] = {}

    def run(self) -> None:
        """Find everything there is to find."""
        for finding in self.heading.findings(self.job.columns, self.job.answers):
            self.findings.add(finding)
        self._sheet_findings()
        if not self.gathered.spool.rows:
            raise FileRefused("no_rows", _("There are no rows below the headings."), row=self.heading.row)
        self._decide_notations()
        self.merges = [merge for merge in self.gathered.sheet.merges if self._matters(merge)]
        done = 0
        for chunk in self.gathered.spool:
            self._check(chunk)
            done += len(chunk)
            if self.job.progress:
                self.job.progress(done)
            if self.findings.total > self.job.limits.counted:
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

    # -- the sheet as a whole -----------------------------------------------------------------------------------------

    def _sheet_findings(self) -> None:
        gathered = self.gathered
        if gathered.cut_off:
            self.findings.add(
                Finding(
                    Severity.REFUSAL,
                    "cut_off",
                    _("The last row breaks off: it has fewer cells than the heading and no line end."),
                    _("Save the file anew and send it completely."),
                    row=gathered.last_row,
                )
            )
        self._ask_hidden_rows()
        self._ask_hidden_columns()
        self._ask_merged()
        self._find_nameless()

    def _ask_hidden_rows(self) -> None:
        hidden = [(first, last) for first, last in self.gathered.hidden if last > self.heading.row]
        answer = self.job.answer("hidden_rows", READ_OR_SKIP_ROWS)
        if answer == "skip" and hidden:
            self.left_out["hidden_rows"] = sum(last - first + 1 for first, last in hidden)
        if answer is None:
            for first, last in hidden:
                said = _("This row is hidden.") if first == last else _("The rows {first} to {last} are hidden.")
                message = format_lazy(said, first=first, last=last)
                self._ask("hidden_rows", message, READ_OR_SKIP_ROWS, row=first)

    def _ask_hidden_columns(self) -> None:
        if self.job.answer("hidden_columns", READ_OR_SKIP_COLUMNS) is None:
            for place in sorted(self.gathered.sheet.hidden_columns & self.heading.places.keys()):
                self._ask("hidden_columns", _("This column is hidden."), READ_OR_SKIP_COLUMNS, self.heading.row, place)

    def _ask_merged(self) -> None:
        if self.job.answer("merged_cells", MERGED) is None:
            for merge in filter(self._matters, self.gathered.sheet.merges):
                last = f"{letter(merge.last_column)}{merge.last_row}"
                message = format_lazy(_("The cells from here to {last} are merged."), last=last)
                self._ask("merged_cells", message, MERGED, merge.first_row, merge.first_column)

    def _ask(
        self,
        question: str,
        message: Words,
        answers: tuple[Answer, ...],
        row: int,
        place: int | None = None,
        code: str = "",
        value: str = "",
    ) -> None:
        self.findings.add(
            Finding(
                Severity.QUESTION,
                code or question,
                message,
                row=row,
                column="" if place is None else letter(place),
                header="" if place is None else clip(self.heading.text(place)),
                value=clip(value),
                question=question,
                answers=answers,
            )
        )

    def _matters(self, merge: Merge) -> bool:
        """Tell whether a merged range touches the table; titles above it may be merged."""
        return merge.last_row >= self.heading.row and merge.first_row <= self.gathered.last_row

    def _find_nameless(self) -> None:
        for place, (row, cell) in sorted(self.gathered.nameless.items()):
            if self.gathered.prefixed and place >= len(self.heading.cells):
                self._refuse_more_cells(row, place, cell)
            elif self.job.answers.get("unknown_columns") != "skip":
                message = _("This column holds something but has no heading. Is it to be left out?")
                self._ask("unknown_columns", message, SKIP_COLUMN, row, place, "unknown_column", shown(cell))

    def _refuse_more_cells(self, row: int, place: int, cell: Cell) -> None:
        self.findings.add(
            Finding(
                Severity.REFUSAL,
                "more_cells",
                _(
                    "This row has more cells than there are headings. Most often a separator stands in a text or an amount."
                ),
                format_lazy(_("{count} cells"), count=len(self.heading.cells)),
                row=row,
                column=letter(place),
                value=clip(shown(cell)),
            )
        )

    def _decide_notations(self) -> None:
        """Settle the notation of each column; a column that does not tell is not converted until somebody answers."""
        for place, column in self.heading.places.items():
            notation: str | None = "nl"
            if place in self.gathered.evidence:
                notation = self._notation(place, column, self.gathered.evidence[place])
            if notation:
                self.notations[place] = notation
                self.readers[place] = reader_for(column, notation, self.gathered.prefixed)

    def _notation(self, place: int, column: Column, evidence: Evidence) -> str | None:
        if evidence.contradicts:
            for seen in (evidence.first["nl"], evidence.first["en"]):
                self.findings.add(
                    Finding(
                        Severity.REFUSAL,
                        "two_notations",
                        _("This column has both Dutch and English numbers, so that neither is certain."),
                        _("Write all numbers of the column in one way."),
                        row=seen.row,
                        column=letter(place),
                        header=clip(self.heading.text(place)),
                        value=clip(seen.text),
                    )
                )
            return None
        question = f"notation:{column.name}"
        notation = evidence.notation(self.job.answer(question, NOTATION))
        if notation is None:
            seen = evidence.first["both"]
            message = _("Nothing in this column tells whether its numbers are Dutch or English.")
            self._ask(question, message, NOTATION, seen.row, place, "ambiguous_notation", seen.text)
        return notation

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
            self.findings.add(
                Finding(
                    Severity.REFUSAL,
                    unfit.code,
                    unfit.message,
                    expected(column, self.notations[place]),
                    row=row[0],
                    column=letter(place),
                    header=clip(self.heading.text(place)),
                    value=clip(shown(cell)),
                )
            )

    def _refuse_heading(self, number: int) -> None:
        self.findings.add(
            Finding(
                Severity.REFUSAL,
                "heading_again",
                _("This row repeats the headings."),
                _("Remove the row, or send one table at a time."),
                row=number,
            )
        )

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
                self._ask("total_row", _("This row looks like a total of the rows above it."), TOTAL, rows[index][0])
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
                self._ask("repeated_rows", message, KEEP_OR_SKIP, number)


def _nothing(column: Column) -> Any:
    return CellReader.nothing if column.kind in NUMERIC or column.kind == "date" else ""
