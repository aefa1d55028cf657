"""The steps of a claim: submit, take back, return, agree, present, amend, drop, close, withdraw.

Each locks the claim, asks who may, and records a `Step`; the database checks the step against the present state, the
content that was shown, four eyes and approvals, and moves the claim. Colleagues are told once it is stored.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claims import policies
from claims.actions.refused import Refused, in_words, require
from claims.checks.review import to_settle
from claims.enums import ClaimState, StepKind
from claims.models import Approval, Claim, Decision, FindingAnswer, RequiredEvidence, Step
from claims.queries import workflow
from claims.queries.tree import Tree, with_tree
from claims.rules.refusals import MESSAGES
from claims.rules.workflow import MOVES
from core.findings import Finding
from core.mail import tell
from core.models import User
from core.permissions import refresh
from core.transactions import acting


@dataclass(frozen=True)
class Seen:
    """What somebody looked at when deciding: the state, the round and the mark of the content."""

    state: str
    round: int
    digest: str


class Incomplete(Refused):
    """Findings stand in the way that were neither mended nor answered."""

    def __init__(self, findings: list[Finding]) -> None:
        super().__init__(_("Something is missing or does not fit. Mend it, or say why it stays as it is."))
        self.findings = findings


def seen_now(claim: Claim) -> Seen:
    """Return what a page shows of a claim, to hand back with the step."""
    return Seen(claim.state, claim.round, workflow.digest(claim))


@acting
def submit(
    *,
    by: User,
    at: datetime.datetime,
    claim: Claim,
    seen: Seen,
    remark: str = "",
    reasons: Mapping[str, str] | None = None,
) -> Step:
    """Submit a draft to FEZ. Every finding is mended, or answered with a reason (by `Finding.mark`) that is kept."""
    locked = _lock(claim, by, StepKind.SUBMIT)
    tree = Tree(with_tree(Claim.objects.filter(pk=locked.pk)).get())
    left = []
    for finding in workflow.unanswered(locked, to_settle(tree)):
        reason = ((reasons or {}).get(finding.mark) or "").strip()
        if reason:
            FindingAnswer.objects.create(
                claim=locked,
                round=locked.round,
                code=finding.code,
                place=finding.key,
                message=str(finding.message),
                reason=reason[:2000],
                by=by,
                at=at,
            )
        else:
            left.append(finding)
    if left:
        raise Incomplete(left)
    return _record(by=by, at=at, claim=locked, kind=StepKind.SUBMIT, end=ClaimState.SUBMITTED, seen=seen, remark=remark)


@acting
def agree(*, by: User, at: datetime.datetime, claim: Claim, seen: Seen, remark: str = "") -> Step | None:
    """Agree with what was shown. The claim moves when enough controllers have; None while more must."""
    locked = _lock(claim, by, StepKind.AGREE)
    _compare(locked, seen)
    submission = workflow.submission_of(locked)
    if submission is None:
        raise Refused(MESSAGES["step_from_present_state"], "step_from_present_state")
    with in_words():
        Approval.objects.create(submission=submission, by=by, at=at, digest=seen.digest, remark=remark.strip())
    if len(workflow.approvals_of(submission)) < workflow.approvals_needed(locked):
        return None
    return _record(by=by, at=at, claim=locked, kind=StepKind.AGREE, end=ClaimState.AGREED, seen=seen, remark=remark)


@acting
def take(*, by: User, at: datetime.datetime, claim: Claim, kind: str, seen: Seen, remark: str = "") -> Step:
    """Take one of the plain steps: take back, return, present, amend, drop, close, withdraw."""
    locked = _lock(claim, by, kind)
    move = MOVES[StepKind(kind)]
    if move.remark and not remark.strip():
        raise Refused(MESSAGES["step_remark_given"], "step_remark_given")
    end = workflow.state_before_amendment(locked) if kind == StepKind.DROP else move.ends[0]
    return _record(by=by, at=at, claim=locked, kind=kind, end=end, seen=seen, remark=remark)


@acting
def settle(*, by: User, at: datetime.datetime, decision: Decision, seen: Seen) -> Step:
    """Take the step that a confirmed decision asks for; the database books the grant entries with it."""
    claim = Claim.objects.select_for_update(no_key=True).get(pk=decision.claim_id)
    require_evidence(claim, StepKind.DECIDE)
    return _record(
        by=by,
        at=at,
        claim=claim,
        kind=StepKind.DECIDE,
        end=workflow.state_after(decision),
        seen=seen,
        decision=decision,
    )


def opened(*, by: User, at: datetime.datetime, decision: Decision, booked_on: datetime.date) -> Step:
    """Take the step by which an opening balance grants: from the draft, per the balance's day; nobody is told."""
    claim = Claim.objects.select_for_update(no_key=True).get(pk=decision.claim_id)
    return Step.objects.create(
        claim=claim,
        round=claim.round,
        kind=StepKind.DECIDE,
        from_state=claim.state,
        to_state=ClaimState.GRANTED,
        by=by,
        at=at,
        booked_on=booked_on,
        remark=decision.source,
        digest=workflow.digest(claim),
        decision=decision,
    )


