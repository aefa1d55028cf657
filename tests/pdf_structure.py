"""Reads a PDF back: its text, and what PDF/UA-1 and PDF/A-3a ask of its structure, as far as a machine can tell.

Follows the Matterhorn Protocol's machine checks that a changed template can break (https://pdfa.org/resource/the-matterhorn-protocol/).
"""

from __future__ import annotations

import io
import re
from typing import Any

import pikepdf
import pypdfium2
from pikepdf import Array, Dictionary, Name

STANDARD = {
    "Document",
    "Part",
    "Art",
    "Sect",
    "Div",
    "BlockQuote",
    "Caption",
    "TOC",
    "TOCI",
    "Index",
    "NonStruct",
    "Private",
    "P",
    "H",
    "H1",
    "H2",
    "H3",
    "H4",
    "H5",
    "H6",
    "L",
    "LI",
    "Lbl",
    "LBody",
    "Table",
    "TR",
    "TH",
    "TD",
    "THead",
    "TBody",
    "TFoot",
    "Span",
    "Quote",
    "Note",
    "Reference",
    "BibEntry",
    "Code",
    "Link",
    "Annot",
    "Ruby",
    "Figure",
    "Formula",
    "Form",
}
ALLOWED_KIDS = {
    "Table": {"TR", "THead", "TBody", "TFoot", "Caption"},
    "THead": {"TR"},
    "TBody": {"TR"},
    "TFoot": {"TR"},
    "TR": {"TH", "TD"},
    "L": {"LI", "L", "Caption"},
    "LI": {"Lbl", "LBody"},
}
ALLOWED_PARENTS = {
    "TR": {"Table", "THead", "TBody", "TFoot"},
    "TH": {"TR"},
    "TD": {"TR"},
    "LI": {"L"},
    "LBody": {"LI"},
    "THead": {"Table"},
    "TBody": {"Table"},
    "TFoot": {"Table"},
}
PAINTING = {"Tj", "TJ", "Do", "f", "F", "S", "s", "B", "b", "f*", "B*", "b*", "sh", "EI", "INLINE IMAGE"}


def text_of(content: bytes) -> str:
    """Return the text of every page, white space folded; no-break spaces read as spaces."""
    with pypdfium2.PdfDocument(content) as document:
        pages = [page.get_textpage().get_text_range() for page in document]
    return re.sub(r"\s+", " ", " ".join(pages).replace("\u00a0", " ").replace("\u00ad", "").replace("\ufffe", "-"))


def pages_of(content: bytes) -> list[str]:
    """Return the text per page."""
    with pypdfium2.PdfDocument(content) as document:
        return [re.sub(r"\s+", " ", page.get_textpage().get_text_range().replace("\u00a0", " ")) for page in document]


