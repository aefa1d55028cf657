"""Money: budget mutations, commitments, payments, write-offs, reversals, limit raises, closed months.

Amounts are EUR, `Decimal` to the cent. The database holds every limit; these functions ask who may, book the rows and turn
a refusal into a sentence with the room there is.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from decimal import Decimal
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claims import policies
from claims.actions.refused import Refused, in_words, require
from claims.enums import CommitmentKind, MutationStage, PaymentKind, PlanKind
from claims.models import (
    Claim,
    ClaimLine,
    Commitment,
    CommitmentRow,
    Deviation,
    Envelope,
    LimitRaise,
    Mutation,
    Payment,
    PeriodAct,
    PlanQuarter,
    PlanVersion,
    PooledSplit,
    SplitPart,
    StageReached,
    WriteOff,
)
from claims.queries import headroom
from claims.rules.refusals import rule_of
from core.language import language
from core.models import User
from core.numbers import format_amount
from core.permissions import names_of, refresh
from core.transactions import acting, check_now
from partners.models import Partner

STAGES = (MutationStage.ANNOUNCED, MutationStage.PROCESSED, MutationStage.AUTHORISED)


# -- budget -----------------------------------------------------------------------------------------------------------


@acting
def record_mutation(
    *,
    by: User,
    at: datetime.datetime,
    envelope: Envelope,
    series: str,
    amount: Decimal,
    booked_on: datetime.date,
    moment: str,
    stage: str = MutationStage.ANNOUNCED,
    **fields: Any,
) -> Mutation:
    """Record a change of an envelope's budget, at the stage it has come to. It counts as budget once processed."""
    refresh(by)
    require(policies.may_book(by))
    with in_words():
        mutation = Mutation.objects.create(
            envelope=envelope,
            series=series,
            amount=amount,
            booked_on=booked_on,
            moment=moment,
            recorded_at=at,
            recorded_by=by,
            **fields,
        )
        for reached in STAGES[: STAGES.index(MutationStage(stage)) + 1]:
            _reach(mutation, reached, booked_on, by, at)
    return mutation


@acting
def reach_stage(
    *, by: User, at: datetime.datetime, mutation: Mutation, stage: str, on: datetime.date, source: str = ""
) -> StageReached:
    """Record that a mutation came to its next stage."""
    refresh(by)
    require(policies.may_book(by))
    with in_words():
        return _reach(mutation, stage, on, by, at, source)


def _reach(
    mutation: Mutation, stage: str, on: datetime.date, by: User, at: datetime.datetime, source: str = ""
) -> StageReached:
    return StageReached.objects.create(
        mutation=mutation, stage=stage, reached_on=on, recorded_at=at, recorded_by=by, source=source
    )


# -- commitments ------------------------------------------------------------------------------------------------------


@acting
def commit(
    *,
    by: User,
    at: datetime.datetime,
    line: ClaimLine,
    partner: Partner,
    envelope: Envelope,
    number: str,
    amount: Decimal,
    signed_on: datetime.date,
    booked_on: datetime.date | None = None,
    plan: Sequence[tuple[int, int, Decimal]] = (),
    **fields: Any,
) -> Commitment:
    """Record a signed commitment, wholly in the commitment budget of the year of signing.

    `plan` is the cash plan: (year, quarter, EUR). The first commitment brings the claim into execution.
    """
    claim = _lock(line)
    refresh(by)
    require(policies.may_commit(by, claim))
    with _with_room(line=line, envelope=envelope, asked=amount):
        commitment = Commitment.objects.create(
            number=number, line=line, partner=partner, signed_on=signed_on, recorded_at=at, recorded_by=by, **fields
        )
        CommitmentRow.objects.create(
            commitment=commitment,
            envelope=envelope,
            kind=CommitmentKind.SIGN,
            amount=amount,
            booked_on=booked_on or signed_on,
            recorded_at=at,
            recorded_by=by,
        )
    if plan:
        _plan(commitment, PlanKind.PLAN, plan, booked_on or signed_on, by, at)
    return commitment


