"""The claim and what it is made of while it is a draft: goals, lines, line years, line partners, planned results."""

from decimal import Decimal
from typing import Any

import pgtrigger
from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from claims.enums import EDITABLE_STATES, ClaimState, PartnerRole, PartnerStatus
from claims.models.budget import Article, Envelope, Instrument
from claims.models.template import FormTemplate
from core.enums import Classification, Earmark
from core.fields import DayField, EuroField, NumberField, PercentageField, RichTextField, YearField
from core.history import tracked
from core.models import Country, Directorate, NamedVersioned, OrderedQuerySet, Source, Theme
from core.permissions import within_reach
from partners.models import Partner


class ClaimQuerySet(models.QuerySet["Claim"]):
    """Questions about claims."""

    def visible_to(self, user: Any) -> Any:
        """Claims of the directorates in which the person has a role."""
        return within_reach(self, user)

    def editable(self) -> "ClaimQuerySet":
        """Claims whose draft may be changed."""
        return self.filter(state__in=EDITABLE_STATES)


@tracked()
class Claim(NamedVersioned):
    """A proposal to spend (bestedingsvoorstel). Its reference is given at creation and never changes."""

    reference = models.CharField(_("reference"), max_length=20, unique=True, editable=False)
    title = models.CharField(_("title"), max_length=200)
    amount = EuroField(
        _("amount requested"),
        null=True,
        blank=True,
        help_text=_("The whole claim, over all years. For example 25 mln."),
    )
    first_year = YearField(_("first budget year"))
    last_year = YearField(_("last budget year"))
    country: Any = models.ForeignKey(
        Country, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("country")
    )
    theme: Any = models.ForeignKey(
        Theme, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("theme")
    )
    directorate: Any = models.ForeignKey(
        Directorate, on_delete=models.PROTECT, related_name="claims", verbose_name=_("directorate")
    )
    owner: Any = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="claims_owned",
        verbose_name=_("file holder"),
    )
    deputy: Any = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="claims_deputised",
        verbose_name=_("deputy"),
    )
    ministry_reference = models.CharField(
        _("reference of the ministry"), max_length=40, blank=True, help_text=_("For example BZ2600000.")
    )
    template: Any = models.ForeignKey(
        FormTemplate, on_delete=models.PROTECT, related_name="claims", verbose_name=_("form version")
    )
    classification = models.CharField(
        _("classification"), max_length=12, choices=Classification.choices, default=Classification.INTERNAL
    )
    paper_date = DayField(_("date on the paper"), null=True, blank=True)
    state = models.CharField(
        _("state"), max_length=20, choices=ClaimState.choices, default=ClaimState.DRAFT, editable=False
    )
    round = models.PositiveSmallIntegerField(_("round"), default=1, editable=False)
    language = models.CharField(_("language of the texts"), max_length=2, default="nl", editable=False)
    copied_from: Any = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="copies", editable=False
    )
    amount_to_update = models.BooleanField(_("amount still to be updated"), default=False)
    sources: Any = models.ManyToManyField(Source, blank=True, related_name="claims", verbose_name=_("sources"))
    created_at = models.DateTimeField(_("created at"), editable=False)
    created_by: Any = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        editable=False,
        verbose_name=_("created by"),
    )

    objects = ClaimQuerySet.as_manager()

    class Meta(NamedVersioned.Meta):
        abstract = False
        verbose_name = _("claim")
        verbose_name_plural = _("claims")
        ordering = ["-reference"]
        constraints = [
            models.CheckConstraint(
                condition=Q(amount__isnull=True) | Q(amount__gt=0),
                name="claim_amount_positive",
                violation_error_message=_("The amount must be more than zero."),
            ),
            models.CheckConstraint(
                condition=Q(last_year__gte=F("first_year")),
                name="claim_years",
                violation_error_message=_("The last budget year cannot be before the first."),
            ),
            models.CheckConstraint(condition=Q(state__in=ClaimState.values), name="claim_state_known"),
        ]
        indexes = [GinIndex(SearchVector("title", config="dutch"), name="claim_title_words")]
        triggers = [
            *NamedVersioned.Meta.triggers,
            pgtrigger.ReadOnly(name="keep_reference", fields=["reference", "created_at", "created_by"]),
        ]

    def __str__(self) -> str:
        return f"{self.reference} {self.title}"

    @property
    def editable(self) -> bool:
        """True while the draft may be changed."""
        return self.state in EDITABLE_STATES

    @property
    def years(self) -> str:
        """The budget years, as a title says them."""
        return str(self.first_year) if self.first_year == self.last_year else f"{self.first_year}–{self.last_year}"

    def dated(self, dash: str = "–") -> str:
        """Return the title with its budget years, which are said once: a title may end with them itself."""
        says_them = self.title.replace("-", "–").endswith(self.years)
        return self.title if says_them else f"{self.title} {dash} {self.years}"


class ReferenceCounter(models.Model):
    """The last reference number given in a year; the row is locked while one is given. Gaps are allowed."""

    year = YearField(unique=True)
    last = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.year}: {self.last}"


