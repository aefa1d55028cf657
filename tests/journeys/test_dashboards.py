"""Dashboards in a real browser: seen by a manager, asked by an officer, reached by keyboard, at every width."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from claims.models import Envelope
from partners.models import Partner
from tests.journeys.conftest import Desk

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

WIDTHS = (1280, 640, 320)  # a desk, the same at 200 %, and a phone


def test_a_manager_reads_every_dashboard(story_desk: Desk) -> None:
    desk, page = story_desk, story_desk.page
    undp, uhf = (Partner.objects.get(short_name=name) for name in ("UNDP", "UHF"))
    envelope = Envelope.objects.get(year=2026, name__startswith="Niet-militaire")
    desk.sign_in("maria")
    desk.check("dashboard-home", WIDTHS)
    for name, path in (
        ("portfolio", reverse("portfolio")),
        ("envelopes", reverse("envelopes")),
        ("envelope", reverse("envelope", args=[envelope.public_id])),
        ("partner-undp", reverse("partner", args=[undp.public_id])),
        ("partner-uhf", reverse("partner", args=[uhf.public_id])),
        ("numbers", reverse("number", args=["free-commitment"]) + f"?envelope={envelope.public_id}"),
        ("partner-sheet", reverse("partner-sheet", args=[uhf.public_id])),
    ):
        desk.go(path)
        if name in ("envelope", "partner-undp"):
            page.locator(".chart svg").first.wait_for()
        desk.check(f"dashboard-{name}", WIDTHS)


def test_a_chart_has_its_table_by_keyboard_and_its_words(story_desk: Desk) -> None:
    desk, page = story_desk, story_desk.page
    envelope = Envelope.objects.get(year=2026, name__startswith="Niet-militaire")
    desk.sign_in("maria")
    desk.go(reverse("envelope", args=[envelope.public_id]))
    chart = page.locator(".chart")
    chart.locator("svg").wait_for()
    table = chart.locator("table")
    assert not table.is_visible()
    chart.locator("summary").focus()
    page.keyboard.press("Enter")
    assert table.is_visible()
    assert "252.000.000,00" in table.inner_text()
    assert chart.locator("[role=img]").get_attribute("aria-label")
    chart.locator("svg .role-mark path").first.hover()
    assert page.evaluate("window.violations") == []


def test_filters_change_the_table_without_a_new_page_and_back_brings_the_old_one(story_desk: Desk) -> None:
    desk, page = story_desk, story_desk.page
    desk.sign_in("anna")
    desk.go(reverse("portfolio"))
    rows = page.locator("#part tbody tr")
    whole = rows.count()
    page.evaluate("window.same = true")
    page.select_option("#kind", "eu-mission")
    page.wait_for_url("**kind=eu-mission**")
    page.wait_for_function("document.querySelectorAll('#part tbody tr').length === 1")
    assert page.evaluate("window.same")
    assert whole > 1
    address = page.url
    page.go_back()
    page.wait_for_function(f"document.querySelectorAll('#part tbody tr').length === {whole}")
    page.goto(address)
    assert rows.count() == 1
    desk.check("dashboard-portfolio-filtered")


def test_an_officer_copies_an_answer(story_desk: Desk, browser: Any) -> None:
    desk, page = story_desk, story_desk.page
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    desk.sign_in("anna")
    desk.go(reverse("figure-card"))
    page.select_option("#partner", label="United Nations Development Programme (UNDP)")
    page.locator("main form button[type=submit]").first.click()
    page.locator("#sentence").wait_for()
    desk.check("dashboard-answer", WIDTHS)
    page.locator("[data-copy=sentence]").click()
    page.locator("[data-copied]:not(:empty)").wait_for()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == " ".join(page.locator("#sentence").inner_text().split())
    page.locator("[data-copy=answer-table]").click()
    page.wait_for_function("navigator.clipboard.readText().then((text) => text.includes('\\t'))")
    html = page.evaluate(
        "navigator.clipboard.read().then((all) => all[0].getType('text/html')).then((blob) => blob.text())"
    )
    assert "<table" in html
    assert "href" not in html
    assert "8.000.000,00" in html


def test_without_scripts_the_pages_are_whole(story_desk: Desk, browser: Any) -> None:
    desk = story_desk
    desk.sign_in("anna")
    cookies = desk.page.context.cookies()
    context = browser.new_context(java_script_enabled=False, locale="nl-NL")
    context.add_cookies(cookies)
    page = context.new_page()
    envelope = Envelope.objects.get(year=2026, name__startswith="Niet-militaire")
    page.goto(desk.address + reverse("envelope", args=[envelope.public_id]))
    assert page.locator(".chart table").is_visible()
    page.goto(desk.address + reverse("portfolio"))
    page.select_option("#kind", "eu-mission")
    page.locator("main form button[type=submit]").click()
    assert page.locator("#part tbody tr").count() == 1
    context.close()
