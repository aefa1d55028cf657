"""The end of a year and of a commitment: what is decided about cash that was not spent, and final settlements."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from claims.enums import RateKind, UnspentChoice
from claims.models.budget import Envelope
from claims.models.claim import ClaimLine
from claims.models.ledger import Commitment, CommitmentRow, Mutation, Payment
from core.fields import DayField, EuroField, PublicIdField

USER = settings.AUTH_USER_MODEL


class UnspentCash(models.Model):
    """What was decided about cash (EUR) of a line that was not spent in the envelope's year, with its booking.

    It lowers the cash budget of that year; only a shift raises that of the next. It counts while its mutation is not reversed.
    """

    public_id = PublicIdField()
    line: Any = models.ForeignKey(
        ClaimLine, on_delete=models.PROTECT, related_name="unspent", verbose_name=_("claim line")
    )
    envelope: Any = models.ForeignKey(
        Envelope, on_delete=models.PROTECT, related_name="unspent", verbose_name=_("envelope")
    )
    choice = models.CharField(_("what becomes of it"), max_length=10, choices=UnspentChoice.choices)
    amount = EuroField(_("amount"))
    decision = models.CharField(_("decision"), max_length=300, help_text=_("Who decided and where it is written."))
    decided_on = DayField(_("decided on"))
    lowered: Any = models.OneToOneField(Mutation, on_delete=models.PROTECT, related_name="unspent")
    raised: Any = models.OneToOneField(Mutation, on_delete=models.PROTECT, null=True, related_name="shifted")
    recorded_by: Any = models.ForeignKey(
        USER, on_delete=models.PROTECT, related_name="+", verbose_name=_("recorded by")
    )
    recorded_at = models.DateTimeField(_("recorded at"))

    class Meta:
        verbose_name = _("unspent cash")
        verbose_name_plural = _("unspent cash")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="unspent_amount_positive"),
            models.CheckConstraint(condition=Q(choice__in=UnspentChoice.values), name="unspent_choice_known"),
            models.CheckConstraint(
                condition=~Q(decision=""),
                name="unspent_decision_given",
                violation_error_message=_("Say who decided, and where it is written."),
            ),
            models.CheckConstraint(
                condition=Q(choice=UnspentChoice.SHIFT, raised__isnull=False)
                | (~Q(choice=UnspentChoice.SHIFT) & Q(raised__isnull=True)),
                name="unspent_shift_raises_next_year",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_choice_display()} {self.amount}"


class Settlement(models.Model):
    """The final settlement of a commitment: what was not paid is released, and nothing more is entered on it."""

    public_id = PublicIdField()
    commitment: Any = models.ForeignKey(
        Commitment, on_delete=models.PROTECT, related_name="settlements", verbose_name=_("commitment")
    )
    report = models.CharField(_("report"), max_length=200, help_text=_("Which report or settlement, with its date."))
    released = EuroField(_("released"))
    settled_on = DayField(_("settled on"))
    recorded_by: Any = models.ForeignKey(
        USER, on_delete=models.PROTECT, related_name="+", verbose_name=_("recorded by")
    )
    recorded_at = models.DateTimeField(_("recorded at"))
    undone_by: Any = models.ForeignKey(USER, on_delete=models.PROTECT, null=True, related_name="+")
    undone_at = models.DateTimeField(null=True)
    undone_reason = models.CharField(max_length=500, blank=True)

    class Meta:
        verbose_name = _("final settlement")
        verbose_name_plural = _("final settlements")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(released__gte=0), name="settlement_not_negative"),
            models.CheckConstraint(condition=~Q(report=""), name="settlement_report_given"),
            models.UniqueConstraint(
                fields=["commitment"],
                condition=Q(undone_at__isnull=True),
                name="settlement_once",
                violation_error_message=_("This commitment is settled already."),
            ),
            models.CheckConstraint(
                condition=Q(undone_at__isnull=True, undone_by__isnull=True, undone_reason="")
                | Q(Q(undone_at__isnull=False, undone_by__isnull=False), ~Q(undone_reason="")),
                name="settlement_undone_pair",
            ),
        ]

    def __str__(self) -> str:
        return str(self.report)


class Revaluation(models.Model):
    """What is open of a foreign commitment or advance, held against a rate at the end of a year.

    `before` and `after` are EUR; `after` is the open amount divided by the rate (units for one euro), to the cent. Of a
    commitment the difference is a row of its own; an advance keeps what was paid, and its row here is the difference.
    """

    public_id = PublicIdField()
    commitment: Any = models.ForeignKey(
        Commitment, on_delete=models.PROTECT, null=True, related_name="revaluations", verbose_name=_("commitment")
    )
    advance: Any = models.ForeignKey(
        Payment, on_delete=models.PROTECT, null=True, related_name="revaluations", verbose_name=_("advance")
    )
    day = DayField(_("per"))
    currency = models.CharField(_("foreign currency"), max_length=3)
    open_amount = models.DecimalField(_("open in that currency"), max_digits=18, decimal_places=2)
    rate = models.DecimalField(_("rate"), max_digits=18, decimal_places=8)
    rate_kind = models.CharField(_("kind of rate"), max_length=10, choices=RateKind.choices)
    rate_on = DayField(_("date of the rate"))
    before = EuroField(_("open before"))
    after = EuroField(_("open after"))
    row: Any = models.OneToOneField(CommitmentRow, on_delete=models.PROTECT, null=True, related_name="revaluation")
    recorded_by: Any = models.ForeignKey(
        USER, on_delete=models.PROTECT, related_name="+", verbose_name=_("recorded by")
    )
    recorded_at = models.DateTimeField(_("recorded at"))

    class Meta:
        verbose_name = _("revaluation")
        verbose_name_plural = _("revaluations")
        ordering = ["-day", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(commitment__isnull=False, advance__isnull=True)
                | Q(commitment__isnull=True, advance__isnull=False, row__isnull=True),
                name="revaluation_of_one",
            ),
            models.CheckConstraint(
                condition=Q(open_amount__gt=0, rate__gt=0, before__gte=0, after__gte=0), name="revaluation_positive"
            ),
            models.CheckConstraint(condition=Q(rate_kind__in=RateKind.values), name="revaluation_kind_known"),
            models.CheckConstraint(
                condition=~Q(currency="EUR") & Q(currency__regex=r"^[A-Z]{3}$"), name="revaluation_foreign"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.currency} {self.open_amount}"

    @property
    def difference(self) -> Any:
        """After - before, in EUR."""
        return self.after - self.before
