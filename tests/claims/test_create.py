"""Making claims: references, the quick start, and the copy to a next year."""

import threading
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection, transaction

from claims.actions.create import copy_to_next_year, create, next_reference, quick_start
from claims.checks.completeness import flags
from claims.models import AnnexPart, Claim, ContextFigure, Envelope, Evaluation, Goal, LinePartner, LineYear, Section
from claims.queries.tree import tree_of
from claims.rules.numbering import letter, reference
from tests.conftest import NOON


@pytest.mark.parametrize(("number", "written"), [(1, "BV-2026-0001"), (42, "BV-2026-0042"), (12345, "BV-2026-12345")])
def test_a_reference_counts_within_its_year(number: int, written: str) -> None:
    assert reference(2026, number) == written


@pytest.mark.parametrize(("position", "named"), [(1, "a"), (2, "b"), (26, "z"), (27, "aa"), (52, "az"), (53, "ba")])
def test_goals_are_lettered(position: int, named: str) -> None:
    assert letter(position) == named


@pytest.mark.parametrize(
    ("title", "years", "said"),
    [
        ("Winterhulp", (2026, 2026), "Winterhulp – 2026"),
        ("Winterhulp 2026", (2026, 2026), "Winterhulp 2026"),
        ("Winterhulp 2026-2027", (2026, 2027), "Winterhulp 2026-2027"),
        ("Winterhulp 2026", (2026, 2027), "Winterhulp 2026 – 2026–2027"),
        ("Winterhulp 2025", (2026, 2026), "Winterhulp 2025 – 2026"),
    ],
)
def test_a_papers_title_says_the_years_once(title: str, years: tuple[int, int], said: str) -> None:
    assert Claim(title=title, first_year=years[0], last_year=years[1]).dated() == said


@pytest.mark.django_db
def test_references_follow_each_other_and_begin_anew_each_year() -> None:
    assert [next_reference(2026), next_reference(2026), next_reference(2027)] == [
        "BV-2026-0001",
        "BV-2026-0002",
        "BV-2027-0001",
    ]


@pytest.mark.django_db
def test_a_reference_never_changes(claim: Any) -> None:
    for field in ("reference", "public_id", "created_at"):
        with pytest.raises(DatabaseError), transaction.atomic():
            Claim.objects.filter(pk=claim.pk).update(**{field: getattr(Claim(), field) or NOON.replace(year=2020)})


@pytest.mark.django_db(transaction=True)
def test_claims_made_in_the_same_second_get_references_of_their_own(
    stage: None, officer: Any, directorate: Any
) -> None:
    made: list[str] = []

    def make() -> None:
        try:
            made.append(
                create(by=officer, at=NOON, directorate=directorate, title="Tegelijk", first_year=2026).reference
            )
        finally:
            connection.close()

    threads = [threading.Thread(target=make) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(made) == [f"BV-2026-{number:04d}" for number in range(1, 9)]


@pytest.mark.django_db
def test_a_quick_start_needs_title_amount_partner_and_cover_alone(
    claim: Any, officer: Any, partner: Any, envelope: Any
) -> None:
    tree = tree_of(claim.reference)
    (line,) = tree.lines
    assert (claim.owner, claim.first_year, claim.last_year, claim.state) == (officer, 2026, 2026, "draft")
    assert line.amount == claim.amount == Decimal("2000000.00")
    assert [(role.partner, role.role, role.status) for role in line.roles] == [(partner, "recipient", "intended")]
    assert [cover.code for cover in line.covers] == ["non-military-support"]
    assert claim.template.code == "cw31-2025"


@pytest.mark.django_db
def test_a_quick_start_without_an_envelope_keeps_the_year(officer: Any, directorate: Any, partner: Any) -> None:
    made = quick_start(
        by=officer,
        at=NOON,
        directorate=directorate,
        title="Later",
        amount=Decimal(1),
        partner=partner,
        envelope=None,
        year=2027,
    )
    assert made.first_year == 2027
    assert LineYear.objects.get(line__claim=made).open_year == 2027


@pytest.mark.django_db
@pytest.mark.parametrize("who", ["manager", "controller", "reader", "administrator", "nobody", "stranger"])
def test_only_an_officer_of_the_directorate_makes_claims(
    who: str, directorate: Any, request: pytest.FixtureRequest
) -> None:
    with pytest.raises(PermissionDenied, match="Alleen een beleidsmedewerker"):
        create(by=request.getfixturevalue(who), at=NOON, directorate=directorate, title="Mag niet", first_year=2026)
    assert not Claim.objects.exists()


@pytest.mark.django_db
def test_a_copy_takes_goals_lines_and_texts_along_and_marks_every_figure(story: Any) -> None:
    from core.models import User

    old = Claim.objects.get(title__startswith="Humanitaire noden")
    anna = User.objects.get(username="anna")
    Evaluation.objects.create(claim=old, evaluator="IOB", planned_on=NOON.date())
    next_envelope = Envelope.objects.create(
        name="Niet-militaire steun Oekraïne",
        year=2027,
        cover=Envelope.objects.get(name="Niet-militaire steun Oekraïne", year=2026).cover,
    )
    fresh = copy_to_next_year(by=anna, at=NOON, claim=old, year=2027)
    tree, before = tree_of(fresh.reference), tree_of(old.reference)

    assert (fresh.reference, fresh.copied_from, fresh.years, fresh.ministry_reference) == (
        "BV-2026-0002",
        old,
        "2027",
        "",
    )
    assert [goal.goal.label for goal in tree.goals] == [goal.goal.label for goal in before.goals]
    assert [line.line.title for line in tree.lines] == [line.line.title for line in before.lines]
    assert [[row.year for row in line.years] for line in tree.lines] == [[2027]] * 3
    assert tree.lines[0].years[0].envelope == next_envelope
    assert tree.lines[1].years[0].envelope is None
    assert [section.text for _question, section in tree.sections if section] == [
        section.text for _question, section in before.sections if section
    ]
    assert AnnexPart.objects.filter(claim=fresh).count() == 3
    assert Evaluation.objects.get(claim=fresh).planned_on is None
    assert set(LinePartner.objects.filter(line__claim=fresh).values_list("status", flat=True)) == {"intended"}
    assert (
        ContextFigure.objects.filter(claim=fresh, to_update=True).count()
        == ContextFigure.objects.filter(claim=old).count()
    )
    assert all(flags(tree))
    assert not any(flags(before))


@pytest.mark.django_db
def test_a_copy_has_identities_of_its_own(claim: Any, officer: Any) -> None:
    Goal.objects.create(claim=claim, label="Doel")
    fresh = copy_to_next_year(by=officer, at=NOON, claim=claim, year=2027)
    assert fresh.public_id != claim.public_id
    assert fresh.goals.get().public_id != claim.goals.get().public_id


@pytest.mark.django_db
def test_a_copy_into_another_form_version_keeps_the_texts_by_their_questions(claim: Any, officer: Any) -> None:
    from claims.models import FormTemplate

    Section.objects.create(claim=claim, question=claim.template.sections.get(key="doelen"), text="<p>Doel</p>")
    FormTemplate.objects.filter(pk=claim.template_id).update(active=False)
    fresh = copy_to_next_year(by=officer, at=NOON, claim=Claim.objects.get(), year=2027)
    assert fresh.template.code == "cw31-2025-term"
    assert fresh.sections.get().question == fresh.template.sections.get(key="doelen")
