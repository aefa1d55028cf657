"""Reading and writing numbers, amounts, percentages and dates."""

import datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import numbers
from core.numbers import Unreadable

AMOUNTS = st.decimals(min_value=-(10**13), max_value=10**13, places=2, allow_nan=False, allow_infinity=False)


@pytest.mark.parametrize(
    ("typed", "language", "meant"),
    [
        ("1.234.567,89", "nl", "1234567.89"),
        ("15 mln", "nl", "15000000"),
        ("15 mln.", "nl", "15000000"),
        ("2,5 mln", "nl", "2500000"),
        ("€ 15.000", "nl", "15000"),
        ("EUR 2 miljoen", "nl", "2000000"),
        ("€ 3 miljard", "nl", "3000000000"),
        ("750 k", "nl", "750000"),
        ("10,-", "nl", "10"),
        ("1 234 567", "nl", "1234567"),
        ("1\u202f234\u00a0567,5", "nl", "1234567.5"),
        ("-3", "nl", "-3"),
        ("− 3", "nl", "-3"),
        ("0,125 mln", "nl", "125000"),
        ("1,234,567.89", "en", "1234567.89"),
        ("€15,000", "en", "15000"),
        ("2.5 million", "en", "2500000"),
        ("1.2 bn", "en", "1200000000"),
    ],
)
def test_an_amount_is_read_as_it_is_meant(typed: str, language: str, meant: str) -> None:
    assert numbers.parse_amount(typed, language) == Decimal(meant)


@pytest.mark.parametrize(
    ("typed", "language", "code", "hint"),
    [
        ("1,234.56", "nl", "notation", "komma voor decimalen"),
        ("1234.56", "nl", "notation", "komma voor decimalen"),
        ("1,234,567.89", "nl", "notation", "1.234.567,89"),
        ("12.345.67", "nl", "groups", "groepen van drie"),
        ("1,234", "nl", "decimals", "Typ 1.234 voor het duizendtal"),
        ("1,2345", "nl", "decimals", "hoogstens 2 decimalen"),
        ("2,555555555 mln", "nl", "decimals", "hoogstens 2 decimalen"),
        ("US$ 5", "nl", "currency", "in euro"),
        ("5 USD", "nl", "currency", "in euro"),
        ("vijf", "nl", "invalid", "Vul een getal in"),
        ("5 appels", "nl", "unit", "“appels” is geen eenheid"),
        ("", "nl", "invalid", "Vul een getal in"),
        ("9" * 30, "nl", "too_long", "te lang"),
        ("1" * 100_000, "nl", "too_long", "te lang"),
        ("1e9", "nl", "invalid", "Vul een getal in"),
        ("NaN", "nl", "invalid", "Vul een getal in"),
        ("٣", "nl", "invalid", "Vul een getal in"),
        ("1.234", "en", "decimals", "1,234"),
        ("1.234.567,89", "en", "notation", "1,234,567.89"),
    ],
)
def test_what_has_two_readings_is_refused_with_what_to_type(typed: str, language: str, code: str, hint: str) -> None:
    with pytest.raises(Unreadable) as refused:
        numbers.parse_amount(typed, language)
    assert refused.value.code == code
    assert hint in str(refused.value.message)


@given(AMOUNTS, st.sampled_from(["nl", "en"]))
def test_every_amount_survives_writing_and_reading(value: Decimal, language: str) -> None:
    assert numbers.parse_amount(numbers.format_number(value, language, 2), language) == value
    assert numbers.parse_amount(numbers.format_amount(value, language), language) == value


@given(st.text(max_size=80), st.sampled_from(["nl", "en"]))
def test_any_text_is_either_read_or_refused_with_a_message(text: str, language: str) -> None:
    for reader in (numbers.parse_amount, numbers.parse_percentage, numbers.parse_date):
        try:
            reader(text, language)
        except Unreadable as refused:
            assert str(refused.message)


@pytest.mark.parametrize(
    ("value", "language", "places", "written"),
    [
        ("1234567.8", "nl", None, "1.234.567,8"),
        ("1234567.8", "en", None, "1,234,567.8"),
        ("1E+6", "nl", None, "1.000.000"),
        ("0", "nl", None, "0"),
        ("0.50", "nl", None, "0,5"),
        ("12", "nl", 2, "12,00"),
    ],
)
def test_a_number_is_written_in_the_readers_notation(
    value: str, language: str, places: int | None, written: str
) -> None:
    assert numbers.format_number(Decimal(value), language, places) == written


def test_percentages_are_read_and_written_both_ways() -> None:
    assert numbers.parse_percentage("12,5 %", "nl") == Decimal("12.50")
    assert numbers.parse_percentage("12.5%", "en") == Decimal("12.50")
    assert numbers.parse_percentage("12 procent", "nl") == Decimal(12)
    assert numbers.format_percentage(Decimal("11.81"), "nl") == "11,81\u00a0%"
    assert numbers.format_percentage(Decimal("11.81"), "en") == "11.81%"


@pytest.mark.parametrize(
    "typed", ["4 februari 2026", "4 feb 2026", "4 feb. 2026", "04-02-2026", "4.2.2026", "2026-02-04", "4 February 2026"]
)
def test_a_date_is_read_in_words_and_in_figures(typed: str) -> None:
    assert numbers.parse_date(typed, "nl") == datetime.date(2026, 2, 4)


@pytest.mark.parametrize("typed", ["4/2/2026", "31 februari 2026", "2026", "gisteren", "", "32-01-2026", "4 fe 2026"])
def test_what_is_no_date_is_refused_with_an_example(typed: str) -> None:
    with pytest.raises(Unreadable, match="4 februari 2026"):
        numbers.parse_date(typed, "nl")


@given(
    st.dates(min_value=datetime.date(1900, 1, 1), max_value=datetime.date(2199, 12, 31)), st.sampled_from(["nl", "en"])
)
def test_every_date_survives_writing_and_reading(day: datetime.date, language: str) -> None:
    assert numbers.parse_date(numbers.format_date(day, language), language) == day


@pytest.mark.parametrize(
    ("typed", "said"),
    [("0,001", "{places}"), ("1,234", "1.234"), ("1234,567", "1.234.567")],
)
def test_a_third_decimal_offers_the_thousand_only_where_there_can_be_one(typed: str, said: str) -> None:
    with pytest.raises(Unreadable) as refused:
        numbers.parse_number(typed, "nl")
    assert said.format(places=2) in str(refused.value)
    assert "0.001" not in str(refused.value)
