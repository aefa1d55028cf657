"""Questions that are put to the database together."""

from __future__ import annotations

import select
from typing import Any

import pytest
from django.db import OperationalError, ProgrammingError, connection, connections, transaction
from django.test.utils import CaptureQueriesContext

from core.asking import ids_of, record_of, together
from core.models import Country, Theme


@pytest.fixture
def theme(db: None) -> Theme:
    return Theme.objects.create(code="A", name_nl="Eén", name_en="One")


def test_answers_are_read_in_any_order_within_the_block_and_after_it(theme: Theme) -> None:
    with together() as put:
        first, second = put.sql("select 1, %s", ["x"]), put.of(Theme.objects.filter(code="A").values_list("name_nl"))
        third = put.sql("select generate_series(1, 3)")
        assert second.rows == [("Eén",)]
    assert first.rows == [(1, "x")]
    assert third.ids == [1, 2, 3]


def test_a_question_may_follow_from_an_answer(theme: Theme) -> None:
    with together() as put:
        keys = put.of(Theme.objects.filter(code="A").values_list("pk"))
        names = put.sql("select name_en from core_theme where id = any(%s)", [keys.ids])
    assert names.ids == ["One"]


@pytest.mark.django_db(transaction=True)
def test_an_answer_comes_while_the_next_question_still_waits() -> None:
    """The second question waits for a lock that another holds. What was answered before it must have come already."""
    other = connections.create_connection("default")
    try:
        with other.cursor() as theirs:
            theirs.execute("select pg_advisory_lock(7)")
            with together() as put:
                first = put.sql("select 1")
                came, _out, _faults = select.select([connection.connection.fileno()], [], [], 20)
                assert came
                second = put.sql("select pg_advisory_xact_lock(7) is null")
                assert first.rows == [(1,)]
                theirs.execute("select pg_advisory_unlock(7)")
                assert second.rows == [(False,)]
    finally:
        other.close()


def test_behind_a_pooler_that_shares_by_transaction_they_are_asked_one_by_one(
    theme: Theme, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(connection.settings_dict, "DISABLE_SERVER_SIDE_CURSORS", True)
    with together() as put:
        assert not connection.connection.pgconn.pipeline_status
        keys = put.of(Theme.objects.filter(code="A").values_list("pk"))
        names = put.sql("select name_en from core_theme where id = any(%s)", [keys.ids])
    assert names.ids == ["One"]


def test_a_question_about_nothing_is_not_put(theme: Theme) -> None:
    with CaptureQueriesContext(connection) as captured, together() as put:
        nothing = put.of(Theme.objects.filter(pk__in=[]).values_list("pk"))
    assert nothing.rows == []
    assert len(captured) == 0


def test_each_question_is_counted_as_one(theme: Theme) -> None:
    with CaptureQueriesContext(connection) as captured, together() as put:
        put.sql("select 1")
        put.of(Theme.objects.values_list("pk"))
    assert len(captured) == 2


def asked(*texts: str, wait: bool) -> None:
    with together() as put:
        for text in texts:
            answer = put.sql(text)
            if wait:
                assert answer.rows


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("wait", [True, False])
def test_a_question_that_fails_says_so_and_leaves_the_connection_whole(wait: bool) -> None:
    with pytest.raises(ProgrammingError, match="no_such_table"):
        asked("select 1", "select * from no_such_table", "select 2", wait=wait)
    assert Theme.objects.count() >= 0
    assert not connection.in_atomic_block


@pytest.mark.django_db(transaction=True)
def test_a_connection_that_broke_between_two_requests_is_made_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    """As after a restart of the server: the first who asks in the next request finds the old connection dead."""
    connection.ensure_connection()
    other = connections.create_connection("default")
    try:
        with other.cursor() as theirs:
            theirs.execute("select pg_terminate_backend(%s, 5000)", [connection.connection.info.backend_pid])
    finally:
        other.close()
    monkeypatch.setattr(connections["default"], "health_check_enabled", True)
    monkeypatch.setattr(connections["default"], "health_check_done", False)
    with together() as put:
        first, second = put.sql("select 1"), put.sql("select 2")
    assert (first.ids, second.ids) == ([1], [2])


@pytest.mark.django_db(transaction=True)
def test_a_connection_that_breaks_meanwhile_is_a_fault_of_the_database() -> None:
    other = connections.create_connection("default")
    pid = connection.cursor().connection.info.backend_pid
    try:
        with other.cursor() as theirs, pytest.raises(OperationalError):
            broken(theirs, pid)
    finally:
        other.close()
    connection.close()
    with together() as put:
        assert put.sql("select 1").ids == [1]


def broken(theirs: Any, pid: int) -> None:
    with together() as put:
        put.sql("select 1")
        theirs.execute("select pg_terminate_backend(%s, 5000)", [pid])
        assert put.sql("select 2").rows


def test_within_a_transaction_it_sees_what_was_written_there(theme: Theme) -> None:
    with transaction.atomic():
        Theme.objects.create(code="B", name_nl="Twee", name_en="Two")
        with together() as put:
            found = put.of(Theme.objects.filter(code__in=["A", "B"]).order_by("code").values_list("code"))
        transaction.set_rollback(True)
    assert found.ids == ["A", "B"]


def test_whole_records_come_as_they_were_saved(theme: Theme) -> None:
    with together() as put:
        found = put.of(Theme.objects.filter(code="A"))
    (record,) = found.records(Theme)
    assert (record, record.name_nl, record.sort_key, record._state.adding) == (theme, "Eén", theme.sort_key, False)


def test_a_record_of_which_little_is_known_asks_for_the_rest(theme: Theme) -> None:
    record = record_of(Theme, {"id": theme.pk, "name_nl": "Eén"})
    with CaptureQueriesContext(connection) as captured:
        assert record.name_nl == "Eén"
        assert len(captured) == 0
        assert record.name_en == "One"
        assert len(captured) == 1
    assert record == theme


def test_ids_come_from_a_list_or_a_queryset_and_of_nothing_there_are_none(theme: Theme) -> None:
    for rows, expected in (
        ([3, 4], [3, 4]),
        ([], []),
        (Theme.objects.filter(code="A"), [theme.pk]),
        (Country.objects.none(), []),
    ):
        sql, given = ids_of(rows)
        with connection.cursor() as cursor:
            cursor.execute(sql, given)
            assert [key for (key,) in cursor.fetchall()] == expected
