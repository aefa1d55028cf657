"""Sheets that are handed out: what is written is read back equal, by us and by other programs."""

from __future__ import annotations

import csv
import datetime
import io
import unicodedata
import zipfile
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import openpyxl
import pytest
from django.utils.functional import lazystr
from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from core.tabular import About, Column, Format, Kind, TooManyRows, read, template, write
from core.tabular import writing_xlsx as workbooks

COLUMNS = (
    Column("voucher", "Boekstuk", Kind.IDENTIFIER, required=False),
    Column("name", "Omschrijving", required=False, longest=5_000),
    Column("amount", "Bedrag", Kind.AMOUNT, required=False),
    Column("share", "Aandeel", Kind.NUMBER, required=False, places=4),
    Column("year", "Jaar", Kind.WHOLE, required=False),
    Column("day", "Datum", Kind.DATE, required=False, earliest=datetime.date(1, 1, 1), latest=datetime.date.max),
    Column(
        "kind",
        "Soort",
        Kind.CHOICE,
        required=False,
        choices={"a": ("Voorschot, eerste", "Advance"), "b": ("=Betaling",)},
    ),
)
ROWS: list[list[Any]] = [
    ["00123", "Kyiv", Decimal("1234.5"), Decimal("0.1181"), 2026, datetime.date(2026, 2, 4), "a"],
    ["0004", "Lviv", Decimal("-9999999999999.99"), None, 2025, None, "b"],
]
ABOUT = About("Betalingen", "Claimregister", datetime.date(2026, 11, 22))
FORMULAS = ["=1+1", "+31 70", "-5", "@SUM(A1)", "\t=1", "\r=1", "＝1+1", "'=1", "''@x"]


def written(kind: Format, rows: Any = ROWS, language: str = "nl", about: About | None = ABOUT) -> bytes:
    return b"".join(write(kind, COLUMNS, rows, language=language, about=about))


def read_back(content: bytes) -> list[list[Any]]:
    answers = {"repeated_rows": "keep", "total_row": "read"}
    reading = read(content, "x", columns=COLUMNS, answers=answers)
    assert reading.findings == ()
    return [list(found.values.values()) for found in reading.rows()]


TEXTS = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cn", "Co"])
    | st.sampled_from("\n\t;,'\"=+-@_x0D<&># "),
    max_size=40,
)
WORDS = TEXTS.map(lambda text: unicodedata.normalize("NFC", text).strip()).filter(lambda text: "\ufffd" not in text)
LISTS = st.lists(
    st.tuples(
        st.from_regex(r"[0-9A-Z]{1,4}-?[0-9]{1,20}", fullmatch=True),
        WORDS,
        st.none() | st.decimals(-(10**15), 10**15, places=2),
        st.none() | st.decimals(-(10**9), 10**9, places=4),
        st.none() | st.integers(1 - 10**16, 10**16 - 1),
        st.none() | st.dates(),
        st.sampled_from(["", "a", "b"]),
    ),
    min_size=1,
    max_size=8,
)  # fmt: skip


@pytest.mark.slow
@settings(deadline=None)
@pytest.mark.parametrize("kind", list(Format))
@given(rows=LISTS, language=st.sampled_from(["nl", "en"]))
def test_what_is_written_is_read_back_equal(kind: Format, rows: list[tuple[Any, ...]], language: str) -> None:
    assert read_back(written(kind, rows, language)) == [list(row) for row in rows]


@pytest.mark.parametrize("kind", list(Format))
@pytest.mark.parametrize("text", FORMULAS)
def test_a_text_is_never_a_formula(kind: Format, text: str) -> None:
    content = written(kind, [["0001", text, None, None, None, None, "b"]], about=About(text, text))
    assert read_back(content)[0][1] == text.replace("\r", "\n").strip()
    if kind == Format.CSV:
        for line in csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"):
            assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r", "＝")) for cell in line)
    elif kind == Format.XLSX:
        page = openpyxl.load_workbook(io.BytesIO(content)).active
        assert {cell.data_type for line in page.iter_rows() for cell in line} <= {"s", "n"}
        quoted = page.cell(5, 2)
        assert quoted.data_type == "s"
        assert quoted.quotePrefix == (text[0] in "=+-@\t\r")
    else:
        assert b"table:formula" not in zipfile.ZipFile(io.BytesIO(content)).read("content.xml")


