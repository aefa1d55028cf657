"""What partners publish in IATI, kept beside the ledger: each file is a version, and nothing in it is ever changed."""

from __future__ import annotations

from typing import Any

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.findings import Severity
from core.models import Named
from results.enums import UploadState

KEEP = pgtrigger.Protect(name="keep", operation=pgtrigger.Update | pgtrigger.Delete)
LARGEST_UPLOAD = 20 * 1024 * 1024  # bytes; larger files come in by the command


class IatiFile(Named):
    """One file as it was taken in. Files of one publisher and name are versions of each other."""

    name = models.CharField(_("name"), max_length=200)
    publisher = models.TextField(_("publisher"), help_text=_("The identifier of the organisation that reports."))
    number = models.PositiveIntegerField(_("version"))
    digest = models.CharField(_("SHA-256"), max_length=64, unique=True)
    size = models.PositiveBigIntegerField(_("size in bytes"))
    activities_count = models.PositiveIntegerField(_("activities"))
    transactions_count = models.PositiveIntegerField(_("transactions"))
    errors_count = models.PositiveIntegerField(_("errors"))
    warnings_count = models.PositiveIntegerField(_("warnings"))
    imported_at = models.DateTimeField(_("taken in at"))
    imported_by: Any = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("taken in by")
    )

    class Meta:
        verbose_name = _("IATI file")
        verbose_name_plural = _("IATI files")
        ordering = ["-imported_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["publisher", "name", "number"],
                name="iati_file_version_once",
                violation_error_message=_("This version of the file is there already."),
            )
        ]
        triggers = [*Named.Meta.triggers, KEEP]

    def __str__(self) -> str:
        return f"{self.name} ({self.number})"


class IatiActivityQuerySet(models.QuerySet["IatiActivity"]):
    """Questions about published activities."""

    def current(self) -> IatiActivityQuerySet:
        """Return what counts: the newest version of each file, and of an identifier in several files the newest file's.

        An activity whose identifier stands in one file twice counts once, the first.
        """
        newest = IatiFile.objects.order_by("publisher", "name", "-number").distinct("publisher", "name").values("pk")
        chosen = (
            self.filter(file__in=newest, repeated=False)
            .order_by("publisher", "identifier", "-file_id")
            .distinct("publisher", "identifier")
        )
        return self.filter(pk__in=chosen.values("pk"))


class IatiActivity(Named):
    """One activity of a file. `facts` holds what was read of it besides its transactions, as it was published."""

    file: Any = models.ForeignKey(
        IatiFile, on_delete=models.PROTECT, related_name="activities", verbose_name=_("IATI file")
    )
    position = models.PositiveIntegerField(_("order"))
    line = models.PositiveIntegerField(_("line"))
    identifier = models.TextField(_("IATI identifier"), db_index=True)
    publisher = models.TextField(_("publisher"), db_index=True)
    title = models.TextField(_("title"), blank=True)
    status = models.CharField(_("state"), max_length=20, blank=True)
    repeated = models.BooleanField(_("repeated"), default=False)
    has_results = models.BooleanField(_("has results"), default=False)
    facts = models.JSONField(_("facts"))

    objects = IatiActivityQuerySet.as_manager()

    class Meta:
        verbose_name = _("published activity")
        verbose_name_plural = _("published activities")
        ordering = ["file", "position"]
        triggers = [*Named.Meta.triggers, KEEP]

    def __str__(self) -> str:
        return f"{self.identifier} {self.title}".strip()


class IatiTransaction(models.Model):
    """One transaction. The amount keeps its sign and currency; None and empty where the file says nothing usable."""

    activity: Any = models.ForeignKey(
        IatiActivity, on_delete=models.PROTECT, related_name="transactions", verbose_name=_("published activity")
    )
    position = models.PositiveIntegerField(_("order"))
    line = models.PositiveIntegerField(_("line"))
    ref = models.TextField(_("reference"), blank=True)
    kind = models.CharField(_("kind"), max_length=20)
    day = models.DateField(_("date"), null=True)
    amount = models.DecimalField(_("amount"), max_digits=24, decimal_places=6, null=True)
    currency = models.CharField(_("currency"), max_length=20, blank=True)
    value_date = models.CharField(_("value date"), max_length=40, blank=True)
    provider_ref = models.TextField(_("provider"), blank=True)
    provider_activity = models.TextField(_("activity of the provider"), blank=True)
    receiver_ref = models.TextField(_("receiver"), blank=True)
    receiver_activity = models.TextField(_("activity of the receiver"), blank=True)
    more = models.JSONField(_("names and description"), default=dict)

    class Meta:
        verbose_name = _("published transaction")
        verbose_name_plural = _("published transactions")
        ordering = ["activity", "position"]
        indexes = [models.Index(fields=["provider_ref", "kind"])]
        triggers = [KEEP]

    def __str__(self) -> str:
        return f"{self.kind} {self.day} {self.amount} {self.currency}"


class IatiRemark(models.Model):
    """Something wrong in an activity that was kept."""

    file: Any = models.ForeignKey(
        IatiFile, on_delete=models.PROTECT, related_name="remarks", verbose_name=_("IATI file")
    )
    activity: Any = models.ForeignKey(
        IatiActivity, on_delete=models.PROTECT, related_name="remarks", verbose_name=_("published activity")
    )
    line = models.PositiveIntegerField(_("line"))
    severity = models.PositiveSmallIntegerField(_("severity"), choices=[(one.value, one.label) for one in Severity])
    code = models.CharField(_("rule"), max_length=60)
    message = models.TextField(_("message"))

    class Meta:
        verbose_name = _("remark on a file")
        verbose_name_plural = _("remarks on a file")
        ordering = ["file", "-severity", "line", "pk"]
        triggers = [KEEP]

    def __str__(self) -> str:
        return self.message


class IatiUpload(Named):
    """A file that somebody sent and that waits for the worker, or what became of it. The content goes when it was taken in."""

    name = models.CharField(_("name"), max_length=200)
    content = models.BinaryField(_("content"), null=True)
    asked_by: Any = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("sent by")
    )
    asked_at = models.DateTimeField(_("sent at"))
    state = models.CharField(
        _("state"), max_length=10, choices=UploadState.choices, default=UploadState.WAITING, editable=False
    )
    message = models.TextField(_("message"), blank=True, editable=False)
    file: Any = models.ForeignKey(
        IatiFile, on_delete=models.PROTECT, null=True, related_name="+", editable=False, verbose_name=_("IATI file")
    )

    class Meta:
        verbose_name = _("uploaded IATI file")
        verbose_name_plural = _("uploaded IATI files")
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state=UploadState.WAITING, content__isnull=False, file__isnull=True)
                | Q(state=UploadState.DONE, content__isnull=True, file__isnull=False)
                | Q(state=UploadState.REFUSED, content__isnull=True, file__isnull=True, message__gt=""),
                name="iati_upload_state",
                violation_error_message=_(
                    "An uploaded file waits with its content, or is done, or is refused with a reason."
                ),
            ),
        ]
        triggers = [*Named.Meta.triggers]

    def __str__(self) -> str:
        return self.name
