"""Composing the annex: parts, what they cite, and in which order."""

import datetime
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from claims.actions import annex as actions
from claims.documents import annex
from claims.documents.citable import citable
from claims.models import AnnexPart, Citation
from partners.models import Contribution, FundTotal, Partner
from results.models import Result, ResultGroup, ResultVersion

pytestmark = pytest.mark.django_db
YEAR = {"period_start": datetime.date(2023, 1, 1), "period_end": datetime.date(2023, 12, 31)}


@pytest.fixture
def part(claim: Any, officer: Any, fund: Any) -> AnnexPart:
    return actions.add_part(by=officer, claim=claim, title="UHF 2023", partner=fund)


def made(fund: Any, label: str, value: int, **fields: Any) -> Result:
    result = Result.objects.create(partner=fund, label=label, unit="mensen", **YEAR, **fields)
    ResultVersion.objects.create(result=result, value=value)
    return result


def arrange(officer: Any, part: AnnexPart, **changes: Any) -> None:
    blank: dict[str, Any] = {
        "title": part.title,
        "headings": {},
        "additions": {},
        "cite": [],
        "move": None,
        "drop": None,
    }
    actions.arrange(by=officer, part=part, **blank | changes)


def cited(part: AnnexPart) -> list[str]:
    return [str(citation.cited) for citation in Citation.objects.filter(part=part).in_order()]


def test_chosen_records_are_cited_in_the_order_of_choosing(part: AnnexPart, officer: Any, fund: Any) -> None:
    total = FundTotal.objects.create(partner=fund, year=2023, kind="received", amount=182)
    result = made(fund, "kregen winterkleding", 230_000)
    arrange(
        officer, part, cite=[f"total:{total.public_id}", f"result:{result.public_id}", f"result:{result.public_id}"]
    )
    assert cited(part) == [str(total), str(result)]


def test_citations_move_up_and_down_and_out(part: AnnexPart, officer: Any, fund: Any) -> None:
    results = [made(fund, label, 1) for label in ("a", "b", "c")]
    arrange(officer, part, cite=[f"result:{result.public_id}" for result in results])
    keys = {str(citation.cited): str(citation.public_id) for citation in Citation.objects.filter(part=part)}
    order = [str(result) for result in results]
    arrange(officer, part, move=("up", keys[order[2]]))
    assert cited(part) == [order[0], order[2], order[1]]
    arrange(officer, part, move=("up", keys[order[0]]))
    assert cited(part) == [order[0], order[2], order[1]]
    arrange(officer, part, move=("down", keys[order[0]]))
    assert cited(part) == [order[2], order[0], order[1]]
    arrange(officer, part, drop=keys[order[2]])
    assert cited(part) == [order[0], order[1]]


def test_headings_and_additions_are_kept_together_with_a_move(part: AnnexPart, officer: Any, fund: Any) -> None:
    result = made(fund, "a", 1)
    arrange(officer, part, cite=[f"result:{result.public_id}"])
    key = str(Citation.objects.get().public_id)
    arrange(officer, part, title="Anders", headings={key: " Winterhulp "}, additions={key: "Dat was veel."})
    citation = Citation.objects.get()
    assert (citation.heading, citation.addition, AnnexPart.objects.get().title) == (
        "Winterhulp",
        "Dat was veel.",
        "Anders",
    )


def test_something_unknown_keeps_nothing_of_the_whole_save(part: AnnexPart, officer: Any, fund: Any) -> None:
    result = made(fund, "a", 1)
    for wrong in (
        "result:x",
        "wat:00000000-0000-0000-0000-000000000000",
        "result:00000000-0000-0000-0000-000000000000",
        "",
    ):
        with pytest.raises(actions.Unknown):
            arrange(officer, part, title="Anders", cite=[f"result:{result.public_id}", wrong])
    assert not Citation.objects.exists()
    assert AnnexPart.objects.get().title == "UHF 2023"


@pytest.mark.parametrize("who", ["manager", "reader", "stranger", "administrator"])
def test_only_an_officer_of_the_directorate_composes(who: str, part: AnnexPart, request: pytest.FixtureRequest) -> None:
    person = request.getfixturevalue(who)
    with pytest.raises(PermissionDenied):
        arrange(person, part)
    with pytest.raises(PermissionDenied):
        actions.remove_part(by=person, part=part)
    with pytest.raises(PermissionDenied):
        actions.add_part(by=person, claim=part.claim, title="x", partner=None)


def test_another_directorates_confidential_result_cannot_be_cited(
    part: AnnexPart, officer: Any, fund: Any, other_directorate: Any
) -> None:
    theirs = made(fund, "geheim", 1, confidential=True, directorate=other_directorate)
    with pytest.raises(actions.Unknown):
        arrange(officer, part, cite=[f"result:{theirs.public_id}"])
    sentences = [
        choice.sentence for group in citable(user=officer, partner=fund, without=[]) for choice in group.choices
    ]
    assert not any("geheim" in sentence for sentence in sentences)


def test_the_database_refuses_a_citation_of_none_or_two_records(part: AnnexPart, fund: Any) -> None:
    given = Contribution.objects.create(subject="x")
    for records in ({}, {"result": made(fund, "a", 1), "contribution": given}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Citation.objects.create(part=part, **records)


def test_results_stand_under_the_heading_of_their_group_with_its_note(part: AnnexPart, officer: Any, fund: Any) -> None:
    group = ResultGroup.objects.create(partner=fund, title="Winterhulp 2023", note="Aantallen overlappen.")
    first, loose = made(fund, "kregen kleding", 230_000, group=group), made(fund, "kregen hulp", 5)
    arrange(officer, part, cite=[f"result:{loose.public_id}", f"result:{first.public_id}"])
    blocks = annex.cite(part.claim).blocks[part.pk]
    assert [(block.heading, block.note, block.sentences) for block in blocks] == [
        ("", "", ("5 mensen kregen hulp.",)),
        ("Winterhulp 2023", "Aantallen overlappen.", ("230.000 mensen kregen kleding.",)),
    ]


def test_what_can_be_cited_is_the_partners_own_and_not_yet_cited(part: AnnexPart, officer: Any, fund: Any) -> None:
    other = Partner.objects.create(name="Ander", short_name="AND", kind="ngo")
    mine, theirs = made(fund, "van ons", 1), made(other, "van hen", 1)

    def offered(partner: Any) -> set[str]:
        already = list(Citation.objects.filter(part=part))
        return {
            choice.key for group in citable(user=officer, partner=partner, without=already) for choice in group.choices
        }

    assert offered(fund) == {f"result:{mine.public_id}"}
    assert offered(None) == {f"result:{mine.public_id}", f"result:{theirs.public_id}"}
    arrange(officer, part, cite=[f"result:{mine.public_id}"])
    assert offered(fund) == set()
