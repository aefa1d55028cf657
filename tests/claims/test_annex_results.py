"""The annex tells results with their share, leaves confidential figures out, and a missing result is found."""

import datetime
from decimal import Decimal
from typing import Any

import pytest
from django.urls import reverse

from claims import papers
from claims.checks.completeness import missing
from claims.documents import annex, sentences
from claims.enums import PaperKind
from claims.models import AnnexPart, Citation, Claim, Section
from claims.queries.tree import tree_of
from core.pdf import Door
from partners.models import Contribution, FundTotal, Partner, Share
from results.models import Result, ResultPart, ResultVersion
from results.queries import attributed
from results.rules.attribution import Attributed
from tests.conftest import NOON
from tests.pdf_structure import text_of

pytestmark = pytest.mark.django_db
D = Decimal


@pytest.fixture
def big(story: Any) -> Any:
    return Claim.objects.get(title__startswith="Humanitaire noden")


def section_of(claim: Any, title: str) -> annex.AnnexSection:
    gathered = papers.facts_of(claim, PaperKind.ANNEX).annex
    return next(section for section in gathered.sections if section.title.startswith(title))


def test_each_fund_has_a_paragraph_on_its_share_and_the_range_over_bases(big: Any) -> None:
    share = section_of(big, "UN OCHA").share.replace("\u00a0", " ")
    assert share.startswith(
        "UHF is een gezamenlijk fonds: de resultaten zijn bereikt met het geld van alle gevers samen."
    )
    assert "lag het Nederlandse aandeel in 2023 tussen 11,68 % (van wat het fonds toekende) en 11,81 %" in share


def test_what_may_be_said_follows_how_the_money_is_tied(big: Any) -> None:
    assert "geoormerkt; de resultaten zijn bereikt met het geld van alle gevers samen" in section_of(big, "ICRC").share
    Contribution.objects.filter(partners__short_name="ICRC").update(earmark="unearmarked")
    assert "geen deel aan Nederland toe te rekenen" in section_of(big, "ICRC").share
    Contribution.objects.filter(partners__short_name="ICRC").update(earmark="")
    assert section_of(big, "ICRC").share == ""


def test_a_part_without_our_money_says_nothing_of_a_share(big: Any) -> None:
    assert section_of(big, "EUAM").share == ""


def test_a_share_reckoned_with_a_rate_says_so(fund: Any) -> None:
    given = Contribution.objects.create(subject="hulp", year=2023, amount=D(20_000_000))
    given.partners.add(fund)
    total = FundTotal.objects.create(partner=fund, year=2023, kind="received", amount=D(182_000_000), final=True)
    share = Share.objects.create(
        contribution=given, total=total, rate=D("1.075"), rate_kind="un", rate_on=datetime.date(2023, 6, 30)
    )
    said = sentences.share(share).replace("\u00a0", " ")
    assert "bijna 12 %" in said
    assert "EUR 20 mln, omgerekend tegen de koers van de VN van 30 juni 2023" in said


def test_an_attributed_result_prints_its_basis(big: Any, controller: Any) -> None:
    result = Result.objects.get(label="kregen winterkleding")
    ResultVersion.objects.filter(result=result).update(state="verified", verified_by=controller, verified_at=NOON)
    share = Share.objects.get(contribution__year=2023, total__kind="received")
    fetched = Result.objects.with_current().get(pk=result.pk)
    found = attributed(fetched, share.contribution, [share])
    assert isinstance(found, Attributed), found
    said = sentences.attributed(result, found).replace("\u00a0", " ")
    assert said == (
        "Naar rato van het Nederlandse aandeel (11,81 % van wat het fonds ontving): 27.170 mensen kregen winterkleding."
    )


# -- what is confidential --------------------------------------------------------------------------------------------

SECRETS = {"kregen een voedselpakket": "20.959", "kregen in 2023 en 2024 hulp van het UHF": "3,2 miljoen"}


@pytest.fixture
def secretive(big: Any, directorate: Any) -> Any:
    """The demo claim with two results made confidential after texts and the annex told them."""
    figures = ""
    for label in SECRETS:
        result = Result.objects.get(label=label)
        part = ResultPart.objects.filter(version_of__result=result, label="vrouwen en kinderen").first()
        figures += _figure(result, "result.value", "vol", "999.111")
        if part:
            figures += _figure(part, "result-part.value", "miljoen", "999.222")
        Result.objects.filter(pk=result.pk).update(confidential=True, directorate=directorate)
    section = Section.objects.get(claim=big, question__key="doelen")
    Section.objects.filter(pk=section.pk).update(text=section.text + f"<p>Bereikt: {figures}.</p>")
    Citation.objects.filter(result__label__in=SECRETS).update(addition="Dit is geheim-xyz.")
    return big


def _figure(record: Any, field: str, form: str, last: str) -> str:
    return f'<span data-figure data-id="{record.public_id}" data-field="{field}" data-form="{form}">{last}</span>, '


@pytest.mark.slow
@pytest.mark.parametrize("kind", [PaperKind.CW31, PaperKind.ANNEX])
def test_no_confidential_figure_is_in_the_papers_text_tags_or_data(secretive: Any, kind: str) -> None:
    facts = papers.facts_of(secretive, kind)
    document = papers.as_document(facts)
    with Door() as door:
        content = door.render(document)
    text = text_of(content)
    for secret in ("20.959", "999.111", "999.222", "1,5 miljoen vrouwen", "geheim-xyz", *SECRETS):
        assert secret not in text
        assert secret not in document
        assert secret.encode() not in content
    assert facts.annex.left_out == 2
    if kind == PaperKind.CW31:
        assert "[vertrouwelijk]" in text


def test_no_confidential_figure_is_on_the_preview(secretive: Any, enter: Any) -> None:
    from core.models import User

    page = enter(User.objects.get(username="anna")).get(reverse("claims:preview", args=[secretive.reference, "cw31"]))
    shown = page.content.decode()
    assert "[vertrouwelijk]" in shown
    assert not [secret for secret in ("20.959", "999.111", "999.222", "geheim-xyz") if secret in shown]


def test_a_result_that_is_no_longer_confidential_is_told_again(secretive: Any) -> None:
    Result.objects.filter(confidential=True).update(confidential=False)
    assert "20.959" in papers.as_document(papers.facts_of(secretive, PaperKind.CW31))


# -- what nobody entered ---------------------------------------------------------------------------------------------


def found(claim: Any) -> list[str]:
    return [str(finding.message) for finding in missing(tree_of(claim.reference)) if finding.code == "results-missing"]


def test_results_that_the_text_refers_to_and_nobody_entered_are_found(big: Any) -> None:
    messages = found(big)
    assert len(messages) == 1
    assert "UNDP" in messages[0]


def test_a_cited_result_answers_the_finding(big: Any) -> None:
    undp = Partner.objects.get(short_name="UNDP")
    result = Result.objects.create(
        partner=undp, label="plannen", period_start=datetime.date(2024, 1, 1), period_end=datetime.date(2024, 12, 31)
    )
    ResultVersion.objects.create(result=result, value=1)
    part = AnnexPart.objects.create(claim=big, title="UNDP", partner=undp, position=9)
    assert len(found(big)) == 1  # entered, but the annex does not tell it
    Citation.objects.create(part=part, result=result)
    assert found(big) == []


def test_a_text_that_points_nowhere_asks_for_no_results(big: Any) -> None:
    Section.objects.filter(claim=big).update(text="<p>Tekst.</p>")
    assert found(big) == []
