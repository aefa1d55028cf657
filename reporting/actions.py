"""Answers of the figure card kept as they were given, and partner sheets asked for and made."""

from __future__ import annotations

import datetime
import hashlib
import json

from procrastinate.contrib.django import app

from claims.models import RenderState
from core.language import language
from core.models import User
from core.pdf import Door, PaperFailed, versions
from core.transactions import acting
from partners.models import Partner
from reporting import charts, sheet
from reporting.dashboards import figure_card
from reporting.dashboards.filters import Filters
from reporting.models import Answer, PartnerSheet

KEPT = 5  # newest sheets of a partner that are kept for a person


@acting
def give_answer(*, by: User, at: datetime.datetime, today: datetime.date, filters: Filters, source: str) -> Answer:
    """Answer a question as things stand and keep what was said. Amounts in EUR."""
    card = figure_card.ask(filters, by, today, source)
    return Answer.objects.create(
        question=card.question,
        reach=figure_card.reach_of(by),
        language="en" if language().startswith("en") else "nl",
        sentence=card.sentence,
        source=source,
        facts={"money": card.facts, "about": list(card.about), "outside": list(card.outside)},
        as_of=today,
        asked_by=by,
        asked_at=at,
    )


@acting
def ask_sheet(*, by: User, at: datetime.datetime, today: datetime.date, partner: Partner, source: str) -> PartnerSheet:
    """Return the sheet of a partner as it stands: the kept one when nothing changed, else one that waits for the worker."""
    facts = sheet.facts_of(partner, by, today, source)
    document, drawn = sheet.as_document(facts), {chart.id: chart.spec for chart in facts.charts}
    mark = hashlib.sha256(json.dumps([versions(), document, drawn], sort_keys=True).encode()).hexdigest()
    known = PartnerSheet.objects.filter(asked_by=by, partner=partner, input_hash=mark).defer("content").first()
    if known and known.state != RenderState.FAILED:
        return known
    if known:
        known.delete()
    made = PartnerSheet.objects.create(
        partner=partner, input_hash=mark, document=document, charts=drawn, asked_by=by, asked_at=at
    )
    old = PartnerSheet.objects.filter(asked_by=by, partner=partner).order_by("-pk").values_list("pk", flat=True)[KEPT:]
    PartnerSheet.objects.filter(pk__in=list(old)).delete()
    job = app.configure_task(name="make_partner_sheet")  # by name: the task stands outside and calls `make_sheet`
    job.defer(sheet=str(made.public_id))  # in this transaction: asked for and put before the worker, or neither
    return made


def make_sheet(*, asked: PartnerSheet, door: Door) -> None:
    """Draw the charts into a sheet and make its PDF; what cannot be made is marked as failed with a message for the user."""
    document = asked.document
    for key, spec in asked.charts.items():
        document = document.replace(sheet.place_of(key), charts.paper_svg(spec))
    try:
        content = door.render(document)
    except PaperFailed as error:
        PartnerSheet.objects.filter(pk=asked.pk).update(state=RenderState.FAILED, message=str(error.message)[:300])
        return
    PartnerSheet.objects.filter(pk=asked.pk).update(state=RenderState.DONE, content=content, message="")
