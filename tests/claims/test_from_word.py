""" "Begin vanuit Word": last year's form becomes a draft with its lists, tables and notes, and what was not recognised is named."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from claims.actions.begin import begin_from_word
from claims.importers.word import read_form
from claims.models import AnnexPart, Claim, Section
from claims.queries.templates import template_like
from core import richtext
from core.pandoc import door, read_docx
from tests.conftest import NOON

pytestmark = pytest.mark.django_db

PLAIN = """
CW 3.1 BZ Winterhulp – 2025

Bestedingsvoorstel

Opgesteld door afdeling hulp

1. Doel(en)

Welke doelen worden nagestreefd met het voorstel in termen van beoogde prestaties en effecten?

Mensen komen de winter door.^[Volgens de bron.]

- brandstof
    - ook aan het front
- kachels

**2. Beleidsinstrument(en)** Welke beleidsinstrumenten worden ingezet om deze doelen te realiseren?

| Partner | Bedrag |
|---------|--------|
| UNDP    | EUR 6 mln |

3A. Financiële gevolgen voor het Rijk

Er is EUR 25 mln nodig.

# Bijlage 1: Resultaten

Vooraf.

## ICRC 2024

Het bereikte 480.000 mensen.
"""


def grid(rows: list[tuple[list[str], list[str]]]) -> str:
    """Lay a form out as a table of two columns."""
    line = "+" + "-" * 30 + "+" + "-" * 110 + "+"
    out = [line]
    for left, right in rows:
        for index in range(max(len(left), len(right))):
            cells = [cell[index] if index < len(cell) else "" for cell in (left, right)]
            out.append(f"| {cells[0]:<28} | {cells[1]:<108} |")
        out.append(line)
    return "\n".join(out)


GRID = grid(
    [
        (
            ["Doel(en)"],
            [
                "Welke doelen worden nagestreefd met het voorstel in termen van beoogde prestaties en effecten?",
                "",
                "Op welke termijn worden doelen naar verwachting gerealiseerd?",
                "",
                "Mensen komen de winter door.",
                "",
                "- brandstof",
                "- kachels",
            ],
        ),
        (
            ["3\\.", "", "A\\. Financiële gevolgen", "voor het Rijk"],
            ["Welke financiële gevolgen heeft het voorstel voor de Rijksbegroting?", "", "Er is geld nodig."],
        ),
        (
            ["6\\. Evaluatieparagraaf"],
            ["Hoe wordt het voorstel gemonitord en geëvalueerd?", "", "IOB evalueert.^[Een noot.]"],
        ),
    ]
)


def docx(markdown: str) -> bytes:
    return door.run(["-f", "markdown", "-t", "docx", "-o", "-"], markdown.encode())


def begin(officer: Any, directorate: Any, markdown: str) -> Claim:
    document = read_docx(docx(markdown))
    template, questions = template_like(document)
    return begin_from_word(
        by=officer,
        at=NOON,
        directorate=directorate,
        title="Winterhulp",
        year=2026,
        form=read_form(document, questions),
        template=template,
    )


def texts(claim: Claim) -> dict[str, str]:
    rows = Section.objects.filter(claim=claim).select_related("question").order_by("question__position")
    return {row.question.key: richtext.text(richtext.parse(row.text)) for row in rows}


def test_a_form_in_running_text_becomes_a_draft(officer: Any, directorate: Any) -> None:
    claim = begin(officer, directorate, PLAIN)
    assert texts(claim) == {
        "doelen": "Mensen komen de winter door. [Volgens de bron.]\n- brandstof\n  - ook aan het front\n- kachels",
        "instrumenten": "Partner | Bedrag\nUNDP | EUR 6 mln",
        "financien-rijk": "Er is EUR 25 mln nodig.",
    }
    parts = AnnexPart.objects.filter(claim=claim).in_order()
    assert [(part.title, richtext.text(richtext.parse(part.text))) for part in parts] == [
        ("Bijlage 1: Resultaten", "Vooraf."),
        ("ICRC 2024", "Het bereikte 480.000 mensen."),
    ]
    assert all(Section.objects.filter(claim=claim).values_list("to_update", flat=True))
    assert (claim.first_year, claim.amount, claim.template.code) == (2026, None, "cw31-2025")


def test_a_form_laid_out_as_a_table_is_recognised_with_its_version(officer: Any, directorate: Any) -> None:
    claim = begin(officer, directorate, GRID)
    assert texts(claim) == {
        "doelen": "Mensen komen de winter door.\n- brandstof\n- kachels",
        "financien-rijk": "Er is geld nodig.",
        "evaluatie": "IOB evalueert. [Een noot.]",
    }
    assert claim.template.code == "cw31-2025-term"


def test_what_was_not_recognised_is_listed(db: None) -> None:
    document = read_docx(docx(PLAIN))
    form = read_form(document, template_like(document)[1])
    assert form.title == "BZ Winterhulp – 2025"
    assert form.left_over == ["Opgesteld door afdeling hulp"]


def test_who_may_not_make_claims_does_not_begin(reader: Any, directorate: Any) -> None:
    with pytest.raises(PermissionDenied):
        begin(reader, directorate, PLAIN)


def test_the_page_makes_the_draft_and_says_what_it_found(officer: Any, directorate: Any, enter: Any) -> None:
    client = enter(officer)
    assert client.get(reverse("claims:from-word")).status_code == 200
    sent = {"title": "Winterhulp", "year": "2026", "directorate": directorate.pk}
    answer = client.post(
        reverse("claims:from-word"), sent | {"file": SimpleUploadedFile("oud.docx", docx(PLAIN))}, follow=True
    )
    html = answer.content.decode()
    assert Claim.objects.filter(title="Winterhulp").count() == 1
    assert "Opgesteld door afdeling hulp" in html
    assert "6. Evaluatieparagraaf" in html


@pytest.mark.parametrize("content", [b"", b"geen word", docx("Een brief over iets anders.\n")])
def test_a_file_that_is_no_form_makes_nothing(content: bytes, officer: Any, directorate: Any, enter: Any) -> None:
    sent = {
        "title": "Winterhulp",
        "year": "2026",
        "directorate": directorate.pk,
        "file": SimpleUploadedFile("x.docx", content),
    }
    answer = enter(officer).post(reverse("claims:from-word"), sent)
    assert answer.status_code == 422
    assert "utrecht-alert--error" in answer.content.decode()
    assert not Claim.objects.exists()


def test_readers_find_no_way_in(reader: Any, enter: Any) -> None:
    assert enter(reader).get(reverse("claims:from-word")).status_code == 403
