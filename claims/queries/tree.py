"""A claim with everything that hangs below it, in a fixed number of queries."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.db.models import Prefetch

from claims.enums import PartnerRole
from claims.models import (
    AnnexPart,
    Citation,
    Claim,
    ClaimLine,
    ContextFigure,
    Evaluation,
    Goal,
    LinePartner,
    LineYear,
    PlannedResult,
    Section,
)
from claims.rules.division import Division
from claims.rules.numbering import letter


def with_tree(claims: Any, *, citations: bool = True) -> Any:
    """Fetch claims with goals, lines, years, partners, texts and the rest, ready for `Tree`.

    A paper fetches the annex's citations itself, with all that their sentences need.
    """
    parts = AnnexPart.objects.select_related("partner")
    if citations:
        parts = parts.prefetch_related(Prefetch("citations", Citation.objects.select_related("result")))
    lines = ClaimLine.objects.select_related("instrument", "article").prefetch_related(
        Prefetch("years", LineYear.objects.select_related("envelope__cover", "envelope__article")),
        Prefetch("roles", LinePartner.objects.select_related("partner")),
        Prefetch("planned_results", PlannedResult.objects.in_order()),
    )
    return claims.select_related("template", "directorate", "owner", "deputy", "country", "theme").prefetch_related(
        Prefetch("goals", Goal.objects.in_order()),
        Prefetch("lines", lines.in_order()),
        Prefetch("sections", Section.objects.select_related("question")),
        Prefetch("evaluations", Evaluation.objects.in_order()),
        Prefetch("context_figures", ContextFigure.objects.select_related("source").in_order()),
        Prefetch("annex_parts", parts.in_order()),
        "template__sections",
    )


@dataclass(frozen=True)
class LineFacts:
    """One line with its money and partners reckoned together (EUR)."""

    line: ClaimLine
    years: tuple[LineYear, ...]
    roles: tuple[LinePartner, ...]

    @property
    def amount(self) -> Decimal | None:
        """The line's whole commitment; None while no year is entered."""
        return sum((year.commitment for year in self.years), Decimal("0.00")) if self.years else None

    @property
    def cash(self) -> Decimal | None:
        """What is paid over all years; None while any year's cash is unknown."""
        known = [year.cash for year in self.years if year.cash is not None]
        return sum(known, Decimal("0.00")) if known and len(known) == len(self.years) else None

    @property
    def recipients(self) -> tuple[LinePartner, ...]:
        """The partners that receive money; more than one makes the line pooled."""
        return tuple(role for role in self.roles if role.role == PartnerRole.RECIPIENT)

    @property
    def others(self) -> tuple[LinePartner, ...]:
        """The partners in another role."""
        return tuple(role for role in self.roles if role.role != PartnerRole.RECIPIENT)

    @property
    def pooled(self) -> bool:
        """True for a line of several recipients together, whose division is not known."""
        return len(self.recipients) > 1

    @property
    def covers(self) -> tuple[Any, ...]:
        """The covers of the line's envelopes, each once."""
        return tuple(
            dict.fromkeys(year.envelope.cover for year in self.years if year.envelope_id and year.envelope.cover_id)
        )

    @property
    def article(self) -> Any:
        """The line's article, or the one that all its envelopes share; None where neither is known."""
        if self.line.article_id:
            return self.line.article
        articles = {year.envelope.article for year in self.years if year.envelope_id and year.envelope.article_id}
        return articles.pop() if len(articles) == 1 else None


@dataclass(frozen=True)
class GoalFacts:
    """One goal with its letter and lines."""

    goal: Goal
    letter: str
    lines: tuple[LineFacts, ...]

    @property
    def division(self) -> Division:
        """The goal's amount against its lines."""
        return Division.of(self.goal.amount, (line.amount for line in self.lines))


class Tree:
    """A claim fetched by `with_tree`, read without further queries."""

    def __init__(self, claim: Claim) -> None:
        self.claim = claim

    @cached_property
    def lines(self) -> tuple[LineFacts, ...]:
        """All lines in order, each with its years in order."""
        return tuple(
            LineFacts(
                line, tuple(sorted(line.years.all(), key=lambda year: (year.year, year.pk))), tuple(line.roles.all())
            )
            for line in self.claim.lines.all()
        )

    @cached_property
    def goals(self) -> tuple[GoalFacts, ...]:
        """The goals in order, lettered, with their lines."""
        return tuple(
            GoalFacts(goal, letter(number), tuple(line for line in self.lines if line.line.goal_id == goal.pk))
            for number, goal in enumerate(self.claim.goals.all(), 1)
        )

    @property
    def loose_lines(self) -> tuple[LineFacts, ...]:
        """Lines without a goal."""
        return tuple(line for line in self.lines if line.line.goal_id is None)

    @cached_property
    def years(self) -> tuple[int, ...]:
        """Every year in which a line has money."""
        return tuple(sorted({year.year for line in self.lines for year in line.years}))

    @property
    def goals_division(self) -> Division:
        """The claim's amount against its goals."""
        return Division.of(self.claim.amount, (goal.goal.amount for goal in self.goals))

    @property
    def lines_division(self) -> Division:
        """The claim's amount against its lines."""
        return Division.of(self.claim.amount, (line.amount for line in self.lines))

    def year_total(self, year: int) -> tuple[Decimal, Decimal | None]:
        """Commitment and cash of one year over all lines; cash is None while any line's is unknown."""
        rows = [row for line in self.lines for row in line.years if row.year == year]
        cash = [row.cash for row in rows]
        known = [amount for amount in cash if amount is not None]
        return sum((row.commitment for row in rows), Decimal("0.00")), sum(known, Decimal("0.00")) if len(known) == len(
            cash
        ) else None

    @cached_property
    def sections(self) -> tuple[tuple[Any, Section | None], ...]:
        """Every question of the form's version with the section that answers it, if any."""
        answers = {section.question_id: section for section in self.claim.sections.all()}
        questions = sorted(self.claim.template.sections.all(), key=lambda question: question.position)
        return tuple((question, answers.get(question.pk)) for question in questions)

    def records(self) -> Iterable[Any]:
        """Every record of the claim that a figure may point at."""
        yield self.claim
        yield from self.claim.goals.all()
        yield from self.claim.context_figures.all()
        for line in self.claim.lines.all():
            yield line
            yield from line.planned_results.all()

    def texts(self) -> Iterable[str]:
        """Every stored text of the claim."""
        yield from (section.text for _question, section in self.sections if section)
        yield from (part.text for part in self.claim.annex_parts.all())


def tree_of(reference: str, claims: Any = None) -> Tree:
    """Return the claim with this reference as a tree; raises Claim.DoesNotExist."""
    return Tree(with_tree(Claim.objects.all() if claims is None else claims).get(reference=reference))