@acting
def change_commitment(
    *,
    by: User,
    at: datetime.datetime,
    commitment: Commitment,
    kind: str,
    amount: Decimal,
    envelope: Envelope,
    booked_on: datetime.date,
    reason: str,
) -> CommitmentRow:
    """Raise or lower a commitment, from the envelope it counts in."""
    claim = _lock(commitment.line)
    refresh(by)
    require(policies.may_commit(by, claim))
    if not reason.strip():
        raise Refused(_("Say why the commitment changes."), "reason_given")
    with _with_room(line=commitment.line, envelope=envelope, commitment=commitment, asked=amount):
        return CommitmentRow.objects.create(
            commitment=commitment,
            envelope=envelope,
            kind=kind,
            amount=amount,
            booked_on=booked_on,
            reason=reason.strip(),
            recorded_at=at,
            recorded_by=by,
        )


@acting
def set_plan(
    *,
    by: User,
    at: datetime.datetime,
    commitment: Commitment,
    kind: str,
    quarters: Sequence[tuple[int, int, Decimal]],
    made_on: datetime.date,
    note: str = "",
) -> PlanVersion:
    """Set the cash plan or a forecast anew, whole. The newest counts; the older ones stay readable."""
    claim = _lock(commitment.line)
    refresh(by)
    require(policies.may_follow(by, claim))
    return _plan(commitment, kind, quarters, made_on, by, at, note)


def _plan(
    commitment: Commitment,
    kind: str,
    quarters: Sequence[tuple[int, int, Decimal]],
    made_on: datetime.date,
    by: User,
    at: datetime.datetime,
    note: str = "",
) -> PlanVersion:
    version = PlanVersion.objects.create(
        commitment=commitment, kind=kind, made_on=made_on, made_by=by, recorded_at=at, note=note
    )
    PlanQuarter.objects.bulk_create(
        PlanQuarter(version=version, year=year, quarter=quarter, amount=amount) for year, quarter, amount in quarters
    )
    return version


# -- payments ---------------------------------------------------------------------------------------------------------


@acting
def pay(
    *,
    by: User,
    at: datetime.datetime,
    commitment: Commitment,
    envelope: Envelope,
    kind: str,
    amount: Decimal,
    paid_on: datetime.date,
    booked_on: datetime.date | None = None,
    **fields: Any,
) -> Payment:
    """Record a payment, an advance or a receipt, in the cash budget of its own year."""
    claim = _lock(commitment.line)
    refresh(by)
    require(policies.may_book(by, claim))
    with _with_room(envelope=envelope, commitment=commitment, asked=amount, cash=True):
        return Payment.objects.create(
            commitment=commitment,
            envelope=envelope,
            kind=kind,
            amount=amount,
            paid_on=paid_on,
            booked_on=booked_on or paid_on,
            recorded_at=at,
            recorded_by=by,
            **fields,
        )


@acting
def write_off(
    *,
    by: User,
    at: datetime.datetime,
    advance: Payment,
    amount: Decimal,
    booked_on: datetime.date,
    kind: str,
    report: str,
) -> WriteOff:
    """Write an advance off, wholly or in part, against the partner's report."""
    claim = _lock(advance.commitment.line)
    refresh(by)
    require(policies.may_book(by, claim))
    if advance.kind != PaymentKind.ADVANCE:
        raise Refused(_("Only an advance is written off."), "write_off_within_advance")
    with in_words():
        return WriteOff.objects.create(
            advance=advance,
            amount=amount,
            booked_on=booked_on,
            kind=kind,
            report=report,
            recorded_at=at,
            recorded_by=by,
        )


MIRRORED: dict[Any, tuple[str, ...]] = {
    Mutation: ("envelope", "series", "direction", "nature", "moment", "source"),
    CommitmentRow: ("commitment", "envelope", "kind"),
    Payment: (
        "commitment",
        "envelope",
        "kind",
        "paid_on",
        "currency",
        "foreign_amount",
        "rate",
        "rate_kind",
        "rate_on",
    ),
    WriteOff: ("advance", "kind", "report"),
}


