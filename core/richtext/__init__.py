"""Structured rich text: a small typed content model between stored text, the editor and every output.

Stored form: sanitised HTML, schema version 1 (docs/papers.md). `read` takes anything a browser or a file gives and
makes the model, or says why not; `html` writes the stored form; `paper`, `screen` and `text` write the outputs.
"""

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
    figures,
    footnotes,
    map_figures,
)
from core.richtext.passages import NotThere, Passage, cut, passages, put_figure
from core.richtext.reading import SCHEMA_VERSION, Unreadable, canonical, parse, read
from core.richtext.writing import html, paper, screen, text

__all__ = [
    "SCHEMA_VERSION",
    "Block",
    "Break",
    "Cell",
    "Document",
    "Figure",
    "Footnote",
    "Heading",
    "Inline",
    "ListBlock",
    "NotThere",
    "Paragraph",
    "Passage",
    "Row",
    "Table",
    "Text",
    "Unreadable",
    "canonical",
    "cut",
    "figures",
    "footnotes",
    "html",
    "map_figures",
    "paper",
    "parse",
    "passages",
    "put_figure",
    "read",
    "screen",
    "text",
]