@tracked()
class Goal(NamedVersioned):
    """A goal (pijler). Label and goal sentence are two things: the label heads texts, the sentence says what is aimed at."""

    claim: Any = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="goals", verbose_name=_("claim"))
    position = models.PositiveSmallIntegerField(_("order"), default=1)
    label = models.CharField(
        _("label"), max_length=120, help_text=_("Short, as it heads the texts, for example Humanitarian.")
    )
    sentence = models.CharField(
        _("goal in a sentence"), max_length=600, blank=True, help_text=_("What is aimed at, in one sentence.")
    )
    amount = EuroField(_("amount"), null=True, blank=True)
    to_update = models.BooleanField(_("still to be updated"), default=False)

    objects = OrderedQuerySet.as_manager()

    class Meta(NamedVersioned.Meta):
        abstract = False
        verbose_name = _("goal")
        verbose_name_plural = _("goals")
        ordering = ["claim", "position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(amount__isnull=True) | Q(amount__gt=0),
                name="goal_amount_positive",
                violation_error_message=_("The amount must be more than zero."),
            )
        ]

    def __str__(self) -> str:
        return self.label


@tracked()
class ClaimLine(NamedVersioned):
    """A part of a claim for one partner, or for several together as long as the division is not known (pooled)."""

    claim: Any = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="lines", verbose_name=_("claim"))
    goal: Any = models.ForeignKey(
        Goal, on_delete=models.SET_NULL, null=True, blank=True, related_name="lines", verbose_name=_("goal")
    )
    position = models.PositiveSmallIntegerField(_("order"), default=1)
    title = models.CharField(_("what for"), max_length=200, help_text=_("For example: area-based recovery."))
    partners: Any = models.ManyToManyField(
        Partner, through="LinePartner", related_name="lines", verbose_name=_("partners")
    )
    instrument: Any = models.ForeignKey(
        Instrument,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("instrument"),
        help_text=_("Empty: still to be decided."),
    )
    article: Any = models.ForeignKey(
        Article,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="lines",
        verbose_name=_("budget article"),
        help_text=_("Leave empty where it is not known; nothing is filled in by guess."),
    )
    earmark = models.CharField(_("earmark"), max_length=12, choices=Earmark.choices, blank=True)
    oda_percentage = PercentageField(
        _("ODA share"), null=True, blank=True, help_text=_("Which part counts as official development assistance.")
    )
    activity_number = models.CharField(
        _("activity number"), max_length=40, blank=True, help_text=_("In the ministry's books.")
    )
    iati_activity = models.CharField(
        _("IATI activity"), max_length=200, blank=True, help_text=_("Identifier of the partner's activity in IATI.")
    )
    note = models.TextField(_("note"), blank=True, help_text=_("Not printed."))

    objects = OrderedQuerySet.as_manager()

    class Meta(NamedVersioned.Meta):
        abstract = False
        verbose_name = _("claim line")
        verbose_name_plural = _("claim lines")
        ordering = ["claim", "position", "pk"]
        indexes = [GinIndex(SearchVector("title", config="dutch"), name="claim_line_title_words")]

    def __str__(self) -> str:
        return self.title


@tracked()
class LineYear(NamedVersioned):
    """The money of one line in one year. Year and cover come from the envelope; the year is typed only without one.

    `commitment` (EUR) counts wholly in the year of signing; `cash` (EUR) in the year of paying, None when not known.
    """

    line: Any = models.ForeignKey(
        ClaimLine, on_delete=models.CASCADE, related_name="years", verbose_name=_("claim line")
    )
    envelope: Any = models.ForeignKey(
        Envelope,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="line_years",
        verbose_name=_("envelope (cover)"),
    )
    open_year = YearField(_("year"), null=True, blank=True, help_text=_("Only when the envelope is not known yet."))
    commitment = EuroField(
        _("commitment"),
        default=Decimal(0),
        help_text=_("The commitment counts wholly in the year of signing. The cash plan says in which year you pay."),
    )
    cash = EuroField(_("cash"), null=True, blank=True, help_text=_("What is paid in this year. Empty: not known yet."))
    to_update = models.BooleanField(_("still to be updated"), default=False)

    class Meta(NamedVersioned.Meta):
        abstract = False
        verbose_name = _("year of a line")
        verbose_name_plural = _("years of a line")
        ordering = ["line", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(envelope__isnull=False, open_year__isnull=True)
                | Q(envelope__isnull=True, open_year__isnull=False),
                name="line_year_has_one_year",
                violation_error_message=_(
                    "Choose the envelope, which has its year, or give the year when the envelope is not known: one of the two."
                ),
            ),
            models.CheckConstraint(
                condition=Q(commitment__gte=0)
                & (Q(cash__isnull=True) | Q(cash__gte=0))
                & (Q(commitment__gt=0) | Q(cash__isnull=False, cash__gt=0)),
                name="line_year_amounts",
                violation_error_message=_("Amounts cannot be negative, and a year needs a commitment or cash."),
            ),
            models.UniqueConstraint(
                fields=["line", "envelope", "open_year"],
                nulls_distinct=False,
                name="line_year_once",
                violation_error_message=_("This line already has an amount for that year and envelope."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.open_year or "")

    @property
    def year(self) -> int:
        """The budget year."""
        return int(self.envelope.year if self.envelope_id else self.open_year or 0)


@tracked()
class LinePartner(NamedVersioned):
    """What a partner is in a line, and how certain that is. Two recipients make a pooled line."""

    line: Any = models.ForeignKey(
        ClaimLine, on_delete=models.CASCADE, related_name="roles", verbose_name=_("claim line")
    )
    partner: Any = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="roles", verbose_name=_("partner"))
    role = models.CharField(_("role"), max_length=14, choices=PartnerRole.choices, default=PartnerRole.RECIPIENT)
    status = models.CharField(_("status"), max_length=10, choices=PartnerStatus.choices, default=PartnerStatus.INTENDED)

    class Meta(NamedVersioned.Meta):
        abstract = False
        verbose_name = _("partner of a line")
        verbose_name_plural = _("partners of a line")
        ordering = ["line", "role", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["line", "partner", "role"],
                name="line_partner_once",
                violation_error_message=_("This partner already has that role in this line."),
            ),
            models.CheckConstraint(condition=Q(role__in=PartnerRole.values), name="line_partner_role_known"),
            models.CheckConstraint(condition=Q(status__in=PartnerStatus.values), name="line_partner_status_known"),
        ]

    def __str__(self) -> str:
        return str(PartnerRole(self.role).label)


