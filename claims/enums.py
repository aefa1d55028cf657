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


class MutationNature(models.TextChoices):
    """Why a budget changes: by a policy decision, or technically (reallocation, transfer)."""

    POLICY = "policy", _("policy (beleidsmatig)")
    TECHNICAL = "technical", _("technical")


class BudgetMoment(models.TextChoices):
    """At which moment of the budget cycle a mutation is made."""

    DRAFT_BUDGET = "draft-budget", _("draft budget")
    AMENDING_NOTE = "amending-note", _("amending note or amendment")
    FIRST = "first", _("1st supplementary budget")
    SEPTEMBER = "september", _("supplementary budget of September")
    SECOND = "second", _("2nd supplementary budget")
    FINAL = "final", _("final budget act")
    INCIDENTAL = "incidental", _("incidental supplementary budget")


class MutationStage(models.TextChoices):
    """How far a mutation is."""

    ANNOUNCED = "announced", _("announced")
    PROCESSED = "processed", _("processed")
    AUTHORISED = "authorised", _("authorised")


class Direction(models.TextChoices):
    """Whether a row adds or takes away."""

    UP = "up", _("increase")
    DOWN = "down", _("decrease")


class Origin(models.TextChoices):
    """Whether a row says what a user means to do, or what the ministry's books report."""

    USER = "user", _("entered")
    BOOKS = "books", _("from the books")
    TAKE_ON = "take-on", _("opening balance")


class CommitmentKind(models.TextChoices):
    """What a row of a commitment does."""

    SIGN = "sign", _("signed")
    RAISE = "raise", _("raised")
    LOWER = "lower", _("lowered")
    REVALUE_UP = "revalue-up", _("revaluation up")
    REVALUE_DOWN = "revalue-down", _("revaluation down")


class PaymentKind(models.TextChoices):
    """What is paid or comes back."""

    ADVANCE = "advance", _("advance")
    PAYMENT = "payment", _("payment")
    RECEIPT = "receipt", _("receipt")


class WriteOffKind(models.TextChoices):
    """By which document an advance is written off."""

    REPORT = "report", _("final report and closing (contribution)")
    SETTLEMENT = "settlement", _("settlement (subsidy)")


class RateKind(models.TextChoices):
    """Where a rate comes from."""

    CORPORATE = "corporate", _("corporate rate of the year")
    UN = "un", _("UN rate")
    ECB = "ecb", _("ECB reference rate")
    AGREED = "agreed", _("agreed rate")
    BOOKED = "booked", _("rate as booked")


class PlanKind(models.TextChoices):
    """What a plan of quarters is."""

    PLAN = "plan", _("cash plan")
    FORECAST = "forecast", _("forecast")


class UnspentChoice(models.TextChoices):
    """What becomes of cash that was not spent in its year."""

    SHIFT = "shift", _("shifted to next year (kasschuif)")
    MARGIN = "margin", _("end-of-year margin")
    RELEASE = "release", _("released for other purposes")
    TREASURY = "treasury", _("back to the general means")


class OpeningKind(models.TextChoices):
    """What a row of an opening balance says."""

    BUDGET = "budget", _("budget")
    GRANT = "grant", _("granted")
    COMMITMENT = "commitment", _("commitment")
    PAID = "paid", _("paid")
    ADVANCE = "advance", _("open advance")


class BooksWorkKind(models.TextChoices):
    """What the worker does with a large file from the books."""

    LOOK = "look", _("look at it")
    TAKE_IN = "take-in", _("take it in")


class BooksWorkState(models.TextChoices):
    """How far that work is."""

    WAITING = "waiting", _("waiting")
    READING = "reading", _("reading")
    BOOKING = "booking", _("holding it against the register")
    DONE = "done", _("done")
    FAILED = "failed", _("failed")


class LimitKind(models.TextChoices):
    """Which limit is raised or broken."""

    ENVELOPE_COMMITMENT = "envelope-commitment", _("commitment budget of an envelope")
    ENVELOPE_CASH = "envelope-cash", _("cash budget of an envelope")
    LINE = "line", _("granted to a line")
    COMMITMENT = "commitment", _("amount of a commitment")


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
    NOTA = "nota", _("nota")
    LETTER = "letter", _("letter to the House")


OF_CLAIM = (PaperKind.CW31, PaperKind.ANNEX)  # made of one claim; the others are written about one or several


class Regime(models.TextChoices):
    """Under which rules a paper becomes public."""

    HOUSE = "house", _("sent to the House")
    WOO = "woo", _("published under the Woo")


class CitedKind(models.TextChoices):
    """What an annex can cite."""

    RESULT = "result", _("result")
    CONTRIBUTION = "contribution", _("contribution")
    TOTAL = "total", _("fund total")
    APPEAL = "appeal", _("appeal")
    SHARE = "share", _("Dutch share")


class HouseItemKind(models.TextChoices):
    """What the House asked, or was promised."""

    MOTION = "motion", _("motion")
    UNDERTAKING = "undertaking", _("undertaking")


class HouseItemState(models.TextChoices):
    """Whether a motion or undertaking still asks for a letter."""

    OPEN = "open", _("open")
    SETTLED = "settled", _("settled")
    LAPSED = "lapsed", _("lapsed")


class MotionOutcome(models.TextChoices):
    """What the vote on a motion brought."""

    ADOPTED = "adopted", _("adopted")
    HELD_OVER = "held-over", _("held over by the House")
    REJECTED = "rejected", _("rejected by the House")
    WITHDRAWN = "withdrawn", _("withdrawn by who tabled it")


class WrittenKind(models.TextChoices):
    """The papers that are written about one or several claims."""

    NOTA = "nota", _("nota")
    LETTER = "letter", _("letter to the House")


class NotaNature(models.TextChoices):
    """What a nota asks of whoever it goes to."""

    DECISION = "decision", _("for decision")
    INFORMATION = "information", _("for information")
    SIGNATURE = "signature", _("for signature")


class NotaOutcome(models.TextChoices):
    """What was decided on a nota."""

    AGREED = "agreed", _("agreed")
    REMARK = "remark", _("agreed with a remark")
    DISCUSS = "discuss", _("to be discussed")
    NOT_AGREED = "not-agreed", _("not agreed")
    SEEN = "seen", _("seen")


class FrameForm(models.TextChoices):
    """How a letter carries the CW 3.1 frame."""

    BLOCK = "block", _("in the letter")
    ANNEX = "annex", _("as an annex per claim")


class PaperBlock(models.TextChoices):
    """What records put below a heading by themselves."""

    SUMMARY = "summary", _("table of the claims")
    RESULTS = "results", _("key results")
    MOTIONS = "motions", _("motions and undertakings")
    FRAME = "frame", _("CW 3.1 frame, or its annexes")


class CitationForm(models.TextChoices):
    """How a text names a motion or undertaking."""

    SHORT = "kort", _("who and Kamerstuk")
    FULL = "voluit", _("who, subject and Kamerstuk")
    NUMBER = "nummer", _("Kamerstuk alone")
