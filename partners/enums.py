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


class RateKind(models.TextChoices):
    """Whose exchange rate a conversion uses. A conversion without a named rate is refused."""

    CORPORATE = "corporate", _("the ministry's rate of the year")
    UN = "un", _("United Nations rate")
    ECB = "ecb", _("European Central Bank rate")
    AGREED = "agreed", _("rate agreed in the contract")
    BOOKED = "booked", _("rate at which it was booked")


class Way(models.TextChoices):
    """How a contribution is tied, which decides what may be said of results."""

    EARMARKED = "earmarked", _("earmarked to one organisation")
    POOLED = "pooled", _("pooled with the gifts of others")
    UNEARMARKED = "unearmarked", _("unearmarked")


class Say(models.TextChoices):
    """What a sentence may claim about results and our money."""

    DIRECT = "direct", _("we paid for this result")
    TOGETHER = "together", _("we paid together with others")
    PRO_RATA = "pro-rata", _("our share of this result is so much")
