"""A text as passages: runs of characters without structure, in which a place is an offset. For checks, and for binding a figure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from core.richtext.model import (
    Block,
    Break,
    Document,
    Figure,
    Footnote,
    Heading,
    Inline,
    Inlines,
    ListBlock,
    Mark,
    Paragraph,
    Row,
    Table,
    Text,
)


@dataclass(frozen=True, slots=True)
class Passage:
    """One paragraph, heading or note. `bound` names where its bound figures stand."""

    index: int
    text: str
    bound: tuple[tuple[int, int, Figure], ...] = ()
    heading: bool = False
    note: bool = False


class NotThere(LookupError):
    """A place is not, or no longer, plain text of the document."""


def passages(document: Document) -> tuple[Passage, ...]:
    """Return the passages in reading order; a note follows the passage that calls it."""
    found: list[Passage] = []
    for block in _runs(document.blocks):
        text, bound = _characters(block.content)
        found.append(Passage(len(found), text, bound, isinstance(block, Heading)))
        for inline in block.content:
            if isinstance(inline, Footnote):
                found.append(Passage(len(found), inline.text, note=True))
    return tuple(found)


def put_figure(document: Document, index: int, start: int, end: int, figure: Figure) -> Document:
    """Return the text with the characters from start to end of one passage replaced by a bound figure.

    Raises NotThere where that is no plain text: a note, another figure, or beyond the passage.
    """
    counter = iter(range(10**9))

    def in_blocks(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
        return tuple(in_block(block) for block in blocks)

    def in_block(block: Block) -> Block:
        match block:
            case Paragraph() | Heading():
                here = next(counter)
                for inline in block.content:
                    if isinstance(inline, Footnote) and next(counter) == index:
                        raise NotThere
                return (
                    replace(block, content=_with_figure(block.content, start, end, figure)) if here == index else block
                )
            case ListBlock():
                return replace(block, items=tuple(in_blocks(item) for item in block.items))
            case Table():
                return Table(
                    tuple(
                        Row(tuple(replace(cell, content=in_blocks(cell.content)) for cell in row.cells))
                        for row in block.rows
                    )
                )

    changed = Document(in_blocks(document.blocks))
    if changed == document:
        raise NotThere
    return changed


def _runs(blocks: tuple[Block, ...]) -> Iterator[Paragraph | Heading]:
    for block in blocks:
        match block:
            case Paragraph() | Heading():
                yield block
            case ListBlock():
                for item in block.items:
                    yield from _runs(item)
            case Table():
                for row in block.rows:
                    for cell in row.cells:
                        yield from _runs(cell.content)


def _said(inline: Inline) -> str:
    match inline:
        case Text():
            return inline.text
        case Break():
            return "\n"
        case Figure():
            return inline.fallback
        case Footnote():
            return ""


def _characters(content: Inlines) -> tuple[str, tuple[tuple[int, int, Figure], ...]]:
    pieces, bound, at = [], [], 0
    for inline in content:
        piece = _said(inline)
        if isinstance(inline, Figure):
            bound.append((at, at + len(piece), inline))
        pieces.append(piece)
        at += len(piece)
    return "".join(pieces), tuple(bound)


def _with_figure(content: Inlines, start: int, end: int, figure: Figure) -> Inlines:
    before: list[Inline] = []
    after: list[Inline] = []
    inside: list[Text] = []
    at = 0
    for inline in content:
        length = len(_said(inline))
        if at + length <= start or (length == 0 and at <= start):
            before.append(inline)
        elif at >= end:
            after.append(inline)
        elif isinstance(inline, Text):
            low, high = max(start - at, 0), min(end - at, length)
            if low:
                before.append(replace(inline, text=inline.text[:low]))
            inside.append(inline)
            if high < length:
                after.append(replace(inline, text=inline.text[high:]))
        else:
            raise NotThere
        at += length
    if not inside or end > at or start >= end:
        raise NotThere
    marks: tuple[Mark, ...] = tuple(mark for mark in inside[0].marks if all(mark in piece.marks for piece in inside))
    return (*before, replace(figure, marks=marks, href=inside[0].href), *after)


def cut(document: Document, index: int, start: int, end: int, put: str) -> Document:
    """Return the text with the characters from start to end of one passage replaced by plain words.

    Everything within goes: bound figures that it touches wholly, and notes called there. Raises NotThere beyond the passage.
    """
    counter = iter(range(10**9))
    done = False

    def in_blocks(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
        return tuple(in_block(block) for block in blocks)

    def in_block(block: Block) -> Block:
        match block:
            case Paragraph() | Heading():
                return replace(block, content=in_run(block.content))
            case ListBlock():
                return replace(block, items=tuple(in_blocks(item) for item in block.items))
            case Table():
                return Table(
                    tuple(
                        Row(tuple(replace(cell, content=in_blocks(cell.content)) for cell in row.cells))
                        for row in block.rows
                    )
                )

    def in_run(content: Inlines) -> Inlines:
        nonlocal done
        here = next(counter)
        notes = {at: next(counter) for at, inline in enumerate(content) if isinstance(inline, Footnote)}
        if here == index:
            done = True
            return _without(content, start, end, put)
        for at, number in notes.items():
            note = content[at]
            if number == index and isinstance(note, Footnote):
                done = True
                if not 0 <= start < end <= len(note.text):
                    raise NotThere
                shorter = replace(note, text=note.text[:start] + put + note.text[end:])
                return (*content[:at], shorter, *content[at + 1 :])
        return content

    changed = Document(in_blocks(document.blocks))
    if not done:
        raise NotThere
    return changed


def _without(content: Inlines, start: int, end: int, put: str) -> Inlines:
    before: list[Inline] = []
    after: list[Inline] = []
    at = 0
    for inline in content:
        length = len(_said(inline))
        if at + length <= start and not (length == 0 and at == start):
            before.append(inline)
        elif at >= end:
            after.append(inline)
        elif isinstance(inline, Text):
            if at < start:
                before.append(replace(inline, text=inline.text[: start - at]))
            if at + length > end:
                after.append(replace(inline, text=inline.text[end - at :]))
        at += length
    if not 0 <= start < end <= at:
        raise NotThere
    return (*before, Text(put, ("em",)), *after)
