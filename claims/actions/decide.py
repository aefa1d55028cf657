"""Decisions of parties without an account: registered by one registrar, confirmed by another, who books the grants."""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from claims import policies
from claims.actions.refused import Refused, in_words, require
from claims.actions.steps import Seen, settle
from claims.enums import GRANTING, Outcome
from claims.models import Claim, ClaimLine, Decision, DecisionAmount, Envelope, Milestone, Party, Step
from claims.rules.refusals import MESSAGES
from core.models import User
from core.permissions import refresh
from core.transactions import acting


@dataclass(frozen=True)
class Given:
    """What a decision gives a line from an envelope, in EUR; cash None when not known."""

    line: ClaimLine
    envelope: Envelope
    commitment: Decimal
    cash: Decimal | None = None


@acting
def register(
    *,
    by: User,
    at: datetime.datetime,
    claim: Claim,
    party: Party,
    outcome: str,
    amounts: Sequence[Given] = (),
    settles: bool | None = None,
    **fields: Any,
) -> Decision:
    """Register what a party decided; it counts once another registrar confirms it.

    `settles` follows the party unless given. Amounts belong to a settling decision that grants.
    """
    locked = _lock(claim)
    refresh(by)
    settles = party.settles if settles is None else settles
    require(policies.may_settle(by, locked) if settles else policies.may_register(by, locked))
    if settles and outcome in GRANTING and not any(row.commitment or row.cash for row in amounts):
        raise Refused(_("Say which amount is granted to which line."), "decision_amounts")
    if amounts and not (settles and outcome in GRANTING):
        raise Refused(_("Amounts belong to a decision that settles the claim and grants money."), "decision_amounts")
    if not fields.get("decided_on") and not fields.get("date_unknown"):
        raise Refused(MESSAGES["decision_date_or_unknown"], "decision_date_or_unknown")
    if outcome == Outcome.CONDITIONAL and not fields.get("condition", "").strip():
        raise Refused(MESSAGES["decision_condition_given"], "decision_condition_given")
    with in_words():
        decision = Decision.objects.create(
            claim=locked,
            round=locked.round,
            party=party,
            outcome=outcome,
            settles=settles,
            registered_by=by,
            registered_at=at,
            **fields,
        )
        for row in amounts:
            DecisionAmount.objects.create(
                decision=decision, line=row.line, envelope=row.envelope, commitment=row.commitment, cash=row.cash
            )
    return decision


@acting
def confirm(*, by: User, at: datetime.datetime, decision: Decision, shown: str, seen: Seen) -> Step | None:
    """Confirm a decision as it was shown (`shown` is `facts_mark`). A settling one moves its claim and books the grants."""
    _lock(decision.claim)
    fresh = Decision.objects.select_for_update(no_key=True, of=("self",)).select_related("claim").get(pk=decision.pk)
    refresh(by)
    if not fresh.is_open:
        raise Refused(MESSAGES["decision_stands"], "decision_stands")
    require(policies.may_confirm(by, fresh))
    if facts_mark(fresh) != shown:
        raise Refused(MESSAGES["step_on_shown_content"], "step_on_shown_content")
    fresh.confirmed_by, fresh.confirmed_at = by, at
    with in_words():
        fresh.save(update_fields=["confirmed_by", "confirmed_at"])
    return settle(by=by, at=at, decision=fresh, seen=seen) if fresh.settles else None


@acting
def drop(*, by: User, at: datetime.datetime, decision: Decision, reason: str) -> None:
    """Drop a registered decision that was wrong, with the reason; it stays on record and counts for nothing."""
    _lock(decision.claim)
    fresh = Decision.objects.select_for_update(no_key=True).get(pk=decision.pk)
    refresh(by)
    require(policies.may_register(by, decision.claim))
    if not fresh.is_open:
        raise Refused(MESSAGES["decision_stands"], "decision_stands")
    if not reason.strip():
        raise Refused(MESSAGES["step_remark_given"], "step_remark_given")
    fresh.dropped_by, fresh.dropped_at, fresh.drop_reason = by, at, reason.strip()
    with in_words():
        fresh.save(update_fields=["dropped_by", "dropped_at", "drop_reason"])


@acting
def record_milestone(*, by: User, at: datetime.datetime, claim: Claim, **fields: Any) -> Milestone:
    """Record that something happened around a claim, in any order."""
    refresh(by)
    require(policies.may_follow(by, claim))
    with in_words():
        return Milestone.objects.create(claim=claim, recorded_by=by, recorded_at=at, **fields)


def facts_mark(decision: Decision) -> str:
    """Return a mark of everything a decision says, to bind its confirmation to what was shown."""
    rows = decision.amounts.order_by("pk").values_list("line_id", "envelope_id", "commitment", "cash")
    facts = [
        decision.party_id,
        decision.kind,
        decision.outcome,
        decision.settles,
        decision.decided_on,
        decision.date_unknown,
        decision.wording,
        decision.condition,
        decision.remark,
        *(tuple(map(str, row)) for row in rows),
    ]
    return hashlib.sha256(repr([str(fact) for fact in facts]).encode()).hexdigest()


def _lock(claim: Claim) -> Claim:
    return (
        Claim.objects.select_for_update(no_key=True, of=("self",))
        .select_related("directorate", "owner")
        .get(pk=claim.pk)
    )
