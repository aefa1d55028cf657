"""From a paper's facts to DOCX and ODT: the same facts as the PDF, as a file in which one goes on writing."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from claims.documents.annex import Annex, AnnexSection
from claims.documents.cw31 import Cw31, FormRow, MoneyGroup, MoneyTotal
from claims.papers import TooLong, too_long
from core import richtext
from core.numbers import format_number
from core.pandoc.writing import (
    Format,
    Spanned,
    from_model,
    heading,
    number_head,
    paragraph,
    styled,
    table,
    words,
    write,
)

__all__ = ["KINDS", "TooLong", "answer_blocks", "as_file", "bullets"]

KINDS: dict[str, str] = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "odt": "application/vnd.oasis.opendocument.text",
}
Tree = dict[str, Any]


def as_file(facts: Cw31, kind: Format, look: bytes | None = None) -> bytes:
    """Make the file, in the organisation's own look where one is given. Raises TooLong and PandocFailed."""
    if too_long(facts):
        raise TooLong
    return write(blocks_of(facts), kind, facts.title, look=look)


def blocks_of(facts: Cw31) -> list[Tree]:
    """Return the whole paper as pandoc's blocks."""
    blocks = [paragraph(facts.organisation, "Afzender"), heading(1, facts.heading)]
    if facts.subheading:
        blocks.append(paragraph(facts.subheading, "Ondertitel"))
    blocks.append(_meta(facts))
    if facts.rows:
        rows = [[[paragraph(f"{row.number} {row.label}", "Vraagnummer")], answer_blocks(row)] for row in facts.rows]
        blocks.append(table([0.26, 0.74], rows, "Formulier", row_headers=1))
    return [*blocks, *_annex(facts.annex)]


def _meta(facts: Cw31) -> Tree:
    lines = (
        ("Voorstel", facts.title),
        ("Directie", facts.directorate),
        ("Datum", facts.date),
        ("Kenmerk", facts.ministry_reference),
        ("Rubricering", facts.classification),
    )
    rows = [[[paragraph(label, "Metakop")], [paragraph(value, "Meta")]] for label, value in lines if value]
    return table([0.26, 0.74], rows, "Metatabel", row_headers=1)


def answer_blocks(row: FormRow, *, questions: bool = True) -> list[Tree]:
    """Return a row's answer, below its questions unless they are left out."""
    blocks = [paragraph(question, "Vraag") for question in row.questions] if questions else []
    blocks += from_model(richtext.parse(row.text), 3)
    if row.planned:
        blocks += [heading(3, "Beoogde prestaties"), bullets(f"{line}: {what}" for line, what in row.planned)]
    if row.groups:
        blocks += [heading(3, "Verdeling (in EUR)"), _money(row.groups, row.totals)]
    for evaluation in row.evaluations:
        lines = [[[paragraph(label, "Tabelkop")], [paragraph(value, "Tabelcel")]] for label, value in evaluation]
        blocks.append(table([0.3, 0.7], lines, "Geldtabel", row_headers=1))
    return blocks


def _money(groups: Iterable[MoneyGroup], totals: Iterable[MoneyTotal]) -> Tree:
    head = [[paragraph(name, "Tabelkop")] for name in ("Regel", "Artikel en dekking", "Jaar")]
    rows: list[Any] = [[*head, [number_head("Verplichting")], [number_head("Kas")]]]
    for group in groups:
        if group.heading:
            rows.append([Spanned([paragraph(group.heading, "Tabelkop")], 5)])
        for line in group.rows:
            rows.append(
                [
                    [paragraph(line.label, "Tabelcel")],
                    [paragraph(line.basis, "Tabelcel")],
                    [paragraph(str(line.year), "Tabelcel")],
                    [_amount(line.commitment)],
                    [_amount(line.cash)],
                ]
            )
    for total in totals:
        rows.append(
            [
                Spanned([paragraph("Totaal", "Tabelkop")], 2),
                [paragraph(str(total.year), "Tabelcel")],
                [_amount(total.commitment)],
                [_amount(total.cash)],
            ]
        )
    return table([0.29, 0.22, 0.11, 0.21, 0.17], rows, "Geldtabel", head=1)


def _amount(value: Decimal | None) -> Tree:
    """Write EUR for a table: whole where it is whole; "n.n.b." when not known."""
    if value is None:
        return paragraph("n.n.b.", "Tabelgetal")
    return paragraph(format_number(value, "nl", 0 if value == value.to_integral_value() else 2), "Tabelgetal")


def _annex(annex: Annex) -> list[Tree]:
    if not annex:
        return []
    return [heading(1, annex.heading), *(block for section in annex.sections for block in _part(section))]


def _part(section: AnnexSection) -> list[Tree]:
    blocks = [heading(2, section.title), *from_model(richtext.parse(section.text), 3)]
    if section.share:
        blocks.append(paragraph(section.share))
    for block in section.blocks:
        if block.heading:
            blocks.append(heading(3, block.heading))
        if block.note:
            blocks.append(styled([{"t": "Para", "c": [{"t": "Emph", "c": words(block.note)}]}], ""))
        blocks.append(bullets(block.sentences))
    return blocks


def bullets(lines: Iterable[str]) -> Tree:
    """Return a list of plain lines."""
    return {"t": "BulletList", "c": [[{"t": "Plain", "c": words(line)}] for line in lines]}
