"""What does not fit together in a claim: texts against records, labels, dates, the EUR 20 mln rule. Completeness is a check of its own."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator

from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from claims.checks.figures import Text, texts_of
from claims.models import Citation
from claims.queries.tree import Tree
from claims.rules import piece
from claims.rules.form_layout import GOALS
from claims.rules.threshold import YearMoney, reached
from core import prose, richtext
from core.findings import Finding, Severity
from core.language import language
from core.numbers import format_amount, format_date
from core.prose.sentences import spans
from partners.queries import reckon
from partners.rules.share import Reckoned

FREE = ("financien-sectoren",)  # may be answered with "n.v.t."


def inconsistent(tree: Tree) -> list[Finding]:
    """Return what does not fit, the most serious first."""
    texts = list(texts_of(tree))
    found = [
        *_threshold(tree, texts),
        *_term(tree, texts),
        *_labels(tree, texts),
        *in_sentences(texts),
        *_annex(tree, texts),
        *_dates(tree),
        *_context(tree),
        *_shares(tree),
        *_pooled(tree),
        *_house_items(tree),
    ]
    return sorted(found, key=lambda finding: -finding.severity)


def plain_of(text: Text) -> str:
    """Return a text without its notes, one line a passage."""
    return "\n".join(passage.text for passage in richtext.passages(text.document) if not passage.note)


def _threshold(tree: Tree, texts: list[Text]) -> Iterator[Finding]:
    where = reached(YearMoney(year.year, year.commitment, year.cash) for line in tree.lines for year in line.years)
    if where is None:
        return
    url = reverse("claims:write", args=[tree.claim.reference])
    message = format_lazy(
        _("The CW 3.1 frame is required: {amount} in {year} is EUR 20 million or more."),
        amount=format_amount(where.amount, language()),
        year=where.year,
    )
    yield Finding(Severity.NOTE, "threshold", _("Claim"), message, url)
    for text in texts:
        key = text.part.removeprefix("section:")
        if text.part.startswith("section:") and key not in FREE and piece.not_applicable(plain_of(text)):
            message = _("The frame is required for this claim, so “not applicable” is no answer here.")
            yield Finding(Severity.WARNING, f"not-applicable-{key}", text.label, message, text.url)


def _term(tree: Tree, texts: list[Text]) -> Iterator[Finding]:
    goals = next((text for text in texts if text.part == f"section:{GOALS}"), None)
    if goals is None or piece.names_a_term(plain_of(goals)):
        return
    asked = any(len(question.questions) > 1 for question, _section in tree.sections if question.key == GOALS)
    message = _("It is not said by when the goals are to be reached.")
    yield Finding(Severity.WARNING if asked else Severity.NOTE, "term", goals.label, message, goals.url)


def _labels(tree: Tree, texts: list[Text]) -> Iterator[Finding]:
    labels = {goal.letter: goal.goal.label for goal in tree.goals}
    for text in texts:
        for heading in piece.goal_headings(plain_of(text)):
            label = labels.get(heading.letter)
            if label and not heading.label.casefold().startswith(label.casefold()):
                message = format_lazy(
                    _("Goal {letter} is called “{here}” here and “{label}” in the claim."),
                    letter=heading.letter,
                    here=heading.label,
                    label=label,
                )
                yield Finding(Severity.WARNING, "label-drift", text.label, message, text.url)


LACKING = {"basis": _("of what it is a share"), "date": _("as of when")}


def in_sentences(texts: Iterable[Text]) -> Iterator[Finding]:
    """Name motions without their Kamerstuk and shares without basis or date, sentence by sentence."""
    for text in texts:
        for passage in richtext.passages(text.document):
            numbers, sentences = prose.find(passage.text), list(spans(passage.text))
            for spot in piece.motions_without_number(passage.text, sentences, numbers):
                message = format_lazy(
                    _("A motion is named without its Kamerstuk number: “{words} …”."), words=spot.words
                )
                yield Finding(Severity.WARNING, "motion-number", text.label, message, text.url)
            for number, lacking in piece.shares_without_basis(passage.text, sentences, numbers):
                message = format_lazy(
                    _("The share “{words}” does not say {what}."),
                    words=" ".join(number.text.split()),
                    what=", ".join(str(LACKING[name]) for name in lacking),
                )
                yield Finding(Severity.WARNING, "share-basis", text.label, message, text.url)


def _annex(tree: Tree, texts: list[Text]) -> Iterator[Finding]:
    """Name recipients on whom the annex says nothing although the text points to it for results."""
    parts = list(tree.claim.annex_parts.all())
    if not parts or not any(
        piece.annexes_pointed_to(plain_of(text)) for text in texts if text.part.startswith("section:")
    ):
        return
    told = {key for part in parts if part.partner_id for key in (part.partner_id, part.partner.administered_by_id)} - {
        None
    }
    url = reverse("claims:annex", args=[tree.claim.reference])
    for line in tree.lines:
        for role in line.recipients:
            if role.partner_id not in told and role.partner.administered_by_id not in told:
                message = format_lazy(
                    _("The text points to the annex for earlier results, but the annex has nothing on {name}."),
                    name=role.partner.short_name,
                )
                yield Finding(Severity.WARNING, "annex-partner", _("Annex"), message, url)


def _dates(tree: Tree) -> Iterator[Finding]:
    claim = tree.claim
    url = reverse("admin:claims_claim_change", args=[claim.public_id])
    begins = datetime.date(claim.first_year, 1, 1)
    for evaluation in claim.evaluations.all():
        if evaluation.planned_on and evaluation.planned_on < begins:
            message = format_lazy(
                _("The evaluation is planned on {day}, before the claim begins."),
                day=format_date(evaluation.planned_on, language()),
            )
            yield Finding(Severity.WARNING, "dates-evaluation", evaluation.evaluator, message, url)
    for figure in claim.context_figures.all():
        if claim.paper_date and figure.as_of and figure.as_of > claim.paper_date:
            message = format_lazy(
                _("This figure holds up to {day}, after the date on the paper."),
                day=format_date(figure.as_of, language()),
            )
            yield Finding(Severity.WARNING, "dates-context", figure.subject, message, url)


def _context(tree: Tree) -> Iterator[Finding]:
    url = reverse("admin:claims_claim_change", args=[tree.claim.public_id])
    for figure in tree.claim.context_figures.all():
        if figure.as_of is None:
            message = _(
                "It is not known up to which date this figure holds. Without a date it may not stand in a paper."
            )
            yield Finding(Severity.WARNING, "context-date", figure.subject, message, url)
        if figure.source_id is None:
            yield Finding(Severity.NOTE, "context-source", figure.subject, _("This figure has no source."), url)


def _shares(tree: Tree) -> Iterator[Finding]:
    """Name cited shares that are provisional and do not say as of when."""
    cited = Citation.objects.filter(part__claim=tree.claim, share__isnull=False).select_related(
        "share__contribution", "share__total__partner", "share__appeal__partner"
    )
    url = reverse("claims:annex", args=[tree.claim.reference])
    for citation in cited.in_order():
        reckoned = reckon(citation.share)
        if isinstance(reckoned, Reckoned) and reckoned.provisional and reckoned.as_of is None:
            message = _("This share is provisional and does not say as of when.")
            yield Finding(Severity.WARNING, "share-date", str(citation.share), message, url)


def _pooled(tree: Tree) -> Iterator[Finding]:
    for line in tree.lines:
        if line.pooled:
            names = ", ".join(role.partner.short_name for role in line.recipients)
            message = format_lazy(_("How this is divided over {names} is not known; it counts once."), names=names)
            url = reverse("admin:claims_claimline_change", args=[line.line.public_id])
            yield Finding(Severity.NOTE, "pooled", line.line.title, message, url)


def _house_items(tree: Tree) -> Iterator[Finding]:
    """Name motions that no paper can cite, because their Kamerstuk is not entered."""
    for item in tree.claim.house_items.order_by("pk"):
        if item.cannot_be_cited:
            message = _("The Kamerstuk number of this motion is missing. A paper that names the motion must give it.")
            url = reverse("claims:house-item", args=[item.public_id])
            yield Finding(Severity.WARNING, "house-item-number", str(item), message, url)
