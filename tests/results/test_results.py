"""Results: identity, versions, confidentiality."""

import datetime
from decimal import Decimal
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.utils import timezone

from results.models import Result, ResultVersion

pytestmark = pytest.mark.django_db
YEAR = {"period_start": datetime.date(2023, 1, 1), "period_end": datetime.date(2023, 12, 31)}


@pytest.fixture
def result(fund: Any) -> Any:
    return Result.objects.create(partner=fund, label="kregen winterkleding", unit="mensen", **YEAR)


@pytest.mark.parametrize(
    ("value", "narrative", "fine"),
    [
        (Decimal(230_000), "", True),
        (None, "Er ligt een plan.", True),
        (Decimal(0), "", True),
        (None, "", False),
        (Decimal(-1), "", False),
    ],
)
def test_a_version_says_a_value_or_an_outcome_in_words(
    result: Any, value: Decimal | None, narrative: str, fine: bool
) -> None:
    try:
        with transaction.atomic():
            ResultVersion.objects.create(result=result, value=value, narrative=narrative)
        stored = True
    except IntegrityError:
        stored = False
    assert stored is fine


def test_the_newest_version_counts_and_older_ones_stay(result: Any) -> None:
    ResultVersion.objects.create(result=result, number=1, value=200_000)
    ResultVersion.objects.create(result=result, number=2, value=230_000)
    fetched: Any = Result.objects.with_current().get()
    assert [version.value for version in fetched.newest] == [230_000]
    assert result.versions.count() == 2


def test_a_verified_version_never_changes(result: Any, controller: Any) -> None:
    version = ResultVersion.objects.create(
        result=result, value=1, state="verified", verified_by=controller, verified_at=timezone.now()
    )
    for act in (lambda: ResultVersion.objects.filter(pk=version.pk).update(value=2), version.delete):
        with pytest.raises(DatabaseError, match="Cannot update or delete"), transaction.atomic():
            act()


def test_verified_by_and_at_come_together(result: Any, controller: Any) -> None:
    for fields in (
        {"state": "verified"},
        {"verified_by": controller},
        {"state": "verified", "verified_by": controller},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            ResultVersion.objects.create(result=result, value=1, **fields)


def test_a_confidential_result_is_seen_only_in_its_own_directorate(
    fund: Any, directorate: Any, officer: Any, stranger: Any, controller: Any, nobody: Any
) -> None:
    Result.objects.create(partner=fund, label="openbaar", **YEAR)
    Result.objects.create(partner=fund, label="vertrouwelijk", confidential=True, directorate=directorate, **YEAR)
    for person, sees in ((officer, 2), (controller, 2), (stranger, 1), (nobody, 0)):
        assert Result.objects.visible_to(person).count() == sees


def test_a_confidential_result_names_its_directorate(fund: Any) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Result.objects.create(partner=fund, label="vertrouwelijk", confidential=True, **YEAR)


def test_a_result_is_entered_once_for_a_period(fund: Any, result: Any) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Result.objects.create(partner=fund, label="kregen winterkleding", unit="mensen", **YEAR)
