"""Standing: who has which role where."""

from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser

from core.enums import Role
from core.permissions import has_role, reach_in_sql, standing, within_reach

pytestmark = pytest.mark.django_db


def test_a_role_counts_in_its_own_directorate_only(officer: Any, directorate: Any, other_directorate: Any) -> None:
    assert has_role(officer, Role.OFFICER, directorate_id=directorate.pk)
    assert not has_role(officer, Role.OFFICER, directorate_id=other_directorate.pk)
    assert has_role(officer, Role.OFFICER, anywhere=True)
    assert not has_role(officer, Role.CONTROLLER, anywhere=True)


def test_a_ministry_wide_role_sees_every_directorate(controller: Any) -> None:
    assert standing(controller).sees_everything


def test_an_administrator_manages_but_does_not_see_content(administrator: Any) -> None:
    assert not standing(administrator).sees_everything
    assert not standing(administrator).directorate_ids


def test_a_superuser_is_an_administrator_and_nothing_more(nobody: Any) -> None:
    nobody.is_superuser = True
    assert standing(nobody).all_roles() == {Role.ADMINISTRATOR}


def test_nobody_sees_nothing(nobody: Any, claim: Any) -> None:
    from claims.models import Claim

    assert not within_reach(Claim.objects.all(), nobody).exists()
    assert not within_reach(Claim.objects.all(), AnonymousUser()).exists()


def test_a_person_who_left_sees_nothing_at_once(officer: Any, claim: Any) -> None:
    from claims.models import Claim

    officer.is_active = False
    assert not Claim.objects.visible_to(officer).exists()


def test_visibility_follows_the_directorate(
    officer: Any, colleague: Any, stranger: Any, controller: Any, reader: Any, claim: Any
) -> None:
    from claims.models import Claim

    for person, sees in ((officer, True), (colleague, True), (reader, True), (controller, True), (stranger, False)):
        assert Claim.objects.visible_to(person).exists() is sees


def test_in_sql_one_sees_the_same(everybody: list[Any], claim: Any) -> None:
    from claims.models import Claim
    from core.asking import together

    for person in everybody:
        condition, given = reach_in_sql(person, "c.directorate_id")
        with together() as put:
            found = put.sql(f"select id from claims_claim c where {condition} order by id", given)  # noqa: S608
        assert found.ids == list(within_reach(Claim.objects.order_by("pk"), person).values_list("pk", flat=True)), (
            person
        )


@pytest.fixture
def everybody(
    officer: Any, colleague: Any, stranger: Any, controller: Any, reader: Any, administrator: Any, nobody: Any
) -> list[Any]:
    return [officer, colleague, stranger, controller, reader, administrator, nobody, AnonymousUser()]
