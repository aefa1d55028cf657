"""Answers kept as long as the database holds the same."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection, connections, transaction

from core.models import Theme
from core.snapshot import Kept


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
    assert [kept.answer("themes", ask) for _time in range(200)] == [first] * 200
    assert len(asked) < 100  # other test processes write to the same server now and then


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
