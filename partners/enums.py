"""Choices of the partners floor."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class PartnerKind(models.TextChoices):
    """What sort of organisation a partner is."""

    POOLED_FUND = "pooled-fund", _("pooled fund")
    INTERNATIONAL = "international", _("international organisation")
    EU_MISSION = "eu-mission", _("EU mission")
    GOVERNMENT = "government", _("government body")
    NGO = "ngo", _("non-governmental organisation")


class TotalKind(models.TextChoices):
    """What a figure about a fund's money says."""

    RECEIVED = "received", _("received")
    ALLOCATED = "allocated", _("allocated")
    PIPELINE = "pipeline", _("in the pipeline")
    SPENT_ON = "spent-on", _("spent on")
    RESERVED_FOR = "reserved-for", _("reserved for")

    @property
    def needs_purpose(self) -> bool:
        """True for spending by purpose."""
        return self in (TotalKind.SPENT_ON, TotalKind.RESERVED_FOR)


class Basis(models.TextChoices):
    """What our contribution is measured against in a share (grondslag)."""

    RECEIVED = "received", _("what the fund received")
    ALLOCATED = "allocated", _("what the fund allocated")
    APPEAL = "appeal", _("the appeal")
