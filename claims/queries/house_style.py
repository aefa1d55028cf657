"""Which look Word and OpenDocument files have now."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cache

from claims.models import HouseStyle
from core.pandoc.writing import REFERENCES, Format

FORMATS: tuple[Format, ...] = ("docx", "odt")


@dataclass(frozen=True)
class Look:
    """The reference document that a format is made with; without `content` it is our own, of version 0."""

    number: int
    digest: str
    content: bytes | None = None

    @property
    def words(self) -> str:
        """Say which it is, for what is kept with a frozen paper."""
        return f"{f'v{self.number}, ' if self.number else ''}sha256:{self.digest}"


@cache
def own(kind: Format) -> Look:
    """Return our own look."""
    return Look(0, hashlib.sha256(REFERENCES[kind].read_bytes()).hexdigest())


def looks() -> dict[Format, Look]:
    """Return the look of each format."""
    chosen: dict[str, Look] = {
        row.format: Look(row.number, row.digest, bytes(row.content)) for row in HouseStyle.objects.filter(in_use=True)
    }
    return {kind: chosen.get(kind) or own(kind) for kind in FORMATS}


def look_of(kind: Format) -> bytes | None:
    """Return the reference document of a format; None for our own."""
    row = HouseStyle.objects.filter(in_use=True, format=kind).order_by("pk").first()
    return bytes(row.content) if row else None


def mark_of_looks() -> str:
    """Return a mark of the organisation's own looks that are in use; empty while there are none."""
    return "".join(HouseStyle.objects.filter(in_use=True).order_by("format").values_list("digest", flat=True))
