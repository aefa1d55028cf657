"""What colleagues say to each other about a claim, and what must be done by when. Never printed in a paper."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from claims.models.claim import Claim, ClaimLine
from claims.models.template import TemplateSection
from core.fields import DayField
from core.history import tracked
from core.models import NamedVersioned


class Remark(NamedVersioned):
    """A remark on a claim, a question of the form or a line; answered by other remarks, closed when dealt with."""

    claim: Any = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="remarks", verbose_name=_("claim"))
    question: Any = models.ForeignKey(
        TemplateSection, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("question")
    )
    line: Any = models.ForeignKey(
        ClaimLine, on_delete=models.CASCADE, null=True, blank=True, related_name="remarks", verbose_name=_("claim line")
    )
    answers: Any = models.ForeignKey(
        "self", on_delete=models.CASCADE, null=True, blank=True, related_name="replies", verbose_name=_("answers")
    )
    text = models.TextField(_("remark"), max_length=4000)
    by: Any = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("by")
    )
    at = models.DateTimeField(_("at"))
    closed_by: Any = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("closed by")
    )
    closed_at = models.DateTimeField(_("closed at"), null=True)

    class Meta(NamedVersioned.Meta):
        abstract = False
        verbose_name = _("remark")
        verbose_name_plural = _("remarks")
        ordering = ["claim", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True, closed_by__isnull=True)
                | Q(closed_at__isnull=False, closed_by__isnull=False),
                name="remark_closed_pair",
            ),
            models.CheckConstraint(
                condition=Q(question__isnull=True) | Q(line__isnull=True), name="remark_on_one_thing"
            ),
            models.CheckConstraint(condition=~Q(text=""), name="remark_says_something"),
        ]

    def __str__(self) -> str:
        return self.text[:60]


@tracked()
class Deadline(NamedVersioned):
    """Something that must be done for a claim by a day."""

    claim: Any = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="deadlines", verbose_name=_("claim"))
    subject = models.CharField(_("what"), max_length=200)
    due_on = DayField(_("due on"))
    responsible: Any = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("responsible"),
        help_text=_("Empty: the file holder."),
    )
    done_on = DayField(_("done on"), null=True, blank=True)

    class Meta(NamedVersioned.Meta):
        abstract = False
        verbose_name = _("deadline")
        verbose_name_plural = _("deadlines")
        ordering = ["due_on", "pk"]

    def __str__(self) -> str:
        return self.subject


class Handover(models.Model):
    """A claim handed over from one file holder to another, with the note of how it stood. Append-only."""

    claim: Any = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="handovers", verbose_name=_("claim"))
    old_owner: Any = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("from")
    )
    new_owner: Any = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("to")
    )
    note = models.TextField(_("note"), blank=True)
    summary = models.JSONField(_("how it stood"), default=dict)
    by: Any = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("by")
    )
    at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("handover")
        verbose_name_plural = _("handovers")
        ordering = ["claim", "pk"]

    def __str__(self) -> str:
        return f"{self.claim_id}"
