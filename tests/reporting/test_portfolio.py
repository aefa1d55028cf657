"""The portfolio: what filters, search and order select, that files hold what the screen shows, and at what price."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import replace
from decimal import Decimal
from html import unescape
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from claims.models import Claim, ClaimLine, Envelope, LinePartner, LineYear
from core.models import Country, Theme, User
from core.tabular import Format, read
from partners.models import Partner
from reporting.views.portfolio import COLUMNS
from tests.books import mln
from tests.conftest import NOON

pytestmark = pytest.mark.django_db


def titles(client: Any, query: str = "") -> list[str]:
    """Return the lines on the page, in order."""
    html = client.get(reverse("portfolio") + query).content.decode()
    return [unescape(found) for found in re.findall(r"<br>([^<]+)</th>", html)]


def line(client: Any, number: int, by: Any, partner: Any, envelope: Any, **claim: Any) -> ClaimLine:
    """Make a claim with one line."""
    from claims.actions.create import quick_start

    made = quick_start(
        by=by, at=NOON, directorate=by.memberships.get().directorate, title=claim.pop("title", f"Claim {number}"),
        amount=mln(number), partner=partner, envelope=envelope, year=envelope.year,
    )  # fmt: skip
    Claim.objects.filter(pk=made.pk).update(**claim)
    found = made.lines.get()
    ClaimLine.objects.filter(pk=found.pk).update(title=claim.get("line", f"Regel {number}"))
    return found


@pytest.fixture
def some(officer: Any, partner: Any, fund: Any, envelope: Any, client: Any) -> dict[str, Any]:
    """Three claims: of a partner, of a fund, and of the next year."""
    later = Envelope.objects.create(name="Later", year=2028)
    ukraine, theme = Country.objects.get(code="UA"), Theme.objects.order_by("pk").first()
    return {
        "first": line(client, 1, officer, partner, envelope, country=ukraine, title="Kinderen en gezinnen"),
        "second": line(client, 3, officer, fund, envelope, theme=theme, title="Winterhulp"),
        "third": line(client, 2, officer, partner, later, title="Herstel van scholen"),
        "theme": theme,
    }


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", [2, 3, 1]),
        ("?kind=pooled-fund", [3]),
        ("?country=UA", [1]),
        ("?first=2028", [2]),
        ("?last=2026", [3, 1]),
        ("?cover=non-military-support", [3, 1]),
        ("?state=draft", [2, 3, 1]),
        ("?state=granted", []),
        ("?directorate=BZ%20DMM", []),
        ("?sort=requested", [1, 2, 3]),
        ("?sort=-requested", [3, 2, 1]),
        ("?q=kind", [1]),  # the stem of kinderen
        ("?q=scholen", [2]),
        ("?q=school", [2]),  # another inflection
        ("?q=interhul", [3]),  # a part
        ("?q=UHF", [3]),
        ("?q=humanitarian fund", [3]),
        ("?q=niets", []),
    ],
)
def test_a_filter_selects_and_an_order_orders(
    query: str, found: list[int], some: Any, officer: Any, enter: Any
) -> None:
    assert titles(enter(officer), query) == [f"Regel {number}" for number in found]


def test_one_sees_only_claims_within_reach(some: Any, stranger: Any, nobody: Any, enter: Any) -> None:
    assert titles(enter(stranger)) == []
    assert enter(nobody).get(reverse("portfolio")).status_code == 403


def test_a_year_shows_the_money_of_that_year_only(everything: Any, controller: Any, enter: Any) -> None:
    client = enter(controller)
    rows = client.get(reverse("portfolio") + "?first=2027&last=2027&file=csv")
    table = list(csv.DictReader(io.StringIO(text_of(rows).split("\r\n", 3)[3]), delimiter=";"))
    paid = {row[title(client, "line")]: row[title(client, "paid")] for row in table}
    assert paid == {"Hulp": "400000,00"}


def title(client: Any, name: str) -> str:
    return str(next(column.header for column in COLUMNS if column.name == name))


def text_of(response: Any) -> str:
    return b"".join(response.streaming_content).decode("utf-8-sig")


@pytest.mark.parametrize("kind", list(Format))
def test_a_file_holds_all_pages_in_the_order_and_under_the_filters_of_the_screen(
    kind: Format, officer: Any, partner: Any, envelope: Any, client: Any, enter: Any
) -> None:
    for number in range(1, 61):
        line(client, number, officer, partner, envelope)
    Claim.objects.filter(title="Claim 60").update(title="=1+1")
    client = enter(officer)
    query = "?sort=-requested&kind=international"
    screen = titles(client, query) + titles(client, query + "&page=2")
    assert len(screen) == 60
    content = b"".join(client.get(reverse("portfolio") + f"{query}&file={kind.value}").streaming_content)
    columns = tuple(replace(column, required=False) for column in COLUMNS)
    reading = read(content, f"export.{kind}", columns=columns)
    assert reading.accepted, reading.findings
    rows = [row.values for row in reading.rows()]
    assert [row["line"] for row in rows] == screen
    assert [row["requested"] for row in rows] == sorted((mln(n) for n in range(1, 61)), reverse=True)
    assert all(isinstance(row["requested"], Decimal) for row in rows)
    assert rows[0]["title"].lstrip("'") == "=1+1"
    if kind == Format.CSV:
        assert ";'=1+1;" in content.decode("utf-8-sig")


def test_a_file_says_its_source_and_its_day_and_is_written_down(some: Any, officer: Any, enter: Any) -> None:
    from core.models import Event

    head = text_of(enter(officer).get(reverse("portfolio") + "?file=csv")).splitlines()[:3]
    assert "Claimregister" in head[1]
    assert Event.objects.filter(kind="export", by=officer).count() == 1


def test_htmx_gets_the_part_that_changes_and_going_back_gets_the_whole_page(
    some: Any, officer: Any, enter: Any
) -> None:
    client = enter(officer)
    part = client.get(reverse("portfolio"), headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in part
    assert "Regel 1" in part
    back = {"HX-Request": "true", "HX-History-Restore-Request": "true"}
    assert "<html" in client.get(reverse("portfolio"), headers=back).content.decode()


def test_dashboards_take_as_many_queries_for_many_rows_as_for_few(
    officer: Any, partner: Any, envelope: Any, client: Any, enter: Any
) -> None:
    line(client, 1, officer, partner, envelope)
    client = enter(officer)
    pages = [
        reverse("portfolio"),
        reverse("envelopes"),
        reverse("partner", args=[partner.public_id]),
        reverse("envelope", args=[envelope.public_id]),
        reverse("number", args=["requested-commitment"]) + f"?partner={partner.public_id}",
        reverse("home"),
    ]

    def counted() -> list[int]:
        found = []
        for page in pages:
            with CaptureQueriesContext(connection) as captured:
                assert client.get(page).status_code == 200
            found.append(len(captured))
        return found

    def more(number: int) -> None:
        made = line(client, number, officer, partner, Envelope.objects.create(name=f"E{number}", year=2026))
        other = ClaimLine.objects.create(claim=made.claim, title="Samen", position=2)
        LineYear.objects.create(line=other, envelope=envelope, commitment=1)
        LinePartner.objects.create(line=other, partner=partner)
        for name in (f"P{number}", f"Q{number}"):
            LinePartner.objects.create(
                line=other, partner=Partner.objects.create(name=name, short_name=name, kind="ngo")
            )

    more(2)
    counted()
    few = counted()
    for number in range(3, 12):
        more(number)
    assert counted() == few


def test_the_head_of_a_partner_names_the_first_few_and_the_table_all(
    officer: Any, partner: Any, fund: Any, envelope: Any, client: Any, enter: Any
) -> None:
    url = reverse("partner", args=[partner.public_id])

    def words() -> tuple[str, str]:
        page = unescape(enter(officer).get(url).content.decode())
        head, _heading, rest = page[page.index("<h1") :].partition('id="years"')
        return head, rest

    for number in range(1, 6):
        shared = line(client, number, officer, partner, envelope, title=f"Samen {number}")
        LinePartner.objects.create(line=shared, partner=fund)
        line(client, 10 + number, officer, partner, envelope, title=f"Alleen {number}")
    head, _rest = words()
    assert (head.count("Samen"), head.count("Alleen")) == (0, 5)  # a pool is named by its line
    assert head.count("gedeeld met") == 5
    assert "#lines" not in head
    for number in (6, 7):
        shared = line(client, number, officer, partner, envelope, title=f"Samen {number}")
        LinePartner.objects.create(line=shared, partner=fund)
    line(client, 16, officer, partner, envelope, title="Alleen 6")
    head, rest = words()
    assert head.count("gedeeld met") == head.count("Alleen") == 5
    assert '<a href="#lines">nog 2 gedeelde regels</a>' in head
    assert '<a href="#lines">nog 1</a>' in head
    assert rest.count("gedeeld met") == 7
    assert all(f"Alleen {number}" in rest for number in range(1, 7))


@pytest.mark.slow
def test_the_demo_story_shows_undp_under_both_roots_and_uhf_as_part_of_fifteen(story: Any, enter: Any) -> None:
    client = enter(User.objects.get(username="anna"))
    undp = client.get(reverse("partner", args=[Partner.objects.get(short_name="UNDP").public_id])).content.decode()
    assert "€\xa08.000.000,00" in undp
    for claim in Claim.objects.all():
        assert f"{claim.reference} {claim.title}" in undp
    uhf = unescape(
        client.get(reverse("partner", args=[Partner.objects.get(short_name="UHF").public_id])).content.decode()
    )
    assert "€\xa015.000.000,00</a>" in uhf
    assert "11,81\xa0%" in uhf
    assert "13,22\xa0%" in uhf
    call_command("check_ledger")
