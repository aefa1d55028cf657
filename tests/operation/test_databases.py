"""Several web machines on one database: a pool of connections, and dashboards that read from a replica."""

from __future__ import annotations

import json
from typing import Any

import pytest

from core import replica
from tests.operation.conftest import address, run

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def test_dashboards_read_from_a_replica_that_is_near_and_from_the_primary_otherwise(
    full: str, new_database: Any
) -> None:
    other = new_database(full)
    primary = new_database(full)
    told = run(
        address(primary), "-m", "tests.operation.dashboards", address(other), DATABASE_REPLICA_URL=address(other)
    )
    assert not told.returncode, told.stderr
    assert json.loads(told.stdout.splitlines()[-1]) == {
        "near": "replica",
        "event": "default",
        "behind": "primary",
        "nobody knows": "primary",
        "near again": "replica",
        "after writing": "primary",
        "a while later": "replica",
        "broken half-way": "primary",
        "mended": "replica",
        "gone": "primary",
    }


def test_without_a_replica_nothing_reads_elsewhere() -> None:
    assert replica.Router().db_for_read(None) == "default"
    with replica.reading_replica():
        assert replica.Router().db_for_read(None) == "replica"
        assert replica.Router().db_for_write(None) == "default"
    assert replica.Router().allow_migrate("replica", "core") is False


POOLED = """
import threading, django
django.setup()
from django.db import close_old_connections, connection
from core.models import User
seen, gate = set(), threading.Barrier(6)
def ask():
    gate.wait()
    for _ in range(20):
        with connection.cursor() as cursor:
            cursor.execute("select pg_backend_pid()")
            seen.add(cursor.fetchone()[0])
        User.objects.count()
        connection.close()
threads = [threading.Thread(target=ask) for _ in range(6)]
[t.start() for t in threads]
[t.join() for t in threads]
from core.readiness import readiness
assert readiness().parts["database"]["ready"]
connection.close_pool()
print(len(seen))
"""


def test_threads_share_the_connections_of_a_pool(full: str) -> None:
    made = run(address(full), "-c", POOLED, DATABASE_POOL_MAX="2", DJANGO_SETTINGS_MODULE="config.settings")
    assert not made.returncode, made.stderr
    assert 1 <= int(made.stdout) <= 3


def test_commands_work_with_a_pool_and_behind_a_pooler_of_transactions(full: str) -> None:
    for more in ({"DATABASE_POOL_MAX": "3"}, {"DATABASE_TRANSACTION_POOLER": "1"}):
        done = run(address(full), "check_ledger", **more)
        assert not done.returncode, done.stderr
