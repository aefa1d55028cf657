"""What only the sender can answer: asked with its place, answered at a second reading, never guessed."""

from __future__ import annotations

import datetime
import io
from decimal import Decimal
from typing import Any

import openpyxl
import pytest

from core.tabular import Column, Kind, Reading, read
from tests.core.tabular.sheets import (
    HEADING,
    codes,
    ods,
    ods_parts,
    ods_row,
    payments,
    places,
    row,
    sheet,
    text,
    xlsx,
    xlsx_parts,
    zipped,
)

ONE = ["0001", "UNDP", 12.5, "04-02-2026", ""]
TWO = ["0002", "OCHA", 7.5, "05-02-2026", ""]
THREE = ["0003", "ICRC", 1.25, "06-02-2026", ""]


def vouchers(reading: Reading) -> list[str]:
    return [found.values["voucher"] for found in reading.rows()]


# -- headings ---------------------------------------------------------------------------------------------------------


def test_headings_are_known_in_both_languages_whatever_their_case_spaces_and_accents() -> None:
    reading = payments(text("VOUCHER;Pártner;bedrag  (eur);payment_date", "0001;UNDP;12,50;04-02-2026"))
    assert vouchers(reading) == ["0001"]


def test_the_heading_is_found_below_a_title() -> None:
    reading = payments(xlsx([["Betalingen"], ["Bron: boeken"], HEADING, ONE]))
    assert [found.number for found in reading.rows()] == [4]


def test_a_missing_column_is_refused_by_name_and_an_optional_one_is_not_missed() -> None:
    reading = payments(text("Boekstuk;Partner;Betaaldatum", "0001;UNDP;04-02-2026"))
    assert [(finding.code, finding.row, finding.header) for finding in reading.findings] == [
        ("missing_column", 1, "Bedrag (EUR)")
    ]


def test_a_double_column_is_refused_at_its_second_place() -> None:
    reading = payments(text("Boekstuk;Partner;Bedrag;Betaaldatum;Amount", "0001;UNDP;1,00;04-02-2026;2,00"))
    assert places(reading) == [("double_column", 1, "E", "Amount")]


def test_an_unknown_column_is_asked_about_and_left_out_when_told() -> None:
    content = text("Boekstuk;Partner;Bedrag;Betaaldatum;Opmerking", "0001;UNDP;1,00;04-02-2026;let op")
    assert places(payments(content)) == [("unknown_column", 1, "E", "Opmerking")]
    assert payments(content).questions == ("unknown_columns",)
    assert vouchers(payments(content, unknown_columns="skip")) == ["0001"]


def test_values_under_no_heading_are_asked_about_where_they_stand() -> None:
    content = xlsx([HEADING, ONE, [*TWO, "let op"]])
    assert places(payments(content)) == [("unknown_column", 3, "F", "let op")]
    assert vouchers(payments(content, unknown_columns="skip")) == ["0001", "0002"]


def test_a_heading_that_comes_back_among_the_rows_is_refused() -> None:
    assert places(payments(xlsx([HEADING, ONE, HEADING, TWO]))) == [("heading_again", 3, "", "")]
    names = [Column("a", "Naam"), Column("b", "Plaats")]
    assert codes(read(text("Naam;Plaats", "x;y", "Naam;Plaats"), "x", columns=names)) == ["heading_again"]


# -- rows -------------------------------------------------------------------------------------------------------------

HIDDEN = {
    "xlsx": xlsx([HEADING, ONE, row(TWO, 'hidden="1"'), row(THREE, 'ht="0" customHeight="1"')]),
    "ods": ods(
        [HEADING, ONE, ods_row(TWO, 'table:visibility="collapse"'), ods_row(THREE, 'table:visibility="filter"')]
    ),
}


