"""Passages that are left out of public versions: proposed by one person, confirmed by another, each on a ground of its regime."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from claims.enums import Regime
from core.fields import PublicIdField
from core.history import tracked
from core.models import Directorate, Reference
from core.permissions import within_reach


@tracked()
class RedactionGround(Reference):
    """A ground on which something is not published, in one of the regimes. Papers print its name."""

    code = models.SlugField(_("code"), max_length=40, unique=True)
    regime = models.CharField(_("regime"), max_length=10, choices=Regime.choices)
    article = models.CharField(_("article of law"), max_length=60, blank=True)
    position = models.PositiveSmallIntegerField(_("order"), default=1)

    class Meta(Reference.Meta):
        abstract = False
        verbose_name = _("ground for redaction")
        verbose_name_plural = _("grounds for redaction")
        ordering = ["regime", "position", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(regime__in=Regime.values), name="redaction_ground_regime_known")
        ]

    def __str__(self) -> str:
        return f"{self.article}: {self.name()}" if self.article else self.name()


class RedactionQuerySet(models.QuerySet["Redaction"]):
    """Questions about redactions."""

    def visible_to(self, user: Any) -> Any:
        """Redactions in papers of the directorates in which the person has a role."""
        return within_reach(self, user)

    def standing(self) -> RedactionQuerySet:
        """Those that were not withdrawn."""
        return self.filter(withdrawn_at__isnull=True)


class Redaction(models.Model):
    """One passage of one text that a public version leaves out. What it is never changes; it is confirmed or withdrawn, once.

    The passage is held by its own words and the words around it, a bound figure standing as one sign: so it is found again when
    the figure is worded anew or other sentences change, and reported as lost when its own words did.
    """

    public_id = PublicIdField()
    subject = models.UUIDField(db_index=True)
    directorate: Any = models.ForeignKey(Directorate, on_delete=models.PROTECT, related_name="+")
    part = models.CharField(_("part"), max_length=60)
    place = models.CharField(_("place"), max_length=300)
    quote = models.TextField(_("passage"))
    before = models.CharField(max_length=60, blank=True)
    after = models.CharField(max_length=60, blank=True)
    ground: Any = models.ForeignKey(
        RedactionGround, on_delete=models.PROTECT, related_name="redactions", verbose_name=_("ground")
    )
    motivation = models.CharField(
        _("motivation"), max_length=500, help_text=_("Why, for this passage. It stands in the list that is published.")
    )
    proposed_by: Any = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("proposed by")
    )
    proposed_at = models.DateTimeField(_("proposed at"))
    confirmed_by: Any = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("confirmed by")
    )
    confirmed_at = models.DateTimeField(_("confirmed at"), null=True)
    withdrawn_by: Any = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("withdrawn by")
    )
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True)

    objects = RedactionQuerySet.as_manager()

    class Meta:
        verbose_name = _("redaction")
        verbose_name_plural = _("redactions")
        ordering = ["subject", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(confirmed_at__isnull=True, confirmed_by__isnull=True)
                | Q(confirmed_at__isnull=False, confirmed_by__isnull=False),
                name="redaction_confirmed_pair",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True)
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False),
                name="redaction_withdrawn_pair",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True) | ~Q(confirmed_by=models.F("proposed_by")),
                name="redaction_four_eyes",
                violation_error_message=_("Whoever proposed a redaction does not confirm it. Ask a colleague."),
            ),
            models.CheckConstraint(
                condition=~Q(quote="") & ~Q(motivation=""),
                name="redaction_says_why",
                violation_error_message=_("Say what is left out, and why."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.place} {self.public_id}"

    @property
    def open(self) -> bool:
        """True while it waits for confirmation."""
        return self.confirmed_at is None and self.withdrawn_at is None
