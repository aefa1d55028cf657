"""Large files from the books: read and taken in by the worker, with its progress on the page; all or nothing as ever."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from claims.actions import books_work
from claims.actions.refused import Refused
from claims.enums import BooksWorkKind, BooksWorkState
from claims.importers import payments
from claims.importers.preview import as_values, from_values, preview_of
from claims.models import BooksFile, BooksWork, Deviation, Payment
from claims.tasks import work_on_books
from core.models import Membership
from tests.claims.test_books_pages import (
    _english,
    arrangement,
    desk,
    mark_on,
    mln,
    send,
    sheet,
    take_in,
)
from tests.claims.test_ledger import refused

__all__ = ["_english", "arrangement", "desk"]
pytestmark = pytest.mark.django_db

ROWS = tuple(f"{n:04d};ARR-1;payment;1.000.000,00;0{n}-05-2026;10-05-2026" for n in range(1, 6))


@pytest.fixture(autouse=True)
def _small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let four rows be many."""
    monkeypatch.setattr(payments, "DIRECT_ROWS", 3)
    monkeypatch.setattr(books_work, "EACH", 1)


def work_now() -> BooksWork:
    """Do what waits, as the worker does."""
    work = BooksWork.objects.filter(state=BooksWorkState.WAITING).get()
    books_work.do(work=work, now=timezone.now)
    work.refresh_from_db()
    return work


def page(client: Any, address: str) -> str:
    return str(client.get(address).content.decode())


def test_a_large_file_is_read_and_taken_in_by_the_worker(desk: Any, arrangement: Any) -> None:
    address = send(desk, sheet(*ROWS))
    assert BooksFile.objects.get().large
    html = page(desk, address)
    assert "It waits for its turn" in html
    assert "No worker is running" in html
    assert 'name="mark"' not in html
    looked = work_now()
    assert (looked.state, looked.rows) == (BooksWorkState.DONE, 5)
    html = page(desk, address)
    assert "New: 5" in html
    assert not Payment.objects.exists()
    assert take_in(desk, address, mark_on(html)).status_code == 302
    assert "being taken in" in page(desk, address)
    assert not Payment.objects.exists()
    assert work_now().state == BooksWorkState.DONE
    assert Payment.objects.count() == 5
    assert Deviation.objects.get().amount == mln(1)
    assert "New: 5" in page(desk, address)
    kept = BooksFile.objects.get()
    assert (kept.taken_in, kept.content, kept.done_by) == (True, None, BooksWork.objects.first().asked_by)


