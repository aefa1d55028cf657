"""What a sheet that is handed out holds, made ready for any kind of file: words in one language, values checked."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import islice
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from core.numbers import format_date, format_number
from core.tabular.columns import NUMERIC, Column, Kind, Words

CHUNK = 500  # rows made at once
# What XML, and with it XLSX and ODS, cannot hold (XML 1.0, 2.2); CSV is kept the same.
UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
MOST_FIGURES = 15  # that a spreadsheet program keeps of a number
WIDTHS = {Kind.TEXT: 32, Kind.IDENTIFIER: 18, Kind.CHOICE: 20, Kind.DATE: 12}
NUMBER_WIDTH = 16
WIDEST = 60

Values = Iterable[Sequence[Any]]


@dataclass(frozen=True)
class About:
    """What stands above a table: its title, where its figures come from, and up to which day they hold."""

    title: Words
    source: Words = ""
    as_of: datetime.date | None = None

    def lines(self, language: str) -> list[list[str]]:
        """Return the lines above the heading, an empty one last."""
        with translation.override(language):
            facts = [_("Source: %(source)s") % {"source": self.source}] if self.source else []
            if self.as_of:
                facts.append(_("As per %(day)s") % {"day": format_date(self.as_of, language)})
            return [[clean(str(self.title))], *([[clean(" · ".join(facts))]] if facts else []), []]


@dataclass(frozen=True)
class Table:
    """A table ready to be written. `rows` yields chunks of checked rows: text, numbers and dates, None where empty."""

    columns: Sequence[Column]
    headers: list[str]
    notes: list[str]
    choices: list[list[str]]
    above: list[list[str]]
    chunks: Iterator[list[list[Any]]]
    language: str

    @property
    def heading(self) -> int:
        """The number of the heading's row, counted from 0."""
        return len(self.above)

    def width(self, place: int) -> int:
        """Return a column's width in characters."""
        column = self.columns[place]
        if column.width:
            return column.width
        return min(WIDEST, max(WIDTHS.get(column.kind, NUMBER_WIDTH), len(self.headers[place]) + 2))


def prepare(columns: Sequence[Column], rows: Values, about: About | None, language: str) -> Table:
    """Return a table in one language. Values are checked as they pass: a float or a decimal too many raises."""
    with translation.override(language):
        headers = [clean(str(column.header)) for column in columns]
        notes = [clean(str(column.note)) for column in columns]
        words = [
            {value: clean(str(first[0])) if first else value for value, first in c.choices.items()} for c in columns
        ]
    checks = [_check(column, known) for column, known in zip(columns, words, strict=True)]
    return Table(
        columns,
        headers,
        notes,
        [list(known.values()) for known in words],
        about.lines(language) if about else [],
        _chunks(rows, checks),
        language,
    )


def _chunks(rows: Values, checks: Sequence[Callable[[Any], Any]]) -> Iterator[list[list[Any]]]:
    waiting = iter(rows)
    while chunk := list(islice(waiting, CHUNK)):
        yield [[check(value) for check, value in zip(checks, row, strict=True)] for row in chunk]


def _check(column: Column, words: dict[str, str]) -> Callable[[Any], Any]:
    if column.kind in NUMERIC:
        return _number_check(column)
    if column.kind == Kind.DATE:
        return _day
    if column.kind == Kind.CHOICE:
        return lambda value: None if value in (None, "") else words.get(value) or clean(str(value))
    return _text


def _text(value: Any) -> str | None:
    if value is None or value == "":
        return None
    text = value if isinstance(value, str) else str(value)
    return UNWRITABLE.sub("�", text) if not text.isprintable() else text


def _day(value: Any) -> datetime.date | None:
    if value is None or (isinstance(value, datetime.date) and not isinstance(value, datetime.datetime)):
        return value
    raise TypeError(f"A day is a date, not {type(value).__name__}: a moment belongs to a time zone.")


def _number_check(column: Column) -> Callable[[Any], Decimal | None]:
    step = Decimal(1).scaleb(-column.decimals)

    def check(value: Any) -> Decimal | None:
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, Decimal | int):
            raise TypeError(f"“{column.name}” is a Decimal, not {type(value).__name__}.")
        number = Decimal(value)
        exact = number.quantize(step)
        if exact != number:
            raise ValueError(f"“{column.name}” has more than {column.decimals} decimals: {number}.")
        return exact

    return check


def clean(text: str) -> str:
    """Return a text without what no sheet can hold."""
    return UNWRITABLE.sub("�", text)


def fits(number: Decimal) -> bool:
    """Tell whether a spreadsheet program keeps all figures of a number."""
    return len(number.normalize().as_tuple().digits) <= MOST_FIGURES and abs(number) < Decimal(10) ** MOST_FIGURES


def written_out(number: Decimal, table: Table, column: Column) -> str:
    """Return a number that no spreadsheet can keep, as text; reading takes it back."""
    return format_number(number, table.language, column.decimals)
