"""The entry screens of results: what is refused says why, and nothing half is saved."""

import datetime
from decimal import Decimal
from typing import Any

import pghistory
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from core.numbers import format_number
from results.actions.verify import lock_period, verify
from results.models import Indicator, Result, ResultPart, ResultVersion
from tests.conftest import NOON

pytestmark = pytest.mark.django_db
D = Decimal
START, END = datetime.date(2024, 1, 1), datetime.date(2024, 12, 31)


@pytest.fixture
def indicator(db: None) -> Any:
    return Indicator.objects.create(name="Bereikt", unit="mensen", counts="people")


@pytest.fixture
def result(fund: Any, officer: Any) -> Any:
    with pghistory.context(user=officer.pk):
        made = Result.objects.create(
            partner=fund, label="kregen hulp", unit="mensen", period_start=START, period_end=END
        )
        ResultVersion.objects.create(result=made, value=D(100), as_of=END)
    return made


def entry(result: Any = None, **fields: Any) -> dict[str, Any]:
    """Return the post data of the result's screen."""
    versions = list(result.versions.order_by("-number")) if result else []
    data: dict[str, Any] = {
        "label": "kregen hulp",
        "unit": "mensen",
        "period_start": "1 januari 2024",
        "period_end": "31 december 2024",
        "versions-TOTAL_FORMS": len(versions) + 1,
        "versions-INITIAL_FORMS": len(versions),
        "_save": "1",
    }
    if result:
        data |= {"partner": result.partner_id, "seen_version": result.version}
    for index, version in enumerate(versions):
        data |= {
            f"versions-{index}-id": version.pk,
            f"versions-{index}-result": result.pk,
            f"versions-{index}-seen_version": version.version,
            f"versions-{index}-value": format_number(version.value, "nl"),
            f"versions-{index}-as_of": "31 december 2024" if version.as_of else "",
        }
    return data | fields


def errors(answer: Any) -> str:
    assert answer.status_code == 200, answer
    return " ".join(str(error) for error in answer.context["errors"])


def test_a_result_takes_the_unit_of_its_indicator(officer: Any, fund: Any, indicator: Any, enter: Any) -> None:
    data = entry(partner=fund.pk, unit="", indicator=indicator.pk) | {"versions-0-value": "230.000"}
    answer = enter(officer).post(reverse("admin:results_result_add"), data)
    assert answer.status_code == 302, errors(answer)
    made = Result.objects.get()
    assert (made.unit, made.versions.get().value, made.versions.get().number) == ("mensen", 230_000, 1)


def test_a_result_of_which_nothing_is_reported_is_refused_in_words(officer: Any, fund: Any, enter: Any) -> None:
    answer = enter(officer).post(reverse("admin:results_result_add"), entry(partner=fund.pk))
    assert "geen enkel stuk" in errors(answer)
    assert not Result.objects.exists()


def test_a_later_report_gets_the_next_number(officer: Any, result: Any, enter: Any) -> None:
    answer = enter(officer).post(_change(result), entry(result) | {"versions-1-value": "120"})
    assert answer.status_code == 302, errors(answer)
    assert list(result.versions.values_list("number", "value")) == [(2, 120), (1, 100)]


def test_a_percentage_is_reckoned_from_its_parts(officer: Any, fund: Any, enter: Any) -> None:
    percentage = Indicator.objects.create(name="Naar school", unit="%", counts="percentage")
    data = entry(partner=fund.pk, unit="%", indicator=percentage.pk)
    wrong = enter(officer).post(reverse("admin:results_result_add"), data | {"versions-0-value": "75"})
    assert errors(wrong)
    assert not Result.objects.exists()
    parts = {"versions-0-numerator": "45", "versions-0-denominator": "60"}
    assert enter(officer).post(reverse("admin:results_result_add"), data | parts).status_code == 302
    assert ResultVersion.objects.get().value == D("75.00")


def test_a_verified_value_is_shown_and_never_changed(officer: Any, colleague: Any, result: Any, enter: Any) -> None:
    verify(by=colleague, at=NOON, version=result.versions.get())
    answer = enter(officer).post(
        _change(result), entry(result) | {"versions-0-value": "999", "versions-1-value": "120"}
    )
    assert answer.status_code == 302, errors(answer)
    assert list(result.versions.values_list("number", "value")) == [(2, 120), (1, 100)]
    removal = entry(result) | {"versions-1-DELETE": "on"}
    assert errors(enter(officer).post(_change(result), removal))
    assert result.versions.count() == 2


