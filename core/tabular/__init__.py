"""The one home for sheets: reading those that people send, writing those that are handed out.

It knows no claim, payment or result: callers declare columns. `read()` gives a `Reading` with findings or rows;
`write()` and `template()` give the bytes of a CSV, XLSX or ODS file piece by piece.
"""

from core.tabular.checking import ReadRow
from core.tabular.columns import Column, Kind, Limits
from core.tabular.findings import Answer, Finding, Severity
from core.tabular.kinds import Format
from core.tabular.reading import Reading, read
from core.tabular.tables import About
from core.tabular.writing import template, words, write
from core.tabular.writing_xlsx import TooManyRows

__all__ = [
    "About",
    "Answer",
    "Column",
    "Finding",
    "Format",
    "Kind",
    "Limits",
    "ReadRow",
    "Reading",
    "Severity",
    "TooManyRows",
    "read",
    "template",
    "words",
    "write",
]
