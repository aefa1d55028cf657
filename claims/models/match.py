"""Which published activity belongs to which of our contributions or lines: said by a person, never guessed from an amount."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from claims.models.claim import ClaimLine
from core.history import tracked
from core.models import NamedVersioned
from partners.models import Contribution


@tracked()
class IatiMatch(NamedVersioned):
    """One match. It names the publisher and activity exactly as published, so that it outlives the version of a file."""

    publisher = models.TextField(_("publisher"))
    identifier = models.TextField(_("IATI identifier"))
    contribution: Any = models.ForeignKey(
        Contribution,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="iati_matches",
        verbose_name=_("contribution"),
    )
    line: Any = models.ForeignKey(
        ClaimLine,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="iati_matches",
        verbose_name=_("claim line"),
    )
    matched_by: Any = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("matched by")
    )
    matched_at = models.DateTimeField(_("matched at"))

    class Meta(NamedVersioned.Meta):
        abstract = False
        verbose_name = _("match with a published activity")
        verbose_name_plural = _("matches with published activities")
        ordering = ["publisher", "identifier", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(contribution__isnull=False, line__isnull=True)
                | Q(contribution__isnull=True, line__isnull=False),
                name="iati_match_of_one",
                violation_error_message=_("A match names a contribution or a claim line: one of the two."),
            ),
            models.CheckConstraint(condition=~Q(publisher="") & ~Q(identifier=""), name="iati_match_named"),
            models.UniqueConstraint(
                fields=["publisher", "identifier", "contribution", "line"],
                nulls_distinct=False,
                name="iati_match_once",
                violation_error_message=_("This match is already recorded."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.identifier}: {self.contribution or self.line}"
