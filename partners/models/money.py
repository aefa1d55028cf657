"""What we gave partners before or outside this ledger, what funds received in all, and what partners ask for."""

from decimal import Decimal
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from djmoney.money import Money

from core.enums import Earmark
from core.fields import DayField, EuroField, NumberField, YearField
from core.history import tracked
from core.models import Cover, FetchingManager, NamedVersioned, OrderedQuerySet, Source
from partners.currencies import currency_choices
from partners.enums import Basis, RateKind, TotalKind
from partners.models.partner import Partner

POSITIVE = Decimal("0.01")


def _amount(field: str, least: Decimal = POSITIVE, nullable: bool = True) -> Q:
    known = Q(**{f"{field}__gte": least})
    return Q(**{f"{field}__isnull": True}) | known if nullable else Q(**{f"{field}__isnull": False}) & known


@tracked()
class Contribution(NamedVersioned):
    """What the Netherlands gave in an earlier year, or from another directorate: money this ledger does not hold.

    `amount` is what we paid in EUR; `recorded_amount` is what the fund recorded in its own currency. Neither is
    computed from the other. Year and amount may be unknown; what is unknown is "not stated", never zero.
    """

    subject = models.CharField(
        _("what for"), max_length=200, help_text=_("For example: humanitarian aid Ukraine 2025.")
    )
    partners: Any = models.ManyToManyField(
        Partner,
        blank=True,
        related_name="contributions",
        verbose_name=_("partners"),
        help_text=_("One, several (pooled), or none for a goal as a whole."),
    )
    year = YearField(_("year"), null=True, blank=True, help_text=_("Empty: not stated."))
    amount = EuroField(_("amount in EUR"), null=True, blank=True, help_text=_("What we paid. Empty: not stated."))
    recorded_amount = models.DecimalField(
        _("amount as the fund recorded it"),
        max_digits=18,
        decimal_places=2,
        null=True,
        blank=True,
        help_text=_(
            "In the fund's own currency, as it recorded our contribution. Never computed from the euro amount."
        ),
    )
    recorded_currency = models.CharField(_("currency"), max_length=3, choices=currency_choices, null=True, blank=True)
    as_of = DayField(_("as of"), null=True, blank=True, help_text=_("Up to which date does this figure hold?"))
    cover: Any = models.ForeignKey(
        Cover, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("cover")
    )
    earmark = models.CharField(_("earmark"), max_length=12, choices=Earmark.choices, blank=True)
    source: Any = models.ForeignKey(
        Source, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("source")
    )
    paid_by = models.CharField(
        _("paid by another directorate"),
        max_length=100,
        blank=True,
        help_text=_(
            "Which one, when it pays outside this register. Only then may the gift stand beside payments of this register "
            "to the same partner in the same year."
        ),
    )
    note = models.CharField(_("note"), max_length=300, blank=True)

    class Meta(NamedVersioned.Meta):
        abstract = False
        verbose_name = _("contribution")
        verbose_name_plural = _("contributions")
        ordering = ["-year", "subject", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=_amount("amount"),
                name="contribution_amount_positive",
                violation_error_message=_(
                    "The amount in EUR must be more than zero. Leave it empty when it is not stated."
                ),
            ),
            models.CheckConstraint(
                condition=_amount("recorded_amount"),
                name="contribution_recorded_positive",
                violation_error_message=_(
                    "The amount as the fund recorded it must be more than zero. Leave it empty when it is not stated."
                ),
            ),
            models.CheckConstraint(
                condition=Q(recorded_amount__isnull=True, recorded_currency__isnull=True)
                | Q(recorded_amount__isnull=False, recorded_currency__isnull=False),
                name="contribution_recorded_with_currency",
                violation_error_message=_("Give an amount as the fund recorded it together with its currency."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subject} ({self.year})" if self.year else self.subject

    @property
    def recorded(self) -> Money | None:
        """The amount as the fund recorded it, with its currency; None when not stated."""
        return Money(self.recorded_amount, self.recorded_currency) if self.recorded_amount is not None else None


@tracked()
class FundTotal(NamedVersioned):
    """One figure about a fund's money in a year, in the fund's currency, as of a date."""

    partner: Any = models.ForeignKey(
        Partner, on_delete=models.PROTECT, related_name="totals", verbose_name=_("partner")
    )
    year = YearField(_("year"))
    kind = models.CharField(_("kind"), max_length=20, choices=TotalKind.choices)
    purpose = models.CharField(
        _("purpose"), max_length=300, blank=True, help_text=_("For spending: what on, as a sentence would say it.")
    )
    amount = models.DecimalField(_("amount"), max_digits=18, decimal_places=2)
    currency = models.CharField(_("currency"), max_length=3, choices=currency_choices, default="USD")
    as_of = DayField(
        _("as of"),
        null=True,
        blank=True,
        help_text=_("Empty for a closed year. Otherwise: up to which date does this figure hold?"),
    )
    people_reached = NumberField(_("people reached"), null=True, blank=True, decimal_places=0)
    people_note = models.CharField(_("which people"), max_length=300, blank=True)
    final = models.BooleanField(
        _("final"), default=False, help_text=_("The year is closed and this figure will not change.")
    )
    source: Any = models.ForeignKey(
        Source, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("source")
    )

    objects = FetchingManager()

    class Meta(NamedVersioned.Meta):
        abstract = False
        base_manager_name = "objects"
        verbose_name = _("fund total")
        verbose_name_plural = _("fund totals")
        ordering = ["partner", "-year", "kind", "-as_of", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=_amount("amount", nullable=False),
                name="fund_total_positive",
                violation_error_message=_("The amount must be more than zero."),
            ),
            models.CheckConstraint(
                condition=_amount("people_reached", Decimal(1)),
                name="fund_total_people_positive",
                violation_error_message=_(
                    "The number of people reached must be at least one. Leave it empty when it is not known."
                ),
            ),
            models.CheckConstraint(condition=Q(kind__in=TotalKind.values), name="fund_total_kind_known"),
            models.CheckConstraint(
                condition=Q(kind__in=[k.value for k in TotalKind if k.needs_purpose], purpose__gt="")
                | Q(kind__in=[k.value for k in TotalKind if not k.needs_purpose], purpose=""),
                name="fund_total_purpose",
                violation_error_message=_("Spending and reservations name their purpose; other totals have none."),
            ),
            models.UniqueConstraint(
                fields=["partner", "year", "kind", "purpose", "as_of"],
                nulls_distinct=False,
                name="fund_total_once",
                violation_error_message=_("This total is already entered for that date."),
            ),
        ]

    def __str__(self) -> str:
        what = f"{TotalKind(self.kind).label} {self.purpose}".strip()
        return f"{self.partner.short_name} {self.year}: {what}"

    @property
    def money(self) -> Money:
        """The amount with its currency."""
        return Money(self.amount, self.currency)


