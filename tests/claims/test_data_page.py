"""The page with a claim's data: what it shows to who may change it and to who may not."""

import re
from decimal import Decimal
from typing import Any

import pytest
from django.utils import translation

from claims.models import Claim, ClaimLine, Goal, LineYear
from core.admin.base import address

pytestmark = pytest.mark.django_db


def html(client: Any, claim: Any) -> str:
    return str(client.get(address(claim)).content.decode())


def rows(claim: Claim, **changes: str) -> dict[str, str]:
    """What the page sends when nothing was changed, but for the changes."""
    data = {
        "title": claim.title,
        "amount": "2.000.000,00",
        "first_year": "2026",
        "last_year": "2026",
        "classification": claim.classification,
        "seen_version": str(claim.version),
        "owner": str(claim.owner_id),
    }
    for prefix in ("goals", "lines", "evaluations", "context_figures"):
        data |= {f"{prefix}-{name}_FORMS": "0" for name in ("TOTAL", "INITIAL", "MIN_NUM", "MAX_NUM")}
    return data | changes


def test_every_stored_number_stands_ready_for_the_sums(officer: Any, claim: Any, enter: Any) -> None:
    Goal.objects.create(claim=claim, label="Een", amount=Decimal("1500000.50"))
    values = re.findall(r'name="([^"]+)"[^>]*data-value="([^"]+)"', html(enter(officer), claim))
    assert dict(values) == {"amount": "2000000", "goals-0-amount": "1500000.5", "lines-0-commitment": "2000000"}


def test_what_was_typed_stands_ready_for_the_sums_when_the_save_is_refused(
    officer: Any, claim: Any, enter: Any
) -> None:
    answer = enter(officer).post(address(claim), rows(claim, title="", amount="2,5 mln"))
    assert 'data-value="2500000"' in answer.content.decode()


def test_a_refused_save_leaves_the_stored_title_at_the_head(officer: Any, claim: Any, enter: Any) -> None:
    answer = enter(officer).post(address(claim), rows(claim, title="Iets anders", amount="veel"))
    (head,) = re.findall(r"<h1[^>]*>(.*?)</h1>", answer.content.decode())
    assert head == "Steun aan kinderen"


def test_a_line_of_several_years_says_where_they_stand(officer: Any, claim: Any, envelope: Any, enter: Any) -> None:
    LineYear.objects.create(line=ClaimLine.objects.get(), open_year=2027, commitment=Decimal("500000.00"))
    with translation.override("en"):
        officer.language = "en"
        officer.save()
        page = html(enter(officer), claim)
    assert page.count("several years, see Details") == 2
    assert 'data-value="2500000"' in page
    assert 'name="lines-0-commitment"' not in page


@pytest.mark.parametrize(("language", "amount"), [("nl", "€\u00a02.000.000,00"), ("en", "€2,000,000.00")])
def test_a_reader_reads_lines_and_amounts_in_the_readers_language(
    language: str, amount: str, reader: Any, claim: Any, enter: Any
) -> None:
    reader.language = language
    reader.save()
    page = html(enter(reader), claim)
    assert "None" not in page
    assert "2000000,00" not in page
    assert page.count(amount) >= 2  # the claim's and the line's
    assert "Ontwikkelingsprogramma (OP)" in page
    assert "Niet-militaire steun (2026)" in page
    assert 'href="/register/core/user/' not in page


def test_the_changes_of_a_claim_and_its_lines_stand_on_its_timeline(reader: Any, claim: Any, enter: Any) -> None:
    for record in (claim, ClaimLine.objects.get()):
        answer = enter(reader).get(address(record, "history"))
        assert answer["Location"] == f"/claims/{claim.reference}/timeline/"


def test_removing_a_line_leads_back_to_its_claim(officer: Any, claim: Any, enter: Any) -> None:
    answer = enter(officer).post(address(ClaimLine.objects.get(), "delete"), {"post": "yes"})
    assert answer["Location"] == address(claim)
    assert not ClaimLine.objects.exists()
