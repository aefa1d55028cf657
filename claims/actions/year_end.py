"""The end of a year and of a commitment: months closed together, unspent cash decided about, final settlements. In EUR."""

from __future__ import annotations

import datetime
from decimal import ROUND_HALF_UP, Decimal

from django.db import connection
from django.utils.translation import gettext as _

from claims import policies
from claims.actions.ledger import change_commitment, close_month, record_mutation
from claims.actions.refused import Refused, in_words, require
from claims.enums import BudgetMoment, CommitmentKind, Direction, MutationNature, MutationStage, Series, UnspentChoice
from claims.models import (
    Claim,
    ClaimLine,
    Commitment,
    CommitmentRow,
    Envelope,
    Mutation,
    Payment,
    PeriodAct,
    Revaluation,
    Settlement,
    UnspentCash,
)
from claims.queries import headroom
from claims.queries.books import closed_months
from claims.queries.year_end import committed_from
from core.models import User
from core.permissions import refresh
from core.transactions import acting


@acting
def close_year(*, by: User, at: datetime.datetime, year: int) -> list[PeriodAct]:
    """Close every month of a year that is still open; no row is booked in it any more."""
    refresh(by)
    require(policies.may_control(by))
    if (year, 12) >= (at.year, at.month) and at.date() <= datetime.date(year, 12, 31):
        raise Refused(_("That year is not over."), "year_over")
    closed = closed_months()
    months = [datetime.date(year, month, 1) for month in range(1, 13)]
    acts = [close_month(by=by, at=at, month=month) for month in months if month not in closed]
    if not acts:
        raise Refused(_("Every month of that year is closed already."), "period_changes")
    return acts


@acting
def decide_unspent(
    *,
    by: User,
    at: datetime.datetime,
    line: ClaimLine,
    envelope: Envelope,
    choice: str,
    amount: Decimal,
    decision: str,
    decided_on: datetime.date,
    booked_on: datetime.date,
) -> UnspentCash:
    """Record what becomes of cash of a line that was not spent, and book it: a shift moves cash budget to next year.

    The envelope's cash budget goes down; of a shift that of the same name in the next year goes up. Both are processed;
    their authorisation is recorded on the envelope's page, as of every mutation.
    """
    Claim.objects.select_for_update(no_key=True).get(pk=line.claim_id)
    refresh(by)
    require(policies.may_book(by, line.claim))
    if not decision.strip():
        raise Refused(_("Say who decided, and where it is written."), "unspent_decision_given")
    following = _next_year(envelope) if choice == UnspentChoice.SHIFT else None
    _take([envelope, *([following] if following else [])])

    def book(where: Envelope, direction: str, moment: str) -> Mutation:
        return record_mutation(
            by=by,
            at=at,
            envelope=where,
            series=Series.CASH,
            direction=direction,
            amount=amount,
            booked_on=booked_on,
            moment=moment,
            nature=MutationNature.TECHNICAL,
            stage=MutationStage.PROCESSED,
            reason=f"{UnspentChoice(choice).label}: {line.title}"[:500],
            source=decision.strip()[:200],
        )

    with in_words():
        return UnspentCash.objects.create(
            line=line,
            envelope=envelope,
            choice=choice,
            amount=amount,
            decision=decision.strip()[:300],
            decided_on=decided_on,
            lowered=book(envelope, Direction.DOWN, BudgetMoment.FINAL),
            raised=book(following, Direction.UP, BudgetMoment.FIRST) if following else None,
            recorded_by=by,
            recorded_at=at,
        )


def _next_year(envelope: Envelope) -> Envelope:
    found = Envelope.objects.filter(name=envelope.name, year=envelope.year + 1).order_by("pk").first()
    if found is None:
        raise Refused(
            _("There is no envelope “%(name)s” of %(year)s. Make it first.")
            % {"name": envelope.name, "year": envelope.year + 1},
            "envelope_unknown",
        )
    return found


