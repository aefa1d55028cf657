"""When a job of the worker is tried again."""

from types import SimpleNamespace

import pytest
from django.db import InterfaceError, OperationalError
from procrastinate.contrib.django import app

from core.work import TRIES, TRIES_WITHOUT_DATABASE, Patient, gives_up


@pytest.mark.parametrize(
    ("error", "tries"),
    [
        (RuntimeError(), TRIES),
        (OperationalError(), TRIES_WITHOUT_DATABASE),
        (InterfaceError(), TRIES_WITHOUT_DATABASE),
    ],
)
def test_a_job_is_tried_so_often_and_longer_when_the_database_was_lost(error: Exception, tries: int) -> None:
    decisions = [Patient().get_retry_decision(exception=error, job=SimpleNamespace(attempts=n)) for n in range(tries)]
    assert [bool(decision) for decision in decisions] == [True] * (tries - 1) + [False]
    assert gives_up(error, tries - 1)


def test_every_task_that_makes_something_is_patient() -> None:
    made = {name: task for name, task in app.tasks.items() if name.startswith(("make_", "freeze_", "work_", "take_in"))}
    assert len(made) >= 6
    assert not [name for name, task in made.items() if not isinstance(task.retry_strategy, Patient)]
