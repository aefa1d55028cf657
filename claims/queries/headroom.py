"""Every stand and the four headrooms: one home for each number that a screen, export or paper shows. All in EUR.

Free room = budget - granted. Room after running claims = free room - requested. Not committed = budget - commitments.
Still to pay = commitments - paid. Per series and year; never one number. What stands now is read from the totals that the
rows keep; a stand per a date (`as_of`: booked on or before) and as known at a moment (`known_at`: recorded at or before) is
summed from the rows.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import Any

from django.db.models import Count, DecimalField, Exists, F, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce

from claims.enums import BudgetMoment, ClaimState, MutationStage, PlanKind, Series
from claims.models import (
    ClaimLine,
    Commitment,
    CommitmentRow,
    CommitmentTotal,
    Envelope,
    EnvelopeTotal,
    GrantEntry,
    LineTotal,
    LineYear,
    Payment,
    PlanQuarter,
    PlanVersion,
    StageReached,
    WriteOff,
)
from claims.rules.workflow import CHECKED
from core.enums import Role
from core.models import User

ZERO = Decimal("0.00")
SUM: DecimalField[Any, Any] = DecimalField(max_digits=18, decimal_places=2)
RUNNING_CLAIMS = (ClaimState.DRAFT, ClaimState.RETURNED, *CHECKED)


@dataclass(frozen=True)
class SeriesStand:
    """One series of one envelope, in EUR. `used` is committed or paid, as the series is."""

    announced: Decimal = ZERO
    budget: Decimal = ZERO
    authorised: Decimal = ZERO
    granted: Decimal = ZERO
    requested: Decimal = ZERO
    used: Decimal = ZERO

    @property
    def free(self) -> Decimal:
        """Budget - granted (vrije ruimte)."""
        return self.budget - self.granted

    @property
    def after_requests(self) -> Decimal:
        """Free room - requested by running claims (ruimte na lopende claims)."""
        return self.free - self.requested

    @property
    def unused(self) -> Decimal:
        """Budget - commitments (nog niet verplicht), or budget - paid for cash."""
        return self.budget - self.used

    @property
    def granted_unused(self) -> Decimal:
        """Of what is not committed: already granted."""
        return max(self.granted - self.used, ZERO)


@dataclass(frozen=True)
class EnvelopeStand:
    """Both series of one envelope."""

    commitments: SeriesStand
    cash: SeriesStand

    @property
    def to_pay(self) -> Decimal:
        """Commitments - paid (nog te betalen), of this envelope's own year."""
        return self.commitments.used - self.cash.used


@dataclass(frozen=True)
class LineStand:
    """One claim line over all years, in EUR."""

    granted: Decimal
    committed: Decimal
    paid: Decimal

    @property
    def not_committed(self) -> Decimal:
        """Granted and not committed."""
        return self.granted - self.committed

    @property
    def to_pay(self) -> Decimal:
        """Committed and not paid."""
        return self.committed - self.paid


@dataclass(frozen=True)
class CommitmentStand:
    """One commitment over all years, in EUR."""

    committed: Decimal
    paid: Decimal
    advanced: Decimal
    written_off: Decimal

    @property
    def to_pay(self) -> Decimal:
        """Committed and not paid."""
        return self.committed - self.paid

    @property
    def open_advances(self) -> Decimal:
        """Advanced and not written off."""
        return self.advanced - self.written_off


def requested_from(envelope: Envelope) -> tuple[Decimal, Decimal]:
    """Return what running claims ask from an envelope above what is granted to them: commitments and cash."""
    rows = LineYear.objects.filter(envelope=envelope, line__claim__state__in=RUNNING_CLAIMS)
    asked = rows.aggregate(commitment=Sum("commitment"), cash=Sum("cash"))
    lines = list(rows.values_list("line_id", flat=True))
    held = GrantEntry.objects.filter(envelope=envelope, line_id__in=lines).aggregate(
        commitment=Sum("signed", filter=Q(series=Series.COMMITMENT)), cash=Sum("signed", filter=Q(series=Series.CASH))
    )
    return (
        (asked["commitment"] or ZERO) - (held["commitment"] or ZERO),
        (asked["cash"] or ZERO) - (held["cash"] or ZERO),
    )


def of_envelope(envelope: Envelope) -> EnvelopeStand:
    """Return what stands on an envelope now."""
    total = EnvelopeTotal.objects.filter(envelope=envelope).order_by("pk").first() or EnvelopeTotal(envelope=envelope)
    return _stand_of(total, *requested_from(envelope))


def _stand_of(total: EnvelopeTotal, asked: Decimal, asked_cash: Decimal) -> EnvelopeStand:
    return EnvelopeStand(
        SeriesStand(
            total.announced_commitment,
            total.budget_commitment,
            total.authorised_commitment,
            total.granted_commitment,
            asked,
            total.committed,
        ),
        SeriesStand(
            total.announced_cash, total.budget_cash, total.authorised_cash, total.granted_cash, asked_cash, total.paid
        ),
    )


