"""Dashboards are made once for as long as the register holds the same, and for those who see the same."""

from __future__ import annotations

import datetime
import itertools
from typing import Any

import pytest
from django.db import connection, connections, models
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from claims.models import (
    Claim,
    ClaimLine,
    Commitment,
    CommitmentTotal,
    CommitmentYear,
    Deadline,
    Envelope,
    EnvelopeTotal,
    FrozenPaper,
    Goal,
    GrantEntry,
    LinePartner,
    LineYear,
    Mutation,
    Payment,
    PlanQuarter,
    PooledSplit,
    Reconciliation,
    SplitPart,
    StageReached,
    WriteOff,
)
from core import asking, snapshot
from core.models import Cover, User
from partners.models import Appeal, Contribution, FundTotal, Partner
from reporting.views import keeping
from reporting.views.keeping import DASHBOARDS
from results.models import Result, ResultVersion
from tests.conftest import NOON
from tests.reporting.conftest import unguarded
from tests.reporting.test_rights import reads, secret

pytestmark = pytest.mark.django_db(transaction=True)
__all__ = ["secret"]


@pytest.fixture(autouse=True)
def nothing_kept(stage: None) -> None:
    DASHBOARDS.forget()


@pytest.fixture
def addresses(claim: Any) -> list[str]:
    partner, envelope = claim.lines.get().roles.get().partner, claim.lines.get().years.get().envelope
    return [
        reverse("portfolio"),
        reverse("partner", args=[partner.public_id]),
        reverse("envelopes"),
        reverse("envelope", args=[envelope.public_id]),
    ]


def inside(page: Any) -> str:
    """The middle of a page, which has no token of the form in its frame."""
    html = page.content.decode()
    return str(html[html.index("<main") : html.index("</main>")])


def asked(client: Client, address: str) -> tuple[str, int]:
    with CaptureQueriesContext(connection) as captured:
        page = client.get(address)
    return inside(page), len(captured)


def test_a_page_that_is_opened_again_is_the_same_and_asks_hardly_anything(
    enter: Any, officer: Any, addresses: list[str]
) -> None:
    client = enter(officer)
    for address in addresses:
        first, many = asked(client, address)
        again, few = asked(client, address)
        assert again == first
        assert few < 9 < many, address


def test_a_change_shows_at_once_on_every_page(enter: Any, officer: Any, claim: Any, addresses: list[str]) -> None:
    client = enter(officer)
    before = [inside(client.get(address)) for address in addresses]
    claim.lines.get().years.update(commitment="1234567.00")
    after = [inside(client.get(address)) for address in addresses]
    for address, old, new in zip(addresses, before, after, strict=True):
        if address != reverse("envelopes"):  # which tells what is granted
            assert "1.234.567" not in old, address
            assert "1.234.567" in new, address


def test_the_page_of_one_partner_or_envelope_outlives_a_change_elsewhere(
    enter: Any, officer: Any, claim: Any, addresses: list[str], monkeypatch: Any
) -> None:
    client = enter(officer)
    before = {address: inside(client.get(address)) for address in addresses}
    made: list[str] = []
    whole = keeping.render_to_string
    monkeypatch.setattr(keeping, "render_to_string", lambda name, *rest: made.append(name) or whole(name, *rest))
    Partner.objects.create(name="Iemand anders", short_name="IA", kind="ngo")
    assert {address: inside(client.get(address)) for address in addresses} == before
    assert made == ["reporting/portfolio_main.html", "reporting/envelopes_main.html"]
    claim.lines.get().years.update(commitment="1234567.00")
    made.clear()
    for address in addresses:
        client.get(address)
    assert len(made) == 4


def test_pages_with_something_of_every_sort_are_compared_and_say_what_making_them_anew_says(
    all_sorts: Any, controller: Any, officer: Any
) -> None:
    parties, budgets = (all_sorts.partner, all_sorts.fund), (all_sorts.e2026, all_sorts.e2027)
    urls = [reverse("partner", args=[row.public_id]) for row in parties]
    urls += [reverse("envelope", args=[row.public_id]) for row in budgets]
    clients = [Client(), Client()]
    for client, person in zip(clients, (controller, officer), strict=True):
        client.force_login(person)

    def shown() -> list[str]:
        return [inside(client.get(url)) for client in clients for url in urls]

    before = shown()
    assert len(DASHBOARDS._answers) == len(clients) * len(urls)
    assert all(known.mark for known in DASHBOARDS._answers.values())
    User.objects.filter(pk=controller.pk).update(last_login=NOON)  # a controller signs in
    entries = {question: known.answer for question, known in DASHBOARDS._answers.items()}
    assert shown() == before
    assert all(known.answer is entries[question] for question, known in DASHBOARDS._answers.items())
    for model, values in CHANGES:
        with unguarded():
            assert model.objects.update(**values), model
        found = shown()
        assert found != before, f"{model.__name__} {values} shows nowhere"
        DASHBOARDS.forget()
        before = shown()
        assert found == before, f"{model.__name__} {values}"


