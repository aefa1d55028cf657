"""The ledger: budget mutations, commitments, payments, write-offs, raises and deviations. Append-only rows in EUR.

A stand is always a sum of rows. `booked_on` is the day a row counts for; `recorded_at` is when it was written down. An error
is reversed by a row that mirrors and points at it, once. Totals per envelope, line and commitment are kept by triggers only
and carry the limits as constraints (migrations/sql/0005_ledger.sql); `check_ledger` reckons them anew.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Case, F, Q, When
from django.utils.translation import gettext_lazy as _

from claims.enums import (
    BudgetMoment,
    CommitmentKind,
    Direction,
    LimitKind,
    MutationNature,
    MutationStage,
    Origin,
    PaymentKind,
    PlanKind,
    RateKind,
    Series,
    WriteOffKind,
)
from claims.models.budget import Envelope
from claims.models.claim import ClaimLine
from core.fields import DayField, EuroField, PublicIdField
from partners.models import Partner

USER = settings.AUTH_USER_MODEL
SUM = models.DecimalField(max_digits=18, decimal_places=2)


def signed(minus: Q) -> Any:
    """Return the stored column that is summed: the amount, negative for some kinds."""
    return models.GeneratedField(
        expression=Case(When(minus, then=-F("amount")), default=F("amount"), output_field=SUM),
        output_field=SUM,
        db_persist=True,
    )


class LedgerRow(models.Model):
    """What every row of the ledger has: amount, day, who wrote it down, where it comes from, and which row it reverses."""

    public_id = PublicIdField()
    amount = EuroField(_("amount"))
    booked_on = DayField(_("booked on"))
    recorded_at = models.DateTimeField(_("recorded at"))
    recorded_by: Any = models.ForeignKey(
        USER, on_delete=models.PROTECT, related_name="+", verbose_name=_("recorded by")
    )
    origin = models.CharField(_("origin"), max_length=10, choices=Origin.choices, default=Origin.USER)
    voucher = models.CharField(_("voucher number"), max_length=60, blank=True)
    reason = models.CharField(_("reason"), max_length=500, blank=True)
    reverses: Any = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="reversed_by", verbose_name=_("reverses")
    )

    class Meta:
        abstract = True


def row_rules(name: str) -> list[models.BaseConstraint]:
    """Return the constraints that every ledger table has."""
    return [
        models.CheckConstraint(
            condition=Q(amount__gt=0),
            name=f"{name}_amount_positive",
            violation_error_message=_("The amount must be more than zero."),
        ),
        models.CheckConstraint(condition=Q(origin__in=Origin.values), name=f"{name}_origin_known"),
        models.CheckConstraint(
            condition=Q(reverses__isnull=True) | ~Q(reason=""),
            name=f"{name}_reversal_reason",
            violation_error_message=_("Say why this is reversed."),
        ),
        models.UniqueConstraint(
            fields=["voucher"],
            condition=Q(origin=Origin.BOOKS) & ~Q(voucher="") & Q(reverses__isnull=True),
            name=f"{name}_voucher_once",
            violation_error_message=_("This voucher is booked already."),
        ),
    ]


def foreign_whole(name: str) -> models.BaseConstraint:
    """Return the constraint of a table whose rows may have a foreign amount: all five of its fields, or none."""
    return models.CheckConstraint(
        condition=Q(currency="", foreign_amount__isnull=True, rate__isnull=True, rate_kind="", rate_on__isnull=True)
        | Q(
            ~Q(currency="EUR"),
            currency__regex=r"^[A-Z]{3}$",
            foreign_amount__isnull=False,
            foreign_amount__gt=0,
            rate__isnull=False,
            rate__gt=0,
            rate_kind__in=RateKind.values,
            rate_on__isnull=False,
        ),
        name=f"{name}_foreign_whole",
        violation_error_message=_("A foreign amount has its currency, amount, rate, kind of rate and date: all five."),
    )


class Mutation(LedgerRow):
    """A change of an envelope's budget in one series. It counts as budget from stage "processed" on."""

    envelope: Any = models.ForeignKey(
        Envelope, on_delete=models.PROTECT, related_name="mutations", verbose_name=_("envelope")
    )
    series = models.CharField(_("series"), max_length=12, choices=Series.choices)
    direction = models.CharField(_("direction"), max_length=5, choices=Direction.choices, default=Direction.UP)
    nature = models.CharField(_("nature"), max_length=10, choices=MutationNature.choices, default=MutationNature.POLICY)
    moment = models.CharField(_("budget moment"), max_length=14, choices=BudgetMoment.choices)
    source = models.CharField(
        _("source"), max_length=200, blank=True, help_text=_("For example the number of the paper.")
    )
    signed = signed(
        Q(direction=Direction.DOWN, reverses__isnull=True) | Q(direction=Direction.UP, reverses__isnull=False)
    )

    class Meta:
        verbose_name = _("budget mutation")
        verbose_name_plural = _("budget mutations")
        ordering = ["envelope", "booked_on", "pk"]
        indexes = [models.Index(fields=["envelope", "series", "booked_on"])]
        constraints = [
            *row_rules("mutation"),
            models.CheckConstraint(condition=Q(series__in=Series.values), name="mutation_series_known"),
            models.CheckConstraint(condition=Q(direction__in=Direction.values), name="mutation_direction_known"),
            models.CheckConstraint(condition=Q(nature__in=MutationNature.values), name="mutation_nature_known"),
            models.CheckConstraint(condition=Q(moment__in=BudgetMoment.values), name="mutation_moment_known"),
        ]

    def __str__(self) -> str:
        return f"{self.get_moment_display()} {self.signed}"


