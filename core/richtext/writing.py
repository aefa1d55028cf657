"""From the content model to its outputs: the stored HTML, HTML for paper and for the screen, and plain text."""

import re
from collections.abc import Callable
from html import escape

from core.richtext.model import (
    Block,
    Break,
    Cell,
    Document,
    Figure,
    Footnote,
    Heading,
    Inline,
    ListBlock,
    Paragraph,
    Row,
    Table,
    Text,
)

URL = re.compile(r"https?://[^\s<>\"]+[^\s<>\".,;:)\]]")
WriteInline = Callable[[Footnote | Figure], str]


def html(document: Document) -> str:
    """Write the stored form: sanitised HTML, schema version 1."""
    return _blocks(document.blocks, _stored_inline, first_heading=2, stored=True)


def paper(document: Document, heading_level: int = 3) -> str:
    """Write HTML for the PDF engine: notes float to the page foot, headings begin at `heading_level`."""
    return _blocks(document.blocks, _paper_inline, first_heading=heading_level)


def screen(document: Document, notes: list[str], heading_level: int = 3) -> str:
    """Write HTML for a page; each note is appended to `notes`, and its call links to `#noot-N`."""

    def inline(leaf: Footnote | Figure) -> str:
        if isinstance(leaf, Figure):
            return _paper_inline(leaf)
        notes.append(_linked(leaf.text))
        number = len(notes)
        return f'<sup class="note-call"><a id="nootcall-{number}" href="#noot-{number}">{number}</a></sup>'

    return _blocks(document.blocks, inline, first_heading=heading_level)


def text(document: Document) -> str:
    """Write plain text, one line per paragraph, item or cell; notes follow in square brackets where they are called."""
    return "\n".join(_lines(document.blocks, ""))


# -- HTML -----------------------------------------------------------------------------------------------------------


def _blocks(blocks: tuple[Block, ...], inline: WriteInline, first_heading: int, stored: bool = False) -> str:
    return "".join(_block(block, inline, first_heading, stored) for block in blocks)


def _block(block: Block, inline: WriteInline, first_heading: int, stored: bool) -> str:
    match block:
        case Paragraph(content):
            return f"<p>{_inlines(content, inline)}</p>"
        case Heading(level, content):
            tag = f"h{min(first_heading + level - 1, 6)}"
            return f"<{tag}>{_inlines(content, inline)}</{tag}>"
        case ListBlock(style, items, start):
            return _list(style, items, start, inline, first_heading, stored)
        case Table(rows):
            return _table(rows, inline, first_heading, stored)


def _list(
    style: str, items: tuple[tuple[Block, ...], ...], start: int, inline: WriteInline, first_heading: int, stored: bool
) -> str:
    tag = "ol" if style else "ul"
    attributes = ' type="a" data-type="lower-alpha"' if style == "lower-alpha" else ""
    attributes += f' start="{start}"' if start != 1 else ""
    body = "".join(f"<li>{_item(item, inline, first_heading, stored)}</li>" for item in items)
    return f"<{tag}{attributes}>{body}</{tag}>"


def _item(item: tuple[Block, ...], inline: WriteInline, first_heading: int, stored: bool) -> str:
    if not stored and item and isinstance(item[0], Paragraph):  # tight items on paper and screen
        return _inlines(item[0].content, inline) + _blocks(item[1:], inline, first_heading, stored)
    return _blocks(item, inline, first_heading, stored)


def _table(rows: tuple[Row, ...], inline: WriteInline, first_heading: int, stored: bool) -> str:
    head = () if stored or not rows or not all(cell.header for cell in rows[0].cells) or len(rows) == 1 else rows[:1]
    parts = []
    if head:
        parts.append(f"<thead>{_row(head[0], inline, first_heading, stored, 'col')}</thead>")
    parts.append(
        f"<tbody>{''.join(_row(row, inline, first_heading, stored, 'row') for row in rows[len(head) :])}</tbody>"
    )
    return f"<table{'' if stored else ' class=texttable'}>{''.join(parts)}</table>"