CHANGES: list[tuple[Any, dict[str, Any]]] = [
    (Partner, {"kind": "government"}),
    (Envelope, {"name": "Andere naam"}),
    (Claim, {"title": "Andere titel"}),
    (ClaimLine, {"title": "Andere regel"}),
    (LinePartner, {"status": "confirmed"}),
    (Goal, {"label": "Ander doel"}),
    (LineYear, {"cash": 7}),
    (GrantEntry, {"amount": 8}),
    (EnvelopeTotal, {"budget_cash": 99_000_001}),
    (CommitmentYear, {"paid": 9}),
    (CommitmentTotal, {"advanced": 10_000_000}),
    (Payment, {"paid_on": datetime.date(2023, 1, 1)}),
    (WriteOff, {"amount": 11}),
    (Commitment, {"number": models.F("pk")}),
    (PlanQuarter, {"amount": 12}),
    (PooledSplit, {"decided_on": datetime.date(2026, 5, 2)}),
    (SplitPart, {"amount": 13}),
    (Mutation, {"reason": "Andere reden"}),
    (StageReached, {"reached_on": datetime.date(2026, 1, 2)}),
    (Deadline, {"subject": "Ander verslag"}),
    (FrozenPaper, {"title": "Ander formulier"}),
    (Reconciliation, {"month": datetime.date(2026, 2, 1)}),
    (Result, {"label": "mensen geholpen"}),
    (ResultVersion, {"value": 14}),
    (Contribution, {"subject": "Iets anders"}),
    (FundTotal, {"amount": 15_000_000}),
    (Appeal, {"required": 16_000_000}),
    (Cover, {"name_nl": "Andere dekking"}),
]


def test_a_page_is_kept_under_the_day_that_it_shows(enter: Any, officer: Any, claim: Any, monkeypatch: Any) -> None:
    """Midnight passes while the page is made: it is of the day before, and the next who asks is shown the new day."""
    days = iter([datetime.date(2026, 8, 1)])

    class Clock:
        def localdate(self) -> datetime.date:
            return next(days, datetime.date(2026, 8, 2))

    monkeypatch.setattr(keeping, "timezone", Clock())
    partner = claim.lines.get().roles.get().partner
    client, address = enter(officer), reverse("partner", args=[partner.public_id])
    assert "1 augustus 2026" in inside(client.get(address))
    assert "2 augustus 2026" in inside(client.get(address))


@pytest.mark.parametrize("first", ["total", "appeal"])
def test_a_share_is_reckoned_with_its_own_total_while_somebody_changes_it(
    all_sorts: Any, controller: Any, enter: Any, monkeypatch: Any, first: str
) -> None:
    """Before each question of a reading another measures the shares against a total, and against an appeal, in turn."""
    other, real = connections.create_connection("default"), asking.Asking.sql
    sides = itertools.cycle(["total", "appeal"] if first == "total" else ["appeal", "total"])
    measure = {
        "total": "update partners_share set appeal_id = null, total_id = (select min(id) from partners_fundtotal)",
        "appeal": "update partners_share set total_id = null, appeal_id = (select min(id) from partners_appeal)",
    }

    def sql(self: Any, text: str, given: Any = ()) -> Any:
        with other.cursor() as cursor:
            cursor.execute("set session_replication_role = replica")
            cursor.execute(measure[next(sides)])
        return real(self, text, given)

    monkeypatch.setattr(asking.Asking, "sql", sql)
    try:
        page = enter(controller).get(reverse("partner", args=[all_sorts.partner.public_id]))
    finally:
        other.close()
    assert page.status_code == 200
    assert "Noodhulp" in inside(page)


def test_who_sees_other_things_is_shown_another_page(
    enter: Any, officer: Any, colleague: Any, stranger: Any, claim: Any, addresses: list[str]
) -> None:
    mine = [inside(enter(officer).get(address)) for address in addresses]
    assert mine == [inside(enter(colleague).get(address)) for address in addresses]
    for address in addresses:
        assert claim.title not in inside(enter(stranger).get(address)), address
    officer.memberships.all().delete()
    assert enter(officer).get(addresses[0]).status_code == 403


def test_a_reader_of_the_other_language_reads_that_language(enter: Any, officer: Any, addresses: list[str]) -> None:
    client = enter(officer)
    dutch = inside(client.get(addresses[0]))
    client.post(reverse("set-language"), {"language": "en"})
    english = inside(client.get(addresses[0]))
    assert "Gevraagd" in dutch
    assert "Gevraagd" not in english
    assert "Requested" in english


def test_an_address_that_only_reads_alike_is_another_question(enter: Any, officer: Any, claim: Any) -> None:
    """A browser encodes what is typed; a program may send the bytes as they are, which Django tells back as other ones encoded."""
    client = enter(officer)
    Claim.objects.filter(pk=claim.pk).update(title="Café")
    bare = "q=Café".encode().decode("latin-1")
    queries = {"q=Caf%C3%83%C2%A9": False, bare: True, "q=Caf%C3%A9": True}
    for query, found in queries.items():
        page = inside(client.get(reverse("portfolio"), QUERY_STRING=query))
        assert (claim.reference in page) is found, query


def test_filters_pages_and_what_htmx_asks_are_kept_apart(enter: Any, officer: Any, claim: Any) -> None:
    client, address = enter(officer), reverse("portfolio")
    whole = inside(client.get(address))
    assert claim.title in whole
    assert claim.title not in inside(client.get(address, {"q": "iets anders"}))
    part = client.get(address, headers={"HX-Request": "true"}).content.decode()
    assert "<main" not in part
    assert "filter-form" not in part
    assert claim.title in part


def test_each_reading_of_a_confidential_result_is_written_down_however_often_the_page_was_made(
    enter: Any, officer: Any, colleague: Any, secret: Result
) -> None:
    address = reverse("partner", args=[secret.partner.public_id])
    for person in (officer, colleague, officer):
        assert secret.label in inside(enter(person).get(address))
    assert [by for by, _subject, _page in reads()] == [officer, colleague, officer]


def test_what_a_replica_answers_is_not_kept(enter: Any, officer: Any, claim: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr(snapshot, "reads_replica", lambda: True)
    client, address = enter(officer), reverse("envelopes")
    assert asked(client, address)[1] == asked(client, address)[1] > 9
