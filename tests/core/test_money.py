"""Rounding, adding and dividing amounts."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import money

AMOUNTS = st.decimals(min_value=-(10**12), max_value=10**12, places=2, allow_nan=False, allow_infinity=False)
WEIGHTS = st.lists(st.integers(min_value=0, max_value=10**6).map(Decimal), min_size=1, max_size=12).filter(sum)


@pytest.mark.parametrize(
    ("value", "rounded"), [("0.005", "0.01"), ("0.0049", "0.00"), ("-0.005", "-0.01"), ("2.675", "2.68"), ("1", "1.00")]
)
def test_half_a_cent_rounds_away_from_zero(value: str, rounded: str) -> None:
    assert money.to_cent(Decimal(value)) == Decimal(rounded)


def test_a_float_never_becomes_an_amount() -> None:
    with pytest.raises(TypeError, match="float"):
        money.to_cent(0.1)  # type: ignore[arg-type]


def test_ten_euro_over_three_gives_the_first_the_odd_cent() -> None:
    assert money.split(Decimal("10.00"), [Decimal(1)] * 3) == (Decimal("3.34"), Decimal("3.33"), Decimal("3.33"))


def test_fifteen_million_over_nine_and_six_parts() -> None:
    assert money.split(Decimal("15000000.00"), [Decimal(9), Decimal(6)]) == (
        Decimal("9000000.00"),
        Decimal("6000000.00"),
    )


@given(AMOUNTS, WEIGHTS)
def test_parts_add_up_to_the_whole_and_lie_within_a_cent_of_their_share(
    amount: Decimal, weights: list[Decimal]
) -> None:
    parts = money.split(amount, weights)
    assert sum(parts) == amount
    for part, weight in zip(parts, weights, strict=True):
        assert abs(part - amount * weight / sum(weights)) < Decimal("0.01")


@pytest.mark.parametrize("weights", [[], [Decimal(0)], [Decimal(1), Decimal(-1)]])
def test_nothing_to_divide_over_is_refused(weights: list[Decimal]) -> None:
    with pytest.raises(ValueError, match="weights"):
        money.split(Decimal(1), weights)


def test_unknown_amounts_count_as_nothing_in_a_total() -> None:
    assert money.total([Decimal("1.10"), None, Decimal("2.20")]) == Decimal("3.30")
