"""From the facts of a nota or letter to HTML: one template for the preview on a page and for the PDF."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from claims.documents import written
from claims.documents.written import Bound, Frame, Part, WrittenFacts
from claims.documents.written_public import with_texts
from claims.models import WrittenPaper
from claims.papers import LARGEST_PAPER, TooLong, Written, numbered
from claims.queries.stamp import stamp_of_paper
from claims.queries.written import with_parts
from core import pdf, richtext

__all__ = ["SHEET", "TooLong", "as_document", "as_fragment", "facts_of", "figures_of", "input_hash", "program"]

SHEET = "written"  # the style sheets of core.pdf.engine
TEMPLATE_FILES = (
    "documents/written.html",
    "documents/nota_body.html",
    "documents/letter_body.html",
    "documents/written_parts.html",
    "documents/money_table.html",
)
Write = Callable[[str, int], SafeString]


@dataclass(frozen=True)
class FrameShown:
    """The frame of one claim with its rows written for the output at hand."""

    facts: Frame
    rows: tuple[Written, ...]


@dataclass(frozen=True)
class PartShown:
    """One part with its text written for the output at hand."""

    facts: Part
    text: SafeString
    frames: tuple[FrameShown, ...]


def facts_of(paper: WrittenPaper, *, public: bool = False) -> WrittenFacts:
    """Return what a paper prints as things stand now; gathered anew only when something was changed."""
    return _gathered(paper.pk, public, stamp_of_paper(paper))


@lru_cache(maxsize=64)
def _gathered(key: int, public: bool, stamp: str) -> WrittenFacts:
    paper = with_parts(WrittenPaper.objects.all()).get(pk=key)
    facts = written.gather(paper, settings.ORGANISATION)
    return with_texts(facts, {}) if public else facts


def as_document(facts: WrittenFacts) -> str:
    """Write the whole HTML document that the PDF is made of. Raises TooLong."""
    if too_long(facts):
        raise TooLong

    def write(stored: str, level: int) -> SafeString:
        return mark_safe(richtext.paper(richtext.parse(stored), level))  # noqa: S308  (the content model's own markup)

    return numbered(render_to_string("documents/written.html", _context(facts, write, top=1)))


def as_fragment(facts: WrittenFacts) -> tuple[SafeString, list[SafeString]]:
    """Write the preview for a page, with its notes to print below it."""
    notes: list[str] = []

    def write(stored: str, level: int) -> SafeString:
        return mark_safe(richtext.screen(richtext.parse(stored), notes, level))  # noqa: S308

    fragment = render_to_string(f"documents/{facts.kind}_body.html", _context(facts, write, top=2))
    return fragment, [mark_safe(note) for note in notes]  # noqa: S308  (escaped by the writer)


def too_long(facts: WrittenFacts) -> bool:
    """True when the texts are together longer than a paper can be."""
    return sum(len(text) for text in _texts(facts)) > LARGEST_PAPER


def figures_of(facts: WrittenFacts) -> Iterator[Bound]:
    """Yield every figure the paper prints that follows a record."""
    return written.bound_of(facts)


def input_hash(facts: WrittenFacts) -> str:
    """Return a mark of everything that shapes the paper: its facts, templates, style, fonts and engine."""
    return hashlib.sha256(f"{program()}\n{facts!r}".encode()).hexdigest()


@cache
def program() -> str:
    """Return a mark of the templates, style, fonts and engine that make a nota or letter."""
    total = hashlib.sha256(pdf.versions().encode())
    for name in TEMPLATE_FILES:
        total.update((settings.BASE_DIR / "templates" / name).read_bytes())
    for module in ("richtext/writing.py", "wording.py", "numbers.py"):
        total.update((settings.BASE_DIR / "core" / module).read_bytes())
    return total.hexdigest()


def _texts(facts: WrittenFacts) -> Iterator[str]:
    for part in facts.parts:
        yield part.text
        yield from (row.text for frame in part.frames for row in frame.rows)


def _context(facts: WrittenFacts, write: Write, top: int) -> dict[str, Any]:
    return {"facts": facts, "top": top, "parts": [_shown(part, write, top) for part in facts.parts]}


def _shown(part: Part, write: Write, top: int) -> PartShown:
    frames = tuple(
        FrameShown(frame, tuple(Written(row, write(row.text, top + 4)) for row in frame.rows)) for frame in part.frames
    )
    return PartShown(part, write(part.text, top + 2), frames)
