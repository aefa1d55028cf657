"""XLSX by XlsxWriter: rows go to disk as they come, so that memory stays bounded."""

from __future__ import annotations

import datetime
import re
import tempfile
from collections.abc import Iterator
from decimal import Decimal
from typing import Any, BinaryIO

import xlsxwriter
from django.utils import translation
from django.utils.translation import gettext as _
from xlsxwriter.format import Format as Style
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from core.tabular.cells import expected
from core.tabular.columns import NUMERIC, Column, Kind
from core.tabular.source import LISTS
from core.tabular.tables import Table, fits, written_out

PIECE = 64 * 1024
MOST_ROWS = 1_048_576
LONGEST = 32_767  # characters in a cell: a longer text would be left out without a word
BLANK_ROWS = 2_000  # below what is known, ready to be filled in
FIRST_DAY = datetime.date(1900, 3, 1)
NO_MOMENT = datetime.datetime(2000, 1, 1)
RISKY = re.compile(r"[=+\-@\t\r\n]")


class TooManyRows(ValueError):
    """More rows than a sheet can hold. CSV has no such limit."""


def xlsx(table: Table, *, to_fill_in: bool = False) -> Iterator[bytes]:
    """Write a table as a workbook of one sheet, with its heading in sight and, to fill in, notes and choices."""
    with tempfile.TemporaryFile() as file:
        # A sheet to fill in is small, and its notes are written after its rows.
        book = xlsxwriter.Workbook(file, {"constant_memory": not to_fill_in})
        try:
            _fill(book, table, to_fill_in)
        finally:
            book.close()
        yield from pieces(file)


def pieces(file: BinaryIO) -> Iterator[bytes]:
    """Yield a file from its beginning in pieces."""
    file.seek(0)
    while piece := file.read(PIECE):
        yield piece


def _fill(book: Workbook, table: Table, to_fill_in: bool) -> None:
    book.set_properties({"title": table.above[0][0] if table.above else "", "created": NO_MOMENT})
    with translation.override(table.language):
        sheet = book.add_worksheet(_("Table"))
    styles = [_style(book, column, to_fill_in) for column in table.columns]
    for place, style in enumerate(styles):
        sheet.set_column(place, place, table.width(place), style if to_fill_in else None)
    bold = book.add_format({"bold": True})
    for number, line in enumerate(table.above):
        for place, text in enumerate(line):
            sheet.write_string(number, place, text, bold if number == 0 else None)
    header = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
    for place, text in enumerate(table.headers):
        sheet.write_string(table.heading, place, text, header)
    sheet.freeze_panes(table.heading + 1, 0)
    sheet.repeat_rows(table.heading)
    last = _rows(book, sheet, table, styles)
    if table.columns:
        sheet.autofilter(table.heading, 0, max(last, table.heading), len(table.columns) - 1)
    if to_fill_in:
        _help(book, sheet, table, last + BLANK_ROWS)


def _rows(book: Workbook, sheet: Worksheet, table: Table, styles: list[Style]) -> int:
    """Write the rows; return the number of the last one, counted from 0."""
    quoted = book.add_format({"quote_prefix": True})  # stays text also when somebody edits the cell
    columns = list(enumerate(zip(table.columns, styles, strict=True)))
    number = table.heading
    for chunk in table.chunks:
        for row in chunk:
            number += 1
            if number >= MOST_ROWS:
                raise TooManyRows(f"A sheet holds at most {MOST_ROWS} rows.")
            for place, (column, style) in columns:
                value = row[place]
                if value is not None:
                    _cell(sheet, number, place, value, table, column, style, quoted)
    return number


def _cell(
    sheet: Worksheet, row: int, place: int, value: Any, table: Table, column: Column, style: Style, quoted: Style
) -> None:
    if isinstance(value, Decimal) and fits(value):
        sheet.write_number(row, place, value, style)
    elif isinstance(value, datetime.date) and value >= FIRST_DAY:
        sheet.write_datetime(row, place, value, style)
    else:
        text = _as_text(value, table, column)
        sheet.write_string(row, place, text, quoted if RISKY.match(text) else style)


def _as_text(value: Any, table: Table, column: Column) -> str:
    if isinstance(value, Decimal):
        return written_out(value, table, column)
    text = value.isoformat() if isinstance(value, datetime.date) else str(value)
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"


def _style(book: Workbook, column: Column, to_fill_in: bool) -> Style:
    if column.kind == Kind.DATE:
        return book.add_format({"num_format": "dd-mm-yyyy", "align": "left"})
    if column.kind == Kind.WHOLE:
        return book.add_format({"num_format": "0"})  # without thousands, for a year is a whole number too
    if column.kind in NUMERIC:
        zeros = "." + "0" * column.decimals if column.decimals else ""
        return book.add_format({"num_format": f"#,##0{zeros}"})
    return book.add_format({"num_format": "@"} if to_fill_in else {})


# -- sheets to fill in ------------------------------------------------------------------------------------------------


def _help(book: Workbook, sheet: Worksheet, table: Table, last: int) -> None:
    lists = None
    for place, column in enumerate(table.columns):
        with translation.override(table.language):
            help_text = explanation(column, table.notes[place], table.language)
        sheet.write_comment(table.heading, place, help_text, {"x_scale": 2, "author": ""})
        rule = _rule(column)
        if table.choices[place]:
            lists = lists or _lists(book)
            for number, word in enumerate(table.choices[place]):
                lists.write_string(number, place, word)
            letters = xlsxwriter.utility.xl_col_to_name(place, True)
            rule = {"validate": "list", "source": f"='{LISTS}'!{letters}$1:{letters}${len(table.choices[place])}"}
        if rule:
            shown = {"input_title": table.headers[place][:32], "input_message": help_text[:255]}
            sheet.data_validation(table.heading + 1, place, last, place, {**rule, **shown})


def _lists(book: Workbook) -> Worksheet:
    lists = book.add_worksheet(LISTS)
    lists.hide()
    return lists


def _rule(column: Column) -> dict[str, Any]:
    """Return what the spreadsheet program holds a cell against while it is filled in; reading checks it again."""
    if column.kind in NUMERIC:
        least = -column.most if column.least is None else column.least
        kind = "decimal" if column.decimals else "integer"
        return {"validate": kind, "criteria": "between", "minimum": least, "maximum": column.most}
    if column.kind == Kind.DATE:
        return {"validate": "date", "criteria": "between", "minimum": column.earliest, "maximum": column.latest}
    if column.kind in (Kind.TEXT, Kind.IDENTIFIER):
        return {"validate": "length", "criteria": "<=", "value": column.longest}
    return {}


def explanation(column: Column, note: str, language: str) -> str:
    """Return what is said of a column: its note, what it holds, and whether it must be filled in."""
    required = _("Must be filled in.") if column.required else _("May stay empty.")
    wanted = str(expected(column, "en" if language.startswith("en") else "nl"))
    return "\n".join(text for text in (note, wanted[:1].upper() + wanted[1:] + ".", required) if text)
