"""Check every number in the texts of a claim, nota or letter: check_figures REF. Ends with status 1 when something contradicts and is not answered."""

import sys
from collections.abc import Mapping
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from claims.checks.figures import Checked, FigureReport, State, check
from claims.checks.review import answer_key
from claims.checks.written import check_paper
from claims.models import Claim, FindingAnswer, PaperAnswer, WrittenPaper
from claims.queries import written
from claims.queries.tree import tree_of
from claims.queries.workflow import answers_of

Answers = Mapping[tuple[str, str], FindingAnswer | PaperAnswer]


class Command(BaseCommand):
    """Says the same as the page "Controleer stuk"."""

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("reference", help="for example BV-2026-0001, or ST-2026-0001 for a nota or letter")
        parser.add_argument("--all", action="store_true", help="also what is linked, follows or is no figure")

    def handle(self, *args: Any, reference: str, **options: Any) -> None:
        report, answers = self._checked(reference)
        quiet = () if options["all"] else (State.BOUND, State.FOLLOWS, State.PLAIN)
        for number in report.numbers:
            if number.state not in quiet:
                self._line(number, answers)
        for note in report.notes:
            mark = " (answered)" if answer_key(note) in answers else ""
            self.stdout.write(f"{note.remark.severity.name.lower():13} {note.text.label}: {note.remark.message}{mark}")
        counts = ", ".join(f"{len(report.of(state))} {state.value}" for state in State)
        self.stdout.write(f"{reference}: {counts}")
        open_ones = [item for item in report.contradictions if answer_key(item) not in answers]
        if open_ones:
            sys.exit(1)

    def _checked(self, reference: str) -> tuple[FigureReport, Answers]:
        """Return what was found in the claim, nota or letter with this reference, and what is answered."""
        paper = written.with_parts(WrittenPaper.objects.all()).filter(reference=reference).first()
        if paper is not None:
            return check_paper(paper, written.trees_of(paper)), written.answers_of(paper)
        try:
            tree = tree_of(reference)
        except Claim.DoesNotExist:
            raise CommandError(
                f"There is no claim, nota or letter {reference}. The pages Claims and Papers list them."
            ) from None
        return check(tree), answers_of(tree.claim)

    def _line(self, number: Checked, answers: Answers) -> None:
        mark = " (answered)" if answer_key(number) in answers else ""
        offers = "; ".join(str(suggestion.offer.label) for suggestion in number.suggestions)
        said = " – ".join(part for part in (str(number.reason), offers) if part)
        self.stdout.write(
            f"{number.state.value:13} {number.text.label}: {number.written}{f' – {said}' if said else ''}{mark}"
        )
