"""Standing: who has which role where."""

from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser

from core.enums import Role
from core.permissions import has_role, standing, within_reach

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
