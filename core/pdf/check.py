"""Looks at a finished PDF before anybody relies on it: its structure, and its own text read back by tag.

Follows the machine checks of the Matterhorn Protocol (https://pdfa.org/resource/the-matterhorn-protocol/) that a changed template or
engine can break: tags, artifacts, language, headings, table headers, notes, links, fonts, attachments, metadata. What a person must
judge (reading order, the sense of a description) is not judged. Text is read by way of the fonts' own maps, as a screen reader does.
"""

from __future__ import annotations

import io
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name

STANDARD = frozenset(
    [
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
    ]
)
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
PAINTING = frozenset(["Do", "f", "F", "S", "s", "B", "b", "f*", "B*", "b*", "sh", "EI", "INLINE IMAGE"])
SHOWING = frozenset(["Tj", "TJ", "'", '"'])
DEEPEST = 200
UA, ARCHIVE = "{http://www.aiim.org/pdfua/ns/id/}", "{http://www.aiim.org/pdfa/ns/id/}"
CODE = rb"<([0-9A-Fa-f]+)>\s*"
SECTION = re.compile(rb"beginbf(char|range)(.*?)endbf\1", re.DOTALL)


@dataclass
class Inspection:
    """What was found in one file: problems, the text in reading order, and the text of each titled tag by its title."""

    problems: list[str] = field(default_factory=list)
    pieces: list[str] = field(default_factory=list)
    titled: dict[str, str] = field(default_factory=dict)
    pages: int = 0

    @property
    def text(self) -> str:
        """The tagged text, white space folded. Running headers and footers are no part of it."""
        return " ".join(" ".join(self.pieces).replace("\u00a0", " ").replace("\u00ad", "").split())

    @property
    def bare(self) -> str:
        """The same without any white space, for comparing: where a line broke, no space is left in the file."""
        return bare("".join(self.pieces))


def everything_said(content: bytes) -> list[str]:
    """Return every text a PDF holds anywhere: on its pages, running headers too, in tags, bookmarks, metadata and attachments."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        found = Inspection()
        tree = _Tree(pdf, found)
        tree.walk_all()
        said = ["".join(found.pieces), "".join(tree.shown)]
        if "/Metadata" in pdf.Root:
            said.append(pdf.Root.Metadata.read_bytes().decode("utf-8", "replace"))
        for obj in pdf.objects:
            said.extend(_strings(obj))
        said.extend(spec.get_file().read_bytes().decode("utf-8", "replace") for spec in pdf.attachments.values())
        return said


def _strings(obj: Any, depth: int = 0) -> Iterator[str]:
    """Yield the strings of an object itself; what it refers to is an object of its own."""
    if isinstance(obj, pikepdf.String):
        yield str(obj)
    elif depth < DEEPEST and isinstance(obj, Array):
        for one in obj:
            if not getattr(one, "is_indirect", False):
                yield from _strings(one, depth + 1)
    elif depth < DEEPEST and isinstance(obj, Dictionary | pikepdf.Stream):
        for key in list(obj.keys()):
            one = obj[key]
            if not getattr(one, "is_indirect", False):
                yield from _strings(one, depth + 1)


def bare(text: str) -> str:
    """Return characters without white space and soft hyphens."""
    return "".join(text.replace("\u00ad", "").split())


def inspect(content: bytes, language: str = "nl") -> Inspection:
    """Look at a file that our own engine made."""
    found = Inspection()
    try:
        with pikepdf.open(io.BytesIO(content)) as pdf:
            found.pages = len(pdf.pages)
            found.problems += [*_catalog(pdf, language), *_attachments(pdf), *_fonts(pdf)]
            _Tree(pdf, found).walk_all()
    except pikepdf.PdfError as error:
        found.problems.append(f"the file cannot be read: {error}")
    return found


def problems(content: bytes, language: str = "nl") -> list[str]:
    """Return what is wrong with a file's structure; empty when nothing was found."""
    return inspect(content, language).problems


# -- the file as a whole --------------------------------------------------------------------------------------------


def _catalog(pdf: Any, language: str) -> Iterator[str]:
    root = pdf.Root
    if pdf.is_encrypted:
        yield "the file is encrypted"
    if not str(root.get("/Lang", "")).startswith(language):
        yield "the document has no language, or another"
    if root.get("/MarkInfo", {}).get("/Marked") is not True:
        yield "the document is not marked"
    if root.get("/ViewerPreferences", {}).get("/DisplayDocTitle") is not True:
        yield "the title is not displayed"
    if "/OutputIntents" not in root:
        yield "there is no output intent"
    if "/ID" not in pdf.trailer:
        yield "there is no file identifier"
    if "/Outlines" not in root:
        yield "there are no bookmarks"
    if any(key in root or key in root.get("/Names", {}) for key in ("/OpenAction", "/AA", "/JavaScript")):
        yield "there is an action"
    yield from _metadata(pdf)