def test_a_locked_period_is_refused_with_its_reason(officer: Any, controller: Any, result: Any, enter: Any) -> None:
    lock_period(by=controller, at=NOON, partner=result.partner, start=START, end=END, reason="Jaarverslag 2024 akkoord")
    answer = enter(officer).post(_change(result), entry(result) | {"versions-1-value": "120"})
    assert "Jaarverslag 2024 akkoord" in errors(answer)
    assert result.versions.count() == 1
    new = entry(partner=result.partner_id, label="anders") | {"versions-0-value": "1"}
    assert "Jaarverslag 2024 akkoord" in errors(enter(officer).post(reverse("admin:results_result_add"), new))


def parts_entry(version: Any, value: str, *parts: tuple[Any, str]) -> dict[str, Any]:
    data: dict[str, Any] = {
        "value": value,
        "as_of": "31 december 2024",
        "seen_version": version.version,
        "parts-TOTAL_FORMS": len(parts),
        "parts-INITIAL_FORMS": sum(1 for part, _value in parts if part),
    }
    for index, (part, number) in enumerate(parts):
        data |= {
            f"parts-{index}-label": "vrouwen",
            f"parts-{index}-value": number,
            f"parts-{index}-version_of": version.pk,
        }
        if part:
            data |= {f"parts-{index}-id": part.pk, f"parts-{index}-seen_version": part.version}
    return data


def test_a_part_larger_than_the_whole_is_refused_in_words(officer: Any, result: Any, enter: Any) -> None:
    version = result.versions.get()
    page = reverse("admin:results_resultversion_change", args=[version.public_id])
    answer = enter(officer).post(page, parts_entry(version, "100", (None, "101")))
    assert errors(answer)
    assert not ResultPart.objects.exists()
    assert enter(officer).post(page, parts_entry(version, "100", (None, "90"))).status_code == 302
    assert ResultPart.objects.get().value == 90


def test_value_and_part_are_lowered_together(officer: Any, result: Any, enter: Any) -> None:
    version = result.versions.get()
    part = ResultPart.objects.create(version_of=version, label="vrouwen", value=D(90))
    page = reverse("admin:results_resultversion_change", args=[version.public_id])
    version.refresh_from_db()
    answer = enter(officer).post(page, parts_entry(version, "50", (part, "40")))
    assert answer.status_code == 302, errors(answer)
    part.refresh_from_db()
    version.refresh_from_db()
    assert (version.value, part.value) == (50, 40)


def test_verifying_on_the_screen_says_who_may(officer: Any, colleague: Any, result: Any, enter: Any) -> None:
    version = result.versions.get()
    page = reverse("admin:results_resultversion_verify", args=[version.public_id])
    enter(officer).post(page)
    assert ResultVersion.objects.get().state == "reported"
    enter(colleague).post(page)
    assert ResultVersion.objects.get().verified_by == colleague
    assert enter(colleague).get(page).status_code == 404


def test_a_confidential_result_of_others_is_not_verified(
    stranger: Any, directorate: Any, result: Any, enter: Any
) -> None:
    Result.objects.filter(pk=result.pk).update(confidential=True, directorate=directorate)
    page = reverse("admin:results_resultversion_verify", args=[result.versions.get().public_id])
    assert enter(stranger).post(page).status_code == 404


def test_a_lock_is_made_and_lifted_on_its_screen(controller: Any, fund: Any, enter: Any) -> None:
    data = {"partner": fund.pk, "period_start": "1 januari 2024", "period_end": "31 december 2024", "reason": "Klaar"}
    assert enter(controller).post(reverse("admin:results_periodlock_add"), data).status_code == 302
    lock = fund.period_locks.get()
    assert (lock.locked_by, lock.lifted) == (controller, False)
    lift = reverse("admin:results_periodlock_lift", args=[lock.public_id])
    enter(controller).post(lift, {"reason": " "})
    assert not fund.period_locks.get().lifted
    enter(controller).post(lift, {"reason": "Correctie"})
    assert fund.period_locks.get().lifted


def test_the_list_takes_as_many_queries_for_many_as_for_few(
    officer: Any, fund: Any, indicator: Any, enter: Any
) -> None:
    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as captured:
            assert enter(officer).get(reverse("admin:results_result_changelist")).status_code == 200
        return len(captured)

    def more(count: int) -> None:
        for number in range(count):
            made = Result.objects.create(
                partner=fund, indicator=indicator, label=f"{count}-{number}", period_start=START, period_end=END
            )
            ResultVersion.objects.create(result=made, value=1)

    more(2)
    queries()  # the first page of a session also makes the session
    few = queries()
    more(20)
    assert queries() == few


def _change(result: Any) -> str:
    result.refresh_from_db()
    return reverse("admin:results_result_change", args=[result.public_id])
