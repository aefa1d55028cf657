"""Error pages that say what to do, in the reader's language."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _


def _page(request: HttpRequest, status: int, title: str, text: str) -> HttpResponse:
    context = {"title": title, "text": text, "request_id": _request_id(request)}
    return render(request, "error.html", context, status=status)


def _request_id(request: HttpRequest) -> str:
    """Return what finds this request in the log, where requests are numbered."""
    return str(getattr(request, "id", "") or "")


def bad_request(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """400: too large, or not a form of ours."""
    return _page(
        request,
        400,
        _("This could not be read"),
        _(
            "What was sent is too large or incomplete, and nothing was saved. Go back, shorten it where it is very long, and save again."
        ),
    )


def forbidden(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """403: signed in, but not allowed."""
    text = (
        str(exception)
        if exception and str(exception)
        else _("Your role does not allow this. Ask the administrator of Claimregister if it should.")
    )
    return _page(request, 403, _("You may not do this"), text)


def not_found(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """404: does not exist, or belongs to another directorate."""
    return _page(
        request,
        404,
        _("This page is not here"),
        _(
            "The address is wrong, or what it shows was removed or belongs to another directorate. "
            "Find it through the menu, or ask the person who sent you the address."
        ),
    )


def too_large(request: HttpRequest) -> HttpResponse:
    """413: larger than any file that may be sent in."""
    return _page(
        request,
        413,
        _("This is too large"),
        _(
            "What was sent is larger than 20 MB and was not read; nothing was saved. Divide the file in parts or make it smaller."
        ),
    )


def too_many(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """429: too many attempts in a short time."""
    return _page(
        request, 429, _("Too many attempts"), _("Nothing was done with this attempt. Wait five minutes and try again.")
    )


def server_error(request: HttpRequest) -> HttpResponse:
    """500: our fault. The page asks nothing of the database, which may be what is gone."""
    context = {
        "title": _("Something went wrong on our side"),
        "text": _(
            "Nothing was half saved. Try once more; if it happens again, tell the administrator what you did and at what time."
        ),
        "request_id": _request_id(request),
    }
    return HttpResponse(render_to_string("error_alone.html", context), status=500)


def buttons_only(request: HttpRequest, allowed: str) -> HttpResponse:
    """405: opened by its address, as a browser does after signing in anew, while it is a button's."""
    response = _page(
        request,
        405,
        _("This address belongs to a button"),
        _("Nothing was done. Go back to the page with the button and press it there."),
    )
    response["Allow"] = allowed
    return response


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403: the form is too old to prove who sent it."""
    return _page(
        request,
        403,
        _("This form has expired"),
        _(
            "You signed out or signed in again in another window. Go back, copy what you typed, reload the page and paste it."
        ),
    )