def _metadata(pdf: Any) -> Iterator[str]:
    if "/Metadata" not in pdf.Root:
        yield "there is no metadata"
        return
    raw = pdf.Root.Metadata.read_bytes()
    xmp = pdf.open_metadata()
    title = xmp.get("dc:title")
    if not title:
        yield "there is no title"
    if xmp.get(f"{UA}part") != "1":
        yield "it does not claim PDF/UA-1"
    if (xmp.get(f"{ARCHIVE}part"), xmp.get(f"{ARCHIVE}conformance")) != ("3", "A"):
        yield "it does not claim PDF/A-3a"
    if b"pdfaExtension:schemas" not in raw:
        yield "there is no extension schema"
    if "/Info" in pdf.trailer and "/Title" in pdf.docinfo and title and str(pdf.docinfo.Title) != title:
        yield "the two titles differ"


def _attachments(pdf: Any) -> Iterator[str]:
    listed = {spec.objgen for spec in pdf.Root.get("/AF", [])}
    for name, spec in pdf.attachments.items():
        if "/AFRelationship" not in spec.obj:
            yield f"attachment {name} does not say what it is to the document"
        if "/Subtype" not in spec.obj.EF.F:
            yield f"attachment {name} has no media type"
        if spec.obj.objgen not in listed:
            yield f"attachment {name} is not listed in the catalog"


def _fonts(pdf: Any) -> Iterator[str]:
    for obj in pdf.objects:
        if not isinstance(obj, Dictionary):
            continue
        if obj.get("/Type") == Name.FontDescriptor and not any(
            key in obj for key in ("/FontFile", "/FontFile2", "/FontFile3")
        ):
            yield f"font {obj.FontName} is not embedded"
        if obj.get("/Type") == Name.Font and obj.get("/Subtype") == Name.Type0 and "/ToUnicode" not in obj:
            yield f"font {obj.BaseFont} cannot be read back"


# -- the tags and what the pages mark -------------------------------------------------------------------------------


