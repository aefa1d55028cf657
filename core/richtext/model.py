"""The content model: blocks of inlines. Immutable, comparable, and all that a text may contain."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Literal

Mark = Literal["strong", "em", "sub", "sup"]
MARKS: tuple[Mark, ...] = ("strong", "em", "sub", "sup")


@dataclass(frozen=True, slots=True)
class Text:
    """A run of characters with the same marks."""

    text: str
    marks: tuple[Mark, ...] = ()
    href: str = ""


@dataclass(frozen=True, slots=True)
class Break:
    """A line break inside a paragraph."""

    marks: tuple[Mark, ...] = ()
    href: str = ""


@dataclass(frozen=True, slots=True)
class Footnote:
    """A note at this place; plain text."""

    text: str
    marks: tuple[Mark, ...] = ()
    href: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """A bound figure: the value of `field` of the record `id`, worded as `form`. The fallback is its last wording."""

    id: str
    field: str
    form: str
    fallback: str
    marks: tuple[Mark, ...] = ()
    href: str = ""


Inline = Text | Break | Footnote | Figure
Inlines = tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text."""

    content: Inlines


@dataclass(frozen=True, slots=True)
class Heading:
    """A sub-heading, level 1 or 2 within its section; an output chooses the real level."""

    level: int
    content: Inlines


@dataclass(frozen=True, slots=True)
class ListBlock:
    """A list of items, each of blocks. `style` is "" (bullets), "decimal" or "lower-alpha"."""

    style: str
    items: tuple[tuple[Block, ...], ...]
    start: int = 1


@dataclass(frozen=True, slots=True)
class Cell:
    """A table cell."""

    content: tuple[Block, ...]
    header: bool = False
    colspan: int = 1
    rowspan: int = 1


@dataclass(frozen=True, slots=True)
class Row:
    """A table row."""

    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table. A first row of header cells only is its head."""

    rows: tuple[Row, ...]


Block = Paragraph | Heading | ListBlock | Table


@dataclass(frozen=True, slots=True)
class Document:
    """A whole text."""

    blocks: tuple[Block, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.blocks)


def inlines(blocks: tuple[Block, ...]) -> Iterator[Inline]:
    """Yield every inline in reading order."""
    for block in blocks:
        match block:
            case Paragraph() | Heading():
                yield from block.content
            case ListBlock():
                for item in block.items:
                    yield from inlines(item)
            case Table():
                for row in block.rows:
                    for cell in row.cells:
                        yield from inlines(cell.content)


def figures(document: Document) -> tuple[Figure, ...]:
    """Return the bound figures in reading order."""
    return tuple(inline for inline in inlines(document.blocks) if isinstance(inline, Figure))


def footnotes(document: Document) -> tuple[Footnote, ...]:
    """Return the footnotes in reading order."""
    return tuple(inline for inline in inlines(document.blocks) if isinstance(inline, Footnote))


def map_figures(document: Document, change: Callable[[Figure], Figure]) -> Document:
    """Return the text with every bound figure replaced by `change(figure)`; nothing else is touched."""

    def in_inlines(content: Inlines) -> Inlines:
        return tuple(change(inline) if isinstance(inline, Figure) else inline for inline in content)

    def in_blocks(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
        return tuple(in_block(block) for block in blocks)

    def in_block(block: Block) -> Block:
        match block:
            case Paragraph() | Heading():
                return replace(block, content=in_inlines(block.content))
            case ListBlock():
                return replace(block, items=tuple(in_blocks(item) for item in block.items))
            case Table():
                return Table(
                    tuple(Row(tuple(replace(c, content=in_blocks(c.content)) for c in row.cells)) for row in block.rows)
                )

    return Document(in_blocks(document.blocks))
