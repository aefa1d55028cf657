"""Which sheet of a file is read, and reading it once into packed rows."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import chain, islice, zip_longest

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from core.tabular.columns import NUMERIC, Limits
from core.tabular.delimited import SAMPLE, Delimited
from core.tabular.findings import Answer, FileRefused
from core.tabular.heading import Heading, Headings
from core.tabular.job import READ_OR_SKIP_SHEETS, Job
from core.tabular.notation import Evidence
from core.tabular.source import Sheet, Source, too_much_text, too_wide
from core.tabular.spool import Cell, Row, Spool, TooLarge, filled, holds_anything

CHUNK = 1_000  # rows kept, and later converted, at once


# -- which sheet ------------------------------------------------------------------------------------------------------


def choose(sheets: list[Sheet], job: Job) -> Sheet | None:
    """Return the sheet to read, or None when that must be asked first."""
    if not sheets:
        raise FileRefused("empty", _("There is nothing in this file."))
    hidden = [sheet for sheet in sheets if sheet.hidden]
    answer = job.answer("hidden_sheets", READ_OR_SKIP_SHEETS)
    if hidden and answer is None:
        for sheet in hidden:
            message = format_lazy(_("The sheet “{name}” is hidden and is not empty."), name=sheet.name)
            job.ask("hidden_sheets", message, READ_OR_SKIP_SHEETS, code="hidden_sheet", value=sheet.name)
    eligible = sheets if answer == "read" else [sheet for sheet in sheets if not sheet.hidden]
    if not eligible and answer == "skip":
        raise FileRefused("empty", _("All sheets of this file that hold anything are hidden."))
    return _one_of(eligible, job)


def _one_of(sheets: list[Sheet], job: Job) -> Sheet | None:
    if len(sheets) < 2:
        return sheets[0] if sheets else None
    choices = tuple(Answer(sheet.name, sheet.name) for sheet in sheets)
    answer = job.answer("several_sheets", choices)
    if answer is not None:
        return next(sheet for sheet in sheets if sheet.name == answer)
    message = _("More than one sheet of this file holds something. Which one is to be read?")
    job.ask("several_sheets", message, choices, value=", ".join(sheet.name for sheet in sheets))
    return None


# -- reading it once --------------------------------------------------------------------------------------------------


@dataclass
class Gathered:
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


def gather(source: Source, sheet: Sheet, headings: Headings, job: Job) -> Gathered:
    """Read a sheet once, within the limits. Raises FileRefused."""
    rows = filter(holds_anything, source.rows(sheet))
    sample = list(islice(rows, SAMPLE))
    left_out = sheet.hidden_columns if job.answers.get("hidden_columns") == "skip" else set()
    heading = headings.find(sample, left_out)
    text = isinstance(source, Delimited)
    evidence = {place: Evidence(column) for place, column in heading.places.items() if column.kind in NUMERIC}
    gathered = Gathered(sheet, heading, Spool(job.limits.spool), evidence, prefixed=text)
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


def _note(gathered: Gathered, chunk: list[Row], limits: Limits) -> None:
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


def _is_cut_off(gathered: Gathered, source: Delimited) -> bool:
    """Tell whether the last row of a text has no line end and fewer cells than the heading: then it was cut off."""
    last: Row | None = None
    for chunk in gathered.spool:
        last = chunk[-1]
    return last is not None and len(last[2]) < len(gathered.heading.cells) and source.ends_halfway()
