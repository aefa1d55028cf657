"""The timeline of a claim on a page and as a file."""

from __future__ import annotations

import csv
import io

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from claims.queries.timeline import DECISION, EDIT, EVIDENCE, KINDS, PAPER, REMARK, STEP, Moment, timeline
from claims.views import find
from core.audit import record
from core.formulas import safe
from core.views import person

LABELS = {
    STEP: gettext_lazy("Steps"),
    DECISION: gettext_lazy("Decisions and milestones"),
    EDIT: gettext_lazy("Changes"),
    EVIDENCE: gettext_lazy("Evidence"),
    REMARK: gettext_lazy("Remarks"),
    PAPER: gettext_lazy("Papers and exports"),
}
PER_PAGE = 50


@login_required
@require_GET
def show(request: HttpRequest, reference: str) -> HttpResponse:
    """Show what happened, the newest first, or hand it out as CSV."""
    claim = find(person(request), reference)
    chosen = tuple(kind for kind in KINDS if kind in request.GET.getlist("kind")) or KINDS
    who = request.GET.get("by", "")[:150]
    moments = timeline(claim, chosen)
    people = sorted({moment.by for moment in moments if moment.by})
    if who:
        moments = [moment for moment in moments if moment.by == who]
    if request.GET.get("format") == "csv":
        record(
            by=person(request), at=timezone.now(), kind="export", subject=f"claim {claim.public_id}", what="timeline"
        )
        return _csv(claim.reference, moments)
    page = Paginator(moments, PER_PAGE).get_page(request.GET.get("page"))
    query = request.GET.copy()
    query.pop("page", None)
    query.pop("format", None)
    context = {
        "claim": claim,
        "tab": "timeline",
        "page": page,
        "kinds": [(kind, LABELS[kind], kind in chosen) for kind in KINDS],
        "people": people,
        "who": who,
        "query": query.urlencode(),
    }
    return render(request, "claims/timeline.html", context)


def _csv(reference: str, moments: list[Moment]) -> HttpResponse:
    stream = io.StringIO()
    writer = csv.writer(stream, delimiter=";", lineterminator="\r\n")
    writer.writerow([_("At"), _("By"), _("Kind"), _("What"), _("Why"), _("Field"), _("Old"), _("New")])
    for moment in moments:
        at = timezone.localtime(moment.at).strftime("%Y-%m-%d %H:%M:%S")
        base = [at, moment.by, str(LABELS[moment.kind]), moment.what, moment.why]
        for row in moment.fields or (None,):
            cells = [*base, row.label, row.old, row.new] if row else [*base, "", "", ""]
            writer.writerow([safe(cell) for cell in cells])
    response = HttpResponse("\ufeff" + stream.getvalue(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{reference}-tijdlijn.csv"'
    return response
