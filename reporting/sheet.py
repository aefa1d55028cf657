"""The partner sheet: a partner's dashboard as a paper, from one template for the preview on a page and for the PDF."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from core.language import language
from core.models import User
from partners.models import Partner
from reporting.charts import Chart, of_partner
from reporting.dashboards.partner import Dashboard, dashboard, read


@dataclass(frozen=True)
class Sheet:
    """What a partner sheet prints."""

    partner: Partner
    found: Dashboard
    charts: tuple[Chart, ...]
    organisation: str
    as_of: datetime.date
    source: str
    confidential: bool  # whether a claim or result in it is


def facts_of(partner: Partner, user: User, today: datetime.date, source: str) -> Sheet:
    """Gather a partner sheet as a person may see the partner."""
    found = dashboard(read(partner, user, today))
    secret = any(claim.classification == "confidential" for claim in found.claims)
    secret = secret or any(row.result.confidential for row in found.results)
    return Sheet(partner, found, tuple(of_partner(found.years)), settings.ORGANISATION, today, source, secret)


def as_document(facts: Sheet) -> str:
    """Write the whole HTML document that the PDF is made of; charts have their places, where the worker draws them."""
    places = [(chart, place_of(chart.id)) for chart in facts.charts]
    return render_to_string("documents/partner_sheet.html", _context(facts, top=1) | {"places": places})


def as_fragment(facts: Sheet) -> SafeString:
    """Write the preview for a page; its charts are drawn there, beside the page's own."""
    return SafeString(render_to_string("documents/partner_sheet_body.html", _context(facts, top=2) | {"places": []}))


def place_of(key: str) -> SafeString:
    """Return the mark where a chart is drawn."""
    return format_html('<div class="chart-place" id="{}"></div>', key)


def _context(facts: Sheet, top: int) -> dict[str, object]:
    return {
        "facts": facts,
        "found": facts.found,
        "partner": facts.partner,
        "top": top,
        "language": "en" if language().startswith("en") else "nl",
        "heading": _("Partner sheet"),
    }
