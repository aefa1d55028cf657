"""The annex of contributions and results: parts per partner, each citing records."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from claims.enums import CitedKind
from claims.models.claim import Claim
from core.fields import RichTextField
from core.history import tracked
from core.models import NamedVersioned, OrderedQuerySet
from partners.models import Appeal, Contribution, FundTotal, Partner, Share
from results.models import Result


@tracked()
class AnnexPart(NamedVersioned):
    """One part of the annex, usually one partner's, with text of its own and what it cites."""

    claim: Any = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="annex_parts", verbose_name=_("claim"))
    position = models.PositiveSmallIntegerField(_("order"), default=1)
    title = models.CharField(_("heading"), max_length=200, help_text=_("For example ICRC 2024."))
    partner: Any = models.ForeignKey(
        Partner, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("partner")
    )
    text = RichTextField(_("text"))
    to_update = models.BooleanField(_("figures still to be updated"), default=False)

    objects = OrderedQuerySet.as_manager()

    class Meta(NamedVersioned.Meta):
        abstract = False
        verbose_name = _("part of the annex")
        verbose_name_plural = _("parts of the annex")
        ordering = ["claim", "position", "pk"]

    def __str__(self) -> str:
        return self.title


CITED_FIELDS = {kind: kind.value for kind in CitedKind}


def _exactly_one() -> Q:
    condition = Q()
    for field in CITED_FIELDS.values():
        condition |= Q(**{f"{other}__isnull": other != field for other in CITED_FIELDS.values()})
    return condition


@tracked()
class Citation(NamedVersioned):
    """One record that a part of the annex cites. Its sentence is composed from the record, unless one is written here."""

    part: Any = models.ForeignKey(
        AnnexPart, on_delete=models.CASCADE, related_name="citations", verbose_name=_("part of the annex")
    )
    position = models.PositiveSmallIntegerField(_("order"), default=1)
    result: Any = models.ForeignKey(
        Result, on_delete=models.PROTECT, null=True, blank=True, related_name="citations", verbose_name=_("result")
    )
    contribution: Any = models.ForeignKey(
        Contribution, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("contribution")
    )
    total: Any = models.ForeignKey(
        FundTotal, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("fund total")
    )
    appeal: Any = models.ForeignKey(
        Appeal, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("appeal")
    )
    share: Any = models.ForeignKey(
        Share, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Dutch share")
    )
    heading = models.CharField(
        _("heading"),
        max_length=200,
        blank=True,
        help_text=_("Empty: the heading of the result. Cited records under one heading stand together."),
    )
    addition = models.CharField(
        _("addition"), max_length=500, blank=True, help_text=_("Printed after the composed sentence.")
    )

    objects = OrderedQuerySet.as_manager()

    class Meta(NamedVersioned.Meta):
        abstract = False
        verbose_name = _("citation")
        verbose_name_plural = _("citations")
        ordering = ["part", "position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=_exactly_one(),
                name="citation_of_one",
                violation_error_message=_("A citation names exactly one record."),
            ),
            *[
                models.UniqueConstraint(
                    fields=["part", field],
                    name=f"citation_{field}_once",
                    violation_error_message=_("This part already cites that record."),
                )
                for field in CITED_FIELDS.values()
            ],
        ]

    def __str__(self) -> str:
        return str(self.kind.label)

    @property
    def kind(self) -> CitedKind:
        """What sort of record is cited."""
        return next(kind for kind, field in CITED_FIELDS.items() if getattr(self, f"{field}_id") is not None)

    @property
    def cited(self) -> Any:
        """The record cited."""
        return getattr(self, CITED_FIELDS[self.kind])