class _Tree:
    """Reads every page, then walks the structure tree and compares the two."""

    def __init__(self, pdf: Any, found: Inspection) -> None:
        self.pdf, self.found = pdf, found
        self.page_numbers = {page.obj.objgen: number for number, page in enumerate(pdf.pages)}
        self.written: dict[tuple[int, int], list[str]] = defaultdict(list)  # text by page and mark
        self.used: dict[int, set[int]] = defaultdict(set)
        self.marked: dict[int, set[int]] = defaultdict(set)
        self.levels: list[int] = []
        self.note_ids: set[str] = set()
        self.referred: set[Any] = set()
        self.maps: dict[Any, dict[int, str]] = {}
        self.shown: list[str] = []  # everything painted, artifacts too

    def walk_all(self) -> None:
        for number, page in enumerate(self.pdf.pages):
            self._content(number, page)
        if "/StructTreeRoot" not in self.pdf.Root:
            self._say("there is no structure tree")
            return
        kids = self.pdf.Root.StructTreeRoot.get("/K", [])
        for element in kids if isinstance(kids, Array) else [kids]:
            self._walk(element, "Root", 0, 0, ())
        self._headings()
        self._parent_tree()
        for number, page in enumerate(self.pdf.pages):
            if self.used[number] - self.marked[number]:
                self._say(f"page {number + 1}: marked content is missing from the tree")
            self._annotations(number, page)

    def _say(self, problem: str) -> None:
        if problem not in self.found.problems:
            self.found.problems.append(problem)

    def _walk(self, element: Any, parent: str, page: int, depth: int, titles: tuple[str, ...]) -> None:
        kind = str(element.get("/S", ""))[1:]
        if depth > DEEPEST or kind not in STANDARD:
            self._say(f"structure element {kind or '?'} at depth {depth}")
            return
        if kind in ALLOWED_PARENTS and parent not in ALLOWED_PARENTS[kind]:
            self._say(f"{kind} inside {parent}")
        if parent in ALLOWED_KIDS and kind not in ALLOWED_KIDS[parent] and kind != "NonStruct":
            self._say(f"{kind} is not allowed in {parent}")
        self._element(element, kind)
        if "/T" in element:
            titles = (*titles, str(element.T))
        own = element.get("/Pg")
        page = self.page_numbers.get(own.objgen, page) if own is not None else page
        kids = element.get("/K")
        for kid in [] if kids is None else kids if isinstance(kids, Array) else [kids]:
            if isinstance(kid, int):
                self._mark(page, kid, titles)
            elif kid.get("/Type") == Name.MCR:
                self._mark(self.page_numbers.get(kid.Pg.objgen, page) if "/Pg" in kid else page, int(kid.MCID), titles)
            elif kid.get("/Type") == Name.OBJR:
                self.referred.add(kid.Obj.objgen)
            else:
                self._walk(kid, kind, page, depth + 1, titles)

    def _mark(self, page: int, mark: int, titles: tuple[str, ...]) -> None:
        if mark in self.marked[page]:
            self._say(f"page {page + 1}: content stands in the tree twice")
        self.marked[page].add(mark)
        text = "".join(self.written[page, mark])
        self.found.pieces.append(text)
        for title in titles:
            self.found.titled[title] = self.found.titled.get(title, "") + text

    def _element(self, element: Any, kind: str) -> None:
        if re.fullmatch("H[1-6]", kind):
            self.levels.append(int(kind[1]))
        if kind == "Figure" and not str(element.get("/Alt", "")).strip() and "/ActualText" not in element:
            self._say("a picture has no alternative text")
        if kind == "Note":
            identity = str(element.get("/ID", ""))
            if not identity or identity in self.note_ids:
                self._say("a note has no identity of its own")
            self.note_ids.add(identity)
        if kind == "TH" and "/ID" not in element and "/Scope" not in (element.get("/A") or {}):
            self._say("a header cell has no scope")

    def _headings(self) -> None:
        if not self.levels or self.levels[0] != 1:
            self._say(f"the first heading is not level 1 but {self.levels[:1]}")
        for before, after in zip(self.levels, self.levels[1:], strict=False):
            if after > before + 1:
                self._say(f"heading level skipped: {before} to {after}")

    def _parent_tree(self) -> None:
        """Every page that marks content is found from the tree's own index."""
        numbers = self.pdf.Root.StructTreeRoot.get("/ParentTree", {}).get("/Nums", [])
        known = {int(key): value for key, value in zip(list(numbers)[::2], list(numbers)[1::2], strict=False)}
        for number, page in enumerate(self.pdf.pages):
            if not self.used[number]:
                continue
            entries = known.get(int(page.obj.get("/StructParents", -1)))
            if not isinstance(entries, Array) or len(entries) <= max(self.used[number]):
                self._say(f"page {number + 1}: its content is not in the tree's index")

    def _annotations(self, number: int, page: Any) -> None:
        if "/Annots" not in page:
            return
        if page.get("/Tabs") != Name.S:
            self._say(f"page {number + 1}: the tab order is not the structure's")
        for annotation in page.Annots:
            if annotation.get("/Subtype") == Name.Link:
                if annotation.objgen not in self.referred:
                    self._say(f"page {number + 1}: a link is not in the tree")
                if not str(annotation.get("/Contents", "")):
                    self._say(f"page {number + 1}: a link has no description")
            if not int(annotation.get("/F", 0)) & 4:
                self._say(f"page {number + 1}: something is shown and not printed")

    # -- one page ----------------------------------------------------------------------------------------------------

    def _content(self, number: int, page: Any) -> None:
        stack: list[Any] = []
        fonts = page.obj.get("/Resources", {}).get("/Font", {})
        font: dict[int, str] = {}
        for operands, operator in pikepdf.parse_content_stream(page):
            name = str(operator)
            if name in ("BDC", "BMC"):
                stack.append(self._begun(number, name, operands))
            elif name == "EMC":
                if stack:
                    stack.pop()
            elif name == "Tf":
                font = self._map(fonts.get(str(operands[0])))
            elif name in SHOWING or name in PAINTING:
                if "artifact" not in stack and all(mark is None for mark in stack):
                    self._say(f"page {number + 1}: something is neither tagged nor an artifact")
                if name in SHOWING:
                    self._shown(number, stack, font, operands[-1])

    def _begun(self, number: int, name: str, operands: Any) -> Any:
        mark = operands[1].get("/MCID") if name == "BDC" and isinstance(operands[1], Dictionary) else None
        if str(operands[0]) == "/Artifact":
            return "artifact"
        if mark is None:
            return None
        self.used[number].add(int(mark))
        return int(mark)

    def _shown(self, number: int, stack: list[Any], font: dict[int, str], shown: Any) -> None:
        parts = [part for part in shown if isinstance(part, pikepdf.String)] if isinstance(shown, Array) else [shown]
        codes = b"".join(bytes(part) for part in parts)
        characters = []
        for code in (int.from_bytes(codes[at : at + 2], "big") for at in range(0, len(codes), 2)):
            if code == 0 or code not in font:
                self._say(f"page {number + 1}: a character has no shape in the fonts, or cannot be read back")
            characters.append(font.get(code, "\ufffd"))
        self.shown.extend(characters)
        marks = [mark for mark in stack if isinstance(mark, int)]
        if marks and "artifact" not in stack:
            self.written[number, marks[-1]].append("".join(characters))

    def _map(self, font: Any) -> dict[int, str]:
        """Return which characters the codes of a font stand for, from its own map (two bytes a code)."""
        if font is None or "/ToUnicode" not in font:
            return {}
        if font.objgen not in self.maps:
            self.maps[font.objgen] = dict(_mappings(font.ToUnicode.read_bytes()))
        return self.maps[font.objgen]


def _mappings(cmap: bytes) -> Iterator[tuple[int, str]]:
    for kind, body in SECTION.findall(cmap):
        if kind == b"char":
            for code, characters in re.findall(CODE * 2, body):
                yield int(code, 16), bytes.fromhex(characters.decode()).decode("utf-16-be", "replace")
            continue
        for first, last, start in re.findall(CODE * 3, body):
            for code in range(int(first, 16), int(last, 16) + 1):
                yield code, chr(int(start, 16) + code - int(first, 16))
