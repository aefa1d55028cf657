"""What a nota or letter says, as data: its paragraphs in reading order, and everything in it that comes from a record."""

from __future__ import annotations

from collections.abc import Iterator

from claims.documents.cw31 import FormRow
from claims.documents.printed import answer, bound, of_row, place_of, whole_euro, written
from claims.documents.written import Frame, Part, SummaryClaim, SummaryRow, WrittenFacts
from claims.rules.printed import Paragraph, Printed

HEAD = "Kop"


def printed(facts: WrittenFacts) -> tuple[Printed, ...]:
    """Return everything the paper prints from records, in the order of the paper."""
    return tuple(thing for part in facts.parts for thing in _printed(facts, part))


def _printed(facts: WrittenFacts, part: Part) -> Iterator[Printed]:
    place = named(part)
    yield from bound(place, part.text)
    for claim in part.summary:
        yield from _summary(place, claim)
    if part.total is not None:
        source = (("paper.amount", facts.total_record),)
        yield Printed(place, "Alle bijdragen samen", whole_euro(part.total), source)
    for told in (*part.results, *part.motions):
        yield Printed(place, place, told.sentence, told.sources)
    for frame in part.frames:
        for row in frame.rows:
            yield from of_row(row, place_in(frame, row))


def _summary(place: str, claim: SummaryClaim) -> Iterator[Printed]:
    for row in claim.rows:
        yield Printed(place, f"{row.partners}: {row.what}", whole_euro(row.amount), (("line.commitment", row.record),))
    yield Printed(place, f"Totaal {claim.title}", whole_euro(claim.amount), (("claim.amount", claim.record),))


def paragraphs(facts: WrittenFacts) -> tuple[Paragraph, ...]:
    """Return what the paper says, paragraph by paragraph; the amounts of its table are compared as figures."""
    return tuple(Paragraph(place, text, " | " in text) for place, text in _paragraphs(facts) if text)


def _paragraphs(facts: WrittenFacts) -> Iterator[tuple[str, str]]:
    for text in (facts.organisation, facts.directorate, facts.stamp, facts.title, *facts.address):
        yield HEAD, text
    yield from ((HEAD, f"{label}: {', '.join(lines)}") for label, lines in facts.head)
    yield HEAD, facts.classification
    yield HEAD, facts.salutation
    for part in facts.parts:
        yield from _part(part)
    yield "Slot", facts.closing
    yield from (("Slot", line) for signatory in facts.signatories for line in signatory)
    yield from (("Bijlagen", annex) for annex in facts.annexes)
    yield from (("Teruggekoppeld besluit", f"{label}: {value}") for label, value in facts.decision)


def _part(part: Part) -> Iterator[tuple[str, str]]:
    place = named(part)
    yield place, part.label
    yield from written(place, part.text)
    for claim in part.summary:
        yield place, f"{claim.title} ({claim.years})"
        yield from ((place, _words(row)) for row in claim.rows)
    yield from ((place, told.sentence) for told in (*part.results, *part.motions))
    yield place, part.frame_note
    for frame in part.frames:
        yield place, frame.title
        for row in frame.rows:
            yield from answer(row, place_in(frame, row))


def _words(row: SummaryRow) -> str:
    return f"{row.partners}: {row.what}; {row.instrument}; {row.cover}; {row.years}"


def named(part: Part) -> str:
    """Return how a reader calls a part; one without a heading is called after what it is."""
    return part.label or part.key.replace("-", " ").capitalize()


def place_in(frame: Frame, row: FormRow) -> str:
    """Return how a reader calls a row of a claim's frame within a letter."""
    return f"{frame.title}: {place_of(row)}"
