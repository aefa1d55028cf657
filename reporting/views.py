"""Pages that look out over all floors."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from claims import policies
from reporting.dashboards.home import work_of


@login_required
@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """My work."""
    context = {
        "work": work_of(request.user),  # type: ignore[arg-type]
        "may_create": policies.may_create(request.user) is None,  # type: ignore[arg-type]
    }
    return render(request, "reporting/home.html", context)
