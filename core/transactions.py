"""The outermost transaction of an action: tried again when two that meet in the database cannot both go on."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import ParamSpec, TypeVar

from django.db import OperationalError, connection, transaction

P = ParamSpec("P")
T = TypeVar("T")
TRIES = 3
MEETING = {"40P01", "40001"}  # deadlock detected, serialisation failure


def acting(action: Callable[P, T]) -> Callable[P, T]:
    """Run an action in one transaction. The outermost one is tried three times when it meets another; an inner one joins."""

    @functools.wraps(action)
    def run(*args: P.args, **kwargs: P.kwargs) -> T:
        if connection.in_atomic_block:
            with transaction.atomic():
                return action(*args, **kwargs)
        for attempt in range(TRIES):
            try:
                with transaction.atomic():
                    return action(*args, **kwargs)
            except OperationalError as error:
                if getattr(error.__cause__, "sqlstate", None) not in MEETING or attempt == TRIES - 1:
                    raise
        raise AssertionError("unreachable")

    return run


def check_now() -> None:
    """Have the database look now at what it would look at when the transaction ends, so that a form can say it."""
    with connection.cursor() as cursor:
        cursor.execute("set constraints all immediate")
        cursor.execute("set constraints all deferred")
