"""What a paper says, as data: its paragraphs in reading order, and everything in it that comes from a record.

Both are kept with a frozen paper, so that it can be compared with later ones whatever becomes of the records.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from claims.documents.annex import AnnexSection
from claims.documents.cw31 import Cw31, FormRow, MoneyRow
from claims.rules.printed import Paragraph, Printed
from core import richtext
from core.numbers import format_number


def whole_euro(value: Decimal | None) -> str:
    """Write EUR as the form's table does: without cents where there are none, "n.n.b." when not known."""
    return "n.n.b." if value is None else format_number(value, "nl", 0 if value == value.to_integral_value() else 2)


def printed(facts: Cw31) -> tuple[Printed, ...]:
    """Return everything the form or annex prints from records, in the order of the paper."""
    return tuple(_printed(facts))


def _printed(facts: Cw31) -> Iterator[Printed]:
    for row in facts.rows:
        yield from of_row(row, place_of(row))
    for section in facts.annex.sections:
        yield from bound(section.title, section.text)
        if section.share:
            yield Printed(section.title, section.title, section.share)
        for block in section.blocks:
            for words, sources in zip(block.sentences, block.sources, strict=True):
                yield Printed(section.title, block.heading or section.title, words, sources)


def of_row(row: FormRow, place: str) -> Iterator[Printed]:
    """Yield what one row of the form prints from records."""
    yield from bound(place, row.text)
    yield from _money(row, place)


def bound(place: str, text: str) -> Iterator[Printed]:
    """Yield the bound figures of a stored text."""
    if "data-figure" in text:
        for figure in richtext.figures(richtext.parse(text)):
            yield Printed(place, figure.fallback, figure.fallback, ((figure.field, figure.id),), figure)


def _money(row: FormRow, place: str) -> Iterator[Printed]:
    for group in row.groups:
        for line in group.rows:
            for name in ("commitment", "cash"):
                yield _amount(place, line, name)
    for total in row.totals:
        for amount in (total.commitment, total.cash):
            yield Printed(place, f"Totaal {total.year}", whole_euro(amount))


def _amount(place: str, line: MoneyRow, name: str) -> Printed:
    words = whole_euro(line.commitment if name == "commitment" else line.cash)
    said = "verplichting" if name == "commitment" else "kas"
    return Printed(place, f"{line.label}, {said} {line.year}", words, ((f"line-year.{name}", line.record),))


# -- the whole paper as paragraphs ----------------------------------------------------------------------------------


def paragraphs(facts: Cw31) -> tuple[Paragraph, ...]:
    """Return what the form or annex says, paragraph by paragraph."""
    return tuple(Paragraph(place, text, " | " in text) for place, text in _paragraphs(facts) if text)


def _paragraphs(facts: Cw31) -> Iterator[tuple[str, str]]:
    for text in (facts.heading, facts.subheading, facts.title, facts.directorate, facts.date):
        yield "Kop", text
    yield "Kop", facts.ministry_reference
    yield "Kop", facts.classification
    for row in facts.rows:
        place = place_of(row)
        yield from ((place, question) for question in row.questions)
        yield from answer(row, place)
    for section in facts.annex.sections:
        yield from ((section.title, text) for text in _section(section))


def answer(row: FormRow, place: str) -> Iterator[tuple[str, str]]:
    """Yield what stands below one question: the text, and what records put below it."""
    yield from written(place, row.text)
    yield from ((place, f"{line}: {what}") for line, what in row.planned)
    for group in row.groups:
        yield place, group.heading
        for line in group.rows:
            amounts = f"{whole_euro(line.commitment)} | {whole_euro(line.cash)}"
            yield place, f"{line.label} | {line.basis} | {line.year} | {amounts}"
    for total in row.totals:
        yield place, f"Totaal {total.year} | {whole_euro(total.commitment)} | {whole_euro(total.cash)}"
    for evaluation in row.evaluations:
        yield from ((place, f"{label}: {value}") for label, value in evaluation)


def _section(section: AnnexSection) -> Iterator[str]:
    yield section.title
    yield from (text for _place, text in written(section.title, section.text))
    yield section.share
    for block in section.blocks:
        yield block.heading
        yield block.note
        yield from block.sentences


def written(place: str, text: str) -> Iterator[tuple[str, str]]:
    """Yield the passages of a stored text; a note follows the passage that calls it."""
    if text:
        for passage in richtext.passages(richtext.parse(text)):
            yield place, f"[{passage.text}]" if passage.note else passage.text


def place_of(row: FormRow) -> str:
    """Return how a reader calls a row of the form."""
    return f"{row.number} {row.label}"