@pytest.mark.parametrize("kind", HIDDEN)
def test_hidden_rows_are_asked_about(kind: str) -> None:
    content = HIDDEN[kind]
    assert [(finding.code, finding.row) for finding in payments(content).findings] == [("hidden_rows", 3)]
    assert vouchers(payments(content, hidden_rows="read")) == ["0001", "0002", "0003"]
    skipped = payments(content, hidden_rows="skip")
    assert vouchers(skipped) == ["0001"]
    assert skipped.left_out == {"hidden_rows": 2}


def test_an_answer_that_is_none_of_the_choices_is_no_answer() -> None:
    assert codes(payments(HIDDEN["xlsx"], hidden_rows="perhaps")) == ["hidden_rows"]


def test_repeated_rows_are_asked_about_with_the_first_of_them() -> None:
    content = xlsx([HEADING, ONE, TWO, ONE, ONE])
    reading = payments(content)
    assert [(finding.code, finding.row) for finding in reading.findings] == [("repeated_rows", 4), ("repeated_rows", 5)]
    assert "2" in str(reading.findings[0].message)
    assert vouchers(payments(content, repeated_rows="keep")) == ["0001", "0002", "0001", "0001"]
    skipped = payments(content, repeated_rows="skip")
    assert vouchers(skipped) == ["0001", "0002"]
    assert skipped.left_out == {"repeated_rows": 2}


def test_a_row_repeated_in_another_chunk_is_found() -> None:
    lines = [f"{n};UNDP;1,00;04-02-2026;" for n in range(2_500)]
    reading = payments(text(";".join(HEADING), *lines, lines[0]))
    assert [(finding.code, finding.row) for finding in reading.findings] == [("repeated_rows", 2_502)]


@pytest.mark.parametrize(
    "total",
    [["Totaal", "", 20, "", ""], ["", "", 20, "", ""], ["", "Total:", 99, "", ""], ["", "", "20,00", "", ""], ["TOTAAL GENERAAL", "", 20, "", ""]],
)  # fmt: skip
def test_a_total_at_the_foot_is_asked_about(total: list[Any]) -> None:
    content = xlsx([HEADING, ONE, TWO, total])
    assert [(finding.code, finding.row) for finding in payments(content).findings] == [("total_row", 4)]
    reading = payments(content, total_row="skip")
    assert sum(found.values["amount"] for found in reading.rows()) == Decimal(20)
    assert reading.left_out == {"total_row": 1}
    assert "required" in codes(payments(content, total_row="read"))


def test_a_subtotal_among_the_rows_is_asked_about_too() -> None:
    content = xlsx(
        [HEADING, ONE, ["Subtotaal UNDP", "", 12.5, "", ""], TWO, ["", "", "", "", ""], ["Totaal", "", 20, "", ""]]
    )
    assert [(finding.code, finding.row) for finding in payments(content).findings] == [
        ("total_row", 3),
        ("total_row", 6),
    ]
    assert vouchers(payments(content, total_row="skip")) == ["0001", "0002"]


def test_a_row_that_only_speaks_of_a_total_is_an_ordinary_row() -> None:
    content = xlsx([HEADING, ["0001", "Totaal voor Kyiv", 1, "04-02-2026", ""], TWO])
    assert vouchers(payments(content)) == ["0001", "0002"]


def test_a_last_row_that_happens_to_equal_the_sum_but_says_what_it_is_is_an_ordinary_row() -> None:
    assert vouchers(payments(xlsx([HEADING, ONE, TWO, ["0003", "ICRC", 20, "06-02-2026", ""]]))) == [
        "0001",
        "0002",
        "0003",
    ]


# -- cells ------------------------------------------------------------------------------------------------------------


def test_hidden_columns_that_are_read_are_asked_about() -> None:
    hidden = '<cols><col min="5" max="5" hidden="1"/></cols>'
    content = xlsx([HEADING, [*ONE[:4], "Voorschot"]], before=hidden)
    assert places(payments(content)) == [("hidden_columns", 1, "E", "")]
    assert [found.values["kind"] for found in payments(content, hidden_columns="read").rows()] == ["advance"]
    assert [found.values["kind"] for found in payments(content, hidden_columns="skip").rows()] == [""]
    columns = '<table:table-column table:number-columns-repeated="2"/><table:table-column table:visibility="collapse"/>'
    assert places(payments(ods([HEADING, ONE], before=columns))) == [("hidden_columns", 1, "C", "")]


