"""The place of a number or remark in a text: as an answer keeps it, and as a reader is told it."""

from __future__ import annotations

import re

KEPT = re.compile(r"(?s)(.*?”): .* \([0-9a-f]{8}\)")


def kept(label: str, said: str, words: str, key: str) -> str:
    """Return a place for an answer that is kept: its text, what is said there, its sentence, and a mark that tells equal ones apart."""
    tidy = " ".join(said.split())[:60]
    return f"{label[:60]} “{tidy}”: {words[:140]} ({key[:8]})"


def told(place: str) -> str:
    """Return a kept place without its sentence and mark: what was found there is said beside it. Other places stay as they are."""
    match = KEPT.fullmatch(place)
    return match[1] if match else place