def of_envelopes(envelopes: Any) -> dict[int, EnvelopeStand]:
    """Return what stands now on many envelopes, by id, in three queries."""
    asked = _by_envelope(
        LineYear.objects.filter(envelope__in=envelopes, line__claim__state__in=RUNNING_CLAIMS),
        commitment=Sum("commitment"),
        cash=Sum("cash"),
    )
    held = _by_envelope(
        held_grants(envelope__in=envelopes),
        commitment=Sum("signed", filter=Q(series=Series.COMMITMENT)),
        cash=Sum("signed", filter=Q(series=Series.CASH)),
    )
    totals = {row.pk: row for row in EnvelopeTotal.objects.filter(envelope__in=envelopes)}
    found = {}
    for pk in {*asked, *held, *totals}:
        total = totals.get(pk) or EnvelopeTotal(pk=pk)
        more = [a - h for a, h in zip(asked.get(pk, (ZERO, ZERO)), held.get(pk, (ZERO, ZERO)), strict=True)]
        found[pk] = _stand_of(total, more[0], more[1])
    return found


def _by_envelope(rows: Any, **sums: Any) -> dict[int, tuple[Decimal, Decimal]]:
    found = rows.values("envelope_id").annotate(**sums).order_by("envelope_id")
    return {row["envelope_id"]: (row["commitment"] or ZERO, row["cash"] or ZERO) for row in found}


def held_grants(**conditions: Any) -> Any:
    """Return what is granted already to years that a running claim asks: it is not asked twice."""
    asked = LineYear.objects.filter(line=OuterRef("line"), envelope=OuterRef("envelope"))
    return GrantEntry.objects.filter(Exists(asked), line__claim__state__in=RUNNING_CLAIMS, **conditions)


def of_envelope_on(
    envelope: Envelope, as_of: datetime.date, known_at: datetime.datetime | None = None
) -> EnvelopeStand:
    """Return what stood on an envelope per a date, as known at a moment. Requests are of now: drafts have no dates."""
    rows = _as_of(as_of, known_at)
    stages = StageReached.objects.filter(mutation__envelope=envelope, reached_on__lte=as_of)
    if known_at is not None:
        stages = stages.filter(recorded_at__lte=known_at)
    reached = {
        (series, stage): total
        for series, stage, total in stages.values_list("mutation__series", "stage")
        .annotate(total=Sum("mutation__signed"))
        .order_by("mutation__series", "stage")
    }
    grants = dict(
        GrantEntry.objects.filter(rows, envelope=envelope)
        .values_list("series")
        .annotate(total=Sum("signed"))
        .order_by("series")
    )
    asked = requested_from(envelope)
    used = (
        _sum(CommitmentRow.objects.filter(rows, envelope=envelope)),
        _sum(Payment.objects.filter(rows, envelope=envelope)),
    )
    stands = []
    for number, series in enumerate((Series.COMMITMENT, Series.CASH)):
        processed = reached.get((series, MutationStage.PROCESSED), ZERO)
        stands.append(
            SeriesStand(
                reached.get((series, MutationStage.ANNOUNCED), ZERO) - processed,
                processed,
                reached.get((series, MutationStage.AUTHORISED), ZERO),
                grants.get(series, ZERO),
                asked[number],
                used[number],
            )
        )
    return EnvelopeStand(*stands)


def _as_of(as_of: datetime.date | None, known_at: datetime.datetime | None) -> Q:
    condition = Q()
    if as_of is not None:
        condition &= Q(booked_on__lte=as_of)
    if known_at is not None:
        condition &= Q(recorded_at__lte=known_at)
    return condition


def _sum(rows: Any) -> Decimal:
    total = rows.aggregate(total=Sum("signed"))["total"]
    return total if total is not None else ZERO


def of_line(
    line: ClaimLine, as_of: datetime.date | None = None, known_at: datetime.datetime | None = None
) -> LineStand:
    """Return what stands on a claim line; from its rows when a date or moment is given."""
    if as_of is None and known_at is None:
        total = LineTotal.objects.filter(line=line).order_by("pk").first() or LineTotal(line=line)
        return LineStand(total.granted, total.committed, total.paid)
    rows = _as_of(as_of, known_at)
    return LineStand(
        _sum(GrantEntry.objects.filter(rows, line=line, series=Series.COMMITMENT)),
        _sum(CommitmentRow.objects.filter(rows, commitment__line=line)),
        _sum(Payment.objects.filter(rows, commitment__line=line)),
    )


