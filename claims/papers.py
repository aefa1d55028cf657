"""From a paper's facts to HTML: one template for the preview on a page and for the PDF."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import count
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from claims.documents import annex, cw31
from claims.documents.annex import Cited
from claims.documents.cw31 import Cw31
from claims.enums import PaperKind
from claims.models import Claim
from claims.queries.stamp import Stamp, stamp_of
from claims.queries.tree import Tree, with_tree
from core import pdf, richtext

TEMPLATE_FILES = ("documents/cw31.html", "documents/cw31_body.html", "documents/money_table.html")
FROM_RECORDS = re.compile(r'<span class="(?:figure|record)"')
LARGEST_PAPER = 400_000  # characters of stored text in one paper


class TooLong(ValueError):
    """The texts of one paper are together longer than a paper can be."""


@dataclass(frozen=True)
class Written:
    """Facts of one row or part with its text written for the output at hand."""

    facts: Any
    text: SafeString


def facts_of(claim: Claim, kind: str) -> Cw31:
    """Return what a paper prints as things stand now; gathered anew only when something was changed."""
    return _gathered(str(claim.public_id), str(kind), stamp_of(claim))


@lru_cache(maxsize=64)
def _gathered(public_id: str, kind: str, stamp: Stamp) -> Cw31:
    tree = Tree(with_tree(Claim.objects.all(), citations=False).get(public_id=public_id))
    cited = _cited(public_id, stamp.cited)
    return cw31.gather(tree, settings.ORGANISATION, annex_only=kind == PaperKind.ANNEX, cited=cited)


@lru_cache(maxsize=64)
def _cited(public_id: str, stamp: str) -> Cited:
    return annex.cite(Claim.objects.get(public_id=public_id))


def as_document(facts: Cw31) -> str:
    """Write the whole HTML document that the PDF is made of."""
    if too_long(facts):
        raise TooLong

    def write(stored: str, level: int) -> SafeString:
        return mark_safe(richtext.paper(richtext.parse(stored), level))  # noqa: S308  (the content model's own markup)

    return numbered(render_to_string("documents/cw31.html", _context(facts, write, top=1)))


def numbered(document: str) -> str:
    """Number what a document prints from records, in its order, so that each can be found again in the PDF.

    A text cannot hold this markup itself: whatever people write comes out escaped.
    """
    counter = count(1)
    return FROM_RECORDS.sub(lambda found: f'{found[0]} data-number="{next(counter)}"', document)


def too_long(facts: Cw31) -> bool:
    """True when the texts are together longer than a paper can be."""
    return sum(len(text) for text in _texts(facts)) > LARGEST_PAPER


def as_fragment(facts: Cw31) -> tuple[SafeString, list[SafeString]]:
    """Write the preview for a page, with its notes to print below it."""
    notes: list[str] = []

    def write(stored: str, level: int) -> SafeString:
        return mark_safe(richtext.screen(richtext.parse(stored), notes, level))  # noqa: S308

    fragment = render_to_string("documents/cw31_body.html", _context(facts, write, top=2) | {"top": 2})
    return fragment, [mark_safe(note) for note in notes]  # noqa: S308  (escaped by the writer)


def input_hash(facts: Cw31) -> str:
    """Return a mark of everything that shapes the paper: its facts, templates, style, fonts and engine."""
    return hashlib.sha256(f"{program()}\n{facts!r}".encode()).hexdigest()


@cache
def program() -> str:
    """Return a mark of the templates, style, fonts and engine that make a paper."""
    total = hashlib.sha256(pdf.versions().encode())
    for name in TEMPLATE_FILES:
        total.update((settings.BASE_DIR / "templates" / name).read_bytes())
    for module in ("richtext/writing.py", "wording.py", "numbers.py"):
        total.update((settings.BASE_DIR / "core" / module).read_bytes())
    return total.hexdigest()


def _texts(facts: Cw31) -> list[str]:
    return [row.text for row in facts.rows] + [section.text for section in facts.annex.sections]


def _context(facts: Cw31, write: Any, top: int) -> dict[str, Any]:
    return {
        "facts": facts,
        "rows": [Written(row, write(row.text, top + 2)) for row in facts.rows],
        "annex": [Written(section, write(section.text, top + 3)) for section in facts.annex.sections],
    }