@acting
def reverse(*, by: User, at: datetime.datetime, row: Any, booked_on: datetime.date, reason: str) -> Any:
    """Reverse a row of the ledger by one that mirrors and points at it, with its own day in an open month."""
    refresh(by)
    require(policies.may_book(by, _claim_of(row)))
    if not reason.strip():
        raise Refused(_("Say why this is reversed."), "reason_given")
    model = type(row)
    with in_words():
        mirror = model.objects.create(
            amount=row.amount,
            booked_on=booked_on,
            recorded_at=at,
            recorded_by=by,
            origin=row.origin,
            voucher=row.voucher,
            reason=reason.strip()[:500],
            reverses=row,
            **{name: getattr(row, name) for name in MIRRORED[model]},
        )
        if model is Mutation:
            for stage in row.stages.order_by("pk"):
                _reach(mirror, stage.stage, booked_on, by, at)
    return mirror


def _claim_of(row: Any) -> Claim | None:
    if isinstance(row, Mutation):
        return None
    commitment = row.advance.commitment if isinstance(row, WriteOff) else row.commitment
    claim: Claim = commitment.line.claim
    return claim


# -- limits -----------------------------------------------------------------------------------------------------------


@acting
def propose_raise(
    *, by: User, at: datetime.datetime, kind: str, amount: Decimal, reason: str, ends_on: datetime.date, **limit: Any
) -> LimitRaise:
    """Propose to widen one limit until a day: an envelope's series or a line's grant."""
    refresh(by)
    line = limit.get("line")
    require(policies.may_propose_raise(by, line.claim if line is not None else None))
    if ends_on < at.date():
        raise Refused(_("The last day is over already."), "raise_ends")
    with in_words():
        return LimitRaise.objects.create(
            kind=kind, amount=amount, reason=reason, ends_on=ends_on, proposed_by=by, proposed_at=at, **limit
        )


@acting
def confirm_raise(*, by: User, at: datetime.datetime, limit_raise: LimitRaise) -> LimitRaise:
    """Confirm a proposed limit raise; another than who proposed it, and a controller."""
    refresh(by)
    require(policies.may_control(by))
    fresh = LimitRaise.objects.select_for_update(no_key=True).get(pk=limit_raise.pk)
    if fresh.confirmed_at or fresh.ended_at:
        raise Refused(_("Somebody else dealt with this raise already."), "raise_once")
    if fresh.proposed_by_id == by.pk:
        raise PermissionDenied(_("Whoever proposed a limit raise does not confirm it."))
    fresh.confirmed_by, fresh.confirmed_at = by, at
    with in_words():
        fresh.save(update_fields=["confirmed_by", "confirmed_at"])
    return fresh


@acting
def end_raise(*, by: User, at: datetime.datetime, limit_raise: LimitRaise) -> LimitRaise:
    """Take a limit raise back, while it is not used."""
    refresh(by)
    require(policies.may_control(by))
    fresh = LimitRaise.objects.select_for_update(no_key=True).get(pk=limit_raise.pk)
    if fresh.ended_at:
        raise Refused(_("Somebody else dealt with this raise already."), "raise_once")
    fresh.ended_by, fresh.ended_at = by, at
    try:
        with in_words():
            fresh.save(update_fields=["ended_by", "ended_at"])
    except Refused as refused:
        raise Refused(_("The raise is in use: it cannot be taken back any more."), refused.rule) from refused
    return fresh


@acting
def explain_deviation(*, by: User, at: datetime.datetime, deviation: Deviation, explanation: str) -> None:
    """Explain a deviation, once, by its owner or a controller."""
    refresh(by)
    fresh = Deviation.objects.select_for_update(no_key=True).get(pk=deviation.pk)
    if fresh.owner_id != by.pk:
        require(policies.may_control(by))
    if fresh.explained_at:
        raise Refused(_("This deviation is explained already."), "deviation_once")
    if not explanation.strip():
        raise Refused(_("Write the explanation."), "reason_given")
    fresh.explanation, fresh.explained_by, fresh.explained_at = explanation.strip(), by, at
    fresh.save(update_fields=["explanation", "explained_by", "explained_at"])


@acting
def close_month(*, by: User, at: datetime.datetime, month: datetime.date) -> PeriodAct:
    """Close a month: no row is booked in it any more."""
    refresh(by)
    require(policies.may_control(by))
    with in_words():
        return PeriodAct.objects.create(month=month.replace(day=1), closed=True, by=by, at=at)


