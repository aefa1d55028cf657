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


class StepKind(models.TextChoices):
    """What can be done with a claim as a whole. Which step may follow which state is a table: `claims.rules.workflow`."""

    SUBMIT = "submit", _("submit to FEZ")
    TAKE_BACK = "take-back", _("take back")
    RETURN = "return", _("return with remarks")
    AGREE = "agree", _("agree")
    PRESENT = "present", _("present for decision")
    DECIDE = "decide", _("confirm decision")
    AMEND = "amend", _("propose amendment")
    DROP = "drop", _("drop amendment")
    START = "start", _("start execution")
    CLOSE = "close", _("close")
    WITHDRAW = "withdraw", _("withdraw")


class Outcome(models.TextChoices):
    """What was decided."""

    GRANTED = "granted", _("agreed")
    CONDITIONAL = "conditional", _("agreed under a condition")
    LOWER = "lower", _("agreed for a lower amount")
    HELD = "held", _("held over")
    REJECTED = "rejected", _("not agreed")


GRANTING = (Outcome.GRANTED, Outcome.CONDITIONAL, Outcome.LOWER)


class DecisionKind(models.TextChoices):
    """What a decision is about."""

    MONEY = "money", _("money")
    INFORM = "inform", _("informing the House")
    AMENDMENT = "amendment", _("amendment")


class Series(models.TextChoices):
    """The two series of each budget year."""

    COMMITMENT = "commitment", _("commitments")
    CASH = "cash", _("cash")


class GrantKind(models.TextChoices):
    """What a grant entry does; the kind fixes its direction."""

    GRANT = "grant", _("granted")
    REDUCTION = "reduction", _("lowered by amendment")
    RELEASE = "release", _("released")


class MilestoneKind(models.TextChoices):
    """What happened around a claim or its papers."""

    COORDINATED = "coordinated", _("coordinated with")
    INFORMED = "informed", _("House informed")
    PUBLISHED = "published", _("published")
    TRANSFERRED = "transferred", _("budget transferred")
    SENT = "sent", _("nota sent")


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
