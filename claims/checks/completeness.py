"""What a claim still lacks before it can be submitted. A draft may lack anything."""

from collections.abc import Iterable, Iterator
from decimal import Decimal

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from claims.checks.results import missing_results, points_to_annex
from claims.queries.tree import GoalFacts, LineFacts, Tree
from claims.rules.division import Division
from core.findings import Finding, Severity
from core.language import language
from core.numbers import format_amount


def missing(tree: Tree) -> list[Finding]:
    """Return what is missing or does not add up: the places with the most serious first, each place once."""
    found = [
        *_amounts(tree),
        *_lines(tree),
        *_texts(tree),
        *_evaluation(tree),
        *_annex(tree),
        *missing_results(tree),
        *_to_update(tree),
    ]
    order = {finding.spot: number for number, finding in reversed(list(enumerate(found)))}
    worst = {spot: max(finding.severity for finding in found if finding.spot == spot) for spot in order}
    return sorted(found, key=lambda finding: (-worst[finding.spot], order[finding.spot], -finding.severity))


def _data_url(tree: Tree) -> str:
    return reverse("admin:claims_claim_change", args=[tree.claim.public_id])


def _line_url(line: LineFacts) -> str:
    return reverse("admin:claims_claimline_change", args=[line.line.public_id])


def _amounts(tree: Tree) -> Iterator[Finding]:
    url, claim = _data_url(tree), tree.claim
    if claim.amount is None:
        yield Finding(Severity.ERROR, "amount", _("Claim"), _("The amount requested is not entered."), url)
    if tree.goals:
        yield from _unequal(tree.goals_division, "goals", _("Claim"), _("goals"), url)
    else:
        yield Finding(Severity.WARNING, "no-goals", _("Claim"), _("There are no goals yet."), url)
    if not tree.lines:
        yield Finding(
            Severity.ERROR,
            "no-lines",
            _("Claim"),
            _("There are no lines yet: nothing says for whom the money is."),
            url,
        )
    elif not tree.goals:
        yield from _unequal(tree.lines_division, "lines", _("Claim"), _("lines"), url)
    for goal in tree.goals:
        yield from _goal(goal, url)


def _goal(goal: GoalFacts, url: str) -> Iterator[Finding]:
    where = f"{goal.letter}. {goal.goal.label}"
    if goal.goal.amount is None:
        yield Finding(Severity.WARNING, "goal-amount", where, _("This goal has no amount."), url)
    if not goal.goal.sentence:
        yield Finding(Severity.WARNING, "goal-sentence", where, _("The goal in a sentence is missing."), url)
    if not goal.lines:
        yield Finding(Severity.WARNING, "goal-lines", where, _("No line belongs to this goal."), url)
    else:
        yield from _unequal(goal.division, "goal-division", where, _("lines"), url)


def _unequal(division: Division, code: str, where: str | Promise, parts: str | Promise, url: str) -> Iterator[Finding]:
    if division.whole is None or division.unknown or not division.rest:
        return
    amounts = {
        "divided": format_amount(division.divided, language()),
        "whole": format_amount(division.whole, language()),
    }
    rest = format_amount(abs(division.rest), language())
    if division.rest > 0:
        text = format_lazy(
            _("The {parts} add up to {divided} of {whole}: {rest} still to go."), parts=parts, rest=rest, **amounts
        )
    else:
        text = format_lazy(
            _("The {parts} add up to {divided}, which is {rest} more than {whole}."), parts=parts, rest=rest, **amounts
        )
    yield Finding(Severity.ERROR, code, where, text, url)