def test_a_csv_is_what_excel_opens_in_the_readers_language() -> None:
    dutch = written(Format.CSV).decode("utf-8")
    assert dutch.startswith("\ufeffBetalingen\r\n")
    assert "00123;Kyiv;1234,50;0,1181;2026;2026-02-04;Voorschot, eerste\r\n" in dutch
    assert '0123,Kyiv,1234.50,0.1181,2026,2026-02-04,"Voorschot, eerste"\r\n' in written(
        Format.CSV, language="en"
    ).decode("utf-8")


@pytest.mark.parametrize("kind", [Format.XLSX, Format.ODS])
def test_another_program_reads_numbers_as_numbers_and_dates_as_dates(kind: Format) -> None:
    lines = CalamineWorkbook.from_filelike(io.BytesIO(written(kind))).get_sheet_by_index(0).to_python()
    assert lines[0][0] == "Betalingen"
    assert "Claimregister" in lines[1][0]
    assert "22 november 2026" in lines[1][0]
    assert lines[3] == [column.header for column in COLUMNS]
    assert lines[4] == ["00123", "Kyiv", 1234.5, 0.1181, 2026.0, datetime.date(2026, 2, 4), "Voorschot, eerste"]


def test_a_workbook_shows_amounts_dates_and_its_heading_as_people_expect() -> None:
    page = openpyxl.load_workbook(io.BytesIO(written(Format.XLSX))).active
    assert page.freeze_panes == "A5"
    assert page.auto_filter.ref == "A4:G6"
    assert [page.cell(5, place).number_format for place in range(1, 8)] == [
        "General",
        "General",
        "#,##0.00",
        "#,##0.0000",
        "0",
        "dd-mm-yyyy",
        "General",
    ]
    assert page.cell(4, 1).font.bold
    assert page.column_dimensions["B"].width > page.column_dimensions["F"].width > 8


def test_a_number_with_more_figures_than_a_spreadsheet_keeps_is_written_out() -> None:
    large = [["1", "", Decimal("99999999999999.99"), None, None, None, ""]]
    cell = openpyxl.load_workbook(io.BytesIO(written(Format.XLSX, large, about=None))).active["C2"]
    assert cell.value == "99.999.999.999.999,99"
    assert read_back(written(Format.ODS, large, "en"))[0][2] == Decimal("99999999999999.99")


@pytest.mark.parametrize("kind", list(Format))
def test_the_same_table_gives_the_same_bytes(kind: Format) -> None:
    assert written(kind) == written(kind)


@pytest.mark.parametrize("kind", list(Format))
@pytest.mark.parametrize(
    ("place", "value", "error"),
    [(2, 0.1, TypeError), (2, Decimal("0.001"), ValueError), (2, True, TypeError), (4, Decimal("0.5"), ValueError), (5, datetime.datetime(2026, 1, 1), TypeError)],
)  # fmt: skip
def test_a_value_that_would_be_written_wrongly_is_refused(
    kind: Format, place: int, value: Any, error: type[Exception]
) -> None:
    row = [*ROWS[0]]
    row[place] = value
    with pytest.raises(error):
        written(kind, [row])


def test_what_no_sheet_can_hold_becomes_a_mark() -> None:
    for kind in Format:
        content = written(kind, [["1", "a\x00b\ud800c\x07d", None, None, None, None, ""]])
        assert (
            "a�b�c�d"
            in (
                content
                if kind == Format.CSV
                else zipfile.ZipFile(io.BytesIO(content)).read(
                    "content.xml" if kind == Format.ODS else "xl/worksheets/sheet1.xml"
                )
            ).decode()
        )