def problems(content: bytes, language: str = "nl") -> list[str]:
    """Return what is wrong with the file's structure; empty when nothing was found."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        return [*_catalog(pdf, language), *_fonts(pdf), *_Tree(pdf).problems()]


def _catalog(pdf: Any, language: str) -> list[str]:
    root, found = pdf.Root, []
    xmp = pdf.open_metadata()
    checks = {
        "the document has no language": str(root.get("/Lang", "")).startswith(language),
        "the document is not marked": root.get("/MarkInfo", {}).get("/Marked") is True,
        "the title is not displayed": root.get("/ViewerPreferences", {}).get("/DisplayDocTitle") is True,
        "there is no title": bool(xmp.get("dc:title")),
        "it does not claim PDF/UA-1": xmp.get("{http://www.aiim.org/pdfua/ns/id/}part") == "1",
        "it does not claim PDF/A-3": xmp.get("{http://www.aiim.org/pdfa/ns/id/}part") == "3",
        "it does not claim level A": xmp.get("{http://www.aiim.org/pdfa/ns/id/}conformance") == "A",
        "there is no extension schema": b"pdfaExtension:schemas" in root.Metadata.read_bytes(),
        "there is no output intent": "/OutputIntents" in root,
        "there is no file identifier": "/ID" in pdf.trailer,
        "there is an action": not any(
            key in root or key in root.get("/Names", {}) for key in ("/OpenAction", "/AA", "/JavaScript")
        ),
        "there are no bookmarks": "/Outlines" in root,
    }
    found += [name for name, fine in checks.items() if not fine]
    return found


def _fonts(pdf: Any) -> list[str]:
    found = []
    for obj in pdf.objects:
        if isinstance(obj, Dictionary) and obj.get("/Type") == Name.FontDescriptor:
            if not any(key in obj for key in ("/FontFile", "/FontFile2", "/FontFile3")):
                found.append(f"font {obj.FontName} is not embedded")
        elif (
            isinstance(obj, Dictionary)
            and obj.get("/Type") == Name.Font
            and obj.get("/Subtype") == Name.Type0
            and "/ToUnicode" not in obj
        ):
            found.append(f"font {obj.BaseFont} cannot be read back")
    return found


class _Tree:
    """Walks the structure tree and compares it with what the pages mark."""

    def __init__(self, pdf: Any) -> None:
        self.pdf, self.found = pdf, []  # type: ignore[var-annotated]
        self.page_numbers = {page.obj.objgen: number for number, page in enumerate(pdf.pages)}
        self.marked: dict[int | None, set[int]] = {}
        self.levels: list[int] = []
        self.note_ids: set[str] = set()
        self.referred: set[Any] = set()

    def problems(self) -> list[str]:
        if "/StructTreeRoot" not in self.pdf.Root:
            return ["there is no structure tree"]
        kids = self.pdf.Root.StructTreeRoot.K
        for element in kids if isinstance(kids, Array) else [kids]:
            self.walk(element, "Root", None, 0)
        self.headings()
        for number, page in enumerate(self.pdf.pages):
            self.page(number, page)
        return self.found

    def walk(self, element: Any, parent: str, page: int | None, depth: int) -> None:
        kind = str(element.get("/S", ""))[1:]
        if depth > 200 or kind not in STANDARD:
            self.found.append(f"structure element {kind or '?'} at depth {depth}")
            return
        if kind in ALLOWED_PARENTS and parent not in ALLOWED_PARENTS[kind]:
            self.found.append(f"{kind} inside {parent}")
        if parent in ALLOWED_KIDS and kind not in ALLOWED_KIDS[parent] and kind != "NonStruct":
            self.found.append(f"{kind} is not allowed in {parent}")
        self.element(element, kind)
        own = element.get("/Pg")
        page = self.page_numbers.get(own.objgen, page) if own is not None else page
        kids = element.get("/K")
        for kid in [] if kids is None else kids if isinstance(kids, Array) else [kids]:
            if isinstance(kid, int):
                self.marked.setdefault(page, set()).add(kid)
            elif kid.get("/Type") == Name.MCR:
                self.marked.setdefault(self.page_numbers.get(kid.Pg.objgen, page), set()).add(int(kid.MCID))
            elif kid.get("/Type") == Name.OBJR:
                self.referred.add(kid.Obj.objgen)
            else:
                self.walk(kid, kind, page, depth + 1)

    def element(self, element: Any, kind: str) -> None:
        if re.fullmatch("H[1-6]", kind):
            self.levels.append(int(kind[1]))
        if kind == "Figure" and not str(element.get("/Alt", "")).strip() and "/ActualText" not in element:
            self.found.append("a figure has no alternative text")
        if kind == "Note":
            identity = str(element.get("/ID", ""))
            if not identity or identity in self.note_ids:
                self.found.append("a note has no identity of its own")
            self.note_ids.add(identity)
        if kind == "TH" and "/ID" not in element and "/Scope" not in (element.get("/A") or {}):
            self.found.append("a header cell has no scope")

    def headings(self) -> None:
        if not self.levels or self.levels[0] != 1:
            self.found.append(f"the first heading is not level 1 but {self.levels[:1]}")
        for before, after in zip(self.levels, self.levels[1:], strict=False):
            if after > before + 1:
                self.found.append(f"heading level skipped: {before} to {after}")

    def page(self, number: int, page: Any) -> None:
        stack: list[Any] = []
        used: set[int] = set()
        loose = 0
        for operands, operator in pikepdf.parse_content_stream(page):
            name = str(operator)
            if name in ("BDC", "BMC"):
                mark = operands[1].get("/MCID") if name == "BDC" and isinstance(operands[1], Dictionary) else None
                if mark is not None:
                    used.add(int(mark))
                stack.append("artifact" if str(operands[0]) == "/Artifact" else mark)
            elif name == "EMC" and stack:
                stack.pop()
            elif name in PAINTING and all(mark is None for mark in stack):
                loose += 1
        if loose:
            self.found.append(f"page {number + 1}: {loose} things are neither tagged nor artifacts")
        if used - self.marked.get(number, set()):
            self.found.append(f"page {number + 1}: marked content is missing from the tree")
        for annotation in page.get("/Annots", []):
            if annotation.get("/Subtype") == Name.Link and annotation.objgen not in self.referred:
                self.found.append(f"page {number + 1}: a link is not in the tree")
            if annotation.get("/Subtype") == Name.Link and not str(annotation.get("/Contents", "")):
                self.found.append(f"page {number + 1}: a link has no description")
        if "/Annots" in page and page.get("/Tabs") != Name.S:
            self.found.append(f"page {number + 1}: the tab order is not the structure's")
