"""What partners achieved. A result belongs to a partner and a period and outlives the claims that cite it."""

from typing import Any

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Round
from django.utils.translation import gettext_lazy as _

from core.fields import DayField, NumberField
from core.history import tracked
from core.models import Directorate, FetchingManager, NamedVersioned, OrderedQuerySet, Source
from core.permissions import standing
from partners.models import Partner
from results.enums import VersionState
from results.models.guards import (
    KEEP_LOCKED_RESULT,
    KEEP_LOCKED_VERSION,
    KEEP_PARTS,
    PART_WITHIN_WHOLE,
    PARTS_OF_VERSION,
)
from results.models.indicator import Indicator


@tracked()
class ResultGroup(NamedVersioned):
    """A heading under which results of one partner belong together, such as "Winterhulp 2023"."""

    partner: Any = models.ForeignKey(
        Partner, on_delete=models.PROTECT, related_name="result_groups", verbose_name=_("partner")
    )
    title = models.CharField(_("heading"), max_length=200)
    note = models.CharField(
        _("note"),
        max_length=500,
        blank=True,
        help_text=_("Printed below the heading, for example why figures are missing."),
    )

    objects = FetchingManager()

    class Meta(NamedVersioned.Meta):
        abstract = False
        base_manager_name = "objects"
        verbose_name = _("result heading")
        verbose_name_plural = _("result headings")
        ordering = ["partner", "title"]
        constraints = [
            models.UniqueConstraint(
                fields=["partner", "title"],
                name="result_group_once",
                violation_error_message=_("This partner already has that heading."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.partner.short_name}: {self.title}"


@tracked()
class OverlapGroup(NamedVersioned):
    """Results that may count the same people: adding them up is refused."""

    label = models.CharField(_("label"), max_length=200, unique=True, help_text=_("For example: winter aid UHF 2023."))

    class Meta(NamedVersioned.Meta):
        abstract = False
        verbose_name = _("overlap group")
        verbose_name_plural = _("overlap groups")
        ordering = ["label"]

    def __str__(self) -> str:
        return self.label


class ResultQuerySet(models.QuerySet["Result"]):
    """Questions about results."""

    def visible_to(self, user: Any) -> "ResultQuerySet":
        """Results are common ground, but for confidential ones, which only the directorate that recorded them sees."""
        held = standing(user)
        if not held.all_roles():
            return self.none()
        if held.sees_everything:
            return self
        return self.filter(Q(confidential=False) | Q(directorate__in=held.directorate_ids))

    def with_current(self) -> "ResultQuerySet":
        """Fetch each result with its newest version and parts."""
        versions = ResultVersion.objects.newest()
        return self.select_related("partner", "group__partner", "indicator").prefetch_related(
            models.Prefetch("versions", versions, to_attr="newest")
        )


class ResultManager(FetchingManager.from_queryset(ResultQuerySet)):  # type: ignore[misc]
    """Fetches the partner, whose name is part of a result's."""


@tracked()
class Result(NamedVersioned):
    """The identity of a result: who, what, when. Its value lives in versions."""

    partner: Any = models.ForeignKey(
        Partner, on_delete=models.PROTECT, related_name="results", verbose_name=_("partner")
    )
    group: Any = models.ForeignKey(
        ResultGroup,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="results",
        verbose_name=_("heading"),
        help_text=_("The heading it stands under in an annex."),
    )
    indicator: Any = models.ForeignKey(
        Indicator,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="results",
        verbose_name=_("indicator"),
        help_text=_("What is counted and how. Without an indicator a result is never added to another."),
    )
    label = models.CharField(
        _("what was achieved"),
        max_length=400,
        help_text=_(
            "Reads on after the number and unit: “people received winter clothing” becomes “230,000 people received winter clothing”."
        ),
    )
    unit = models.CharField(
        _("unit"),
        max_length=80,
        blank=True,
        help_text=_("What is counted, for example people or hospitals. Empty for an outcome in words."),
    )
    period_start = DayField(_("from"))
    period_end = DayField(_("up to and including"))
    overlap_group: Any = models.ForeignKey(
        OverlapGroup,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="results",
        verbose_name=_("overlap group"),
        help_text=_("Results that may count the same people. They are never added up."),
    )
    confidential = models.BooleanField(
        _("confidential"), default=False, help_text=_("Never in a public paper, and seen only within the directorate.")
    )
    directorate: Any = models.ForeignKey(
        Directorate,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("recorded by directorate"),
    )

    objects = ResultManager()

    class Meta(NamedVersioned.Meta):
        abstract = False
        base_manager_name = "objects"
        verbose_name = _("result")
        verbose_name_plural = _("results")
        ordering = ["partner", "-period_start", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(period_end__gte=F("period_start")),
                name="result_period",
                violation_error_message=_("A period ends on or after the day it begins."),
            ),
            models.CheckConstraint(
                condition=Q(confidential=False) | Q(directorate__isnull=False),
                name="result_confidential_has_directorate",
                violation_error_message=_("A confidential result names the directorate that may see it."),
            ),
            models.UniqueConstraint(
                fields=["partner", "label", "unit", "period_start", "period_end"],
                name="result_once",
                violation_error_message=_("This result is already entered for that period; add a version to it."),
            ),
        ]
        triggers = [*NamedVersioned.Meta.triggers, KEEP_LOCKED_RESULT]

    def __str__(self) -> str:
        return f"{self.partner.short_name}: {self.unit} {self.label}".replace("  ", " ")


class ResultVersionQuerySet(models.QuerySet["ResultVersion"]):
    """Questions about versions."""

    def newest(self) -> "ResultVersionQuerySet":
        """The newest version of each result, with its parts and source."""
        return (
            self.order_by("result_id", "-number")
            .distinct("result_id")
            .select_related("source")
            .prefetch_related("parts")
        )


@tracked()
class ResultVersion(NamedVersioned):
    """What was reported at one moment: a value or an outcome in words. Once verified it never changes."""

    result: Any = models.ForeignKey(Result, on_delete=models.CASCADE, related_name="versions", verbose_name=_("result"))
    number = models.PositiveSmallIntegerField(_("version"), default=1)
    value = NumberField(_("value"), null=True, blank=True)
    narrative = models.TextField(_("outcome in words"), blank=True, help_text=_("When there is no number to count."))
    numerator = NumberField(
        _("numerator"), null=True, blank=True, help_text=_("Only for a percentage: the part, for example 45 children.")
    )
    denominator = NumberField(
        _("denominator"),
        null=True,
        blank=True,
        help_text=_("Only for a percentage: the whole, for example 60 children."),
    )
    baseline = NumberField(
        _("baseline"), null=True, blank=True, help_text=_("The value before the work began, in the same unit.")
    )
    target = NumberField(
        _("target"), null=True, blank=True, help_text=_("The value aimed at for this period, in the same unit.")
    )
    as_of = DayField(
        _("as of"),
        null=True,
        blank=True,
        help_text=_("Up to which date does this figure hold? Without a date it may not stand in a paper."),
    )
    source: Any = models.ForeignKey(
        Source, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("source")
    )
    state = models.CharField(_("state"), max_length=10, choices=VersionState.choices, default=VersionState.REPORTED)
    verified_by: Any = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        editable=False,
        verbose_name=_("verified by"),
    )
    verified_at = models.DateTimeField(_("verified at"), null=True, blank=True, editable=False)

    objects = ResultVersionQuerySet.as_manager()

    class Meta(NamedVersioned.Meta):
        abstract = False
        verbose_name = _("reported value")
        verbose_name_plural = _("reported values")
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["result", "number"],
                name="result_version_once",
                violation_error_message=_("This result already has a version with that number."),
            ),
            models.CheckConstraint(
                condition=Q(value__isnull=False) | ~Q(narrative=""),
                name="result_version_says_something",
                violation_error_message=_("Enter a value, or the outcome in words."),
            ),
            models.CheckConstraint(
                condition=Q(value__isnull=True) | Q(value__gte=0),
                name="result_value_not_negative",
                violation_error_message=_("The value cannot be less than zero."),
            ),
            models.CheckConstraint(
                condition=Q(state=VersionState.VERIFIED, verified_by__isnull=False, verified_at__isnull=False)
                | Q(state=VersionState.REPORTED, verified_by__isnull=True, verified_at__isnull=True),
                name="result_version_verified_pair",
                violation_error_message=_("A verified value names who verified it and when."),
            ),
            models.CheckConstraint(
                condition=Q(numerator__isnull=True, denominator__isnull=True)
                | Q(
                    numerator__isnull=False,
                    numerator__gte=0,
                    denominator__isnull=False,
                    denominator__gt=0,
                    value__isnull=False,
                    value=Round(F("numerator") * 100 / F("denominator"), precision=2),
                ),
                name="result_version_percentage",
                violation_error_message=_(
                    "A percentage has a numerator and a denominator, and its value is the one divided by the other, with two decimals."
                ),
            ),
        ]
        triggers = [
            *NamedVersioned.Meta.triggers,
            pgtrigger.Protect(
                name="keep_verified",
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=pgtrigger.Q(old__state=VersionState.VERIFIED),
            ),
            PARTS_OF_VERSION,
            KEEP_LOCKED_VERSION,
        ]

    def __str__(self) -> str:
        return f"{self.number}"


@tracked()
class ResultPart(NamedVersioned):
    """An "of which" part of a value. Parts may overlap each other; none exceeds the whole."""

    version_of: Any = models.ForeignKey(
        ResultVersion, on_delete=models.CASCADE, related_name="parts", verbose_name=_("reported value")
    )
    position = models.PositiveSmallIntegerField(_("order"), default=0)
    label = models.CharField(_("of which"), max_length=200)
    value = NumberField(_("value"))

    objects = OrderedQuerySet.as_manager()

    class Meta(NamedVersioned.Meta):
        abstract = False
        verbose_name = _("part (of which)")
        verbose_name_plural = _("parts (of which)")
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(value__gte=0),
                name="result_part_not_negative",
                violation_error_message=_("The value of a part cannot be less than zero."),
            )
        ]
        triggers = [*NamedVersioned.Meta.triggers, PART_WITHIN_WHOLE, KEEP_PARTS]

    def __str__(self) -> str:
        return self.label
