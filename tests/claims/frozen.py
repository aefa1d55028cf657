"""Freezes a paper without making its files, for tests of what comes after."""

from __future__ import annotations

from typing import Any

from claims.actions.freeze import store
from claims.enums import PaperKind
from claims.kinds import KINDS
from claims.models import FrozenPaper
from claims.queries.printed_values import stands
from tests.conftest import NOON

FILES = {"pdf": b"%PDF-1.7 " + bytes(300_000), "docx": b"PK docx", "odt": b"PK odt"}


def keep(claim: Any, by: Any, at: Any = NOON, kind: str = PaperKind.CW31) -> FrozenPaper:
    """Freeze without making the files."""
    chosen = KINDS[kind]
    facts = chosen.facts_of(claim)
    things = chosen.printed(facts)
    now = stands(pair for thing in things for pair in thing.sources)
    mark = chosen.mark(facts)
    return store(kind=chosen, subject=claim, facts=facts, things=things, now=now, files=FILES, mark=mark, by=by, at=at)
