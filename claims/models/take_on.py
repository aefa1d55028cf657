"""Taking a running administration on: the file with its opening balances, kept until another person confirms it.

A file is kept between its upload and its taking in; its digest, date, source and what became of it stay.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from claims.models.books import LARGEST_FILE
from core.fields import DayField, PublicIdField

USER = settings.AUTH_USER_MODEL


class TakeOn(models.Model):
    """One file of opening balances per a date: added by a financial officer, taken in by a controller."""

    public_id = PublicIdField()
    name = models.CharField(_("file name"), max_length=200)
    size = models.PositiveIntegerField(_("size"))
    digest = models.CharField(_("SHA-256"), max_length=64)
    content = models.BinaryField(null=True)
    answers = models.JSONField(_("answers"), default=dict)
    as_of = DayField(_("as of"), help_text=_("The stands of the file are those at the end of this day."))
    source = models.CharField(
        _("source"),
        max_length=200,
        help_text=_("Where the stands come from, for example the year's closing in the books."),
    )
    added_by: Any = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+", verbose_name=_("added by"))
    added_at = models.DateTimeField(_("added at"))
    done_by: Any = models.ForeignKey(
        USER, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("done by")
    )
    done_at = models.DateTimeField(_("done at"), null=True)
    taken_in = models.BooleanField(_("taken in"), default=False)
    counts = models.JSONField(_("what was recorded"), default=dict)

    class Meta:
        verbose_name = _("opening balance")
        verbose_name_plural = _("opening balances")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(size__gt=0, size__lte=LARGEST_FILE), name="take_on_size"),
            models.CheckConstraint(
                condition=~Q(source=""),
                name="take_on_source",
                violation_error_message=_("Say where the stands come from."),
            ),
            models.CheckConstraint(
                condition=Q(done_at__isnull=True, done_by__isnull=True, content__isnull=False, taken_in=False)
                | Q(done_at__isnull=False, done_by__isnull=False, content__isnull=True),
                name="take_on_kept_until_done",
            ),
            models.CheckConstraint(
                condition=Q(taken_in=False) | ~Q(done_by=F("added_by")),
                name="take_on_four_eyes",
                violation_error_message=_("Whoever added the file does not take it in: a controller does."),
            ),
        ]

    def __str__(self) -> str:
        return self.name
