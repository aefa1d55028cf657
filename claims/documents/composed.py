"""The words of a paper that nobody wrote into it: titles, subject, head, and the sentences composed from records.

A public version can be made without some of them. What is taken out goes from every place where records print it, so that a partner
is not left standing in the next row of the same table.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import Any, TypeVar

from claims.documents.annex import Annex, AnnexBlock, AnnexSection
from claims.documents.cw31 import Cw31, FormRow, MoneyGroup, MoneyRow
from claims.documents.printed import place_of
from claims.documents.written import Frame, Part, SummaryClaim, SummaryRow, Told, WrittenFacts
from claims.documents.written_printed import named
from claims.rules.redaction import Removal

PART = "records"  # by which a redaction names what is composed, wherever in the paper it stands
F = TypeVar("F")

# Which fields are read as words, and how the list of redactions calls the place; empty: after what they stand in.
SAID: dict[type[Any], dict[str, str]] = {
    Cw31: {"title": "Titel", "short_title": "Titel", "ministry_reference": "Kenmerk"},
    FormRow: {"planned": "", "evaluations": ""},
    MoneyGroup: {"heading": ""},
    MoneyRow: {"label": "", "basis": ""},
    Annex: {},
    AnnexSection: {"title": "", "share": ""},
    AnnexBlock: {"heading": "", "note": "", "sentences": ""},
    WrittenFacts: {
        "title": "Titel",
        "short_title": "Titel",
        "subject": "Onderwerp",
        "ministry_reference": "Kenmerk",
        "head": "Kop",
        "address": "Adres",
        "salutation": "Aanhef",
        "closing": "Slot",
        "signatories": "Ondertekening",
        "annexes": "Bijlagen",
        "decision": "Teruggekoppeld besluit",
    },
    Part: {},
    SummaryClaim: {"title": ""},
    SummaryRow: {"partners": "", "what": "", "instrument": "", "cover": ""},
    Told: {"sentence": ""},
    Frame: {"title": ""},
}
LABELLED = frozenset(["head", "decision", "evaluations"])  # pairs of a printed label, which stays, and what it says
AGAIN = frozenset(["short_title"])  # says once more what another field says


@dataclass(frozen=True)
class Said:
    """Words that a paper composes, and where a reader finds them."""

    place: str
    words: str


def said(facts: Any) -> tuple[Said, ...]:
    """Return what the facts of a paper compose, each once a place, in the order of the paper."""
    return tuple(dict.fromkeys(one for one in _said(facts, "") if one.words.strip()))


def _said(value: Any, place: str) -> Iterator[Said]:
    here = _place(value) or place
    shown = SAID[type(value)]
    for field in fields(value):
        inner = getattr(value, field.name)
        if field.name in shown:
            if field.name not in AGAIN:
                where = shown[field.name] or here
                yield from (Said(where, words) for words in _words(inner, field.name in LABELLED))
        else:
            for one in inner if isinstance(inner, tuple) else (inner,):
                if type(one) in SAID:
                    yield from _said(one, here)


def _place(value: Any) -> str:
    match value:
        case FormRow():
            return place_of(value)
        case AnnexSection() | Frame():
            return value.title
        case Part():
            return named(value)
    return ""


def _words(value: Any, labelled: bool) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif labelled and value and isinstance(value[0], str):
        yield from _words(value[1], labelled=False)
    else:
        for one in value:
            yield from _words(one, labelled)


def places_of(facts: Any, quote: str) -> tuple[str, ...]:
    """Return where words stand among what a paper composes; empty when nowhere."""
    find = pattern(quote)
    return tuple(dict.fromkeys(one.place for one in said(facts) if find.search(one.words)))


def pattern(quote: str) -> re.Pattern[str]:
    """Match whole words, whatever the white space between them."""
    return re.compile(r"(?<!\w)" + r"\s+".join(re.escape(word) for word in quote.split()) + r"(?!\w)")


def without(facts: F, removals: Sequence[Removal]) -> F:
    """Return facts in which no composed words hold what is taken out. A sentence that lost words tells no record any more."""
    if not removals:
        return facts
    result: F = _reworded(facts, lambda words: left_of(words, removals))
    return result


def left_of(words: str, removals: Iterable[Removal]) -> str:
    """Return words without what is taken out of them, with the ground in its place; what overlaps goes together."""
    spans: list[tuple[int, int, str]] = []
    found = ((one, at) for one in removals for at in pattern(one.anchor.quote).finditer(words))
    for removal, at in sorted(found, key=lambda pair: (pair[1].start(), pair[1].end())):
        last = spans[-1] if spans else None
        if last and at.start() < last[1]:
            put = last[2] if removal.ground in last[2].split("; ") else f"{last[2]}; {removal.ground}"
            spans[-1] = (last[0], max(last[1], at.end()), put)
        else:
            spans.append((at.start(), at.end(), removal.ground))
    for start, end, put in reversed(spans):
        words = f"{words[:start]}[{put}]{words[end:]}"
    return words


def _reworded(value: Any, change: Callable[[str], str]) -> Any:
    shown = SAID[type(value)]
    changed: dict[str, Any] = {}
    for field in fields(value):
        inner = getattr(value, field.name)
        if field.name in shown:
            new = _mapped(inner, change, field.name in LABELLED)
        elif isinstance(inner, tuple):
            new = tuple(_reworded(one, change) if type(one) in SAID else one for one in inner)
        else:
            new = _reworded(inner, change) if is_dataclass(inner) and type(inner) in SAID else inner
        if new != inner:
            changed[field.name] = new
    return _silent(value, replace(value, **changed)) if changed else value


def _mapped(value: Any, change: Callable[[str], str], labelled: bool) -> Any:
    if isinstance(value, str):
        return change(value)
    if labelled and value and isinstance(value[0], str):
        return (value[0], *(_mapped(one, change, labelled=False) for one in value[1:]))
    return tuple(_mapped(one, change, labelled) for one in value)


def _silent(old: Any, new: Any) -> Any:
    """Forget which records a changed sentence told: the figures of a public version would name them with their values."""
    match new:
        case Told() if new.sentence != old.sentence:
            return replace(new, sources=())
        case AnnexBlock():
            pairs = zip(old.sentences, new.sentences, old.sources, strict=True)
            return replace(new, sources=tuple(() if was != now else sources for was, now, sources in pairs))
    return new
