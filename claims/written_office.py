"""From the facts of a nota or letter to DOCX and ODT, whole or one block of it, as a file in which one goes on writing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from claims.documents.written import Frame, Part, SummaryClaim, Told, WrittenFacts, in_table
from claims.enums import PaperBlock, WrittenKind
from claims.office import KINDS, answer_blocks, bullets
from claims.papers import TooLong
from claims.written import too_long
from core import richtext
from core.pandoc.writing import Format, Spanned, from_model, heading, number_head, paragraph, table, write

__all__ = ["KINDS", "TooLong", "as_file", "block_file", "blocks_in"]

Tree = dict[str, Any]


def as_file(facts: WrittenFacts, kind: Format, look: bytes | None = None) -> bytes:
    """Make the whole paper, in the organisation's own look where one is given. Raises TooLong and PandocFailed."""
    if too_long(facts):
        raise TooLong
    return write(_paper(facts), kind, facts.title, look=look)


def blocks_in(facts: WrittenFacts) -> list[str]:
    """Return which blocks from records the paper has, each of which can be taken alone."""
    return [block for block in PaperBlock.values if any(_of(part, block) for part in facts.parts)]


def block_file(facts: WrittenFacts, block: str, kind: Format, look: bytes | None = None) -> bytes:
    """Make a file of one block alone: the table, the key results, the motions or the frame. Raises KeyError when it has none."""
    found = [piece for part in facts.parts for piece in _of(part, block)]
    if not found:
        raise KeyError(block)
    return write(found, kind, f"{facts.title} – {PaperBlock(block).value}", look=look)


def _paper(facts: WrittenFacts) -> list[Tree]:
    nota = facts.kind == WrittenKind.NOTA
    blocks = [paragraph(facts.organisation, "Afzender")]
    if nota:
        blocks += [paragraph(facts.stamp.upper(), "Ondertitel"), heading(1, f"Nota {facts.subject}")]
    else:
        blocks += [paragraph(line) for line in facts.address]
        blocks.append(heading(1, facts.subject))
    blocks.append(_head(facts))
    if not nota and facts.salutation:
        blocks.append(paragraph(facts.salutation))
    for part in facts.parts:
        blocks += _part(part)
    if not nota:
        blocks += [paragraph(facts.closing)] if facts.closing else []
        blocks += [paragraph(line) for signatory in facts.signatories for line in signatory]
    if facts.annexes:
        blocks += [heading(2, "Bijlage" if len(facts.annexes) == 1 else "Bijlagen"), bullets(facts.annexes)]
    if facts.decision:
        rows = [[[paragraph(label, "Tabelkop")], [paragraph(value, "Tabelcel")]] for label, value in facts.decision]
        blocks += [heading(2, "Teruggekoppeld besluit"), table([0.3, 0.7], rows, "Geldtabel", row_headers=1)]
    return blocks


def _head(facts: WrittenFacts) -> Tree:
    lines = [(label, ", ".join(values)) for label, values in facts.head]
    lines += [("Rubricering", facts.classification)] if facts.classification else []
    rows = [[[paragraph(label, "Metakop")], [paragraph(value, "Meta")]] for label, value in lines]
    return table([0.26, 0.74], rows, "Metatabel", row_headers=1)


def _part(part: Part) -> list[Tree]:
    text = from_model(richtext.parse(part.text), 3)
    if part.boxed and text:
        text = [table([1.0], [[text]], "Geldtabel")]
    blocks = [heading(2, part.label)] if part.label else []
    return [*blocks, *text, *(piece for block in PaperBlock.values for piece in _of(part, block))]


def _of(part: Part, block: str) -> list[Tree]:
    """Return what records put below a part, of one sort."""
    match block:
        case PaperBlock.SUMMARY if part.summary:
            return [_summary(part)]
        case PaperBlock.RESULTS if part.results:
            return [_told(part.results)]
        case PaperBlock.MOTIONS if part.motions:
            return [_told(part.motions)]
        case PaperBlock.FRAME:
            note = [paragraph(part.frame_note)] if part.frame_note else []
            return [*note, *(piece for frame in part.frames for piece in _frame(frame))]
    return []


def _told(lines: Sequence[Told]) -> Tree:
    return bullets(line.sentence for line in lines)


def _frame(frame: Frame) -> Iterator[Tree]:
    yield heading(3, frame.title)
    for row in frame.rows:
        yield heading(4, f"{row.number} {row.label}")
        yield from answer_blocks(row, questions=False)


def _summary(part: Part) -> Tree:
    names = ("Partner en doel", "Instrument", "Artikel en dekking", "Jaar")
    rows: list[Any] = [[*([paragraph(name, "Tabelkop")] for name in names), [number_head("Bedrag (EUR)")]]]
    for claim in part.summary:
        rows += _summary_rows(claim)
    if part.total is not None:
        rows.append(_total_row("Alle bijdragen samen", in_table(part.total)))
    return table([0.3, 0.2, 0.22, 0.1, 0.18], rows, "Geldtabel", head=1)


def _summary_rows(claim: SummaryClaim) -> Iterator[Any]:
    yield [Spanned([paragraph(f"{claim.title} ({claim.years})", "Tabelkop")], 5)]
    for row in claim.rows:
        yield [
            [paragraph(f"{row.partners}: {row.what}", "Tabelcel")],
            [paragraph(row.instrument, "Tabelcel")],
            [paragraph(row.cover, "Tabelcel")],
            [paragraph(row.years, "Tabelcel")],
            [paragraph(in_table(row.amount), "Tabelgetal")],
        ]
    yield _total_row("Totaal", "n.n.b." if claim.amount is None else in_table(claim.amount))


def _total_row(label: str, amount: str) -> list[Any]:
    return [Spanned([paragraph(label, "Tabelkop")], 4), [paragraph(amount, "Tabelgetal")]]
