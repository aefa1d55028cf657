"""What does not fit together in a claim, and the pure rules behind it."""

import datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.checks.consistency import inconsistent
from claims.models import AnnexPart, ContextFigure, Evaluation, Goal, LineYear, Section
from claims.queries.tree import tree_of
from claims.rules import piece
from claims.rules.threshold import YearMoney, reached
from core import prose, richtext
from core.findings import Severity
from core.prose.sentences import spans


def codes(claim: Any) -> list[str]:
    return [finding.code for finding in inconsistent(tree_of(claim.reference))]


def write(claim: Any, key: str, text: str) -> None:
    question = claim.template.sections.get(key=key)
    Section.objects.update_or_create(claim=claim, question=question, defaults={"text": richtext.canonical(text)})


# -- the EUR 20 mln rule ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([(2026, "19999999.99", None)], None),
        ([(2026, "20000000", None)], (2026, "commitment")),
        ([(2026, "15000000", None), (2027, "15000000", None)], None),
        ([(2026, "15000000", None), (2026, "10000000", None)], (2026, "commitment")),
        ([(2026, "12000000", "2000000"), (2027, "0", "20000000")], (2027, "cash")),
        ([], None),
    ],
)
def test_the_frame_is_required_from_twenty_million_in_one_year(rows: list[Any], expected: Any) -> None:
    found = reached(YearMoney(year, Decimal(amount), Decimal(cash) if cash else None) for year, amount, cash in rows)
    assert (found and (found.year, found.series)) == expected


CENTS = st.integers(0, 1_999_999_900).map(lambda cents: Decimal(cents).scaleb(-2))


@given(st.lists(st.tuples(st.integers(2024, 2030), CENTS), max_size=6))
def test_the_threshold_is_of_the_year_as_a_whole(rows: list[tuple[int, Decimal]]) -> None:
    totals = {year: sum(amount for other, amount in rows if other == year) for year, _amount in rows}
    assert (reached(YearMoney(year, amount, None) for year, amount in rows) is not None) == any(
        total >= 20_000_000 for total in totals.values()
    )


@pytest.mark.django_db
def test_a_required_frame_takes_no_not_applicable(claim: Any) -> None:
    write(claim, "doelmatigheid", "<p>N.v.t.</p>")
    write(claim, "financien-sectoren", "<p>n.v.t.</p>")
    assert "threshold" not in codes(claim)
    LineYear.objects.filter(line__claim=claim).update(commitment=Decimal(20_000_000))
    found = codes(claim)
    assert "threshold" in found
    assert "not-applicable-doelmatigheid" in found
    assert "not-applicable-financien-sectoren" not in found


# -- texts against records -------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_goal_called_otherwise_is_named(claim: Any) -> None:
    Goal.objects.create(claim=claim, position=1, label="Humanitair")
    Goal.objects.create(claim=claim, position=2, label="Stabiele, legitieme overheid")
    write(claim, "doelen", "<h2>a. Humanitair: EUR 1 mln</h2><p>…</p><h2>b. Stabiele, legitieme overheid</h2><p>…</p>")
    assert "label-drift" not in codes(claim)
    write(claim, "doelmatigheid", "<h2>b. Legitieme overheid</h2><p>Dat werkt.</p>")
    assert codes(claim).count("label-drift") == 1


@pytest.mark.django_db
def test_a_term_is_asked_for_in_both_form_versions_but_not_as_strongly(claim: Any) -> None:
    write(claim, "doelen", "<p>Mensen krijgen hulp.</p>")
    (old,) = [f for f in inconsistent(tree_of(claim.reference)) if f.code == "term"]
    assert old.severity is Severity.NOTE
    write(claim, "doelen", "<p>Mensen krijgen uiterlijk eind 2027 hulp.</p>")
    assert "term" not in codes(claim)


@pytest.mark.django_db
def test_a_motion_without_number_and_a_share_without_basis_are_named(claim: Any) -> None:
    write(claim, "doelen", "<p>Dit voert de motie van het lid Jansen uit.</p><p>Het aandeel was bijna 12 %.</p>")
    found = codes(claim)
    assert "motion-number" in found
    assert "share-basis" in found


