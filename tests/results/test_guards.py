"""What the database refuses about results, whoever writes; and verifying, locking and opening again."""

import datetime
from decimal import Decimal
from typing import Any

import pghistory
import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, IntegrityError, transaction
from django.utils import translation

from core.models import Event
from results.actions.verify import lift_lock, lock_period, verify
from results.models import Indicator, PeriodLock, Result, ResultPart, ResultVersion
from tests.conftest import NOON

pytestmark = pytest.mark.django_db
D = Decimal
START, END = datetime.date(2024, 1, 1), datetime.date(2024, 12, 31)


@pytest.fixture
def result(fund: Any) -> Any:
    return Result.objects.create(partner=fund, label="kregen hulp", unit="mensen", period_start=START, period_end=END)


@pytest.fixture
def version(result: Any, officer: Any) -> Any:
    with pghistory.context(user=officer.pk):
        return ResultVersion.objects.create(result=result, value=D(100), as_of=END)


def refused(rule: str, act: Any) -> None:
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        act()
    assert caught.value.__cause__.diag.constraint_name == rule  # type: ignore[union-attr]


@pytest.mark.parametrize(("value", "fine"), [("0", True), ("100", True), ("100.01", False)])
def test_a_part_never_exceeds_its_whole(version: Any, value: str, fine: bool) -> None:
    def make() -> Any:
        return ResultPart.objects.create(version_of=version, label="vrouwen", value=D(value))

    if fine:
        make()
    else:
        refused("result_part_within_whole", make)


def test_parts_may_overlap_and_exceed_the_whole_together(version: Any) -> None:
    ResultPart.objects.create(version_of=version, label="vrouwen", value=D(90))
    ResultPart.objects.create(version_of=version, label="mensen met een beperking", value=D(80))
    assert version.parts.count() == 2


def test_neither_a_raised_part_nor_a_lowered_whole_slips_through(version: Any) -> None:
    part = ResultPart.objects.create(version_of=version, label="vrouwen", value=D(90))
    refused("result_part_within_whole", lambda: ResultPart.objects.filter(pk=part.pk).update(value=101))
    refused("result_part_within_whole", lambda: ResultVersion.objects.filter(pk=version.pk).update(value=89))
    refused(
        "result_part_within_whole",
        lambda: ResultVersion.objects.filter(pk=version.pk).update(value=None, narrative="woorden"),
    )
    refused(
        "result_part_within_whole",
        lambda: ResultPart.objects.bulk_create([ResultPart(version_of=version, label="x", value=D(101))]),
    )


def test_words_have_no_parts(result: Any) -> None:
    words = ResultVersion.objects.create(result=result, number=2, narrative="Er ligt een plan.")
    refused("result_part_within_whole", lambda: ResultPart.objects.create(version_of=words, label="x", value=D(0)))


@pytest.mark.parametrize(
    ("numerator", "denominator", "value", "fine"),
    [
        (D(45), D(60), D(75), True),
        (D(1), D(3), D("33.33"), True),
        (D(2), D(3), D("66.67"), True),
        (None, None, D(75), True),
        (D(45), D(60), D(74), False),
        (D(45), D(60), None, False),
        (D(45), D(0), D(0), False),
        (D(45), None, D(45), False),
        (None, D(60), D(45), False),
        (D(-1), D(100), D(-1), False),
    ],
)
def test_a_percentage_is_its_numerator_over_its_denominator(
    result: Any, numerator: D | None, denominator: D | None, value: D | None, fine: bool
) -> None:
    try:
        with transaction.atomic():
            ResultVersion.objects.create(
                result=result, value=value, narrative="x", numerator=numerator, denominator=denominator
            )
        stored = True
    except IntegrityError:
        stored = False
    assert stored is fine


