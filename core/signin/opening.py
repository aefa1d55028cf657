"""Opens a session, whichever way one came in, and keeps what happened at the door."""

from __future__ import annotations

import datetime
from typing import Any

from allauth.mfa.models import Authenticator
from django.contrib.auth import login
from django.http import HttpRequest

from core import audit
from core.models import User
from core.permissions import standing
from core.signin import sessions

BACKEND = "core.signin.backend.LocalAccounts"


def enter(request: HttpRequest, user: User, *, way: str, at: datetime.datetime, **told: Any) -> None:
    """Sign a person in: a new session, marked with how and when, and an event that says so."""
    login(request, user, backend=BACKEND)
    sessions.open_session(request.session, way=way, at=at, device=request.headers.get("user-agent", ""))
    request.session[sessions.ROLE] = bool(standing(user).all_roles())
    request.session[sessions.CODES] = has_codes(user)
    audit.record(by=user, at=at, kind="sign-in", subject=f"user {user.public_id}", way=way, **told)


def has_codes(user: User) -> bool:
    """True when this account asks for a code."""
    return bool(Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).exists())


def refused(username: str, at: datetime.datetime, reason: str) -> None:
    """Keep a refused attempt on an account that exists. What was typed is kept nowhere: it may be a password."""
    user = User.objects.filter(username=username).order_by("pk").first()
    if user:
        audit.record(by=None, at=at, kind="sign-in.refused", subject=f"user {user.public_id}", reason=reason)
