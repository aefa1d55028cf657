"""How allauth lets local accounts in: nobody signs up, no mail goes out, and secrets of codes are stored encrypted."""

from __future__ import annotations

import base64
import hashlib
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone

from core.signin.opening import enter


class AccountAdapter(DefaultAccountAdapter):
    """Local accounts."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """An administrator makes accounts."""
        return False

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """Say nothing: our pages say what happened themselves."""

    def send_notification_mail(self, *args: Any, **kwargs: Any) -> None:
        """Send nothing: what happens to an account is kept as an event."""

    def login(self, request: HttpRequest, user: Any) -> None:
        """Open the session, once the password and (where it is on) the code are right."""
        enter(request, user, way="local", at=timezone.now())

    def get_client_ip(self, request: HttpRequest) -> str:
        """Return whose attempts are counted together; who cannot be told apart counts as one."""
        try:
            return str(super().get_client_ip(request))
        except (ImproperlyConfigured, PermissionDenied, ValueError):
            return request.META.get("REMOTE_ADDR") or "unknown"

    def respond_user_inactive(self, request: HttpRequest, user: Any) -> HttpResponse:
        """Lead back to the sign-in page, which does not tell who has an account."""
        return HttpResponseRedirect(reverse("sign-in"))


class CodesAdapter(DefaultMFAAdapter):
    """Codes from a telephone, and recovery codes."""

    def get_totp_label(self, user: Any) -> str:
        return str(user.username)

    def encrypt(self, text: str) -> str:
        """Encrypt a secret with the application's key, so that a copy of the database does not give it away."""
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Decrypt a secret, also one that was stored under an older key."""
        return _cipher().decrypt(encrypted_text.encode()).decode()


def _cipher() -> MultiFernet:
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet(
        [Fernet(base64.urlsafe_b64encode(hashlib.sha256(f"codes {key}".encode()).digest())) for key in keys]
    )
