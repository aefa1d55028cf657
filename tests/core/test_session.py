"""Signing in and out, and the language of the screens."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.core.conftest import PASSWORD

pytestmark = pytest.mark.django_db
ELSEWHERE = [
    "https://evil.example/",
    "//evil.example/",
    "///evil.example",
    "http:evil.example",
    "javascript:alert(1)",
    "\\\\evil.example",
    "/\\evil.example",
    "https://testserver@evil.example/",
    "\x00//evil.example",
    "data:text/html,x",
]


def sign_in(client: Any, person: Any, **changes: str) -> Any:
    return client.post(reverse("sign-in"), {"username": person.username, "password": PASSWORD} | changes)


def test_one_signs_in_and_sees_ones_work(person: Any, client: Any) -> None:
    answer = sign_in(client, person)
    assert (answer.status_code, answer["Location"]) == (302, reverse("home"))
    assert "Anna de Wit" in client.get("/").content.decode()


def test_after_signing_in_one_is_where_one_wanted_to_be(person: Any, client: Any) -> None:
    wanted = reverse("admin:partners_partner_changelist") + "?q=UHF"
    asked = client.get(wanted, follow=True)
    assert f'name="next" value="{wanted}"' in asked.content.decode()
    assert sign_in(client, person, next=wanted)["Location"] == wanted


@pytest.mark.parametrize("where", ELSEWHERE)
def test_signing_in_never_leads_elsewhere(where: str, person: Any, client: Any) -> None:
    assert sign_in(client, person, next=where)["Location"] == reverse("home")


@pytest.mark.parametrize(
    "changes",
    [
        {"password": "fout"},
        {"password": ""},
        {"username": ""},
        {"username": "niemand-hier"},
        {"username": "a\x00b"},
        {"username": "x" * 100_000},
        {"password": "x" * 1_000_000},
        {"username": "' or 1=1 --"},
    ],
)
def test_a_wrong_name_or_password_says_what_to_do_and_not_which_of_both(
    changes: dict[str, str], person: Any, client: Any
) -> None:
    answer = sign_in(client, person, **changes)
    assert answer.status_code == 200
    assert "horen niet bij elkaar" in answer.content.decode()
    assert "_auth_user_id" not in client.session


def test_a_person_who_left_does_not_sign_in(person: Any, client: Any) -> None:
    person.is_active = False
    person.save()
    assert "horen niet bij elkaar" in sign_in(client, person).content.decode()


@pytest.mark.parametrize("where", ["", "/sign-in/", "/sign-in/?next=/sign-in/", "//evil.example/"])
def test_who_is_signed_in_is_sent_on_from_the_sign_in_page(where: str, person: Any, enter: Any) -> None:
    answer = enter(person).get(reverse("sign-in"), {"next": where} if where else {})
    assert (answer.status_code, answer["Location"]) == (302, reverse("home"))


def test_signing_out_ends_the_session_and_only_by_a_button(person: Any, enter: Any) -> None:
    client = enter(person)
    assert client.get(reverse("sign-out")).status_code == 405
    assert "_auth_user_id" in client.session
    answer = client.post(reverse("sign-out"))
    assert (answer.status_code, answer["Location"]) == (302, reverse("sign-in"))
    assert client.get("/").status_code == 302


def test_a_form_without_its_token_is_refused_with_what_to_do(person: Any) -> None:
    answer = sign_in(Client(enforce_csrf_checks=True), person)
    html = answer.content.decode()
    assert answer.status_code == 403
    assert "Dit formulier is verlopen" in html
    assert "Ga terug, kopieer wat u typte" in html


def test_session_cookies_are_out_of_reach_of_scripts(person: Any, client: Any) -> None:
    sign_in(client, person)
    assert client.cookies["sessionid"]["httponly"]
    assert client.cookies["sessionid"]["samesite"] == "Lax"


# -- language -------------------------------------------------------------------------------------------------------


def switch(client: Any, language: str, where: str = "/") -> Any:
    return client.post(reverse("set-language"), {"language": language, "next": where})


def test_the_language_is_kept_with_the_person(person: Any, enter: Any) -> None:
    client = enter(person)
    assert '<html lang="nl"' in client.get("/").content.decode()
    assert switch(client, "en", "/claims/new/")["Location"] == "/claims/new/"
    person.refresh_from_db()
    assert person.language == "en"
    html = client.get("/").content.decode()
    assert '<html lang="en"' in html
    assert "My work" in html
    assert '<html lang="en"' in enter(person).get(reverse("admin:index")).content.decode()
    switch(client, "nl")
    assert "Mijn werk" in client.get("/").content.decode()


def test_the_language_is_kept_before_signing_in_too(client: Any) -> None:
    assert "Inloggen" in client.get(reverse("sign-in")).content.decode()
    switch(client, "en", reverse("sign-in"))
    assert "Sign in" in client.get(reverse("sign-in")).content.decode()


def test_screens_are_dutch_unless_the_browser_asks_otherwise(client: Any) -> None:
    for asked, shown in (("", "nl"), ("de-DE,de;q=0.9", "nl"), ("en-GB,en;q=0.9", "en"), ("x" * 5000, "nl")):
        html = client.get(reverse("sign-in"), headers={"accept-language": asked}).content.decode()
        assert f'<html lang="{shown}"' in html, asked


@pytest.mark.parametrize("language", ["", "de", "nl-NL", "en\x00", "x" * 10_000, "../en", "NL"])
def test_a_language_that_is_not_offered_changes_nothing(language: str, person: Any, enter: Any) -> None:
    client = enter(person)
    assert switch(client, language).status_code == 302
    person.refresh_from_db()
    assert person.language == "nl"
    assert "django_language" not in client.cookies


@pytest.mark.parametrize("where", [*ELSEWHERE, "", "x" * 100_000 + "://"])
def test_switching_never_leads_elsewhere(where: str, person: Any, enter: Any) -> None:
    assert switch(enter(person), "en", where)["Location"] == reverse("home")


def test_switching_is_a_button_press(client: Any) -> None:
    assert client.get(reverse("set-language")).status_code == 405


def test_a_page_with_odd_characters_in_its_address_offers_the_other_language(person: Any, enter: Any) -> None:
    html = enter(person).get('/?a="><script>alert(1)</script>').content.decode()
    assert "<script>alert(1)" not in html
