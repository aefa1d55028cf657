"""Codes held against their lists: a walk along the paths that have a list, and no others."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from lxml import etree

from results.importers.iati.standard import LANG, Codelist, languages, mappings


@dataclass(slots=True)
class Place:
    """A place in an activity: what is checked here, and the places below it by element name."""

    checks: list[tuple[str, frozenset[str], frozenset[str | None] | None, Codelist]] = field(default_factory=list)
    below: dict[Any, Place] = field(default_factory=dict)


@dataclass(slots=True, frozen=True)
class UnknownCode:
    """A code that its list does not have."""

    line: int
    path: str
    code: str
    codelist: str
    complete: bool


@cache
def places() -> Place:
    """Return the places of an activity that have a list."""
    top = Place()
    for mapping in mappings():
        place = top
        for step in mapping.path:
            place = place.below.setdefault(step, Place())
        place.checks.append((mapping.attribute, mapping.codelist.codes, mapping.vocabularies, mapping.codelist))
    return top


LANGUAGES = etree.XPath("descendant-or-self::*/@xml:lang", smart_strings=False)


def unknown_codes(activity: Any) -> list[UnknownCode]:
    """Return the codes of an activity that are not on their list."""
    found: list[UnknownCode] = []
    _walk(activity, places(), found)
    if not languages().issuperset(LANGUAGES(activity)):
        found += _unknown_languages(activity)
    return found


def _walk(element: Any, place: Place, found: list[UnknownCode]) -> None:
    for attribute, codes, vocabularies, codelist in place.checks:
        code = element.get(attribute) if attribute else element.text
        if code is None or code in codes:
            continue
        if vocabularies is not None and element.get("vocabulary") not in vocabularies:
            continue
        path = element.getroottree().getelementpath(element).partition("/")[2] or element.tag
        name = f"{path}/@{attribute}" if attribute else path
        found.append(UnknownCode(element.sourceline or 0, name, code[:100], codelist.name, codelist.complete))
    below = place.below
    if below:
        for child in element:
            next_place = below.get(child.tag)
            if next_place is not None:
                _walk(child, next_place, found)


def _unknown_languages(activity: Any) -> Iterator[UnknownCode]:
    for element in activity.iter():
        code = element.get(LANG) if isinstance(element.tag, str) else None
        if code is not None and code not in languages():
            yield UnknownCode(element.sourceline or 0, f"{element.tag}/@xml:lang", code[:100], "Language", True)
