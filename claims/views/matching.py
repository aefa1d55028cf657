"""Saying which published activity belongs to which contribution; the page that shows both stands on the reporting floor."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from claims.actions.match_iati import NotMatched, unmatch
from claims.actions.match_iati import match as record
from claims.models import IatiMatch
from core.views import person
from partners.models import Contribution, Partner
from results.models import IatiActivity


@login_required
@require_POST
def match(request: HttpRequest, partner: uuid.UUID) -> HttpResponse:
    """Match an activity with a contribution of this partner, or take a match back."""
    found = Partner.objects.visible_to(request.user).filter(public_id=partner).first()
    if found is None:
        raise Http404
    by = person(request)
    if "unmatch" in request.POST:
        known = IatiMatch.objects.filter(public_id=_uuid(request.POST["unmatch"])).first()
        if known is not None:
            unmatch(by=by, match=known)
            messages.success(request, _("The match was taken back."))
        return _back(found)
    activity = IatiActivity.objects.filter(public_id=_uuid(request.POST.get("activity", ""))).first()
    contribution = Contribution.objects.filter(public_id=_uuid(request.POST.get("contribution", ""))).first()
    if activity is None or contribution is None:
        messages.error(request, _("Choose the contribution that this activity received."))
        return _back(found)
    try:
        record(by=by, at=timezone.now(), activity=activity, contribution=contribution)
    except NotMatched:
        raise PermissionDenied(_("This contribution went to another partner.")) from None
    messages.success(request, _("The match was recorded."))
    return _back(found)


def _back(partner: Partner) -> HttpResponse:
    return HttpResponseRedirect(f"{reverse('iati-comparison')}?partner={partner.public_id}")


def _uuid(text: str) -> uuid.UUID:
    """Read an identity; what is none reads as one that nothing has."""
    try:
        return uuid.UUID(text)
    except ValueError:
        return uuid.UUID(int=0)
