"""Files as people, other programs and enemies make them, built in the test that reads them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Mapping
from typing import Any
from xml.sax.saxutils import escape

from core.tabular import Column, Kind, Reading, read

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
ODF = "urn:oasis:names:tc:opendocument:xmlns"

PAYMENTS = (
    Column("voucher", "Boekstuk", Kind.IDENTIFIER, also=("Voucher",)),
    Column("partner", "Partner"),
    Column("amount", "Bedrag (EUR)", Kind.AMOUNT, also=("Bedrag", "Amount")),
    Column("paid_on", "Betaaldatum", Kind.DATE, also=("Payment date",)),
    Column(
        "kind",
        "Soort",
        Kind.CHOICE,
        required=False,
        choices={"advance": ("Voorschot", "Advance"), "payment": ("Betaling",)},
    ),
)
HEADING = ["Boekstuk", "Partner", "Bedrag", "Betaaldatum", "Soort"]


ROWS_AS_THEY_ARE = {"repeated_rows": "keep", "total_row": "read"}


def zipped(parts: Mapping[str, str | bytes], *, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Return a zip file of parts, in order."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file.getvalue()


def cell(value: Any, reference: str = "") -> str:
    """Return a cell's XML: text inline, a number as it is written, anything in angle brackets as it stands."""
    at = f' r="{reference}"' if reference else ""
    if isinstance(value, str) and value.startswith("<c"):
        return value
    if isinstance(value, str):
        return (
            f'<c{at} t="inlineStr"><is><t xml:space="preserve">{escape(value)}</t></is></c>' if value else f"<c{at}/>"
        )
    return f"<c{at}><v>{value}</v></c>"


def row(values: Iterable[Any], attributes: str = "") -> str:
    """Return a row's XML."""
    return f"<row{' ' + attributes if attributes else ''}>{''.join(cell(value) for value in values)}</row>"


def sheet(rows: Iterable[Iterable[Any] | str], before: str = "", after: str = "") -> str:
    """Return a worksheet's XML."""
    body = "".join(found if isinstance(found, str) else row(found) for found in rows)
    return f'<worksheet xmlns="{MAIN}">{before}<sheetData>{body}</sheetData>{after}</worksheet>'


def xlsx_parts(
    sheets: Mapping[str, str],
    *,
    states: Mapping[str, str] | None = None,
    workbook: str = "",
    formats: Iterable[str] = (),
    strings: Iterable[str] = (),
) -> dict[str, str]:
    """Return the parts of a workbook; style 1 and up are the given number formats."""
    states = states or {}
    named = "".join(
        f'<sheet name="{escape(name)}" sheetId="{n}" r:id="s{n}" state="{states.get(name, "visible")}"/>'
        for n, name in enumerate(sheets, 1)
    )
    relations = "".join(
        f'<Relationship Id="s{n}" Type="{OFFICE}/worksheet" Target="worksheets/sheet{n}.xml"/>'
        for n in range(1, len(sheets) + 1)
    )
    relations += f'<Relationship Id="st" Type="{OFFICE}/styles" Target="styles.xml"/><Relationship Id="ss" Type="{OFFICE}/sharedStrings" Target="sharedStrings.xml"/>'
    codes = list(formats)
    numbers = "".join(
        f'<numFmt numFmtId="{164 + n}" formatCode="{escape(code, {chr(34): "&quot;"})}"/>'
        for n, code in enumerate(codes)
    )
    used = '<xf numFmtId="0"/>' + "".join(f'<xf numFmtId="{164 + n}"/>' for n in range(len(codes)))
    return {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="r" Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}">{workbook}<sheets>{named}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships">{relations}</Relationships>',
        "xl/styles.xml": f'<styleSheet xmlns="{MAIN}"><numFmts>{numbers}</numFmts><cellStyleXfs><xf numFmtId="9"/></cellStyleXfs><cellXfs>{used}</cellXfs></styleSheet>',
        "xl/sharedStrings.xml": f'<sst xmlns="{MAIN}">{"".join(strings)}</sst>',
        **{f"xl/worksheets/sheet{n}.xml": xml for n, xml in enumerate(sheets.values(), 1)},
    }


def xlsx(rows: Iterable[Iterable[Any] | str], *, before: str = "", after: str = "", **more: Any) -> bytes:
    """Return a workbook of one sheet."""
    return zipped(xlsx_parts({"Blad1": sheet(rows, before, after)}, **more))


def ods_parts(tables: str, styles: str = "", manifest: str = "") -> dict[str, str]:
    """Return the parts of an OpenDocument spreadsheet."""
    spaces = " ".join(f'xmlns:{name}="{ODF}:{name}:1.0"' for name in ("office", "table", "text", "style"))
    spaces += ' xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'
    return {
        "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
        "META-INF/manifest.xml": f"<manifest>{manifest}</manifest>",
        "content.xml": f"<office:document-content {spaces}><office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>",
    }


def ods_cell(value: Any) -> str:
    """Return a cell's XML."""
    if isinstance(value, str) and value.startswith("<table:"):
        return value
    if isinstance(value, str):
        return (
            f'<table:table-cell office:value-type="string"><text:p>{escape(value)}</text:p></table:table-cell>'
            if value
            else "<table:table-cell/>"
        )
    return f'<table:table-cell office:value-type="float" office:value="{value}"><text:p>{value}</text:p></table:table-cell>'


def ods_row(values: Iterable[Any], attributes: str = "") -> str:
    """Return a row's XML."""
    return f"<table:table-row {attributes}>{''.join(map(ods_cell, values))}</table:table-row>"


def ods(rows: Iterable[Iterable[Any] | str], *, name: str = "Blad1", before: str = "", styles: str = "") -> bytes:
    """Return an OpenDocument spreadsheet of one sheet."""
    body = "".join(found if isinstance(found, str) else ods_row(found) for found in rows)
    return zipped(ods_parts(f'<table:table table:name="{name}">{before}{body}</table:table>', styles))


def text(*lines: str, encoding: str = "utf-8", end: str = "\r\n") -> bytes:
    """Return a text file of lines."""
    return "".join(line + end for line in lines).encode(encoding)


def payments(content: bytes, **answers: str) -> Reading:
    """Read a file of payments; an answer per keyword."""
    return read(content, "betalingen", columns=PAYMENTS, answers=answers)


def codes(reading: Reading) -> list[str]:
    """Return the codes of what was found, in order."""
    return [finding.code for finding in reading.findings]


def places(reading: Reading) -> list[tuple[str, int | None, str, str]]:
    """Return code, row, column letter and value of what was found."""
    return [(finding.code, finding.row, finding.column, finding.value) for finding in reading.findings]


def column(kind: Kind, *values: str, required: bool = True, **more: Any) -> Reading:
    """Read a text of one column."""
    lines = [f'"{value}"' for value in ("Kolom", *values)]
    return read(
        text(*lines), "kolom.csv", columns=[Column("value", "Kolom", kind, required, **more)], answers=ROWS_AS_THEY_ARE
    )


def values(reading: Reading) -> list[Any]:
    """Return the values of a reading's only column."""
    return [found.values["value"] for found in reading.rows()]
