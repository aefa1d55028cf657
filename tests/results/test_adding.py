"""Adding results: refused with the reason where it is wrong, shown with its parts where it is right."""

import datetime
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from core.periods import Period
from core.permissions import Refusal
from results.enums import Counted, Timing
from results.rules.adding import Addend, Measure, Sum, add, refusals

D = Decimal
YEAR, NEXT = Period.year(2024), Period.year(2025)
FIRST_HALF = Period(datetime.date(2024, 1, 1), datetime.date(2024, 6, 30))
SECOND_HALF = Period(datetime.date(2024, 7, 1), datetime.date(2024, 12, 31))
CONVOYS = Measure("convoys", "Convoys", "convoys", Counted.THINGS, Timing.PERIOD, additive=True)
PEOPLE = Measure("people", "People", "people", Counted.PEOPLE, Timing.PERIOD, additive=True)
ONE = Addend("1", "one", "UHF", CONVOYS, "convoys", YEAR, D(107), verified=True)
OTHER = replace(ONE, key="2", label="other", value=D(42))


@pytest.fixture(autouse=True)
def _english() -> Any:
    with translation.override("en"):
        yield


def test_what_may_be_added_shows_its_parts() -> None:
    found = add([ONE, OTHER])
    assert isinstance(found, Sum)
    assert (found.value, found.unit, found.period) == (D(149), "convoys", YEAR)
    assert [part.label for part in found.parts] == ["one", "other"]


def test_two_halves_of_a_year_make_the_year() -> None:
    found = add([replace(ONE, period=FIRST_HALF), replace(OTHER, period=SECOND_HALF)])
    assert isinstance(found, Sum)
    assert found.period == YEAR


SNAPSHOT = replace(CONVOYS, timing=Timing.SNAPSHOT)
CUMULATIVE = replace(CONVOYS, timing=Timing.CUMULATIVE)
PERCENTAGE = replace(CONVOYS, counts=Counted.PERCENTAGE)
REFUSED = [
    ("overlap", {"overlap_group": "winter"}, {"overlap_group": "winter"}, "overlap group “winter”"),
    ("unit", {}, {"unit": "trucks"}, "The units differ: convoys / trucks."),
    ("indicator", {}, {"measure": replace(CONVOYS, key="x", name="Trucks")}, "different things: Convoys / Trucks"),
    ("no indicator", {}, {"measure": None}, "has no indicator"),
    ("snapshot against flow", {}, {"measure": SNAPSHOT}, "three things and have no sum"),
    ("half a year against a year", {"period": FIRST_HALF}, {"period": NEXT}, "differ in length"),
    ("half a year within the year", {"period": FIRST_HALF}, {}, "differ in length"),
    ("unverified", {}, {"verified": False}, "“other” is not verified"),
    ("in words", {}, {"value": None}, "outcome in words"),
    ("people of two partners", {"measure": PEOPLE}, {"measure": PEOPLE, "partner": "ICRC"}, "UHF and ICRC are not added"),
    ("people in two periods", {"measure": PEOPLE}, {"measure": PEOPLE, "period": NEXT}, "may be in both"),
    ("not additive", {"measure": replace(CONVOYS, additive=False)}, {"measure": replace(CONVOYS, additive=False)}, "not added"),
    ("two moments", {"measure": SNAPSHOT}, {"measure": SNAPSHOT, "period": NEXT}, "two moments"),
    ("running total", {"measure": CUMULATIVE}, {"measure": CUMULATIVE, "period": NEXT}, "already holds the earlier"),
    ("twice", {}, {"key": "1"}, "twice"),
    ("percentages", {"measure": PERCENTAGE}, {"measure": PERCENTAGE}, "only their numerators and denominators"),
    (
        "overlapping periods",
        {"period": FIRST_HALF},
        {"period": Period(datetime.date(2024, 3, 1), datetime.date(2024, 8, 31))},
        "overlap, so something may count twice",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("first", "second", "said"), [row[1:] for row in REFUSED], ids=[row[0] for row in REFUSED])
def test_adding_is_refused_with_the_reason(first: dict[str, Any], second: dict[str, Any], said: str) -> None:
    pair = [replace(ONE, **first), replace(OTHER, **second)]
    assert isinstance(add(pair), Refusal)
    assert any(said in str(refusal) for refusal in refusals(pair))


@pytest.mark.parametrize("few", [[], [ONE]])
def test_one_result_has_no_sum(few: list[Addend]) -> None:
    assert isinstance(add(few), Refusal)


def test_a_refusal_far_down_the_list_counts_too() -> None:
    many = [replace(ONE, key=str(number)) for number in range(20)] + [replace(ONE, key="0", label="again")]
    assert "twice" in str(add(many))


def test_percentages_are_added_by_numerator_and_denominator() -> None:
    first = replace(ONE, measure=PERCENTAGE, unit="%", value=D("75.00"), numerator=D(45), denominator=D(60))
    second = replace(first, key="2", value=D("10.00"), numerator=D(40), denominator=D(400))
    found = add([first, second])
    assert isinstance(found, Sum)
    assert (found.numerator, found.denominator) == (D(85), D(460))
    assert round(found.value, 2) == D("18.48")  # not 85, and not the mean 42.5


@given(st.lists(st.integers(0, 10**9), min_size=2, max_size=8), st.randoms(use_true_random=False))
def test_the_order_of_parts_changes_no_sum(values: list[int], random: Any) -> None:
    parts = [replace(ONE, key=str(key), value=D(value)) for key, value in enumerate(values)]
    shuffled = parts[:]
    random.shuffle(shuffled)
    first, second = add(parts), add(shuffled)
    assert isinstance(first, Sum)
    assert isinstance(second, Sum)
    assert first.value == second.value == sum(values)
