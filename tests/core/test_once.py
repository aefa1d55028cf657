"""A form that makes a record makes one, however often its button is pressed."""

import datetime
import threading
import uuid
from typing import Any

import pytest
from django.db import connection, transaction

from core import once
from core.models import Sending
from partners.models import Contribution
from tests.conftest import NOON

ADD = "/register/partners/contribution/add/"


def form(**changes: str) -> dict[str, str]:
    return {"subject": "Steun", once.FIELD: str(uuid.uuid4())} | changes


@pytest.mark.django_db
def test_a_form_sent_twice_makes_one_record_and_leads_to_the_same_place(officer: Any, enter: Any) -> None:
    client, data = enter(officer), form()
    first, second = client.post(ADD, data), client.post(ADD, data, follow=True)
    assert Contribution.objects.count() == 1
    assert second.redirect_chain == [(first["Location"], 302)]
    assert len(list(second.context["messages"])) == 2


@pytest.mark.django_db
def test_two_forms_make_two_records(officer: Any, enter: Any) -> None:
    for _turn in range(2):
        enter(officer).post(ADD, form())
    assert Contribution.objects.count() == 2


@pytest.mark.django_db
def test_a_refused_form_can_be_sent_again(officer: Any, enter: Any) -> None:
    data = form()
    assert enter(officer).post(ADD, data | {"subject": ""}).status_code == 200
    enter(officer).post(ADD, data)
    assert Contribution.objects.count() == 1


@pytest.mark.django_db
def test_a_form_shown_to_add_carries_a_new_token_each_time(officer: Any, enter: Any) -> None:
    client = enter(officer)
    pages = [client.get(ADD).content.decode() for _turn in range(2)]
    assert all(f'name="{once.FIELD}"' in page for page in pages)
    assert pages[0].split(once.FIELD)[1][:60] != pages[1].split(once.FIELD)[1][:60]


@pytest.mark.django_db
def test_nobody_is_led_where_another_persons_form_led(officer: Any, colleague: Any, enter: Any) -> None:
    data = form()
    enter(officer).post(ADD, data | {"_continue": "1"})
    assert enter(colleague).post(ADD, data)["Location"] == ADD


@pytest.mark.django_db
def test_old_tokens_go(officer: Any) -> None:
    Sending.objects.create(token=uuid.uuid4(), by=officer, at=NOON - datetime.timedelta(days=3))
    with transaction.atomic():
        once.take(str(uuid.uuid4()), by=officer, at=NOON)
    assert Sending.objects.count() == 1


@pytest.mark.django_db
def test_a_form_without_a_token_of_ours_is_taken_as_often_as_it_is_sent(officer: Any, enter: Any) -> None:
    for token in ("", "x"):
        enter(officer).post(ADD, form(**{once.FIELD: token}))
    assert Contribution.objects.count() == 2
    assert not Sending.objects.exists()


def test_two_presses_at_the_same_moment_make_one_record(stage: None, officer: Any) -> None:
    from django.test import Client

    data, doors = form(), threading.Barrier(4)

    def press() -> None:
        client = Client()
        client.force_login(officer)
        doors.wait()
        client.post(ADD, data)
        connection.close()

    threads = [threading.Thread(target=press) for _turn in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert Contribution.objects.count() == 1
