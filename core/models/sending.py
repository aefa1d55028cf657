"""Forms that made a record: each is taken once."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Sending(models.Model):
    """The token of a form that was saved, so that a second press of its button makes no second record."""

    token = models.UUIDField(primary_key=True)
    at = models.DateTimeField(_("at"), db_index=True)
    by: Any = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    led_to = models.CharField(max_length=500, blank=True)

    class Meta:
        verbose_name = _("form sent")
        verbose_name_plural = _("forms sent")

    def __str__(self) -> str:
        return str(self.token)
