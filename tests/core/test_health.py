"""Health: for machines, without a session."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone
from procrastinate.contrib.django import app

from core import readiness

READY = "health-ready"
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def worker(transactional_db: None) -> Iterator[int]:
    """A worker that said a moment ago that it lives."""
    with connection.cursor() as cursor:
        cursor.execute("insert into procrastinate_workers default values returning id")
        number = cursor.fetchone()[0]
    yield number
    ask("delete from procrastinate_jobs")
    ask("delete from procrastinate_workers")


def ask(sql: str, *given: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, given)


def answer(client: Any) -> tuple[int, dict[str, Any]]:
    got = client.get(reverse(READY))
    assert "no-store" in got["Cache-Control"]
    return got.status_code, got.json()["parts"]


def test_a_process_that_lives_says_so_to_anybody_and_asks_the_database_nothing(
    client: Any, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(0):
        got = client.get(reverse("health"))
    assert (got.status_code, got.json()) == (200, {"live": True})


def test_where_all_is_there_it_is_ready(client: Any, worker: int) -> None:
    status, parts = answer(client)
    assert status == 200
    assert parts == {
        "database": {"ready": True},
        "migrations": {"ready": True, "missing": 0},
        "worker": {"ready": True, "seen": 1},
        "jobs": {"ready": True, "waiting": 0, "oldest_seconds": 0, "stalled": 0},
    }


def test_it_asks_little_and_answers_soon(client: Any, worker: int) -> None:
    began = timezone.now()
    for _time in range(5):
        answer(client)
    assert timezone.now() - began < datetime.timedelta(seconds=2)


def test_without_a_database_it_lives_but_is_not_ready(client: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """A server that is really not there: nobody listens at this address."""
    monkeypatch.setitem(connection.settings_dict, "HOST", "127.0.0.1")
    monkeypatch.setitem(connection.settings_dict, "PORT", "9")
    assert answer(client) == (503, {"database": {"ready": False}})
    assert client.get(reverse("health")).status_code == 200


def test_a_database_that_hangs_does_not_hang_the_answer(
    client: Any, worker: int, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.READY_SECONDS = 1
    monkeypatch.setattr(readiness, "WORK", "select pg_sleep(20), 0, 0, 0 where %(silent)s is not null")
    began = timezone.now()
    assert answer(client) == (503, {"database": {"ready": False}})
    assert timezone.now() - began < datetime.timedelta(seconds=5)


def test_a_migration_that_is_missing_is_counted(client: Any, worker: int) -> None:
    ask("update django_migrations set name = name || '-away' where app = 'core' and name = '0002_sending'")
    try:
        status, parts = answer(client)
    finally:
        ask("update django_migrations set name = '0002_sending' where name = '0002_sending-away'")
    assert (status, parts["migrations"]) == (503, {"ready": False, "missing": 1})


def test_a_worker_that_fell_silent_is_missed(client: Any, worker: int) -> None:
    ask("update procrastinate_workers set last_heartbeat = now() - interval '1 minute'")
    status, parts = answer(client)
    assert (status, parts["worker"]) == (503, {"ready": False, "seen": 0})


def test_a_job_whose_worker_died_is_stalled(client: Any, worker: int) -> None:
    app.configure_task("retry_stalled_jobs", allow_unknown=True).defer(timestamp=0)
    ask("insert into procrastinate_workers (last_heartbeat) values (now() - interval '1 minute')")
    ask("update procrastinate_jobs set status = 'doing', worker_id = (select max(id) from procrastinate_workers)")
    status, parts = answer(client)
    assert (status, parts["jobs"]["stalled"], parts["worker"]["seen"]) == (503, 1, 1)


def test_a_job_that_waits_too_long_is_told_and_one_for_later_is_not(client: Any, worker: int) -> None:
    app.configure_task("retry_stalled_jobs", allow_unknown=True).defer(timestamp=0)
    later = timezone.now() + datetime.timedelta(hours=1)
    app.configure_task("make_paper", schedule_at=later).defer(render="x")
    assert answer(client)[0] == 200
    ask("update procrastinate_events set at = at - interval '20 minutes'")
    status, parts = answer(client)
    assert (status, parts["jobs"]["waiting"], parts["jobs"]["stalled"]) == (503, 1, 0)
    assert 1200 <= parts["jobs"]["oldest_seconds"] < 1300


def test_a_web_machine_behind_a_balancer_need_not_have_a_worker(
    client: Any, transactional_db: None, settings: Any
) -> None:
    assert answer(client)[0] == 503
    settings.READY_NEEDS_WORKER = False
    status, parts = answer(client)
    assert (status, parts["worker"]) == (200, {"ready": True, "seen": 0})


def test_it_tells_no_secret(client: Any, worker: int) -> None:
    text = client.get(reverse(READY)).content.decode()
    kept = connection.settings_dict
    for secret in (kept["NAME"], kept["HOST"], kept["PASSWORD"], "django", "postgres", "127.0.0.1"):
        assert not secret or secret not in text


@pytest.mark.parametrize("name", ["health", READY])
def test_it_is_only_asked(name: str, client: Any) -> None:
    assert client.post(reverse(name)).status_code == 405
