"""The CW 3.1 form as facts: header, numbered rows of the form's version, the money of 3A, and the annex."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from decimal import Decimal

from claims.documents import annex, sentences
from claims.documents.annex import Annex, Cited
from claims.enums import PartnerStatus
from claims.models import Claim, TemplateSection
from claims.queries import figures
from claims.queries.tree import LineFacts, Tree
from claims.rules.form_layout import EVALUATION, FINANCE, GOALS
from core import richtext
from core.enums import Classification
from core.numbers import format_date, format_number


@dataclass(frozen=True)
class MoneyRow:
    """One line in one year (EUR). `cash` is None when not known."""

    label: str
    basis: str
    year: int
    commitment: Decimal
    cash: Decimal | None
    record: str = ""  # public id of the line's year


@dataclass(frozen=True)
class MoneyGroup:
    """The lines of one goal, or those without."""

    heading: str
    rows: tuple[MoneyRow, ...]


@dataclass(frozen=True)
class MoneyTotal:
    """All lines of one year (EUR)."""

    year: int
    commitment: Decimal
    cash: Decimal | None


@dataclass(frozen=True)
class FormRow:
    """One numbered row. `text` is stored rich text with its figures worded anew."""

    key: str
    number: str
    label: str
    questions: tuple[str, ...]
    text: str
    groups: tuple[MoneyGroup, ...] = ()
    totals: tuple[MoneyTotal, ...] = ()
    planned: tuple[tuple[str, str], ...] = ()
    evaluations: tuple[tuple[tuple[str, str], ...], ...] = ()


@dataclass(frozen=True)
class Cw31:
    """Everything the form prints."""

    reference: str
    heading: str
    subheading: str
    title: str
    short_title: str
    directorate: str
    date: str
    ministry_reference: str
    classification: str
    organisation: str
    rows: tuple[FormRow, ...]
    annex: Annex


CLASSIFICATIONS = {
    Classification.PUBLIC: "",
    Classification.INTERNAL: "Concept – niet openbaar",
    Classification.CONFIDENTIAL: "Departementaal vertrouwelijk",
}


def gather(tree: Tree, organisation: str, annex_only: bool = False, cited: Cited | None = None) -> Cw31:
    """Gather the facts of the form (or of its annex alone) from a claim's records; figures are worded as they stand now.

    `cited`: what the annex cites, where that is known already.
    """
    claim = tree.claim
    texts = [text for text in tree.texts() if "data-figure" in text]
    nodes = (figure for text in texts for figure in richtext.figures(richtext.parse(text)))
    values = figures.printable(nodes, claim, own=tree.records())

    def current(stored: str) -> str:
        if "data-figure" not in stored:
            return stored
        return richtext.html(figures.refreshed(richtext.parse(stored), values))

    alone = " – bijlage" if annex_only else ""
    return Cw31(
        reference=claim.reference,
        heading=claim.template.heading,
        subheading=claim.template.subheading,
        title=f"CW3.1 {claim.directorate.code} {claim.dated('-')}{alone}",
        short_title=f"{claim.dated()}{alone}",
        directorate=claim.directorate.name_nl,
        date=_date(claim.paper_date),
        ministry_reference=claim.ministry_reference or claim.reference,
        classification=CLASSIFICATIONS[Classification(claim.classification)],
        organisation=organisation,
        rows=()
        if annex_only
        else tuple(
            _row(tree, question, current(section.text) if section else "") for question, section in tree.sections
        ),
        annex=annex.gather(claim, current, cited or annex.cite(claim)),
    )


def _date(day: datetime.date | None) -> str:
    return format_date(day, "nl") if day else ""


def _row(tree: Tree, question: TemplateSection, text: str) -> FormRow:
    row = FormRow(question.key, question.number, question.label, tuple(question.questions), text)
    if question.key == FINANCE:
        totals = tuple(MoneyTotal(year, *tree.year_total(year)) for year in tree.years)
        return FormRow(row.key, row.number, row.label, row.questions, row.text, groups=_groups(tree), totals=totals)
    if question.key == GOALS:
        return FormRow(row.key, row.number, row.label, row.questions, row.text, planned=_planned(tree))
    if question.key == EVALUATION:
        return FormRow(row.key, row.number, row.label, row.questions, row.text, evaluations=_evaluations(tree.claim))
    return row


def _groups(tree: Tree) -> tuple[MoneyGroup, ...]:
    groups = [
        MoneyGroup(f"{goal.letter}. {goal.goal.label}", _money_rows(goal.lines)) for goal in tree.goals if goal.lines
    ]
    if tree.loose_lines:
        groups.append(MoneyGroup("Overige regels" if groups else "", _money_rows(tree.loose_lines)))
    return tuple(group for group in groups if group.rows)


def _money_rows(lines: tuple[LineFacts, ...]) -> tuple[MoneyRow, ...]:
    return tuple(
        MoneyRow(_line_label(line), _basis(line), year.year, year.commitment, year.cash, str(year.public_id))
        for line in lines
        for year in line.years
    )


def _line_label(line: LineFacts) -> str:
    names = sentences.enumerate_nl([role.partner.short_name for role in line.recipients])
    if line.pooled:
        names += " (gezamenlijk, verdeling n.t.b.)"
    elif line.recipients and line.recipients[0].status == PartnerStatus.INTENDED:
        names += " (beoogd)"
    return f"{names}: {line.line.title}" if names else line.line.title


def _basis(line: LineFacts) -> str:
    covers = sentences.enumerate_nl([cover.name_nl for cover in line.covers])
    article = line.article.code if line.article else ""
    return "; ".join(part for part in (article, covers) if part) or "nog niet bekend"


def _planned(tree: Tree) -> tuple[tuple[str, str], ...]:
    return tuple(
        (
            _line_label(line),
            f"{format_number(item.value, 'nl')} {item.unit} {item.description}".replace("  ", " ")
            if item.value is not None
            else item.description,
        )
        for line in tree.lines
        for item in line.line.planned_results.all()
    )


def _evaluations(claim: Claim) -> tuple[tuple[tuple[str, str], ...], ...]:
    return tuple(
        tuple(
            (label, value)
            for label, value in (
                ("Uitvoerder", evaluation.evaluator),
                ("Wanneer", _date(evaluation.planned_on)),
                ("Methode", evaluation.method),
                ("Indicator", evaluation.indicator),
                ("Nulmeting", evaluation.baseline),
            )
            if value
        )
        for evaluation in claim.evaluations.all()
    )
