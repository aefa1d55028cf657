"""A package (DOCX, ODT) before it is opened: is it one, is it small, does it hold nothing that acts? A text is packed anew."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

LARGEST_FILE = 10 << 20  # bytes, as dropped
LARGEST_PART, LARGEST_TOTAL = 24 << 20, 40 << 20  # bytes, unpacked
MOST_PARTS = 3000
OLD_WORD = b"\xd0\xcf\x11\xe0"
NEEDED = re.compile(
    r"\[Content_Types\]\.xml|_rels/\.rels|docProps/core\.xml|word/(?:document|styles|numbering|footnotes|endnotes|settings)\d*\.xml"
    r"|word/_rels/(?:document|footnotes|endnotes)\d*\.xml\.rels"
)
FORBIDDEN = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)
MACROS = re.compile(rb"macroEnabled|vbaProject", re.IGNORECASE)


class BadFile(ValueError):
    """The file is refused. `message` says why and what to do."""

    def __init__(self, message: str | Promise, code: str) -> None:
        super().__init__(str(message))
        self.message, self.code = message, code


NOT_WORD = _("This is not a Word file (.docx). Save it in Word as .docx, or paste its text.")
TOO_LARGE = _(
    "This file is larger than a form or nota can be: at most 10 MB, without pictures. Paste its text instead."
)
HARMFUL = _(
    "This file holds something other than text (macros, or instructions to open other files) and was not opened. Save it as a plain .docx."
)


Refusal = tuple[str | Promise, str]  # the message, and its code


@dataclass(frozen=True)
class Demands:
    """What a package must be: which names are refused, which parts are read, and what is said of it otherwise."""

    forbidden: re.Pattern[str]
    read: re.Pattern[str]
    no_package: Refusal
    too_large: Refusal
    harmful: Refusal


TEXT = Demands(
    re.compile(r"(?i).*vbaproject"),
    NEEDED,
    (NOT_WORD, "not_word"),
    (TOO_LARGE, "too_large"),
    (HARMFUL, "macros"),
)


def unpacked(content: bytes, demands: Demands) -> dict[str, bytes]:
    """Return the parts that are read, by name, in bounded memory. Raises BadFile."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            return _parts(package, demands)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError, ValueError) as error:
        if isinstance(error, BadFile):
            raise
        raise BadFile(*demands.no_package) from None  # also one with a password


def _parts(package: zipfile.ZipFile, demands: Demands) -> dict[str, bytes]:
    entries = package.infolist()
    names = [entry.filename for entry in entries]
    if len(entries) > MOST_PARTS or len(set(names)) != len(names):
        raise BadFile(*demands.too_large)
    if any(demands.forbidden.search(name) for name in names):
        raise BadFile(*demands.harmful)
    parts: dict[str, bytes] = {}
    total = 0
    for entry in entries:
        if not demands.read.fullmatch(entry.filename):
            continue
        with package.open(entry) as source:
            body = source.read(LARGEST_PART + 1)  # what it says it is need not be what it is
        total += len(body)
        if len(body) > LARGEST_PART or total > LARGEST_TOTAL:
            raise BadFile(*demands.too_large)
        if entry.filename.endswith((".xml", ".rels", ".rdf")):
            refuse_part(entry.filename, body)
        parts[entry.filename] = body
    return parts


def checked(content: bytes) -> bytes:
    """Return the file with only the parts that hold text, packed anew. Raises BadFile."""
    if len(content) > LARGEST_FILE:
        raise BadFile(TOO_LARGE, "too_large")
    if content[:4] == OLD_WORD:
        message = _("This file is in the old Word format or has a password. Save it as .docx without a password.")
        raise BadFile(message, "old")
    if content[:2] != b"PK":
        raise BadFile(NOT_WORD, "not_word")
    parts = unpacked(content, TEXT)
    if "word/document.xml" not in parts or "[Content_Types].xml" not in parts:
        raise BadFile(NOT_WORD, "not_word")
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as fresh:
        for name, body in parts.items():
            fresh.writestr(zipfile.ZipInfo(name), body)
    return out.getvalue()


def refuse_part(name: str, body: bytes) -> None:
    """Refuse a part in another encoding than UTF-8, with entities, or that announces macros."""
    declared = re.match(rb"\s*(?:\xef\xbb\xbf)?<\?xml[^>]*encoding=[\"']([\w-]+)", body[:200])
    if (
        body[:2] in (b"\xff\xfe", b"\xfe\xff")
        or b"\x00" in body[:64]
        or (declared and declared[1].lower() not in (b"utf-8", b"us-ascii"))
    ):
        raise BadFile(HARMFUL, "encoding")
    if FORBIDDEN.search(body):
        raise BadFile(HARMFUL, "entity")
    if name == "[Content_Types].xml" and MACROS.search(body):
        raise BadFile(HARMFUL, "macros")
