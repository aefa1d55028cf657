"""Published beside given."""

from __future__ import annotations

import uuid

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from claims import policies
from core.permissions import standing
from core.views import person
from partners.models import Partner
from reporting.dashboards.iati import compare
from reporting.dashboards.partner import paid_per_year
from results.policies import may_import


@login_required
@require_GET
def comparison(request: HttpRequest) -> HttpResponse:
    """Compare what a partner published with what we gave."""
    user = person(request)
    if not standing(user).all_roles():
        raise PermissionDenied(_("You have no role yet, so there is nothing to see."))
    partners = Partner.objects.visible_to(user).exclude(iati_identifier="").order_by("sort_key")
    chosen = request.GET.get("partner")
    found = _find(partners, chosen) if chosen else None
    context = {
        "partners": partners,
        "comparison": compare(found, paid_per_year(found, user)) if found else None,
        "refusal": policies.may_match(user),
        "may_import": may_import(user) is None,
    }
    return render(request, "reporting/iati.html", context)


def _find(partners: object, chosen: str) -> Partner:
    try:
        found: Partner | None = partners.filter(public_id=uuid.UUID(chosen)).first()  # type: ignore[attr-defined]
    except ValueError:
        found = None
    if found is None:
        raise Http404
    return found
