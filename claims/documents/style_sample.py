"""A page that shows every style our papers use, in the look of a reference document."""

from __future__ import annotations

from core.pandoc.look import OWN_STYLES, TABLE_STYLES
from core.pandoc.writing import Format, heading, paragraph, table, write


def sample_file(kind: Format, look: bytes | None) -> bytes:
    """Make the file. Raises PandocFailed."""
    blocks = [heading(level, f"Kop {level}") for level in (1, 2, 3, 4)]
    blocks.append(
        paragraph(
            "Gewone tekst, zoals die onder een vraag of kop staat, lang genoeg om over de rand van de regel te gaan."
        )
    )
    blocks += [paragraph(f"Alineastijl {name}", name) for name in OWN_STYLES]
    for name in TABLE_STYLES:
        rows = [
            [[paragraph("Regel", "Tabelkop")], [paragraph("Bedrag (EUR)", "Tabelkop")]],
            [[paragraph(f"Tabelstijl {name}", "Tabelcel")], [paragraph("2.000.000", "Tabelgetal")]],
        ]
        blocks.append(table([0.6, 0.4], rows, name, head=1))
        blocks.append(paragraph(""))
    return write(blocks, kind, "Voorbeeld van de huisstijl", look=look)
