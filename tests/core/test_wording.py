"""How figures are worded in papers."""

from decimal import Decimal

import pytest

from core import wording
from core.wording import AmountForm, NumberForm, ShareForm


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("value", "form", "currency", "worded"),
    [
        ("25000000", AmountForm.CODE_MILLION, "EUR", "EUR 25 miljoen"),
        ("25000000", AmountForm.CODE_MLN, "EUR", "EUR 25 mln"),
        ("25000000", AmountForm.SIGN_MLN, "EUR", "€ 25 mln"),
        ("25000000", AmountForm.CODE_FULL, "EUR", "EUR 25.000.000"),
        ("25000000", AmountForm.SIGN_FULL, "EUR", "€ 25.000.000"),
        ("21500000", AmountForm.CODE_MLN, "USD", "US$ 21,5 mln"),
        ("3100000000", AmountForm.CODE_MLN, "USD", "US$ 3,1 mld"),
        ("16077170.42", AmountForm.CODE_MLN, "USD", "US$ 16.077.170,42"),
        ("50000", AmountForm.CODE_MLN, "EUR", "EUR 50.000"),
        ("274000000", AmountForm.CODE_MLN, "CHF", "CHF 274 mln"),
    ],
)
def test_an_amount_is_worded_without_losing_a_cent(value: str, form: str, currency: str, worded: str) -> None:
    assert plain(wording.amount(Decimal(value), form, currency)) == worded


@pytest.mark.parametrize(
    ("value", "form", "worded"),
    [
        ("3200000", NumberForm.MILLION, "3,2 miljoen"),
        ("3200000", NumberForm.MLN, "3,2 mln"),
        ("480000", NumberForm.FULL, "480.000"),
        ("20959", NumberForm.MILLION, "20.959"),
    ],
)
def test_a_count_is_worded_without_losing_a_person(value: str, form: str, worded: str) -> None:
    assert plain(wording.number(Decimal(value), form)) == worded


@pytest.mark.parametrize(
    ("numerator", "denominator", "worded", "exact"),
    [
        ("21.5", "182", "bijna 12 %", "11,81 %"),
        ("21.5", "184", "bijna 12 %", "11,68 %"),
        ("16", "121", "ruim 13 %", "13,22 %"),
        ("15", "274", "ruim 5 %", "5,47 %"),
        ("15", "100", "15 %", "15,00 %"),
        ("1", "8", "bijna 13 %", "12,50 %"),
    ],
)
def test_a_share_that_is_no_whole_percentage_says_so(numerator: str, denominator: str, worded: str, exact: str) -> None:
    ratio = Decimal(numerator) / Decimal(denominator)
    assert plain(wording.share(ratio)) == worded
    assert plain(wording.share(ratio, ShareForm.EXACT)) == exact


def test_a_share_reads_in_english_too() -> None:
    assert wording.share(Decimal("0.1322"), language="en") == "just over 13%"
