"""Everything the checks find in one claim, with the answers that were given."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from claims.checks.completeness import missing
from claims.checks.consistency import inconsistent
from claims.checks.figures import Checked, FigureReport, Noted, State, check
from claims.checks.written import amiss, check_paper
from claims.models import FindingAnswer, PaperAnswer, WrittenPaper
from claims.queries import written
from claims.queries.tree import Tree
from claims.queries.workflow import answers_of
from core.findings import Finding, Severity
from core.prose import Kind


def answer_key(item: Checked | Noted | Finding) -> tuple[str, str]:
    """Return what an answer to this is kept under: the check, and the place it names."""
    return (item.code, item.key if isinstance(item, Finding) else item.place)


def mark_of(item: Checked | Noted | Finding) -> str:
    """Return the short name of this in a form."""
    return item.mark if isinstance(item, Finding) else item.key


@dataclass(frozen=True)
class Review:
    """What was found; what is answered stands apart."""

    figures: FigureReport
    findings: tuple[Finding, ...]
    answers: Mapping[tuple[str, str], FindingAnswer | PaperAnswer]

    def _open(self, item: Checked | Noted | Finding) -> bool:
        return answer_key(item) not in self.answers

    @property
    def open_contradictions(self) -> list[Checked | Noted]:
        """Contradictions without an answer."""
        return [item for item in self.figures.contradictions if self._open(item)]

    @property
    def open_findings(self) -> list[Finding]:
        """Findings without an answer."""
        return [finding for finding in self.findings if self._open(finding)]

    @property
    def open_notes(self) -> list[Noted]:
        """Remarks about sentences, other than contradictions, without an answer."""
        notes = sorted(self.figures.notes, key=lambda note: -note.remark.severity)
        return [note for note in notes if note.remark.severity is not Severity.ERROR and self._open(note)]

    def open_numbers(self, state: State) -> list[Checked]:
        """Numbers in one state without an answer."""
        return [number for number in self.figures.of(state) if self._open(number)]

    @property
    def explained(self) -> int:
        """How many numbers have an answer."""
        return sum(1 for number in self.figures.numbers if not self._open(number))

    def items(self) -> list[Checked | Noted | Finding]:
        """Everything that can be answered."""
        return [*self.figures.numbers, *self.figures.notes, *self.findings]

    @property
    def answered(self) -> list[FindingAnswer | PaperAnswer]:
        """The answers that still are about something."""
        known = {answer_key(item) for item in self.items()}
        return [answer for key, answer in self.answers.items() if key in known]


def review(tree: Tree) -> Review:
    """Run every check."""
    return Review(check(tree), (*missing(tree), *inconsistent(tree)), answers_of(tree.claim))


def to_settle(tree: Tree, figures: FigureReport | None = None) -> list[Finding]:
    """Return what must be mended or answered before a claim is submitted, the most serious first.

    What is missing, what contradicts itself or a record, and amounts that no record holds. Other numbers in no record are on the
    page of the check: a text is full of them.
    """
    found = figures or check(tree)
    page = reverse("claims:check", args=[tree.claim.reference])
    points = [
        *(_as_finding(item, Severity.ERROR, said(item), page) for item in found.contradictions),
        *missing(tree),
        *(
            _as_finding(
                item,
                Severity.WARNING,
                format_lazy(
                    _("“{written}” is in no record. Enter or link the record, or say where the amount is from."),
                    written=item.written,
                ),
                page,
            )
            for item in found.of(State.UNKNOWN)
            if item.number.kind is Kind.AMOUNT and not item.number.inferred
        ),
    ]
    return sorted(points, key=lambda finding: -finding.severity)


def said(item: Checked | Noted) -> str | Promise:
    """Say what is wrong with a number or a sentence."""
    if isinstance(item, Noted):
        return item.remark.message
    return item.reason or f"“{item.written}”"


def _as_finding(item: Checked | Noted, severity: Severity, message: str | Promise, page: str) -> Finding:
    return Finding(severity, item.code, item.text.label, message, f"{page}#k-{item.key}", item.place)


def review_paper(paper: WrittenPaper) -> Review:
    """Run every check on a nota or letter fetched `with_parts`."""
    trees = written.trees_of(paper)
    return Review(check_paper(paper, trees), tuple(amiss(paper, trees)), written.answers_of(paper))
