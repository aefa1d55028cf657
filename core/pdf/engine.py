"""The PDF engine (WeasyPrint): offline, deterministic, PDF/UA-1 and PDF/A-3a in one file. Imported only by the renderer."""

import time
import types
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import SubElement, fromstring, register_namespace, tostring

from weasyprint import CSS, HTML
from weasyprint.pdf.metadata import NS
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse

from core.pdf import footnotes, tagging

STATIC = Path(__file__).resolve().parent.parent.parent / "static"
SHEETS = {
    "paper": ("css/paper-fonts.css", "css/paper.css"),
    "written": ("css/paper-fonts.css", "css/paper.css", "css/paper-written.css"),
}
FONTS = STATIC / "vendor" / "fira-sans"
VARIANT = "pdf/a-3a"

# The XMP says both what PDF/A-3a and what PDF/UA-1 ask; the former wants a schema for the latter's one property.
for _name in ("extension/", "schema#", "property#"):
    register_namespace("pdfa" + _name[:-1].capitalize(), "http://www.aiim.org/pdfa/ns/" + _name)
UA_SCHEMA = """<rdf:Description xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" rdf:about=""
 xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/" xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
 xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#"><pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema><pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix><pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category><pdfaProperty:description>Part of ISO 14289</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>"""


class OnlyAssets(URLFetcher):
    """Opens nothing but the registered assets, by exact address; every other address is refused, whatever its scheme."""

    def __init__(self, folder: Path) -> None:
        super().__init__(allow_redirects=False)
        self.assets = {path.resolve().as_uri(): path for path in folder.glob("*.woff2")}
        self.refused: list[str] = []

    def fetch(self, url: str, headers: Any = None) -> URLFetcherResponse:
        path = self.assets.get(url)
        if path is None:
            self.refused.append(url[:200])
            raise ValueError("refused: a paper reads nothing but its own assets")
        return URLFetcherResponse(url, path.read_bytes(), {"Content-Type": "font/woff2"})


def _metadata_for_both(self: Any, *args: Any) -> bytes:
    root = fromstring(type(self).generate_rdf_metadata(self, *args))  # noqa: S314  (made by the engine, one line above)
    element = SubElement(root, "{%s}Description" % NS["rdf"])
    element.set("{%s}about" % NS["rdf"], "")
    element.set("{%s}part" % NS["pdfuaid"], "1")
    root.append(fromstring(UA_SCHEMA))  # noqa: S314
    return tostring(root, encoding="utf-8")


class Engine:
    """Fonts and style sheets parsed once; a paper then costs about 100 ms a page."""

    def __init__(self) -> None:
        if not footnotes.apply():
            raise RuntimeError("The installed WeasyPrint has changed: look at core/pdf/footnotes.py again.")
        tagging.apply()
        self.fonts = FontConfiguration()
        self.fetcher = OnlyAssets(FONTS)
        base = (STATIC / "css").resolve().as_uri() + "/"
        self.sheets = {
            name: [
                CSS(filename=STATIC / sheet, base_url=base, font_config=self.fonts, url_fetcher=self.fetcher)
                for sheet in sheets
            ]
            for name, sheets in SHEETS.items()
        }

    def render(self, html: str, sheet: str = "paper") -> bytes:
        """Make one PDF."""
        made = HTML(string=html, url_fetcher=self.fetcher).render(
            stylesheets=self.sheets[sheet], font_config=self.fonts, pdf_variant=VARIANT
        )
        made.metadata.generate_rdf_metadata = types.MethodType(_metadata_for_both, made.metadata)
        return bytes(made.write_pdf(pdf_variant=VARIANT, finisher=tagging.finish))

    def warm(self) -> float:
        """Render a small paper, so that fonts and caches are there before the first fork; returns the seconds it took."""
        start = time.perf_counter()
        self.render(
            '<html lang="nl"><title>warm</title><h1>Éé 12 %</h1><h2>b</h2><p><b>vet</b> <i>schuin</i> '
            '<a href="https://example.org">x</a><small class="fn">n</small></p><ul><li>a</ul><ol><li>b</ol><table><tr><th>k<td>1</table>'
        )
        return time.perf_counter() - start
