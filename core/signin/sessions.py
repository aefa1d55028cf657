"""Sessions in the database: each row knows whose it is, since when, and when it was last used.

What a session may last is asked by `core.middleware.SessionLimitsMiddleware`; here it is kept and ended.
"""

from __future__ import annotations

import datetime
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends import db
from django.db import models
from django.utils.crypto import salted_hmac
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from core.models import Session, User

STARTED, SEEN, DEVICE, WAY, ROLE, CODES = "started", "seen", "device", "way", "had_role", "has_codes"
LOCAL, PROVIDER = "local", "provider"

# The first name that occurs in what a browser says of itself; Edge and Chromium name each other's.
BROWSERS = (("Edg", "Edge"), ("Firefox", "Firefox"), ("Chrom", "Chrome"), ("Safari", "Safari"))
SYSTEMS = (
    ("Windows", "Windows"),
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Mac", "macOS"),
    ("Linux", "Linux"),
)


class SessionStore(db.SessionStore):
    """Django's database sessions, in our own table."""

    @classmethod
    def get_model_class(cls) -> Any:
        return Session

    def create_model_instance(self, data: dict[str, Any]) -> Any:
        """Make the row, with what lists of sessions show beside the signed content."""
        row: Any = super().create_model_instance(data)
        user = data.get(SESSION_KEY)
        row.user_id = int(user) if user else None
        row.started_at, row.seen_at = moment(data.get(STARTED)), moment(data.get(SEEN))
        row.device = str(data.get(DEVICE, ""))[:200]
        return row


def moment(stored: Any) -> datetime.datetime | None:
    """Return a moment that a session holds as seconds."""
    return datetime.datetime.fromtimestamp(stored, datetime.UTC) if isinstance(stored, int | float) else None


def open_session(session: Any, *, way: str, at: datetime.datetime, device: str) -> None:
    """Mark a session that begins now: how one signed in, when, and on what."""
    session.update({STARTED: at.timestamp(), SEEN: at.timestamp(), WAY: way, DEVICE: device_of(device)})


def device_of(agent: str) -> str:
    """Return browser and system in words, for people who look for a session that is not theirs."""
    named = [next((name for mark, name in table if mark in agent), "") for table in (BROWSERS, SYSTEMS)]
    return ", ".join(name for name in named if name)


def expired(
    session: Any, at: datetime.datetime, idle: datetime.timedelta, longest: datetime.timedelta
) -> str | Promise:
    """Return why a session may not go on, or nothing."""
    started, seen = moment(session.get(STARTED)), moment(session.get(SEEN))
    if seen and at - seen > idle:
        return _("You were signed out because this session was not used for a while. Sign in again to go on.")
    if started and at - started > longest:
        return _("You were signed out because sessions last no longer than a working day. Sign in again to go on.")
    return ""


def sessions_of(user: User, at: datetime.datetime) -> models.QuerySet[Session]:
    """Return a person's sessions that have not ended, the last used first."""
    return Session.objects.filter(user=user, expire_date__gt=at).order_by(models.F("seen_at").desc(nulls_last=True))


def end_sessions(user: User, but: str = "") -> int:
    """End a person's sessions, on every web machine at once. Return how many."""
    ended, _kinds = Session.objects.filter(user=user).exclude(session_key=but).delete()
    return ended


def mark_of(key: str) -> str:
    """Return what names a session on a page: its key would let in whoever reads it."""
    return salted_hmac("core.signin.sessions", key).hexdigest()[:20]
