"""What every request passes: the user's own language, and who is named in the history."""

from collections.abc import Callable

import pghistory
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation

from core.views.errors import buttons_only

Handler = Callable[[HttpRequest], HttpResponse]


class LanguageOfUserMiddleware:
    """Uses the signed-in user's language; others get the cookie's or the browser's, Dutch by default."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated and request.user.language in dict(settings.LANGUAGES):
            translation.activate(request.user.language)
            request.LANGUAGE_CODE = request.user.language
        return self.get_response(request)


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
