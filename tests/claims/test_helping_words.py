"""What pages say in advance or in passing, so that nobody finds out by being refused."""

import re
from decimal import Decimal
from typing import Any

import pytest
from django.urls import reverse

from claims.checks.completeness import missing
from claims.documents import cw31
from claims.models import Claim, ClaimLine
from claims.papers import as_document
from claims.queries.tree import tree_of
from core.admin.base import address

pytestmark = pytest.mark.django_db


def test_each_place_stands_once_on_the_overview(officer: Any, claim: Any, enter: Any) -> None:
    ClaimLine.objects.create(
        claim=claim, title="Zonder iets"
    )  # lacks both what must be mended and what is worth checking
    findings = missing(tree_of(claim.reference))
    spots = [finding.spot for finding in findings]
    runs = [spot for number, spot in enumerate(spots) if number == 0 or spots[number - 1] != spot]
    assert len(runs) == len(set(runs))
    html = enter(officer).get(reverse("claims:overview", args=[claim.reference])).content.decode()
    assert html.count(f'<a href="{address(ClaimLine.objects.get(title="Zonder iets"))}">') == 1


def test_the_annex_alone_says_that_it_is_the_annex_and_when_it_is_empty(claim: Any) -> None:
    html = as_document(cw31.gather(tree_of(claim.reference), "Ministerie", annex_only=True))
    assert re.search(r"<title>CW3.1 BZ DSH Steun aan kinderen - 2026 – bijlage</title>", html)
    assert "De bijlage is leeg" in html
    assert "De bijlage is leeg" not in as_document(cw31.gather(tree_of(claim.reference), "Ministerie"))


def test_a_claim_is_held_by_officers_of_its_directorate(
    officer: Any, colleague: Any, stranger: Any, claim: Any, enter: Any
) -> None:
    html = enter(officer).get(address(claim)).content.decode()
    (box,) = re.findall(r'<select name="owner".*?</select>', html, re.DOTALL)
    assert colleague.name in box
    assert stranger.name not in box


def test_who_holds_a_claim_stays_offered_after_leaving_the_directorate(
    officer: Any, colleague: Any, claim: Any, enter: Any
) -> None:
    Claim.objects.update(deputy=colleague)
    colleague.memberships.all().delete()
    html = enter(officer).get(address(claim)).content.decode()
    (box,) = re.findall(r'<select name="deputy".*?</select>', html, re.DOTALL)
    assert colleague.name in box


@pytest.mark.parametrize("amount", ["1000 mld", "99999999 mld"])
def test_an_absurd_amount_is_refused_aloud(
    amount: str, officer: Any, directorate: Any, partner: Any, enter: Any
) -> None:
    data = {
        "title": "x",
        "amount": amount,
        "partner": str(partner.pk),
        "year": "2026",
        "directorate": str(directorate.pk),
    }
    html = enter(officer).post(reverse("claims:new"), data).content.decode()
    assert "1.000 miljard" in html
    hint = enter(officer).get(reverse("understand", args=["amount"]), {"q": amount}).json()
    assert "1.000 miljard" in hint["error"]


def test_a_large_amount_that_can_be_is_taken(officer: Any, directorate: Any, partner: Any, enter: Any) -> None:
    data = {
        "title": "x",
        "amount": "999 mld",
        "partner": str(partner.pk),
        "year": "2026",
        "directorate": str(directorate.pk),
    }
    assert enter(officer).post(reverse("claims:new"), data).status_code == 302
    assert Claim.objects.get().amount == Decimal(999 * 10**9)


def test_a_browser_cuts_no_title(officer: Any, enter: Any) -> None:
    html = enter(officer).get(reverse("claims:new")).content.decode()
    (box,) = re.findall(r'<input[^>]*id="id_title"[^>]*>', html)
    assert "maxlength" not in box


def test_an_administrators_work_says_what_there_is_to_do(administrator: Any, officer: Any, enter: Any) -> None:
    people = reverse("admin:core_user_changelist")
    assert people in enter(administrator).get(reverse("home")).content.decode()
    assert people not in enter(officer).get(reverse("home")).content.decode()


def test_money_of_partners_is_reached_from_their_pages_by_readers_too(reader: Any, partner: Any, enter: Any) -> None:
    client = enter(reader)
    for page in (reverse("admin:partners_partner_changelist"), address(partner)):
        html = client.get(page).content.decode()
        for name in ("contribution", "fundtotal", "appeal", "share"):
            (link,) = re.findall(rf'href="(/register/partners/{name}/[^"]*)"', html)
            assert client.get(link.replace("&amp;", "&")).status_code == 200


def test_browsers_find_an_icon(client: Any) -> None:
    assert client.get("/favicon.ico").status_code == 302
