"""What is found in a sheet as a whole: hidden and merged parts, columns without a heading, notations."""

from __future__ import annotations

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from core.tabular.cells import shown
from core.tabular.findings import letter
from core.tabular.gathering import Gathered
from core.tabular.heading import SKIP_COLUMN
from core.tabular.job import MERGED, NOTATION, READ_OR_SKIP_COLUMNS, READ_OR_SKIP_ROWS, Job
from core.tabular.source import Merge


def find_in_layout(gathered: Gathered, job: Job) -> None:
    """Find what concerns more than one cell, before the cells are looked at."""
    for finding in gathered.heading.findings(job.columns, job.answers):
        job.findings.add(finding)
    if gathered.cut_off:
        job.refuse(
            "cut_off",
            _("The last row breaks off: it has fewer cells than the heading and no line end."),
            _("Save the file anew and send it completely."),
            row=gathered.last_row,
        )
    _ask_hidden_rows(gathered, job)
    _ask_hidden_columns(gathered, job)
    _ask_merged(gathered, job)
    _find_nameless(gathered, job)


def _ask_hidden_rows(gathered: Gathered, job: Job) -> None:
    if job.answer("hidden_rows", READ_OR_SKIP_ROWS) is None:
        for first, last in gathered.hidden:
            said = _("This row is hidden.") if first == last else _("The rows {first} to {last} are hidden.")
            job.ask("hidden_rows", format_lazy(said, first=first, last=last), READ_OR_SKIP_ROWS, row=first)


def _ask_hidden_columns(gathered: Gathered, job: Job) -> None:
    heading = gathered.heading
    if job.answer("hidden_columns", READ_OR_SKIP_COLUMNS) is None:
        for place in sorted(gathered.sheet.hidden_columns & heading.places.keys()):
            message = _("This column is hidden.")
            job.ask(
                "hidden_columns",
                message,
                READ_OR_SKIP_COLUMNS,
                row=heading.row,
                place=place,
                header=heading.text(place),
            )


def _ask_merged(gathered: Gathered, job: Job) -> None:
    if job.answer("merged_cells", MERGED) is None:
        for merge in merges_in_table(gathered):
            last = f"{letter(merge.last_column)}{merge.last_row}"
            message = format_lazy(_("The cells from here to {last} are merged."), last=last)
            header = gathered.heading.text(merge.first_column)
            job.ask("merged_cells", message, MERGED, row=merge.first_row, place=merge.first_column, header=header)


def merges_in_table(gathered: Gathered) -> list[Merge]:
    """Return the merged ranges that touch the table; titles above it may be merged."""
    return [
        merge
        for merge in gathered.sheet.merges
        if merge.last_row >= gathered.heading.row and merge.first_row <= gathered.last_row
    ]


def _find_nameless(gathered: Gathered, job: Job) -> None:
    for place, (row, cell) in sorted(gathered.nameless.items()):
        if gathered.prefixed and place >= len(gathered.heading.cells):
            job.refuse(
                "more_cells",
                _(
                    "This row has more cells than there are headings. Most often a separator stands in a text or an amount."
                ),
                format_lazy(_("{count} cells"), count=len(gathered.heading.cells)),
                row=row,
                place=place,
                value=shown(cell),
            )
        elif job.answers.get("unknown_columns") != "skip":
            message = _("This column holds something but has no heading. Is it to be left out?")
            job.ask(
                "unknown_columns", message, SKIP_COLUMN, row=row, place=place, code="unknown_column", value=shown(cell)
            )


def notations(gathered: Gathered, job: Job) -> dict[int, str]:
    """Return the notation of each column by its place; a column that does not tell is left out until somebody answers."""
    found = {}
    for place, _column in gathered.heading.places.items():
        notation = _notation(gathered, place, job) if place in gathered.evidence else "nl"
        if notation:
            found[place] = notation
    return found


def _notation(gathered: Gathered, place: int, job: Job) -> str | None:
    evidence, header = gathered.evidence[place], gathered.heading.text(place)
    if evidence.contradicts:
        for seen in (evidence.first["nl"], evidence.first["en"]):
            message = _("This column has both Dutch and English numbers, so that neither is certain.")
            expected = _("Write all numbers of the column in one way.")
            job.refuse("two_notations", message, expected, row=seen.row, place=place, header=header, value=seen.text)
        return None
    question = f"notation:{evidence.column.name}"
    notation = evidence.notation(job.answer(question, NOTATION))
    if notation is None:
        seen = evidence.first["both"]
        message = _("Nothing in this column tells whether its numbers are Dutch or English.")
        job.ask(
            question,
            message,
            NOTATION,
            row=seen.row,
            place=place,
            header=header,
            code="ambiguous_notation",
            value=seen.text,
        )
    return notation
