"""Reads a PDF back as another program shows it (PDFium); its structure is looked at by `core.pdf.check`."""

from __future__ import annotations

import re

import pypdfium2

from core.pdf.check import problems

__all__ = ["pages_of", "problems", "text_of"]


def text_of(content: bytes) -> str:
    """Return the text of every page, white space folded; no-break spaces read as spaces."""
    with pypdfium2.PdfDocument(content) as document:
        pages = [page.get_textpage().get_text_range() for page in document]
    return re.sub(r"\s+", " ", " ".join(pages).replace("\u00a0", " ").replace("\u00ad", "").replace("\ufffe", "-"))


def pages_of(content: bytes) -> list[str]:
    """Return the text per page."""
    with pypdfium2.PdfDocument(content) as document:
        return [re.sub(r"\s+", " ", page.get_textpage().get_text_range().replace("\u00a0", " ")) for page in document]
