"""Dashboards are made once for as long as the register holds the same, and for those who see the same."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from claims.models import Claim, Envelope
from core import snapshot
from core.models import User
from partners.models import Contribution, Partner
from reporting.views import keeping
from reporting.views.keeping import DASHBOARDS
from results.models import Result
from tests.books import mln
from tests.conftest import NOON
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
    everything: Any, controller: Any, officer: Any, enter: Any
) -> None:
    parties, budgets = (everything.partner, everything.fund), (everything.e2026, everything.e2027)
    clients = [enter(controller), enter(officer)]
    urls = [reverse("partner", args=[row.public_id]) for row in parties]
    urls += [reverse("envelope", args=[row.public_id]) for row in budgets]

    def shown() -> list[str]:
        return [inside(client.get(url)) for client in clients for url in urls]

    before = shown()
    assert all(known.mark for known in DASHBOARDS._answers.values())
    User.objects.filter(pk=controller.pk).update(last_login=NOON)  # a controller signs in
    entries = {question: known.answer for question, known in DASHBOARDS._answers.items()}
    assert shown() == before
    assert all(known.answer is entries[question] for question, known in DASHBOARDS._answers.items())
    changes: list[Callable[[], Any]] = [
        lambda: everything.books.pay(everything.first, everything.e2026, "0,1", "2026-07-05"),
        lambda: everything.books.mutation(everything.e2027, "cash", mln(1), "2026-09-02"),
        lambda: Envelope.objects.filter(pk=everything.e2026.pk).update(name="Andere naam"),
        lambda: Partner.objects.filter(pk=everything.fund.pk).update(short_name="ANDERS"),
        lambda: Contribution.objects.update(subject="Iets anders"),
        lambda: User.objects.filter(pk=controller.pk).update(name="Andere naam"),
    ]
    for change in changes:
        change()
        found = shown()
        DASHBOARDS.forget()
        assert found == shown()


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
