"""Signing in with the organisation's provider: the way there, and the way back with every way it can end."""

from __future__ import annotations

import logging

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from core.signin import opening
from core.signin import provider as provider_
from core.signin.admitting import admit

log = logging.getLogger(__name__)

# What went wrong: the answer's status, the page's title, and what to do.
ENDS: dict[str, tuple[int, str | Promise, str | Promise]] = {
    "unanswered": (
        503,
        _("%(provider)s does not answer"),
        _("Nothing is wrong with your account. Wait a few minutes and try again; if it lasts, tell the administrator."),
    ),
    "stale": (
        400,
        _("This sign-in is no longer valid"),
        _(
            "It took longer than ten minutes, was used before, or was begun in another window. Begin again from the sign-in page."
        ),
    ),
    "denied": (
        403,
        _("You did not sign in"),
        _("You stopped at %(provider)s, or it did not give permission. You can begin again."),
    ),
    "untrusted": (
        403,
        _("This sign-in could not be trusted"),
        _(
            "What %(provider)s answered does not prove who you are. Try once more; if it happens again, tell the administrator and name the time."
        ),
    ),
    "no-role": (
        403,
        _("You have no role in Claimregister yet"),
        _("Signing in worked, but none of your groups gives access here."),
    ),
    "taken": (
        403,
        _("There is already an account with your e-mail address"),
        _(
            "For your safety it is not taken over by itself. Ask the administrator to link it to your sign-in with %(provider)s."
        ),
    ),
    "off": (
        403,
        _("Your account is switched off"),
        _("Ask the administrator if you should have access again."),
    ),
    "unusable": (
        403,
        _("This sign-in could not be trusted"),
        _("%(provider)s describes you in a way that cannot be kept here. Tell the administrator."),
    ),
}


@never_cache
@require_POST
def begin(request: HttpRequest) -> HttpResponse:
    """Send the browser to the provider."""
    _needed()
    try:
        return provider_.begin(request, _wanted(request, request.POST.get("next", "")))
    except provider_.Unanswered as error:
        log.warning("The sign-in provider cannot be reached: %s", error)
        return end(request, "unanswered")
    except provider_.Untrusted as error:
        log.warning("The sign-in provider is not the one of the settings: %s", error)
        return end(request, "untrusted")


@never_cache
@require_GET
def finish(request: HttpRequest) -> HttpResponse:
    """Take the provider's answer and let the person in, or say why not."""
    _needed()
    state = provider_.take_state(request)
    if state is None:
        return end(request, "stale")
    if "code" not in request.GET:
        return end(request, "denied" if request.GET.get("error") == "access_denied" else "untrusted")
    try:
        identity = provider_.finish(request, state)
    except provider_.Unanswered as error:
        log.warning("The sign-in provider cannot be reached: %s", error)
        return end(request, "unanswered")
    except provider_.Untrusted as error:
        log.warning("A sign-in was refused: %s", error)
        return end(request, "untrusted")
    at = timezone.now()
    admission = admit(identity=identity, mapping=settings.OIDC_GROUPS, at=at)
    if admission.user is None:
        return end(request, admission.refused)
    opening.enter(request, admission.user, way="provider", at=at, level=identity.level)
    return HttpResponseRedirect(_wanted(request, str(state.get("next") or "")) or reverse("home"))


def end(request: HttpRequest, how: str) -> HttpResponse:
    """Say how the sign-in ended and what to do."""
    status, title, text = ENDS[how]
    words = {"provider": settings.OIDC_NAME}
    context = {"title": title % words, "text": text % words, "contact": settings.ADMINISTRATOR_CONTACT}
    return render(request, "session/ended.html", context, status=status)


def _needed() -> None:
    if not settings.OIDC_ISSUER:
        raise Http404


def _wanted(request: HttpRequest, address: str) -> str:
    """Return where the person wanted to be, within this application; nothing else."""
    safe = url_has_allowed_host_and_scheme(
        address, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return address if safe and address != reverse("sign-in") else ""
