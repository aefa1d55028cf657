"""Decisions of people who do not sign in, and what happened around a claim."""

from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Case, F, Q, When
from django.utils.translation import gettext_lazy as _

from claims.enums import DecisionKind, GrantKind, MilestoneKind, Origin, Outcome, PaperKind, Series
from claims.models.budget import Envelope
from claims.models.claim import Claim, ClaimLine
from core.fields import DayField, EuroField, PublicIdField
from core.history import tracked
from core.models import NamedVersioned, Reference


@tracked()
class Party(Reference):
    """Who decides or is consulted without signing in: a member of government, another ministry."""

    code = models.CharField(
        _("code"), max_length=20, unique=True, help_text=_("As papers say it, for example M, R or FIN.")
    )
    settles = models.BooleanField(
        _("its decision settles a claim"), default=False, help_text=_("Otherwise it is on record, but moves no money.")
    )

    class Meta(Reference.Meta):
        abstract = False
        verbose_name = _("deciding party")
        verbose_name_plural = _("deciding parties")
        ordering = ["code"]

    def __str__(self) -> str:
        return f"{self.code} – {self.name()}"


class Decision(NamedVersioned):
    """What a party decided. Registered by one person and confirmed by another; then it never changes.

    One that `settles` decides the claim's round: confirming it takes the step and books the grant entries.
    """

    claim: Any = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="decisions", verbose_name=_("claim"))
    round = models.PositiveSmallIntegerField(_("round"))
    party: Any = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+", verbose_name=_("decided by"))
    kind = models.CharField(_("about"), max_length=12, choices=DecisionKind.choices, default=DecisionKind.MONEY)
    outcome = models.CharField(_("outcome"), max_length=12, choices=Outcome.choices)
    settles = models.BooleanField(_("settles this claim"), default=False)
    decided_on = DayField(_("date of the decision"), null=True, blank=True)
    date_unknown = models.BooleanField(_("date unknown"), default=False)
    wording = models.TextField(_("wording of the decision"), blank=True)
    condition = models.TextField(_("condition"), blank=True)
    remark = models.TextField(_("remark"), blank=True, help_text=_("What was written beside it."))
    origin = models.CharField(_("origin"), max_length=10, choices=Origin.choices, default=Origin.USER, editable=False)
    source = models.CharField(_("source"), max_length=200, blank=True, editable=False)
    registered_by: Any = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("registered by")
    )
    registered_at = models.DateTimeField(_("registered at"))
    confirmed_by: Any = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("confirmed by")
    )
    confirmed_at = models.DateTimeField(_("confirmed at"), null=True)
    dropped_by: Any = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("dropped by")
    )
    dropped_at = models.DateTimeField(_("dropped at"), null=True)
    drop_reason = models.TextField(_("why dropped"), blank=True)

    class Meta(NamedVersioned.Meta):
        abstract = False
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        ordering = ["claim", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(decided_on__isnull=False, date_unknown=False)
                | Q(decided_on__isnull=True, date_unknown=True),
                name="decision_date_or_unknown",
                violation_error_message=_("Give the date of the decision, or say that it is unknown."),
            ),
            models.CheckConstraint(
                condition=Q(confirmed_at__isnull=True, confirmed_by__isnull=True)
                | Q(confirmed_at__isnull=False, confirmed_by__isnull=False),
                name="decision_confirmed_pair",
            ),
            models.CheckConstraint(
                condition=Q(dropped_at__isnull=True, dropped_by__isnull=True, drop_reason="")
                | Q(dropped_at__isnull=False, dropped_by__isnull=False, confirmed_at__isnull=True),
                name="decision_dropped_pair",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True) | ~Q(confirmed_by=F("registered_by")),
                name="decision_four_eyes",
                violation_error_message=_("Whoever registered a decision does not confirm it."),
            ),
            models.CheckConstraint(
                condition=~Q(outcome=Outcome.CONDITIONAL) | ~Q(condition=""),
                name="decision_condition_given",
                violation_error_message=_("Say what the condition is."),
            ),
            models.CheckConstraint(
                condition=Q(origin=Origin.USER, source="") | (Q(origin=Origin.TAKE_ON) & ~Q(source="")),
                name="decision_origin_and_source",
            ),
            models.CheckConstraint(condition=Q(outcome__in=Outcome.values), name="decision_outcome_known"),
            models.CheckConstraint(condition=Q(kind__in=DecisionKind.values), name="decision_kind_known"),
            models.UniqueConstraint(
                fields=["claim", "round"],
                condition=Q(settles=True, confirmed_at__isnull=True, dropped_at__isnull=True),
                name="decision_one_open",
                violation_error_message=_("Another decision on this claim waits for confirmation."),
            ),
        ]

    def __str__(self) -> str:
        return str(Outcome(self.outcome).label)

    @property
    def is_open(self) -> bool:
        """True while it waits for confirmation."""
        return self.confirmed_at is None and self.dropped_at is None