def _take(envelopes: list[Envelope]) -> None:
    """Take the totals in the order that every writer of the ledger keeps."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select claims_take_totals(%s::bigint[], %s::bigint[], %s::bigint[])",
            [[row.pk for row in envelopes], [], []],
        )


@acting
def revalue(
    *,
    by: User,
    at: datetime.datetime,
    target: Commitment | Payment,
    open_amount: Decimal,
    rate: Decimal,
    rate_kind: str,
    rate_on: datetime.date,
    day: datetime.date,
) -> Revaluation:
    """Hold what is open of a foreign commitment or advance against a rate: units of its currency for one euro.

    The new value is the open amount divided by the rate, rounded to the cent (half up). Of a commitment the difference is
    booked as a row per that day, up in the envelope of that day's year, down from where it was committed last.
    """
    commitment = target if isinstance(target, Commitment) else target.commitment
    claim = Claim.objects.select_for_update(no_key=True).get(pk=commitment.line.claim_id)
    refresh(by)
    require(policies.may_book(by, claim))
    of_commitment = isinstance(target, Commitment)
    before = headroom.of_commitment(commitment).to_pay if of_commitment else _open_of(target)
    if not target.currency or before <= 0 or open_amount <= 0:
        raise Refused(_("Nothing of it is open in a foreign currency."), "revaluation_positive")
    after = (open_amount / rate).quantize(Decimal("0.01"), ROUND_HALF_UP)
    with in_words():
        return Revaluation.objects.create(
            day=day,
            currency=target.currency,
            open_amount=open_amount,
            rate=rate,
            rate_kind=rate_kind,
            rate_on=rate_on,
            before=before,
            after=after,
            row=_revalued(commitment, after - before, day, by, at) if of_commitment else None,
            recorded_by=by,
            recorded_at=at,
            **{"commitment" if of_commitment else "advance": target},
        )


def _open_of(advance: Payment | Commitment) -> Decimal:
    """Return what is open of an advance, in EUR."""
    found = headroom.open_advances([advance.commitment_id]) if isinstance(advance, Payment) else []
    return sum((row.open for row in found if row.payment == advance), Decimal("0.00"))


def _revalued(
    commitment: Commitment, difference: Decimal, day: datetime.date, by: User, at: datetime.datetime
) -> CommitmentRow | None:
    """Book the difference of a commitment; nothing when there is none."""
    if not difference:
        return None
    rows = committed_from(commitment)
    if difference > 0:
        envelope = Envelope.objects.filter(name=rows[0][0].name, year=day.year).order_by("pk").first()
    else:
        envelope = next((where for where, committed in rows if committed >= -difference), None)
    if envelope is None:
        raise Refused(
            _("There is no envelope “%(name)s” of %(year)s. Make it first.")
            % {"name": rows[0][0].name, "year": day.year},
            "envelope_unknown",
        )
    return change_commitment(
        by=by,
        at=at,
        commitment=commitment,
        kind=CommitmentKind.REVALUE_UP if difference > 0 else CommitmentKind.REVALUE_DOWN,
        amount=abs(difference),
        envelope=envelope,
        booked_on=day,
        reason=str(_("Revaluation at the end of the year")),
    )


@acting
def settle(*, by: User, at: datetime.datetime, commitment: Commitment, report: str, on: datetime.date) -> Settlement:
    """Settle a commitment finally against the partner's last report: what is not paid is released.

    It is released from the envelope in which it was committed last, and so on back. Refused while an advance is open.
    """
    claim = Claim.objects.select_for_update(no_key=True).get(pk=commitment.line.claim_id)
    refresh(by)
    require(policies.may_book(by, claim))
    if not report.strip():
        raise Refused(_("Say which report, with its date."), "settlement_report_given")
    stand = headroom.of_commitment(commitment)
    if stand.open_advances:
        raise Refused(_("An advance is still open. Write it off first."), "settlement_nothing_open")
    rest = stand.to_pay
    for envelope, committed in committed_from(commitment):
        part = min(rest, committed)
        if part > 0:
            change_commitment(
                by=by,
                at=at,
                commitment=commitment,
                kind=CommitmentKind.LOWER,
                amount=part,
                envelope=envelope,
                booked_on=on,
                reason=_("Final settlement: %(report)s") % {"report": report.strip()[:400]},
            )
            rest -= part
    with in_words():
        return Settlement.objects.create(
            commitment=commitment,
            report=report.strip()[:200],
            released=stand.to_pay,
            settled_on=on,
            recorded_by=by,
            recorded_at=at,
        )


@acting
def undo_settlement(*, by: User, at: datetime.datetime, commitment: Commitment, reason: str) -> Settlement:
    """Take a final settlement back, by a controller with the reason; what it released is raised or reversed by itself."""
    refresh(by)
    require(policies.may_control(by, commitment.line.claim))
    if not reason.strip():
        raise Refused(_("Say why it is taken back."), "reason_given")
    found = (
        Settlement.objects.select_for_update(no_key=True)
        .filter(commitment=commitment, undone_at=None)
        .order_by("pk")
        .first()
    )
    if found is None:
        raise Refused(_("This commitment is not settled."), "settlement_once")
    found.undone_by, found.undone_at, found.undone_reason = by, at, reason.strip()[:500]
    with in_words():
        found.save(update_fields=["undone_by", "undone_at", "undone_reason"])
    return found
