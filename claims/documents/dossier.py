"""Writes a claim as a dossier file: the same records always give the same bytes."""

from __future__ import annotations

import datetime
import json
import uuid
from decimal import Decimal
from typing import Any

from claims.dossier import CLAIM, FORMAT, SHARED, Shape, article_code
from claims.models import Article, Claim, Section
from claims.queries.figures import SOURCES
from core import richtext
from partners.models import Appeal, Contribution, FundTotal, Share
from results.models import Result

FIGURE_LISTS: dict[str, tuple[str, Any, str | None]] = {
    "contribution": ("contributions", Contribution, None),
    "total": ("totals", FundTotal, None),
    "appeal": ("appeals", Appeal, None),
    "appeal-group": ("appeals", Appeal, "groups"),
    "appeal-part": ("appeals", Appeal, "parts"),
    "share": ("shares", Share, None),
    "result": ("results", Result, None),
    "result-part": ("results", Result, "versions__parts"),
}


def write(claim: Claim) -> bytes:
    """Return the file's bytes: UTF-8, two spaces of indent, keys in the order of the shape, a newline at the end."""
    return (json.dumps(gather(claim), ensure_ascii=False, indent=2) + "\n").encode()


def gather(claim: Claim) -> dict[str, Any]:
    """Return the file's content."""
    needed = _Needed()
    content = _record(CLAIM, claim, needed)
    keys = {
        str(public_id): key
        for public_id, key in Section.objects.filter(claim=claim).values_list("public_id", "question__key")
    }
    for section in content["sections"]:
        section["question"] = keys[section["id"]]
    for text in _texts(content):
        needed.bound_in(text)
    shared = needed.collected()
    return {
        "format": FORMAT,
        "claim": content,
        **{name: [shared[name][key] for key in sorted(shared[name])] for name in SHARED},
    }


def _texts(content: dict[str, Any]) -> list[str]:
    return [section["text"] for section in content["sections"]] + [part["text"] for part in content["annex_parts"]]


class _Needed:
    """Collects the shared records that a claim points at, and those that they point at."""

    def __init__(self) -> None:
        self.found: dict[str, dict[str, Any]] = {name: {} for name in SHARED}

    def add(self, name: str, record: Any) -> None:
        """Take a record in, once, with all that it needs."""
        if name not in SHARED:  # the claim's own goals
            return
        key = str(record.public_id)
        if key not in self.found[name]:
            self.found[name][key] = {}
            self.found[name][key] = _record(SHARED[name], record, self)

    def bound_in(self, text: str) -> None:
        """Take in what the figures of a text point at."""
        for figure in richtext.figures(richtext.parse(text)):
            known = FIGURE_LISTS.get(figure.field.split(".")[0]) if figure.field in SOURCES else None
            if known:
                name, model, path = known
                lookup = f"{path}__public_id" if path else "public_id"
                for record in model.objects.filter(**{lookup: figure.id}).distinct():
                    self.add(name, record)

    def collected(self) -> dict[str, dict[str, Any]]:
        """Return the records by list and public id."""
        return self.found


def _record(shape: Shape, record: Any, needed: _Needed) -> dict[str, Any]:
    content: dict[str, Any] = {"id": str(record.public_id)}
    for name in shape.fields:
        content[name] = _plain(getattr(record, name))
    for name, model in shape.codes.items():
        target = getattr(record, name)
        content[name] = None if target is None else article_code(target) if model is Article else target.code
    for name, where in shape.refs.items():
        target = getattr(record, name)
        content[name] = None if target is None else str(target.public_id)
        if target is not None:
            needed.add(where, target)
    for name, where in shape.many.items():
        targets = sorted(getattr(record, name).all(), key=lambda row: str(row.public_id))
        content[name] = [str(target.public_id) for target in targets]
        for target in targets:
            needed.add(where, target)
    for name, (below, parent) in shape.children.items():
        content[name] = [_record(below, row, needed) for row in _children(below, parent, record)]
    return content


def _children(shape: Shape, parent: str, record: Any) -> list[Any]:
    rows = shape.model.objects.filter(**{parent: record})
    if shape.positioned:
        return list(rows.order_by("position", "pk"))
    return sorted(rows, key=shape.order) if shape.order else list(rows.order_by("pk"))


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, datetime.date):
        return value.isoformat()
    return str(value) if isinstance(value, uuid.UUID) else value
