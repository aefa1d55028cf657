"""What a cell may hold: amounts, dates, identifiers and choices, read exactly or refused with their place."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from core.numbers import format_number
from core.tabular import Column, Kind, read
from tests.core.tabular.sheets import codes, column, places, text, values, xlsx

DAY = datetime.date(2026, 2, 4)


def number_cell(literal: str, kind: Kind = Kind.AMOUNT, style: str = "", **more: Any) -> Any:
    """Read one number cell of a workbook."""
    cell = f"<c{' s=' + chr(34) + '1' + chr(34) if style else ''}><v>{literal}</v></c>"
    return read(xlsx([["Kolom"], [cell]], formats=[style]), "x", columns=[Column("value", "Kolom", kind, **more)])


# -- notation ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cells", "meant"),
    [
        (["1.234", "12,50"], ["1234", "12.5"]),
        (["1,234", "12.50"], ["1234", "12.5"]),
        (["1.234", "1.234.567"], ["1234", "1234567"]),
        (["1234,5", "€ 15.000", "15 mln"], ["1234.5", "15000", "15000000"]),
        (["1 234,50", "1\u00a0234\u00a0567,00"], ["1234.5", "1234567"]),
        (["12", "1500"], ["12", "1500"]),
        (["1.234,50-", "-3,00", "− 4,00", "10,-"], ["-1234.5", "-3", "-4", "10"]),
    ],
)
def test_the_notation_is_decided_by_the_whole_column(cells: list[str], meant: list[str]) -> None:
    assert values(column(Kind.AMOUNT, *cells)) == [Decimal(number) for number in meant]


@pytest.mark.parametrize("cells", [["12", "1.234"], ["1,234", "5,678"], ["1.500 mln"]])
@pytest.mark.parametrize("kind", [Kind.AMOUNT, Kind.NUMBER, Kind.WHOLE])
def test_a_column_that_does_not_tell_its_notation_is_asked_about(cells: list[str], kind: Kind) -> None:
    reading = column(kind, *cells)
    ambiguous = next(index for index, cell in enumerate(cells) if "." in cell or "," in cell)
    assert places(reading) == [("ambiguous_notation", ambiguous + 2, "A", cells[ambiguous])]
    assert reading.questions == ("notation:value",)
    assert [answer.value for answer in reading.findings[0].answers] == ["nl", "en"]


def test_the_answer_settles_the_notation() -> None:
    content, columns = text("Bedrag", "1.234", "2"), [Column("value", "Bedrag", Kind.AMOUNT)]
    dutch = read(content, "x", columns=columns, answers={"notation:value": "nl"})
    assert values(dutch) == [Decimal(1234), Decimal(2)]
    english = read(content, "x", columns=columns, answers={"notation:value": "en"})
    assert places(english) == [("decimals", 2, "A", "1.234")]


def test_two_notations_in_one_column_are_refused_with_both_places() -> None:
    reading = column(Kind.AMOUNT, "12,50", "1.234", "7.25")
    assert places(reading) == [("two_notations", 2, "A", "12,50"), ("two_notations", 4, "A", "7.25")]
    assert reading.refused


def test_each_column_has_its_own_notation() -> None:
    columns = [Column("a", "A", Kind.AMOUNT), Column("b", "B", Kind.AMOUNT)]
    reading = read(text("A;B", "1,50;1.50", "1.234;1,234"), "x", columns=columns)
    assert [list(row.values.values()) for row in reading.rows()] == [[Decimal("1.5")] * 2, [Decimal(1234)] * 2]


AMOUNTS = st.decimals(min_value=-(10**13), max_value=10**13, places=2, allow_nan=False)


@given(st.lists(AMOUNTS, min_size=1, max_size=30), st.sampled_from(["nl", "en"]))
def test_amounts_written_in_one_notation_are_read_back(amounts: list[Decimal], language: str) -> None:
    assert values(column(Kind.AMOUNT, *(format_number(amount, language, 2) for amount in amounts))) == amounts


@given(
    st.lists(AMOUNTS, min_size=1, max_size=10),
    st.lists(st.integers(-(10**12), 10**12), max_size=10),
    st.sampled_from(["nl", "en"]),
)
def test_a_column_is_never_read_in_the_other_notation(amounts: list[Decimal], whole: list[int], language: str) -> None:
    written = [format_number(amount, language) for amount in (*amounts, *whole)]
    reading = column(Kind.AMOUNT, *written)
    assert reading.questions or values(reading) == [Decimal(amount) for amount in (*amounts, *whole)]


# -- numbers ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("written", ["vijf", "1e9", "NaN", "1,2,3", "US$ 5", "12..5", "٣", "1,50 appels", "--1"])
def test_what_is_no_amount_is_refused(written: str) -> None:
    reading = column(Kind.AMOUNT, "12,50", written)
    assert [(finding.row, finding.value) for finding in reading.findings] == [(3, written)]


@pytest.mark.parametrize(("written", "code"), [("12,505", "decimals"), ("1,2345", "decimals")])
def test_a_third_decimal_is_refused_and_never_rounded(written: str, code: str) -> None:
    assert places(column(Kind.AMOUNT, "12,50", written)) == [(code, 3, "A", written)]


@pytest.mark.parametrize(
    ("literal", "meant"),
    [
        ("12.5", "12.50"),
        ("0.30000000000000004", "0.30"),
        ("1234567.8900000001", "1234567.89"),
        ("1.0E+3", "1000.00"),
        ("-1E-2", "-0.01"),
        ("9999999999999.99", "9999999999999.99"),
        ("0.1000000000000000055511151231257827", "0.10"),
    ],
)
def test_a_number_cell_is_read_to_the_cent_without_its_binary_noise(literal: str, meant: str) -> None:
    assert values(number_cell(literal)) == [Decimal(meant)]


@pytest.mark.parametrize(
    ("literal", "code"),
    [
        ("12.505", "decimals"),
        ("0.001", "decimals"),
        ("12.500000001", "decimals"),
        ("12345678901234.56", "figures"),
        ("1E+15", "figures"),
        ("1e400", "damaged_cell"),
        ("NaN", "damaged_cell"),
        ("12,5", "damaged_cell"),
    ],
)
def test_a_number_cell_that_is_no_exact_amount_is_refused(literal: str, code: str) -> None:
    assert codes(number_cell(literal)) == [code]


@given(AMOUNTS)
def test_every_amount_survives_the_binary_number_of_a_spreadsheet(amount: Decimal) -> None:
    assert values(number_cell(repr(float(amount)))) == [amount]


@given(AMOUNTS.filter(lambda amount: abs(amount) < 10**9), AMOUNTS.filter(lambda amount: abs(amount) < 10**9))
def test_a_sum_made_by_a_spreadsheet_is_read_as_meant(one: Decimal, other: Decimal) -> None:
    # what is left of nearly equal numbers has its noise within fifteen figures: that is refused, not guessed
    assume(abs(one + other) * 2 >= max(abs(one), abs(other)))
    assert values(number_cell(repr(float(one) + float(other)))) == [one + other]


@pytest.mark.parametrize(
    ("style", "code"), [("0%", "percent"), ("dd-mm-yyyy", "date_cell"), ("[h]:mm", "date_cell"), ('"US$" #,##0.00', "currency"), ("[$$-409]#,##0", "currency"), ("[$£-809]#,##0", "currency")]
)  # fmt: skip
def test_a_number_shown_as_something_else_is_no_amount_in_euros(style: str, code: str) -> None:
    assert codes(number_cell("45000", style=style)) == [code]


@pytest.mark.parametrize(
    "style", ["#,##0.00", "[$€-413] #,##0.00", '"€" #,##0.00', "0.00;[Red]-0.00", "General", "00000", "[$-413]0.00"]
)
def test_a_number_shown_as_an_amount_is_one(style: str) -> None:
    assert values(number_cell("45000", style=style)) == [Decimal(45000)]


def test_a_foreign_amount_may_show_its_currency_where_the_column_says_so() -> None:
    assert values(number_cell("12.5", style='"US$" #,##0.00', foreign=True)) == [Decimal("12.50")]


def test_numbers_and_whole_numbers_have_their_own_decimals() -> None:
    assert values(column(Kind.NUMBER, "1,2345", places=4)) == [Decimal("1.2345")]
    years = values(column(Kind.WHOLE, "2026", "12"))
    assert years == [2026, 12]
    assert {type(year) for year in years} == {int}
    assert codes(column(Kind.WHOLE, "12,5")) == ["decimals"]
    assert codes(number_cell("12.5", Kind.WHOLE)) == ["decimals"]


def test_limits_are_held() -> None:
    least = Decimal("0.01")
    assert codes(column(Kind.AMOUNT, "12,50", "0,00", least=least)) == ["range"]
    assert codes(column(Kind.AMOUNT, "12,50", "13,00", most=Decimal("12.99"))) == ["range"]
    assert codes(column(Kind.AMOUNT, "-13,00", most=Decimal("12.99"))) == ["range"]
    assert codes(number_cell("0", least=least)) == ["range"]
    assert codes(column(Kind.AMOUNT, "99.999.999.999.999.999")) == ["range"]


# -- dates ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "written",
    ["04-02-2026", "4-2-2026", "4.2.2026", "2026-02-04", "2026-02-04 00:00:00", "2026-02-04T00:00", "4 februari 2026"],
)
def test_a_written_date_is_read(written: str) -> None:
    assert values(column(Kind.DATE, written)) == [DAY]


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("04-02-26", "year"),
        ("4/2/26", "year"),
        ("4 feb 26", "year"),
        ("04/02/2026", "date"),
        ("02-2026", "date"),
        ("31-02-2026", "date"),
        ("20260204", "date"),
        ("46057", "date"),
        ("2026-02-04 13:30", "date"),
        ("04-02-0226", "range"),
        ("gisteren", "date"),
    ],
)
def test_a_date_with_two_readings_or_none_is_refused(written: str, code: str) -> None:
    assert places(column(Kind.DATE, "01-01-2026", written)) == [(code, 3, "A", written)]


@pytest.mark.parametrize(
    ("literal", "style", "workbook", "code"),
    [
        ("46057", "dd-mm-yyyy", "", DAY),
        ("46057.0", "d mmm yyyy", "", DAY),
        ("44595", "dd-mm-yyyy", '<workbookPr date1904="1"/>', DAY),
        ("46057.5", "dd-mm-yyyy hh:mm", "", "time"),
        ("0.5", "hh:mm", "", "time"),
        ("46057", "0", "", "date_number"),
        ("46057", "", "", "date_number"),
        ("60", "dd-mm-yyyy", "", "date"),
        ("-1", "dd-mm-yyyy", "", "date"),
        ("99999999", "dd-mm-yyyy", "", "date"),
    ],
)
def test_a_date_cell_is_read_by_its_workbooks_own_calendar(literal: str, style: str, workbook: str, code: Any) -> None:
    content = xlsx([["Kolom"], [f'<c s="1"><v>{literal}</v></c>']], formats=[style], workbook=workbook)
    reading = read(content, "x", columns=[Column("value", "Kolom", Kind.DATE)])
    assert (values(reading) == [code]) if isinstance(code, datetime.date) else (codes(reading) == [code])


@given(st.dates(min_value=datetime.date(1950, 1, 1), max_value=datetime.date(2199, 12, 31)))
def test_every_date_survives_its_serial_number_in_both_calendars(day: datetime.date) -> None:
    for start, workbook in (
        (datetime.date(1899, 12, 30), ""),
        (datetime.date(1904, 1, 1), '<workbookPr date1904="true"/>'),
    ):
        cell = f'<c s="1"><v>{(day - start).days}</v></c>'
        content = xlsx([["Kolom"], [cell]], formats=["yyyy\\-mm\\-dd;@"], workbook=workbook)
        assert values(read(content, "x", columns=[Column("value", "Kolom", Kind.DATE)])) == [day]


# -- identifiers, text, choices ---------------------------------------------------------------------------------------


def test_an_identifier_keeps_its_zeros() -> None:
    assert values(column(Kind.IDENTIFIER, "00123", " 0004 ", "4E9", "0E+x")) == ["00123", "0004", "4E9", "0E+x"]


@pytest.mark.parametrize(
    ("literal", "style", "taken"),
    [("4500012345", "", "4500012345"), ("4500012345.0", "", "4500012345"), ("1E+5", "", "100000"), ("123", "00000", "00123"), ("4500012345", "#,##0", "4500012345")],
)  # fmt: skip
def test_a_whole_number_cell_serves_as_an_identifier(literal: str, style: str, taken: str) -> None:
    assert values(number_cell(literal, Kind.IDENTIFIER, style)) == [taken]


@pytest.mark.parametrize(
    ("literal", "style", "code"),
    [("12.5", "", "number_cell"), ("1234567890123456", "", "figures"), ("46057", "dd-mm-yyyy", "date_cell"), ("0.12", "0%", "percent")],
)  # fmt: skip
def test_a_number_that_is_no_identifier_is_refused(literal: str, style: str, code: str) -> None:
    assert codes(number_cell(literal, Kind.IDENTIFIER, style)) == [code]


@pytest.mark.parametrize("written", ["4,5E+09", "1.23457E+11", "4E+10"])
def test_an_identifier_that_a_spreadsheet_shortened_is_refused(written: str) -> None:
    assert codes(column(Kind.IDENTIFIER, "0001", written)) == ["shortened"]


def test_a_formula_that_keeps_zeros_in_a_text_file_is_refused() -> None:
    assert codes(column(Kind.IDENTIFIER, "0001", '=""0002""')) == ["formula"]


def test_two_columns_cannot_go_by_one_heading() -> None:
    with pytest.raises(ValueError, match="heading of both"):
        read(text("A"), "x", columns=[Column("one", "Naam"), Column("other", "NAAM ")])


def test_an_identifier_of_another_pattern_is_refused_with_an_example() -> None:
    reading = column(Kind.IDENTIFIER, "BV-0001", "BV1", pattern=r"BV-\d{4}", example="BV-0001")
    assert places(reading) == [("pattern", 3, "A", "BV1")]
    assert "BV-0001" in str(reading.findings[0].expected)


@pytest.mark.parametrize("written", ["#N/B", "#VERW!", "#REF!", "#DEEL/0!", "#NAAM?", "####"])
@pytest.mark.parametrize("kind", [Kind.TEXT, Kind.IDENTIFIER, Kind.AMOUNT, Kind.DATE])
def test_an_error_that_was_saved_as_text_is_refused(kind: Kind, written: str) -> None:
    assert codes(column(kind, written)) == ["error_cell"]


def test_text_is_tidied_at_its_ends_and_composed() -> None:
    assert values(column(Kind.TEXT, "  cafe\u0301 ", "#1 van 2")) == ["café", "#1 van 2"]


def test_text_has_a_longest_length() -> None:
    assert codes(column(Kind.TEXT, "x" * 11, longest=10)) == ["too_long"]
    assert values(column(Kind.TEXT, "x" * 10, longest=10)) == ["x" * 10]


@pytest.mark.parametrize("mark", ["\x07", "\x1b", "\x7f", "\ufffd", "\uffff"])
@pytest.mark.parametrize("kind", [Kind.TEXT, Kind.AMOUNT, Kind.CHOICE])
def test_a_character_that_is_not_text_is_refused(kind: Kind, mark: str) -> None:
    assert codes(column(kind, f"a{mark}b")) == ["character"]


@pytest.mark.parametrize("escape", ["_xD800_", "_x0000_", "_x0007_"])
def test_a_character_smuggled_in_by_an_escape_is_refused(escape: str) -> None:
    reading = read(xlsx([["Kolom"], [f"a{escape}b"]]), "x", columns=[Column("value", "Kolom")])
    assert codes(reading) == ["character"]
    assert "□" in reading.findings[0].value


def test_an_escaped_character_is_read_as_what_it_is() -> None:
    reading = read(xlsx([["Kolom"], ["a_x000D_\nb_x005F_x0041_"]]), "x", columns=[Column("value", "Kolom")])
    assert values(reading) == ["a\nb_x0041_"]


CHOICES = {"advance": ("Voorschot", "Advance payment"), "final": ("Eindbetaling",)}


def test_a_choice_is_found_whatever_its_case_spaces_and_accents() -> None:
    cells = ["voorschot", "ADVANCE  Payment", "Eindbetáling", "final"]
    assert values(column(Kind.CHOICE, *cells, choices=CHOICES)) == ["advance", "advance", "final", "final"]


def test_a_choice_may_have_a_long_name() -> None:
    long = "Bijdrage aan een internationale organisatie voor humanitaire hulp en wederopbouw in Oekraïne"
    assert values(column(Kind.CHOICE, f"  {long} ", choices={"x": (long,)})) == ["x"]


def test_what_is_no_choice_is_refused_with_the_choices() -> None:
    reading = column(Kind.CHOICE, "Voorschot", "Lening", choices=CHOICES)
    assert places(reading) == [("choice", 3, "A", "Lening")]
    assert "Voorschot, Eindbetaling" in str(reading.findings[0].expected)


@pytest.mark.parametrize("kind", list(Kind))
def test_an_empty_cell_is_refused_where_a_value_is_required_and_nothing_elsewhere(kind: Kind) -> None:
    filled = {Kind.DATE: "04-02-2026", Kind.CHOICE: "final"}.get(kind, "12")
    content = text("Kolom;Ander", f"{filled};a", " ;b", f"{filled};c")
    other = Column("other", "Ander")
    needed = read(content, "x", columns=[Column("value", "Kolom", kind, choices=CHOICES), other])
    assert [(finding.code, finding.row) for finding in needed.findings] == [("required", 3)]
    free = read(content, "x", columns=[Column("value", "Kolom", kind, required=False, choices=CHOICES), other])
    assert values(free)[1] == (None if kind in (Kind.AMOUNT, Kind.NUMBER, Kind.WHOLE, Kind.DATE) else "")