def test_merged_cells_are_asked_about_and_what_lies_under_them_is_not_read() -> None:
    merge = '<mergeCells><mergeCell ref="A1:E1"/><mergeCell ref="E3:E4"/></mergeCells>'
    content = xlsx([["Betalingen"], HEADING, [*ONE[:4], "Voorschot"], [*TWO[:4], "Betaling"]], after=merge)
    assert [(finding.code, finding.row, finding.column) for finding in payments(content).findings] == [
        ("merged_cells", 3, "E")
    ]
    assert [found.values["kind"] for found in payments(content, merged_cells="first").rows()] == ["advance", ""]


def test_a_merged_amount_leaves_the_rows_below_without_one() -> None:
    merged = '<table:table-cell table:number-rows-spanned="2" office:value-type="float" office:value="12.5"/>'
    content = ods([HEADING, [*ONE[:2], merged, *ONE[3:]], [*TWO[:2], "<table:covered-table-cell/>", *TWO[3:]]])
    assert codes(payments(content))[0] == "merged_cells"
    assert [(finding.code, finding.row) for finding in payments(content, merged_cells="first").findings] == [
        ("required", 3)
    ]


def test_a_range_merged_over_the_whole_sheet_takes_no_time() -> None:
    merge = '<mergeCells><mergeCell ref="A2:XFD1048576"/></mergeCells>'
    assert codes(payments(xlsx([HEADING, ONE], after=merge)))[0] == "merged_cells"


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("<c><f>SUM(A1:A2)</f></c>", "formula"),
        ("<c><f>SUM(A1:A2)</f><v></v></c>", "formula"),
        ('<c t="e"><v>#N/A</v></c>', "error_cell"),
        ('<c t="e"><f>A1/0</f><v>#DIV/0!</v></c>', "error_cell"),
        ('<c t="b"><v>1</v></c>', "boolean"),
        ('<c t="s"><v>7</v></c>', "damaged_cell"),
        ('<c t="x"><v>7</v></c>', "damaged_cell"),
    ],
)
def test_a_cell_without_a_value_of_its_own_is_refused_with_its_place(cell: str, code: str) -> None:
    reading = payments(xlsx([HEADING, ["0001", "UNDP", cell, "04-02-2026", ""]]))
    assert [(finding.code, finding.row, finding.column) for finding in reading.findings] == [(code, 2, "C")]


@pytest.mark.parametrize(
    ("attributes", "shown", "code"),
    [
        ('table:formula="of:=SUM([.A1])"', "", "formula"),
        ('table:formula="of:=NA()" office:value-type="string" calcext:value-type="error"', "#N/B", "error_cell"),
        ('table:formula="of:=1/0" office:value-type="float" office:value="0"', "#DEEL/0!", "error_cell"),
        ('table:formula="of:=X" office:value-type="float" office:value="0"', "Err:508", "error_cell"),
        ('office:value-type="boolean" office:boolean-value="true"', "WAAR", "boolean"),
        ('office:value-type="percentage" office:value="0.5"', "50%", "percent"),
        ('office:value-type="currency" office:currency="USD" office:value="12.5"', "$ 12,50", "currency"),
        ('office:value-type="date" office:date-value="2026-02-04"', "4-2-26", "date_cell"),
        ('office:value-type="time" office:time-value="PT1H"', "01:00", "date_cell"),
        ('office:value-type="float" office:value="12,5"', "12,5", "damaged_cell"),
    ],
)
def test_a_cell_of_another_kind_in_an_open_document_is_refused(attributes: str, shown: str, code: str) -> None:
    cell = f"<table:table-cell {attributes}><text:p>{shown}</text:p></table:table-cell>"
    reading = payments(ods([HEADING, ["0001", "UNDP", cell, "04-02-2026", ""]]))
    assert [(finding.code, finding.row, finding.column) for finding in reading.findings] == [(code, 2, "C")]


