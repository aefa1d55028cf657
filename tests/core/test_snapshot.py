"""Answers kept as long as the database holds the same."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from django.db import DatabaseError, connection, connections, transaction

from core.asking import together
from core.models import Country, Event, Theme
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


def made(kept: Kept, question: str, read: Any, making: list[int] | None = None) -> Any:
    """Ask for what is made of a reading: here the same, counted."""

    def make(found: Any) -> Any:
        (making if making is not None else []).append(1)
        return found

    return kept.made(question, read, make)


def both_ways(kept: Kept, question: str, ask: Any, compared: bool) -> Any:
    return made(kept, question, ask) if compared else kept.answer(question, ask)


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
@pytest.mark.parametrize("compared", [False, True])
def test_what_is_not_committed_yet_does_not_show_and_shows_at_once_when_it_is(asked: list[int], compared: bool) -> None:
    kept, ask, other = Kept(), count(asked), connections.create_connection("default")
    before = both_ways(kept, "themes", ask, compared)
    try:
        other.set_autocommit(False)
        with other.cursor() as cursor:
            cursor.execute(
                "insert into core_theme (public_id, version, name_nl, name_en, active, sort_key, code)"
                " values (gen_random_uuid(), 1, 'Later', 'Later', true, 'later', 'LATER')"
            )
        assert both_ways(kept, "themes", ask, compared) == before
        other.commit()
        assert both_ways(kept, "themes", ask, compared) == before + 1
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


# -- compared after a change --------------------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_a_change_elsewhere_leaves_what_was_made_and_a_change_of_its_rows_does_not(asked: list[int]) -> None:
    kept, ask, making = Kept(), count(asked), list[int]()
    before = made(kept, "themes", ask, making)
    for number in range(3):
        Country.objects.create(code=f"X{number}", name_nl=f"Land {number}", name_en=f"Country {number}")
        assert made(kept, "themes", ask, making) == before
        assert made(kept, "themes", ask, making) == before
    assert (len(asked), len(making)) == (4, 1)
    Theme.objects.create(code="NIEUW", name_nl="Nieuw", name_en="New")
    assert made(kept, "themes", ask, making) == before + 1
    assert (len(asked), len(making)) == (5, 2)


@pytest.mark.django_db(transaction=True)
def test_nothing_is_another_answer_than_an_empty_word(asked: list[int]) -> None:
    Theme.objects.create(code="A", name_nl="", name_en="x")
    kept = Kept()

    def ask() -> Any:
        with connection.cursor() as cursor:
            cursor.execute("select nullif(name_nl, 'nothing') from core_theme where code = %s", ["A"])
            return cursor.fetchone()[0]

    assert made(kept, "name", ask) == ""
    Theme.objects.filter(code="A").update(name_nl="nothing")
    assert made(kept, "name", ask) is None


@pytest.mark.django_db(transaction=True)
def test_rows_in_another_order_are_another_answer() -> None:
    kept = Kept()
    one, two = (Theme.objects.create(code=code, name_nl=code, name_en=code) for code in ("A", "B"))

    def ask() -> list[str]:
        return list(Theme.objects.filter(pk__in=[one.pk, two.pk]).order_by("name_en").values_list("code", flat=True))

    assert made(kept, "codes", ask) == ["A", "B"]
    Theme.objects.filter(pk=one.pk).update(name_en="C")
    assert made(kept, "codes", ask) == ["B", "A"]


@pytest.mark.django_db(transaction=True)
def test_while_somebody_writes_it_is_read_each_time_and_made_only_when_that_differs(asked: list[int]) -> None:
    kept, ask, making, other = Kept(), count(asked), list[int](), connections.create_connection("default")
    try:
        other.set_autocommit(False)
        with other.cursor() as cursor:
            cursor.execute("update core_theme set name_en = name_en")
        before = made(kept, "themes", ask, making)
        assert made(kept, "themes", ask, making) == before
        assert (len(asked), len(making)) == (2, 1)
        Theme.objects.create(code="NIEUW", name_nl="Nieuw", name_en="New")
        assert made(kept, "themes", ask, making) == before + 1
    finally:
        other.rollback()
        other.close()


def by_cursor_on_the_server() -> list[str]:
    return [row.code for row in Theme.objects.order_by("code").iterator(chunk_size=1)]


def by_very_many_cells() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("select code from core_theme union all select '' from generate_series(1, 60000)")
        return sorted(code for (code,) in cursor.fetchall() if code)


CODES = "select code from core_theme order by code"


def by_a_statement_that_failed() -> list[str]:
    with connection.cursor() as cursor:
        try:
            cursor.execute("select 1 / (select count(*) from core_theme where code = 'NIEUW')")
        except DatabaseError:
            cursor.execute("select code from core_theme where code <> 'NIEUW' order by code")
        else:
            cursor.execute(CODES)
        return [code for (code,) in cursor.fetchall()]


def by_two_statements_at_once() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(f"select 1; {CODES}")
        cursor.nextset()
        return [code for (code,) in cursor.fetchall()]


def by_what_no_wrapper_sees() -> list[str]:
    connection.ensure_connection()
    return [code for (code,) in connection.connection.execute(CODES).fetchall()]


def by_questions_together_of_which_one_has_very_many_cells() -> list[str]:
    with together() as put:
        many = put.sql("select code from core_theme union all select '' from generate_series(1, 60000)")
        assert put.sql("select 1").rows == [(1,)]
    return sorted(code for (code,) in many.rows if code)


WAYS = [
    by_cursor_on_the_server,
    by_very_many_cells,
    by_a_statement_that_failed,
    by_two_statements_at_once,
    by_what_no_wrapper_sees,
    by_questions_together_of_which_one_has_very_many_cells,
]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("ask", WAYS)
def test_what_cannot_be_compared_is_made_again_after_each_change(ask: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(connection.settings_dict, "DISABLE_SERVER_SIDE_CURSORS", False)
    kept, making = Kept(), list[int]()
    before = made(kept, "codes", ask, making)
    assert made(kept, "codes", ask, making) == before
    Country.objects.create(code="X1", name_nl="Land", name_en="Country")
    assert made(kept, "codes", ask, making) == before
    assert len(making) == 2
    Theme.objects.create(code="NIEUW", name_nl="Nieuw", name_en="New")
    assert made(kept, "codes", ask, making) == sorted([*before, "NIEUW"])


@pytest.mark.django_db(transaction=True)
def test_what_asks_something_while_it_is_made_is_made_again_after_each_change() -> None:
    kept, codes = Kept(), Theme.objects.order_by("code").values_list("code", flat=True)

    def found() -> list[str]:
        return kept.made("codes", Country.objects.count, lambda _count: list(codes.all()))

    before = found()
    Theme.objects.create(code="NIEUW", name_nl="Nieuw", name_en="New")
    assert found() == sorted([*before, "NIEUW"])


@pytest.mark.django_db(transaction=True)
def test_what_was_asked_together_is_compared_answer_by_answer() -> None:
    kept, making = Kept(), list[int]()
    Theme.objects.create(code="A", name_nl="x", name_en="x")

    def read() -> list[Any]:
        with together() as put:
            names = put.of(Theme.objects.filter(code="A").values_list("name_nl"))
            others = put.of(Theme.objects.filter(code="A").values_list("name_en"))
        return [names.ids, others.ids]

    assert made(kept, "names", read, making) == [["x"], ["x"]]
    Country.objects.create(code="X1", name_nl="Land", name_en="Country")
    assert made(kept, "names", read, making) == [["x"], ["x"]]
    assert len(making) == 1
    Theme.objects.filter(code="A").update(name_en="y")
    assert made(kept, "names", read, making) == [["x"], ["y"]]
    Theme.objects.filter(code="A").update(name_nl="y", name_en="x")  # the same answers, in another order
    assert made(kept, "names", read, making) == [["y"], ["x"]]


@pytest.mark.django_db(transaction=True)
def test_one_who_fails_keeps_nothing_and_nobody_listens_on() -> None:
    kept = Kept()

    def ask() -> int:
        Theme.objects.count()
        raise ValueError("gone")

    with pytest.raises(ValueError, match="gone"):
        made(kept, "themes", ask)
    assert connection.execute_wrappers == []
    assert made(kept, "themes", Theme.objects.count) == Theme.objects.count()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("compared", [False, True])
def test_an_answer_is_never_older_than_a_write_that_ended_before_it_was_asked_for(compared: bool) -> None:
    """Four write, each one row at a time; four ask. Whoever asks after a write ended sees that row."""
    kept, ended, wrong = Kept(), [0], []
    lock, stop = threading.Lock(), threading.Event()

    def ours() -> int:
        return Theme.objects.filter(code__startswith="T").count()

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
            found = both_ways(kept, "themes", lambda: (ours(), ours()), compared)  # which may be torn, and not old
            if min(found) < least:
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
