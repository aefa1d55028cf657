"""From HTML to the content model: sanitise (nh3), parse, and keep only what the model knows."""

import html.parser
import re
import uuid
from dataclasses import dataclass, field
from functools import lru_cache

import nh3
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from core.language import language
from core.numbers import format_number
from core.richtext.model import (
    MARKS,
    Block,
    Break,
    Cell,
    Document,
    Figure,
    Footnote,
    Heading,
    Inline,
    ListBlock,
    Mark,
    Paragraph,
    Row,
    Table,
    Text,
    inlines,
)
from core.richtext.writing import html as write

SCHEMA_VERSION = 1
LARGEST = 200_000  # characters of HTML in one text; a whole paper may hold as much
LARGEST_INPUT = 2_000_000  # read at all, so that a large paste from Word shrinks to what it says
MOST_FOOTNOTES = 300
MOST_TAGS = 20_000  # the sanitiser's time grows with the square of the nesting: this keeps the worst text near a second
DEEPEST_LIST = 8
DEEPEST = 60  # elements; a list eight deep with every mark on stays below
MOST_COLUMNS = 20
SCHEMES = {"http", "https", "mailto"}
WHOLE = re.compile(r"(?i)https?://[^/]|mailto:.")

BLOCKS = {
    "p",
    "div",
    "blockquote",
    "section",
    "article",
    "pre",
    "ul",
    "ol",
    "li",
    "table",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
}
MARK_OF_TAG: dict[str, Mark] = {"strong": "strong", "b": "strong", "em": "em", "i": "em", "sub": "sub", "sup": "sup"}
ALLOWED = BLOCKS | set(MARK_OF_TAG) | {"a", "span", "br", "thead", "tbody", "tfoot", "tr", "th", "td"}
ATTRIBUTES = {
    "a": {"href"},
    "ol": {"type", "start", "data-type"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan"},
    "span": {"data-figure", "data-id", "data-field", "data-form"},
}
CLEANER = nh3.Cleaner(
    tags=ALLOWED,
    attributes=ATTRIBUTES,
    allowed_classes={"span": {"voetnoot"}},
    url_schemes=SCHEMES,
    link_rel=None,
    strip_comments=True,
)
UNSTORABLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]"
)  # PostgreSQL or XML would refuse these
TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)[^<>]*>")
OPENING = re.compile(r"<[a-zA-Z]")
VOID = {"br", "img", "hr", "col", "meta", "link", "input", "wbr"}
FIELD = re.compile(r"[a-z0-9_.-]{1,60}")


class Unreadable(ValueError):
    """The text cannot be kept. `message` says what is wrong and what to do."""

    def __init__(self, message: str | Promise, code: str) -> None:
        super().__init__(str(message))
        self.message, self.code = message, code


def read(source: str) -> Document:
    """Make the model from any HTML. Unknown markup is dropped and its text kept; scripts and styles go altogether.

    Raises Unreadable when the text is too long, nested too deep or has too many notes.
    """
    if len(source) > LARGEST_INPUT:
        raise Unreadable(_("This text is too long to read. Paste it in parts."), "too_long")
    if _nesting(source) > 500 or len(OPENING.findall(source)) > MOST_TAGS:
        raise Unreadable(_("This text is nested too deep to be a real text. Paste it as plain text."), "too_deep")
    document = parse(CLEANER.clean(UNSTORABLE.sub("", source)))
    if len(write(document)) > LARGEST:
        raise Unreadable(
            format_lazy(
                _("This text is too long: a section may hold {limit} characters. Shorten it."),
                limit=format_number(LARGEST, language()),
            ),
            "too_long",
        )
    return document


def canonical(source: str) -> str:
    """Return the stored form of any HTML; reading that again gives the same."""
    return write(read(source)) if source else ""


@lru_cache(maxsize=512)
def parse(stored: str) -> Document:
    """Make the model from stored (already sanitised) HTML."""
    builder = _TreeBuilder()
    builder.feed(stored)
    builder.close()
    document = Document(_blocks(builder.root.children, 0))
    if sum(1 for inline in _all_inlines(document) if isinstance(inline, Footnote)) > MOST_FOOTNOTES:
        raise Unreadable(
            format_lazy(_("A text may have at most {limit} footnotes."), limit=MOST_FOOTNOTES), "footnotes"
        )
    return document


def _all_inlines(document: Document) -> list[Inline]:
    return list(inlines(document.blocks))


