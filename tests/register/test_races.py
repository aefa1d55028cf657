"""Two people at one record: one is refused with the difference shown, and nothing of either is lost unseen."""

import threading
import time
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse

from claims.models import Claim, LineYear
from core.admin.base import address
from partners.models import Contribution, Partner
from tests.register.sent import Fields, sent
from tests.register.specimens import MAKERS

STALE = "Dit is intussen opgeslagen, door iemand anders of door u in een ander venster."


def signed_in(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


def screen(client: Client, record: Any) -> Fields:
    return sent(client.get(address(record)).content.decode(), record._meta.model_name)


def at_once(*acts: Callable[[], Any]) -> list[Any]:
    """Do all acts in the same instant, each on a connection of its own; return what they answer."""
    answers: list[Any] = [None] * len(acts)
    ready = threading.Barrier(len(acts))

    def run(number: int) -> None:
        try:
            ready.wait()
            answers[number] = acts[number]()
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(number,)) for number in range(len(acts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


CHANGES = {
    "partners.partner": ("note", "Van de een.", "Van de ander."),
    "partners.contribution": ("amount", "1.000.000,00", "2.000.000,00"),
    "results.result": ("versions-0-value", "211.111", "222.222"),
    "results.resultversion": ("value", "211.111", "222.222"),
    "claims.claim": ("goals-0-amount", "1.000.000,00", "1.500.000,00"),
    "claims.claimline": ("years-0-commitment", "1.000.000,00", "1.500.000,00"),
}


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("model", list(CHANGES))
def test_of_two_saves_in_the_same_instant_one_is_refused_with_what_is_stored(
    model: str, stage: None, officer: Any, colleague: Any
) -> None:
    made = MAKERS[model](1)
    name, mine, theirs = CHANGES[model]
    anna, bram = signed_in(officer), signed_in(colleague)
    first, second = screen(anna, made) | {name: [mine]}, screen(bram, made) | {name: [theirs]}
    answers = at_once(lambda: anna.post(address(made), first), lambda: bram.post(address(made), second))
    assert sorted(answer.status_code for answer in answers) == [200, 302]
    refused = next(answer for answer in answers if answer.status_code == 200).content.decode()
    kept = mine if answers[0].status_code == 302 else theirs
    assert STALE in refused
    assert kept.removesuffix(",00") in refused  # what is stored now ...
    assert (theirs if kept == mine else mine) in refused  # ... and what one typed
    assert screen(anna, made)[name] == [kept]


@pytest.mark.django_db
@pytest.mark.parametrize("model", list(CHANGES))
def test_a_screen_opened_before_another_save_is_refused_and_then_replaces_knowingly(
    model: str, officer: Any, colleague: Any
) -> None:
    made = MAKERS[model](1)
    name, mine, theirs = CHANGES[model]
    anna, bram = signed_in(officer), signed_in(colleague)
    first = screen(anna, made) | {name: [mine]}
    assert bram.post(address(made), screen(bram, made) | {name: [theirs]}).status_code == 302
    refused = anna.post(address(made), first)
    assert STALE in refused.content.decode()
    again = anna.post(address(made), sent(refused.content.decode(), made._meta.model_name))
    assert again.status_code == 302
    assert screen(anna, made)[name] == [mine]


@pytest.mark.django_db
def test_a_change_of_partners_alone_is_not_overwritten_unseen(officer: Any, colleague: Any) -> None:
    made = MAKERS["partners.contribution"](1)
    one, other = MAKERS["partners.partner"](50), MAKERS["partners.partner"](51)
    anna, bram = signed_in(officer), signed_in(colleague)
    first = screen(anna, made) | {"partners": [str(one.pk)]}
    assert bram.post(address(made), screen(bram, made) | {"partners": [str(other.pk)]}).status_code == 302
    answer = anna.post(address(made), first)
    assert STALE in answer.content.decode()
    assert "Fonds 051 (F051)" in answer.content.decode()
    assert list(Contribution.objects.get().partners.all()) == [other]


@pytest.mark.django_db
@pytest.mark.parametrize("elsewhere", [False, True])
def test_the_amount_on_a_lines_row_is_not_overwritten_unseen(elsewhere: bool, officer: Any, colleague: Any) -> None:
    made = MAKERS["claims.claim"](1)
    anna, bram = signed_in(officer), signed_in(colleague)
    first = screen(anna, made) | {"lines-0-commitment": ["3.000.000,00"]}
    theirs = made.lines.get() if elsewhere else made  # on the line's own screen, or on the claim's
    box = "years-0-commitment" if elsewhere else "lines-0-commitment"
    assert bram.post(address(theirs), screen(bram, theirs) | {box: ["1.250.000,00"]}).status_code == 302
    answer = anna.post(address(made), first)
    assert STALE in answer.content.decode()
    assert LineYear.objects.get().commitment == Decimal("1250000.00")


@pytest.mark.django_db(transaction=True)
def test_saving_rows_never_writes_back_a_record_that_somebody_else_is_saving(stage: None, officer: Any) -> None:
    made = MAKERS["claims.claim"](1)
    anna, answers = signed_in(officer), []
    fields = screen(anna, made) | {"goals-0-label": ["Nieuw"]}

    def save() -> None:
        try:
            answers.append(anna.post(address(made), fields).status_code)
        finally:
            connection.close()

    thread = threading.Thread(target=save)
    with transaction.atomic():
        Claim.objects.update(title="Van een ander")  # not yet committed when the other screen is read
        thread.start()
        end = time.monotonic() + 2
        while thread.is_alive() and time.monotonic() < end:
            time.sleep(0.05)
    thread.join()
    assert answers == [302]
    made.refresh_from_db()
    assert (made.title, made.goals.get().label) == ("Van een ander", "Nieuw")


@pytest.mark.django_db(transaction=True)
def test_one_name_entered_twice_in_the_same_instant_is_kept_once(stage: None, officer: Any, colleague: Any) -> None:
    page = reverse("admin:partners_partner_add")
    data = {"name": "Nieuw Fonds", "short_name": "NF", "kind": "ngo", "active": "on"}
    clients = [signed_in(officer), signed_in(colleague)]
    answers = at_once(*[lambda client=client: client.post(page, data) for client in clients])
    assert sorted(answer.status_code for answer in answers) == [200, 302]
    refused = next(answer for answer in answers if answer.status_code == 200)
    assert "bestaat al" in refused.content.decode()
    assert Partner.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_people_who_make_claims_in_the_same_instant_get_references_of_their_own(
    stage: None, officer: Any, colleague: Any, directorate: Any, partner: Any
) -> None:
    data = {
        "title": "Tegelijk",
        "amount": "2 mln",
        "partner": partner.pk,
        "directorate": directorate.pk,
        "year": "2026",
    }
    clients = [signed_in(person) for person in (officer, colleague) * 3]
    answers = at_once(*[lambda client=client: client.post(reverse("claims:new"), data) for client in clients])
    assert [answer.status_code for answer in answers] == [302] * 6
    assert len({answer["Location"] for answer in answers}) == 6
    assert Claim.objects.values("reference").distinct().count() == 6