def require_evidence(claim: Claim, kind: str) -> None:
    """Refuse a step for which a kind of evidence is required and not there."""
    lacking = [
        str(row.kind)
        for row in RequiredEvidence.objects.filter(step=kind).select_related("kind").order_by("kind__sort_key")
        if not claim.evidence.filter(kind=row.kind).exists()
    ]
    if lacking:
        raise Refused(
            format_lazy(
                gettext_lazy(
                    "This step needs evidence that is not there yet: {kinds}. Add it under Decisions and evidence."
                ),
                kinds=", ".join(lacking),
            ),
            "evidence_required",
        )


def _lock(claim: Claim, by: User, kind: str) -> Claim:
    locked = (
        Claim.objects.select_for_update(no_key=True, of=("self",))
        .select_related("directorate", "owner")
        .get(pk=claim.pk)
    )
    refresh(by)  # a role may have been withdrawn since the page was asked for
    require(policies.may_take(by, locked, kind))
    require_evidence(locked, kind)
    return locked


def _compare(claim: Claim, seen: Seen) -> None:
    if (claim.state, claim.round) != (seen.state, seen.round):
        raise Refused(MESSAGES["step_from_present_state"], "step_from_present_state")
    if workflow.digest(claim) != seen.digest:
        raise Refused(MESSAGES["step_on_shown_content"], "step_on_shown_content")


def _record(
    *,
    by: User,
    at: datetime.datetime,
    claim: Claim,
    kind: str,
    end: str,
    seen: Seen,
    remark: str = "",
    decision: Decision | None = None,
) -> Step:
    _compare(claim, seen)
    with in_words():
        step = Step.objects.create(
            claim=claim,
            round=seen.round + (1 if kind == StepKind.AMEND else 0),
            kind=kind,
            from_state=seen.state,
            to_state=end,
            by=by,
            at=at,
            booked_on=timezone.localdate(at),
            remark=remark.strip(),
            digest=seen.digest,
            decision=decision,
        )
    claim.refresh_from_db()
    _tell(step)
    return step


def _tell(step: Step) -> None:
    """Tell the file holder, and whoever is next, what happened."""
    claim, by = step.claim, step.by
    people = {person.pk: person for person in (claim.owner, claim.deputy) if person}
    if step.to_state == ClaimState.SUBMITTED:
        people |= {
            person.pk: person
            for person in workflow.who_can(
                MOVES[StepKind.AGREE].roles, claim.directorate_id, besides=workflow.drafters(claim)
            )
        }
    elif step.to_state == ClaimState.PRESENTED:
        people |= {person.pk: person for person in workflow.who_can(MOVES[StepKind.DECIDE].roles, claim.directorate_id)}
    people.pop(by.pk, None)

    def compose() -> tuple[str, str]:
        state = ClaimState(step.to_state).label
        subject = _("%(reference)s: %(state)s") % {"reference": claim.reference, "state": state}
        text = _("%(name)s moved “%(title)s” (%(reference)s) to: %(state)s.") % {
            "name": by.name,
            "title": claim.title,
            "reference": claim.reference,
            "state": state,
        }
        return subject, f"{text}\n\n{step.remark}\n" if step.remark else f"{text}\n"

    tell(people.values(), compose)
