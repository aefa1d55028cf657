"""Pages of the ground floor, and what pages of every floor share."""

from typing import cast

from django.http import HttpRequest

from core.models import User


def person(request: HttpRequest) -> User:
    """Return who is signed in, on a page that nobody else reaches."""
    return cast(User, request.user)
