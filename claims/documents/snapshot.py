"""What is kept of a paper beside its files: its facts, paragraphs and figures as plain data."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

from claims.rules.printed import Paragraph, Printed

FORMAT = 1


def snapshot(facts: Any, paragraphs: Iterable[Paragraph], printed: Iterable[Printed], **besides: Any) -> dict[str, Any]:
    """Return the data that is stored with a frozen paper; amounts as decimal text, days as ISO dates."""
    data = {
        "format": FORMAT,
        "facts": asdict(facts),
        "paragraphs": [[paragraph.place, paragraph.text, paragraph.row] for paragraph in paragraphs],
        "printed": [
            {
                "place": one.place,
                "label": one.label,
                "words": one.words,
                "sources": [list(pair) for pair in one.sources],
            }
            for one in printed
        ],
        **besides,
    }
    plain: dict[str, Any] = json.loads(json.dumps(data, default=str, ensure_ascii=False))
    return plain


@dataclass(frozen=True)
class Kept:
    """A snapshot read back: what two versions of a paper are compared by."""

    paragraphs: tuple[Paragraph, ...]
    printed: tuple[Printed, ...]


def kept(stored: dict[str, Any]) -> Kept:
    """Read a stored snapshot."""
    return Kept(
        tuple(Paragraph(place, text, row) for place, text, row in stored["paragraphs"]),
        tuple(
            Printed(
                one["place"], one["label"], one["words"], tuple((field, identity) for field, identity in one["sources"])
            )
            for one in stored["printed"]
        ),
    )
