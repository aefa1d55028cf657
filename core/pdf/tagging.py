"""Better structure tags than the engine gives by itself, for PDF/UA-1.

Footnotes become Note (with the ID the standard asks), their calls Reference and their numbers Lbl; header cells get
their Scope, lists their ListNumbering; running headers and footers become pagination artifacts. A span with a number of
its own (`data-number`) carries it as its title, so that a figure in the paper can be found again.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pydyf
from weasyprint import document
from weasyprint.formatting_structure import boxes
from weasyprint.pdf import stream, tags

FOOTNOTE_TAGS = {"small": "Note", "small::footnote-call": "Reference", "small::footnote-marker": "Lbl"}
NUMBERING = {
    "decimal": "Decimal",
    "lower-alpha": "LowerAlpha",
    "upper-alpha": "UpperAlpha",
    "lower-roman": "LowerRoman",
    "upper-roman": "UpperRoman",
    "circle": "Circle",
    "square": "Square",
    "none": "None",
}
_original_tag, _original_tree = tags._get_pdf_tag, tags._build_box_tree
_original_marked, _original_paint = stream.Stream.marked, document.Page.paint


def apply() -> None:
    """Install the corrections. Doing it twice does no harm."""
    tags._get_pdf_tag, tags._build_box_tree = _tag, _box_tree
    stream.Stream.marked, document.Page.paint = _marked, _paint


def _tag(tag: str | None) -> str:
    return FOOTNOTE_TAGS.get(tag or "") or str(_original_tag(tag))


def _box_tree(box: Any, *args: Any, **kwargs: Any) -> Iterator[Any]:
    if isinstance(box, boxes.MarginBox):
        return
    for element in _original_tree(box, *args, **kwargs):
        kind = element["S"]
        if kind == "/Note" and "ID" not in element:
            element["ID"] = pydyf.String(f"noot-{element.number}")
        elif kind == "/TH":
            of_row = box.element is not None and box.element.get("scope") == "row"
            element["A"]["Scope"] = "/Row" if of_row else "/Column"
        elif kind == "/L" and "A" not in element:
            style = box.style["list_style_type"]
            numbering = NUMBERING.get(style, "Disc") if isinstance(style, str) else "Disc"
            element["A"] = pydyf.Dictionary({"O": "/List", "ListNumbering": f"/{numbering}"})
        elif kind == "/Span" and box.element is not None and (number := box.element.get("data-number")):
            element["T"] = pydyf.String(number)  # by which a check reads back what stands here
        yield element


@contextmanager
def _marked(self: Any, box: Any, tag: str) -> Iterator[None]:
    if self._tags is None or id(box) not in getattr(self, "margin_ids", ()):
        with _original_marked(self, box, tag):
            yield
        return
    self.begin_marked_content("Artifact", pydyf.Dictionary({"Type": "/Pagination"}))
    try:
        yield
    finally:
        self.end_marked_content()


def _paint(self: Any, page_stream: Any, scale: float = 1) -> None:
    page_stream.margin_ids = {
        id(child) for box in self._page_box.children if isinstance(box, boxes.MarginBox) for child in box.descendants()
    }
    _original_paint(self, page_stream, scale)


def finish(made: Any, pdf: Any) -> None:
    """List each attachment once in the catalog."""
    if "AF" in pdf.catalog:
        pdf.catalog["AF"] = pydyf.Array(dict.fromkeys(pdf.catalog["AF"]))
