"""The organisation's own look of Word and OpenDocument files: reference documents, in versions, of which one per format is in use."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.fields import PublicIdField
from core.history import tracked


class StyleFormat(models.TextChoices):
    """The files that have a reference document."""

    DOCX = "docx", _("Word file (DOCX)")
    ODT = "odt", _("OpenDocument file (ODT)")


class HouseStyleQuerySet(models.QuerySet["HouseStyle"]):
    """Questions about reference documents."""

    def told(self) -> HouseStyleQuerySet:
        """Fetch what a list shows; the files stay in the database."""
        return self.select_related("added_by").defer("content")


@tracked(exclude=("content",))
class HouseStyle(models.Model):
    """One version of a reference document. The file never changes and is never removed; only whether it is in use does."""

    public_id = PublicIdField()
    format = models.CharField(_("format"), max_length=4, choices=StyleFormat.choices)
    number = models.PositiveIntegerField(_("version"))
    name = models.CharField(_("file name"), max_length=120)
    content = models.BinaryField()
    size = models.PositiveIntegerField(_("size"))
    digest = models.CharField("SHA-256", max_length=64)
    in_use = models.BooleanField(_("in use"), default=False)
    added_by: Any = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("added by")
    )
    added_at = models.DateTimeField(_("added at"))

    objects = HouseStyleQuerySet.as_manager()

    class Meta:
        verbose_name = _("house style file")
        verbose_name_plural = _("house style files")
        ordering = ["format", "-number"]
        constraints = [
            models.CheckConstraint(condition=Q(format__in=StyleFormat.values), name="house_style_format_known"),
            models.UniqueConstraint(fields=["format", "number"], name="house_style_version_once"),
            models.UniqueConstraint(
                fields=["format", "digest"],
                name="house_style_once",
                violation_error_message=_("This file is there already, as an earlier version."),
            ),
            models.UniqueConstraint(fields=["format"], condition=Q(in_use=True), name="house_style_one_in_use"),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.number})"
