"""The public rendering of a nota or letter: without names of officials, headings that are never public, and redacted passages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from html import escape

from claims.documents.public import Part as Text
from claims.documents.written import DRAWN_UP, PRIVACY, Frame, Part, WrittenFacts
from claims.documents.written_printed import named, place_in
from claims.rules.offices import is_office, words_of
from core import richtext

NOT_PUBLIC = "Geen deel van de openbare versie"  # printed in the place of a heading's text
REMARK = "Opmerking"
NAMING = frozenset(
    ["Van", "Via", "Kopie aan", "Afgestemd met", DRAWN_UP]
)  # lines of the head that may name an official
TELLING_PASSAGE = 25  # characters: a shorter passage, as "Niet van toepassing.", may stand elsewhere too


@dataclass(frozen=True)
class Left:
    """What a public version leaves out by itself: where, on what ground, why, and the words that may stand nowhere in it."""

    place: str
    ground: str
    motivation: str
    words: tuple[str, ...]


def texts(facts: WrittenFacts) -> tuple[Text, ...]:
    """Return the texts that people wrote, but for those that are left out whole."""
    return tuple(_texts(facts))


def _texts(facts: WrittenFacts) -> Iterator[Text]:
    for part in facts.parts:
        if part.withheld:
            continue
        yield Text(f"part:{part.key}", named(part), part.text)
        for frame in part.frames:
            yield from (Text(_in_frame(frame, row.key), place_in(frame, row), row.text) for row in frame.rows)
    for label, value in facts.decision:
        if label == REMARK:
            yield Text("decision", f"Teruggekoppeld besluit: {REMARK.lower()}", f"<p>{escape(value)}</p>")


def _in_frame(frame: Frame, key: str) -> str:
    return f"{frame.record}:{key}"


def with_texts(facts: WrittenFacts, changed: Mapping[str, str]) -> WrittenFacts:
    """Return the facts with other texts, without the marking that they are not public, officials' names and withheld texts."""
    remark = changed.get("decision")
    return replace(
        facts,
        classification="",
        head=tuple((label, _without_names(facts, label, lines)) for label, lines in facts.head),
        parts=tuple(_public(part, changed) for part in facts.parts),
        decision=tuple(
            (label, _plain(remark) if label == REMARK and remark is not None else value)
            for label, value in facts.decision
        ),
    )


def left_out(facts: WrittenFacts) -> tuple[Left, ...]:
    """Return what `with_texts` leaves out of internal facts by itself, in the order of the paper."""
    return tuple(_left_out(facts))


def _left_out(facts: WrittenFacts) -> Iterator[Left]:
    for label, lines in facts.head:
        if _without_names(facts, label, lines) != lines:
            words = tuple(word for word in words_of(lines) if not _office(facts, word))
            yield Left(f"Kop: {label.lower()}", PRIVACY, "Namen van ambtenaren worden niet openbaar gemaakt.", words)
    for part in facts.parts:
        if part.withheld:
            said = tuple(passage.text for passage in richtext.passages(richtext.parse(part.text)))
            words = tuple(text for text in said if len(text) >= TELLING_PASSAGE)
            yield Left(named(part), NOT_PUBLIC, "Dit onderdeel staat alleen in de interne versie.", words)


def _without_names(facts: WrittenFacts, label: str, lines: tuple[str, ...]) -> tuple[str, ...]:
    """Return lines of the head as they are when they name offices only; who drew the paper up is always a person."""
    if label not in NAMING or not any(lines) or lines in ((facts.directorate,), (facts.office,)):
        return lines
    return lines if label != DRAWN_UP and all(_office(facts, word) for word in words_of(lines)) else (PRIVACY,)


def _office(facts: WrittenFacts, word: str) -> bool:
    return is_office(word, facts.offices, facts.office)


def _public(part: Part, changed: Mapping[str, str]) -> Part:
    if part.withheld:
        return Part(part.key, part.label, f"<p>[{NOT_PUBLIC}]</p>", part.boxed, withheld=True)
    frames = tuple(
        replace(
            frame,
            rows=tuple(replace(row, text=changed.get(_in_frame(frame, row.key), row.text)) for row in frame.rows),
        )
        for frame in part.frames
    )
    return replace(part, text=changed.get(f"part:{part.key}", part.text), frames=frames)


def _plain(text: str) -> str:
    return " ".join(passage.text for passage in richtext.passages(richtext.parse(text)))
