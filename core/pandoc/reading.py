"""From pandoc's tree of a Word file to the content model. Pictures, fields and forms are left behind; text is kept."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext_lazy as _

from core.pandoc.door import PandocFailed, run
from core.pandoc.package import BadFile, checked
from core.richtext import (
    Block,
    Break,
    Cell,
    Document,
    Footnote,
    Heading,
    Inline,
    ListBlock,
    Paragraph,
    Row,
    Table,
    Text,
)
from core.richtext.model import MARKS, Mark
from core.richtext.reading import DEEPEST_LIST, MOST_COLUMNS, UNSTORABLE

DEEPEST = 60
MARK_OF: dict[str, Mark] = {"Strong": "strong", "Emph": "em", "Subscript": "sub", "Superscript": "sup"}
THROUGH = {"Underline", "Strikeout", "SmallCaps", "Span", "Quoted", "Cite"}
QUOTES = {"SingleQuote": ("‘", "’"), "DoubleQuote": ("“", "”")}
Tree = dict[str, Any]


def read_docx(content: bytes, seconds: float = 5) -> Document:
    """Return what a Word file says. Raises BadFile when it is not one, is too large, or is made to do harm."""
    package = checked(content)
    try:
        answer = run(["-f", "docx", "-t", "json"], package, seconds)
    except PandocFailed:
        message = _("This Word file could not be read: it is damaged or far too complicated. Paste its text instead.")
        raise BadFile(message, "unreadable") from None
    try:
        tree = json.loads(answer)
        return Document((*_titles(tree.get("meta", {})), *_blocks(tree["blocks"], 0, 0)))
    except RecursionError:
        raise BadFile(_("This Word file is nested too deep to be a real text."), "too_deep") from None


def _titles(meta: Tree) -> Iterator[Block]:
    """Word's title and subtitle styles are no part of pandoc's text."""
    for name in ("title", "subtitle"):
        value = meta.get(name)
        if value and value["t"] == "MetaInlines" and (content := _inlines(value["c"])):
            yield Heading(1, content)
        elif value and value["t"] == "MetaBlocks":
            yield from _blocks(value["c"], 0, 0)


def _blocks(trees: Iterable[Tree], lists: int, depth: int) -> tuple[Block, ...]:
    if depth > DEEPEST:
        raise RecursionError
    found: list[Block] = []
    for tree in trees:
        found.extend(_block(tree, lists, depth + 1))
    return tuple(found)


def _block(tree: Tree, lists: int, depth: int) -> tuple[Block, ...]:
    body: Any = tree.get("c")
    match tree["t"]:
        case "Para" | "Plain":
            content = _inlines(body)
            return (Paragraph(content),) if content else ()
        case "Header":
            content = _inlines(body[2])
            return (Heading(1 if body[0] <= 2 else 2, content),) if content else ()
        case "BulletList":
            return _list("", body, 1, lists, depth)
        case "OrderedList":
            start, style, _delimiter = body[0]
            lettered = style["t"] in ("LowerAlpha", "UpperAlpha")
            return _list("lower-alpha" if lettered else "decimal", body[1], start, lists, depth)
        case "Table":
            return _table(body, lists, depth)
        case "Div":
            return _blocks(body[1], lists, depth)
        case "BlockQuote":
            return _blocks(body, lists, depth)
        case "LineBlock":
            return tuple(Paragraph(content) for line in body if (content := _inlines(line)))
        case "Figure":
            return _blocks(body[2], lists, depth)
        case "DefinitionList":
            return tuple(
                block
                for term, meanings in body
                for block in (
                    *_paragraph(_inlines(term)),
                    *(b for meaning in meanings for b in _blocks(meaning, lists, depth)),
                )
            )
        case "CodeBlock":
            return _paragraph((Text(_tidy(body[1])),))
    return ()


def _paragraph(content: tuple[Inline, ...]) -> tuple[Block, ...]:
    return (Paragraph(content),) if content else ()


def _list(style: str, items: list[list[Tree]], start: int, lists: int, depth: int) -> tuple[Block, ...]:
    inner = tuple(item for tree in items if (item := _blocks(tree, lists + 1, depth)))
    if lists >= DEEPEST_LIST:  # as deep as a text may be: the rest stands as paragraphs
        return tuple(block for item in inner for block in item)
    return (ListBlock(style, inner, max(1, min(int(start), 9999)) if style else 1),) if inner else ()


def _table(body: list[Any], lists: int, depth: int) -> tuple[Block, ...]:
    _attributes, _caption, columns, head, bodies, foot = body
    rows = [_row(row, True, lists, depth) for row in head[1]]
    for _attr, _row_headers, heads, rest in bodies:
        rows += [_row(row, True, lists, depth) for row in heads] + [_row(row, False, lists, depth) for row in rest]
    rows += [_row(row, False, lists, depth) for row in foot[1]]
    rows = [row for row in rows if row.cells]
    if len(columns) > MOST_COLUMNS:
        return tuple(block for row in rows for cell in row.cells for block in cell.content)
    return (Table(tuple(rows)),) if rows else ()


def _row(row: list[Any], header: bool, lists: int, depth: int) -> Row:
    return Row(
        tuple(
            Cell(
                _blocks(blocks, lists, depth),
                header,
                max(1, min(int(columns), MOST_COLUMNS)),
                max(1, min(int(rows), 200)),
            )
            for _attributes, _alignment, rows, columns, blocks in row[1]
        )
    )


# -- inlines --------------------------------------------------------------------------------------------------------


def _inlines(trees: Iterable[Tree]) -> tuple[Inline, ...]:
    """Return runs of text, joined where they have the same marks, without white space at the ends."""
    joined: list[Inline] = []
    for inline in _each(trees, (), "", 0):
        last = joined[-1] if joined else None
        if (
            isinstance(inline, Text)
            and isinstance(last, Text)
            and (last.marks, last.href) == (inline.marks, inline.href)
        ):
            joined[-1] = replace(last, text=last.text + inline.text)
        else:
            joined.append(inline)
    while joined and (
        isinstance(joined[-1], Break) or (isinstance(joined[-1], Text) and not joined[-1].text.strip(" "))
    ):
        joined.pop()
    while joined and (isinstance(joined[0], Break) or (isinstance(joined[0], Text) and not joined[0].text.strip(" "))):
        joined.pop(0)
    if joined and isinstance(joined[0], Text):
        joined[0] = replace(joined[0], text=joined[0].text.lstrip(" "))
    if joined and isinstance(joined[-1], Text):
        joined[-1] = replace(joined[-1], text=joined[-1].text.rstrip(" "))
    return tuple(joined)


def _each(trees: Iterable[Tree], marks: tuple[Mark, ...], href: str, depth: int) -> Iterator[Inline]:
    if depth > DEEPEST:
        raise RecursionError
    for tree in trees:
        kind: str = tree["t"]
        body: Any = tree.get("c")
        if kind == "Str":
            yield Text(_tidy(body), marks, href)
        elif kind in ("Space", "SoftBreak"):
            yield Text(" ", marks, href)
        elif kind == "LineBreak":
            yield Break(marks, href)
        elif kind in MARK_OF:
            yield from _each(
                body, tuple(name for name in MARKS if name in marks or name == MARK_OF[kind]), href, depth + 1
            )
        elif kind in THROUGH:
            yield from _through(kind, body, marks, href, depth)
        elif kind == "Link":
            address = body[2][0]
            known = address if re.match(r"(?:https?|mailto):", address) else href
            yield from _each(body[1], marks, known, depth + 1)
        elif kind == "Note":
            note = " ".join(_words(body, depth + 1).split())
            if note:
                yield Footnote(note, marks, href)
        elif kind == "Code":
            yield Text(_tidy(body[1]), marks, href)


def _through(kind: str, body: Any, marks: tuple[Mark, ...], href: str, depth: int) -> Iterator[Inline]:
    """Read what stands within a wrapper that the model does not know."""
    if kind == "Quoted":
        opening, closing = QUOTES[body[0]["t"]]
        yield Text(opening, marks, href)
        yield from _each(body[1], marks, href, depth + 1)
        yield Text(closing, marks, href)
    else:
        yield from _each(body[1] if kind in ("Span", "Cite") else body, marks, href, depth + 1)


def _words(trees: Iterable[Tree], depth: int) -> str:
    """Return a note's plain text."""
    pieces = []
    for block in _blocks(trees, 0, depth):
        match block:
            case Paragraph(content) | Heading(content=content):
                pieces.append("".join(inline.text for inline in content if isinstance(inline, Text)))
            case ListBlock(items=items):
                pieces.extend(_plain(item) for item in items)
    return " ".join(pieces)


def _plain(blocks: tuple[Block, ...]) -> str:
    return " ".join(
        "".join(inline.text for inline in block.content if isinstance(inline, Text))
        for block in blocks
        if isinstance(block, Paragraph)
    )


def _tidy(text: str) -> str:
    return UNSTORABLE.sub("", text).replace("\u00ad", "")