def _lines(tree: Tree) -> Iterator[Finding]:
    for line in tree.lines:
        where, url = line.line.title, _line_url(line)
        if not line.recipients:
            yield Finding(Severity.ERROR, "line-partner", where, _("No partner is named who receives the money."), url)
        if not line.years:
            yield Finding(Severity.ERROR, "line-years", where, _("No amount is entered."), url)
        if tree.goals and line.line.goal_id is None:
            yield Finding(Severity.WARNING, "line-goal", where, _("This line belongs to no goal."), url)
        if any(year.envelope_id is None for year in line.years):
            yield Finding(
                Severity.WARNING, "line-envelope", where, _("The envelope, and so the cover, is not known."), url
            )
        if any(year.cash is None for year in line.years):
            yield Finding(
                Severity.WARNING,
                "line-cash",
                where,
                _("The cash plan is not entered: in which year is what paid?"),
                url,
            )
        paid = sum((year.cash for year in line.years if year.cash is not None), Decimal(0))
        if line.years and paid > (line.amount or 0):
            text = format_lazy(
                _("The cash plan over all years is {cash}, more than the commitment of {amount}."),
                cash=format_amount(paid, language()),
                amount=format_amount(line.amount or Decimal(0), language()),
            )
            yield Finding(Severity.WARNING, "line-cash-over", where, text, url)
        if line.article is None:
            yield Finding(Severity.WARNING, "line-article", where, _("The budget article is not known."), url)
        if line.line.instrument_id is None:
            yield Finding(Severity.NOTE, "line-instrument", where, _("The instrument is still to be decided."), url)
        outside = [year.year for year in line.years if not tree.claim.first_year <= year.year <= tree.claim.last_year]
        if outside:
            years = ", ".join(str(year) for year in outside)
            yield Finding(
                Severity.WARNING,
                "line-outside",
                where,
                format_lazy(_("{years} is outside the claim's budget years."), years=years),
                url,
            )


def _texts(tree: Tree) -> Iterator[Finding]:
    page = reverse("claims:write", args=[tree.claim.reference])
    for question, section in tree.sections:
        if section is None or not section.text:
            where = f"{question.number} {question.label}"
            yield Finding(
                Severity.ERROR,
                f"text-{question.key}",
                where,
                _("This question is not answered yet."),
                f"{page}#{question.key}",
            )


def _evaluation(tree: Tree) -> Iterator[Finding]:
    url = _data_url(tree)
    evaluations = list(tree.claim.evaluations.all())
    if not evaluations:
        yield Finding(
            Severity.WARNING, "evaluation", _("Evaluation"), _("It is not said who evaluates, when and how."), url
        )
    for evaluation in evaluations:
        lacking = [
            str(label)
            for value, label in (
                (evaluation.planned_on, _("when")),
                (evaluation.method, _("method")),
                (evaluation.indicator, _("indicator")),
            )
            if not value
        ]
        if lacking:
            text = format_lazy(_("Of the evaluation is missing: {what}."), what=", ".join(lacking))
            yield Finding(Severity.WARNING, "evaluation-parts", evaluation.evaluator, text, url)


def _annex(tree: Tree) -> Iterator[Finding]:
    if list(tree.claim.annex_parts.all()):
        return
    if points_to_annex(tree):
        url = reverse("claims:annex", args=[tree.claim.reference])
        yield Finding(
            Severity.WARNING, "annex-empty", _("Annex"), _("The text points to the annex, but the annex is empty."), url
        )


def _to_update(tree: Tree) -> Iterator[Finding]:
    count = sum(1 for flag in flags(tree) if flag)
    if count:
        text = format_lazy(
            _("{count} figures or texts were copied from an earlier claim and are still to be updated."), count=count
        )
        yield Finding(
            Severity.ERROR, "to-update", _("Claim"), text, reverse("claims:overview", args=[tree.claim.reference])
        )


def flags(tree: Tree) -> Iterable[bool]:
    """Every "still to be updated" mark of a claim."""
    yield tree.claim.amount_to_update
    yield from (goal.goal.to_update for goal in tree.goals)
    for line in tree.lines:
        yield from (year.to_update for year in line.years)
        yield from (planned.to_update for planned in line.line.planned_results.all())
    yield from (section.to_update for _question, section in tree.sections if section)
    yield from (figure.to_update for figure in tree.claim.context_figures.all())
    yield from (part.to_update for part in tree.claim.annex_parts.all())
