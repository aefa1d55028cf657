"""Organisations we work with."""

from typing import Any

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.fields import SortKeyField
from core.history import tracked
from core.models import NamedVersioned
from core.permissions import standing
from partners.enums import PartnerKind


class PartnerQuerySet(models.QuerySet["Partner"]):
    """Questions about partners."""

    def visible_to(self, user: Any) -> "PartnerQuerySet":
        """Partners are common ground: everybody with a role sees all of them."""
        return self if standing(user).all_roles() else self.none()


@tracked()
class Partner(NamedVersioned):
    """An organisation that receives, administers, implements or benefits."""

    name = models.CharField(_("name"), max_length=200, unique=True, help_text=_("In full, as it calls itself."))
    short_name = models.CharField(
        _("short name"), max_length=40, unique=True, help_text=_("As papers call it, for example UHF.")
    )
    kind = models.CharField(_("kind"), max_length=20, choices=PartnerKind.choices)
    administered_by: Any = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="administers",
        verbose_name=_("administered by"),
        help_text=_("For a fund: the organisation that runs it."),
    )
    iati_identifier = models.CharField(
        _("IATI identifier"),
        max_length=100,
        blank=True,
        help_text=_("The organisation's own identifier in IATI, exactly as it publishes it, for example XM-DAC-41114."),
        validators=[RegexValidator(r"^[^\s/&|?]+$", _("An IATI identifier has no spaces and none of / & | ?."))],
    )
    website = models.URLField(_("website"), max_length=300, blank=True)
    note = models.TextField(_("note"), blank=True)
    active = models.BooleanField(_("in use"), default=True)
    sort_key = SortKeyField("name")

    objects = PartnerQuerySet.as_manager()

    class Meta(NamedVersioned.Meta):
        abstract = False
        verbose_name = _("partner")
        verbose_name_plural = _("partners")
        ordering = ["sort_key"]
        constraints = [
            models.CheckConstraint(condition=models.Q(kind__in=PartnerKind.values), name="partner_kind_known"),
            models.CheckConstraint(
                condition=models.Q(administered_by__isnull=True) | ~models.Q(administered_by=models.F("id")),
                name="partner_not_its_own_administrator",
                violation_error_message=_("An organisation does not administer itself."),
            ),
            models.UniqueConstraint(
                fields=["iati_identifier"],
                condition=~models.Q(iati_identifier=""),
                name="partner_iati_identifier_once",
                violation_error_message=_("Another partner already has this IATI identifier."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.short_name})" if self.short_name != self.name else self.name