def test_a_formula_with_its_calculated_value_is_read() -> None:
    cell = "<c><f>10+2.5</f><v>12.5</v></c>"
    name = '<c t="str"><f>A1&amp;"x"</f><v>UNDP</v></c>'
    reading = payments(xlsx([HEADING, ["0001", name, cell, "04-02-2026", ""]]))
    assert [(found.values["partner"], found.values["amount"]) for found in reading.rows()] == [
        ("UNDP", Decimal("12.5"))
    ]


def test_a_value_beside_a_formula_that_no_program_ever_calculated_is_refused() -> None:
    """Libraries write 0 beside each formula, and ask the spreadsheet program to calculate at opening."""
    cell = "<c><f>10+2.5</f><v>0</v></c>"
    content = xlsx([HEADING, ["0001", "UNDP", cell, "04-02-2026", ""]], workbook='<calcPr fullCalcOnLoad="1"/>')
    assert codes(payments(content)) == ["formula"]


# -- sheets -----------------------------------------------------------------------------------------------------------


def two_sheets(**states: str) -> bytes:
    return zipped(
        xlsx_parts({"Jan": sheet([HEADING, ONE]), "Feb": sheet([HEADING, TWO]), "Leeg": sheet([])}, states=states)
    )


def test_several_sheets_are_asked_about_by_name() -> None:
    reading = payments(two_sheets())
    assert reading.questions == ("several_sheets",)
    assert [answer.value for answer in reading.findings[0].answers] == ["Jan", "Feb"]
    assert vouchers(payments(two_sheets(), several_sheets="Feb")) == ["0002"]


@pytest.mark.parametrize("state", ["hidden", "veryHidden"])
def test_a_hidden_sheet_that_is_not_empty_is_asked_about(state: str) -> None:
    content = two_sheets(Feb=state)
    reading = payments(content)
    assert [(finding.code, finding.value) for finding in reading.findings] == [("hidden_sheet", "Feb")]
    assert vouchers(payments(content, hidden_sheets="skip")) == ["0001"]
    assert payments(content, hidden_sheets="read").questions == ("several_sheets",)
    assert vouchers(payments(content, hidden_sheets="read", several_sheets="Feb")) == ["0002"]


def test_a_file_of_hidden_sheets_only_is_asked_about() -> None:
    content = zipped(xlsx_parts({"Jan": sheet([HEADING, ONE])}, states={"Jan": "hidden"}))
    assert payments(content).questions == ("hidden_sheets",)
    assert codes(payments(content, hidden_sheets="skip")) == ["empty"]
    assert vouchers(payments(content, hidden_sheets="read")) == ["0001"]


def test_sheets_of_an_open_document_are_asked_about_alike() -> None:
    style = '<style:style style:name="off" style:family="table"><style:table-properties table:display="false"/></style:style>'
    tables = "".join(
        f'<table:table table:name="{name}" {more}>{ods_row(HEADING)}{ods_row(values)}</table:table>'
        for name, more, values in (("Jan", "", ONE), ("Feb", 'table:style-name="off"', TWO))
    )
    content = zipped(ods_parts(tables, style))
    assert payments(content).questions == ("hidden_sheets",)
    assert vouchers(payments(content, hidden_sheets="read", several_sheets="Feb")) == ["0002"]


