"""Two versions of a paper beside each other: what changed in its words, and what in its figures."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest

from django.utils.safestring import SafeString

from claims.documents.snapshot import Kept
from claims.rules.printed import Paragraph, Printed
from core.difference import difference


@dataclass(frozen=True)
class TextChange:
    """One paragraph that changed, came or went, with what went and what came marked."""

    place: str
    old: str
    new: str
    marked: SafeString


@dataclass(frozen=True)
class FigureChanged:
    """One figure that is worded otherwise, came or went; the empty side is where it is not."""

    place: str
    label: str
    old: str
    new: str


@dataclass(frozen=True)
class Difference:
    """All that differs between two versions."""

    texts: tuple[TextChange, ...]
    figures: tuple[FigureChanged, ...]

    def __bool__(self) -> bool:
        return bool(self.texts or self.figures)


def compare(old: Kept, new: Kept) -> Difference:
    """Compare two versions, paragraph by paragraph and figure by figure. A composed sentence is a paragraph."""
    return Difference(tuple(_texts(old.paragraphs, new.paragraphs)), tuple(_figures(_numbers(old), _numbers(new))))


def _numbers(side: Kept) -> tuple[Printed, ...]:
    sentences = {paragraph.text for paragraph in side.paragraphs}
    return tuple(one for one in side.printed if one.words not in sentences)


def _texts(old: tuple[Paragraph, ...], new: tuple[Paragraph, ...]) -> Iterator[TextChange]:
    before, after = ([one for one in side if not one.row] for side in (old, new))
    matcher = difflib.SequenceMatcher(None, before, after, autojunk=False)
    for tag, start, end, new_start, new_end in matcher.get_opcodes():
        if tag == "equal":
            continue
        for left, right in zip_longest(before[start:end], after[new_start:new_end]):
            was, now = (left.text if left else ""), (right.text if right else "")
            yield TextChange((right or left).place, was, now, difference(was, now))


def _figures(old: tuple[Printed, ...], new: tuple[Printed, ...]) -> Iterator[FigureChanged]:
    """Match figures by the records they tell; totals, which tell none of their own, by place and label."""
    before, after = _by_key(old), _by_key(new)
    for key in dict.fromkeys([*before, *after]):
        for left, right in zip_longest(before.get(key, []), after.get(key, [])):
            known = right or left
            was, now = (left.words if left else ""), (right.words if right else "")
            if was != now:
                label = "" if known.label in (known.place, was, now) else known.label
                yield FigureChanged(known.place, label, was, now)


def _by_key(things: tuple[Printed, ...]) -> dict[object, list[Printed]]:
    found: dict[object, list[Printed]] = {}
    for one in things:
        found.setdefault((one.place, one.sources or one.label), []).append(one)
    return found