class DecisionAmount(models.Model):
    """What a decision grants to one line from one envelope, in EUR. Zero for what it refuses; cash None when not known."""

    decision: Any = models.ForeignKey(Decision, on_delete=models.CASCADE, related_name="amounts")
    line: Any = models.ForeignKey(ClaimLine, on_delete=models.PROTECT, related_name="+", verbose_name=_("claim line"))
    envelope: Any = models.ForeignKey(Envelope, on_delete=models.PROTECT, related_name="+", verbose_name=_("envelope"))
    commitment = EuroField(_("commitment granted"), default=Decimal(0))
    cash = EuroField(_("cash granted"), null=True, blank=True)

    class Meta:
        verbose_name = _("amount granted")
        verbose_name_plural = _("amounts granted")
        ordering = ["decision", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["decision", "line", "envelope"], name="decision_amount_once"),
            models.CheckConstraint(
                condition=Q(commitment__gte=0) & (Q(cash__isnull=True) | Q(cash__gte=0)),
                name="decision_amount_not_negative",
                violation_error_message=_("Amounts are not negative."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.commitment)


@tracked()
class Milestone(NamedVersioned):
    """Something that happened around a claim, in any order: coordinated, House informed, published, transferred."""

    claim: Any = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="milestones", verbose_name=_("claim"))
    kind = models.CharField(_("what"), max_length=12, choices=MilestoneKind.choices)
    party = models.CharField(
        _("with or to whom"), max_length=200, blank=True, help_text=_("For example FIN, or the House.")
    )
    paper = models.CharField(
        _("about which paper"),
        max_length=10,
        choices=PaperKind.choices,
        blank=True,
        help_text=_("Empty: the claim as a whole."),
    )
    happened_on = DayField(_("on"), null=True, blank=True)
    date_unknown = models.BooleanField(_("date unknown"), default=False)
    remark = models.TextField(_("remark"), blank=True)
    recorded_by: Any = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("recorded by")
    )
    recorded_at = models.DateTimeField(_("recorded at"))

    class Meta(NamedVersioned.Meta):
        abstract = False
        verbose_name = _("milestone")
        verbose_name_plural = _("milestones")
        ordering = ["claim", "happened_on", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=MilestoneKind.values), name="milestone_kind_known"),
            models.CheckConstraint(
                condition=Q(happened_on__isnull=False, date_unknown=False)
                | Q(happened_on__isnull=True, date_unknown=True),
                name="milestone_date_or_unknown",
                violation_error_message=_("Give the date, or say that it is unknown."),
            ),
        ]

    def __str__(self) -> str:
        return str(MilestoneKind(self.kind).label)


class GrantEntry(models.Model):
    """Money granted to a line from an envelope in one series, in EUR. Append-only; booked only by a step's trigger."""

    public_id = PublicIdField()
    line: Any = models.ForeignKey(
        ClaimLine, on_delete=models.PROTECT, related_name="grants", verbose_name=_("claim line")
    )
    envelope: Any = models.ForeignKey(
        Envelope, on_delete=models.PROTECT, related_name="grants", verbose_name=_("envelope")
    )
    series = models.CharField(_("series"), max_length=12, choices=Series.choices)
    kind = models.CharField(_("kind"), max_length=12, choices=GrantKind.choices)
    amount = EuroField(_("amount"))
    signed = models.GeneratedField(
        expression=Case(When(kind=GrantKind.GRANT, then=F("amount")), default=-F("amount")),
        output_field=models.DecimalField(max_digits=18, decimal_places=2),
        db_persist=True,
    )
    step: Any = models.ForeignKey(
        "claims.Step", on_delete=models.PROTECT, related_name="grants", verbose_name=_("step")
    )
    booked_on = models.DateField(_("booked on"))
    recorded_at = models.DateTimeField(_("recorded at"))
    recorded_by: Any = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("grant entry")
        verbose_name_plural = _("grant entries")
        ordering = ["line", "pk"]
        indexes = [models.Index(fields=["envelope", "series"])]
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="grant_amount_positive"),
            models.CheckConstraint(condition=Q(kind__in=GrantKind.values), name="grant_kind_known"),
            models.CheckConstraint(condition=Q(series__in=Series.values), name="grant_series_known"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.amount}"
