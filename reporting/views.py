"""Pages that look out over all floors."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


@login_required
def home(request: HttpRequest) -> HttpResponse:
    """My work."""
    return render(request, "reporting/home.html", {})
