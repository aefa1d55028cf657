"""The partner sheet: the preview on a page, and the PDF that the worker makes."""

from __future__ import annotations

import uuid

from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from claims.models import RenderState
from core.views import person
from core.work import worker_is_running
from partners.models import Partner
from reporting.actions import ask_sheet
from reporting.exports.tables import source
from reporting.models import PartnerSheet
from reporting.sheet import as_fragment, facts_of
from reporting.views.access import dashboard
from reporting.views.partner import find_partner
from results.actions.reading import note_reading
from results.models import Result


@login_required
@require_http_methods(["GET", "POST"])
def sheet(request: HttpRequest, partner: uuid.UUID) -> HttpResponse:
    """Show the sheet as it stands, or ask for its PDF: straight to the file when nothing changed since it was made."""
    found, user, today = find_partner(request, partner), person(request), timezone.localdate()
    if request.method == "POST":
        asked = ask_sheet(by=user, at=timezone.now(), today=today, partner=found, source=source())
        name = "partner-sheet-file" if asked.state == RenderState.DONE else "partner-sheet-progress"
        return redirect(name, partner, asked.public_id)
    _note(request, found)
    facts = facts_of(found, user, today, source())
    context = {"partner": found, "preview": as_fragment(facts), "has_charts": bool(facts.charts), "sheet": None}
    return render(request, "reporting/partner_sheet.html", context)


@never_cache
@dashboard
def progress(request: HttpRequest, partner: uuid.UUID, sheet: uuid.UUID) -> HttpResponse:
    """Show how far the PDF is. With htmx only the part that changes."""
    found = find_partner(request, partner)
    asked = _asked(request, found, sheet).defer("content").order_by("pk").first()
    if asked is None:
        raise Http404
    context = {"partner": found, "sheet": asked, "worker": worker_is_running()}
    name = "partner_sheet_part" if request.htmx else "partner_sheet"  # type: ignore[attr-defined]
    return render(request, f"reporting/{name}.html", context)


@dashboard
def file(request: HttpRequest, partner: uuid.UUID, sheet: uuid.UUID) -> HttpResponse:
    """Serve the PDF."""
    found = find_partner(request, partner)
    asked = _asked(request, found, sheet).filter(state=RenderState.DONE).order_by("pk").first()
    if asked is None:
        raise Http404
    _note(request, found)
    response = HttpResponse(bytes(asked.content or b""), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{asked.public_id}.pdf"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _note(request: HttpRequest, partner: Partner) -> None:
    """Write down that this person sees the partner's confidential results."""
    shown = Result.objects.visible_to(person(request)).filter(partner=partner, confidential=True)
    note_reading(by=person(request), at=timezone.now(), results=shown, page=request.path)


def _asked(request: HttpRequest, partner: Partner, key: uuid.UUID) -> QuerySet[PartnerSheet]:
    """Return a person's own sheet: what another may see of a partner may differ."""
    return PartnerSheet.objects.filter(asked_by=person(request), partner=partner, public_id=key)