def test_comments_drawings_and_tables_of_elsewhere_are_no_cells() -> None:
    noted = '<table:table-cell office:value-type="string"><office:annotation><text:p>let op</text:p></office:annotation><text:p>UN<text:span>DP</text:span></text:p></table:table-cell>'
    aside = "<table:tracked-changes><table:table-cell><text:p>oud</text:p></table:table-cell></table:tracked-changes><table:dde-links><table:table/></table:dde-links>"
    shapes = "<table:shapes><draw:frame xmlns:draw='urn:oasis:names:tc:opendocument:xmlns:drawing:1.0'><text:p>x</text:p></draw:frame></table:shapes>"
    body = f'{aside}<table:table table:name="a">{shapes}{ods_row(HEADING)}{ods_row(["0001", noted, 12.5, "04-02-2026", ""])}</table:table>'
    reading = payments(zipped(ods_parts(body)))
    assert [found.values["partner"] for found in reading.rows()] == ["UNDP"]


def test_spaces_tabs_and_lines_of_an_open_document_are_kept() -> None:
    noted = '<table:table-cell office:value-type="string"><text:p>a<text:s text:c="3"/>b<text:tab/>c</text:p><text:p>d</text:p></table:table-cell>'
    reading = read(ods([["Kolom"], [noted]]), "x", columns=[Column("value", "Kolom")])
    assert [found.values["value"] for found in reading.rows()] == ["a   b\tc\nd"]


# -- files of other programs ------------------------------------------------------------------------------------------


def test_a_strict_workbook_with_prefixes_is_read() -> None:
    strict = "http://purl.oclc.org/ooxml/spreadsheetml/main"
    cells = '<x:row r="2"><x:c r="A2" t="s"><x:v>0</x:v></x:c><x:c r="B2" t="d"><x:v>2026-02-04</x:v></x:c></x:row>'
    heading = '<x:row r="1"><x:c r="A1" t="s"><x:v>1</x:v></x:c><x:c r="B1" t="s"><x:v>2</x:v></x:c></x:row>'
    parts = xlsx_parts(
        {"a": f'<x:worksheet xmlns:x="{strict}"><x:sheetData>{heading}{cells}</x:sheetData></x:worksheet>'}
    )
    strings = (
        "<si><r><t>UN</t></r><r><t>DP</t></r><rPh><t>phonetic</t></rPh></si><si><t>Partner</t></si><si><t>Dag</t></si>"
    )
    parts["xl/sharedStrings.xml"] = f'<sst xmlns="{strict}">{strings}</sst>'
    reading = read(zipped(parts), "x", columns=[Column("partner", "Partner"), Column("day", "Dag", Kind.DATE)])
    assert [str(value) for found in reading.rows() for value in found.values.values()] == ["UNDP", "2026-02-04"]


def test_what_another_program_writes_is_read() -> None:
    book = openpyxl.Workbook()
    page = book.active
    page.append(HEADING)
    page.append(["00012", "Médecins", 1234.56, datetime.date(2026, 2, 4), "Voorschot"])
    page.append(["00013", "=1+1", 5, "05-02-2026", None])
    page.row_dimensions[3].hidden = True
    page.merge_cells("D3:E3")
    file = io.BytesIO()
    book.save(file)
    reading = payments(file.getvalue())
    assert [(finding.code, finding.row, finding.column) for finding in reading.findings] == [
        ("hidden_rows", 3, ""),
        ("formula", 3, "B"),
        ("merged_cells", 3, "D"),
    ]
    assert payments(file.getvalue(), hidden_rows="skip", merged_cells="first").accepted


def test_all_findings_come_at_once_in_the_order_of_the_sheet() -> None:
    reading = payments(xlsx([[*HEADING, "Vreemd"], ["0001", "", "geen", "04-02-26", "x"], row(TWO, 'hidden="1"')]))
    assert [(finding.code, finding.row, finding.column) for finding in reading.findings] == [
        ("unknown_column", 1, "F"),
        ("required", 2, "B"),
        ("invalid", 2, "C"),
        ("year", 2, "D"),
        ("choice", 2, "E"),
        ("hidden_rows", 3, ""),
    ]
    with pytest.raises(ValueError, match="findings"):
        reading.rows()
    assert reading.preview(1) == [(1, [*HEADING, "Vreemd"]), (2, ["0001", "", "geen", "04-02-26", "x"])]
