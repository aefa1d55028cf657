"""Make core/pandoc/reference.docx and .odt anew: pandoc's own, in the look of our papers. Run after a new pandoc or a changed look."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from typing import Any

from django.core.management.base import BaseCommand

from core.pandoc.door import run
from core.pandoc.writing import REFERENCES

INK, ACCENT, GREY, LINE, SOFT = "16202A", "0B5A55", "4B575F", "A9BCC0", "EEF5F4"
FONT = "Calibri"
FIXED = (2026, 1, 1, 0, 0, 0)  # so that making them again gives the same bytes

# name -> (based on, points before, after, size, bold, italic, colour, keep with next, shading)
PARAGRAPHS: dict[str, tuple[str, float, float, float, bool, bool, str, bool, str]] = {
    "Afzender": ("BodyText", 0, 24, 11, False, False, INK, False, ""),
    "Ondertitel": ("BodyText", 0, 10, 11, False, False, GREY, False, ""),
    "Metakop": ("BodyText", 1.5, 1.5, 9, False, False, GREY, False, ""),
    "Meta": ("BodyText", 1.5, 1.5, 9, False, False, INK, False, ""),
    "Vraagnummer": ("BodyText", 4, 2, 10, True, False, ACCENT, False, ""),
    "Vraag": ("BodyText", 4, 5, 10, False, True, ACCENT, True, SOFT),
    "Tabelkop": ("BodyText", 2, 2, 9, True, False, INK, True, ""),
    "Tabelcel": ("BodyText", 2, 2, 9, False, False, INK, False, ""),
    "Tabelgetal": ("BodyText", 2, 2, 9, False, False, INK, False, ""),
}
TABLES = {"Metatabel": False, "Formulier": True, "Geldtabel": False, "Teksttabel": True}  # with lines between columns


# level -> (points before, after, size, colour)
HEADINGS = {1: (0, 4, 18, ACCENT), 2: (12, 3, 12, ACCENT), 3: (8, 2, 10, ACCENT), 4: (6, 1, 10, INK)}


class Command(BaseCommand):
    """The two files are kept with the code, so that no machine needs to make them."""

    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        for kind, change in (("docx", _docx), ("odt", _odt)):
            default = run_default(f"reference.{kind}")
            REFERENCES[kind].write_bytes(_repacked(default, change))
            self.stdout.write(f"{REFERENCES[kind].name} written")


def run_default(name: str) -> bytes:
    """Return one of pandoc's own files."""
    return run([f"--print-default-data-file={name}"], b"")


def _repacked(content: bytes, change: Callable[[dict[str, str | bytes]], None]) -> bytes:
    parts: dict[str, str | bytes] = {}
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        for name in package.namelist():
            content = package.read(name)
            parts[name] = content.decode() if name.endswith((".xml", ".rels")) else content
    change(parts)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for name, body in parts.items():
            entry = zipfile.ZipInfo(name, FIXED)
            entry.compress_type = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            package.writestr(entry, body)
    return out.getvalue()


# -- Word -----------------------------------------------------------------------------------------------------------


def _docx(parts: dict[str, str | bytes]) -> None:
    styles = str(parts["word/styles.xml"])
    defaults = (
        f'<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="{FONT}" w:hAnsi="{FONT}" w:cs="{FONT}" w:eastAsia="{FONT}"/>'
        '<w:sz w:val="20"/><w:szCs w:val="20"/><w:lang w:val="nl-NL"/></w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>'
    )
    styles = re.sub(r"<w:docDefaults>.*?</w:docDefaults>", defaults, styles, flags=re.DOTALL)
    for style, before, after, size, colour in (
        ("BodyText", 0, 6, 10, ""),
        ("Compact", 0, 2.5, 10, ""),
        ("FootnoteText", 0, 0, 8, ""),
        *((f"Heading{level}", *values) for level, values in HEADINGS.items()),
    ):
        styles = _restyled(styles, style, before, after, size, colour)
    own = "".join(_paragraph_style(name, *values) for name, values in PARAGRAPHS.items())
    own += "".join(_table_style(name, columns) for name, columns in TABLES.items())
    parts["word/styles.xml"] = styles.replace("</w:styles>", own + "</w:styles>")
    _page(parts)


