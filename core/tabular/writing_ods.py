"""ODS (OASIS OpenDocument 1.3), written row by row into its one large part.

Written here and not by a library: the one at hand builds the whole tree in memory and needs seconds for a thousand
rows (docs/adr/0006).
"""

from __future__ import annotations

import datetime
import re
import tempfile
import zipfile
from collections.abc import Iterator
from decimal import Decimal
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from django.utils import translation
from django.utils.translation import gettext as _

from core.numbers import format_number
from core.tabular.columns import NUMERIC, Column, Kind
from core.tabular.kinds import ODS_TYPE
from core.tabular.tables import Table, fits, written_out
from core.tabular.writing_xlsx import BLANK_ROWS, explanation, pieces

NAMESPACES = " ".join(
    f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for short, name in (
        ("office", "office"),
        ("table", "table"),
        ("text", "text"),
        ("style", "style"),
        ("fo", "xsl-fo-compatible"),
        ("number", "datastyle"),
    )
)
HEAD = (
    f'<?xml version="1.0" encoding="UTF-8"?>\n<office:document-content {NAMESPACES} '
    'xmlns:of="urn:oasis:names:tc:opendocument:xmlns:of:1.2" office:version="1.3">'
)
MANIFEST = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.3">'
    f'<manifest:file-entry manifest:full-path="/" manifest:version="1.3" manifest:media-type="{ODS_TYPE.decode()}"/>'
    '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>'
)
NO_MOMENT = (2000, 1, 1, 0, 0, 0)  # the clock stays at the door
CHARACTER = 0.19  # centimetres in a column's width
SPECIAL = re.compile(r"[&<>\n\t\r]|  |^ | $")
FIRST_DAY = datetime.date(1900, 3, 1)
FIXED_STYLES = (
    '<number:date-style style:name="days"><number:day number:style="long"/><number:text>-</number:text>'
    '<number:month number:style="long"/><number:text>-</number:text><number:year number:style="long"/></number:date-style>'
    '<number:text-style style:name="words"><number:text-content/></number:text-style>'
    '<style:style style:name="heading" style:family="table-cell"><style:table-cell-properties fo:wrap-option="wrap" fo:border-bottom="0.06pt solid #000000"/>'
    '<style:text-properties fo:font-weight="bold"/></style:style>'
)


def ods(table: Table, *, to_fill_in: bool = False) -> Iterator[bytes]:
    """Write a table as a document of one sheet; to fill in, with notes and choices."""
    with tempfile.TemporaryFile() as file:
        with zipfile.ZipFile(file, "w") as archive:
            _add(archive, "mimetype", ODS_TYPE, zipfile.ZIP_STORED)  # first and unpacked, says part 2, 3.3
            _add(archive, "META-INF/manifest.xml", MANIFEST.encode(), zipfile.ZIP_DEFLATED)
            part = zipfile.ZipInfo("content.xml", NO_MOMENT)
            part.compress_type = zipfile.ZIP_DEFLATED
            with archive.open(part, "w", force_zip64=True) as content:
                for text in _content(table, to_fill_in):
                    content.write(text.encode())
        yield from pieces(file)


def _add(archive: zipfile.ZipFile, name: str, content: bytes, method: int) -> None:
    part = zipfile.ZipInfo(name, NO_MOMENT)
    part.compress_type = method
    archive.writestr(part, content)


def _content(table: Table, to_fill_in: bool) -> Iterator[str]:
    with translation.override(table.language):
        name = _("Table")
        help_texts = [
            explanation(column, note, table.language) for column, note in zip(table.columns, table.notes, strict=True)
        ]
    yield f"{HEAD}<office:automatic-styles>{_styles(table)}</office:automatic-styles><office:body><office:spreadsheet>"
    if to_fill_in:
        yield _validations(table, name, help_texts)
    yield f"<table:table table:name={quoteattr(name)}>"
    for place, _column in enumerate(table.columns):
        yield f'<table:table-column table:style-name="width{place}" table:default-cell-style-name="kind{place}"/>'
    for number, line in enumerate(table.above):
        style = ' table:style-name="heading"' if number == 0 else ""
        yield f"<table:table-row>{''.join(_text_cell(text, style) for text in line) or '<table:table-cell/>'}</table:table-row>"
    headings = (
        _text_cell(text, ' table:style-name="heading"', _annotation(help_texts[place]) if to_fill_in else "")
        for place, text in enumerate(table.headers)
    )
    yield f"<table:table-header-rows><table:table-row>{''.join(headings)}</table:table-row></table:table-header-rows>"
    yield from _rows(table, to_fill_in)
    yield "</table:table></office:spreadsheet></office:body></office:document-content>"