@tracked()
class Appeal(NamedVersioned):
    """What an organisation asks for a year: money, and the people it wants to reach."""

    partner: Any = models.ForeignKey(
        Partner, on_delete=models.PROTECT, related_name="appeals", verbose_name=_("organisation")
    )
    title = models.CharField(_("title"), max_length=200)
    year = YearField(_("year"))
    required = models.DecimalField(_("amount asked"), max_digits=18, decimal_places=2)
    currency = models.CharField(_("currency"), max_length=3, choices=currency_choices, default="USD")
    in_need = NumberField(_("people in need"), null=True, blank=True, decimal_places=0)
    targeted = NumberField(_("people to be reached"), null=True, blank=True, decimal_places=0)
    as_of = DayField(_("as of"), null=True, blank=True)
    source: Any = models.ForeignKey(
        Source, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("source")
    )

    objects = FetchingManager()

    class Meta(NamedVersioned.Meta):
        abstract = False
        base_manager_name = "objects"
        verbose_name = _("appeal")
        verbose_name_plural = _("appeals")
        ordering = ["-year", "title", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=_amount("required", nullable=False),
                name="appeal_required_positive",
                violation_error_message=_("The amount asked must be more than zero."),
            ),
            models.CheckConstraint(
                condition=_amount("in_need", Decimal(1)),
                name="appeal_in_need_positive",
                violation_error_message=_(
                    "The number of people in need must be at least one. Leave it empty when it is not known."
                ),
            ),
            models.CheckConstraint(
                condition=_amount("targeted", Decimal(1)),
                name="appeal_targeted_positive",
                violation_error_message=_(
                    "The number of people to be reached must be at least one. Leave it empty when it is not known."
                ),
            ),
            models.CheckConstraint(
                condition=Q(in_need__isnull=True) | Q(targeted__isnull=True) | Q(targeted__lte=models.F("in_need")),
                name="appeal_targets_no_more_than_need",
                violation_error_message=_("No more people can be targeted than are in need."),
            ),
            models.UniqueConstraint(
                fields=["partner", "title", "year"],
                name="appeal_once",
                violation_error_message=_("This organisation already has an appeal of that title in that year."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.partner.short_name})"

    @property
    def money(self) -> Money:
        """The amount asked with its currency."""
        return Money(self.required, self.currency)


