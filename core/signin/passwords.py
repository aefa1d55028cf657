"""What a local password must be, and how it changes: chosen by its owner, or given by an administrator for once."""

from __future__ import annotations

import datetime

from django.contrib.auth.password_validation import MinimumLengthValidator
from django.utils.translation import gettext as _

from core import audit
from core.models import User
from core.signin import sessions
from core.transactions import acting


class LongEnough(MinimumLengthValidator):
    """Asks for a length, in words that are translated (Django's own Dutch lacks them)."""

    def get_error_message(self) -> str:
        return _("This password is too short: it takes at least %d characters.") % self.min_length

    def get_help_text(self) -> str:
        return _("At least %d characters.") % self.min_length


@acting
def choose(*, by: User, at: datetime.datetime, password: str, session: str) -> None:
    """Change one's own password; every session but the one that is named ends."""
    by.set_password(password)
    by.password_given = False
    by.save(update_fields=["password", "password_given"])
    sessions.end_sessions(by, but=session)
    audit.record(by=by, at=at, kind="password.changed", subject=f"user {by.public_id}")


def give(*, by: User, at: datetime.datetime, to: User, password: str) -> None:
    """Set somebody's password, to be saved with the person: who gets one of another chooses a new one before going on."""
    to.set_password(password)
    to.password_given = to.pk != by.pk
    audit.record(by=by, at=at, kind="password.given", subject=f"user {to.public_id}")
