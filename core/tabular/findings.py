"""What reading a spreadsheet finds: what cannot be read, and what only the person who sent it can answer."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from enum import IntEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

LONGEST_SHOWN = 80  # characters of a value as found
INVISIBLE = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")

Words = str | Promise


class Severity(IntEnum):
    """A refusal is mended in the file. A question is answered at the next reading of the same file."""

    REFUSAL = 2
    QUESTION = 1

    @property
    def label(self) -> Words:
        """Name the severity on screens."""
        return {Severity.REFUSAL: _("cannot be read"), Severity.QUESTION: _("needs your answer")}[self]


@dataclass(frozen=True)
class Answer:
    """One answer a question takes, and what it means."""

    value: str
    label: Words


@dataclass(frozen=True)
class Finding:
    """One finding with its place as the user's own sheet shows it: row number, column letter and heading.

    `code` is stable. A question has a `question` (the key under which `read(answers=…)` takes the answer) and `answers`.
    """

    severity: Severity
    code: str
    message: Words
    expected: Words = ""
    row: int | None = None
    column: str = ""
    header: str = ""
    value: str = ""
    question: str = ""
    answers: tuple[Answer, ...] = ()


class FileRefused(Exception):
    """The file as a whole cannot be read. Carries the finding that says why."""

    def __init__(self, code: str, message: Words, expected: Words = "", row: int | None = None) -> None:
        super().__init__(code)
        self.finding = Finding(Severity.REFUSAL, code, message, expected, row=row)


@dataclass
class Findings:
    """Collects findings up to a number and counts the rest; of each code and question at least the first is kept."""

    most: int
    kept: list[Finding] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)

    def add(self, finding: Finding) -> None:
        """Keep or count a finding."""
        kind = finding.question or finding.code
        self.counts[kind] += 1
        if len(self.kept) < self.most or self.counts[kind] == 1:
            self.kept.append(finding)

    @property
    def total(self) -> int:
        """How many there are, kept or only counted."""
        return sum(self.counts.values())

    def in_order(self) -> tuple[Finding, ...]:
        """Return the kept findings from the top of the sheet down; what concerns the whole file comes first."""
        return tuple(sorted(self.kept, key=lambda finding: (finding.row or 0, len(finding.column), finding.column)))


def clip(text: str) -> str:
    """Return a value as found, fit to be shown: invisible characters become boxes, long texts end in an ellipsis."""
    shown = INVISIBLE.sub("□", text[: LONGEST_SHOWN + 1])
    return shown if len(shown) <= LONGEST_SHOWN else shown[: LONGEST_SHOWN - 1] + "…"


def letter(index: int) -> str:
    """Return the letters of a column counted from 0: A … Z, AA …"""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
