"""The same story gives the same bytes on every database version: what one run made, the next one holds its own against.

Sorting, times and numbers come out of the database; a paper must not tell which version kept them. Each run notes the hashes of its
files under the version it ran on; runs of the same program are compared.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection

from claims.kinds import KINDS
from claims.models import Claim, WrittenPaper
from core import pdf
from core.pdf import Door

NOTES = settings.BASE_DIR / "var" / "paper-hashes.json"
MADE_OF = ("claims", "core", "partners", "results", "templates/documents", "static/css", "fixtures")
ENDINGS = {".py", ".html", ".css", ".yaml", ".sql", ".docx", ".odt", ".ttf", ".json"}


@pytest.fixture(scope="module")
def door() -> Iterator[Door]:
    with Door() as opened:
        yield opened


def program() -> str:
    """Mark everything of ours that a paper could depend on."""
    total = hashlib.sha256(pdf.versions().encode())
    for top in MADE_OF:
        for path in sorted(Path(settings.BASE_DIR / top).rglob("*")):
            if path.suffix in ENDINGS:
                total.update(path.relative_to(settings.BASE_DIR).as_posix().encode() + path.read_bytes())
    return total.hexdigest()


def hashes(door: Door) -> dict[str, str]:
    """Return the SHA-256 of form, annex, nota and letter of the demo story, as PDF, DOCX and ODT."""
    found: dict[str, str] = {}
    claim = Claim.objects.get(title__startswith="Humanitaire noden")
    subjects: dict[str, Any] = {"cw31": claim, "annex": claim}
    subjects |= {paper.kind: paper for paper in WrittenPaper.objects.all()}
    assert set(subjects) == set(KINDS)
    for code, subject in subjects.items():
        kind = KINDS[code]
        facts = kind.facts_of(kind.subject_of(subject.public_id))
        files = {"pdf": door.render(kind.as_document(facts), kind.sheet)}
        files |= {"docx": kind.as_file(facts, "docx", None), "odt": kind.as_file(facts, "odt", None)}
        found |= {f"{code}.{name}": hashlib.sha256(content).hexdigest() for name, content in files.items()}
    return found


@pytest.mark.oldest
@pytest.mark.slow
@pytest.mark.django_db
def test_papers_are_the_same_bytes_on_every_database_version(story: Any, door: Door) -> None:
    mine, now = hashes(door), program()
    assert hashes(door) == mine
    notes = json.loads(NOTES.read_text()) if NOTES.exists() else {}
    known = notes.get("versions", {}) if notes.get("program") == now else {}
    version = str(connection.pg_version // 10000)
    NOTES.parent.mkdir(exist_ok=True)
    NOTES.write_text(json.dumps({"program": now, "versions": known | {version: mine}}, indent=1))
    for other, theirs in known.items():
        assert theirs == mine, f"PostgreSQL {other} and {version} give different papers"
