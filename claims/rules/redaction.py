"""Holding a passage in a text, finding it again, and taking it out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from core import richtext
from core.richtext import Document, Passage

FIGURE = "\ufffc"  # stands for a bound figure, whatever its present wording
AROUND = 60  # characters kept at each side
SHORTEST = 2  # characters that can be left out by themselves
TELLING = 5  # characters from which on a passage that stands elsewhere in the paper gives itself away


class NotUnique(LookupError):
    """The words stand more than once in their passage: more of them are needed to say which."""


@dataclass(frozen=True)
class Anchor:
    """A passage by its own words and the words around it."""

    quote: str
    before: str = ""
    after: str = ""


@dataclass(frozen=True)
class Place:
    """Where a passage stands in a text: its run of characters, and the words as they read now."""

    index: int
    start: int
    end: int
    words: str


@dataclass(frozen=True)
class Removal:
    """A passage that a public version leaves out, of which part, and what is printed in its place."""

    part: str
    anchor: Anchor
    ground: str


def signs(passage: Passage) -> tuple[str, list[int]]:
    """Return a passage with each bound figure as one sign, and for each sign where it begins in the words; the end comes last."""
    written: list[str] = []
    starts: list[int] = []
    at = 0
    for start, end, _figure in passage.bound:
        written.extend(passage.text[at:start])
        starts.extend(range(at, start))
        written.append(FIGURE)
        starts.append(start)
        at = end
    written.extend(passage.text[at:])
    starts.extend(range(at, len(passage.text)))
    return "".join(written), [*starts, len(passage.text)]


def anchor_of(document: Document, index: int, words: str) -> Anchor:
    """Hold words of a passage as they were typed, whatever the white space. A figure that they touch is held wholly.

    Raises NotThere when they do not stand there, NotUnique when more than once.
    """
    passage = next((one for one in richtext.passages(document) if one.index == index), None)
    pattern = r"\s+".join(re.escape(word) for word in words.split())
    if passage is None or len(words.strip()) < SHORTEST:
        raise richtext.NotThere(words)
    found = list(re.finditer(pattern, passage.text))
    if not found:
        raise richtext.NotThere(words)
    if len(found) > 1:
        raise NotUnique(words)
    text, starts = signs(passage)
    inside = [
        sign for sign, (start, end) in enumerate(pairwise(starts)) if start < found[0].end() and end > found[0].start()
    ]
    first, last = inside[0], inside[-1] + 1
    return Anchor(text[first:last], text[max(0, first - AROUND) : first], text[last : last + AROUND])


def find(document: Document, anchor: Anchor) -> Place | None:
    """Find a passage again: where its own words stand once, or once with the words around them. None when it is lost."""
    places = list(_everywhere(document, anchor.quote))
    if len(places) > 1:
        near = [(place, before, after) for place, before, after in places if before.endswith(anchor.before)]
        both = [one for one in near if one[2].startswith(anchor.after)]
        places = both or near or [one for one in places if one[2].startswith(anchor.after)]
    return places[0][0] if len(places) == 1 else None


def _everywhere(document: Document, quote: str) -> Iterator[tuple[Place, str, str]]:
    for passage in richtext.passages(document):
        text, starts = signs(passage)
        at = text.find(quote)
        while quote and at >= 0:
            end = at + len(quote)
            start, stop = starts[at], starts[end]
            yield Place(passage.index, start, stop, passage.text[start:stop]), text[:at], text[end:]
            at = text.find(quote, at + 1)


def take_out(document: Document, places: Iterable[tuple[Place, str]]) -> Document:
    """Return a text without some passages, each with what is printed in its place. Overlapping ones go together."""
    for place, put in sorted(_merged(places), key=lambda one: (one[0].index, one[0].start), reverse=True):
        document = richtext.cut(document, place.index, place.start, place.end, f"[{put}]")
    return document


def _merged(places: Iterable[tuple[Place, str]]) -> list[tuple[Place, str]]:
    merged: list[tuple[Place, str]] = []
    for place, put in sorted(places, key=lambda one: (one[0].index, one[0].start, one[0].end)):
        last = merged[-1] if merged else None
        if last and last[0].index == place.index and place.start < last[0].end:
            both = put if put == last[1] else f"{last[1]}; {put}"
            end = max(last[0].end, place.end)
            merged[-1] = (Place(place.index, last[0].start, end, last[0].words + place.words), both)
        else:
            merged.append((place, put))
    return merged
