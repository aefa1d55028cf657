"""The rich text editor speaks the reader's language: every word that its script asks for, or leaves in English, has Dutch."""

import gettext
import re
from pathlib import Path

import django_prose_editor
import pytest
from django.conf import settings

BUNDLE = (Path(django_prose_editor.__file__).parent / "static/django_prose_editor/editor.js").read_text()
OURS = (settings.BASE_DIR / "static/js/editor-words.js").read_text()
SAME = {"Code", "Link", "Subscript", "Superscript"}  # in both languages
KEPT = {"title"}  # the name of an icon's letter


def asked() -> set[str]:
    """What the editor's script asks of gettext."""
    alias = re.search(r"(\w+)=window\.gettext\|\|", BUNDLE)
    assert alias, "the editor no longer takes its words from window.gettext"
    return set(re.findall(rf'\b{re.escape(alias[1])}\("([^"]+)"\)', BUNDLE))


def left_in_english() -> set[str]:
    """What the editor's script shows without asking: titles of buttons and names of choices."""
    buttons = re.findall(r'\.(?:material|text)\("[^"]*","([^"]+)"\)', BUNDLE)
    drawn = re.findall(r'</svg>`,"([^"]+)"\)', BUNDLE)
    return {*buttons, *drawn, *re.findall(r'textContent:"([^"]+)"', BUNDLE)} - KEPT


@pytest.fixture(scope="module")
def dutch() -> gettext.NullTranslations:
    return gettext.translation("djangojs", settings.BASE_DIR / "locale", ["nl"])


def test_every_word_that_the_editor_asks_for_has_dutch(dutch: gettext.NullTranslations) -> None:
    words = asked()
    assert len(words) > 25
    assert [word for word in sorted(words) if f'gettext("{word}")' not in OURS] == []
    assert [word for word in sorted(words) if dutch.gettext(word) == word] == []


def test_every_word_that_the_editor_leaves_in_english_is_put_in_ours(dutch: gettext.NullTranslations) -> None:
    words = left_in_english()
    assert {"bold", "Add column", "Insert table", "unordered list"} <= words
    ours = dict(re.findall(r'(?<!\w)"?(\w[\w ]*)"?: gettext\("([^"]+)"\)', OURS))
    assert [word for word in sorted(words) if word not in ours] == []
    assert [word for word in sorted(ours.values()) if dutch.gettext(word) == word and word not in SAME] == []
