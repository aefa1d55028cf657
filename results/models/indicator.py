"""Indicators: what is counted, in which unit, and how its values may be added."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.fields import SortKeyField
from core.history import tracked
from core.models import NamedVersioned, Theme
from results.enums import Counted, Timing


@tracked()
class Indicator(NamedVersioned):
    """A measure that several results share. What it counts decides whether they may be added."""

    name = models.CharField(
        _("name"), max_length=200, unique=True, help_text=_("For example: people who received winter clothing.")
    )
    unit = models.CharField(_("unit"), max_length=80, help_text=_("What one is: people, hospitals, kilometres, %."))
    counts = models.CharField(
        _("counts"),
        max_length=12,
        choices=Counted.choices,
        help_text=_(
            "Unique people are counted once, however often they are helped; they are never added over partners or periods. "
            "Contacts and things may be."
        ),
    )
    timing = models.CharField(
        _("relates to time as"),
        max_length=12,
        choices=Timing.choices,
        default=Timing.PERIOD,
        help_text=_(
            "A running total already holds the earlier periods; the state at one moment is not a sum over time."
        ),
    )
    additive = models.BooleanField(
        _("may be added"),
        default=False,
        help_text=_(
            "Only when the results can never count the same thing twice, for example one region beside another."
        ),
    )
    theme: Any = models.ForeignKey(
        Theme, on_delete=models.PROTECT, null=True, blank=True, related_name="indicators", verbose_name=_("theme")
    )
    definition = models.TextField(
        _("definition"), blank=True, help_text=_("Who or what counts and who or what does not, and from which source.")
    )
    active = models.BooleanField(_("in use"), default=True)
    sort_key = SortKeyField("name")

    class Meta(NamedVersioned.Meta):
        abstract = False
        verbose_name = _("indicator")
        verbose_name_plural = _("indicators")
        ordering = ["sort_key"]
        constraints = [
            models.CheckConstraint(condition=Q(counts__in=Counted.values), name="indicator_counts_known"),
            models.CheckConstraint(condition=Q(timing__in=Timing.values), name="indicator_timing_known"),
            models.CheckConstraint(
                condition=~Q(unit=""),
                name="indicator_has_unit",
                violation_error_message=_("Say in which unit the indicator counts."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.unit})"
