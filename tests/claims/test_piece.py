""" "Controleer mijn stuk": any text or Word file, checked at once, and nothing of it is kept."""

import time
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.urls import reverse

from claims.checks.piece import LONGEST, PieceReport, check_piece
from claims.rules import form_layout
from core.findings import Severity
from core.pandoc import door

QUESTIONS = {
    "doelen": ["Welke doelen worden nagestreefd met het voorstel in termen van beoogde prestaties en effecten?"],
    "instrumenten": ["Welke beleidsinstrumenten worden ingezet om deze doelen te realiseren?"],
    "financien-rijk": ["Welke financiële gevolgen heeft het voorstel voor de Rijksbegroting?"],
    "financien-sectoren": ["Welke financiële gevolgen heeft het voorstel voor maatschappelijke sectoren (als van toepassing)?"],
    "doeltreffendheid": ["Op welke wijze en in welke mate wordt verwacht dat het beleidsinstrumentarium gaat bijdragen aan de beoogde prestaties en effecten?"],
    "doelmatigheid": ["Waarom is het voorgestelde instrumentarium een efficiënte manier om de beoogde prestaties en effecten te bereiken?"],
    "evaluatie": ["Hoe wordt het voorstel gemonitord en geëvalueerd?"],
}  # fmt: skip
TITLES = {key: key for key in QUESTIONS}

# Laid out as text comes out of a PDF: labels joined to questions and broken over lines. All sentences are our own.
FORM = """Bestedingsvoorstel
1. Doel(en) Welke doelen worden nagestreefd met het voorstel in termen van beoogde prestaties en

effecten?
Mensen komen de winter door. De hulp neemt licht af (van EUR 21 mln in 2025 naar EUR 15 mln
in 2026).

a. Humanitair: EUR 15 miljoen – ICRC
Voor resultaten zie bijlage 1.
b. Stabiele overheid: EUR 10 miljoen – UNDP en EUAM
- herstel (EUR 6 mln)
- politie (EUR 4 mln)

2. Beleidsinstrument(en) Welke beleidsinstrumenten worden ingezet om deze doelen te realiseren?
Bijdragen aan organisaties.

3.
A. Financiële gevolgen
voor het Rijk

Welke financiële gevolgen heeft het voorstel voor de Rijksbegroting?
In totaal is EUR 25 miljoen nodig.

B. Financiële gevolgen
voor maatschappelijke
sectoren

Welke financiële gevolgen heeft het voorstel voor maatschappelijke sectoren (als van
toepassing)?
n.v.t.

4. Nagestreefde
doeltreffendheid

Op welke wijze en in welke mate wordt verwacht dat het beleidsinstrumentarium gaat
bijdragen aan de beoogde prestaties en effecten?
a. Humanitair
Het helpt rechtstreeks.
b. Legitieme overheid
Het helpt lokaal.

5. Nagestreefde doelmatigheid
Waarom is het voorgestelde instrumentarium een efficiënte manier om de beoogde prestaties en effecten te bereiken?
Het is de snelste weg.

6. Evaluatieparagraaf Hoe wordt het voorstel gemonitord en geëvalueerd?
Het ministerie volgt het zelf.

Bijlage 1: Resultaten
ICRC bereikte 20,959 mensen, het fonds 480.000. EUAM leidde agenten op.
"""


def check(text: str) -> PieceReport:
    return check_piece(text, QUESTIONS, TITLES)


def codes(text: str) -> list[str]:
    return [finding.code for finding in check(text).findings]


# -- a form ----------------------------------------------------------------------------------------------------------


def test_a_form_out_of_a_pdf_is_told_apart_into_its_sections() -> None:
    parts = {
        part.key: " ".join(FORM[part.body_start : part.body_end].split())
        for part in form_layout.parts_of(FORM, QUESTIONS)
    }
    assert list(parts) == [*QUESTIONS, "bijlage"]
    assert parts["doelen"].startswith("Mensen komen de winter door.")
    assert parts["financien-rijk"] == "In totaal is EUR 25 miljoen nodig."
    assert parts["financien-sectoren"] == "n.v.t."
    assert parts["evaluatie"] == "Het ministerie volgt het zelf."


def test_a_form_is_told_all_that_it_lacks_and_contradicts() -> None:
    report = check(FORM)
    assert report.is_form
    assert [f.code for f in report.of(Severity.ERROR)] == ["wording-light"]
    assert {f.code for f in report.of(Severity.WARNING)} == {
        *("term", "finance-article", "finance-cover", "finance-series", "label-drift", "annex-partner"),
        *("evaluation-evaluator", "evaluation-when", "evaluation-method", "evaluation-indicator"),
        *("notation-ambiguous", "notation-mixed"),
    }
    assert {f.code for f in report.of(Severity.NOTE)} == {"notation-unit", "alternative", "threshold"}
    silent = next(f for f in report.findings if f.code == "annex-partner")
    assert "UNDP" in str(silent.message)


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("EUR 25 miljoen", "EUR 26 miljoen", "goals-sum"),
        ("(EUR 4 mln)", "(EUR 5 mln)", "goal-parts"),
        ("Het is de snelste weg.", "", "empty-doelmatigheid"),
        ("In totaal is EUR 25 miljoen nodig.", "N.v.t.", "empty-financien-rijk"),
        ("Bijlage 1: Resultaten\nICRC bereikte 20,959 mensen, het fonds 480.000. EUAM leidde agenten op.", "", "annex-empty"),
        ("6. Evaluatieparagraaf", "6. Overig", "missing-evaluatie"),
        ("Het helpt lokaal.", "Dit voert de motie Jansen uit.", "motion-number"),
        ("Het helpt lokaal.", "Het aandeel is bijna 12 %.", "share-basis"),
        ("Het helpt lokaal.", "Er is 200 mln voor gereserveerd.", "no-currency"),
    ],
)  # fmt: skip
def test_each_defect_is_named(old: str, new: str, code: str) -> None:
    assert code not in codes(FORM)
    assert old in FORM
    assert code in codes(FORM.replace(old, new))


