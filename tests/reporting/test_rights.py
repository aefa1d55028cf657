"""The yearly review of rights, and who read confidential results."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

import pytest
from django.urls import reverse

from core.models import Event, Membership
from results.actions.reading import READ
from results.models import Result, ResultVersion

pytestmark = pytest.mark.django_db


def lines(answer: Any) -> list[str]:
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    return [line for line in text.splitlines() if ";" in line]


# -- rights ---------------------------------------------------------------------------------------------------------


def test_an_administrator_sees_every_right_and_who_has_none(
    administrator: Any, officer: Any, stranger: Any, nobody: Any, enter: Any
) -> None:
    page = enter(administrator).get(reverse("rights")).content.decode()
    assert all(name in page for name in ("Anna de Wit", "Eva Kok", "Bea Heerema", "Niels Niemand", "BZ DMM"))


def test_a_manager_sees_the_own_directorate_and_the_whole_ministry_only(
    manager: Any, officer: Any, stranger: Any, controller: Any, nobody: Any, enter: Any
) -> None:
    page = enter(manager).get(reverse("rights")).content.decode()
    assert "Anna de Wit" in page
    assert "Carla Mulder" in page
    assert not any(name in page for name in ("Eva Kok", "BZ DMM", "Niels Niemand"))


def test_a_superuser_stands_in_the_review_as_the_administrator_that_it_is(
    administrator: Any, nobody: Any, officer: Any, enter: Any
) -> None:
    for person in (nobody, officer):
        person.is_superuser = True
        person.save()
    rows = lines(enter(administrator).get(reverse("rights"), {"file": "csv"}))
    found = {row.split(";")[0]: row.split(";")[2:4] for row in rows if "superuser" in row}
    assert found == {
        "Niels Niemand": ["beheerder (superuser)", "hele ministerie"],
        "Anna de Wit": ["beheerder (superuser)", "hele ministerie"],
    }
    assert any("Anna de Wit" in row and "BZ DSH" in row for row in rows)
    assert "beheerder (superuser)" in enter(nobody).get(reverse("account")).content.decode()


@pytest.mark.parametrize("role", ["officer", "bookkeeper", "registrar", "reader", "nobody"])
def test_others_do_not_see_rights(role: str, enter: Any, request: pytest.FixtureRequest) -> None:
    assert enter(request.getfixturevalue(role)).get(reverse("rights")).status_code == 403


def test_the_list_of_rights_is_handed_out_as_a_sheet(administrator: Any, officer: Any, enter: Any) -> None:
    Membership.objects.filter(user=officer).update(managed=True)
    officer.is_active = False
    officer.last_login = datetime.datetime(2026, 3, 2, 23, 30, tzinfo=datetime.UTC)
    officer.save()
    answer = enter(administrator).get(reverse("rights"), {"file": "csv"})
    row = next(line for line in lines(answer) if "Anna de Wit" in line).split(";")
    assert row[0] == "Anna de Wit"
    assert row[3] == "BZ DSH"
    assert "03-03-2026" in row[8] or "2026-03-03" in row[8] or "3-3-2026" in row[8]
    assert Event.objects.filter(kind="export").count() == 1


def test_rights_of_many_people_take_as_few_questions(
    administrator: Any, directorate: Any, enter: Any, django_assert_max_num_queries: Any
) -> None:
    from core.models import User

    people = User.objects.bulk_create(
        User(username=f"u{number}", name=f"Naam {number}", sort_key=f"naam {number}") for number in range(60)
    )
    Membership.objects.bulk_create(Membership(user=user, role="reader", directorate=directorate) for user in people)
    client = enter(administrator)
    with django_assert_max_num_queries(8):
        client.get(reverse("rights"))


# -- confidential reading -------------------------------------------------------------------------------------------


@pytest.fixture
def secret(partner: Any, directorate: Any) -> Any:
    return _result(partner, "geheim bereikt", confidential=True, directorate=directorate)


def _result(partner: Any, label: str, **more: Any) -> Any:
    result = Result.objects.create(
        partner=partner,
        label=label,
        unit="mensen",
        period_start=datetime.date(2025, 1, 1),
        period_end=datetime.date(2025, 12, 31),
        **more,
    )
    ResultVersion.objects.create(result=result, number=1, value=Decimal(1200), as_of=datetime.date(2026, 1, 1))
    return result


def reads() -> list[tuple[Any, str, str]]:
    return [(row.by, row.subject, row.data["page"]) for row in Event.objects.filter(kind=READ).order_by("pk")]


def addresses(secret: Any) -> list[str]:
    version = secret.versions.get()
    return [
        reverse("partner", args=[secret.partner.public_id]),
        reverse("partner-sheet", args=[secret.partner.public_id]),
        reverse("adding"),
        reverse("admin:results_result_changelist"),
        reverse("admin:results_result_change", args=[secret.public_id]),
        reverse("admin:results_result_history", args=[secret.public_id]),
        reverse("admin:results_resultversion_change", args=[version.public_id]),
    ]


def test_each_page_that_shows_a_confidential_result_is_noted_once_per_result(
    secret: Any, partner: Any, officer: Any, enter: Any
) -> None:
    _result(partner, "openbaar bereikt")
    client = enter(officer)
    for address in addresses(secret):
        page = client.get(address)
        assert page.status_code == 200, address
        assert reads()[-1:] == [(officer, f"result {secret.public_id}", address)], address
    assert len(reads()) == len(addresses(secret))


def test_who_may_not_see_it_leaves_no_note_because_nothing_is_shown(secret: Any, stranger: Any, enter: Any) -> None:
    client = enter(stranger)
    for address in addresses(secret):
        client.get(address)
    assert reads() == []


def test_a_table_that_is_handed_out_is_noted_too(secret: Any, officer: Any, enter: Any) -> None:
    address = reverse("partner", args=[secret.partner.public_id])
    b"".join(enter(officer).get(address, {"file": "csv", "table": "years"}).streaming_content)
    assert reads() == []
    b"".join(enter(officer).get(address, {"file": "csv", "table": "results"}).streaming_content)
    assert len(reads()) == 1


def test_noting_takes_one_question_however_many_are_shown_and_none_when_nothing_is_confidential(
    partner: Any, directorate: Any, officer: Any, enter: Any
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client, address = enter(officer), reverse("admin:results_result_changelist")
    for number in range(12):
        _result(partner, f"openbaar {number}")
    client.get(address)
    with CaptureQueriesContext(
        connection,
    ) as plain:
        client.get(address)
    Result.objects.update(confidential=True, directorate=directorate)
    with CaptureQueriesContext(connection) as noted:
        client.get(address)
    assert len(reads()) == 12
    assert len(noted) - len(plain) == 1


def test_controllers_and_auditors_of_the_whole_ministry_read_who_read(
    secret: Any, officer: Any, controller: Any, reader: Any, administrator: Any, enter: Any
) -> None:
    enter(officer).get(reverse("adding"))
    page = enter(controller).get(reverse("confidential-reads")).content.decode()
    assert "Anna de Wit" in page
    assert "geheim bereikt" in page
    answer = enter(controller).get(reverse("confidential-reads"), {"file": "csv"})
    assert any("Anna de Wit" in line for line in lines(answer))
    for other in (officer, reader, administrator):
        assert enter(other).get(reverse("confidential-reads")).status_code == 403
    Membership.objects.filter(user=reader).update(directorate=None)
    assert enter(reader).get(reverse("confidential-reads")).status_code == 200


def test_the_lists_are_found_under_management(controller: Any, manager: Any, enter: Any) -> None:
    assert reverse("confidential-reads") in enter(controller).get(reverse("admin:index")).content.decode()
    page = enter(manager).get(reverse("admin:index")).content.decode()
    assert reverse("rights") in page
    assert reverse("confidential-reads") not in page
