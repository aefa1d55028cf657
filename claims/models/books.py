"""What comes from the ministry's books: files waiting to be taken in, the books' own totals, and months signed off.

A file is kept only between its upload and its taking in; its digest and what became of it stay. Totals and sign-offs are
append-only: the newest of a month, series and activity number counts.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from claims.enums import BooksWorkKind, BooksWorkState, Series
from core.fields import PublicIdField

USER = settings.AUTH_USER_MODEL
LARGEST_FILE = 20 * 1024 * 1024  # bytes


class BooksFile(models.Model):
    """A file from the books: kept while it is looked at, emptied once it is taken in or put away."""

    public_id = PublicIdField()
    name = models.CharField(_("file name"), max_length=200)
    size = models.PositiveIntegerField(_("size"))
    digest = models.CharField(_("SHA-256"), max_length=64)
    content = models.BinaryField(null=True)
    answers = models.JSONField(_("answers"), default=dict)
    added_by: Any = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+", verbose_name=_("added by"))
    added_at = models.DateTimeField(_("added at"))
    done_by: Any = models.ForeignKey(
        USER, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("done by")
    )
    done_at = models.DateTimeField(_("done at"), null=True)
    taken_in = models.BooleanField(_("taken in"), default=False)
    new = models.PositiveIntegerField(_("new"), default=0)
    recognised = models.PositiveIntegerField(_("recognised"), default=0)
    deviations = models.PositiveIntegerField(_("deviations"), default=0)
    large = models.BooleanField(_("read by the worker"), default=False)

    class Meta:
        verbose_name = _("file from the books")
        verbose_name_plural = _("files from the books")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(size__gt=0, size__lte=LARGEST_FILE), name="books_file_size"),
            models.CheckConstraint(
                condition=Q(done_at__isnull=True, done_by__isnull=True, content__isnull=False, taken_in=False)
                | Q(done_at__isnull=False, done_by__isnull=False, content__isnull=True),
                name="books_file_kept_until_done",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class BooksWork(models.Model):
    """A large file being read or taken in by the worker: how far it is, and what it would do. The newest of a file counts.

    `outcome` is the page's preview in the language of who asked; `shown` is the mark of what was agreed to.
    """

    public_id = PublicIdField()
    file: Any = models.ForeignKey(BooksFile, on_delete=models.CASCADE, related_name="works")
    kind = models.CharField(_("what"), max_length=10, choices=BooksWorkKind.choices)
    state = models.CharField(_("state"), max_length=10, choices=BooksWorkState.choices, default=BooksWorkState.WAITING)
    rows = models.PositiveIntegerField(_("rows read"), default=0)
    shown = models.CharField(max_length=64, blank=True)
    language = models.CharField(_("language"), max_length=2)
    outcome = models.JSONField(null=True)
    problem = models.CharField(max_length=1000, blank=True)
    asked_by: Any = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+", verbose_name=_("asked by"))
    asked_at = models.DateTimeField(_("asked at"))

    class Meta:
        verbose_name = _("work on a file from the books")
        verbose_name_plural = _("works on files from the books")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=BooksWorkKind.values), name="books_work_kind_known"),
            models.CheckConstraint(condition=Q(state__in=BooksWorkState.values), name="books_work_state_known"),
            models.UniqueConstraint(
                fields=["file"],
                condition=~Q(state__in=[BooksWorkState.DONE, BooksWorkState.FAILED]),
                name="books_work_one_open",
                violation_error_message=_("The worker is busy with this file already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.public_id}"

    @property
    def finished(self) -> bool:
        """Tell whether nothing more is to be waited for."""
        return self.state in (BooksWorkState.DONE, BooksWorkState.FAILED)


class BooksTotal(models.Model):
    """What the books say was booked in a month on an activity number, in EUR, and why that differs from ours."""

    month = models.DateField(_("month"), help_text=_("Its first day."))
    series = models.CharField(_("series"), max_length=12, choices=Series.choices)
    activity_number = models.CharField(_("activity number"), max_length=40, blank=True)
    amount = models.DecimalField(_("amount in the books"), max_digits=18, decimal_places=2)
    explanation = models.CharField(_("explanation of the difference"), max_length=500, blank=True)
    source = models.CharField(_("source"), max_length=200, blank=True)
    recorded_by: Any = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(_("recorded at"))

    class Meta:
        verbose_name = _("total from the books")
        verbose_name_plural = _("totals from the books")
        ordering = ["month", "series", "activity_number", "pk"]
        indexes = [models.Index(fields=["month", "series", "activity_number"])]
        constraints = [
            models.CheckConstraint(condition=Q(month__day=1), name="books_total_first_day"),
            models.CheckConstraint(condition=Q(series__in=Series.values), name="books_total_series_known"),
        ]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m} {self.activity_number}"


class Reconciliation(models.Model):
    """A month that a controller found to agree with the books, with the figures as they stood then."""

    public_id = PublicIdField()
    month = models.DateField(_("month"), help_text=_("Its first day."))
    lines = models.JSONField(_("figures"), default=list)
    mark = models.CharField(max_length=64)
    remark = models.CharField(_("remark"), max_length=500, blank=True)
    signed_by: Any = models.ForeignKey(
        USER, on_delete=models.PROTECT, related_name="+", verbose_name=_("signed off by")
    )
    signed_at = models.DateTimeField(_("signed off at"))

    class Meta:
        verbose_name = _("reconciliation")
        verbose_name_plural = _("reconciliations")
        ordering = ["-month", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(month__day=1), name="reconciliation_first_day"),
            models.UniqueConstraint(fields=["month", "mark"], name="reconciliation_once"),
        ]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m}"
