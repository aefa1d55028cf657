"""Answers kept as long as the database holds the same."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from django.db import connection, connections, transaction

from core.models import Event, Theme
from core.snapshot import Kept
from tests.conftest import NOON


@pytest.fixture
def asked() -> list[int]:
    return []


def count(asked: list[int]) -> Any:
    def ask() -> int:
        asked.append(1)
        return Theme.objects.count()

    return ask


@pytest.mark.django_db(transaction=True)
def test_an_answer_is_asked_once_as_long_as_nothing_is_written(asked: list[int]) -> None:
    kept, ask = Kept(), count(asked)
    first = kept.answer("themes", ask)
    assert [kept.answer("themes", ask) for _time in range(5)] == [first] * 5
    assert len(asked) == 1


@pytest.mark.django_db(transaction=True)
def test_after_any_write_of_whoever_it_is_asked_again(asked: list[int]) -> None:
    kept, ask = Kept(), count(asked)
    before = kept.answer("themes", ask)
    Theme.objects.create(code="NIEUW", name_nl="Nieuw", name_en="New")
    assert kept.answer("themes", ask) == before + 1


@pytest.mark.django_db(transaction=True)
def test_what_is_not_committed_yet_does_not_show_and_shows_at_once_when_it_is(asked: list[int]) -> None:
    kept, ask, other = Kept(), count(asked), connections.create_connection("default")
    before = kept.answer("themes", ask)
    try:
        other.set_autocommit(False)
        with other.cursor() as cursor:
            cursor.execute(
                "insert into core_theme (public_id, version, name_nl, name_en, active, sort_key, code)"
                " values (gen_random_uuid(), 1, 'Later', 'Later', true, 'later', 'LATER')"
            )
        assert kept.answer("themes", ask) == before
        other.commit()
        assert kept.answer("themes", ask) == before + 1
    finally:
        other.rollback()
        other.close()


@pytest.mark.django_db(transaction=True)
def test_within_a_transaction_it_is_always_asked(asked: list[int]) -> None:
    kept, ask = Kept(), count(asked)
    before = kept.answer("themes", ask)
    with transaction.atomic():
        Theme.objects.create(code="NIEUW", name_nl="Nieuw", name_en="New")
        assert kept.answer("themes", ask) == before + 1
        transaction.set_rollback(True)
    assert kept.answer("themes", ask) == before


@pytest.mark.django_db(transaction=True)
def test_the_least_asked_answers_are_forgotten(asked: list[int]) -> None:
    kept, ask = Kept(most=2), count(asked)
    for question in ("a", "b", "a", "c"):
        kept.answer(question, ask)
    asked.clear()
    kept.answer("a", ask)
    assert not asked
    kept.answer("b", ask)
    assert asked == [1]
    assert connection.in_atomic_block is False


@pytest.mark.django_db(transaction=True)
def test_what_is_no_content_lets_an_answer_stand(asked: list[int]) -> None:
    kept, ask = Kept(), count(asked)
    kept.answer("themes", ask)
    Event.objects.create(at=NOON, kind="test", subject="x")
    kept.answer("themes", ask)
    assert len(asked) == 1


@pytest.mark.django_db(transaction=True)
def test_the_very_first_write_of_a_register_gives_it_another_number(asked: list[int]) -> None:
    with connection.cursor() as cursor:
        cursor.execute("select setval('core_register_version', 1, false)")  # as it is made
    kept, ask = Kept(), count(asked)
    before = kept.answer("themes", ask)
    Theme.objects.create(code="NIEUW", name_nl="Nieuw", name_en="New")
    assert kept.answer("themes", ask) == before + 1


@pytest.mark.django_db(transaction=True)
def test_emptying_a_table_shows_at_once(asked: list[int]) -> None:
    kept, ask = Kept(), count(asked)
    Theme.objects.create(code="NIEUW", name_nl="Nieuw", name_en="New")
    assert kept.answer("themes", ask) > 0
    with connection.cursor() as cursor:
        cursor.execute("truncate core_theme cascade")
    assert kept.answer("themes", ask) == 0


@pytest.mark.django_db(transaction=True)
def test_an_answer_is_never_older_than_a_write_that_ended_before_it_was_asked_for() -> None:
    """Four write, each one row at a time; four ask. Whoever asks after a write ended sees that row."""
    kept, ended, wrong = Kept(), [0], []
    lock, stop = threading.Lock(), threading.Event()

    def write(name: int) -> None:
        for number in range(40):
            Theme.objects.create(code=f"T{name}-{number}", name_nl=f"T{name}-{number}", name_en="x")
            with lock:
                ended[0] += 1
        connections.close_all()

    def read() -> None:
        while not stop.is_set():
            with lock:
                least = ended[0]
            found = kept.answer("themes", lambda: Theme.objects.filter(code__startswith="T").count())
            if found < least:
                wrong.append((found, least))
        connections.close_all()

    writers = [threading.Thread(target=write, args=(name,)) for name in range(4)]
    readers = [threading.Thread(target=read) for _number in range(4)]
    for thread in (*writers, *readers):
        thread.start()
    for thread in writers:
        thread.join()
    stop.set()
    for thread in readers:
        thread.join()
    assert ended == [160]
    assert wrong == []
