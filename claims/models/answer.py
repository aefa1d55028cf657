"""Answers to what checks found: why a finding may stand. Append-only; the newest answer to a finding counts."""

from typing import Any

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from claims.models.claim import Claim


class FindingAnswer(models.Model):
    """One answer. `check` and `key` name the finding by what it says at its place: when that changes, the answer lapses.

    Keeps a copy of what it was about, so that it says the same after changes.
    """

    claim: Any = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="answers", verbose_name=_("claim"))
    check_code = models.CharField(_("check"), max_length=60)
    key = models.CharField(_("place"), max_length=32)
    quote = models.CharField(_("what it was about"), max_length=400)
    reason = models.CharField(_("reason"), max_length=500, blank=True)
    withdrawn = models.BooleanField(_("withdrawn"), default=False)
    by: Any = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("by")
    )
    at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("answer to a finding")
        verbose_name_plural = _("answers to findings")
        ordering = ["claim", "pk"]
        indexes = [models.Index(fields=["claim", "key"], name="answer_by_place")]
        constraints = [
            models.CheckConstraint(
                condition=Q(withdrawn=True, reason="") | (Q(withdrawn=False) & ~Q(reason="")),
                name="answer_has_reason",
                violation_error_message=_("Say why this may stand."),
            )
        ]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return self.reason or str(_("withdrawn"))