def _row(row: Row, inline: WriteInline, first_heading: int, stored: bool, scope: str) -> str:
    return f"<tr>{''.join(_cell(cell, inline, first_heading, stored, scope) for cell in row.cells)}</tr>"


def _cell(cell: Cell, inline: WriteInline, first_heading: int, stored: bool, scope: str) -> str:
    tag = "th" if cell.header else "td"
    attributes = f' colspan="{cell.colspan}"' if cell.colspan > 1 else ""
    attributes += f' rowspan="{cell.rowspan}"' if cell.rowspan > 1 else ""
    attributes += f' scope="{scope}"' if cell.header and not stored else ""
    return f"<{tag}{attributes}>{_item(cell.content, inline, first_heading, stored)}</{tag}>"


def _inlines(content: tuple[Inline, ...], inline: WriteInline) -> str:
    return "".join(_inline(leaf, inline) for leaf in content)


def _inline(leaf: Inline, inline: WriteInline) -> str:
    match leaf:
        case Text(text=characters):
            inner = escape(characters, quote=False)
        case Break():
            inner = "<br>"
        case Footnote() | Figure():
            inner = inline(leaf)
    for mark in reversed(leaf.marks):
        inner = f"<{mark}>{inner}</{mark}>"
    return f'<a href="{escape(leaf.href)}">{inner}</a>' if leaf.href else inner


def _stored_inline(leaf: Footnote | Figure) -> str:
    if isinstance(leaf, Footnote):
        return f'<span class="voetnoot">{escape(leaf.text, quote=False)}</span>'
    return (
        f'<span data-figure data-id="{escape(leaf.id)}" data-field="{escape(leaf.field)}" data-form="{escape(leaf.form)}">'
        f"{escape(leaf.fallback, quote=False)}</span>"
    )


def _paper_inline(leaf: Footnote | Figure) -> str:
    if isinstance(leaf, Footnote):
        return f'<small class="fn">{_linked(leaf.text)}</small>'
    return f'<span class="figure">{escape(leaf.fallback, quote=False)}</span>'


def _linked(note: str) -> str:
    """Escape a note and make its addresses links."""
    pieces, at = [], 0
    for match in URL.finditer(note):
        pieces.append(escape(note[at : match.start()], quote=False))
        pieces.append(f'<a href="{escape(match[0])}">{escape(match[0], quote=False)}</a>')
        at = match.end()
    return "".join([*pieces, escape(note[at:], quote=False)])


# -- plain text -----------------------------------------------------------------------------------------------------


def _lines(blocks: tuple[Block, ...], indent: str) -> list[str]:
    lines: list[str] = []
    for block in blocks:
        match block:
            case Paragraph(content) | Heading(content=content):
                lines.append(indent + _plain(content))
            case ListBlock(style, items, start):
                for number, item in enumerate(items, start):
                    marker = "-" if not style else f"{number}." if style == "decimal" else f"{_letter(number)}."
                    below = _lines(item, indent + "  ")
                    first = below[0].strip() if below else ""
                    lines.extend([f"{indent}{marker} {first}", *below[1:]])
            case Table(rows):
                for row in rows:
                    lines.append(indent + " | ".join(" ".join(_lines(cell.content, "")) for cell in row.cells))
    return lines


def _letter(number: int) -> str:
    return chr(ord("a") + (number - 1) % 26)


def _plain(content: tuple[Inline, ...]) -> str:
    pieces = []
    for leaf in content:
        match leaf:
            case Text(text=characters):
                pieces.append(characters)
            case Break():
                pieces.append(" ")
            case Footnote(text=note):
                pieces.append(f" [{note}]")
            case Figure(fallback=fallback):
                pieces.append(fallback)
    return "".join(pieces)