class StageReached(models.Model):
    """A mutation came to a stage: announced, processed, authorised, in that order and each once."""

    mutation: Any = models.ForeignKey(Mutation, on_delete=models.PROTECT, related_name="stages")
    stage = models.CharField(_("stage"), max_length=10, choices=MutationStage.choices)
    reached_on = DayField(_("reached on"))
    recorded_at = models.DateTimeField(_("recorded at"))
    recorded_by: Any = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    source = models.CharField(_("source"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("stage of a mutation")
        verbose_name_plural = _("stages of mutations")
        ordering = ["mutation", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["mutation", "stage"], name="stage_once"),
            models.CheckConstraint(condition=Q(stage__in=MutationStage.values), name="stage_known"),
        ]

    def __str__(self) -> str:
        return str(MutationStage(self.stage).label)


class Commitment(models.Model):
    """A legal bond with a partner under a claim line. Its amount is the sum of its rows."""

    public_id = PublicIdField()
    number = models.CharField(_("number of the arrangement or decision"), max_length=60, unique=True)
    line: Any = models.ForeignKey(
        ClaimLine, on_delete=models.PROTECT, related_name="commitments", verbose_name=_("claim line")
    )
    partner: Any = models.ForeignKey(
        Partner, on_delete=models.PROTECT, related_name="commitments", verbose_name=_("partner")
    )
    subject = models.CharField(_("subject"), max_length=200, blank=True)
    signed_on = DayField(_("signed on"))
    ends_on = DayField(_("ends on"), null=True, blank=True)
    ground_on = DayField(
        _("date of the letter to the House"),
        null=True,
        blank=True,
        help_text=_("Only when the budget is not authorised yet (art. 2.27, second paragraph, CW 2016)."),
    )
    currency = models.CharField(_("foreign currency"), max_length=3, blank=True, db_default="")
    foreign_amount = models.DecimalField(
        _("amount in that currency"), max_digits=18, decimal_places=2, null=True, blank=True
    )
    rate = models.DecimalField(_("rate"), max_digits=18, decimal_places=8, null=True, blank=True)
    rate_kind = models.CharField(_("kind of rate"), max_length=10, choices=RateKind.choices, blank=True, db_default="")
    rate_on = DayField(_("date of the rate"), null=True, blank=True)
    recorded_at = models.DateTimeField(_("recorded at"))
    recorded_by: Any = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("commitment")
        verbose_name_plural = _("commitments")
        ordering = ["-signed_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("signed_on")),
                name="commitment_ends_after_signing",
                violation_error_message=_("The end is not before the signing."),
            ),
            models.CheckConstraint(condition=~Q(number=""), name="commitment_number_given"),
            foreign_whole("commitment"),
        ]

    def __str__(self) -> str:
        return str(self.number)


