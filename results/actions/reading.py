"""Keeps who read confidential results: one event per result and view of a page."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Any

from core.models import Event, User

READ = "confidential.read"


def note_reading(*, by: User, at: datetime.datetime, results: Iterable[Any], page: str) -> int:
    """Write down which of these results are confidential and were shown. Return how many. Asks nothing when none are."""
    secret = {result.public_id: result for result in results if result.confidential}
    if secret:
        _write_down(by, at, secret, page)
    return len(secret)


def _write_down(by: User, at: datetime.datetime, secret: dict[Any, Any], page: str) -> None:
    Event.objects.bulk_create(
        Event(
            at=at,
            by=by,
            kind=READ,
            subject=f"result {public_id}",
            data={"result": str(result)[:300], "page": page[:200]},
        )
        for public_id, result in secret.items()
    )
