"""Binding a number in a text to the record it comes from."""

from __future__ import annotations

import re
import uuid

from django.db import transaction

from claims.actions.write import lock, write_annex_text, write_section
from claims.checks.figures import Checked, FigureReport, Suggestion, check
from claims.models import AnnexPart, Claim, Section, TemplateSection
from claims.queries.figures import worded
from claims.queries.tree import tree_of
from core import richtext
from core.models import User
from core.prose import Hedge, Kind
from core.richtext import Document, Figure, NotThere

__all__ = ["NotThere", "bind_figure", "chosen_in", "span_of"]


@transaction.atomic
def bind_figure(*, by: User, claim: Claim, key: str, offer: str, form: str) -> str:
    """Replace one number by a figure bound to the record that was chosen, and return its wording.

    `key` is the check's name of the place, `offer` is "field:public id". Nothing else in the text is touched. Raises NotThere when
    the sentence was changed meanwhile or the record no longer fits there, PermissionDenied, Stale.
    """
    lock(claim, by)
    tree = tree_of(claim.reference)
    found, chosen = chosen_in(check(tree), key, offer, form)
    wording = worded(chosen.offer.value, form)
    start, end = span_of(found, chosen)
    figure = Figure(chosen.offer.id, chosen.offer.field, form, wording)
    _store(by, claim, found.text.part, richtext.put_figure(found.text.document, found.passage, start, end, figure))
    return wording


def chosen_in(report: FigureReport, key: str, offer: str, form: str) -> tuple[Checked, Suggestion]:
    """Return the number that was meant and the record chosen for it; raises NotThere."""
    found = next((number for number in report.numbers if number.key == key and number.bindable), None)
    chosen = next((known for known in found.suggestions if known.offer.key == offer), None) if found else None
    if found is None or chosen is None or form not in dict(chosen.forms):
        raise NotThere(key)
    return found, chosen


def span_of(found: Checked, chosen: Suggestion) -> tuple[int, int]:
    """Return what the figure replaces: a share words its own "bijna" and "ruim"; a record in percent words its digits only."""
    number = found.number
    if chosen.offer.value.sort == "share" and number.hedge in (Hedge.ALMOST, Hedge.OVER):
        return number.from_, number.end
    if number.kind is Kind.PERCENTAGE and chosen.offer.value.sort == "number":
        digits = re.match(r"[\d.,]*\d", number.text)
        if digits is None:
            raise NotThere(found.key)
        return number.start, number.start + digits.end()
    return number.start, number.end


def _store(by: User, claim: Claim, part: str, document: Document) -> None:
    sort, _, name = part.partition(":")
    text = richtext.html(document)
    if sort == "section":
        question = TemplateSection.objects.get(template=claim.template_id, key=name)
        section = Section.objects.get(claim=claim, question=question)
        write_section(by=by, claim=claim, question=question, text=text, seen=section.version)
    else:
        row = AnnexPart.objects.select_related("claim").get(claim=claim, public_id=uuid.UUID(name))
        write_annex_text(by=by, part=row, text=text, seen=row.version)
