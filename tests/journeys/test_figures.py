"""Figures in the browser: linked on the check page and in the editor, and a pasted piece checked."""

from typing import Any

import pytest

from claims.models import Claim, Section
from core import richtext
from tests.journeys.conftest import SCREENSHOTS, Desk, wait_for

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]


def stored(claim: Claim, key: str) -> str:
    row = Section.objects.filter(claim=claim, question__key=key).first()
    return row.text if row else ""


def test_an_officer_links_a_number_with_one_click_and_answers_a_finding(story_desk: Desk) -> None:
    desk, page = story_desk, story_desk.page
    claim = Claim.objects.get(title__startswith="Humanitaire noden")
    text = "<p>UNDP krijgt EUR 6 mln. De inzet neemt licht af: van EUR 21 mln naar EUR 15 mln. Er is EUR 7,25 mln over, voor 20,959 mensen.</p>"
    Section.objects.filter(claim=claim, question__key="instrumenten").update(text=richtext.canonical(text))
    desk.sign_in("anna")
    desk.go(f"/claims/{claim.reference}/figures/")
    desk.check("figures")
    card = page.locator(".check-item", has_text="UNDP krijgt").filter(has=page.locator("mark", has_text="EUR 6 mln"))
    card.locator("form.inline-form", has=page.locator("select")).first.get_by_role("button").click()
    page.locator(".site-message").wait_for()
    assert 'data-field="line.commitment"' in stored(claim, "instrumenten")
    wrong = page.locator(".check-list--error .check-item")
    wrong.locator("summary").click()
    wrong.locator("input[name=reason]").fill("Zo wil de bewindspersoon het.")
    desk.check("figures-answer")
    wrong.get_by_role("button").click()
    page.get_by_text("Zo wil de bewindspersoon het.", exact=True).wait_for()
    assert page.locator(".check-list--error").count() == 0


def test_an_officer_links_an_amount_while_writing_by_keyboard(story_desk: Desk) -> None:
    desk, page = story_desk, story_desk.page
    claim = Claim.objects.get(title__startswith="Humanitaire noden")
    desk.sign_in("anna")
    desk.go(f"/claims/{claim.reference}/write/#instrumenten")
    box = page.locator("#instrumenten .editor")
    editor = box.locator(".ProseMirror[role=textbox]")
    editor.click()
    page.keyboard.press("Control+End")
    page.keyboard.type(" UNDP krijgt EUR 6 mln")
    box.locator(".editor__figure button").wait_for()
    desk.check("write-offer", widths=(1280,))
    editor.click()
    page.keyboard.press("Control+End")
    page.keyboard.press("Control+Alt+k")
    dialog = page.locator("dialog.figure-dialog[open]")
    dialog.wait_for()
    desk.check("write-figure")
    for width in (1280, 320):  # a picture of the window, where the dialog stands
        page.set_viewport_size({"width": width, "height": 900})
        page.screenshot(path=SCREENSHOTS / f"write-figure-window-{width}.png")
    page.set_viewport_size({"width": 1280, "height": 900})
    dialog.locator("input[type=search]").fill("area based")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    dialog.wait_for(state="detached")
    wait_for(lambda: 'data-field="line.commitment"' in stored(claim, "instrumenten"))
    chip = editor.locator("[data-figure]").last
    assert chip.inner_text().replace("\u00a0", " ").startswith("EUR 6")
    chip.click()
    link = box.locator(".editor__figure a")
    link.wait_for()
    answer = page.request.get(desk.address + link.get_attribute("href"))
    assert "/claimline/" in answer.url
    assert page.evaluate("window.violations") == []
    assert desk.faults == []


def test_a_sceptical_officer_pastes_a_piece(story_desk: Desk) -> None:
    desk, page = story_desk, story_desk.page
    desk.sign_in("bram")
    page.locator("a[href='/check/']").click()
    desk.check("piece-empty")
    page.locator("textarea[name=text]").fill(PIECE)
    page.locator("main form button[type=submit]").click()
    page.locator("#report").wait_for()
    assert page.locator(".check-item", has_text="licht af").count() >= 1
    desk.check("piece")
    page.locator("details.check-rest summary").click()
    desk.check("piece-all", widths=(1280,))


def test_an_officer_begins_from_word(story_desk: Desk, tmp_path: Any) -> None:
    from core.pandoc import door

    desk, page = story_desk, story_desk.page
    content = door.run(["-f", "markdown", "-t", "docx", "-o", "-"], WORD.encode())
    file = tmp_path / "vorig jaar.docx"
    file.write_bytes(content)
    desk.sign_in("bram")
    desk.go("/claims/new/from-word/")
    desk.check("from-word")
    page.locator("input[type=file]").set_input_files(str(file))
    page.locator("#id_title").fill("Winterhulp 2027")
    page.locator("main form button[type=submit]").click()
    page.locator(".left-over").wait_for()
    desk.check("begun")
    claim = Claim.objects.get(title="Winterhulp 2027")
    assert richtext.text(richtext.parse(stored(claim, "doelen"))) == "Mensen komen de winter door."


PIECE = """1. Doel(en)
De hulp neemt licht af (van EUR 21 mln in 2025 naar EUR 15 mln in 2026). Het fonds bereikte 20,959 mensen, eerder 480.000.
2. Beleidsinstrument(en)
Bijdragen aan organisaties.
3. A. Financiële gevolgen voor het Rijk
In totaal is EUR 25 miljoen nodig.
6. Evaluatieparagraaf
Het ministerie volgt het zelf.
"""
WORD = """
CW 3.1 Winterhulp

Opgesteld door afdeling hulp

1\\. Doel(en)

Mensen komen de winter door.

4\\. Nagestreefde doeltreffendheid

Het helpt.
"""