def _styles(table: Table) -> str:
    found = [FIXED_STYLES]
    for place, column in enumerate(table.columns):
        width = f"{table.width(place) * CHARACTER:.2f}cm"
        found.append(
            f'<style:style style:name="width{place}" style:family="table-column">'
            f'<style:table-column-properties style:column-width="{width}"/></style:style>'
        )
        data = "words"
        if column.kind in NUMERIC:
            data = f"number{place}"
            grouping = "" if column.kind == Kind.WHOLE else ' number:grouping="true"'
            found.append(
                f'<number:number-style style:name="{data}"><number:number number:decimal-places="{column.decimals}" '
                f'number:min-decimal-places="{column.decimals}" number:min-integer-digits="1"{grouping}/></number:number-style>'
            )
        elif column.kind == Kind.DATE:
            data = "days"
        found.append(
            f'<style:style style:name="kind{place}" style:family="table-cell" style:data-style-name="{data}"/>'
        )
    return "".join(found)


def _validations(table: Table, name: str, help_texts: list[str]) -> str:
    found = []
    for place, words in enumerate(table.choices):
        if not words:
            continue
        listed = ";".join('"' + word.replace('"', '""') + '"' for word in words)
        found.append(
            f'<table:content-validation table:name="choice{place}" table:allow-empty-cell="true" '
            f"table:condition={quoteattr(f'of:cell-content-is-in-list({listed})')} "
            f"table:base-cell-address={quoteattr(f'${name}.A1')}>"
            f'<table:help-message table:title={quoteattr(table.headers[place])} table:display="true">'
            f"{paragraphs(help_texts[place])}</table:help-message>"
            '<table:error-message table:message-type="stop" table:display="true"/></table:content-validation>'
        )
    return f"<table:content-validations>{''.join(found)}</table:content-validations>" if found else ""


def _annotation(text: str) -> str:
    return f"<office:annotation>{paragraphs(text)}</office:annotation>"


def _rows(table: Table, to_fill_in: bool) -> Iterator[str]:
    styles = [
        f' table:style-name="kind{place}"'
        + (f' table:content-validation-name="choice{place}"' if to_fill_in and table.choices[place] else "")
        for place in range(len(table.columns))
    ]
    for chunk in table.chunks:
        lines = []
        for row in chunk:
            cells = [
                _cell(value, style, table, column)
                for value, style, column in zip(row, styles, table.columns, strict=True)
            ]
            lines.append(f"<table:table-row>{''.join(cells)}</table:table-row>\n")
        yield "".join(lines)
    if to_fill_in:
        blank = "".join(f"<table:table-cell{style}/>" for style in styles)
        yield f'<table:table-row table:number-rows-repeated="{BLANK_ROWS}">{blank}</table:table-row>'


def _cell(value: Any, style: str, table: Table, column: Column) -> str:
    if value is None:
        return f"<table:table-cell{style}/>"
    if isinstance(value, str):
        return _text_cell(value, style)
    if isinstance(value, Decimal):
        if not fits(value):
            return _text_cell(written_out(value, table, column), style)
        shown = format_number(value, table.language, column.decimals)
        return f'<table:table-cell{style} office:value-type="float" office:value="{value:f}"><text:p>{shown}</text:p></table:table-cell>'
    if value < FIRST_DAY:
        return _text_cell(value.isoformat(), style)
    day = value.isoformat()
    return f'<table:table-cell{style} office:value-type="date" office:date-value="{day}"><text:p>{day[8:]}-{day[5:7]}-{day[:4]}</text:p></table:table-cell>'


def _text_cell(text: str, style: str, before: str = "") -> str:
    return f'<table:table-cell{style} office:value-type="string">{before}{paragraphs(text)}</table:table-cell>'


def paragraphs(text: str) -> str:
    """Return a text as paragraphs: a line each, and with spaces and tabs that a reader would otherwise take for one."""
    if not SPECIAL.search(text):
        return f"<text:p>{text}</text:p>"
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "".join(f"<text:p>{_spaced(escape(line))}</text:p>" for line in lines)


def _spaced(line: str) -> str:
    tidy = re.sub(r"^ +| +$| {2,}", lambda match: f'<text:s text:c="{len(match[0])}"/>', line)
    return tidy.replace("\t", "<text:tab/>")
