"""Writing sheets: exports of tables and sheets to fill in, as CSV, XLSX or ODS, piece by piece.

A text is never a formula: in XLSX and ODS it is a text cell, in CSV a mark before it says so (OWASP, CSV injection).
Numbers are numbers and dates dates. The same table gives the same bytes.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from core.numbers import notation
from core.tabular.columns import NUMERIC, Column, Kind
from core.tabular.kinds import Format
from core.tabular.tables import About, Table, Values, prepare
from core.tabular.writing_ods import ods
from core.tabular.writing_xlsx import xlsx

RISKY = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")


def write(
    kind: Format, columns: Sequence[Column], rows: Values, *, language: str, about: About | None = None
) -> Iterator[bytes]:
    """Write a table: a row holds a value for each column, in order. CSV begins at once, the others once all is there.

    Raises TypeError or ValueError, while it is written, for a float or a number with more decimals than its column.
    """
    table = prepare(columns, rows, about, language)
    return {Format.CSV: _csv, Format.XLSX: xlsx, Format.ODS: ods}[kind](table)


def template(
    kind: Format, columns: Sequence[Column], rows: Values = (), *, language: str, about: About | None = None
) -> Iterator[bytes]:
    """Write a sheet to fill in: the heading with a note for each column, choices to pick from, and rows already known.

    What comes back is read with the same columns. A CSV holds no notes.
    """
    table = prepare(columns, rows, about, language)
    if kind == Format.CSV:
        return _csv(table)
    return xlsx(table, to_fill_in=True) if kind == Format.XLSX else ods(table, to_fill_in=True)


def words(headers: Sequence[str], rows: Iterable[Sequence[str]], *, language: str) -> bytes:
    """Return a CSV of texts under these headings."""
    columns = [Column(str(number), header) for number, header in enumerate(headers)]
    return b"".join(write(Format.CSV, columns, rows, language=language))


def _csv(table: Table) -> Iterator[bytes]:
    """Write UTF-8 with a mark, which Excel needs; Dutch with semicolons and decimal commas, English with commas."""
    style = notation(table.language)
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";" if style.decimal == "," else ",")
    numeric = [column.kind in NUMERIC for column in table.columns]
    texts = [not number and column.kind != Kind.DATE for number, column in zip(numeric, table.columns, strict=True)]
    kinds = list(zip(numeric, texts, strict=True))
    text.write("\ufeff")
    writer.writerows([[_safe(word) for word in line] for line in table.above])
    writer.writerow([_safe(header) for header in table.headers])
    yield _taken(text)
    for chunk in table.chunks:
        writer.writerows([_line(row, kinds, style.decimal) for row in chunk])
        yield _taken(text)


def _line(row: list[Any], kinds: list[tuple[bool, bool]], decimal: str) -> list[Any]:
    """Return a row's cells; the csv module writes None as nothing and a date as ISO."""
    cells: list[Any] = []
    for value, (number, text) in zip(row, kinds, strict=True):
        if value is None:
            cells.append("")
        elif number:
            cells.append(f"{value:f}".replace(".", decimal))
        else:
            cells.append(_safe(value) if text else value.isoformat())
    return cells


def _safe(text: str) -> str:
    """Return a text that no program takes for a formula."""
    return "'" + text if RISKY.match(text) else text


def _taken(text: io.StringIO) -> bytes:
    content = text.getvalue().encode()
    text.seek(0)
    text.truncate()
    return content
