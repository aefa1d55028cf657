"""Signing in with the organisation's provider, with a real one: a process that signs tokens and demands PKCE."""

from __future__ import annotations

import html
import re
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from allauth.socialaccount.models import SocialAccount
from django.urls import reverse

from core.models import Event, Membership, User
from tests.identity.conftest import person

pytestmark = pytest.mark.django_db


def consent(address: str, who: str) -> str:
    """Answer the provider's question as a browser does; return where it leads back to."""
    page = requests.get(address, timeout=10).text
    asked = html.unescape(re.search(r'name="asked" value="([^"]*)"', page)[1])
    provider = "{0.scheme}://{0.netloc}".format(urlsplit(address))
    answer = requests.post(f"{provider}/consent", {"asked": asked, "who": who}, allow_redirects=False, timeout=10)
    return answer.headers["Location"]


def begin(client: Any, **form: str) -> str:
    answer = client.post(reverse("provider"), form)
    assert answer.status_code == 302, answer.content.decode()
    return answer["Location"]


def sign_in(client: Any, who: str = "anna-1", **form: str) -> Any:
    return client.get(consent(begin(client, **form), who))


def roles(name: str = "Anna de Wit") -> set[tuple[str, str]]:
    rows = Membership.objects.filter(user__name=name)
    return {(row.role, row.directorate.code if row.directorate else "") for row in rows}


def is_in(client: Any) -> bool:
    return "_auth_user_id" in client.session


def test_who_signs_in_first_gets_an_account_and_the_roles_of_the_groups(
    provider: Any, directorate: Any, client: Any
) -> None:
    answer = sign_in(client)
    assert (answer.status_code, answer["Location"]) == (302, reverse("home"))
    user = User.objects.get(email="anna.dewit@example.org")
    assert (user.name, user.has_usable_password(), user.is_superuser) == ("Anna de Wit", False, False)
    assert roles() == {("officer", "BZ DSH")}
    assert "Anna de Wit" in client.get("/").content.decode()
    assert SocialAccount.objects.get().extra_data == {}
    told = Event.objects.get(kind="sign-in").data
    assert (told["way"], told["level"]) == ("provider", "urn:test:high")


def test_the_request_carries_a_challenge_a_nonce_and_a_state_of_its_own(provider: Any, client: Any) -> None:
    asked = [{key: value[0] for key, value in parse_qs(urlsplit(begin(client)).query).items()} for _ in range(2)]
    assert asked[0]["code_challenge_method"] == "S256"
    assert all(
        asked[0][key] != asked[1][key] and len(asked[0][key]) > 15 for key in ("state", "nonce", "code_challenge")
    )
    assert "client_secret" not in asked[0]


def test_one_is_led_to_where_one_wanted_to_be_and_never_elsewhere(provider: Any, directorate: Any, client: Any) -> None:
    assert sign_in(client, next="/claims/new/?a=1")["Location"] == "/claims/new/?a=1"
    client.logout()
    for where in ("https://evil.example/", "//evil.example", "javascript:alert(1)", "/sign-in/"):
        assert sign_in(client, next=where)["Location"] == reverse("home")


def test_the_next_sign_in_gives_and_takes_what_the_groups_say_and_leaves_what_an_administrator_gave(
    provider: Any, directorate: Any, client: Any
) -> None:
    sign_in(client)
    user = User.objects.get(email="anna.dewit@example.org")
    Membership.objects.create(user=user, role="registrar", directorate=directorate)
    provider.people(**{"anna-1": person("Anna Visser", "anna.visser@example.org", "cr-managers-dsh")})
    sign_in(client)
    assert roles("Anna Visser") == {("manager", "BZ DSH"), ("reader", ""), ("registrar", "BZ DSH")}
    assert User.objects.filter(email__endswith="@example.org").count() == 1
    event = Event.objects.filter(kind="roles.set-by-provider").first()
    assert event.data == {"given": ["manager BZ DSH", "reader"], "taken": ["officer BZ DSH"], "unknown": []}


def test_who_lost_every_group_gets_in_nowhere_and_is_out_everywhere(
    provider: Any, directorate: Any, client: Any, django_user_model: Any
) -> None:
    from django.test import Client

    elsewhere = Client()
    sign_in(elsewhere)
    assert elsewhere.get("/").status_code == 200
    provider.people(**{"anna-1": person("Anna de Wit", "anna.dewit@example.org", "other")})
    answer = sign_in(client)
    assert answer.status_code == 403
    assert not is_in(client)
    assert roles() == set()
    assert elsewhere.get("/").status_code == 302
    assert reverse("sign-in") in answer.content.decode()


