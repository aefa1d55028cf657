"""Acts that are worth proving later: exports, sign-ins, confidential reads."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any

from core.models import Event

if TYPE_CHECKING:
    from core.models import User


def record(*, by: User | None, at: datetime.datetime, kind: str, subject: str, **data: Any) -> Event:
    """Write down an act with copies of what it is about."""
    return Event.objects.create(by=by, at=at, kind=kind, subject=subject, data=data)
