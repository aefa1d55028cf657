"""What machines ask of every site: where to tell of a weakness, and whether to index."""

from __future__ import annotations

import datetime

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.templatetags.static import static
from django.utils import timezone
from django.views.decorators.http import require_safe

VALID_FOR = datetime.timedelta(days=180)  # RFC 9116 advises less than a year


@require_safe
def security(request: HttpRequest) -> HttpResponse:
    """Say whom to tell of a weakness (RFC 9116). The contact is a setting, so it holds as long as this is served."""
    if not settings.SECURITY_CONTACT:
        raise Http404
    until = (timezone.now() + VALID_FOR).astimezone(datetime.UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    lines = [
        *(f"Contact: {contact}" for contact in settings.SECURITY_CONTACT),
        f"Expires: {until:%Y-%m-%dT%H:%M:%SZ}",
        "Preferred-Languages: nl, en",
        f"Canonical: {request.build_absolute_uri(request.path)}",
        *([f"Policy: {settings.SECURITY_POLICY}"] if settings.SECURITY_POLICY else []),
    ]
    return HttpResponse("\r\n".join(lines) + "\r\n", content_type="text/plain; charset=utf-8")


@require_safe
def icon(request: HttpRequest) -> HttpResponse:
    """Lead to the icon, which browsers ask for by themselves. Its name is known once static files are collected."""
    return HttpResponseRedirect(static("img/icon.svg"))


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Ask search engines to stay away."""
    return HttpResponse("User-agent: *\nDisallow: /\n", content_type="text/plain; charset=utf-8")