def test_a_text_too_long_for_a_workbook_ends_in_an_ellipsis_and_is_not_lost() -> None:
    content = written(Format.XLSX, [["1", "x" * 40_000, None, None, None, None, ""]], about=None)
    value = openpyxl.load_workbook(io.BytesIO(content)).active["B2"].value
    assert len(value) == 32_767
    assert value.endswith("x…")


def test_more_rows_than_a_sheet_holds_are_refused_and_leave_nothing_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbooks, "MOST_ROWS", 10)
    with pytest.raises(TooManyRows):
        written(Format.XLSX, ROWS * 5)
    assert len(read_back(written(Format.CSV, ROWS * 5))) == 10


def test_a_csv_begins_before_its_rows_are_there() -> None:
    def rows() -> Iterator[list[Any]]:
        yield from ROWS * 600
        raise AssertionError("asked for more than the first pieces")

    pieces = write(Format.CSV, COLUMNS, rows(), language="nl")
    assert next(pieces).decode("utf-8").startswith("\ufeffBoekstuk;")
    assert next(pieces).count(b"\r\n") == 500


def test_words_are_in_the_language_asked_for_and_the_callers_is_left_alone() -> None:
    from django.utils.translation import get_language

    stream = write(Format.CSV, [Column("a", lazystr("Kop"))], [["x"]], language="en")
    assert get_language() == "nl"
    next(stream)
    assert get_language() == "nl"


# -- sheets to fill in ------------------------------------------------------------------------------------------------


def test_a_workbook_to_fill_in_explains_its_columns_and_offers_choices() -> None:
    content = b"".join(template(Format.XLSX, COLUMNS, ROWS, language="nl", about=ABOUT))
    book = openpyxl.load_workbook(io.BytesIO(content))
    page = book.active
    assert [cell.comment is not None for cell in page[4]] == [True] * 7
    rules = {str(rule.sqref).split(":")[0]: rule for rule in page.data_validations.dataValidation}
    assert rules["G5"].type == "list"
    assert rules["G5"].formula1 == "'_keuzelijsten'!$G$1:$G$2"
    assert rules["C5"].type == "decimal"
    assert rules["F5"].type == "date"
    assert book["_keuzelijsten"].sheet_state == "hidden"
    assert [cell.value for cell in book["_keuzelijsten"]["G"]] == ["Voorschot, eerste", "=Betaling"]


@pytest.mark.parametrize("kind", list(Format))
def test_a_sheet_to_fill_in_comes_back_without_questions(kind: Format) -> None:
    content = b"".join(template(kind, COLUMNS, ROWS, language="nl", about=ABOUT))
    assert [row[0] for row in read_back(content)] == ["00123", "0004"]


def test_an_empty_sheet_to_fill_in_has_no_rows() -> None:
    for kind in Format:
        content = b"".join(template(kind, COLUMNS, language="nl"))
        assert [finding.code for finding in read(content, "x", columns=COLUMNS).findings] == ["no_rows"]


def test_a_sheet_filled_in_with_another_program_is_read() -> None:
    content = b"".join(template(Format.XLSX, COLUMNS, ROWS[:1], language="nl", about=ABOUT))
    book = openpyxl.load_workbook(io.BytesIO(content))
    for place, value in enumerate(
        ["0009", "Odesa", 12.34, 0.5, 2027, datetime.date(2027, 1, 2), "voorschot, eerste"], 1
    ):
        book.active.cell(6, place, value)
    file = io.BytesIO()
    book.save(file)
    assert read_back(file.getvalue())[1] == [
        "0009",
        "Odesa",
        Decimal("12.34"),
        Decimal("0.5"),
        2027,
        datetime.date(2027, 1, 2),
        "a",
    ]


def test_an_open_document_to_fill_in_has_notes_and_choices() -> None:
    content = (
        zipfile.ZipFile(io.BytesIO(b"".join(template(Format.ODS, COLUMNS, language="nl")))).read("content.xml").decode()
    )
    assert content.count("<office:annotation>") == 7
    assert """'of:cell-content-is-in-list("Voorschot, eerste";"=Betaling")'""" in content
    assert 'table:content-validation-name="choice6"' in content
