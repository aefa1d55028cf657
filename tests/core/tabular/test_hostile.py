"""Files made to harm, broken files, and files that are something else: refused as a whole, with what to do."""

from __future__ import annotations

import io
import struct
import time
import zipfile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.tabular import Format, Limits, Severity, read, write
from tests.core.tabular.sheets import (
    HEADING,
    MAIN,
    PAYMENTS,
    codes,
    ods,
    ods_parts,
    ods_row,
    payments,
    row,
    sheet,
    text,
    xlsx,
    xlsx_parts,
    zipped,
)

GOOD = ["0001", "UNDP", 12.5, "04-02-2026", ""]


def old_office(*names: str) -> bytes:
    """Return the beginning of an OLE file with streams of these names in its directory."""
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + b"".join(name.encode("utf-16-le") for name in names)


def with_part(name: str, content: str | bytes) -> bytes:
    return zipped({**xlsx_parts({"Blad1": sheet([HEADING, GOOD])}), name: content})


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b"\n\n  \n", "empty"),
        ("\ufeff".encode(), "empty"),
        (b"%PDF-1.7\n", "wrong_kind"),
        (b"\x89PNG\r\n\x1a\n", "wrong_kind"),
        (b"<html><table><tr><td>Bedrag</td></tr></table></html>", "wrong_kind"),
        (b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook/>', "wrong_kind"),
        (zipped({"readme.txt": "hello"}), "wrong_kind"),
        (zipped({"[Content_Types].xml": "<Types>wordprocessingml</Types>", "word/document.xml": "<w/>"}), "wrong_kind"),
        (zipped({"[Content_Types].xml": "<Types/>", "xl/workbook.bin": b"x"}), "wrong_kind"),
        (zipped({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<a/>"}), "wrong_kind"),
        (old_office("Workbook"), "old_office"),
        (old_office("EncryptionInfo", "EncryptedPackage"), "password"),
        (zipped(ods_parts("", manifest="<encryption-data/>")), "password"),
        (with_part("xl/vbaProject.bin", b"x"), "macros"),
        (with_part("xl/macrosheets/sheet1.xml", b"<x/>"), "macros"),
        (with_part("[Content_Types].xml", "<Types>application/vnd.ms-excel.sheet.macroEnabled.main+xml spreadsheetml</Types>"), "macros"),
        (zipped({**ods_parts(""), "Basic/script-lc.xml": "<x/>"}), "macros"),
        (xlsx([HEADING, GOOD])[:-200], "damaged"),
        (xlsx([HEADING, GOOD])[: 300], "damaged"),
        (with_part("xl/worksheets/sheet1.xml", sheet([HEADING, GOOD])[:-40]), "damaged"),
        (with_part("xl/worksheets/sheet1.xml", "no xml"), "damaged"),
        (with_part("xl/worksheets/sheet1.xml", sheet([HEADING, GOOD]).replace("UNDP", "&#xD800;")), "damaged"),
        (with_part("xl/worksheets/sheet1.xml", sheet([HEADING, GOOD]).replace("UNDP", "&#0;")), "damaged"),
        (with_part("xl/worksheets/sheet1.xml", sheet([HEADING, '<row r="1"><c><v>1</v></c></row>'])), "damaged"),
        (with_part("xl/worksheets/sheet1.xml", sheet([HEADING, '<row><c r="A2"><v>1</v></c><c r="A2"><v>2</v></c></row>'])), "damaged"),
        (with_part("xl/worksheets/sheet1.xml", sheet([HEADING, '<row><c r="é2"><v>1</v></c></row>'])), "damaged"),
        (zipped(ods_parts('<table:table-column table:visibility="collapse"/>')), "damaged"),
        (zipped(ods_parts("<table:table-row/>")), "damaged"),
        (zipped(ods_parts("<table:table-cell/>")), "damaged"),
        (xlsx([]), "empty"),
        (ods([]), "empty"),
        (xlsx([HEADING]), "no_rows"),
        (text(";".join(HEADING)), "no_rows"),
        (text("a;b", "1;2"), "no_heading"),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_read_is_refused_with_why(content: bytes, code: str) -> None:
    reading = payments(content)
    assert codes(reading) == [code]
    assert reading.refused
    assert str(reading.findings[0].message)
    assert not reading.accepted


def test_the_kind_is_told_by_content_and_not_by_name() -> None:
    assert payments(xlsx([HEADING, GOOD])).format == Format.XLSX
    assert read(text(";".join(HEADING), "1;UNDP;12,50;04-02-2026;"), "x.xlsx", columns=PAYMENTS).accepted


def test_a_zip_with_a_password_on_its_parts_is_refused() -> None:
    content = bytearray(xlsx([HEADING, GOOD]))
    place = content.find(b"PK\x01\x02")
    while place >= 0:
        content[place + 8] |= 1
        place = content.find(b"PK\x01\x02", place + 4)
    assert codes(payments(bytes(content))) == ["password"]


ENTITY = '<!DOCTYPE worksheet [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
LAUGHS = (
    '<!DOCTYPE w [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY a{n} "{f"&a{n - 1 or str()};" * 10}">' for n in range(1, 9))
    + "]>"
)


@pytest.mark.parametrize("declaration", [ENTITY, LAUGHS, '<!DOCTYPE worksheet SYSTEM "http://localhost:9/x.dtd">'])
@pytest.mark.parametrize(
    "part", ["xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/sharedStrings.xml", "xl/styles.xml", "_rels/.rels"]
)
def test_a_part_that_declares_entities_is_refused(part: str, declaration: str) -> None:
    parts = xlsx_parts({"Blad1": sheet([HEADING, GOOD])}, strings=["<si><t>x</t></si>"])
    assert codes(payments(zipped({**parts, part: declaration + parts[part]}))) == ["entities"]
    document = ods_parts('<table:table table:name="a"/>')
    assert codes(payments(zipped({**document, "content.xml": declaration + document["content.xml"]}))) == ["entities"]


def test_entities_hidden_by_another_encoding_are_refused_too() -> None:
    part = ('<?xml version="1.0" encoding="UTF-16"?>' + ENTITY + sheet([HEADING, GOOD])).encode("utf-16")
    assert codes(payments(with_part("xl/worksheets/sheet1.xml", part))) == ["entities"]


@pytest.mark.slow
def test_a_zip_bomb_is_refused_before_it_is_unpacked() -> None:
    bomb = with_part("xl/worksheets/sheet1.xml", sheet([HEADING]) + " " * 300_000_000)
    assert len(bomb) < 1_000_000
    start = time.perf_counter()
    assert codes(payments(bomb)) == ["too_large"]
    assert time.perf_counter() - start < 1


def test_a_zip_that_lies_about_its_sizes_is_refused() -> None:
    content = bytearray(with_part("xl/worksheets/sheet1.xml", sheet([HEADING]) + " " * 20_000_000))
    place = content.rfind(b"xl/worksheets/sheet1.xml") - 46
    assert content[place : place + 4] == b"PK\x01\x02"
    struct.pack_into("<I", content, place + 24, 1_000)
    assert codes(payments(bytes(content))) == ["damaged"]


def test_many_small_parts_and_a_large_file_are_refused() -> None:
    parts = {**xlsx_parts({"Blad1": sheet([HEADING, GOOD])}), **{f"x{n}": "" for n in range(2_100)}}
    assert codes(payments(zipped(parts))) == ["damaged"]
    small = Limits(file=1_000)
    assert codes(read(b"x" * 1_001, "x", columns=PAYMENTS, limits=small)) == ["too_large"]


def test_parts_packed_in_another_way_are_refused() -> None:
    assert codes(payments(zipped(xlsx_parts({"a": sheet([HEADING, GOOD])}), method=zipfile.ZIP_LZMA))) == ["damaged"]


def test_a_part_named_twice_is_refused() -> None:
    file = io.BytesIO(xlsx([HEADING, GOOD]))
    with pytest.warns(UserWarning, match="Duplicate"), zipfile.ZipFile(file, "a") as archive:
        archive.writestr("xl/workbook.xml", "<x/>")
    assert codes(payments(file.getvalue())) == ["damaged"]


@pytest.mark.parametrize("filler", ["<!--" + "x" * 3_000_000 + "-->", f'<sheetPr a="{"x" * 3_000_000}"/>'])
def test_a_tag_without_end_is_not_scanned_again_and_again(filler: str) -> None:
    large = Limits(ratio=10_000)
    content = with_part("xl/worksheets/sheet1.xml", sheet([HEADING, GOOD], before=filler))
    assert codes(read(content, "x", columns=PAYMENTS, limits=large)) == ["damaged"]


def test_a_cell_far_away_does_not_cost_the_memory_of_what_lies_between() -> None:
    far = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    assert codes(payments(xlsx([HEADING, far]))) == ["too_wide"]
    wide = '<table:table-cell table:number-columns-repeated="16000" office:value-type="float" office:value="1"/>'
    assert codes(payments(ods([HEADING, [wide]]))) == ["too_wide"]
    assert codes(payments(text(";".join(HEADING), ";" * 5_000 + "x"))) == ["too_wide"]
    assert codes(payments(xlsx([HEADING, [""] * 300 + ["x"]]))) == ["too_wide"]


def test_rows_repeated_a_million_times_are_refused_at_the_limit() -> None:
    many = ods_row(["0001", "UNDP", 12.5, "04-02-2026", ""], 'table:number-rows-repeated="1048000"')
    assert codes(payments(ods([HEADING, many]))) == ["too_many_rows"]
    impossible = ods_row(["x"], 'table:number-rows-repeated="99999999999"')
    assert codes(payments(ods([HEADING, impossible]))) == ["damaged"]


def test_a_long_text_repeated_by_reference_does_not_fill_the_memory() -> None:
    parts = xlsx_parts(
        {"a": sheet([HEADING, *['<row><c t="s"><v>0</v></c></row>'] * 90_000])},
        strings=["<si><t>" + "x" * 32_000 + "</t></si>"],
    )
    reading = read(zipped(parts), "x", columns=PAYMENTS, limits=Limits(spool=2_000_000))
    assert codes(reading) == ["too_large"]


def test_more_cells_and_rows_than_the_limit_are_refused() -> None:
    lines = [";".join(HEADING), *["1;UNDP;12,50;04-02-2026;"] * 20]
    assert codes(read(text(*lines), "x", columns=PAYMENTS, limits=Limits(rows=19))) == ["too_many_rows"]
    assert codes(read(text(*lines), "x", columns=PAYMENTS, limits=Limits(cells=99))) == ["too_many_cells"]


def test_elements_nested_deeper_than_any_program_nests_them_are_refused() -> None:
    deep = "<x>" * 10_000 + "</x>" * 10_000
    assert codes(payments(xlsx([HEADING, GOOD], before=deep))) == ["damaged"]
    assert codes(payments(xlsx([HEADING, GOOD], strings=[deep]))) == ["damaged"]
    assert codes(payments(ods([HEADING, GOOD], before=deep))) == ["damaged"]


def test_where_nearly_everything_is_wrong_the_rest_is_not_looked_at() -> None:
    lines = [";".join(HEADING), *[f"{n};UNDP;geen;ooit;" for n in range(9_000)]]
    reading = payments(text(*lines))
    assert reading.stopped_at == 6_001
    assert str(reading.said[-1]).count("6001") == 1
    assert sum(reading.counts.values()) == 12_000


def test_findings_are_kept_up_to_a_number_and_counted_beyond() -> None:
    lines = [";".join(HEADING), *[f"{n};UNDP;geen;04-02-2026;" for n in range(500)]]
    reading = payments(text(*lines))
    assert len(reading.findings) == 200
    assert reading.further == 300
    assert reading.counts == {"invalid": 500}
    assert reading.findings[0].severity == Severity.REFUSAL


ROWS = [["0001", "UNDP", 12, None, "advance"]]
EXAMPLES = [
    xlsx([HEADING, GOOD], before='<cols><col min="1" max="1" hidden="1"/></cols>', after='<mergeCells><mergeCell ref="A1:B2"/></mergeCells>', formats=["dd-mm-yyyy"]),
    ods([HEADING, GOOD]),
    text(";".join(HEADING), '1;"UNDP";12,50;04-02-2026;'),
    b"".join(write(Format.XLSX, PAYMENTS, ROWS, language="nl")),
    b"".join(write(Format.ODS, PAYMENTS, ROWS, language="nl")),
]  # fmt: skip


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_whatever_is_changed_in_a_file_reading_ends_with_rows_or_findings(data: st.DataObject) -> None:
    content = bytearray(data.draw(st.sampled_from(EXAMPLES)))
    for _change in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.integers(0, len(content) - 1))
        content[place : place + data.draw(st.integers(0, 3))] = data.draw(st.binary(max_size=4))
    reading = payments(bytes(content))
    assert reading.findings or list(reading.rows())


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(["xlsx", "ods"]), st.data())
def test_whatever_is_changed_in_its_xml_reading_ends_with_rows_or_findings(kind: str, data: st.DataObject) -> None:
    parts = (
        xlsx_parts({"a": sheet([HEADING, GOOD, row(GOOD, 'hidden="1"')])}, formats=["dd-mm-yyyy"])
        if kind == "xlsx"
        else ods_parts('<table:table table:name="a">' + ods_row(HEADING) + ods_row(GOOD) + "</table:table>")
    )
    part = data.draw(st.sampled_from(sorted(set(parts) - {"mimetype"})))
    content = parts[part]
    for _change in range(data.draw(st.integers(1, 3))):
        place = data.draw(st.integers(0, len(content)))
        piece = data.draw(
            st.sampled_from(
                [
                    "<",
                    ">",
                    '"',
                    "9" * 9,
                    "-1",
                    " r=",
                    "</row>",
                    "<c>",
                    "<v>",
                    't="s"',
                    's="1"',
                    MAIN,
                    "NaN",
                    "inf",
                    "1e400",
                    "_xD800_",
                    "true",
                ]
            )
            | st.text(max_size=3)
        )
        content = content[:place] + piece + content[place + data.draw(st.integers(0, 3)) :]
    reading = payments(zipped({**parts, part: content.encode("utf-8", "replace")}))
    assert reading.findings or list(reading.rows())


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_are_refused_and_never_raise(content: bytes) -> None:
    assert payments(content).findings