@tracked()
class AppealGroup(NamedVersioned):
    """A group of the people in need. The groups of one appeal add up to the people in need."""

    appeal: Any = models.ForeignKey(Appeal, on_delete=models.CASCADE, related_name="groups", verbose_name=_("appeal"))
    position = models.PositiveSmallIntegerField(_("order"), default=0)
    label = models.CharField(_("group"), max_length=200)
    people = NumberField(_("people"), decimal_places=0)

    objects = OrderedQuerySet.as_manager()

    class Meta(NamedVersioned.Meta):
        abstract = False
        verbose_name = _("group of people")
        verbose_name_plural = _("groups of people")
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=_amount("people", Decimal(1), nullable=False),
                name="appeal_group_positive",
                violation_error_message=_("A group has at least one person."),
            )
        ]

    def __str__(self) -> str:
        return self.label


@tracked()
class AppealPart(NamedVersioned):
    """A purpose within an appeal, in the appeal's currency. What the parts leave is "other"."""

    appeal: Any = models.ForeignKey(Appeal, on_delete=models.CASCADE, related_name="parts", verbose_name=_("appeal"))
    position = models.PositiveSmallIntegerField(_("order"), default=0)
    purpose = models.CharField(_("purpose"), max_length=200)
    amount = models.DecimalField(_("amount"), max_digits=18, decimal_places=2)

    objects = OrderedQuerySet.as_manager()

    class Meta(NamedVersioned.Meta):
        abstract = False
        verbose_name = _("part by purpose")
        verbose_name_plural = _("parts by purpose")
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=_amount("amount", nullable=False),
                name="appeal_part_positive",
                violation_error_message=_("The amount of a part must be more than zero."),
            )
        ]

    def __str__(self) -> str:
        return self.purpose


class ShareManager(FetchingManager):
    """Fetches both sides of a share."""

    names_from = ("contribution", "total__partner", "appeal__partner")


@tracked()
class Share(NamedVersioned):
    """The Dutch share in a fund or appeal: which contribution, measured against what. The ratio is always reckoned."""

    contribution: Any = models.ForeignKey(
        Contribution, on_delete=models.PROTECT, related_name="shares", verbose_name=_("contribution")
    )
    total: Any = models.ForeignKey(
        FundTotal,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="shares",
        verbose_name=_("fund total"),
        help_text=_("What the fund received or allocated."),
    )
    appeal: Any = models.ForeignKey(
        Appeal, on_delete=models.PROTECT, null=True, blank=True, related_name="shares", verbose_name=_("appeal")
    )
    rate = models.DecimalField(
        _("exchange rate"),
        max_digits=16,
        decimal_places=8,
        null=True,
        blank=True,
        help_text=_(
            "Only when the fund's own record of our contribution is not known: how much of the total's currency is one euro? "
            "A share reckoned with a rate says so."
        ),
    )
    rate_kind = models.CharField(_("which rate"), max_length=12, choices=RateKind.choices, blank=True)
    rate_on = DayField(_("date of the rate"), null=True, blank=True)

    objects = ShareManager()

    class Meta(NamedVersioned.Meta):
        abstract = False
        base_manager_name = "objects"
        verbose_name = _("Dutch share")
        verbose_name_plural = _("Dutch shares")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(total__isnull=False, appeal__isnull=True) | Q(total__isnull=True, appeal__isnull=False),
                name="share_has_one_basis",
                violation_error_message=_("A share is measured against a fund total or against an appeal: choose one."),
            ),
            models.UniqueConstraint(
                fields=["contribution", "total", "appeal"],
                nulls_distinct=False,
                name="share_once",
                violation_error_message=_("This share is already entered."),
            ),
            models.CheckConstraint(
                condition=Q(rate__isnull=True, rate_kind="", rate_on__isnull=True)
                | Q(rate__isnull=False, rate__gt=0, rate_kind__in=RateKind.values, rate_on__isnull=False),
                name="share_rate_named",
                violation_error_message=_("An exchange rate comes with its kind and its date."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.contribution} / {self.total or self.appeal}"

    @property
    def basis(self) -> Basis:
        """What the contribution is measured against."""
        return Basis.APPEAL if self.appeal_id else Basis(self.total.kind)
