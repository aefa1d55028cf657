"""Last year's CW 3.1 form as a Word file: its answers found by number and label, whatever its lay-out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from claims.rules import form_layout
from core.richtext import Block, Document, Figure, Heading, ListBlock, Paragraph, Table, Text, passages

FORM_WORDS = re.compile(
    r"^(?:bestedingsvoorstel|onderbouwing doeltreffendheid.*|cw\s?3\.1.formulier.*|concept.*)$", re.IGNORECASE
)
LONGEST_TITLE = 200


@dataclass
class FormFromWord:
    """What was recognised: the answers by section key, the parts of the annex, and what belongs to neither."""

    title: str = ""
    sections: dict[str, list[Block]] = field(default_factory=dict)
    annex: list[tuple[str, list[Block]]] = field(default_factory=list)
    left_over: list[str] = field(default_factory=list)

    def answers(self) -> dict[str, Document]:
        """Return the answers that say something."""
        return {key: Document(tuple(blocks)) for key, blocks in self.sections.items() if blocks}


def read_form(document: Document, questions: Sequence[str]) -> FormFromWord:
    """Tell a form's sections apart. `questions` are the printed questions of every version: they are no part of an answer."""
    found = FormFromWord()
    current: list[Block] | None = None
    in_annex = False
    for block in _stream(document.blocks):
        if isinstance(block, _Label):
            current, in_annex = found.sections.setdefault(block.key, []), False
            continue
        line = _line(block)
        if not in_annex and line and (key := _labelled(line, questions)):
            current = found.sections.setdefault(key, [])
        elif line and form_layout.is_annex_heading(line):
            current, in_annex = [], True
            found.annex.append((line[:LONGEST_TITLE], current))
        elif in_annex and isinstance(block, Heading):
            current = []
            found.annex.append((line[:LONGEST_TITLE], current))
        elif line and form_layout.is_question(line, questions):
            continue
        elif current is None:
            _before(found, block, line)
        else:
            current.append(block)
    found.annex = [(title, blocks) for title, blocks in found.annex if blocks]
    return found


@dataclass(frozen=True)
class _Label:
    """The label of a section in the left column of a form laid out as a table."""

    key: str


def _stream(blocks: Iterable[Block]) -> Iterator[Block | _Label]:
    """Yield the text's blocks; a table that is the form's own lay-out is taken apart."""
    for block in blocks:
        if isinstance(block, Table) and any(_row_key(block, index) for index in range(len(block.rows))):
            for index, row in enumerate(block.rows):
                key = _row_key(block, index)
                if key:
                    yield _Label(key)
                cells = row.cells[1:] if key else row.cells
                for cell in cells:
                    yield from _stream(cell.content)
        elif isinstance(block, ListBlock) and any(_item_key(item) for item in block.items):
            yield from _numbered_labels(block)
        else:
            yield block


def _numbered_labels(block: ListBlock) -> Iterator[Block | _Label]:
    """Take a list apart whose numbers are those of the form: Word numbers labels by itself."""
    for item in block.items:
        key = _item_key(item)
        if key:
            yield _Label(key)
            yield from _stream(item[1:])
        else:
            yield ListBlock(block.style, (item,))


def _item_key(item: tuple[Block, ...]) -> str | None:
    return form_layout.label_key(_line(item[0])) if item else None


def _row_key(table: Table, index: int) -> str | None:
    cells = table.rows[index].cells
    words = (
        " ".join(passage.text for passage in passages(Document(cells[0].content)) if not passage.note)
        if len(cells) > 1
        else ""
    )
    return form_layout.label_key(words)


def _line(block: Block) -> str:
    """Return a paragraph's or heading's text on one line; nothing for lists and tables."""
    if isinstance(block, ListBlock | Table):
        return ""
    pieces = [
        inline.text if isinstance(inline, Text) else inline.fallback if isinstance(inline, Figure) else " "
        for inline in block.content
    ]
    return " ".join("".join(pieces).split())


def _labelled(line: str, questions: Sequence[str]) -> str | None:
    """Return the section a line heads: its label alone, or its label with the printed question behind it."""
    key = form_layout.label_key(line)
    if key:
        return key
    for name in form_layout.LABELS:
        match = form_layout.pattern_of(name).match(line)
        if match and form_layout.is_question(line[match.end() :], questions):
            return name
    return None


def _before(found: FormFromWord, block: Block, line: str) -> None:
    """What stands before the first section: the title, and what is listed as not recognised."""
    if line and FORM_WORDS.match(line):
        return
    if line and not found.title and isinstance(block, Paragraph | Heading):
        found.title = re.sub(r"^CW\s?3\.1\s+", "", line)[:LONGEST_TITLE]
        return
    found.left_over.extend(passage.text for passage in passages(Document((block,))) if passage.text.strip())