def _restyled(styles: str, name: str, before: float, after: float, size: float, colour: str) -> str:
    heading = name.startswith("Heading")

    def change(match: re.Match[str]) -> str:
        block = re.sub(r"<w:(pPr|rPr)>.*?</w:\1>", "", match[0], flags=re.DOTALL)
        outline = f'<w:keepNext/><w:keepLines/>{{}}<w:outlineLvl w:val="{int(name[-1]) - 1}"/>' if heading else "{}"
        spacing = f'<w:spacing w:before="{int(before * 20)}" w:after="{int(after * 20)}"/>'
        look = ("<w:b/>" if heading else "") + (f'<w:color w:val="{colour}"/>' if colour else "")
        look += f'<w:sz w:val="{int(size * 2)}"/><w:szCs w:val="{int(size * 2)}"/>'
        return block.replace("</w:style>", f"<w:pPr>{outline.format(spacing)}</w:pPr><w:rPr>{look}</w:rPr></w:style>")

    return re.sub(rf'<w:style [^>]*w:styleId="{name}">.*?</w:style>', change, styles, count=1, flags=re.DOTALL)


def _paragraph_style(
    name: str,
    base: str,
    before: float,
    after: float,
    size: float,
    bold: bool,
    italic: bool,
    colour: str,
    keep: bool,
    shade: str,
) -> str:
    shading = f'<w:shd w:val="clear" w:color="auto" w:fill="{shade}"/>' if shade else ""
    right = '<w:jc w:val="right"/>' if name == "Tabelgetal" else ""
    kept = "<w:keepNext/>" if keep else ""
    look = ("<w:b/>" if bold else "") + ("<w:i/>" if italic else "")
    return (
        f'<w:style w:type="paragraph" w:customStyle="1" w:styleId="{name}"><w:name w:val="{name}"/><w:basedOn w:val="{base}"/><w:qFormat/>'
        f'<w:pPr>{kept}{shading}<w:spacing w:before="{int(before * 20)}" w:after="{int(after * 20)}"/>{right}</w:pPr>'
        f'<w:rPr>{look}<w:color w:val="{colour}"/>'
        f'<w:sz w:val="{int(size * 2)}"/><w:szCs w:val="{int(size * 2)}"/></w:rPr></w:style>'
    )


def _table_style(name: str, columns: bool) -> str:
    sides = [
        ("top", ACCENT, 8),
        ("bottom", ACCENT, 8),
        ("insideH", LINE, 4),
        *([("insideV", LINE, 4)] if columns else []),
    ]
    borders = "".join(
        f'<w:{side} w:val="single" w:sz="{size}" w:space="0" w:color="{colour}"/>' for side, colour, size in sides
    )
    return (
        f'<w:style w:type="table" w:customStyle="1" w:styleId="{name}"><w:name w:val="{name}"/><w:basedOn w:val="TableNormal"/><w:qFormat/>'
        f"<w:tblPr><w:tblBorders>{borders}</w:tblBorders>"
        '<w:tblCellMar><w:left w:w="70" w:type="dxa"/><w:right w:w="100" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
    )


W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def _field(code: str) -> str:
    look = f'<w:rPr><w:color w:val="{GREY}"/><w:sz w:val="16"/></w:rPr>'
    pieces = (
        '<w:fldChar w:fldCharType="begin"/>',
        f'<w:instrText xml:space="preserve">{code}</w:instrText>',
        '<w:fldChar w:fldCharType="end"/>',
    )
    return "".join(f"<w:r>{look}{piece}</w:r>" for piece in pieces)


def _page(parts: dict[str, str | bytes]) -> None:
    """A4 with our margins, and "Pagina x van y" at the foot."""
    look = f'<w:rPr><w:color w:val="{GREY}"/><w:sz w:val="16"/></w:rPr>'

    def said(text: str) -> str:
        return f'<w:r>{look}<w:t xml:space="preserve">{text}</w:t></w:r>'

    line = said("Pagina ") + _field("PAGE") + said(" van ") + _field("NUMPAGES")
    parts["word/footer1.xml"] = (
        f'<?xml version="1.0" encoding="UTF-8"?><w:ftr {W}><w:p><w:pPr><w:jc w:val="right"/></w:pPr>{line}</w:p></w:ftr>'
    )
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.footer+xml"
    parts["[Content_Types].xml"] = str(parts["[Content_Types].xml"]).replace(
        "</Types>", f'<Override PartName="/word/footer1.xml" ContentType="{kind}"/></Types>'
    )
    relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footer"
    parts["word/_rels/document.xml.rels"] = str(parts["word/_rels/document.xml.rels"]).replace(
        "</Relationships>", f'<Relationship Type="{relation}" Id="rId90" Target="footer1.xml"/></Relationships>'
    )
    mm = 56.7  # twentieths of a point
    section = (
        '<w:sectPr><w:footerReference xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" w:type="default" r:id="rId90"/>'
        f'<w:footnotePr><w:numRestart w:val="continuous"/></w:footnotePr><w:pgSz w:w="{round(210 * mm)}" w:h="{round(297 * mm)}"/>'
        f'<w:pgMar w:top="{round(25 * mm)}" w:right="{round(20 * mm)}" w:bottom="{round(23 * mm)}" w:left="{round(20 * mm)}" '
        f'w:header="{round(12 * mm)}" w:footer="{round(12 * mm)}" w:gutter="0"/></w:sectPr>'
    )
    parts["word/document.xml"] = re.sub(
        r"<w:sectPr>.*?</w:sectPr>", section, str(parts["word/document.xml"]), flags=re.DOTALL
    )