def _nesting(source: str) -> int:
    """Return about how deep the elements are nested. Enough to name an absurd text; MOST_TAGS bounds a crafted one."""
    depth = deepest = 0
    for match in TAG.finditer(source):
        if match[2].lower() not in VOID:
            depth = max(depth - 1, 0) if match[1] else depth + 1
            deepest = max(deepest, depth)
    return deepest


# -- a light tree ---------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Element:
    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list["_Element | str"] = field(default_factory=list)


class _TreeBuilder(html.parser.HTMLParser):
    """Builds a tree from the well-formed HTML that the sanitiser leaves."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = _Element("root")
        self.open = [self.root]

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        element = _Element(tag, {name: value or "" for name, value in attributes})
        self.open[-1].children.append(element)
        if tag != "br":
            self.open.append(element)
            if len(self.open) > DEEPEST:
                raise Unreadable(
                    _("This text is nested too deep to be a real text. Paste it as plain text."), "too_deep"
                )

    def handle_endtag(self, tag: str) -> None:
        for index in range(len(self.open) - 1, 0, -1):
            if self.open[index].tag == tag:
                del self.open[index:]
                return

    def handle_data(self, data: str) -> None:
        self.open[-1].children.append(data)


# -- blocks ---------------------------------------------------------------------------------------------------------


def _blocks(children: list[_Element | str], lists: int) -> tuple[Block, ...]:
    """Turn mixed children into blocks; loose inlines become paragraphs."""
    found: list[Block] = []
    loose: list[Inline] = []

    def close_paragraph() -> None:
        content = _tidy(loose)
        loose.clear()
        if content:
            found.append(Paragraph(content))

    def collect(nodes: list[_Element | str], marks: tuple[Mark, ...], href: str) -> None:
        for node in nodes:
            if isinstance(node, str) or node.tag not in BLOCKS:
                if not isinstance(node, str) and _contains_block(node):  # a mark or link around blocks: apply it inside
                    collect(node.children, *_with(node, marks, href))
                else:
                    loose.extend(_inlines([node], marks, href))
                continue
            close_paragraph()
            found.extend(_block(node, lists, marks, href))

    collect(children, (), "")
    close_paragraph()
    return tuple(found)


def _contains_block(element: _Element) -> bool:
    return any(
        not isinstance(child, str) and (child.tag in BLOCKS or _contains_block(child)) for child in element.children
    )


def _block(element: _Element, lists: int, marks: tuple[Mark, ...], href: str) -> tuple[Block, ...]:
    tag = element.tag
    if tag in ("ul", "ol"):
        return _list(element, lists + 1)
    if tag == "table":
        return _table(element, lists)
    if tag in ("h1", "h2", "h3", "h4", "h5", "h6") and not _contains_block(element):
        content = _tidy(_inlines(element.children, marks, href))
        return (Heading(1 if tag in ("h1", "h2") else 2, content),) if content else ()
    if tag == "p" and not _contains_block(element):
        content = _tidy(_inlines(element.children, marks, href))
        return (Paragraph(content),) if content else ()
    return _blocks(element.children, lists)


def _list(element: _Element, depth: int) -> tuple[Block, ...]:
    if depth > DEEPEST_LIST:
        raise Unreadable(format_lazy(_("Lists may be nested at most {limit} deep."), limit=DEEPEST_LIST), "too_deep")
    items: list[tuple[Block, ...]] = []
    for child in element.children:
        if isinstance(child, _Element) and child.tag == "li":
            item = _blocks(child.children, depth)
        elif (
            isinstance(child, _Element) and child.tag in ("ul", "ol") and items
        ):  # a list straight in a list belongs to the item before
            items[-1] = items[-1] + _list(child, depth + 1)
            continue
        else:
            item = _blocks([child], depth)
        if item:
            items.append(item)
    if not items:
        return ()
    lettered = element.attributes.get("data-type") == "lower-alpha" or element.attributes.get("type") == "a"
    style = "" if element.tag == "ul" else "lower-alpha" if lettered else "decimal"
    return (ListBlock(style, tuple(items), _small(element.attributes.get("start", ""), 1, 9999) if style else 1),)


def _table(element: _Element, lists: int) -> tuple[Block, ...]:
    rows: list[Row] = []
    for part in _descend(element, "tr"):
        cells = [
            Cell(
                _blocks(cell.children, lists),
                cell.tag == "th",
                _small(cell.attributes.get("colspan", ""), 1, MOST_COLUMNS),
                _small(cell.attributes.get("rowspan", ""), 1, 200),
            )
            for cell in part.children
            if isinstance(cell, _Element) and cell.tag in ("td", "th")
        ]
        if cells:
            rows.append(Row(tuple(cells)))
    if any(sum(cell.colspan for cell in row.cells) > MOST_COLUMNS for row in rows):
        raise Unreadable(format_lazy(_("A table may have at most {limit} columns."), limit=MOST_COLUMNS), "columns")
    return (Table(tuple(rows)),) if rows else ()


def _descend(element: _Element, tag: str) -> list[_Element]:
    found = []
    for child in element.children:
        if isinstance(child, _Element):
            if child.tag == tag:
                found.append(child)
            elif child.tag in ("thead", "tbody", "tfoot"):
                found.extend(_descend(child, tag))
    return found


def _small(text: str, least: int, most: int) -> int:
    return min(max(int(text), least), most) if text.isascii() and text.isdecimal() and len(text) < 6 else least


# -- inlines --------------------------------------------------------------------------------------------------------


def _with(element: _Element, marks: tuple[Mark, ...], href: str) -> tuple[tuple[Mark, ...], str]:
    mark = MARK_OF_TAG.get(element.tag)
    if mark:
        marks = tuple(name for name in MARKS if name in marks or name == mark)
    if element.tag == "a":
        own = element.attributes.get("href", "").strip()
        href = own if WHOLE.match(own) else href  # a paper stands on no site, so half an address leads nowhere
    return marks, href


def _inlines(nodes: list[_Element | str], marks: tuple[Mark, ...], href: str) -> list[Inline]:
    found: list[Inline] = []
    for node in nodes:
        if isinstance(node, str):
            found.append(Text(node, marks, href))
        elif node.tag == "br":
            found.append(Break(marks, href))
        elif node.tag == "span" and "voetnoot" in node.attributes.get("class", "").split():
            note = _plain(node)
            if note:
                found.append(Footnote(note, marks, href))
        elif node.tag == "span" and "data-figure" in node.attributes:
            found.append(_figure(node, marks, href))
        else:
            found.extend(_inlines(node.children, *_with(node, marks, href)))
    return found


def _figure(node: _Element, marks: tuple[Mark, ...], href: str) -> Inline:
    """Return the bound figure, or its fallback as plain text when it points at nothing that can exist."""
    fallback = _plain(node)
    identity, name, form = (node.attributes.get(key, "") for key in ("data-id", "data-field", "data-form"))
    try:
        known = str(uuid.UUID(identity))
    except ValueError:
        return Text(fallback, marks, href)
    if not FIELD.fullmatch(name) or not FIELD.fullmatch(form):
        return Text(fallback, marks, href)
    return Figure(known, name, form, fallback, marks, href)


def _plain(node: _Element) -> str:
    text = "".join(child if isinstance(child, str) else _plain(child) for child in node.children)
    return re.sub(r"[ \t\r\n]+", " ", text).strip()


def _tidy(content: list[Inline]) -> tuple[Inline, ...]:
    """Fold white space, join runs of the same kind and trim the ends, as a browser shows it. No-break spaces stay."""
    joined: list[Inline] = []
    for inline in content:
        last = joined[-1] if joined else None
        if not isinstance(inline, Text):
            joined.append(inline)
            continue
        piece = re.sub(r"[ \t\r\n\f]+", " ", inline.text)
        if piece.startswith(" ") and (
            last is None or isinstance(last, Break) or (isinstance(last, Text) and last.text.endswith(" "))
        ):
            piece = piece[1:]
        if not piece:
            continue
        if isinstance(last, Text) and (last.marks, last.href) == (inline.marks, inline.href):
            joined[-1] = Text(last.text + piece, last.marks, last.href)
        else:
            joined.append(Text(piece, inline.marks, inline.href))
    while joined and (
        isinstance(joined[-1], Break) or (isinstance(joined[-1], Text) and not joined[-1].text.strip(" "))
    ):
        joined.pop()
    if joined and isinstance(joined[-1], Text):
        joined[-1] = Text(joined[-1].text.rstrip(" "), joined[-1].marks, joined[-1].href)
    while joined and isinstance(joined[0], Break):
        joined.pop(0)
    return tuple(joined)
