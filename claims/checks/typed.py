"""The numbers of a paper that were typed and follow no record: nobody but its reader answers for them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from claims.checks.figures import around_it, bound_at, is_small
from core import prose, richtext


@dataclass(frozen=True)
class Typed:
    """One number as it stands in the paper, with the words around it."""

    place: str
    written: str
    before: str
    after: str


def typed(parts: Iterable[tuple[str, str]]) -> tuple[Typed, ...]:
    """Return what says how much and is linked to nothing, in the order of the paper; small counts are left out.

    A part is how a reader calls it, and its text as stored.
    """
    found = []
    for label, text in parts:
        for passage in richtext.passages(richtext.parse(text)) if text else ():
            for number in prose.find(passage.text):
                if number.kind.is_figure and not is_small(number) and bound_at(passage, number) is None:
                    written = " ".join(number.text.split())
                    found.append(Typed(label, written, *around_it(passage.text, number)))
    return tuple(found)
