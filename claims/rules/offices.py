"""Telling an office or role from a person in the head of a nota: by known codes, never by how a word looks."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

CODE = re.compile(
    r"[A-Z][A-Z0-9&-]{0,6}"
)  # how papers write an office or role: M, DSH, DGIS, FEZ; a surname may look like it
BETWEEN = re.compile(r"\s*(?:[,;/()]|\ben\b|\s[-–]\s)\s*")


def words_of(lines: Iterable[str]) -> list[str]:
    """Return who or what lines of a head name, one by one."""
    return [word for line in lines for word in BETWEEN.split(line.strip()) if word]


def is_office(word: str, known: Collection[str], directorate: str) -> bool:
    """True for a known code, and for one that has the ministry's before it, as the directorate's own code does ("BZ DSH")."""
    if word in known:
        return True
    ministry, _space, own = directorate.partition(" ")
    begun, _space, code = word.partition(" ")
    return bool(own) and begun == ministry and CODE.fullmatch(code) is not None


def unknown(lines: Iterable[str], known: Collection[str], directorate: str) -> list[str]:
    """Return what looks like the code of an office and is none that is known: it may be a surname in capitals."""
    return [word for word in words_of(lines) if CODE.fullmatch(word) and not is_office(word, known, directorate)]
