"""What the database refuses, in words: one table from the name of a constraint or trigger's rule to a message."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

MESSAGES: dict[str, str | Promise] = {
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
    "evidence_digest_true": _("The file did not arrive whole. Add it again."),
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
    return MESSAGES.get(rule_of(error))
