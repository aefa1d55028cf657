"""Sessions of people who are signed in, and short-lived values that all web machines share."""

from typing import Any

from django.conf import settings
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.utils.translation import gettext_lazy as _


class Session(AbstractBaseSession):
    """A session with whose it is, so that it can be ended when the account is."""

    user: Any = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, related_name="sessions", verbose_name=_("user")
    )
    started_at = models.DateTimeField(_("signed in at"), null=True)
    seen_at = models.DateTimeField(_("last used at"), null=True)
    device = models.CharField(_("device"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("session")
        verbose_name_plural = _("sessions")

    @classmethod
    def get_session_store_class(cls) -> Any:
        """Return the engine that reads and writes these rows."""
        from core.signin.sessions import SessionStore

        return SessionStore


class CacheEntry(models.Model):
    """The table of Django's database cache: counts of sign-in attempts, which must hold over every web machine."""

    cache_key = models.CharField(max_length=255, primary_key=True)
    value = models.TextField()
    expires = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return self.cache_key
