"""What every request passes: the user's own language, and who is named in the history."""

import datetime
from collections.abc import Callable

import pghistory
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.cache import patch_cache_control
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.permissions import standing
from core.signin import sessions
from core.views import person
from core.views.errors import buttons_only, too_large

Handler = Callable[[HttpRequest], HttpResponse]
PERMISSIONS = ", ".join(
    f"{power}=()"
    for power in (
        *("accelerometer", "autoplay", "camera", "display-capture", "encrypted-media", "fullscreen", "geolocation"),
        *(
            "gyroscope",
            "magnetometer",
            "microphone",
            "midi",
            "payment",
            "picture-in-picture",
            "usb",
            "xr-spatial-tracking",
        ),
    )
)
FIRST_CODES = gettext_lazy("First set up codes: until then the other pages stay closed.")
NOTED_EVERY = datetime.timedelta(minutes=1)  # a session's last use is written down no more often


class LanguageOfUserMiddleware:
    """Uses the signed-in user's language; others get the cookie's or the browser's, Dutch by default."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated and request.user.language in dict(settings.LANGUAGES):
            translation.activate(request.user.language)
            request.LANGUAGE_CODE = request.user.language
        return self.get_response(request)


class SizeMiddleware:
    """Refuses what is larger than any upload here may be, before a byte of it is read or written to disk."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        stated = request.META.get("CONTENT_LENGTH") or "0"
        if stated.isdecimal() and int(stated) > settings.LARGEST_REQUEST:
            return too_large(request)
        return self.get_response(request)


class HeadersMiddleware:
    """Tells browsers what no page here needs, and to ask again before showing an older copy of a page."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.setdefault("Permissions-Policy", PERMISSIONS)
        response.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        if not response.has_header("Cache-Control"):
            # Not "no-store": what was typed would be lost on the way back. Signing out empties the browser's copies.
            patch_cache_control(response, private=True, no_cache=True)
        return response


class SessionLimitsMiddleware:
    """Ends sessions that lasted too long, lay idle, or whose person lost every role; asks local accounts for their codes."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.user.is_authenticated:
            return self.get_response(request)
        at = timezone.now()
        why = self._over(request, at)
        if why:
            logout(request)
            messages.warning(request, str(why))
            return redirect_to_login(request.get_full_path() if request.method == "GET" else reverse("home"))
        seen = sessions.moment(request.session.get(sessions.SEEN))
        if seen and at - seen > NOTED_EVERY:
            request.session[sessions.SEEN] = at.timestamp()
        first = self._first_to_do(request)
        if first:
            page, words = first
            if words and request.method == "GET" and "HX-Request" not in request.headers:
                messages.info(request, str(words))
            return HttpResponseRedirect(reverse(page))
        return self.get_response(request)

    @staticmethod
    def _over(request: HttpRequest, at: datetime.datetime) -> str | Promise:
        """Return why this session may not go on, or nothing."""
        if request.session.get(sessions.ROLE) and not standing(request.user).all_roles():
            return _("You were signed out because you have no role here any more. Ask the administrator.")
        return sessions.expired(request.session, at, settings.SESSION_IDLE, settings.SESSION_LONGEST)

    @staticmethod
    def _first_to_do(request: HttpRequest) -> tuple[str, str | Promise] | None:
        """Return the page that who came in by password must see to before going on, and why; None on that page itself."""
        free = (reverse("sign-out"), reverse("set-language"), settings.STATIC_URL)
        if request.session.get(sessions.WAY) == sessions.PROVIDER or request.path.startswith(free):
            return None
        if person(request).password_given:
            page = "account-password"
            return None if request.path == reverse(page) else (page, "")  # which says why itself
        if settings.MFA_REQUIRED and not request.session.get(sessions.CODES):
            return None if request.path.startswith(reverse("account")) else ("account", FIRST_CODES)
        return None


class ButtonsOnlyMiddleware:
    """Answers who opens a button's address with a page that says so, instead of an empty one."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code == 405 and request.method == "GET":
            return buttons_only(request, response["Allow"])
        return response


class HistoryMiddleware:
    """Names the person in the history of everything a changing request does."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method in ("GET", "HEAD", "OPTIONS"):
            return self.get_response(request)
        with pghistory.context(user=request.user.pk, path=request.path[:200]):
            return self.get_response(request)