def of_commitment(
    commitment: Commitment, as_of: datetime.date | None = None, known_at: datetime.datetime | None = None
) -> CommitmentStand:
    """Return what stands on a commitment; from its rows when a date or moment is given."""
    if as_of is None and known_at is None:
        total = CommitmentTotal.objects.filter(commitment=commitment).order_by("pk").first() or CommitmentTotal(
            commitment=commitment
        )
        return CommitmentStand(total.committed, total.paid, total.advanced, total.written_off)
    rows = _as_of(as_of, known_at)
    payments = Payment.objects.filter(rows, commitment=commitment)
    return CommitmentStand(
        _sum(CommitmentRow.objects.filter(rows, commitment=commitment)),
        _sum(payments),
        _sum(payments.filter(kind="advance")),
        _sum(WriteOff.objects.filter(rows, advance__commitment=commitment)),
    )


def room_of(envelope: Envelope, *, cash: bool = False) -> Decimal:
    """Return what may still be committed from an envelope, or paid; never less than nothing."""
    stand = of_envelope(envelope)
    return max(stand.cash.unused if cash else stand.commitments.unused, ZERO)


@dataclass(frozen=True)
class OpenAdvance:
    """An advance that is not wholly written off: how much is open, since when."""

    payment: Payment
    open: Decimal

    def age(self, today: datetime.date) -> int:
        """Return how many days it is open."""
        return (today - self.payment.paid_on).days


def open_advances(commitments: Any, as_of: datetime.date | None = None, most: int | None = None) -> list[OpenAdvance]:
    """Return the advances under these commitments that are open, the oldest first."""
    rows = _open_advances(commitments, as_of).order_by("paid_on", "pk")
    amounts = dict(rows.values_list("pk", "open")[:most])  # the oldest first, and only then what they are about
    found = Payment.objects.select_related("commitment__partner", "commitment__line__claim").in_bulk(list(amounts))
    return [OpenAdvance(found[pk], amount) for pk, amount in amounts.items()]


def advances_by_age(commitments: Any, today: datetime.date, bounds: Sequence[int]) -> list[tuple[Decimal, int]]:
    """Return the sum (EUR) and number of open advances per age: up to each bound in days, and of what is older than the last."""
    edges = [None, *(today - datetime.timedelta(days=days) for days in bounds), None]
    sums: dict[str, Any] = {}
    for place, (young, old) in enumerate(pairwise(edges)):
        within = Q() if young is None else Q(paid_on__lte=young)
        within &= Q() if old is None else Q(paid_on__gt=old)
        sums |= {f"sum{place}": Sum("open", filter=within), f"count{place}": Count("pk", filter=within)}
    found = _open_advances(commitments, None).aggregate(**sums)
    return [(found[f"sum{place}"] or ZERO, found[f"count{place}"]) for place in range(len(bounds) + 1)]


def advances_open_in_all(commitments: Any) -> Decimal:
    """Return what is advanced under these commitments and not written off, in EUR, from the totals."""
    rows = CommitmentTotal.objects.filter(commitment__in=commitments)
    found = rows.aggregate(total=Sum(F("advanced") - F("written_off")))["total"]
    return found if found is not None else ZERO


def _open_advances(commitments: Any, as_of: datetime.date | None) -> Any:
    offs = WriteOff.objects.filter(_as_of(as_of, None), advance=OuterRef("pk")).order_by()
    off = Subquery(offs.values("advance").annotate(total=Sum("signed")).values("total"), output_field=SUM)
    return (
        Payment.objects.filter(
            _as_of(as_of, None), commitment__in=commitments, kind="advance", reverses=None, reversed_by=None
        )
        .annotate(open=F("amount") - Coalesce(off, ZERO, output_field=SUM))
        .filter(open__gt=0)
    )


def plan_of(commitment: Commitment, kind: str = PlanKind.PLAN) -> list[PlanQuarter]:
    """Return the quarters of the newest plan or forecast."""
    newest = PlanVersion.objects.filter(commitment=commitment, kind=kind).order_by("-made_on", "-pk").first()
    return list(newest.quarters.order_by("year", "quarter")) if newest else []


def columns_of(envelope: Envelope, series: str, as_of: datetime.date | None = None) -> list[tuple[str, Decimal]]:
    """Return the budget cycle: the mutations per moment that count as budget, in the order of the cycle."""
    rows = StageReached.objects.filter(
        mutation__envelope=envelope, mutation__series=series, stage=MutationStage.PROCESSED
    )
    if as_of is not None:
        rows = rows.filter(reached_on__lte=as_of)
    found = rows.values_list("mutation__moment").annotate(total=Sum("mutation__signed")).order_by("mutation__moment")
    order = list(BudgetMoment)
    return sorted(found, key=lambda column: order.index(BudgetMoment(column[0])))


def controllers() -> list[User]:
    """Return whom to ask about a limit."""
    return list(User.objects.filter(is_active=True, memberships__role=Role.CONTROLLER).distinct().order_by("sort_key"))
