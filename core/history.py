"""History of what can be edited: every insert, update and delete is kept as an append-only event, by triggers."""

from collections.abc import Callable
from typing import TypeVar

import pghistory
from django.db import models

Model = TypeVar("Model", bound=type[models.Model])


def tracked(*, exclude: tuple[str, ...] = ()) -> Callable[[Model], Model]:
    """Keep the history of a model. For drafts, texts, reference data and users; ledger rows are their own history."""
    return pghistory.track(
        pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent(), exclude=list(exclude) or None
    )