# -- LibreOffice ----------------------------------------------------------------------------------------------------


def _odt(parts: dict[str, str | bytes]) -> None:
    styles = str(parts["styles.xml"])
    styles = re.sub(r'fo:page-width="[^"]*"', 'fo:page-width="210mm"', styles)
    styles = re.sub(r'fo:page-height="[^"]*"', 'fo:page-height="297mm"', styles)
    styles = re.sub(
        r'fo:margin-top="1in"\s+fo:margin-bottom="1in"\s+fo:margin-left="1in"\s+fo:margin-right="1in"',
        'fo:margin-top="20mm" fo:margin-bottom="15mm" fo:margin-left="20mm" fo:margin-right="20mm"',
        styles,
    )
    styles = styles.replace('fo:language="en" fo:country="US"', 'fo:language="nl" fo:country="NL"')
    styles = re.sub(
        r'style:font-name="(?:Times New Roman|Arial)"(\s+fo:font-size="[^"]*")?',
        f'fo:font-family="{FONT}" fo:font-size="10pt"',
        styles,
    )
    for level, (before, after, size, colour) in HEADINGS.items():
        look = f'fo:font-size="{size}pt" fo:font-weight="bold" fo:font-style="normal" fo:color="#{colour}"'
        styles = _odt_restyled(
            styles, f"Heading_20_{level}", _odt_space(before, after) + ' fo:keep-with-next="always"', look
        )
    styles = _odt_restyled(styles, "Text_20_body", _odt_space(0, 6), 'fo:font-size="10pt"')
    styles = _odt_restyled(styles, "Footnote", _odt_space(0, 0), 'fo:font-size="8pt"')
    styles = _odt_restyled(styles, "MP1", 'fo:text-align="end"', f'fo:font-size="8pt" fo:color="#{GREY}"')
    foot = 'Pagina <text:page-number text:select-page="current">1</text:page-number> van <text:page-count>1</text:page-count>'
    styles = re.sub(r"<text:page-number.*?</text:page-number>", foot, styles, count=1, flags=re.DOTALL)
    own = "".join(_odt_style(name, *values) for name, values in PARAGRAPHS.items())
    parts["styles.xml"] = styles.replace("</office:styles>", own + "</office:styles>")


def _odt_space(before: float, after: float) -> str:
    return f'fo:margin-top="{before}pt" fo:margin-bottom="{after}pt"'


def _odt_restyled(styles: str, name: str, space: str, look: str) -> str:
    """Give a style of pandoc's our space and look; its name, parent and level stay."""
    found = re.search(rf'(<style:style style:name="{name}"[^>]*?)\s*(?:/>|>.*?</style:style>)', styles, re.DOTALL)
    if found is None:
        raise LookupError(f"pandoc's reference document has no style {name} any more")
    block = f"{found[1]}><style:paragraph-properties {space}/><style:text-properties {look}/></style:style>"
    return styles[: found.start()] + block + styles[found.end() :]


def _odt_style(
    name: str,
    base: str,
    before: float,
    after: float,
    size: float,
    bold: bool,
    italic: bool,
    colour: str,
    keep: bool,
    shade: str,
) -> str:
    background = f' fo:background-color="#{shade}"' if shade else ""
    kept = ' fo:keep-with-next="always"' if keep else ""
    right = ' fo:text-align="end"' if name == "Tabelgetal" else ""
    look = (' fo:font-weight="bold"' if bold else "") + (' fo:font-style="italic"' if italic else "")
    return (
        f'<style:style style:name="{name}" style:family="paragraph" style:parent-style-name="Text_20_body" style:class="text">'
        f'<style:paragraph-properties fo:margin-top="{before}pt" fo:margin-bottom="{after}pt"{background}{kept}{right}/>'
        f'<style:text-properties fo:font-size="{size}pt" fo:color="#{colour}"{look}/></style:style>'
    )
