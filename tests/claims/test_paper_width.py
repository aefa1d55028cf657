"""Nothing on a paper runs off its page, however long a word is."""

from decimal import Decimal
from typing import Any

import pypdfium2
import pytest

from claims.documents import cw31
from claims.models import ClaimLine, LineYear, Section
from claims.papers import as_document
from claims.queries.tree import tree_of
from core.pdf import Door

LONG = "Meervoudigepersoonlijkheidsstoornissenbehandelcentrum" * 4
ADDRESS = f"https://www.example.org/{'a' * 150}?b={'c' * 80}"
MILLIMETRE = 72 / 25.4


@pytest.fixture
def wide(claim: Any) -> Any:
    line = ClaimLine.objects.get()
    line.title = LONG[:200]
    line.save()
    LineYear.objects.update(commitment=Decimal("99999999999.99"))
    table = f"<table><tbody><tr><td>2026</td><td>{LONG}</td><td>25.000.000</td></tr></tbody></table>"
    for question in claim.template.sections.all():
        text = f"<p>{LONG} {ADDRESS}</p><ul><li>{ADDRESS}</li></ul>{table}"
        Section.objects.create(claim=claim, question=question, text=text)
    return claim


@pytest.mark.django_db
@pytest.mark.slow
def test_no_word_and_no_column_leaves_the_page(wide: Any) -> None:
    with Door() as door:
        paper = pypdfium2.PdfDocument(door.render(as_document(cw31.gather(tree_of(wide.reference), "Ministerie"))))
    words: set[str] = set()
    for page in paper:
        text, right = page.get_textpage(), page.get_width() - 19 * MILLIMETRE
        beyond = [text.get_text_range(at, 1) for at in range(text.count_chars()) if text.get_charbox(at)[2] > right]
        assert beyond == []
        words |= set(text.get_text_range().split())
    assert {"2026", "25.000.000", "99.999.999.999,99"} <= words  # years and amounts stay whole
