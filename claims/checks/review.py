"""Everything the checks find in one claim, with the answers that were given."""

from __future__ import annotations

from dataclasses import dataclass

from claims.checks.completeness import missing
from claims.checks.consistency import inconsistent
from claims.checks.figures import Checked, FigureReport, Noted, State, check
from claims.models import FindingAnswer
from claims.queries.answers import answers_of
from claims.queries.tree import Tree
from core.findings import Finding, Severity


@dataclass(frozen=True)
class Review:
    """What was found; what is answered stands apart."""

    figures: FigureReport
    findings: tuple[Finding, ...]
    answers: dict[str, FindingAnswer]

    @property
    def open_contradictions(self) -> list[Checked | Noted]:
        """Contradictions without an answer."""
        return [item for item in self.figures.contradictions if item.key not in self.answers]

    @property
    def open_findings(self) -> list[Finding]:
        """Findings without an answer."""
        return [finding for finding in self.findings if finding.key not in self.answers]

    @property
    def open_notes(self) -> list[Noted]:
        """Remarks about sentences, other than contradictions, without an answer."""
        return [
            note
            for note in sorted(self.figures.notes, key=lambda note: -note.remark.severity)
            if note.remark.severity is not Severity.ERROR and note.key not in self.answers
        ]

    def open_numbers(self, state: State) -> list[Checked]:
        """Numbers in one state without an answer."""
        return [number for number in self.figures.of(state) if number.key not in self.answers]

    @property
    def keys(self) -> set[str]:
        """Everything that can be answered."""
        return {
            *(number.key for number in self.figures.numbers),
            *(note.key for note in self.figures.notes),
            *(finding.key for finding in self.findings),
        }

    @property
    def answered(self) -> list[FindingAnswer]:
        """The answers that still are about something."""
        return [answer for key, answer in self.answers.items() if key in self.keys]


def review(tree: Tree) -> Review:
    """Run every check."""
    return Review(check(tree), (*missing(tree), *inconsistent(tree)), answers_of(tree.claim))