def test_a_form_below_the_threshold_is_not_said_to_need_the_frame() -> None:
    small = FORM.replace("EUR 15 miljoen", "EUR 8 miljoen").replace("EUR 25 miljoen", "EUR 18 miljoen")
    assert "threshold" in codes(FORM)
    assert "threshold" not in codes(small)


# -- a nota ----------------------------------------------------------------------------------------------------------

NOTA = """TER BESLISSING
Datum

4 februari 2026
Afgestemd met

JZ
Opgesteld door
X
Aanleiding
Uw akkoord van 16 januari jl met EUR 2 min voor hulp.
De brief is afgestemd met FIN.
"""


def test_a_nota_is_no_form_and_still_checked() -> None:
    report = check(NOTA)
    assert not report.is_form
    assert [f.code for f in report.findings] == ["notation-min", "coordinated"]
    assert [n.reading for n in report.figures] == ["EUR 2.000.000"]
    assert "coordinated" not in codes(NOTA.replace("JZ", "JZ, FIN"))
    assert "dates" in codes(NOTA.replace("16 januari jl", "16 maart 2026"))


def test_a_piece_without_numbers_is_fine() -> None:
    assert check("Niets aan de hand.").findings == ()
    assert check("").findings == ()


@pytest.mark.slow
@pytest.mark.parametrize(
    "text",
    [
        "1 " * 150_000,
        "a" * 300_000,
        "a. " * 100_000,
        "waarvan 5 " * 30_000,
        "Een x " * 50_000,
        "1.1" * 100_000,
        ":" * 300_000,
        "\n" * 300_000,
        "EUR " * 75_000,
        "van 1 naar 2 mln " * 17_000,
        "a.b." * 75_000,
        "motie van " * 30_000,
        "a. Abc\n" * 42_000,
        "bijlage 1\n" * 30_000,
        "(" * 300_000,
        "10 %" * 75_000,
        "Kamerstuk 36 " * 23_000,
    ],
)
def test_an_endless_text_is_answered_within_seconds(text: str) -> None:
    began = time.monotonic()
    check(text[:LONGEST])
    assert time.monotonic() - began < 12


# -- the page --------------------------------------------------------------------------------------------------------


@pytest.fixture
def anna(enter: Any, officer: Any) -> Any:
    return enter(officer)


def rows() -> dict[str, int]:
    with connection.cursor() as cursor:
        names = [name for name in connection.introspection.table_names(cursor) if name not in ("django_session",)]
        counts = {}
        for name in names:
            cursor.execute(f'select count(*) from "{name}"')  # noqa: S608
            counts[name] = cursor.fetchone()[0]
    return counts


@pytest.mark.django_db
def test_a_pasted_text_is_checked_and_nothing_is_kept(anna: Any) -> None:
    before = rows()
    answer = anna.post(reverse("check-piece"), {"text": FORM})
    assert answer.status_code == 200
    html = answer.content.decode()
    assert "licht af" in html
    assert "20.959 / 20,959" in html
    assert rows() == before
    assert "no-store" in answer["Cache-Control"] or "max-age=0" in answer["Cache-Control"]


@pytest.mark.django_db
def test_a_word_file_is_checked_as_its_text_is(anna: Any) -> None:
    content = door.run(
        ["-f", "markdown", "-t", "docx", "-o", "-"], b"Van EUR 21 mln naar EUR 15 mln, een lichte daling.\n"
    )
    answer = anna.post(reverse("check-piece"), {"file": SimpleUploadedFile("stuk.docx", content)})
    assert "lichte daling" in answer.content.decode()
    assert "stuk.docx" in answer.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"text": "   "},
        {"text": "x" * (LONGEST + 1)},
        {"file": SimpleUploadedFile("stuk.docx", b"geen Word")},
        {"file": SimpleUploadedFile("leeg.docx", b"")},
        {"file": SimpleUploadedFile("oud.doc", b"\xd0\xcf\x11\xe0" + b"\0" * 600)},
    ],
)
def test_what_cannot_be_checked_is_said(sent: dict[str, Any], anna: Any) -> None:
    answer = anna.post(reverse("check-piece"), sent)
    assert answer.status_code == 422
    assert "utrecht-alert--error" in answer.content.decode()


@pytest.mark.django_db
def test_odd_characters_harm_nothing(anna: Any) -> None:
    assert anna.post(reverse("check-piece"), {"text": "\x01\ud7ff€ 5\u2028 mln <script>"}).status_code == 200


@pytest.mark.django_db
def test_only_people_with_a_role_check(client: Any, enter: Any, nobody: Any) -> None:
    assert client.get(reverse("check-piece")).status_code == 302
    assert enter(nobody).get(reverse("check-piece")).status_code == 403
