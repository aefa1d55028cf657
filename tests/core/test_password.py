"""A local account's own password."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from core.models import Event, Session
from tests.core.conftest import PASSWORD
from tests.core.test_sessions import entered

pytestmark = pytest.mark.django_db
NEW = "nog een lang wachtwoord 2027"
PAGE = "/account/password/"


def typed(old: str = PASSWORD, new: str = NEW, again: str = NEW) -> dict[str, str]:
    return {"old_password": old, "new_password1": new, "new_password2": again}


def is_in(client: Client) -> bool:
    return client.get(reverse("account")).status_code == 200


def test_a_new_password_ends_the_other_sessions_and_keeps_this_one(person: Any) -> None:
    here, there = entered(person), entered(person)
    assert here.post(PAGE, typed())["Location"] == reverse("account")
    assert is_in(here)
    assert not is_in(there)
    assert Session.objects.filter(user=person).count() == 1
    assert Event.objects.get(kind="password.changed").by == person
    assert not is_in(entered(person))
    assert is_in(entered(person, password=NEW))


@pytest.mark.parametrize(
    ("given", "says", "box"),
    [
        (typed(old="fout"), "Dit is niet uw wachtwoord", "old_password"),
        (typed(again="anders"), "komen niet overeen", "new_password2"),
        (typed(new="kort", again="kort"), "minstens 12 tekens", "new_password1"),
        (typed(new=PASSWORD, again=PASSWORD), "Dit is het wachtwoord dat u nu hebt", "new_password1"),
        (typed(old="", new="", again=""), "verplicht", "old_password"),
        (typed(old="x" * 100_000), "Dit is niet uw wachtwoord", "old_password"),
    ],
)
def test_what_is_wrong_is_said_beside_its_box_and_changes_nothing(person: Any, given: Any, says: str, box: str) -> None:
    client = entered(person)
    answer = client.post(PAGE, given)
    assert answer.status_code == 422
    assert says in answer.content.decode()
    assert says in " ".join(answer.context["form"].errors[box])
    assert is_in(entered(person))


def test_after_five_wrong_passwords_one_waits(person: Any) -> None:
    client = entered(person)
    for _ in range(5):
        client.post(PAGE, typed(old="fout"))
    assert "te veel pogingen" in client.post(PAGE, typed()).content.decode()


def test_whose_password_an_administrator_chose_chooses_one_first(person: Any, administrator: Any, enter: Any) -> None:
    page = reverse("admin:core_user_change", args=[person.public_id])
    screen = enter(administrator)
    shown = screen.get(page).context["adminform"].form
    filled = {name: shown[name].value() or "" for name in ("username", "name", "email", "language")}
    rows = {"memberships-TOTAL_FORMS": "0", "memberships-INITIAL_FORMS": "0"}
    given = "door een ander gekozen 2026"
    assert screen.post(page, {**filled, **rows, "is_active": "on", "new_password": given}).status_code == 302
    assert Event.objects.get(kind="password.given").by == administrator
    client = entered(person, password=given)
    for address in ("/", reverse("account"), reverse("claims:papers"), reverse("account-codes")):
        assert client.get(address)["Location"] == PAGE
    assert client.get("/", follow=True).content.decode().count("Een beheerder heeft uw wachtwoord gekozen") == 1
    assert client.post(PAGE, typed(old=given))["Location"] == reverse("account")
    assert client.get(reverse("account-codes")).status_code == 200
    assert client.get("/").status_code == 200


def test_who_signs_in_with_the_provider_has_no_password_here(person: Any, enter: Any) -> None:
    person.set_unusable_password()
    person.save()
    assert enter(person).get(PAGE).status_code == 403
