"""The help pages, the words, the tour through the demo story, and the accessibility statement."""

from __future__ import annotations

import datetime
import re
from typing import Any

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import translation

from claims.kinds import KINDS
from claims.models import Claim
from core.models import User
from core.words import word, words
from reporting.statement import read, statement
from reporting.tour import CLAIM, tour
from reporting.views.guide import PAGES, SECTIONS
from tests.claims.frozen import keep

LANGUAGES = pytest.mark.parametrize("language", ["nl", "en"])


@pytest.mark.django_db
@LANGUAGES
def test_every_page_is_there_in_both_languages(enter: Any, officer: Any, language: str) -> None:
    User.objects.update(language=language)
    client = enter(officer)
    pages = [reverse("help"), reverse("help-words"), *(reverse("help-page", args=[name]) for name in PAGES)]
    for page in pages:
        answer = client.get(page)
        assert answer.status_code == 200, page
        assert f'<html lang="{language}"' in answer.content.decode()
    assert client.get(reverse("help-page", args=["nobody"])).status_code == 404
    home = client.get(reverse("home")).content.decode()
    assert reverse("help") in home


@pytest.mark.django_db
def test_every_link_of_the_help_leads_somewhere(enter: Any, story: Any) -> None:
    """Each page is opened by somebody of whom it is the page; what it links to may ask a role, but exists."""
    client = enter(User.objects.get(username="anna"))
    seen: set[str] = set()
    for name in PAGES:
        html = client.get(reverse("help-page", args=[name])).content.decode()
        text = html[html.index('<div class="help__text">') :]
        seen |= set(re.findall(r'<a href="(/[^"#]*)', text))
    assert len(seen) > 20
    for address in sorted(seen):
        assert client.get(address, follow=True).status_code in (200, 403), address


def test_every_word_means_something_in_both_languages_and_has_a_place_of_its_own() -> None:
    found = words()
    assert len(found) > 80
    assert len({one.anchor for one in found}) == len(found)
    assert {one.section for one in found} == set(SECTIONS)
    for one in found:
        assert one.meaning("nl"), one.english
        assert one.meaning("en"), one.english
        assert "*" not in one.meaning("nl") + one.meaning("en")
    assert word("commitment").name("nl") == "verplichting"
    with pytest.raises(KeyError):
        word("no such word")


def test_every_word_that_a_screen_asks_is_in_the_glossary() -> None:
    asked = {
        name
        for path in (settings.BASE_DIR / "templates").rglob("*.html")
        for name in re.findall(r'{% term "([^"]+)" %}', path.read_text())
    }
    assert len(asked) > 8
    for name in asked:
        assert word(name)


@pytest.mark.django_db
def test_a_word_leads_to_its_place_without_a_script(enter: Any, officer: Any) -> None:
    client = enter(officer)
    html = client.get(reverse("help-page", args=["officer"])).content.decode()
    (target, *_more) = re.findall(r'class="term" href="([^"]+)"', html)
    page, _hash, anchor = target.partition("#")
    assert f'id="{anchor}"' in client.get(page).content.decode()


# -- the tour -----------------------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_the_tour_ticks_what_the_records_say(enter: Any, story: Any, settings: Any) -> None:
    settings.DEMO = True
    assert [stop.done for stop in tour()] == [False] * 8
    claim = Claim.objects.get(reference=CLAIM)
    keep(KINDS["cw31"].subject_of(claim.public_id), User.objects.get(username="anna"))
    assert [number for number, stop in enumerate(tour()) if stop.done] == [6]
    for stop in tour():
        who = User.objects.get(username=stop.who)
        assert enter(who).get(stop.url, follow=True).status_code in (200, 403, 409), stop.url
    client = enter(User.objects.get(username="bram"))
    assert client.get(reverse("help-tour")).context["done"] == 1
    assert reverse("help-tour") in client.get(reverse("home")).content.decode()
    assert client.post(reverse("help-tour-hide"))["Location"] == reverse("home")
    assert reverse("help-tour") not in client.get(reverse("home")).content.decode()
    settings.DEMO = False
    assert tour() == []
    assert client.get(reverse("help-tour")).status_code == 404


# -- accessibility ------------------------------------------------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["accessibility", "accessibility-en"])
def test_the_statement_is_there_for_everybody_and_tells_what_was_not_done(client: Any, name: str) -> None:
    with translation.override("en"):
        answer = client.get(reverse(name), headers={"Accept-Language": "en"})
    assert answer.status_code == 200
    html = answer.content.decode()
    undone = [check for check in statement().manual if check.done is None]
    assert html.count("badge--warning") == len(undone)
    assert reverse("accessibility") in html


def test_the_version_that_checks_is_the_one_it_names() -> None:
    script = (settings.BASE_DIR / "tests" / "vendor" / "axe-core" / "axe.min.js").read_text()[:60]
    (axe,) = [check for check in statement().automatic if check.key == "axe"]
    assert f"axe v{axe.version}" in script


def facts(*done: dict[str, Any]) -> dict[str, Any]:
    manual = [{"key": key, "nl": key, "en": key} for key in ("a", "b")]
    return {"standard": {"name": "WCAG"}, "automatic": [], "manual": manual, "done": list(done)}


def recorded(key: str, result: str, day: int = 1) -> dict[str, Any]:
    return {"key": key, "role": "tester", "on": datetime.date(2026, 12, day), "result": result, "nl": "", "en": ""}


def test_the_status_follows_from_what_was_recorded() -> None:
    assert read(facts()).status == "C"
    assert read(facts(recorded("a", "passed"))).status == "C"
    assert read(facts(recorded("a", "passed"), recorded("b", "failed"))).status == "B"
    later = facts(recorded("b", "passed", 9), recorded("a", "passed"), recorded("b", "failed"))
    assert read(later).status == "A"
    assert [check.done is not None for check in read(later).manual] == [True, True]
    for wrong in (
        recorded("x", "passed"),
        recorded("a", "good"),
        recorded("a", "passed") | {"role": ""},
        recorded("a", "passed") | {"on": "gisteren"},
    ):
        with pytest.raises(ValueError, match=r"accessibility\.yaml"):
            read(facts(wrong))
