"""Joins tagged papers into one reading file that is tagged as they are: one tree, one set of bookmarks, the same archive profile."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from html import escape
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, OutlineItem

TITLE = re.compile(rb'(<rdf:li xml:lang="x-default">)[^<]*(</rdf:li>)')
DEEPEST = 200


def join(title: str, parts: Sequence[tuple[str, bytes]], language: str = "nl") -> bytes:
    """Return one PDF of several, each under a bookmark of its own name. The same parts give the same bytes."""
    joined = pikepdf.new()
    document = joined.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Document, K=Array()))
    index = Array()
    marks: list[OutlineItem] = []
    opened = []
    for number, (name, content) in enumerate(parts, 1):
        source = pikepdf.open(io.BytesIO(content))
        opened.append(source)  # stays open until everything is written
        first = len(joined.pages)
        joined.pages.extend(source.pages)
        _take_tree(joined, source, first, number, document, index)
        marks.append(_bookmarks(source, name, first))
        if number == 1:
            _take_profile(joined, source, title)
    joined.Root.StructTreeRoot = joined.make_indirect(
        Dictionary(
            Type=Name.StructTreeRoot, K=Array([document]), ParentTree=joined.make_indirect(Dictionary(Nums=index))
        )
    )
    document.P = joined.Root.StructTreeRoot
    joined.Root.MarkInfo = Dictionary(Marked=True)
    joined.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
    joined.Root.Lang = pikepdf.String(language)
    with joined.open_outline() as outline:
        outline.root.extend(marks)
    out = io.BytesIO()
    joined.save(out, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    for source in opened:
        source.close()
    return out.getvalue()


def _take_tree(joined: Any, source: Any, first: int, number: int, document: Any, index: Any) -> None:
    """Hang one paper's tags below the whole, under numbers and names of their own."""
    tree = joined.copy_foreign(source.Root.StructTreeRoot)
    base = 1 + max((int(index[at]) for at in range(0, len(index), 2)), default=-1)
    numbers = tree.ParentTree.Nums
    for at in range(0, len(numbers), 2):
        index.append(int(numbers[at]) + base)
        index.append(numbers[at + 1])
    for page in joined.pages[first:]:
        if "/StructParents" in page.obj:
            page.obj.StructParents = int(page.obj.StructParents) + base
        for note in page.obj.get("/Annots", []):
            if "/StructParent" in note:
                note.StructParent = int(note.StructParent) + base
    for element in tree.K if isinstance(tree.K, Array) else [tree.K]:
        element.S = Name.Part
        element.P = document
        document.K.append(element)
        for one in _elements(element, 0):
            _rename(one, number)


def _elements(element: Any, depth: int) -> Iterator[Any]:
    yield element
    kids = element.get("/K")
    for kid in [] if kids is None else kids if isinstance(kids, Array) else [kids]:
        if isinstance(kid, Dictionary) and "/S" in kid and depth < DEEPEST:
            yield from _elements(kid, depth + 1)


def _rename(element: Any, number: int) -> None:
    """Give an element's identity the number of its paper, and likewise the header cells that a cell names."""
    if "/ID" in element:
        element.ID = pikepdf.String(f"{number}-{element.ID}")
    attributes = element.get("/A")
    if isinstance(attributes, Dictionary) and "/Headers" in attributes:
        attributes.Headers = Array([pikepdf.String(f"{number}-{one}") for one in attributes.Headers])


def _bookmarks(source: Any, name: str, first: int) -> OutlineItem:
    pages = {page.obj.objgen: at for at, page in enumerate(source.pages)}
    top = OutlineItem(name, first)
    with source.open_outline() as outline:
        top.children.extend(_moved(outline.root, pages, first))
    return top


def _moved(items: Any, pages: dict[Any, int], first: int) -> Iterator[OutlineItem]:
    for item in items:
        place = item.destination
        if not isinstance(place, Array) or place[0].objgen not in pages:
            continue
        given = {"top": float(place[3])} if len(place) > 3 and place[3] is not None else {}
        moved = OutlineItem(item.title, first + pages[place[0].objgen], "XYZ", **given)
        moved.children.extend(_moved(item.children, pages, first))
        yield moved


def _take_profile(joined: Any, source: Any, title: str) -> None:
    """Take the archive profile and metadata of the first paper, under the title of the whole."""
    joined.Root.OutputIntents = Array(
        [joined.copy_foreign(source.make_indirect(intent)) for intent in source.Root.OutputIntents]
    )
    raw = TITLE.sub(lambda found: found[1] + escape(title).encode() + found[2], source.Root.Metadata.read_bytes(), 1)
    joined.Root.Metadata = pikepdf.Stream(joined, raw, Type=Name.Metadata, Subtype=Name.XML)
    joined.trailer.Info = joined.make_indirect(
        Dictionary(Title=pikepdf.String(title), Producer=source.docinfo.Producer)
    )