@pytest.mark.django_db
def test_a_partner_without_results_is_named_when_the_text_points_to_the_annex(
    claim: Any, fund: Any, partner: Any
) -> None:
    write(claim, "doelen", "<p>Zie bijlage 1 voor eerdere resultaten.</p>")
    AnnexPart.objects.create(claim=claim, position=1, title="UHF", partner=fund)
    assert "annex-partner" in codes(claim)
    AnnexPart.objects.create(claim=claim, position=2, title="OP", partner=partner)
    assert "annex-partner" not in codes(claim)


@pytest.mark.django_db
def test_dates_out_of_order_are_named(claim: Any) -> None:
    Evaluation.objects.create(claim=claim, evaluator="IOB", planned_on=datetime.date(2025, 12, 31))
    figure = ContextFigure.objects.create(
        claim=claim, subject="x", value=1, unit="mensen", as_of=datetime.date(2026, 3, 1)
    )
    claim.paper_date = datetime.date(2026, 2, 4)
    claim.save()
    found = codes(claim)
    assert "dates-evaluation" in found
    assert "dates-context" in found
    assert "context-source" in found
    ContextFigure.objects.filter(pk=figure.pk).update(as_of=None)
    assert "context-date" in codes(claim)


@pytest.mark.django_db
def test_checks_of_a_claim_take_a_fixed_number_of_queries(claim: Any, django_assert_max_num_queries: Any) -> None:
    tree = tree_of(claim.reference)
    with django_assert_max_num_queries(3):
        inconsistent(tree)


# -- the rules -------------------------------------------------------------------------------------------------------


def test_what_an_evaluation_paragraph_lacks() -> None:
    assert piece.lacks_of_evaluation("Het ministerie volgt de voortgang zelf.") == [
        "evaluator",
        "when",
        "method",
        "indicator",
    ]
    full = "IOB evalueert in 2028 met interviews aan de hand van drie indicatoren."
    assert piece.lacks_of_evaluation(full) == []


def test_what_a_finance_paragraph_lacks() -> None:
    assert piece.lacks_of_finance("Er is EUR 25 mln van de Rijksbegroting nodig.") == ["article", "cover", "series"]
    full = "De verplichting komt ten laste van artikel 4.1."
    assert piece.lacks_of_finance(full) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Dit voert de motie Jansen uit.", 1),
        ("Dit voert de motie Jansen uit (Kamerstuk 36 045, nr. 12).", 0),
        ("Er zijn geen moties.", 0),
        ("De emotie was groot.", 0),
    ],
)
def test_a_motion_needs_its_number(text: str, expected: int) -> None:
    assert len(list(piece.motions_without_number(text, list(spans(text)), prose.find(text)))) == expected


def test_annexes_pointed_to_and_their_bodies() -> None:
    text = "Zie bijlage 1 en bijlage 2.\nBijlage 1: Resultaten\nHier staat iets.\nBijlage 2\n"
    assert [number for number, _spot in piece.annexes_pointed_to(text)] == ["1", "2"]
    assert piece.annex_bodies(text) == {"1": "Hier staat iets.", "2": ""}


def test_parties_said_to_be_coordinated_with() -> None:
    assert [spot.words for spot in piece.coordinated_with("De brief is afgestemd met FIN en DSH.")] == ["FIN", "DSH"]


@pytest.mark.parametrize(
    ("text", "lacking"),
    [
        ("Het aandeel was bijna 12 %.", ["basis", "date"]),
        ("Het aandeel was in 2023 bijna 12 %.", ["basis"]),
        ("Het aandeel in het ontvangen bedrag was in 2023 bijna 12 %.", None),
        ("De bevolking groeide 12 %.", None),
    ],
)
def test_a_share_says_of_what_and_as_of_when(text: str, lacking: list[str] | None) -> None:
    found = [names for _number, names in piece.shares_without_basis(text, list(spans(text)), prose.find(text))]
    assert found == ([lacking] if lacking else [])


def test_a_cited_day_after_the_papers_own_is_named() -> None:
    text = "Uw akkoord van 16 januari jl en uw besluit van 8 maart 2026."
    late = list(piece.dates_after(text, prose.find(text), datetime.date(2026, 2, 4)))
    assert [day for _number, day in late] == [datetime.date(2026, 3, 8)]
