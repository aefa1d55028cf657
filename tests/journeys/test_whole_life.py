"""The EUR 2 mln claim through its whole life: drafted, checked, decided, committed, paid and closed, each by its own role."""

from __future__ import annotations

from decimal import Decimal

import pytest

from claims.enums import ClaimState
from claims.models import Claim, Commitment, Envelope, GrantEntry
from claims.queries import headroom
from tests.journeys.conftest import Desk

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
REFERENCE = "BV-2026-0001"
PAGE = f"/claims/{REFERENCE}/"


def change_place(desk: Desk, username: str) -> None:
    """Let another person sit down."""
    desk.page.context.clear_cookies()
    desk.sign_in(username)


def press(desk: Desk, name: str) -> None:
    """Press a button of the page's own form."""
    desk.page.get_by_role("main").get_by_role("button", name=name, exact=True).click()


def test_a_claim_lives_from_draft_to_closed(story_desk: Desk) -> None:
    desk, page = story_desk, story_desk.page

    # the officer submits, and says why what is missing may stay so
    desk.sign_in("bram")
    desk.go(PAGE)
    page.get_by_role("link", name="Indienen bij FEZ").click()
    press(desk, "Indienen bij FEZ")
    page.get_by_role("alert").wait_for()
    desk.check("life-submit")
    for box in page.locator("input[name^=reason-]").all():
        box.fill("Volgt bij de nota.")
    press(desk, "Indienen bij FEZ")
    page.get_by_text("De claim is ingediend bij FEZ").wait_for()
    assert page.get_by_role("link", name="Akkoord geven").count() == 0
    page.get_by_text("Carla Mulder").first.wait_for()

    # the controller agrees with what is shown
    change_place(desk, "carla")
    desk.check("life-controller-home")
    desk.go(PAGE)
    page.get_by_role("link", name="Akkoord geven").click()
    desk.check("life-agree")
    press(desk, "Akkoord geven")

    # the manager presents it
    change_place(desk, "maria")
    desk.go(PAGE)
    page.get_by_role("link", name="Voorleggen").click()
    press(desk, "Voorleggen")

    # one registrar registers what R decided, with the proof; another confirms
    change_place(desk, "daan")
    desk.go(f"{PAGE}decisions/")
    page.get_by_text("Bewijs toevoegen").click()
    page.locator("#id_file").set_input_files(
        {"name": "akkoord-R.txt", "mimeType": "text/plain", "buffer": b"Akkoord. R, 16 januari 2026"}
    )
    page.locator("#id_kind").last.select_option(label="geparafeerde nota")
    press(desk, "Toevoegen")
    page.get_by_text("akkoord-R.txt").wait_for()
    page.get_by_role("link", name="Besluit vastleggen").click()
    page.locator("#id_party").select_option(label="R – bewindspersoon voor Buitenlandse Handel en Ontwikkelingshulp")
    page.locator("input[name=outcome][value=granted]").check()
    page.locator("#id_decided_on").fill("16 januari 2026")
    page.locator("#id_wording").fill("Akkoord met een extra bijdrage van EUR 2 mln.")
    desk.check("life-register")
    page.get_by_role("main").locator("form button[type=submit]").last.click()
    page.get_by_text("wacht op bevestiging").first.wait_for()

    change_place(desk, "noor")
    desk.go(f"{PAGE}decisions/")
    page.get_by_role("main").get_by_role("link", name="R:").click()
    desk.check("life-confirm")
    page.get_by_role("main").locator("form button[type=submit]").first.click()
    page.wait_for_url(lambda url: url.endswith(PAGE))
    claim = Claim.objects.get(reference=REFERENCE)
    assert claim.state == ClaimState.GRANTED
    assert GrantEntry.objects.filter(line__claim=claim, series="commitment").get().amount == Decimal("2000000.00")

    # the financial officer commits and pays; one euro too much is refused with the room there is
    change_place(desk, "fatima")
    desk.go(f"{PAGE}money/")
    desk.check("life-money")
    page.get_by_role("link", name="Verplichting toevoegen").click()
    envelope = Envelope.objects.get(name="Niet-militaire steun Oekraïne", year=2026)
    page.locator("#id_number").fill("ARR-2026-17")
    page.locator("#id_amount").fill("2.000.001")
    page.locator("#id_signed_on").fill("1 maart 2026")
    page.locator("#id_envelope").select_option(str(envelope.pk))
    press(desk, "Vastleggen")
    page.get_by_role("alert").filter(has_text="2.000.000,00").wait_for()
    desk.check("life-refused")
    page.locator("#id_amount").fill("2 mln")
    press(desk, "Vastleggen")
    page.get_by_role("heading", name="ARR-2026-17").wait_for()
    page.get_by_role("link", name="Betaling vastleggen").click()
    page.locator("#id_kind").select_option("advance")
    page.locator("#id_amount").fill("1,5 mln")
    page.locator("#id_paid_on").fill("1 april 2026")
    page.locator("#id_envelope").select_option(str(envelope.pk))
    press(desk, "Vastleggen")
    page.get_by_text("€ 1.500.000,00").first.wait_for()
    desk.check("life-commitment")
    desk.go("/claims/envelopes/")
    desk.check("life-envelopes")
    page.get_by_role("link", name="Niet-militaire steun Oekraïne (2026)").click()
    desk.check("life-envelope")

    # the manager closes; the timeline tells all of it
    change_place(desk, "maria")
    desk.go(PAGE)
    page.get_by_role("link", name="Afsluiten").click()
    page.locator("#id_remark").fill("Het project is afgerond.")
    press(desk, "Afsluiten")
    claim.refresh_from_db()
    assert claim.state == ClaimState.CLOSED
    assert headroom.of_commitment(Commitment.objects.get()).open_advances == Decimal("1500000.00")
    desk.go(f"{PAGE}timeline/")
    for name in ("Bram Visser", "Carla Mulder", "Maria Jansen", "Daan Bakker", "Noor Smit"):
        page.locator(".timeline__when", has_text=name).first.wait_for()
    desk.check("life-timeline")
    desk.go(f"{PAGE}remarks/")
    desk.check("life-remarks")