def test_a_stranger_without_a_mapped_group_leaves_nothing_behind(provider: Any, client: Any, settings: Any) -> None:
    settings.ADMINISTRATOR_CONTACT = "beheer@example.org"
    provider.people(x=person("Xander", "x@example.org", "other"))
    answer = sign_in(client, "x")
    assert answer.status_code == 403
    assert "beheer@example.org" in answer.content.decode()
    assert not User.objects.filter(name="Xander").exists()


def test_a_group_for_a_directorate_that_is_not_here_gives_nothing(provider: Any, directorate: Any, client: Any) -> None:
    provider.people(**{"anna-1": person("Anna de Wit", "anna.dewit@example.org", "cr-elsewhere")})
    assert sign_in(client).status_code == 403


@pytest.mark.parametrize("email", ["anna.dewit@example.org", "ANNA.DEWIT@example.org"])
def test_a_local_account_with_the_same_address_is_never_taken_over(
    email: str, provider: Any, officer: Any, directorate: Any, client: Any
) -> None:
    officer.email = email
    officer.save()
    answer = sign_in(client)
    assert answer.status_code == 403
    assert not is_in(client)
    assert not SocialAccount.objects.exists()


def test_an_administrator_links_an_account_and_then_it_is_the_same_person(
    provider: Any, officer: Any, directorate: Any, client: Any
) -> None:
    from django.core.management import call_command

    officer.email = "anna.dewit@example.org"
    officer.save()
    call_command("link_sign_in", officer.username, "anna-1", verbosity=0)
    assert sign_in(client).status_code == 302
    assert int(client.session["_auth_user_id"]) == officer.pk


def test_who_is_switched_off_does_not_come_in(provider: Any, directorate: Any, client: Any) -> None:
    sign_in(client)
    User.objects.filter(email="anna.dewit@example.org").update(is_active=False)
    assert client.get("/").status_code == 302
    assert sign_in(client).status_code == 403


@pytest.mark.parametrize(
    "fault",
    ["signature", "token-issuer", "audience", "expired", "nonce", "azp", "unsigned", "secret", "userinfo", "code"],
)
def test_an_answer_that_proves_nothing_lets_nobody_in(fault: str, provider: Any, directorate: Any, client: Any) -> None:
    address = begin(client)
    provider.fault(fault)
    answer = client.get(consent(address, "anna-1"))
    assert answer.status_code == 403
    assert not is_in(client)
    assert not SocialAccount.objects.exists()


def test_a_provider_with_another_name_than_in_the_settings_is_refused(provider: Any, client: Any) -> None:
    provider.fault("issuer")
    assert client.post(reverse("provider")).status_code == 403


@pytest.mark.parametrize("fault", ["down", "nonsense"])
def test_a_provider_that_does_not_answer_is_said_plainly(fault: str, provider: Any, client: Any) -> None:
    address = begin(client)
    back = consent(address, "anna-1")
    provider.fault(fault)
    assert client.post(reverse("provider")).status_code == 503
    assert client.get(back).status_code in (403, 503)
    assert not is_in(client)


def test_nobody_listening_is_said_plainly(provider: Any, client: Any, settings: Any) -> None:
    settings.OIDC_ISSUER = "http://127.0.0.1:1"
    answer = client.post(reverse("provider"))
    assert answer.status_code == 503
    assert "Rijks-SSO" in answer.content.decode()


def test_an_answer_counts_once_and_only_in_the_browser_that_asked(provider: Any, directorate: Any, client: Any) -> None:
    from django.test import Client

    back = consent(begin(client), "anna-1")
    assert Client().get(back).status_code == 400
    assert client.get(back).status_code == 302
    client.logout()
    assert client.get(back).status_code == 400
    assert client.get(reverse("provider-return"), {"state": "made up", "code": "x"}).status_code == 400
    assert not is_in(client)


def test_who_stops_at_the_provider_can_begin_again(provider: Any, client: Any) -> None:
    answer = sign_in(client, "")
    assert answer.status_code == 403
    assert reverse("sign-in") in answer.content.decode()


def test_a_sign_in_at_too_low_a_level_is_refused(provider: Any, directorate: Any, client: Any, settings: Any) -> None:
    settings.OIDC_ACR_VALUES = "urn:test:highest"
    assert sign_in(client).status_code == 403
    settings.OIDC_ACR_VALUES = "urn:test:highest urn:test:high"
    assert sign_in(client).status_code == 302


def test_without_a_provider_its_addresses_are_not_there(client: Any) -> None:
    assert client.post(reverse("provider")).status_code == 404
    assert client.get(reverse("provider-return")).status_code == 404


def test_with_a_provider_only_the_sign_in_page_asks_no_password(provider: Any, client: Any, settings: Any) -> None:
    settings.LOCAL_PASSWORDS = False
    page = client.get(reverse("sign-in")).content.decode()
    assert "Rijks-SSO" in page
    assert "password" not in page
    assert client.post(reverse("sign-in"), {"username": "a", "password": "b"}).status_code == 403
