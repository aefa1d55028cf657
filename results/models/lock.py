"""Locks of reporting periods: what was reported for a closed period stays as it is."""

from typing import Any

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.fields import DayField
from core.models import FetchingManager, Named
from partners.models import Partner


class PeriodLockManager(FetchingManager):
    """Fetches who closed the period, as every list shows it."""

    names_from = ("partner", "locked_by")


class PeriodLock(Named):
    """A partner's results whose period ends within these days are closed. A lock is lifted with a reason, never removed.

    Its rows are their own history: nothing but the lifting is ever added.
    """

    partner: Any = models.ForeignKey(
        Partner, on_delete=models.PROTECT, related_name="period_locks", verbose_name=_("partner")
    )
    period_start = DayField(_("from"))
    period_end = DayField(_("up to and including"))
    reason = models.CharField(
        _("reason"), max_length=300, help_text=_("For example: annual report 2024 received and approved.")
    )
    locked_at = models.DateTimeField(_("locked at"), editable=False)
    locked_by: Any = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        editable=False,
        verbose_name=_("locked by"),
    )
    lifted_at = models.DateTimeField(_("lifted at"), null=True, blank=True, editable=False)
    lifted_by: Any = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        editable=False,
        verbose_name=_("lifted by"),
    )
    lift_reason = models.CharField(_("reason for lifting"), max_length=300, blank=True, editable=False)

    objects = PeriodLockManager()

    class Meta:
        base_manager_name = "objects"
        verbose_name = _("period lock")
        verbose_name_plural = _("period locks")
        ordering = ["-period_end", "partner", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(period_end__gte=F("period_start")),
                name="period_lock_period",
                violation_error_message=_("A period ends on or after the day it begins."),
            ),
            models.CheckConstraint(
                condition=Q(lifted_at__isnull=True, lifted_by__isnull=True, lift_reason="")
                | Q(lifted_at__isnull=False, lifted_by__isnull=False, lift_reason__gt=""),
                name="period_lock_lifted_pair",
                violation_error_message=_("A lock that is lifted says by whom, when and why."),
            ),
        ]
        triggers = [
            *Named.Meta.triggers,
            pgtrigger.Protect(name="keep", operation=pgtrigger.Delete),
            pgtrigger.Trigger(
                name="only_lift",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                func="""
                    IF OLD.lifted_at IS NOT NULL
                       OR (OLD.partner_id, OLD.period_start, OLD.period_end, OLD.reason, OLD.locked_at, OLD.locked_by_id)
                          IS DISTINCT FROM
                          (NEW.partner_id, NEW.period_start, NEW.period_end, NEW.reason, NEW.locked_at, NEW.locked_by_id)
                    THEN
                        RAISE EXCEPTION 'A lock is lifted once and otherwise stays as it is'
                            USING ERRCODE = '23514', CONSTRAINT = 'period_lock_only_lifted';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.partner.short_name}: {self.period_start} – {self.period_end}"

    @property
    def lifted(self) -> bool:
        """True when the period is open again."""
        return self.lifted_at is not None
