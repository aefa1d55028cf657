"""An organisation's own reference document before pandoc takes its look: is it one, is it safe, does it have the styles our papers need?"""

from __future__ import annotations

import re
from html import unescape

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from core.pandoc.package import MACROS, BadFile, Demands, unpacked
from core.pandoc.writing import Format

LARGEST_LOOK = 5 << 20  # bytes
OWN_STYLES = ("Afzender", "Ondertitel", "Metakop", "Meta", "Vraagnummer", "Vraag", "Tabelkop", "Tabelcel", "Tabelgetal")
TABLE_STYLES = ("Metatabel", "Formulier", "Geldtabel", "Teksttabel")  # an ODT keeps the lines of tables in the text
NEEDED: dict[Format, tuple[str, ...]] = {
    "docx": (
        "heading 1",
        "heading 2",
        "heading 3",
        "heading 4",
        "Body Text",
        "footnote text",
        *OWN_STYLES,
        *TABLE_STYLES,
    ),
    "odt": ("Heading 1", "Heading 2", "Heading 3", "Heading 4", "Text body", "Footnote", *OWN_STYLES),
}
DOCUMENT = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
ODT = b"application/vnd.oasis.opendocument.text"
WORD_STYLE = re.compile(r'<w:style\b[^>]*>\s*<w:name w:val="([^"]*)"')
ODT_STYLE = re.compile(r'<style:style\b[^>]*style:family="paragraph"[^>]*>')
ODT_NAME = re.compile(r'style:(?:display-)?name="([^"]*)"')
RELATION = re.compile(rb"<(?:\w+:)?Relationship\b[^>]*>")
EXTERNAL = re.compile(rb"TargetMode\s*=\s*[\"']External", re.IGNORECASE)
LINK = re.compile(rb"Type\s*=\s*[\"'][^\"']*/hyperlink[\"']")  # opened only when somebody clicks it
POINTING = re.compile(rb"<([\w:-]+)\b[^>]*?xlink:href\s*=\s*[\"']([^\"']*)")
WITHIN = re.compile(rb"#|(?:\./)?Pictures/|$")
SCRIPTS = re.compile(rb"<(?:script:|office:script[ >]|office:event-listeners)", re.IGNORECASE)
FORBIDDEN_PARTS = re.compile(
    r"(?i)vbaproject|activex|/embeddings/|\.bin$|^Basic/|^Scripts/|^Object |\.jar$|\.class$|\.exe$"
)

NOT_ONE = _(
    "This is neither a Word document (.docx) nor an OpenDocument text (.odt). Save the template as one of those."
)
TOO_LARGE = _("This file is larger than a template can be: at most 5 MB.")
MACRO = _("This file holds macros or embedded objects. Save it as a plain .docx or .odt, without them.")
OUTSIDE = _(
    "This file points to something outside itself (a template, picture or link on another machine). Break those links, and"
    " add the file again."
)


LOOK = Demands(
    FORBIDDEN_PARTS,
    re.compile(r"(?s).*"),
    (NOT_ONE, "not_one"),
    (TOO_LARGE, "too_large"),
    (MACRO, "macros"),
)


def looked_at(content: bytes) -> Format:
    """Return which sort of reference document this is. Raises BadFile: it is none, not safe, or lacks styles (named)."""
    if len(content) > LARGEST_LOOK:
        raise BadFile(TOO_LARGE, "too_large")
    parts = unpacked(content, LOOK)
    kind = _kind(parts)
    missing = [name for name in NEEDED[kind] if name.casefold() not in styles_in(parts, kind)]
    if missing:
        raise BadFile(
            format_lazy(
                _("These styles are missing in the file: {names}. Add them under exactly these names."),
                names=", ".join(missing),
            ),
            "styles",
        )
    return kind


def _kind(parts: dict[str, bytes]) -> Format:
    types = parts.get("[Content_Types].xml", b"")
    if "word/styles.xml" in parts and "word/document.xml" in parts and types:
        if MACROS.search(types):
            raise BadFile(MACRO, "macros")
        if DOCUMENT not in types:
            raise BadFile(NOT_ONE, "not_one")
        relations = (one for name, body in parts.items() if name.endswith(".rels") for one in RELATION.findall(body))
        if any(EXTERNAL.search(one) and not LINK.search(one) for one in relations):
            raise BadFile(OUTSIDE, "outside")
        return "docx"
    if parts.get("mimetype", b"").strip() == ODT and "styles.xml" in parts and "content.xml" in parts:
        written = [parts["styles.xml"], parts["content.xml"]]
        if any(SCRIPTS.search(body) for body in written):
            raise BadFile(MACRO, "macros")
        pointers = (found for body in written for found in POINTING.findall(body))
        if any(tag != b"text:a" and not WITHIN.match(target) for tag, target in pointers):
            raise BadFile(OUTSIDE, "outside")
        return "odt"
    raise BadFile(NOT_ONE, "not_one")


def styles_in(parts: dict[str, bytes], kind: Format) -> set[str]:
    """Return the names of styles as a person sees them in the program, in lower case."""
    if kind == "docx":
        return {unescape(name).casefold() for name in WORD_STYLE.findall(parts["word/styles.xml"].decode())}
    names: set[str] = set()
    for style in ODT_STYLE.findall(parts["styles.xml"].decode()):
        names |= {unescape(name).replace("_20_", " ").casefold() for name in ODT_NAME.findall(style)}
    return names
