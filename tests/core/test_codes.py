"""Codes of local accounts: switched on with one right code, asked at signing in, lost with recovery codes only."""

from __future__ import annotations

import re
import time
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from core.models import Event
from tests.core.conftest import PASSWORD

pytestmark = pytest.mark.django_db


def code(secret: str) -> str:
    """Return the code of a telephone now."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def entered(person: Any) -> Client:
    client = Client()
    client.post(reverse("sign-in"), {"username": person.username, "password": PASSWORD})
    return client


def switched_on(person: Any) -> tuple[Client, str, list[str]]:
    """Switch codes on as a person does; return the session, the secret and the recovery codes."""
    client = entered(person)
    client.post(reverse("account-confirm"), {"password": PASSWORD})
    page = client.get(reverse("account-codes")).content.decode()
    secret = re.search(r'class="key">([A-Z2-7]+)<', page)[1]
    shown = client.post(reverse("account-codes"), {"code": code(secret)}).content.decode()
    return client, secret, re.findall(r"<li><code>(\d+)</code>", shown)


def is_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def test_codes_are_switched_on_by_a_right_code_and_recovery_codes_shown_once(person: Any) -> None:
    client, secret, recovery = switched_on(person)
    assert len(recovery) == 10
    assert len(set(recovery)) == 10
    page = client.get(reverse("account")).content.decode() + client.get(reverse("account-codes")).content.decode()
    assert not any(shown in page for shown in recovery)
    assert secret not in page
    stored = str(list(Authenticator.objects.values_list("data", flat=True)))
    assert secret not in stored
    assert Event.objects.filter(kind="codes.on", by=person).exists()


def test_a_wrong_code_switches_nothing_on(person: Any) -> None:
    client = entered(person)
    client.post(reverse("account-confirm"), {"password": PASSWORD})
    answer = client.post(reverse("account-codes"), {"code": "000 000"})
    assert 'role="alert"' in answer.content.decode()
    assert not Authenticator.objects.exists()


def test_signing_in_then_asks_for_the_code(person: Any) -> None:
    _client, secret, _recovery = switched_on(person)
    client = entered(person)
    assert not is_in(client)
    assert client.get("/").status_code == 302
    assert client.post(reverse("mfa_authenticate"), {"code": "000000"}).status_code == 200
    assert not is_in(client)
    answer = client.post(reverse("mfa_authenticate"), {"code": code(secret)})
    assert (answer.status_code, is_in(client)) == (302, True)


def test_a_code_counts_once(person: Any) -> None:
    _client, secret, _recovery = switched_on(person)
    used = code(secret)
    assert entered(person).post(reverse("mfa_authenticate"), {"code": used}).status_code == 302
    client = entered(person)
    client.post(reverse("mfa_authenticate"), {"code": used})
    assert not is_in(client)


def test_each_recovery_code_lets_in_once(person: Any) -> None:
    *_rest, recovery = switched_on(person)
    client = entered(person)
    client.post(reverse("mfa_authenticate"), {"code": recovery[3]})
    assert is_in(client)
    again = entered(person)
    again.post(reverse("mfa_authenticate"), {"code": recovery[3]})
    assert not is_in(again)


def test_after_five_wrong_codes_one_waits(person: Any) -> None:
    _client, secret, _recovery = switched_on(person)
    client = entered(person)
    for _ in range(5):
        client.post(reverse("mfa_authenticate"), {"code": "000000"})
    client.post(reverse("mfa_authenticate"), {"code": code(secret)})
    assert not is_in(client)
    cache.clear()
    client.post(reverse("mfa_authenticate"), {"code": code(secret)})
    assert is_in(client)


def test_without_the_password_there_is_no_code_page(person: Any) -> None:
    switched_on(person)
    assert Client().get(reverse("mfa_authenticate"))["Location"] == reverse("sign-in")


@pytest.mark.parametrize("name", ["account-codes", "account-codes-off", "account-recovery"])
def test_codes_are_changed_only_after_the_password_is_asked_again(name: str, person: Any) -> None:
    client, *_rest = switched_on(person)
    session = client.session
    session["confirmed"] -= 6 * 60
    session.save()
    assert client.post(reverse(name))["Location"] == reverse("account-confirm")
    assert 'role="alert"' in client.post(reverse("account-confirm"), {"password": "fout"}).content.decode()
    assert client.post(reverse(name))["Location"] == reverse("account-confirm")
    assert Authenticator.objects.filter(type="totp").exists()


def test_who_signed_in_just_now_sets_codes_up_without_typing_the_password_again(person: Any) -> None:
    client = entered(person)
    assert client.get(reverse("account-codes")).status_code == 200
    session = client.session
    session["started"] -= 6 * 60
    session.save()
    assert client.get(reverse("account-codes"))["Location"] == reverse("account-confirm")


def test_codes_are_switched_off_and_recovery_codes_renewed(person: Any) -> None:
    client, _secret, recovery = switched_on(person)
    shown = client.post(reverse("account-recovery")).content.decode()
    renewed = re.findall(r"<li><code>(\d+)</code>", shown)
    assert len(renewed) == 10
    assert not set(renewed) & set(recovery)
    client.post(reverse("account-codes-off"))
    assert not Authenticator.objects.exists()
    assert is_in(entered(person))


def test_where_codes_are_demanded_a_password_alone_opens_nothing_but_the_account(person: Any, settings: Any) -> None:
    settings.MFA_REQUIRED = True
    client = entered(person)
    assert client.get("/")["Location"] == reverse("account")
    assert client.get(reverse("claims:papers"))["Location"] == reverse("account")
    assert "Stel eerst codes in" in client.get(reverse("help"), follow=True).content.decode()
    assert client.get(reverse("account")).status_code == 200
    client.post(reverse("account-confirm"), {"password": PASSWORD})
    secret = re.search(r'class="key">([A-Z2-7]+)<', client.get(reverse("account-codes")).content.decode())[1]
    client.post(reverse("account-codes"), {"code": code(secret)})
    assert client.get("/").status_code == 200
    client.post(reverse("account-codes-off"))
    assert client.get("/").status_code == 302


def test_a_new_secret_key_still_reads_what_an_older_one_wrote(person: Any, settings: Any) -> None:
    _client, secret, _recovery = switched_on(person)
    old = settings.SECRET_KEY
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "n" * 60, [old]
    client = entered(person)
    assert client.post(reverse("mfa_authenticate"), {"code": code(secret)}).status_code == 302
