"""Pages that look out over all floors."""

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from claims import policies
from claims.views.control import LOOKERS
from core.enums import Role
from core.permissions import has_role
from core.views import person
from reporting.dashboards.home import work_of
from reporting.views.guide import HIDDEN


@login_required
@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """My work."""
    context = {
        "work": work_of(person(request), timezone.localdate()),
        "manages": has_role(person(request), Role.ADMINISTRATOR, anywhere=True),
        "may_create": policies.may_create(person(request)) is None,
        "may_hand_over": has_role(person(request), Role.OFFICER, Role.MANAGER, anywhere=True),
        "tour": settings.DEMO and not request.session.get(HIDDEN),
        "may_control": has_role(person(request), *LOOKERS, anywhere=True),
    }
    return render(request, "reporting/home.html", context)
