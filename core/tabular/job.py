"""What one reading was asked to do: its columns, the answers given so far, and where findings go."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from core.tabular.columns import Column, Limits
from core.tabular.findings import Answer, Finding, Findings, Severity, Words, clip, letter

Progress = Callable[[int], None]

READ_OR_SKIP_ROWS = (Answer("read", _("Read these rows too")), Answer("skip", _("Leave these rows out")))
READ_OR_SKIP_COLUMNS = (Answer("read", _("Read these columns too")), Answer("skip", _("Leave these columns out")))
READ_OR_SKIP_SHEETS = (Answer("read", _("Read hidden sheets too")), Answer("skip", _("Leave hidden sheets out")))
KEEP_OR_SKIP = (
    Answer("keep", _("They are different: read them all")),
    Answer("skip", _("Read only the first of each")),
)
TOTAL = (Answer("skip", _("It is a total: leave it out")), Answer("read", _("It is an ordinary row: read it")))
MERGED = (Answer("first", _("The value counts for the first cell only")),)
NOTATION = (Answer("nl", _("Dutch: 1.234,56")), Answer("en", _("English: 1,234.56")))


@dataclass(frozen=True)
class Job:
    """What the caller asked for, and where findings go."""

    columns: Sequence[Column]
    answers: Mapping[str, str]
    limits: Limits
    findings: Findings
    progress: Progress | None

    def answer(self, question: str, choices: Sequence[Answer]) -> str | None:
        """Return the given answer when it is one of the choices."""
        given = self.answers.get(question)
        return given if given in {choice.value for choice in choices} else None

    def ask(
        self,
        question: str,
        message: Words,
        answers: tuple[Answer, ...],
        *,
        row: int | None = None,
        place: int | None = None,
        header: str = "",
        code: str = "",
        value: str = "",
    ) -> None:
        """Ask what only the sender can answer."""
        column = "" if place is None else letter(place)
        found = Finding(
            Severity.QUESTION, code or question, message, "", row, column, clip(header), clip(value), question, answers
        )
        self.findings.add(found)

    def refuse(
        self,
        code: str,
        message: Words,
        expected: Words = "",
        *,
        row: int,
        place: int | None = None,
        header: str = "",
        value: str = "",
    ) -> None:
        """Note what cannot be read."""
        column = "" if place is None else letter(place)
        self.findings.add(Finding(Severity.REFUSAL, code, message, expected, row, column, clip(header), clip(value)))
