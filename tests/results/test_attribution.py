"""Attribution: our part of a result, with its basis; refused where the contribution or the result does not allow it."""

import datetime
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from django.utils import translation
from djmoney.money import Money
from hypothesis import given
from hypothesis import strategies as st

from core.permissions import Refusal
from partners.enums import Basis, Way
from partners.rules.share import Reckoned, share
from results.enums import Counted
from results.rules.attribution import Attributed, Whole, attribute

D = Decimal
OCTOBER = datetime.date(2024, 10, 31)
WHOLE = Whole(D(3_200_000), "people", frozenset({2023}), verified=True)


def reckoned(given_: str, whole: str, basis: Basis = Basis.RECEIVED, final: bool = True) -> Reckoned:
    found = share(Money(D(given_), "USD"), Money(D(whole), "USD"), basis, OCTOBER, final)
    assert isinstance(found, Reckoned)
    return found


RECEIVED, ALLOCATED = reckoned("21.5", "182"), reckoned("21.5", "184", Basis.ALLOCATED)


@pytest.fixture(autouse=True)
def _english() -> Any:
    with translation.override("en"):
        yield


def test_our_part_is_the_share_of_the_whole_rounded_down_with_its_basis() -> None:
    found = attribute(WHOLE, [RECEIVED], frozenset({2023}), Way.POOLED)
    assert isinstance(found, Attributed)
    assert (found.low, found.high, found.shares.low.basis) == (D(378_021), D(378_021), Basis.RECEIVED)
    assert not found.provisional


def test_two_bases_give_a_range() -> None:
    found = attribute(WHOLE, [RECEIVED, ALLOCATED], frozenset({2023}), Way.POOLED)
    assert isinstance(found, Attributed)
    assert (found.low, found.high) == (D(373_913), D(378_021))
    assert [found.shares.low.basis, found.shares.high.basis] == [Basis.ALLOCATED, Basis.RECEIVED]


def test_a_provisional_share_makes_a_provisional_part() -> None:
    found = attribute(WHOLE, [reckoned("16", "121", final=False)], frozenset({2023}), Way.EARMARKED)
    assert isinstance(found, Attributed)
    assert found.provisional


@pytest.mark.parametrize(
    ("whole", "shares", "years", "way", "said"),
    [
        (replace(WHOLE, value=None), [RECEIVED], {2023}, Way.POOLED, "in words"),
        (replace(WHOLE, verified=False), [RECEIVED], {2023}, Way.POOLED, "not verified"),
        (replace(WHOLE, confidential=True), [RECEIVED], {2023}, Way.POOLED, "give the whole away"),
        (replace(WHOLE, counts=Counted.PERCENTAGE), [RECEIVED], {2023}, Way.POOLED, "percentage"),
        (WHOLE, [], {2023}, Way.POOLED, "no share"),
        (WHOLE, [RECEIVED], {2023}, Way.UNEARMARKED, "not earmarked"),
        (WHOLE, [RECEIVED], {2023}, None, "not earmarked"),
        (WHOLE, [RECEIVED], {2024}, Way.POOLED, "another period"),
        (replace(WHOLE, years=frozenset({2023, 2024})), [RECEIVED], {2023}, Way.POOLED, "another period"),
        (WHOLE, [RECEIVED, reckoned("16", "121")], {2023}, Way.POOLED, "different contributions"),
    ],
)  # fmt: skip
def test_no_part_is_told_as_ours_where_that_would_say_too_much(
    whole: Whole, shares: list[Reckoned], years: set[int], way: Way | None, said: str
) -> None:
    found = attribute(whole, shares, frozenset(years), way)
    assert isinstance(found, Refusal)
    assert said in str(found)


@given(st.integers(0, 10**9), st.integers(1, 10**6), st.integers(1, 10**6))
def test_the_parts_of_all_givers_never_exceed_the_whole(value: int, first: int, second: int) -> None:
    total = str(first + second)
    parts = [
        attribute(replace(WHOLE, value=D(value)), [reckoned(str(given_), total)], frozenset({2023}), Way.POOLED)
        for given_ in (first, second)
    ]
    assert sum(part.high for part in parts if isinstance(part, Attributed)) <= value
