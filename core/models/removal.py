"""Certificates of what was removed after its retention term. Append-only."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.fields import PublicIdField


class Removal(models.Model):
    """One removal: when, by whom, on what ground, and the hash of every row that went; never what stood in them."""

    public_id = PublicIdField()
    at = models.DateTimeField(_("at"))
    by: Any = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("by")
    )
    ground = models.CharField(_("ground"), max_length=300)
    digest = models.CharField("SHA-256", max_length=64)
    certificate = models.JSONField(_("certificate"))

    class Meta:
        verbose_name = _("certificate of removal")
        verbose_name_plural = _("certificates of removal")
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["digest"], name="removal_once"),
            models.CheckConstraint(condition=~models.Q(ground=""), name="removal_grounded"),
        ]

    def __str__(self) -> str:
        return self.digest[:12]