@tracked()
class PlannedResult(NamedVersioned):
    """What a line is meant to achieve."""

    line: Any = models.ForeignKey(
        ClaimLine, on_delete=models.CASCADE, related_name="planned_results", verbose_name=_("claim line")
    )
    position = models.PositiveSmallIntegerField(_("order"), default=1)
    description = models.CharField(_("result"), max_length=300)
    value = NumberField(_("number"), null=True, blank=True)
    unit = models.CharField(_("unit"), max_length=80, blank=True)
    to_update = models.BooleanField(_("still to be updated"), default=False)

    objects = OrderedQuerySet.as_manager()

    class Meta(NamedVersioned.Meta):
        abstract = False
        verbose_name = _("planned result")
        verbose_name_plural = _("planned results")
        ordering = ["line", "position", "pk"]

    def __str__(self) -> str:
        return self.description


@tracked()
class Evaluation(NamedVersioned):
    """How the claim will be evaluated: by whom, when, how, and against what."""

    claim: Any = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="evaluations", verbose_name=_("claim"))
    position = models.PositiveSmallIntegerField(_("order"), default=1)
    evaluator = models.CharField(_("who evaluates"), max_length=200)
    planned_on = DayField(_("when"), null=True, blank=True)
    method = models.CharField(_("method"), max_length=300, blank=True)
    indicator = models.CharField(_("indicator"), max_length=300, blank=True)
    baseline = models.CharField(_("baseline"), max_length=300, blank=True)

    objects = OrderedQuerySet.as_manager()

    class Meta(NamedVersioned.Meta):
        abstract = False
        verbose_name = _("evaluation")
        verbose_name_plural = _("evaluations")
        ordering = ["claim", "position", "pk"]

    def __str__(self) -> str:
        return self.evaluator


@tracked()
class ContextFigure(NamedVersioned):
    """A figure about the situation, with where and when it was read."""

    claim: Any = models.ForeignKey(
        Claim, on_delete=models.CASCADE, related_name="context_figures", verbose_name=_("claim")
    )
    position = models.PositiveSmallIntegerField(_("order"), default=1)
    subject = models.CharField(
        _("subject"), max_length=200, help_text=_("For example: internally displaced people in Ukraine.")
    )
    value = NumberField(_("value"))
    unit = models.CharField(_("unit"), max_length=80, help_text=_("For example people, or %."))
    as_of = DayField(
        _("as of"),
        null=True,
        blank=True,
        help_text=_("Up to which date does this figure hold? Without a date it may not stand in a paper."),
    )
    source: Any = models.ForeignKey(
        Source, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("source")
    )
    to_update = models.BooleanField(_("still to be updated"), default=False)

    objects = OrderedQuerySet.as_manager()

    class Meta(NamedVersioned.Meta):
        abstract = False
        verbose_name = _("context figure")
        verbose_name_plural = _("context figures")
        ordering = ["claim", "position", "pk"]

    def __str__(self) -> str:
        return self.subject


@tracked()
class Section(NamedVersioned):
    """The answer to one question of the form."""

    claim: Any = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="sections", verbose_name=_("claim"))
    question: Any = models.ForeignKey(
        "claims.TemplateSection", on_delete=models.PROTECT, related_name="+", verbose_name=_("question")
    )
    text = RichTextField(_("text"))
    to_update = models.BooleanField(_("figures still to be updated"), default=False)

    class Meta(NamedVersioned.Meta):
        abstract = False
        verbose_name = _("section")
        verbose_name_plural = _("sections")
        ordering = ["claim", "question"]
        constraints = [
            models.UniqueConstraint(
                fields=["claim", "question"],
                name="section_once",
                violation_error_message=_("This question already has an answer."),
            )
        ]

    def __str__(self) -> str:
        return str(self.public_id)