@pytest.mark.parametrize("field", [{"counts": "souls"}, {"timing": "sometimes"}, {"unit": ""}])
def test_an_indicator_says_what_it_counts(field: dict[str, str]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Indicator.objects.create(**{"name": "x", "unit": "mensen", "counts": "people"} | field)


# -- verifying -------------------------------------------------------------------------------------------------------


def test_a_colleague_verifies_and_then_nothing_changes(version: Any, colleague: Any) -> None:
    part = ResultPart.objects.create(version_of=version, label="vrouwen", value=D(90))
    done = verify(by=colleague, at=NOON, version=version)
    assert (done.state, done.verified_by, done.verified_at) == ("verified", colleague, NOON)
    assert Event.objects.get(kind="result.verified").by == colleague
    for act in (
        lambda: ResultVersion.objects.filter(pk=version.pk).update(value=2),
        version.delete,
        lambda: ResultPart.objects.filter(pk=part.pk).update(value=2),
        part.delete,
        lambda: ResultPart.objects.create(version_of=version, label="kinderen", value=D(1)),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            act()


def test_who_entered_or_changed_a_value_does_not_verify_it(version: Any, officer: Any, colleague: Any) -> None:
    with translation.override("en"), pytest.raises(PermissionDenied, match="somebody else verifies"):
        verify(by=officer, at=NOON, version=version)
    with pghistory.context(user=colleague.pk):
        ResultPart.objects.create(version_of=version, label="vrouwen", value=D(1))
    with pytest.raises(PermissionDenied):
        verify(by=colleague, at=NOON, version=version)


@pytest.mark.parametrize("who", ["reader", "manager", "administrator", "nobody"])
def test_verifying_is_for_officers_and_controllers(who: str, version: Any, request: pytest.FixtureRequest) -> None:
    with pytest.raises(PermissionDenied):
        verify(by=request.getfixturevalue(who), at=NOON, version=version)


def test_without_source_and_date_there_is_nothing_to_verify_against(result: Any, controller: Any) -> None:
    bare = ResultVersion.objects.create(result=result, value=D(1))
    with translation.override("en"), pytest.raises(PermissionDenied, match="nothing to verify it against"):
        verify(by=controller, at=NOON, version=bare)


def test_a_value_is_verified_once(version: Any, controller: Any, colleague: Any) -> None:
    verify(by=controller, at=NOON, version=version)
    with pytest.raises(PermissionDenied):
        verify(by=colleague, at=NOON, version=version)


# -- locks -----------------------------------------------------------------------------------------------------------


@pytest.fixture
def lock(version: Any, fund: Any, controller: Any) -> PeriodLock:
    return lock_period(by=controller, at=NOON, partner=fund, start=START, end=END, reason="Jaarverslag 2024 akkoord")


def test_a_locked_period_takes_no_new_changed_or_removed_values(
    lock: Any, result: Any, version: Any, fund: Any
) -> None:
    for act in (
        lambda: ResultVersion.objects.create(result=result, number=2, value=D(2)),
        lambda: ResultVersion.objects.filter(pk=version.pk).update(value=2),
        version.delete,
        lambda: ResultPart.objects.create(version_of=version, label="x", value=D(1)),
        lambda: Result.objects.filter(pk=result.pk).update(label="anders"),
        lambda: Result.objects.create(partner=fund, label="nieuw", period_start=START, period_end=END),
    ):
        refused("result_period_locked", act)


def test_a_lock_closes_what_ends_in_its_period_and_of_its_partner_only(lock: Any, fund: Any, partner: Any) -> None:
    later = datetime.date(2025, 12, 31)
    Result.objects.create(partner=fund, label="over twee jaar", period_start=START, period_end=later)
    other = Result.objects.create(partner=partner, label="van een ander", period_start=START, period_end=END)
    ResultVersion.objects.create(result=other, value=D(1))
    refused(
        "result_period_locked",
        lambda: Result.objects.filter(label="over twee jaar").update(period_end=END),
    )


def test_a_lifted_lock_opens_the_period_and_stays_on_record(lock: Any, result: Any, controller: Any) -> None:
    lift_lock(by=controller, at=NOON, lock=lock, reason="Correctie van de partner")
    ResultVersion.objects.create(result=result, number=2, value=D(2))
    stored = PeriodLock.objects.get()
    assert (stored.lifted, stored.lift_reason) == (True, "Correctie van de partner")
    with pytest.raises(PermissionDenied):
        lift_lock(by=controller, at=NOON, lock=lock, reason="Nog eens")


def test_a_lock_is_lifted_and_otherwise_stays_as_it_is(lock: Any) -> None:
    refused("period_lock_only_lifted", lambda: PeriodLock.objects.filter(pk=lock.pk).update(reason="anders"))
    with pytest.raises(DatabaseError, match="Cannot delete"), transaction.atomic():
        lock.delete()


@pytest.mark.parametrize("who", ["officer", "manager", "reader", "administrator"])
def test_locking_and_lifting_are_for_controllers(
    who: str, lock: Any, fund: Any, request: pytest.FixtureRequest
) -> None:
    person = request.getfixturevalue(who)
    with pytest.raises(PermissionDenied):
        lock_period(by=person, at=NOON, partner=fund, start=START, end=END, reason="x")
    with pytest.raises(PermissionDenied):
        lift_lock(by=person, at=NOON, lock=lock, reason="x")
