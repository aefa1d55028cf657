"""The sheet a partner fills in: handing it out and taking it in."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.language import language
from core.models import Event
from core.tabular import About, Format, template
from core.views import person
from partners.models import Partner
from results import policies
from results.actions.fill_in import TakenIn, fill_in
from results.importers.sheet import COLUMNS, known_rows

LARGEST = 5 * 1024 * 1024  # bytes of a sheet


def sheet_view(request: HttpRequest, admin_site: Any) -> HttpResponse:
    """Hand a sheet out (GET with a format), take a filled one in (POST), or show both."""
    if refusal := policies.may_import(request.user):
        raise PermissionDenied(refusal)
    taken = None
    if request.method == "POST":
        taken = _take_in(request)
        if taken is not None and not taken.findings:
            return _stored(request, taken)
    elif request.GET.get("format"):
        return _hand_out(request)
    context = {
        **admin_site.each_context(request),
        "title": _("Sheet for a partner"),
        "partners": Partner.objects.visible_to(request.user).filter(active=True),
        "chosen": request.POST.get("partner") or request.GET.get("partner", ""),
        "taken": taken,
    }
    return TemplateResponse(request, "admin/results/result/sheet.html", context)


def _partner(text: str) -> Partner:
    try:
        found = Partner.objects.filter(public_id=uuid.UUID(text)).first()
    except ValueError:
        found = None
    if found is None:
        raise Http404
    return found


def _hand_out(request: HttpRequest) -> HttpResponse:
    partner = _partner(request.GET.get("partner", ""))
    try:
        kind = Format(request.GET["format"])
    except ValueError:
        raise Http404 from None
    about = About(_("Results of %(name)s") % {"name": partner.name})
    content = b"".join(template(kind, COLUMNS, known_rows(partner), language=language(), about=about))
    subject = f"partner {partner.public_id}"
    Event.objects.create(at=timezone.now(), by=person(request), kind="sheet.handed-out", subject=subject)
    answer = HttpResponse(content, content_type=kind.content_type)
    answer["Content-Disposition"] = f'attachment; filename="results-{partner.public_id}.{kind}"'
    return answer


def _take_in(request: HttpRequest) -> TakenIn | None:
    partner = _partner(request.POST.get("partner", ""))
    upload = request.FILES.get("sheet")
    if upload is None or (upload.size or 0) > LARGEST:
        messages.error(request, _("Choose a filled-in sheet of at most 5 MB."))
        return None
    answers = {key[7:]: str(value) for key, value in request.POST.items() if key.startswith("answer:") and value}
    return fill_in(
        by=person(request),
        at=timezone.localtime(),
        partner=partner,
        content=upload.read(),
        name=(upload.name or "")[:200],
        answers=answers,
    )


def _stored(request: HttpRequest, taken: TakenIn) -> HttpResponse:
    said = ngettext("%(count)s new value was taken in.", "%(count)s new values were taken in.", taken.new)
    messages.success(request, said % {"count": taken.new})
    if taken.unchanged:
        said = ngettext(
            "%(count)s row says what is known already.", "%(count)s rows say what is known already.", taken.unchanged
        )
        messages.info(request, said % {"count": taken.unchanged})
    return HttpResponseRedirect(reverse("admin:results_result_changelist"))
