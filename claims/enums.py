"""Choices of the claims floor."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ClaimState(models.TextChoices):
    """Where a claim stands."""

    DRAFT = "draft", _("draft")
    SUBMITTED = "submitted", _("submitted to FEZ")
    RETURNED = "returned", _("returned with remarks")
    AGREED = "agreed", _("agreed by FEZ")
    PRESENTED = "presented", _("presented for decision")
    GRANTED = "granted", _("granted")
    PARTLY_GRANTED = "partly-granted", _("partly granted")
    HELD = "held", _("held")
    REJECTED = "rejected", _("rejected")
    RUNNING = "running", _("in execution")
    CLOSED = "closed", _("closed")
    WITHDRAWN = "withdrawn", _("withdrawn")


EDITABLE_STATES = (ClaimState.DRAFT, ClaimState.RETURNED)


class Chapter(models.TextChoices):
    """The budget chapters that claims are charged to."""

    V = "V", _("V – Foreign Affairs")
    XVII = "XVII", _("XVII – Foreign Trade and Development")


class PartnerRole(models.TextChoices):
    """What a partner is in a claim line."""

    RECIPIENT = "recipient", _("recipient")
    ADMINISTRATOR = "administrator", _("administrator")
    BENEFICIARY = "beneficiary", _("beneficiary")
    IMPLEMENTER = "implementer", _("implementer")


class PartnerStatus(models.TextChoices):
    """How certain it is that this partner will be the one."""

    INTENDED = "intended", _("intended")
    CONFIRMED = "confirmed", _("confirmed")


class PaperKind(models.TextChoices):
    """The papers that are made out of a claim's records."""

    CW31 = "cw31", _("CW 3.1 form with annex")
    ANNEX = "annex", _("annex of contributions and results")


class CitedKind(models.TextChoices):
    """What an annex can cite."""

    RESULT = "result", _("result")
    CONTRIBUTION = "contribution", _("contribution")
    TOTAL = "total", _("fund total")
    APPEAL = "appeal", _("appeal")
    SHARE = "share", _("Dutch share")
