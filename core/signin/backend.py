"""Local accounts: name and password, only where they are switched on."""

from typing import Any

from django.conf import settings
from django.contrib.auth.backends import ModelBackend
from django.http import HttpRequest

from core.models import User


class LocalAccounts(ModelBackend):
    """Knows everybody who is signed in; lets in by password only where LOCAL_PASSWORDS is on."""

    def authenticate(
        self, request: HttpRequest | None, username: str | None = None, password: str | None = None, **kwargs: Any
    ) -> User | None:
        """Return whose name and password these are."""
        if not settings.LOCAL_PASSWORDS:
            return None
        found: Any = super().authenticate(request, username=username, password=password, **kwargs)
        return found if isinstance(found, User) else None