class CommitmentRow(LedgerRow):
    """Signing, raising, lowering or revaluing a commitment. It counts in the commitment budget of the envelope's year."""

    commitment: Any = models.ForeignKey(
        Commitment, on_delete=models.PROTECT, related_name="rows", verbose_name=_("commitment")
    )
    envelope: Any = models.ForeignKey(
        Envelope, on_delete=models.PROTECT, related_name="commitment_rows", verbose_name=_("envelope")
    )
    kind = models.CharField(_("kind"), max_length=12, choices=CommitmentKind.choices)
    signed = models.GeneratedField(
        expression=Case(
            When(
                Q(kind__in=[CommitmentKind.LOWER, CommitmentKind.REVALUE_DOWN], reverses__isnull=True)
                | Q(
                    kind__in=[CommitmentKind.SIGN, CommitmentKind.RAISE, CommitmentKind.REVALUE_UP],
                    reverses__isnull=False,
                ),
                then=-F("amount"),
            ),
            default=F("amount"),
            output_field=SUM,
        ),
        output_field=SUM,
        db_persist=True,
    )

    class Meta:
        verbose_name = _("row of a commitment")
        verbose_name_plural = _("rows of a commitment")
        ordering = ["commitment", "pk"]
        indexes = [models.Index(fields=["envelope", "booked_on"])]
        constraints = [
            *row_rules("commitment_row"),
            models.CheckConstraint(condition=Q(kind__in=CommitmentKind.values), name="commitment_row_kind_known"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.amount}"


class Payment(LedgerRow):
    """Money paid or received back under a commitment. It counts in the cash budget of the envelope's year.

    `paid_on` is the transaction's own date. A foreign amount is kept as booked, with its rate; never computed from the EUR.
    """

    commitment: Any = models.ForeignKey(
        Commitment, on_delete=models.PROTECT, related_name="payments", verbose_name=_("commitment")
    )
    envelope: Any = models.ForeignKey(
        Envelope, on_delete=models.PROTECT, related_name="payments", verbose_name=_("envelope")
    )
    kind = models.CharField(_("kind"), max_length=10, choices=PaymentKind.choices)
    paid_on = DayField(_("paid on"))
    currency = models.CharField(_("foreign currency"), max_length=3, blank=True)
    foreign_amount = models.DecimalField(
        _("amount in that currency"), max_digits=18, decimal_places=2, null=True, blank=True
    )
    rate = models.DecimalField(_("rate"), max_digits=18, decimal_places=8, null=True, blank=True)
    rate_kind = models.CharField(_("kind of rate"), max_length=10, choices=RateKind.choices, blank=True)
    rate_on = DayField(_("date of the rate"), null=True, blank=True)
    signed = models.GeneratedField(
        expression=Case(
            When(
                Q(kind=PaymentKind.RECEIPT, reverses__isnull=True)
                | (~Q(kind=PaymentKind.RECEIPT) & Q(reverses__isnull=False)),
                then=-F("amount"),
            ),
            default=F("amount"),
            output_field=SUM,
        ),
        output_field=SUM,
        db_persist=True,
    )

    class Meta:
        verbose_name = _("payment")
        verbose_name_plural = _("payments")
        ordering = ["commitment", "booked_on", "pk"]
        indexes = [models.Index(fields=["envelope", "booked_on"]), models.Index(fields=["commitment", "booked_on"])]
        constraints = [
            *row_rules("payment"),
            models.CheckConstraint(condition=Q(kind__in=PaymentKind.values), name="payment_kind_known"),
            foreign_whole("payment"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.amount}"


class WriteOff(LedgerRow):
    """An advance, or part of it, written off against the partner's report."""

    advance: Any = models.ForeignKey(
        Payment, on_delete=models.PROTECT, related_name="write_offs", verbose_name=_("advance")
    )
    kind = models.CharField(_("kind"), max_length=12, choices=WriteOffKind.choices)
    report = models.CharField(_("report"), max_length=200, help_text=_("Which report or settlement, with its date."))
    signed = signed(Q(reverses__isnull=False))

    class Meta:
        verbose_name = _("write-off")
        verbose_name_plural = _("write-offs")
        ordering = ["advance", "pk"]
        constraints = [
            *row_rules("write_off"),
            models.CheckConstraint(condition=Q(kind__in=WriteOffKind.values), name="write_off_kind_known"),
            models.CheckConstraint(condition=~Q(report=""), name="write_off_report_given"),
        ]

    def __str__(self) -> str:
        return f"{self.amount}"


def _named_limit() -> Q:
    envelope = Q(kind__in=[LimitKind.ENVELOPE_COMMITMENT, LimitKind.ENVELOPE_CASH])
    return (
        (envelope & Q(envelope__isnull=False, line__isnull=True, commitment__isnull=True))
        | Q(kind=LimitKind.LINE, envelope__isnull=True, line__isnull=False, commitment__isnull=True)
        | Q(kind=LimitKind.COMMITMENT, envelope__isnull=True, line__isnull=True, commitment__isnull=False)
    )


class LimitRaise(models.Model):
    """One limit widened until a day: proposed by one, confirmed by another. Never for payments over a commitment."""

    public_id = PublicIdField()
    kind = models.CharField(_("limit"), max_length=20, choices=LimitKind.choices)
    envelope: Any = models.ForeignKey(
        Envelope, on_delete=models.PROTECT, null=True, blank=True, related_name="raises", verbose_name=_("envelope")
    )
    line: Any = models.ForeignKey(
        ClaimLine, on_delete=models.PROTECT, null=True, blank=True, related_name="raises", verbose_name=_("claim line")
    )
    commitment: Any = models.ForeignKey(
        Commitment, on_delete=models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    amount = EuroField(_("amount"))
    reason = models.CharField(_("reason"), max_length=500)
    ends_on = DayField(_("until"))
    proposed_by: Any = models.ForeignKey(
        USER, on_delete=models.PROTECT, related_name="+", verbose_name=_("proposed by")
    )
    proposed_at = models.DateTimeField(_("proposed at"))
    confirmed_by: Any = models.ForeignKey(
        USER, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("confirmed by")
    )
    confirmed_at = models.DateTimeField(_("confirmed at"), null=True)
    ended_by: Any = models.ForeignKey(
        USER, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("taken back by")
    )
    ended_at = models.DateTimeField(_("taken back at"), null=True)

    class Meta:
        verbose_name = _("limit raise")
        verbose_name_plural = _("limit raises")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=_named_limit() & ~Q(kind=LimitKind.COMMITMENT), name="raise_names_one_limit"
            ),
            models.CheckConstraint(condition=Q(amount__gt=0), name="raise_amount_positive"),
            models.CheckConstraint(condition=~Q(reason=""), name="raise_reason_given"),
            models.CheckConstraint(
                condition=Q(confirmed_at__isnull=True, confirmed_by__isnull=True)
                | Q(confirmed_at__isnull=False, confirmed_by__isnull=False),
                name="raise_confirmed_pair",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_by__isnull=True)
                | Q(ended_at__isnull=False, ended_by__isnull=False),
                name="raise_ended_pair",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True) | ~Q(confirmed_by=F("proposed_by")),
                name="raise_four_eyes",
                violation_error_message=_("Whoever proposed a limit raise does not confirm it."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.amount}"


class Deviation(models.Model):
    """A fact from the books that broke a limit: recorded with it, owned by somebody, explained by a day."""

    public_id = PublicIdField()
    kind = models.CharField(_("limit"), max_length=20, choices=LimitKind.choices)
    envelope: Any = models.ForeignKey(
        Envelope, on_delete=models.PROTECT, null=True, blank=True, related_name="deviations", verbose_name=_("envelope")
    )
    line: Any = models.ForeignKey(
        ClaimLine,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="deviations",
        verbose_name=_("claim line"),
    )
    commitment: Any = models.ForeignKey(
        Commitment,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="deviations",
        verbose_name=_("commitment"),
    )
    voucher = models.CharField(_("voucher number"), max_length=60)
    amount = EuroField(_("excess"))
    owner: Any = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+", verbose_name=_("owner"))
    due_on = DayField(_("explain by"))
    explanation = models.TextField(_("explanation"), blank=True)
    explained_by: Any = models.ForeignKey(
        USER, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("explained by")
    )
    explained_at = models.DateTimeField(_("explained at"), null=True)
    recorded_at = models.DateTimeField(_("recorded at"))

    class Meta:
        verbose_name = _("deviation")
        verbose_name_plural = _("deviations")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(condition=_named_limit(), name="deviation_names_one_limit"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="deviation_amount_positive"),
            models.CheckConstraint(
                condition=Q(explained_at__isnull=True, explained_by__isnull=True)
                | Q(Q(explained_at__isnull=False, explained_by__isnull=False), ~Q(explanation="")),
                name="deviation_explained_pair",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.amount}"


class PlanVersion(models.Model):
    """A cash plan or forecast of a commitment, whole: the newest of a kind counts, older ones stay readable."""

    public_id = PublicIdField()
    commitment: Any = models.ForeignKey(Commitment, on_delete=models.PROTECT, related_name="plans")
    kind = models.CharField(_("kind"), max_length=10, choices=PlanKind.choices)
    made_on = DayField(_("made on"))
    made_by: Any = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+", verbose_name=_("made by"))
    recorded_at = models.DateTimeField(_("recorded at"))
    note = models.CharField(_("note"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("plan of quarters")
        verbose_name_plural = _("plans of quarters")
        ordering = ["commitment", "kind", "-made_on", "-pk"]
        constraints = [models.CheckConstraint(condition=Q(kind__in=PlanKind.values), name="plan_kind_known")]

    def __str__(self) -> str:
        return str(PlanKind(self.kind).label)


class PlanQuarter(models.Model):
    """What a plan says of one quarter, in EUR."""

    version: Any = models.ForeignKey(PlanVersion, on_delete=models.PROTECT, related_name="quarters")
    year = models.PositiveSmallIntegerField(_("year"))
    quarter = models.PositiveSmallIntegerField(_("quarter"))
    amount = EuroField(_("amount"))

    class Meta:
        ordering = ["version", "year", "quarter"]
        constraints = [
            models.UniqueConstraint(fields=["version", "year", "quarter"], name="plan_quarter_once"),
            models.CheckConstraint(condition=Q(quarter__gte=1, quarter__lte=4), name="plan_quarter_known"),
            models.CheckConstraint(condition=Q(amount__gte=0), name="plan_amount_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.year} {self.quarter}"


class PeriodAct(models.Model):
    """A month closed, or opened again with a reason. The newest act of a month counts; a closed month takes no row."""

    month = models.DateField(_("month"), help_text=_("Its first day."))
    closed = models.BooleanField(_("closed"))
    reason = models.CharField(_("reason"), max_length=500, blank=True)
    by: Any = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("closed month")
        verbose_name_plural = _("closed months")
        ordering = ["-month", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(month__day=1), name="period_first_day"),
            models.CheckConstraint(condition=Q(closed=True) | ~Q(reason=""), name="period_reopened_with_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m}"


class PooledSplit(models.Model):
    """A pooled line divided over all its recipients: whole, and the newest counts."""

    public_id = PublicIdField()
    line: Any = models.ForeignKey(ClaimLine, on_delete=models.PROTECT, related_name="splits")
    decided_on = DayField(_("decided on"))
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    recorded_at = models.DateTimeField(_("recorded at"))
    recorded_by: Any = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("division of a pooled line")
        verbose_name_plural = _("divisions of pooled lines")
        ordering = ["line", "-pk"]

    def __str__(self) -> str:
        return str(self.public_id)


class SplitPart(models.Model):
    """One partner's part of a divided line, in EUR."""

    split: Any = models.ForeignKey(PooledSplit, on_delete=models.PROTECT, related_name="parts")
    partner: Any = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="+")
    amount = EuroField(_("amount"))

    class Meta:
        ordering = ["split", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["split", "partner"], name="split_partner_once"),
            models.CheckConstraint(condition=Q(amount__gte=0), name="split_amount_not_negative"),
        ]

    def __str__(self) -> str:
        return str(self.amount)


class EnvelopeTotal(models.Model):
    """What stands on an envelope, in EUR. Written by triggers only; its constraints are the limits."""

    envelope: Any = models.OneToOneField(Envelope, on_delete=models.CASCADE, primary_key=True, related_name="total")
    announced_commitment = EuroField(default=0)
    announced_cash = EuroField(default=0)
    budget_commitment = EuroField(default=0)
    budget_cash = EuroField(default=0)
    authorised_commitment = EuroField(default=0)
    authorised_cash = EuroField(default=0)
    granted_commitment = EuroField(default=0)
    granted_cash = EuroField(default=0)
    committed = EuroField(default=0)
    paid = EuroField(default=0)
    raised_commitment = EuroField(default=0)
    raised_cash = EuroField(default=0)
    deviated_commitment = EuroField(default=0)
    deviated_cash = EuroField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(committed__lte=F("budget_commitment") + F("raised_commitment") + F("deviated_commitment")),
                name="limit_envelope_commitment",
            ),
            models.CheckConstraint(
                condition=Q(paid__lte=F("budget_cash") + F("raised_cash") + F("deviated_cash")),
                name="limit_envelope_cash",
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class LineTotal(models.Model):
    """What stands on a claim line over all years, in EUR. Written by triggers only; its constraint is the limit."""

    line: Any = models.OneToOneField(ClaimLine, on_delete=models.CASCADE, primary_key=True, related_name="total")
    granted = EuroField(default=0)
    granted_cash = EuroField(default=0)
    committed = EuroField(default=0)
    paid = EuroField(default=0)
    raised = EuroField(default=0)
    deviated = EuroField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(committed__lte=F("granted") + F("raised") + F("deviated")), name="limit_line"
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class CommitmentTotal(models.Model):
    """What stands on a commitment over all years, in EUR. Written by triggers only; its constraint is the limit."""

    commitment: Any = models.OneToOneField(Commitment, on_delete=models.CASCADE, primary_key=True, related_name="total")
    committed = EuroField(default=0)
    paid = EuroField(default=0)
    advanced = EuroField(default=0)
    written_off = EuroField(default=0)
    deviated = EuroField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(paid__lte=F("committed") + F("deviated")), name="limit_commitment"),
            models.CheckConstraint(condition=Q(committed__gte=0), name="commitment_not_negative"),
            models.CheckConstraint(condition=Q(paid__gte=0), name="paid_not_negative"),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class CommitmentYear(models.Model):
    """What a commitment took of one envelope, and with it of one budget year, in EUR. Written by triggers only.

    Dashboards add these up instead of a million payments. It carries no limit: those stand on the three totals above.
    """

    commitment: Any = models.ForeignKey(Commitment, on_delete=models.CASCADE, related_name="year_totals")
    envelope: Any = models.ForeignKey(Envelope, on_delete=models.CASCADE, related_name="year_totals")
    committed = EuroField(default=0)
    paid = EuroField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["commitment", "envelope"], name="commitment_year_once")]

    def __str__(self) -> str:
        return str(self.pk)
