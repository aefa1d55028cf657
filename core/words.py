"""The project's words as the help shows them, read from their one home, docs/glossary.md."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from html import escape

from django.conf import settings
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import slugify

GLOSSARY = settings.BASE_DIR / "docs" / "glossary.md"
EMPHASIS = re.compile(r"\*([^*]+)\*")


@dataclass(frozen=True)
class Word:
    """One row of the glossary: the English and the Dutch word, and what it means in either language."""

    section: str
    english: str
    dutch: str
    means: str
    betekent: str

    @property
    def anchor(self) -> str:
        """Return its place on the page of words."""
        return slugify(self.english)

    def name(self, language: str) -> str:
        """Return the word itself."""
        return self.dutch if language == "nl" else self.english

    def meaning(self, language: str) -> str:
        """Return what it means, as plain text."""
        return EMPHASIS.sub(r"\1", self.betekent if language == "nl" else self.means)

    def marked(self, language: str) -> SafeString:
        """Return what it means, with its emphasis."""
        text = escape(self.betekent if language == "nl" else self.means)
        return mark_safe(EMPHASIS.sub(r"<em>\1</em>", text))  # noqa: S308  (escaped just before)


@cache
def words() -> tuple[Word, ...]:
    """Return the words that have a meaning in both languages, in the order of the glossary."""
    found: list[Word] = []
    section = ""
    for line in GLOSSARY.read_text().splitlines():
        if line.startswith("## "):
            section = line.removeprefix("## ")
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if line.startswith("|") and len(cells) == 4 and cells[0] != "code" and not cells[0].startswith("-"):
            found.append(Word(section, *cells))
    return tuple(found)


@cache
def word(english: str) -> Word:
    """Return one word. Raises KeyError when the glossary does not have it."""
    by_name = {one.english: one for one in words()}
    return by_name[english]