@acting
def reopen_month(*, by: User, at: datetime.datetime, month: datetime.date, reason: str) -> PeriodAct:
    """Open a closed month again, with the reason."""
    refresh(by)
    require(policies.may_control(by))
    if not reason.strip():
        raise Refused(_("Say why the month is opened again."), "reason_given")
    with in_words():
        return PeriodAct.objects.create(month=month.replace(day=1), closed=False, reason=reason.strip(), by=by, at=at)


@acting
def divide_pooled(
    *,
    by: User,
    at: datetime.datetime,
    line: ClaimLine,
    parts: Sequence[tuple[Partner, Decimal]],
    decided_on: datetime.date,
    reason: str = "",
) -> PooledSplit:
    """Divide a pooled line over all its recipients; the newest division counts."""
    claim = _lock(line)
    refresh(by)
    require(policies.may_follow(by, claim))
    with in_words():
        split = PooledSplit.objects.create(
            line=line, decided_on=decided_on, reason=reason, recorded_at=at, recorded_by=by
        )
        for partner, amount in parts:
            SplitPart.objects.create(split=split, partner=partner, amount=amount)
        check_now()
    return split


def _lock(line: ClaimLine) -> Claim:
    """Lock the claim, so that a step and a booking wait for each other."""
    return (
        Claim.objects.select_for_update(no_key=True, of=("self",))
        .select_related("directorate", "owner")
        .get(pk=line.claim_id)
    )


@contextmanager
def _with_room(
    *,
    asked: Decimal,
    envelope: Envelope,
    line: ClaimLine | None = None,
    commitment: Commitment | None = None,
    cash: bool = False,
) -> Iterator[None]:
    """Turn a refusal above a limit into a sentence that says what room there is and who can help."""
    try:
        with in_words():
            yield
    except Refused as refused:
        if not isinstance(refused.__cause__, IntegrityError):
            raise
        rule = rule_of(refused.__cause__)
        sentence = ROOM.get(rule)
        if sentence is None:
            raise
        # the transaction is broken until its savepoint is undone: the room is asked for when the message is shown
        raise OverLimit(sentence, rule, asked, envelope, line, commitment, cash) from refused


ROOM = {
    "limit_line": gettext_lazy(
        "This cannot be: {room} is granted and not committed; you ask for {asked}. Lower the amount or propose an amendment."
    ),
    "limit_envelope_commitment": gettext_lazy(
        "This cannot be: envelope {envelope} has {room} not committed; you ask for {asked}. Lower the amount or ask for a limit raise."
    ),
    "limit_envelope_cash": gettext_lazy(
        "This cannot be: envelope {envelope} has {room} of cash left; you ask for {asked}. Lower the amount or ask for a limit raise."
    ),
    "limit_commitment": gettext_lazy(
        "This cannot be: {room} of the commitment is not paid yet; you ask for {asked}. Lower the amount or raise the commitment first."
    ),
}


class OverLimit(Refused):
    """An intention above a limit. The room is read when the message is made, outside the refused transaction."""

    def __init__(
        self,
        sentence: Any,
        rule: str,
        asked: Decimal,
        envelope: Envelope,
        line: ClaimLine | None,
        commitment: Commitment | None,
        cash: bool,
    ) -> None:
        self.sentence, self.rule, self.asked = sentence, rule, asked
        self.envelope, self.line, self.commitment, self.cash = envelope, line, commitment, cash
        Exception.__init__(self, rule)

    @property
    def message(self) -> str:  # type: ignore[override]
        """The sentence with the room there is now and the controllers to ask."""
        if self.rule == "limit_line" and self.line is not None:
            room = headroom.of_line(self.line).not_committed
        elif self.rule == "limit_commitment" and self.commitment is not None:
            room = headroom.of_commitment(self.commitment).to_pay
        else:
            room = headroom.room_of(self.envelope, cash=self.rule == "limit_envelope_cash")
        said = format_lazy(
            self.sentence,
            room=format_amount(room, language()),
            asked=format_amount(self.asked, language()),
            envelope=self.envelope,
        )
        people = headroom.controllers()
        asking = format_lazy(_("Questions? Your controller: {names}."), names=names_of(people[:3])) if people else ""
        return f"{said} {asking}".strip()

    def __str__(self) -> str:
        return self.message
