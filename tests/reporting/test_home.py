"""My work: whose claims it shows, and at what price."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from claims.models import AnnexPart, ClaimLine, Goal, LinePartner, LineYear
from tests.register.specimens import claim as make
from tests.register.specimens import envelope, partner

pytestmark = pytest.mark.django_db


def queries(client: Any, page: str = "/") -> list[str]:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(page).status_code == 200
    return [query["sql"] for query in captured]


def test_it_takes_as_many_queries_for_many_claims_as_for_few(officer: Any, colleague: Any, enter: Any) -> None:
    client = enter(officer)
    make(1)
    make(2, by=colleague)
    few = queries(client)
    for number in range(3, 15):
        make(number, by=colleague if number % 2 else None)
    many = queries(client)
    assert len(many) == len(few), "\n".join(many)


@pytest.mark.parametrize("name", ["overview", "write", "annex"])
def test_a_claims_page_takes_as_many_queries_for_many_rows_as_for_few(name: str, officer: Any, enter: Any) -> None:
    claim, client = make(1), enter(officer)
    few = queries(client, reverse(f"claims:{name}", args=[claim.reference]))
    for number in range(2, 10):
        goal = Goal.objects.create(claim=claim, label=f"Doel {number}", amount=1, position=number)
        line = ClaimLine.objects.create(claim=claim, title=f"Regel {number}", goal=goal, position=number)
        LineYear.objects.create(line=line, envelope=envelope(number), commitment=1)
        LinePartner.objects.create(line=line, partner=partner(number))
        AnnexPart.objects.create(claim=claim, title=f"Deel {number}", partner=partner(100 + number), position=number)
    many = queries(client, reverse(f"claims:{name}", args=[claim.reference]))
    assert len(many) == len(few), "\n".join(many)


def test_it_shows_mine_apart_from_others_and_nothing_of_another_directorate(
    officer: Any, colleague: Any, stranger: Any, enter: Any
) -> None:
    mine, theirs = make(1), make(2, by=colleague)
    elsewhere = make(3, by=stranger)
    html = enter(officer).get("/").content.decode()
    assert html.index(mine.title) < html.index("Andere claims") < html.index(theirs.title)
    assert elsewhere.reference not in html
    assert mine.reference not in enter(stranger).get("/").content.decode()


def test_who_has_no_role_is_told_whom_to_ask(nobody: Any, enter: Any) -> None:
    html = enter(nobody).get("/").content.decode()
    assert "Vraag de beheerder" in html
    assert "site-menu" not in html
