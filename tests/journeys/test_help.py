"""The help in the browser: its pages, the words on the spot, and the screens that its pictures show.

Set WRITE_HELP=1 to make the pictures anew (static/img/help); otherwise the screens must still have what the pictures show.
"""

from __future__ import annotations

import io
import os
import re
from pathlib import Path

import pytest
from django.conf import settings
from PIL import Image

from core.models import User
from reporting.views.guide import PAGES
from tests.journeys.conftest import Desk

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
PICTURES = Path(settings.BASE_DIR / "static" / "img" / "help")
LARGEST = 80 * 1024  # bytes of one picture
SHOWN = {  # picture: who looks at which page, and what it must have
    "claim": ("bram", "/claims/BV-2026-0001/", ("nav.tabs", "h1", "main .card")),
    "write": ("bram", "/claims/BV-2026-0001/write/", (".ProseMirror[role=textbox]", "#preview")),
    "check": ("bram", "/claims/BV-2026-0001/figures/", (".tally", ".check-item")),
    "home": ("carla", "/", ("h1", "main section")),
    "envelopes": ("maria", "/envelopes/", ("main table",)),
}


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("name", SHOWN)
def test_a_pictured_screen_still_has_what_its_picture_shows(story_desk: Desk, name: str, language: str) -> None:
    desk, page = story_desk, story_desk.page
    who, address, has = SHOWN[name]
    desk.sign_in(who)
    User.objects.filter(username=who).update(language=language)
    page.set_viewport_size({"width": 1024, "height": 640})
    desk.go(address)
    for selector in has:
        page.locator(selector).first.wait_for()
    if os.environ.get("WRITE_HELP") == "1":
        PICTURES.mkdir(parents=True, exist_ok=True)
        page.wait_for_load_state("networkidle")
        shot = Image.open(io.BytesIO(page.screenshot()))
        shot.convert("RGB").quantize(48, dither=Image.Dither.NONE).save(
            PICTURES / f"{name}.{language}.png", optimize=True
        )


def test_every_picture_is_there_small_and_of_its_size() -> None:
    used = {
        found
        for path in (settings.BASE_DIR / "templates" / "help").glob("*.html")
        for found in re.findall(r"img/help/([\w.]+\.png)", path.read_text())
    }
    assert used == {f"{name}.{language}.png" for name in SHOWN for language in ("nl", "en")}
    for name in used:
        content = (PICTURES / name).read_bytes()
        assert len(content) <= LARGEST, name
        assert Image.open(io.BytesIO(content)).size == (1024, 640)


def test_the_help_is_read_and_a_word_opens_on_the_spot(story_desk: Desk) -> None:
    desk, page = story_desk, story_desk.page
    desk.sign_in("bram")
    for name in ("", *(f"{key}/" for key in PAGES), "words/", "tour/"):
        desk.go(f"/help/{name}")
        desk.check(f"help-{name.strip('/') or 'start'}")
    desk.go("/toegankelijkheid/")
    desk.check("accessibility")

    desk.go("/help/officer/")
    term = page.locator("a.term").first
    term.click()
    note = page.locator(".term-note")
    note.wait_for()
    assert "een getal in een tekst dat een gegeven volgt" in note.inner_text()
    desk.check("help-word", widths=(1280,))
    page.keyboard.press("Escape")
    note.wait_for(state="detached")
    assert page.evaluate("document.activeElement.className") == "term"
    desk.go("/")
    page.locator('form[action$="/tour/hide/"] button').click()
    page.locator(".site-message").wait_for()
    assert page.locator('form[action$="/tour/hide/"]').count() == 0
