"""The figure card: the answer is the stand, it is kept as given, and the next one is the same or says what changed."""

from __future__ import annotations

from html import unescape
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils import translation

from reporting.models import Answer
from tests.books import mln
from tests.reporting.test_numbers import walk

pytestmark = pytest.mark.django_db


def ask(client: Any, **question: Any) -> str:
    """Ask, and return the address of the answer."""
    response = client.post(reverse("figure-card"), question)
    assert response.status_code == 302, response.content
    return str(response["Location"])


def test_an_answer_says_what_stands_and_opens_into_its_rows(everything: Any, controller: Any, enter: Any) -> None:
    client = enter(controller)
    with translation.override("en"):
        client.cookies["django_language"] = "en"
    url = ask(client, partner=str(everything.fund.public_id), first="2026", last="2026")
    answer = Answer.objects.get()
    for amount in ("1.000.000,00", "4.200.000,00", "2.550.000,00"):
        assert (
            amount in answer.sentence or amount.replace(".", "_").replace(",", ".").replace("_", ",") in answer.sentence
        )
    assert "OP" in answer.sentence, "the pooled line and with whom it is shared"
    assert walk(client, [url]) >= 4


def test_the_next_answer_is_the_same_or_says_what_changed(everything: Any, controller: Any, enter: Any) -> None:
    client = enter(controller)
    first = ask(client, partner=str(everything.partner.public_id))
    second = ask(client, partner=str(everything.partner.public_id))
    page = client.get(second)
    assert (page.context["before"].pk, page.context["changed"], page.context["since"]) == (
        Answer.objects.order_by("pk").first().pk,
        [],
        [],
    )
    everything.books.pay(everything.first, everything.e2026, "0,5", "2026-08-01")
    old = client.get(first)
    assert {(row[0], row[2], row[3]) for row in old.context["since"]} >= {("2026", mln(3), mln("3,5"))}
    assert 'class="number"' not in old.content.decode(), "what no longer holds opens into nothing"
    third = client.get(ask(client, partner=str(everything.partner.public_id)))
    assert {(row[2], row[3]) for row in third.context["changed"]} == {(mln(3), mln("3,5")), (mln("3,4"), mln("3,9"))}


def test_an_answer_is_never_changed_or_removed(everything: Any, controller: Any, enter: Any) -> None:
    ask(enter(controller))
    for act in (lambda: Answer.objects.update(sentence="x"), lambda: Answer.objects.all().delete()):
        with pytest.raises(DatabaseError), transaction.atomic():
            act()


def test_an_answer_is_for_who_asked_it_and_who_may_see_the_same(
    everything: Any, officer: Any, colleague: Any, stranger: Any, nobody: Any, enter: Any
) -> None:
    url = ask(enter(officer))
    assert enter(colleague).get(url).status_code == 200
    assert enter(stranger).get(url).status_code == 404
    assert enter(nobody).get(url).status_code == 403
    assert enter(nobody).post(reverse("figure-card")).status_code == 403


def test_a_question_pressed_twice_gives_one_answer(everything: Any, officer: Any, enter: Any) -> None:
    client = enter(officer)
    token = client.get(reverse("figure-card")).content.decode().split('name="form_token" value="')[1].split('"')[0]
    assert ask(client, form_token=token) == ask(client, form_token=token)
    assert Answer.objects.count() == 1


def test_a_partner_that_does_not_exist_is_not_found(officer: Any, enter: Any) -> None:
    client = enter(officer)
    for typed in ("x", "6f0c1f0e-6d6a-5a53-9d83-1d4e3a3b7c11"):
        assert client.post(reverse("figure-card"), {"partner": typed}).status_code == 404


def test_the_table_is_a_file_too(everything: Any, officer: Any, enter: Any) -> None:
    client = enter(officer)
    text = b"".join(client.get(ask(client) + "?file=csv").streaming_content).decode("utf-8-sig")
    assert "2026" in text
    assert "4500000,00" in unescape(text) or "10700000,00" in text
