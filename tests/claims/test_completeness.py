"""What a claim still lacks."""

from decimal import Decimal
from typing import Any

import pytest

from claims.checks.completeness import missing
from claims.models import AnnexPart, ClaimLine, Evaluation, Goal, LineYear, Section
from claims.queries.tree import tree_of
from claims.rules.division import Division
from core.findings import Severity

D = Decimal


@pytest.mark.parametrize(
    ("whole", "parts", "rest", "fits"),
    [
        (D(25), [D(15), D(10)], D(0), True),
        (D(25), [D(15)], D(10), False),
        (D(25), [D(20), D(10)], D(-5), False),
        (None, [D(20)], None, False),
        (D(25), [D(25), None], D(0), False),
        (D(25), [], D(25), False),
    ],
)
def test_a_division_says_what_is_still_to_go(
    whole: D | None, parts: list[D | None], rest: D | None, fits: bool
) -> None:
    division = Division.of(whole, parts)
    assert (division.rest, division.fits) == (rest, fits)


def codes(claim: Any) -> set[str]:
    return {finding.code for finding in missing(tree_of(claim.reference))}


@pytest.mark.django_db
def test_a_fresh_claim_lacks_its_texts_goals_article_cash_and_evaluation(claim: Any) -> None:
    lacking = codes(claim)
    assert {
        "no-goals",
        "text-doelen",
        "text-evaluatie",
        "evaluation",
        "line-cash",
        "line-article",
        "line-instrument",
    } <= lacking
    assert not lacking & {"amount", "no-lines", "line-partner", "line-years", "lines"}


@pytest.mark.django_db
def test_goals_that_do_not_add_up_are_an_error_with_both_amounts(claim: Any) -> None:
    Goal.objects.create(claim=claim, label="Een", amount=D(1_500_000))
    (finding,) = [finding for finding in missing(tree_of(claim.reference)) if finding.code == "goals"]
    assert finding.severity == Severity.ERROR
    assert (
        str(finding.message)
        == "De doelen tellen op tot €\u00a01.500.000,00 van €\u00a02.000.000,00: nog €\u00a0500.000,00 te gaan."
    )
    Goal.objects.create(claim=claim, label="Twee", amount=D(600_000))
    (finding,) = [finding for finding in missing(tree_of(claim.reference)) if finding.code == "goals"]
    assert "€\u00a0100.000,00 meer dan" in str(finding.message)


@pytest.mark.django_db
def test_lines_of_a_goal_are_held_against_the_goal(claim: Any) -> None:
    goal = Goal.objects.create(claim=claim, label="Een", sentence="Doel.", amount=D(2_000_000))
    assert "goal-lines" in codes(claim)
    assert "line-goal" in codes(claim)
    ClaimLine.objects.filter(claim=claim).update(goal=goal)
    assert not codes(claim) & {"goal-lines", "goal-division", "line-goal"}
    LineYear.objects.update(commitment=D(1))
    assert "goal-division" in codes(claim)


@pytest.mark.django_db
def test_a_text_that_points_to_an_empty_annex_is_found(claim: Any) -> None:
    question = claim.template.sections.get(key="doelen")
    Section.objects.create(claim=claim, question=question, text="<p>Voor resultaten zie Bijlage 1.</p>")
    assert "annex-empty" in codes(claim)
    AnnexPart.objects.create(claim=claim, title="UNDP")
    assert "annex-empty" not in codes(claim)


@pytest.mark.django_db
def test_an_evaluation_without_moment_method_and_indicator_is_found(claim: Any) -> None:
    Evaluation.objects.create(claim=claim, evaluator="IOB", method="steekproef")
    (finding,) = [finding for finding in missing(tree_of(claim.reference)) if finding.code == "evaluation-parts"]
    assert str(finding.message) == "Van de evaluatie ontbreekt: wanneer, indicator."


@pytest.mark.django_db
def test_a_year_outside_the_claims_years_is_found(claim: Any) -> None:
    LineYear.objects.create(line=claim.lines.get(), open_year=2031, commitment=D(1))
    assert "line-outside" in codes(claim)


@pytest.mark.django_db
def test_what_was_copied_and_not_updated_is_an_error(claim: Any) -> None:
    claim.amount_to_update = True
    claim.save()
    assert "to-update" in codes(claim)


@pytest.mark.django_db
def test_every_finding_leads_somewhere_its_reader_may_go(story: Any, enter: Any) -> None:
    from claims.models import Claim
    from core.models import User

    client = enter(User.objects.get(username="anna"))
    for claim in Claim.objects.all():
        for finding in missing(tree_of(claim.reference)):
            assert finding.url
            assert client.get(finding.url).status_code == 200


@pytest.mark.django_db
def test_the_demo_claim_adds_up_and_lacks_only_what_the_published_paper_lacks(story: Any) -> None:
    from claims.models import Claim

    claim = Claim.objects.get(title__startswith="Humanitaire noden")
    findings = missing(tree_of(claim.reference))
    lacks = {"line-cash", "line-envelope", "line-article", "evaluation", "results-missing"}
    assert {finding.code for finding in findings} == lacks
    assert not [finding for finding in findings if finding.severity == Severity.ERROR]


@pytest.mark.django_db
def test_checking_takes_no_queries_beyond_fetching(story: Any, django_assert_num_queries: Any) -> None:
    from claims.models import Claim

    tree = tree_of(Claim.objects.get(title__startswith="Humanitaire noden").reference)
    with django_assert_num_queries(0):
        missing(tree)


@pytest.mark.django_db
def test_a_cash_plan_above_the_commitment_over_all_years_is_a_warning(claim: Any) -> None:
    year = LineYear.objects.get()
    year.cash = year.commitment
    year.save()
    assert "line-cash-over" not in codes(claim)
    LineYear.objects.create(line=year.line, open_year=2027, commitment=D(0), cash=D("0.01"))
    (finding,) = [finding for finding in missing(tree_of(claim.reference)) if finding.code == "line-cash-over"]
    assert finding.severity == Severity.WARNING
    assert "2.000.000,01" in str(finding.message)
