"""Migrating while people work: it waits shortly, then steps back and says so."""

from __future__ import annotations

import time
from typing import Any

import pytest

from tests.operation.conftest import address, run, server

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def test_a_migration_that_meets_a_lock_steps_back_and_says_so(full: str, new_database: Any) -> None:
    name = new_database(full)
    with server(name, autocommit=False) as own:
        own.execute("select count(*) from reporting_answer")  # somebody reads in an open transaction
        began = time.monotonic()
        stopped = run(address(name), "migrate", "reporting", "zero", MIGRATE_LOCK_SECONDS="1")
        assert time.monotonic() - began < 45
    assert stopped.returncode
    assert "was stopped and taken back" in stopped.stderr
    assert "Traceback" not in stopped.stderr
    assert not run(address(name), "migrate", "--check").returncode, "nothing was half done"
    assert not run(address(name), "migrate", "reporting", "zero").returncode
