"""Reading a sheet that somebody sends: everything is checked before the first row is handed out.

The file is read once into packed rows, and these are converted twice: to find what is wrong, and to hand out. Whatever
has two readings is asked; the answers come with a second reading of the same file.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import BinaryIO

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from core.tabular.checking import Check, ReadRow
from core.tabular.columns import Column, Limits
from core.tabular.delimited import Delimited
from core.tabular.findings import FileRefused, Finding, Findings, Severity, Words, letter
from core.tabular.gathering import choose, gather
from core.tabular.heading import Headings
from core.tabular.job import Job, Progress
from core.tabular.kinds import Format, recognise
from core.tabular.ods import Ods
from core.tabular.source import Source
from core.tabular.xlsx import Xlsx


@dataclass
class Reading:
    """What reading a file gave. `rows()` hands out the rows of a file without findings; `preview()` those of any."""

    filename: str
    format: Format | None = None
    said: list[Words] = field(default_factory=list)
    findings: tuple[Finding, ...] = ()
    further: int = 0  # findings that were only counted
    counts: dict[str, int] = field(default_factory=dict)
    sheet: str = ""
    row_count: int = 0
    left_out: dict[str, int] = field(default_factory=dict)
    stopped_at: int | None = None  # the row at which so much was wrong that the rest was not looked at
    _check: Check | None = None

    @property
    def accepted(self) -> bool:
        """Tell whether the file can be read as it is: nothing refused, nothing left to ask."""
        return not self.findings

    @property
    def refused(self) -> bool:
        """Tell whether the file itself must be mended first."""
        return any(finding.severity == Severity.REFUSAL for finding in self.findings)

    @property
    def questions(self) -> tuple[str, ...]:
        """Return the keys of what must be answered, each once."""
        return tuple(dict.fromkeys(finding.question for finding in self.findings if finding.question))

    def rows(self) -> Iterator[ReadRow]:
        """Yield the rows. Raises ValueError for a file with findings: nothing of it is to be used."""
        if self.findings or self._check is None:
            raise ValueError("A file with findings has no rows to hand out.")
        return self._check.rows()

    def place(self, name: str) -> tuple[str, str]:
        """Return the letter and the heading of a column as the sheet has them; empty where the sheet does not have it."""
        places = self._check.heading.places if self._check else {}
        for index, column in places.items():
            if column.name == name and self._check:
                return letter(index), self._check.heading.text(index)
        return "", ""

    def preview(self, most: int = 20) -> list[tuple[int, list[str]]]:
        """Return the first rows as they stand in the sheet, the heading first, each with its number."""
        return self._check.preview(most) if self._check else []


def read(
    content: bytes | BinaryIO,
    filename: str,
    *,
    columns: Sequence[Column],
    answers: Mapping[str, str] | None = None,
    limits: Limits | None = None,
    progress: Progress | None = None,
) -> Reading:
    """Read a CSV, XLSX or ODS file, whatever its name says, into rows of the declared columns.

    Never raises for what is in the file: that becomes findings. `answers` holds an answer for each question of an
    earlier reading of the same file. `progress` is called with the number of rows checked. The file must stay open for
    the length of this call only.
    """
    file: BinaryIO = io.BytesIO(content) if isinstance(content, bytes) else content
    reading = Reading(filename)
    limits = limits or Limits()
    findings = Findings(limits.findings)
    try:
        _read(file, reading, Job(columns, answers or {}, limits, findings, progress))
    except FileRefused as refused:
        findings.add(refused.finding)
    reading.findings, reading.counts = findings.in_order(), dict(findings.counts)
    reading.further = findings.total - len(findings.kept)
    return reading


def _read(file: BinaryIO, reading: Reading, job: Job) -> None:
    headings = Headings(job.columns)
    reading.format, package = recognise(file, job.limits)
    source: Source
    if package is None:
        source = Delimited(file, job.limits, headings.score)
    elif reading.format == Format.XLSX:
        source = Xlsx(package)
    else:
        source = Ods(package)
    reading.said = source.said
    sheet = choose(source.sheets(), job)
    if sheet is None:
        return
    reading.sheet = sheet.name
    if sheet.name:
        reading.said.append(format_lazy(_("Read from the sheet “{name}”."), name=sheet.name))
    gathered = gather(source, sheet, headings, job)
    if gathered.heading.row > 1:
        said = _("The headings stand in row {row}; what stands above them was not read.")
        reading.said.append(format_lazy(said, row=gathered.heading.row))
    reading._check = check = Check(gathered, job)
    check.run()
    reading.row_count, reading.left_out, reading.stopped_at = check.row_count, check.left_out, check.stopped_at
    if check.stopped_at:
        said = _("So much was found that the rows below {row} were not looked at.")
        reading.said.append(format_lazy(said, row=check.stopped_at))
