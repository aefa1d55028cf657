"""From the content model to pandoc's tree, and so to DOCX and ODT: real notes, nested lists, styles by name, exact column widths."""

from __future__ import annotations

import io
import json
import re
import tempfile
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from core.pandoc.door import run
from core.richtext import (
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

HERE = Path(__file__).resolve().parent
NO_ATTRIBUTES: list[Any] = ["", [], []]
Format = Literal["docx", "odt"]
REFERENCES: dict[str, Path] = {"docx": HERE / "reference.docx", "odt": HERE / "reference.odt"}
Tree = dict[str, Any]
WRAP = {"strong": "Strong", "em": "Emph", "sub": "Subscript", "sup": "Superscript"}


def write(
    blocks: Sequence[Tree], kind: Format, title: str, language: str = "nl-NL", look: bytes | None = None
) -> bytes:
    """Make a file of pandoc blocks, in the look of a reference document, ours unless another is given. Raises PandocFailed."""
    tree = {
        "pandoc-api-version": [1, 23, 1],
        "meta": {
            "lang": {"t": "MetaInlines", "c": words(language)},
            "pagetitle": {"t": "MetaInlines", "c": words(title)},
        },
        "blocks": list(blocks),
    }
    source = json.dumps(tree, ensure_ascii=False).encode()
    if look is None:
        made = run(_arguments(kind, REFERENCES[kind]), source)
    else:
        with tempfile.TemporaryDirectory() as place:
            reference = Path(place) / f"reference.{kind}"
            reference.write_bytes(look)
            made = run(_arguments(kind, reference), source)
    return _lined(made) if kind == "odt" else made


def _arguments(kind: Format, reference: Path) -> list[str]:
    return ["-f", "json", "-t", kind, f"--reference-doc={reference}", "-o", "-"]


CELL = re.compile(
    r'(<style:style style:name="Table(?:Header)?RowCell" style:family="table-cell">\s*<style:table-cell-properties )fo:border="none"'
)
LINES = 'fo:border-bottom="0.5pt solid #a9bcc0" fo:border-top="none" fo:border-left="none" fo:border-right="none" fo:padding="0.08cm"'


def _lined(content: bytes) -> bytes:
    """Give the tables of an ODT their lines: pandoc writes cells without, and no reference document changes that."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as made, zipfile.ZipFile(out, "w") as lined:
        for entry in made.infolist():
            body = made.read(entry)
            if entry.filename == "content.xml":
                body = CELL.sub(rf"\1{LINES}", body.decode()).encode()
            lined.writestr(entry, body)
    return out.getvalue()


# -- what a paper is built of ---------------------------------------------------------------------------------------


def words(text: str) -> list[Tree]:
    """Return plain text as inlines; no-break spaces stay in their word."""
    pieces: list[Tree] = []
    for index, word in enumerate(text.split(" ")):
        if index:
            pieces.append({"t": "Space"})
        if word:
            pieces.append({"t": "Str", "c": word})
    return pieces


def paragraph(text: str, style: str = "") -> Tree:
    """Return a paragraph of plain text, in a style of the reference document."""
    return styled([{"t": "Para", "c": words(text)}], style)


def number_head(text: str) -> Tree:
    """Return the head of a column of numbers, which stands above them."""
    return styled([{"t": "Para", "c": [{"t": "Strong", "c": words(text)}]}], "Tabelgetal")


def styled(blocks: Iterable[Tree], style: str) -> Tree:
    """Give blocks a style of the reference document by its name."""
    attributes = [["custom-style", style]] if style else []
    return {"t": "Div", "c": [["", [], attributes], list(blocks)]}


def heading(level: int, text: str) -> Tree:
    """Return a heading."""
    return {"t": "Header", "c": [level, NO_ATTRIBUTES, words(text)]}


@dataclass(frozen=True)
class Spanned:
    """A cell over several columns."""

    blocks: Sequence[Tree]
    columns: int


CellLike = Sequence[Tree] | Spanned


def table(
    widths: Sequence[float], rows: Sequence[Sequence[Sequence[Tree]]], style: str, head: int = 0, row_headers: int = 0
) -> Tree:
    """Return a table of cells of blocks; `widths` are parts of the line, `head` the number of heading rows."""
    columns = [[{"t": "AlignDefault"}, {"t": "ColWidth", "c": width}] for width in widths]

    def row(cells: Sequence[CellLike]) -> list[Any]:
        return [NO_ATTRIBUTES, [_own_cell(cell) for cell in cells]]

    body = [NO_ATTRIBUTES, row_headers, [], [row(cells) for cells in rows[head:]]]
    return {
        "t": "Table",
        "c": [
            ["", [], [["custom-style", style]]],
            [None, []],
            columns,
            [NO_ATTRIBUTES, [row(cells) for cells in rows[:head]]],
            [body],
            [NO_ATTRIBUTES, []],
        ],
    }


def _own_cell(cell: CellLike) -> list[Any]:
    blocks, columns = (cell.blocks, cell.columns) if isinstance(cell, Spanned) else (cell, 1)
    return [NO_ATTRIBUTES, {"t": "AlignDefault"}, 1, columns, list(blocks)]


# -- the content model ----------------------------------------------------------------------------------------------


def from_model(document: Document, heading_level: int = 3) -> list[Tree]:
    """Return a text's blocks; its headings begin at `heading_level`."""
    return _blocks(document.blocks, heading_level)


def _blocks(blocks: Iterable[Block], level: int, tight: bool = False) -> list[Tree]:
    return [_block(block, level, tight) for block in blocks]


def _block(block: Block, level: int, tight: bool) -> Tree:
    match block:
        case Paragraph(content):
            return {"t": "Plain" if tight else "Para", "c": _inlines(content)}
        case Heading(depth, content):
            return {"t": "Header", "c": [min(level + depth - 1, 6), NO_ATTRIBUTES, _inlines(content)]}
        case ListBlock(style, items, start):
            inner = [_blocks(item, level, tight=True) for item in items]
            if not style:
                return {"t": "BulletList", "c": inner}
            kind = {"t": "LowerAlpha" if style == "lower-alpha" else "Decimal"}
            return {"t": "OrderedList", "c": [[start, kind, {"t": "Period"}], inner]}
        case Table(rows):
            return _table(rows, level)


def _table(rows: tuple[Row, ...], level: int) -> Tree:
    width = max(sum(cell.colspan for cell in row.cells) for row in rows)
    columns = [[{"t": "AlignDefault"}, {"t": "ColWidth", "c": round(1 / width, 4)}] for _column in range(width)]
    head = rows[:1] if len(rows) > 1 and all(cell.header for cell in rows[0].cells) else ()
    return {
        "t": "Table",
        "c": [
            ["", [], [["custom-style", "Teksttabel"]]],
            [None, []],
            columns,
            [NO_ATTRIBUTES, [_row(row, level) for row in head]],
            [[NO_ATTRIBUTES, 0, [], [_row(row, level) for row in rows[len(head) :]]]],
            [NO_ATTRIBUTES, []],
        ],
    }


def _row(row: Row, level: int) -> list[Any]:
    return [NO_ATTRIBUTES, [_cell(cell, level) for cell in row.cells]]


def _cell(cell: Cell, level: int) -> list[Any]:
    return [NO_ATTRIBUTES, {"t": "AlignDefault"}, cell.rowspan, cell.colspan, _blocks(cell.content, level, tight=True)]


def _inlines(content: Iterable[Inline]) -> list[Tree]:
    pieces: list[Tree] = []
    for inline in content:
        pieces.extend(_inline(inline))
    return pieces


def _inline(inline: Inline) -> list[Tree]:
    match inline:
        case Text(text=characters):
            inner = words(characters)
        case Break():
            inner = [{"t": "LineBreak"}]
        case Figure(fallback=fallback):
            inner = words(fallback)
        case Footnote(text=note):
            inner = [{"t": "Note", "c": [{"t": "Para", "c": words(note)}]}]
    for mark in reversed(inline.marks):
        inner = [{"t": WRAP[mark], "c": inner}]
    return [{"t": "Link", "c": [NO_ATTRIBUTES, inner, [inline.href, ""]]}] if inline.href else inner
