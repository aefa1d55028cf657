"""The published standard as data: schema, codelists, where each list applies, and rules (see fixtures/iati/SOURCES.md).

Embedded codelists belong to the version; the others change any day, so the folder can be replaced (setting IATI_DATA).
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from lxml import etree

VERSION = "2.03"
ACTIVITIES, ACTIVITY = "iati-activities", "iati-activity"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def safe_parser(**options: Any) -> dict[str, Any]:
    """Return the options every parser here shares: no entities, no DTD, no network, libxml2's own limits on depth and size."""
    return {
        "resolve_entities": False,
        "no_network": True,
        "load_dtd": False,
        "dtd_validation": False,
        "huge_tree": False,
        "remove_comments": True,  # four million of them would fill the memory, and say nothing
        "remove_pis": True,
        **options,
    }


@dataclass(frozen=True)
class Codelist:
    """The codes of one list. In an incomplete list an unknown code is worth a look, in a complete one it is wrong."""

    name: str
    codes: frozenset[str]
    complete: bool


@dataclass(frozen=True)
class Mapping:
    """Which list belongs to an attribute (or the text, "") at a path of element names, under which vocabularies (None: always)."""

    path: tuple[str, ...]
    attribute: str
    codelist: Codelist
    vocabularies: frozenset[str | None] | None


def _folder() -> Path:
    return Path(settings.IATI_DATA)


@cache
def schema() -> etree.XMLSchema:
    """Return the activity schema."""
    return etree.XMLSchema(etree.parse(_folder() / "xsd" / VERSION / "iati-activities-schema.xsd"))


@cache
def codelist(name: str) -> Codelist | None:
    """Return a list by its name; None for one that is not shipped."""
    for kind in ("embedded", "nonembedded"):
        path = _folder() / "codelists" / kind / f"{name}.xml"
        if path.exists():
            root = etree.parse(path).getroot()
            codes = frozenset((code.text or "").strip() for code in root.iterfind("codelist-items/codelist-item/code"))
            return Codelist(name, codes, root.get("complete") == "1")
    return None


@cache
def mappings() -> tuple[Mapping, ...]:
    """Return where the lists apply within an activity."""
    found = []
    for mapping in etree.parse(_folder() / "codelists" / "mapping.xml").getroot().iterfind("mapping"):
        known = codelist(mapping.find("codelist").get("ref"))
        path = (mapping.findtext("path") or "").strip()
        place = re.fullmatch(rf"//{ACTIVITY}((?:/[\w-]+)*)/(?:@([\w:-]+)|text\(\))", path)
        if known and place:
            steps = tuple(step for step in place[1].split("/") if step)
            found.append(Mapping(steps, place[2] or "", known, _vocabularies(mapping.findtext("condition") or "")))
    return tuple(found)


def _vocabularies(condition: str) -> frozenset[str | None] | None:
    """Read "@vocabulary = '1' or not(@vocabulary)"; raise on a condition that this does not know."""
    if not condition.strip():
        return None
    found: set[str | None] = set()
    for term in condition.split(" or "):
        if term.strip() == "not(@vocabulary)":
            found.add(None)
        elif match := re.fullmatch(r"@vocabulary\s*=\s*'(\w+)'", term.strip()):
            found.add(match[1])
        else:
            raise ValueError(f"mapping.xml has a condition that is not understood: {condition}")
    return frozenset(found)


@cache
def languages() -> frozenset[str]:
    """Return the codes of languages."""
    known = codelist("Language")
    return known.codes if known else frozenset()


@cache
def agencies() -> tuple[str, ...]:
    """Return the codes with which an organisation's identifier may begin."""
    known = codelist("OrganisationRegistrationAgency")
    return tuple(sorted(known.codes)) if known else ()


@cache
def ruleset() -> dict[str, Any]:
    """Return the published rules."""
    return dict(json.loads((_folder() / "rulesets" / "standard.json").read_text(encoding="utf-8")))
