"""Adding results up: what may be added shows its parts, what may not shows why."""

from __future__ import annotations

import uuid

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from core.permissions import Refusal, standing
from core.views import person
from partners.models import Partner
from results.actions.reading import note_reading
from results.models import Indicator, Result
from results.queries import addends
from results.rules.adding import add, refusals

MOST = 100  # results offered or added at once


@login_required
@require_GET
def adding(request: HttpRequest) -> HttpResponse:
    """Choose results of an indicator or partner, and see their sum or why there is none."""
    user = person(request)
    if not standing(user).all_roles():
        raise PermissionDenied(_("You have no role yet, so there is nothing to see."))
    offered = Result.objects.visible_to(user).with_current().select_related("overlap_group")
    for name, path in (("indicator", "indicator__public_id"), ("partner", "partner__public_id")):
        if chosen := _uuid(request.GET.get(name, "")):
            offered = offered.filter(**{path: chosen})
    ids = [identity for identity in map(_uuid, request.GET.getlist("result")[:MOST]) if identity]
    chosen_rows = list(
        Result.objects.visible_to(user).with_current().select_related("overlap_group").filter(public_id__in=ids)
    )
    found = add(addends(chosen_rows)) if ids else None
    offers = list(offered.order_by("partner__sort_key", "-period_start", "pk")[:MOST])
    note_reading(by=user, at=timezone.now(), results=[*offers, *chosen_rows], page=request.path)
    context = {
        "offered": offers,
        "chosen": {row.pk for row in chosen_rows},
        "sum": None if isinstance(found, Refusal) else found,
        "refusals": list(refusals(addends(chosen_rows))) if isinstance(found, Refusal) else [],
        "indicators": Indicator.objects.filter(active=True),
        "partners": Partner.objects.visible_to(user).filter(results__isnull=False).distinct(),
        "indicator": request.GET.get("indicator", ""),
        "partner": request.GET.get("partner", ""),
    }
    return render(request, "reporting/adding.html", context)


def _uuid(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text)
    except ValueError:
        return None