def test_the_page_of_a_large_file_is_that_of_a_small_one(
    desk: Any, arrangement: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = send(desk, sheet(*ROWS))
    work_now()
    of_worker = page(desk, address)
    BooksFile.objects.update(large=False)
    direct = page(desk, address)
    assert mark_on(of_worker) == mark_on(direct)

    def body(html: str) -> str:
        return html.split("<main", 1)[1].split("</main", 1)[0].split("csrfmiddlewaretoken", maxsplit=1)[0]

    assert body(of_worker) == body(direct)


def test_a_preview_comes_back_from_its_values_as_it_was(arrangement: Any) -> None:
    for rows in (ROWS, (*ROWS, ";;;5.000.000,00;;"), ("0001;ARR-9;payment;1,50;01-05-2026;02-05-2026",)):
        found = payments.examine(sheet(*rows), "payments.csv", digest="")
        assert from_values(as_values(preview_of(found))) == preview_of(found)


def test_one_row_that_cannot_be_read_keeps_the_whole_file_out(desk: Any, arrangement: Any) -> None:
    address = send(desk, sheet(*ROWS, "0009;ARR-9;payment;1,50;01-05-2026;02-05-2026"))
    assert work_now().state == BooksWorkState.DONE
    html = page(desk, address)
    assert "ARR-9" in html
    assert "There is no commitment of this number" in html
    assert 'name="mark"' not in html


def test_a_question_is_answered_and_the_file_read_again(desk: Any, arrangement: Any) -> None:
    address = send(desk, sheet(*ROWS, ";;;5.000.000,00;;"))
    work_now()
    assert "answer:total_row" in page(desk, address)
    assert desk.post(address, {"answer:total_row": "skip"}).status_code == 302
    work_now()
    assert "New: 5" in page(desk, address)


def test_what_changed_since_it_was_shown_is_not_taken_in(desk: Any, arrangement: Any, books: Any) -> None:
    address = send(desk, sheet(*ROWS))
    work_now()
    mark = mark_on(page(desk, address))
    books.pay(arrangement, arrangement.rows.get().envelope, 1, "2026-05-01")
    take_in(desk, address, mark)
    assert work_now().state == BooksWorkState.FAILED
    assert Payment.objects.count() == 1
    html = page(desk, address)
    assert "What was recorded changed since this was shown" in html
    assert desk.post(address, {"look": "1"}).status_code == 302
    work_now()
    take_in(desk, address, mark_on(page(desk, address)))
    assert work_now().state == BooksWorkState.DONE
    assert Payment.objects.count() == 6


def test_asked_twice_it_is_done_once(desk: Any, arrangement: Any, bookkeeper: Any) -> None:
    address = send(desk, sheet(*ROWS))
    file = BooksFile.objects.get()
    again = books_work.ask(by=bookkeeper, at=timezone.now(), file=file, kind=BooksWorkKind.LOOK)
    assert again == BooksWork.objects.get()
    work_now()
    mark = mark_on(page(desk, address))
    assert [take_in(desk, address, mark).status_code for _click in range(2)] == [302, 302]
    assert BooksWork.objects.count() == 2
    taking = work_now()
    books_work.do(work=taking, now=timezone.now)  # a worker that was killed after its last write begins again
    assert Payment.objects.count() == 5


def test_a_file_put_away_meanwhile_is_not_taken_in(desk: Any, arrangement: Any, bookkeeper: Any) -> None:
    address = send(desk, sheet(*ROWS))
    work_now()
    take_in(desk, address, mark_on(page(desk, address)))
    desk.post(address, {"put_away": "1"})
    assert work_now().problem == "This file was put away."
    assert not Payment.objects.exists()
    with pytest.raises(Refused):
        books_work.ask(by=bookkeeper, at=timezone.now(), file=BooksFile.objects.get(), kind=BooksWorkKind.LOOK)


def test_who_lost_the_role_meanwhile_takes_nothing_in(desk: Any, arrangement: Any, bookkeeper: Any) -> None:
    address = send(desk, sheet(*ROWS))
    work_now()
    take_in(desk, address, mark_on(page(desk, address)))
    Membership.objects.filter(user=bookkeeper).delete()
    assert "Only a financial officer" in work_now().problem
    assert not Payment.objects.exists()


def test_the_part_that_polls_shows_rows_and_then_the_whole_page(desk: Any, arrangement: Any) -> None:
    send(desk, sheet(*ROWS))
    address = reverse("claims:books-progress", args=[BooksFile.objects.get().public_id])
    BooksWork.objects.update(state=BooksWorkState.READING, rows=4)
    asked = {"HTTP_HX_REQUEST": "true"}
    part = desk.get(address, **asked).content.decode()
    assert "4 rows were read" in part
    assert "<html" not in part
    assert desk.get(address).status_code == 302
    BooksWork.objects.update(state=BooksWorkState.BOOKING)
    assert "held against what is recorded" in desk.get(address, **asked).content.decode()
    BooksWork.objects.update(state=BooksWorkState.DONE)
    assert desk.get(address, **asked)["HX-Refresh"] == "true"


def test_finished_work_is_never_changed(desk: Any, arrangement: Any) -> None:
    send(desk, sheet(*ROWS))
    refused("books_work_once", lambda: BooksWork.objects.update(shown="x"))
    work_now()
    refused("books_work_once", lambda: BooksWork.objects.update(state=BooksWorkState.WAITING))
    refused("books_work_once", lambda: BooksWork.objects.all().delete())


def test_what_keeps_failing_is_said_on_the_page(desk: Any, arrangement: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    address = send(desk, sheet(*ROWS))

    def broken(**_given: Any) -> None:
        raise RuntimeError("broken")

    monkeypatch.setattr(books_work, "do", broken)
    work = BooksWork.objects.get()
    context: Any = type("Context", (), {"job": type("Job", (), {"attempts": 0})})
    with pytest.raises(RuntimeError):
        work_on_books(context, str(work.public_id))
    assert "Nothing was recorded" in page(desk, address)


def test_the_job_is_asked_for_in_the_same_transaction(
    desk: Any, arrangement: Any, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        send(desk, sheet(*ROWS))
    with connection.cursor() as cursor:
        cursor.execute("select task_name, args from procrastinate_jobs")
        assert cursor.fetchall() == [("work_on_books", '{"work": "%s"}' % BooksWork.objects.get().public_id)]
