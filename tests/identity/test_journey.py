"""Signing in through a real browser: to the provider and back, with the content policy counted and the pages held to axe."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core.management import call_command

from core.models import Directorate, Membership, User
from tests.core.test_codes import PASSWORD, code
from tests.identity.conftest import person
from tests.journeys.conftest import Desk

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def house(transactional_db: None) -> Directorate:
    call_command("load_reference", verbosity=0)
    return Directorate.objects.create(code="BZ DSH", name_nl="Directie Stabiliteit", name_en="Stability")


def to_provider(desk: Desk, who: str) -> None:
    """Press the button, and answer the provider's question."""
    desk.go("/sign-in/")
    desk.page.get_by_role("button", name=re.compile("Rijks-SSO")).click()
    desk.page.get_by_role("button", name=who).click()


def violations(desk: Desk) -> list[str]:
    found: list[str] = desk.page.evaluate("window.violations")
    return found


def test_one_signs_in_with_the_provider_and_has_the_role_of_the_groups(
    house: Directorate, provider: Any, desk: Desk
) -> None:
    desk.go("/sign-in/")
    desk.check("sign-in-provider")
    to_provider(desk, "Anna de Wit")
    desk.page.wait_for_url(desk.address + "/")
    assert violations(desk) == []
    assert desk.page.get_by_role("navigation").get_by_role("link", name="Claims").is_visible()
    desk.page.get_by_role("link", name=re.compile("Anna de Wit")).click()
    assert "BZ DSH" in desk.page.get_by_role("main").inner_text()
    desk.check("account-of-provider")

    provider.people(**{"anna-1": person("Anna de Wit", "anna.dewit@example.org")})
    desk.page.context.clear_cookies()
    to_provider(desk, "Anna de Wit")
    desk.page.get_by_role("heading", level=1).wait_for()
    assert desk.page.url.startswith(desk.address)
    assert not Membership.objects.filter(user__email="anna.dewit@example.org").exists()
    desk.check("sign-in-without-role")
    desk.go("/")
    assert "/sign-in/" in desk.page.url


def test_who_refuses_at_the_provider_reads_what_to_do(house: Directorate, provider: Any, desk: Desk) -> None:
    to_provider(desk, "Deny")
    desk.check("sign-in-denied")
    desk.page.get_by_role("main").get_by_role("link").click()
    assert desk.page.url == desk.address + "/sign-in/"


@pytest.mark.parametrize("fault", ["signature", "token-issuer", "nonce"])
def test_an_answer_that_proves_nothing_says_so(fault: str, house: Directorate, provider: Any, desk: Desk) -> None:
    provider.fault(fault)
    to_provider(desk, "Anna de Wit")
    desk.check(f"sign-in-untrusted-{fault}")
    assert not User.objects.filter(email="anna.dewit@example.org").exists()


def test_going_back_to_an_answer_that_was_used_says_so(house: Directorate, provider: Any, desk: Desk) -> None:
    used: list[str] = []
    desk.page.on("request", lambda asked: used.append(asked.url) if "/provider/return/" in asked.url else None)
    to_provider(desk, "Anna de Wit")
    desk.page.wait_for_url(desk.address + "/")
    desk.page.context.clear_cookies()
    desk.page.goto(used[0])
    desk.check("sign-in-used-before")
    assert desk.page.get_by_role("link", name=re.compile("Anna de Wit")).count() == 0


def test_a_local_account_sets_up_codes_and_signs_in_with_them(house: Directorate, desk: Desk) -> None:
    user = User.objects.create(username="lokaal", name="Lot Lokaal", email="lot@example.org")
    user.set_password("door een beheerder gekozen 2026")
    user.password_given = True
    user.save()
    Membership.objects.create(user=user, role="officer", directorate=house)
    desk.sign_in("lokaal", "door een beheerder gekozen 2026")
    desk.go("/partners/")
    desk.page.wait_for_url("**/account/password/")
    assert desk.page.get_by_text("Een beheerder heeft uw wachtwoord gekozen").is_visible()
    desk.check("account-password")
    desk.page.locator("#id_old_password").fill("door een beheerder gekozen 2026")
    for box in ("#id_new_password1", "#id_new_password2"):
        desk.page.locator(box).fill(PASSWORD)
    desk.page.locator("main form button").click()
    desk.page.wait_for_url("**/account/")
    desk.check("account")
    desk.go("/account/confirm/")  # asked of whom the password was last asked longer ago
    desk.check("account-confirm")
    desk.go("/account/")
    desk.page.get_by_role("main").get_by_role("link", name="Codes instellen").click()
    secret = desk.page.locator("code.key").inner_text()
    desk.check("account-codes")
    assert desk.page.locator("main img").evaluate("image => image.naturalWidth") > 100
    desk.page.locator("#id_code").fill(code(secret))
    desk.page.locator("main form button").click()
    recovery = desk.page.locator(".recovery-codes code").all_inner_texts()
    assert len(recovery) == 10
    desk.check("account-recovery-codes")
    with desk.page.expect_download() as saved:
        desk.page.locator("a[download]").click()
    text = saved.value.path().read_text()
    assert all(shown in text for shown in recovery)
    desk.page.get_by_role("link", name="naar mijn werk").click()
    desk.page.wait_for_url(desk.address + "/")

    desk.page.context.clear_cookies()
    desk.go("/sign-in/")
    desk.page.get_by_label("Gebruikersnaam").fill("lokaal")
    desk.page.get_by_label("Wachtwoord").fill(PASSWORD)
    desk.page.locator("main form button").last.click()
    desk.page.wait_for_url("**/sign-in/code/")
    desk.check("sign-in-code")
    desk.page.locator("#id_code").fill(recovery[0])
    desk.page.locator("main form button").click()
    desk.page.wait_for_url(desk.address + "/")


def test_the_lists_of_the_review_are_read_at_every_width(house: Directorate, desk: Desk) -> None:
    import datetime

    from core.models import Event

    user = User.objects.create(username="carla", name="Carla Mulder", email="carla@example.org")
    user.set_password(PASSWORD)
    user.save()
    Membership.objects.create(user=user, role="controller")
    Membership.objects.create(user=user, role="manager", directorate=house, managed=True)
    User.objects.create(username="weg", name="Wim Weg", is_active=False).memberships.create(role="reader")
    at = datetime.datetime(2026, 3, 2, 12, tzinfo=datetime.UTC)
    read = {"result": "UNDP: mensen met een schuilplaats", "page": "/register/results/result/"}
    Event.objects.create(at=at, by=user, kind="confidential.read", subject="result 1", data=read)
    desk.sign_in("carla", PASSWORD)
    for name in ("rights", "rights/reads"):
        desk.open(f"/{name}/")
        desk.check(name.replace("/", "-"))
