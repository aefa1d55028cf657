"""The public rendering of a paper: its facts without the passages that are left out, and the list that comes with it."""

from __future__ import annotations

import typing
from collections.abc import Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from decimal import Decimal
from types import UnionType
from typing import Any, TypeVar

from claims.documents import composed
from claims.documents.cw31 import Cw31
from claims.rules.redaction import Place, Removal, find, take_out
from core import richtext

F = TypeVar("F")


@dataclass(frozen=True)
class Part:
    """One text of a paper: its name for an anchor, how a reader calls it, and what is stored."""

    part: str
    label: str
    text: str


@dataclass(frozen=True)
class Rendered:
    """Public facts, the words that were left out in the order of the list, and what was not found any more."""

    facts: Any
    removed: tuple[str, ...]
    lost: tuple[Removal, ...]


def texts(facts: Cw31) -> tuple[Part, ...]:
    """Return the texts of the form or annex that people wrote."""
    rows = [Part(f"section:{row.key}", f"{row.number} {row.label}", row.text) for row in facts.rows]
    return (*rows, *(Part(section.part, section.title, section.text) for section in facts.annex.sections))


def with_texts(facts: Cw31, changed: dict[str, str]) -> Cw31:
    """Return the facts with other texts, and without the marking that they are not public."""
    rows = tuple(replace(row, text=changed.get(f"section:{row.key}", row.text)) for row in facts.rows)
    sections = tuple(replace(section, text=changed.get(section.part, section.text)) for section in facts.annex.sections)
    return replace(facts, rows=rows, annex=replace(facts.annex, sections=sections), classification="")


def render(facts: Any, parts: Sequence[Part], put: Any, removals: Sequence[Removal]) -> Rendered:
    """Take the passages out of a paper's texts and of what it composes; `put` returns facts with other texts."""
    changed: dict[str, str] = {}
    words: dict[Removal, str] = {}
    loose = [removal for removal in removals if removal.part == composed.PART]
    words |= {one: one.anchor.quote for one in loose if composed.places_of(facts, one.anchor.quote)}
    for part in parts:
        mine = [removal for removal in removals if removal.part == part.part]
        if not mine:
            continue
        document = richtext.parse(part.text)
        places: list[tuple[Place, str]] = []
        for removal in mine:
            place = find(document, removal.anchor)
            if place is not None:
                places.append((place, removal.ground))
                words[removal] = place.words
        changed[part.part] = richtext.html(take_out(document, places))
    lost = tuple(removal for removal in removals if removal not in words)
    public = composed.without(put(facts, changed), loose)
    return Rendered(public, tuple(words[one] for one in removals if one in words), lost)


def rebuilt(kind: type[F], data: dict[str, Any]) -> F:
    """Make a paper's facts again from what was kept of them; fields that came later take their default."""
    hints = typing.get_type_hints(kind)
    given = {field.name: _value(hints[field.name], data[field.name]) for field in fields(kind) if field.name in data}  # type: ignore[arg-type]
    return kind(**given)


def _value(hint: Any, value: Any) -> Any:
    origin, inner = typing.get_origin(hint), typing.get_args(hint)
    if origin in (typing.Union, UnionType):
        return None if value is None else _value(next(one for one in inner if one is not type(None)), value)
    if origin is tuple:
        if len(inner) == 2 and inner[1] is Ellipsis:
            return tuple(_value(inner[0], one) for one in value)
        return tuple(_value(one, item) for one, item in zip(inner, value, strict=True))
    if is_dataclass(hint) and isinstance(hint, type):
        return rebuilt(hint, value)
    return Decimal(value) if hint is Decimal else value
