"""Reads the history of a record: who changed which field, when, from what to what."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.text import capfirst

from core.models import User
from core.shown import shown

HIDDEN = {"id", "public_id", "version", "sort_key", "pgh_id", "pgh_created_at", "pgh_label", "pgh_obj", "pgh_context"}


@dataclass(frozen=True)
class Field:
    """One field's old and new value, as the reader's language writes them."""

    label: str
    old: str
    new: str


@dataclass(frozen=True)
class Change:
    """One save: when, by whom, what happened (insert, update, delete) and to which fields."""

    at: datetime.datetime
    by: str
    what: str
    fields: tuple[Field, ...]


def changes_of(record: models.Model, limit: int = 200) -> list[Change]:
    """Return a record's changes, the newest first."""
    model: Any = type(record)
    if not hasattr(model, "pgh_event_model"):
        return []
    events = list(
        model.pgh_event_model.objects.filter(pgh_obj_id=record.pk)
        .select_related("pgh_context")
        .order_by("-pgh_id")[: limit + 1]
    )
    people = people_of(events)
    changes = []
    for index, event in enumerate(events[:limit]):
        before = events[index + 1] if index + 1 < len(events) else None
        user = event.pgh_context.metadata.get("user") if event.pgh_context else None
        changes.append(
            Change(event.pgh_created_at, people.get(user, ""), event.pgh_label, differences(model, before, event))
        )
    return changes


def people_of(events: list[Any]) -> dict[Any, str]:
    """Return the names of whoever events name, by id."""
    ids = {event.pgh_context.metadata.get("user") for event in events if event.pgh_context} - {None}
    return {user.pk: user.name for user in User.objects.filter(pk__in=ids)}


def differences(
    model: Any, before: Any, after: Any, besides: set[str] | frozenset[str] = frozenset()
) -> tuple[Field, ...]:
    """Compare two event rows themselves: amounts stay Decimals. Some fields can be left out."""
    found = []
    for field in after._meta.concrete_fields:
        if field.name in HIDDEN or field.name in besides:
            continue
        old = getattr(before, field.attname) if before is not None else None
        new = getattr(after, field.attname)
        if old == new or (before is None and new in (None, "", False)):
            continue
        real = model._meta.get_field(field.name)
        label = capfirst(str(getattr(real, "verbose_name", field.name)))
        found.append(Field(label, shown(real, old), shown(real, new)))
    return tuple(found)
