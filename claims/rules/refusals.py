"""What the database refuses, in words: one table from the name of a constraint or trigger's rule to a message."""

from __future__ import annotations

from functools import cache

from django.apps import apps
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

MESSAGES: dict[str, str | Promise] = {
    "paper_is_open": _("This paper is closed: its decision was fed back, or it was sent. Its text no longer changes."),
    "paper_template_kind": _("That version belongs to another kind of paper. Choose one of this kind."),
    "append_only": _("What is recorded here is never changed or removed. Record a correction beside it."),
    "claim_draft_is_open": _("This claim is no longer a draft: it is changed by a recorded amendment."),
    "claim_state_by_step": _("A claim's state changes only by a recorded step."),
    "claim_begins_as_draft": _("A claim begins as a draft."),
    "step_from_present_state": _(
        "Somebody else took a step with this claim in the meantime. Nothing was changed; look at how it stands now."
    ),
    "step_allowed": _("This step cannot be taken from the state in which the claim is now."),
    "step_on_shown_content": _(
        "The claim was changed while you looked at it. Nothing was recorded; look at what it says now and decide again."
    ),
    "step_remark_given": _("Write why, so that whoever reads this later knows."),
    "step_four_eyes": _(
        "You worked on this claim in this round. Somebody who did not must check, confirm or approve it."
    ),
    "step_approvals": _("More controllers must agree with a claim of this amount."),
    "step_decision": _("A decision moves its claim once, when it is confirmed."),
    "approval_once": _("You have agreed with this submission already."),
    "decision_stands": _("A registered decision is confirmed or dropped, never changed. Drop it and register it anew."),
    "decision_four_eyes": _("Whoever registered a decision does not confirm it. Ask another registrar."),
    "decision_one_open": _("Another decision on this claim waits for confirmation. Confirm or drop that one first."),
    "decision_date_or_unknown": _("Give the date of the decision, or say that it is unknown."),
    "decision_condition_given": _("Say what the condition is."),
    "decision_within_request": _("More cannot be granted than was requested for that line and year."),
    "decision_amount_of_claim": _("That line belongs to another claim."),
    "grant_by_step": _("Money is granted only by confirming a decision."),
    "granted_not_negative": _("Less than nothing would be granted."),
    "total_by_rows": _("Totals are written only by the rows they are made of."),
    "ledger_isolation": _("The ledger cannot be written in this kind of transaction."),
    "period_open": _("That month is closed. Book it in an open month; the day it happened stays on the row."),
    "period_changes": _("That month is so already."),
    "gift_in_ledger": _(
        "This register holds payments to this partner in this year: the gift stands there already. If another directorate paid "
        "this, say which one; otherwise leave the year or the amount to the payments."
    ),
    "gift_recorded": _(
        "A contribution to this partner in this year is recorded already, as money outside this register: it would count twice. "
        "Remove it, or say there which other directorate paid it."
    ),
    "reversal_mirrors": _(
        "A reversal mirrors the row it points at, and is never reversed itself. Book a new row instead."
    ),
    "stage_in_order": _("A mutation is first announced, then processed, then authorised, each once."),
    "limit_envelope_commitment": _(
        "The envelope does not hold that much: commitments would be more than its commitment budget. "
        "Lower the amount, or ask the controller for a limit raise."
    ),
    "limit_envelope_cash": _(
        "The envelope does not hold that much: payments would be more than its cash budget. "
        "Lower the amount, or ask the controller for a limit raise."
    ),
    "limit_line": _("More would be committed than was granted to this line. Lower the amount or propose an amendment."),
    "limit_commitment": _("More would be paid than was committed. Raise the commitment first."),
    "commitment_not_negative": _("A commitment cannot be lowered below nothing."),
    "paid_not_negative": _("More would come back than was paid."),
    "unauthorised_ground": _(
        "The budget is processed but not authorised yet. Committing then needs a recorded ground: "
        "the date of the letter to the House (art. 2.27, second paragraph, CW 2016)."
    ),
    "books_deviation": _("A fact from the books above a limit is taken in only with its deviation."),
    "books_file_once": _("This file is dealt with already: it was taken in or put away."),
    "unspent_booked": _("What is decided about unspent cash is what is booked."),
    "unspent_within_rest": _("Less cash of this line is left than that. Look at what is left now."),
    "revaluation_own_currency": _("What is open is revalued in its own currency."),
    "revaluation_booked": _("What is revalued is what is booked."),
    "revaluation_reckoned": _("The value does not follow from the open amount and the rate."),
    "settlement_nothing_open": _("Something is still to be paid or written off on this commitment."),
    "commitment_settled": _("This commitment is settled finally. A controller can take that back."),
    "opening_of_new_claim": _("An opening balance grants only to claims that it made itself."),
    "take_on_digest_true": _("The file did not arrive whole. Add it again."),
    "books_work_once": _("What the worker did with this file is kept as it was."),
    "books_file_digest_true": _("The file did not arrive whole. Add it again."),
    "reconciliation_four_eyes": _("You booked in this month. Another controller signs it off."),
    "reconciliation_explained": _("A difference is explained before the month is signed off."),
    "reconciliation_once": _("This month is signed off already, with these very figures."),
    "deviation_of_fact": _("A deviation belongs to a fact from the books."),
    "commitment_partner_of_line": _("That partner does not receive money in this line."),
    "commitment_own_year": _("A commitment counts wholly in the envelope of the year of signing."),
    "payment_own_year": _("A payment takes the cash of an envelope of its own year."),
    "advance_written_off": _("That advance is written off already. Reverse the write-off first."),
    "write_off_within_advance": _("More would be written off than is open of that advance."),
    "split_whole": _("A division names every recipient of the line and adds up to the line's amount."),
    "withdraw_uncommitted": _("Money is committed under this claim: it cannot be withdrawn. Close it instead."),
    "raise_four_eyes": _("Whoever proposed a limit raise does not confirm it."),
    "payment_voucher_once": _("This voucher is booked already."),
    "commitment_row_voucher_once": _("This voucher is booked already."),
    "claims_commitment_number_key": _("A commitment of that number is there already."),
    "claims_payment_reverses_id_key": _("That row is reversed already."),
    "claims_commitmentrow_reverses_id_key": _("That row is reversed already."),
    "claims_mutation_reverses_id_key": _("That row is reversed already."),
    "claims_writeoff_reverses_id_key": _("That row is reversed already."),
    "evidence_digest_true": _("The file did not arrive whole. Add it again."),
    "redaction_stands": _("A redaction is confirmed or withdrawn, never changed. Withdraw it and propose another."),
    "frozen_version_once": _("Another version of this paper was frozen at the same time. Look at it and try again."),
    "frozen_subject_one": _("What this paper is about is no longer there. Look at it again."),
    "frozen_whole": _("A frozen paper has its PDF, Word and OpenDocument file. Freeze it again."),
    "frozen_public_of_internal": _("A public version is made from a frozen internal version."),
    "frozen_file_digest_true": _("A file of this paper did not arrive whole. Freeze it again."),
    "frozen_file_size": _("A file of this paper is larger than 20 MB. Shorten its texts and tables."),
    "evidence_public_is_classified_so": _("Only what is classified as public may be published."),
}


def rule_of(error: BaseException) -> str:
    """Return the name of the constraint or rule that a database error names; empty when it names none."""
    seen: BaseException | None = error
    while seen is not None:
        name = getattr(getattr(seen, "diag", None), "constraint_name", None)
        if name:
            return str(name)
        seen = seen.__cause__
    return ""


def message_of(error: BaseException) -> str | Promise | None:
    """Return what to tell the user about a refusal of the database; None when it is none of ours."""
    rule = rule_of(error)
    return MESSAGES.get(rule) or said_by_models().get(rule)


@cache
def said_by_models() -> dict[str, str | Promise]:
    """Return the messages that models give with their constraints."""
    return {
        constraint.name: constraint.violation_error_message
        for model in apps.get_app_config("claims").get_models()
        for constraint in model._meta.constraints
        if constraint.violation_error_message
        and constraint.violation_error_message != constraint.default_violation_error_message
    }
