"""A claim's way from draft to decision: steps, approvals, and findings answered with a reason. All append-only."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from claims.enums import ClaimState, StepKind
from claims.models.claim import Claim
from claims.rules.places import told
from core.fields import EuroField, PublicIdField
from core.history import tracked


class ApprovalRule(models.Model):
    """From which amount (EUR) how many controllers must agree."""

    from_amount = EuroField(_("from amount"), unique=True)
    approvals = models.PositiveSmallIntegerField(_("number of controllers who agree"))

    class Meta:
        verbose_name = _("approval rule")
        verbose_name_plural = _("approval rules")
        ordering = ["from_amount"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(approvals__gte=1, approvals__lte=5, from_amount__gte=0),
                name="approval_rule_sane",
                violation_error_message=_("Give an amount from zero on, and one to five controllers."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.from_amount}: {self.approvals}"


tracked()(ApprovalRule)


class Step(models.Model):
    """One step of a claim. Recording it is the only way to change a claim's state: a trigger checks it and moves the claim.

    `round` is the round after the step, `digest` marks the content that whoever took the step was shown.
    """

    public_id = PublicIdField()
    claim: Any = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="steps", verbose_name=_("claim"))
    round = models.PositiveSmallIntegerField(_("round"))
    kind = models.CharField(_("step"), max_length=20, choices=StepKind.choices)
    from_state = models.CharField(_("from"), max_length=20, choices=ClaimState.choices)
    to_state = models.CharField(_("to"), max_length=20, choices=ClaimState.choices)
    by: Any = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("by")
    )
    at = models.DateTimeField(_("at"))
    booked_on = models.DateField(_("booked on"))
    remark = models.TextField(_("remark"), blank=True)
    digest = models.CharField(_("content"), max_length=64)
    decision: Any = models.ForeignKey(
        "claims.Decision", on_delete=models.PROTECT, null=True, related_name="steps", verbose_name=_("decision")
    )
    recorded_at = models.DateTimeField(_("recorded at"), db_default=Now(), editable=False)

    class Meta:
        verbose_name = _("step")
        verbose_name_plural = _("steps")
        ordering = ["claim", "pk"]
        constraints = [
            models.CheckConstraint(condition=models.Q(kind__in=StepKind.values), name="step_kind_known"),
            models.CheckConstraint(
                condition=models.Q(kind=StepKind.DECIDE, decision__isnull=False)
                | (~models.Q(kind=StepKind.DECIDE) & models.Q(decision__isnull=True)),
                name="step_decision_given",
            ),
        ]

    def __str__(self) -> str:
        return str(StepKind(self.kind).label)


class StepContent(models.Model):
    """A claim's own rows as they stood when it was submitted, decided, or taken up for amendment. Written by the step's trigger."""

    step: Any = models.OneToOneField(Step, on_delete=models.PROTECT, related_name="content")
    rows = models.JSONField()

    def __str__(self) -> str:
        return str(self.pk)


class Approval(models.Model):
    """One controller's agreement with one submission, bound to the content that was shown."""

    submission: Any = models.ForeignKey(Step, on_delete=models.PROTECT, related_name="approvals")
    by: Any = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("by")
    )
    at = models.DateTimeField(_("at"))
    digest = models.CharField(_("content"), max_length=64)
    remark = models.TextField(_("remark"), blank=True)

    class Meta:
        verbose_name = _("agreement")
        verbose_name_plural = _("agreements")
        ordering = ["submission", "pk"]
        constraints = [models.UniqueConstraint(fields=["submission", "by"], name="approval_once")]

    def __str__(self) -> str:
        return str(self.by)


class FindingAnswer(models.Model):
    """Why a finding is left as it is. Holds for the round in which it was given; a newer answer replaces an older."""

    claim: Any = models.ForeignKey(
        Claim, on_delete=models.CASCADE, related_name="finding_answers", verbose_name=_("claim")
    )
    round = models.PositiveSmallIntegerField(_("round"))
    code = models.CharField(_("finding"), max_length=60)
    place = models.CharField(_("where"), max_length=300, help_text=_("What the finding is about, as it was shown."))
    message = models.TextField(_("what was found"), help_text=_("As it was shown."))
    reason = models.TextField(_("reason"))
    by: Any = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("by")
    )
    at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("answered finding")
        verbose_name_plural = _("answered findings")
        ordering = ["claim", "pk"]
        indexes = [models.Index(fields=["claim", "round", "code"])]

    def __str__(self) -> str:
        return f"{self.code} {self.place}"

    @property
    def where(self) -> str:
        """The place as a reader is told it."""
        return told(self.place)
