"""Adding results: refused wherever the sum would count something twice or mean nothing; else shown with its parts."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations
from typing import Any

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from core.periods import Period
from core.permissions import Refusal
from results.enums import Counted, Timing


@dataclass(frozen=True)
class Measure:
    """What an indicator says about adding."""

    key: str
    name: str
    unit: str
    counts: Counted
    timing: Timing
    additive: bool


@dataclass(frozen=True)
class Addend:
    """One result as it stands, with everything that may forbid adding it."""

    key: str
    label: str
    partner: str
    measure: Measure | None
    unit: str
    period: Period
    value: Decimal | None
    verified: bool
    overlap_group: str = ""
    numerator: Decimal | None = None
    denominator: Decimal | None = None


@dataclass(frozen=True)
class Sum:
    """A sum that may be shown, with the parts it is made of. A percentage also has both sums it is reckoned from."""

    value: Decimal
    unit: str
    period: Period
    parts: tuple[Addend, ...]
    numerator: Decimal | None = None
    denominator: Decimal | None = None


def add(addends: Sequence[Addend]) -> Sum | Refusal:
    """Add results, or say the first reason why that would be wrong."""
    for refusal in refusals(addends):
        return refusal
    period = Period(min(one.period.start for one in addends), max(one.period.end for one in addends))
    parts = tuple(addends)
    if addends[0].numerator is not None:
        part = sum((one.numerator or Decimal(0) for one in addends), Decimal(0))
        whole = sum((one.denominator or Decimal(0) for one in addends), Decimal(0))
        return Sum(part * 100 / whole, addends[0].unit, period, parts, part, whole)
    return Sum(sum((one.value or Decimal(0) for one in addends), Decimal(0)), addends[0].unit, period, parts)


def refusals(addends: Sequence[Addend]) -> Iterator[Refusal]:
    """Yield every reason why these results are not added, the plainest first."""
    if len(addends) < 2:
        yield Refusal(_("Choose at least two results to add."))
        return
    for check in (_each, _same_measure, _same_unit, _measure_allows, _each_pair):
        yield from check(addends)


def _each(addends: Sequence[Addend]) -> Iterator[Refusal]:
    for one in addends:
        if one.value is None:
            yield _refusal(_("“{label}” is an outcome in words: there is no number to add."), one)
        if one.measure is None:
            yield _refusal(
                _("“{label}” has no indicator, so it is not known what was counted."),
                one,
                _("Choose an indicator at the result."),
            )
        if not one.verified:
            yield _refusal(
                _("“{label}” is not verified."), one, _("Somebody other than who entered it verifies it first.")
            )


def _same_measure(addends: Sequence[Addend]) -> Iterator[Refusal]:
    measures = {one.measure.key: one.measure.name for one in addends if one.measure}
    if len(measures) > 1:
        names = " / ".join(sorted(measures.values()))
        yield Refusal(format_lazy(_("These results measure different things: {names}."), names=names))
    if len({one.measure.timing for one in addends if one.measure}) > 1:
        yield Refusal(
            _("A state at one moment, a running total and what happened in a period are three things and have no sum.")
        )


def _same_unit(addends: Sequence[Addend]) -> Iterator[Refusal]:
    units = {one.unit for one in addends}
    if len(units) > 1:
        yield Refusal(format_lazy(_("The units differ: {units}."), units=" / ".join(sorted(units))))


def _measure_allows(addends: Sequence[Addend]) -> Iterator[Refusal]:
    measure = addends[0].measure
    if measure is None:
        return
    if measure.counts == Counted.PERCENTAGE:
        if any(one.numerator is None or one.denominator is None for one in addends):
            yield Refusal(
                _("Percentages are not added: only their numerators and denominators can be."),
                _("Enter the numerator and the denominator of each."),
            )
        return
    if not measure.additive:
        yield Refusal(format_lazy(_("The indicator “{name}” says that its values are not added."), name=measure.name))


def _each_pair(addends: Sequence[Addend]) -> Iterator[Refusal]:
    for one, other in combinations(addends, 2):
        for check in PAIRS:
            yield from check(one, other)


def _twice(one: Addend, other: Addend) -> Iterator[Refusal]:
    if one.key == other.key:
        yield _refusal(_("“{label}” stands in the sum twice."), one)


def _overlap(one: Addend, other: Addend) -> Iterator[Refusal]:
    if one.overlap_group and one.overlap_group == other.overlap_group:
        yield _pair(
            _("“{one}” and “{other}” may count the same people: both stand in the overlap group “{group}”."),
            one,
            other,
            group=one.overlap_group,
        )


def _partners(one: Addend, other: Addend) -> Iterator[Refusal]:
    if one.measure and one.measure.counts == Counted.PEOPLE and one.partner != other.partner:
        yield _pair(
            _("Unique people of {first} and {second} are not added: both may have helped the same person."),
            one,
            other,
            first=one.partner,
            second=other.partner,
        )


def _periods(one: Addend, other: Addend) -> Iterator[Refusal]:
    if one.measure is None or one.period == other.period:
        return
    timing = one.measure.timing
    if timing == Timing.SNAPSHOT:
        yield _pair(_("“{one}” and “{other}” are states at two moments, which have no sum."), one, other)
    elif timing == Timing.CUMULATIVE and one.partner == other.partner:
        yield _pair(
            _("“{one}” and “{other}” are running totals: the later one already holds the earlier one."), one, other
        )
    elif _length(one.period) != _length(other.period):
        yield _pair(
            _("The periods of “{one}” and “{other}” differ in length, such as half a year and a year."), one, other
        )
    elif one.period.overlaps(other.period):
        yield _pair(_("The periods of “{one}” and “{other}” overlap, so something may count twice."), one, other)
    elif one.measure.counts == Counted.PEOPLE and one.partner == other.partner:
        yield _pair(_("“{one}” and “{other}” count unique people in two periods: a person may be in both."), one, other)


PAIRS: tuple[Callable[[Addend, Addend], Iterator[Refusal]], ...] = (_twice, _overlap, _partners, _periods)


def _length(period: Period) -> int:
    """Return a period's length in whole months where it has them, else in days as a negative number."""
    begins = period.start.day == 1
    after = period.end.toordinal() + 1
    last = period.end.fromordinal(after)
    if begins and last.day == 1:
        return (last.year - period.start.year) * 12 + last.month - period.start.month
    return -period.days


def _refusal(text: Any, one: Addend, help_text: Any = "") -> Refusal:
    return Refusal(format_lazy(text, label=one.label), help_text)


def _pair(text: Any, one: Addend, other: Addend, **words: str) -> Refusal:
    return Refusal(format_lazy(text, one=one.label, other=other.label, **words))
