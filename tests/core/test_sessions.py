"""What a session lasts, who ends it, and how often one may try to open one."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from core.models import CacheEntry, Event, Session
from core.signin import sessions
from tests.core.conftest import PASSWORD

pytestmark = pytest.mark.django_db
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
EDGE = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36 Edg/140.0"


def entered(person: Any, agent: str = FIREFOX, password: str = PASSWORD) -> Client:
    client = Client(headers={"user-agent": agent})
    client.post(reverse("sign-in"), {"username": person.username, "password": password})
    return client


def shift(client: Client, **ago: datetime.timedelta) -> None:
    """Make a session older than it is."""
    session = client.session
    for name, span in ago.items():
        session[name] -= span.total_seconds()
    session.save()


def test_a_session_says_whose_it_is_since_when_and_on_what(person: Any) -> None:
    entered(person, EDGE)
    row = Session.objects.get(user=person)
    assert (row.device, row.started_at is not None, row.seen_at == row.started_at) == ("Edge, Windows", True, True)
    event = Event.objects.get(kind="sign-in")
    assert (event.by, event.subject, event.data) == (person, f"user {person.public_id}", {"way": "local"})


def test_a_session_that_lies_idle_ends(person: Any, settings: Any) -> None:
    client = entered(person)
    shift(client, seen=settings.SESSION_IDLE - datetime.timedelta(minutes=1))
    assert client.get("/").status_code == 200
    assert client.session[sessions.SEEN] > client.session[sessions.STARTED] - 1
    shift(client, seen=settings.SESSION_IDLE + datetime.timedelta(minutes=1))
    answer = client.get("/claims/new/?a=1", follow=True)
    assert answer.redirect_chain[0][0] == reverse("sign-in") + "?next=/claims/new/%3Fa%3D1"
    assert 'class="utrecht-alert' in answer.content.decode()


def test_no_session_outlasts_the_longest_however_busy(person: Any, settings: Any) -> None:
    client = entered(person)
    shift(client, started=settings.SESSION_LONGEST + datetime.timedelta(minutes=1))
    assert client.get("/").status_code == 302
    assert not Session.objects.filter(user=person).exists()


def test_the_last_use_is_written_down_once_a_minute(person: Any) -> None:
    client = entered(person)
    seen = client.session[sessions.SEEN]
    client.get("/")
    assert client.session[sessions.SEEN] == seen
    shift(client, seen=datetime.timedelta(minutes=2))
    client.get("/")
    assert client.session[sessions.SEEN] > seen


def test_an_account_that_is_switched_off_is_out_at_once(person: Any) -> None:
    client = entered(person)
    person.is_active = False
    person.save()
    assert client.get("/").status_code == 302


def test_who_loses_the_last_role_is_out_at_once(person: Any) -> None:
    client = entered(person)
    person.memberships.all().delete()
    assert client.get("/").status_code == 302
    assert not Session.objects.filter(user=person).exists()


def test_one_ends_ones_other_sessions_and_nobody_elses(person: Any, colleague: Any) -> None:
    colleague.set_password(PASSWORD)
    colleague.save()
    here, there, third, theirs = entered(person), entered(person, EDGE), entered(person), entered(colleague)
    page = here.get(reverse("account")).content.decode()
    assert "Edge, Windows" in page
    assert there.session.session_key not in page
    mark = sessions.mark_of(there.session.session_key)
    assert mark in page
    here.post(reverse("account-end-session"), {"session": mark})
    here.post(reverse("account-end-session"), {"session": sessions.mark_of(theirs.session.session_key)})
    assert [client.get("/").status_code for client in (here, there, third, theirs)] == [200, 302, 200, 200]
    here.post(reverse("account-end-session"), {"session": "others"})
    assert [client.get("/").status_code for client in (here, third, theirs)] == [200, 302, 200]
    assert Event.objects.filter(kind="sessions.ended", by=person).count() == 3


def test_a_new_session_has_a_new_key(person: Any) -> None:
    client = Client()
    planted = client.session
    planted["x"] = 1
    planted.save()
    before = planted.session_key
    client.cookies["sessionid"] = before
    client.post(reverse("sign-in"), {"username": person.username, "password": PASSWORD})
    assert client.session.session_key != before


# -- attempts -------------------------------------------------------------------------------------------------------


def test_after_five_wrong_passwords_the_account_waits_also_on_another_web_machine(person: Any) -> None:
    answers = [
        Client(REMOTE_ADDR=f"10.0.0.{number}").post(
            reverse("sign-in"), {"username": person.username, "password": "fout"}
        )
        for number in range(6)
    ]
    assert [answer.status_code for answer in answers] == [200] * 5 + [429]
    assert "_auth_user_id" not in entered(person).session
    assert CacheEntry.objects.exists()  # counted in the database, which every web machine shares
    reasons = [event.data["reason"] for event in Event.objects.filter(kind="sign-in.refused").order_by("pk")]
    assert reasons == ["wrong password"] * 5 + ["too many attempts"] * 2


def test_after_twenty_wrong_names_the_place_waits(db: None) -> None:
    client = Client(REMOTE_ADDR="10.0.0.9")
    answers = [client.post(reverse("sign-in"), {"username": f"u{n}", "password": "x"}).status_code for n in range(21)]
    assert answers == [200] * 20 + [429]
    other = Client(REMOTE_ADDR="10.0.0.10").post(reverse("sign-in"), {"username": "u", "password": "x"})
    assert other.status_code == 200


def test_a_forwarded_address_counts_only_from_a_proxy_of_ours(person: Any, settings: Any) -> None:
    def attempt(number: int) -> int:
        forged = {"x-forwarded-for": f"1.2.3.{number}"}
        client = Client(REMOTE_ADDR="10.0.0.9", headers=forged)
        return client.post(reverse("sign-in"), {"username": f"u{number}", "password": "x"}).status_code

    assert attempt(1) == 200
    assert [attempt(number) for number in range(2, 22)][-1] == 429
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    assert attempt(23) == 200


@pytest.mark.parametrize(
    "sent", [{}, {"x-forwarded-for": "nonsense"}, {"x-forwarded-for": ", ,"}, {"x-forwarded-for": "\xff"}]
)
def test_a_place_that_cannot_be_told_is_counted_as_one_and_signs_in(sent: Any, person: Any, settings: Any) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 2
    client = Client(REMOTE_ADDR="", headers=sent)
    answer = client.post(reverse("sign-in"), {"username": person.username, "password": PASSWORD})
    assert answer.status_code == 302
    assert "_auth_user_id" in client.session


def test_right_attempts_are_not_counted(person: Any) -> None:
    assert all("_auth_user_id" in entered(person).session for _ in range(7))


def test_what_was_typed_as_a_name_is_kept_nowhere(db: None, client: Any) -> None:
    client.post(reverse("sign-in"), {"username": "mijn geheime wachtwoord", "password": "x"})
    assert not Event.objects.exists()
    assert not CacheEntry.objects.filter(cache_key__contains="geheime").exists()


def test_events_are_neither_changed_nor_removed(person: Any) -> None:
    from django.db import DatabaseError, transaction

    entered(person)
    for act in (lambda: Event.objects.update(kind="x"), lambda: Event.objects.all().delete()):
        with pytest.raises(DatabaseError), transaction.atomic():
            act()


def test_without_passwords_a_right_one_lets_nobody_in(person: Any, settings: Any) -> None:
    settings.LOCAL_PASSWORDS = False
    assert "_auth_user_id" not in entered(person).session


def test_the_entry_screens_have_no_door_of_their_own(person: Any, client: Any) -> None:
    for name in ("admin:index", "admin:login", "admin:claims_claim_changelist"):
        led = client.get(reverse(name), follow=True).redirect_chain
        assert led[-1][0].startswith(reverse("sign-in"))
    answer = client.post(reverse("admin:login"), {"username": person.username, "password": PASSWORD})
    assert answer["Location"].startswith(reverse("sign-in"))
    assert "_auth_user_id" not in client.session


def test_an_administrator_sets_a_password_only_where_passwords_let_anybody_in(
    administrator: Any, officer: Any, enter: Any, settings: Any
) -> None:
    client, address = enter(administrator), reverse("admin:core_user_change", args=[officer.public_id])
    assert 'name="new_password"' in client.get(address).content.decode()
    settings.LOCAL_PASSWORDS = False
    assert 'name="new_password"' not in client.get(address).content.decode()


def test_roles_of_the_provider_are_told_apart_from_those_an_administrator_gave(
    administrator: Any, officer: Any, enter: Any
) -> None:
    address = reverse("admin:core_user_change", args=[officer.public_id])
    assert "field-managed" in enter(administrator).get(address).content.decode()
