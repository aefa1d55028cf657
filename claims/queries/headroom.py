"""Every stand and the four headrooms: one home for each number that a screen, export or paper shows. All in EUR.

Free room = budget - granted. Room after running claims = free room - requested. Not committed = budget - commitments.
Still to pay = commitments - paid. Per series and year; never one number. What stands now is read from the totals that the
rows keep; a stand per a date (`as_of`: booked on or before) and as known at a moment (`known_at`: recorded at or before) is
summed from the rows.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Sum

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
from core.asking import Answer, Asking, ids_of, together
from core.enums import Role
from core.models import User

ZERO = Decimal("0.00")
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


Commitments = QuerySet[Commitment, Any] | Sequence[int]  # or their ids
NOTHING_STANDS = EnvelopeStand(SeriesStand(), SeriesStand())


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


def put_requested(put: Asking, envelopes: Sequence[int]) -> Callable[[], dict[int, tuple[Decimal, Decimal]]]:
    """Put the question what running claims ask from envelopes, by id, above what is granted to them: commitments and cash."""
    asked = put.of(
        LineYear.objects.filter(envelope__in=envelopes, line__claim__state__in=RUNNING_CLAIMS)
        .values_list("envelope_id")
        .annotate(commitment=Sum("commitment"), cash=Sum("cash"))
        .order_by("envelope_id")
    )
    held = put.of(
        held_grants(envelope__in=envelopes)
        .values_list("envelope_id")
        .annotate(
            commitment=Sum("signed", filter=Q(series=Series.COMMITMENT)),
            cash=Sum("signed", filter=Q(series=Series.CASH)),
        )
        .order_by("envelope_id")
    )

    def answer() -> dict[int, tuple[Decimal, Decimal]]:
        found = {key: (commitment or ZERO, cash or ZERO) for key, commitment, cash in asked.rows}
        for key, commitment, cash in held.rows:
            before = found.get(key, (ZERO, ZERO))
            found[key] = (before[0] - (commitment or ZERO), before[1] - (cash or ZERO))
        return found

    return answer


def of_envelope(envelope: Envelope) -> EnvelopeStand:
    """Return what stands on an envelope now."""
    return of_envelopes([envelope.pk]).get(envelope.pk, NOTHING_STANDS)


def _stand_of(total: dict[str, Decimal], asked: Decimal, asked_cash: Decimal) -> EnvelopeStand:
    def series(name: str, requested: Decimal, used: str) -> SeriesStand:
        announced, budget, authorised, granted = (
            total.get(f"{of}_{name}", ZERO) for of in ("announced", "budget", "authorised", "granted")
        )
        return SeriesStand(announced, budget, authorised, granted, requested, total.get(used, ZERO))

    return EnvelopeStand(series("commitment", asked, "committed"), series("cash", asked_cash, "paid"))


def of_envelopes(envelopes: Sequence[int]) -> dict[int, EnvelopeStand]:
    """Return what stands now on many envelopes (ids), by id, in three queries. Of those on which nothing ever stood it says nothing."""
    with together() as put:
        stands = put_of_envelopes(put, envelopes)
    return stands()


def put_of_envelopes(put: Asking, envelopes: Sequence[int]) -> Callable[[], dict[int, EnvelopeStand]]:
    """Put the question what stands now on many envelopes, by id."""
    requested = put_requested(put, envelopes)
    totals = put.of(EnvelopeTotal.objects.filter(envelope__in=envelopes).values_list(*TOTALS))

    def answer() -> dict[int, EnvelopeStand]:
        asked = requested()
        known = {row[0]: dict(zip(TOTALS, row, strict=True)) for row in totals.rows}
        return {key: _stand_of(known.get(key, {}), *asked.get(key, (ZERO, ZERO))) for key in {*asked, *known}}

    return answer


TOTALS = tuple(field.attname for field in EnvelopeTotal._meta.concrete_fields)


def held_grants(**conditions: Any) -> Any:
    """Return what is granted already to years that a running claim asks: it is not asked twice."""
    asked = LineYear.objects.filter(line=OuterRef("line"), envelope=OuterRef("envelope"))
    return GrantEntry.objects.filter(Exists(asked), line__claim__state__in=RUNNING_CLAIMS, **conditions)


def of_envelope_on(
    envelope: Envelope, as_of: datetime.date, known_at: datetime.datetime | None = None
) -> EnvelopeStand:
    """Return what stood on an envelope per a date, as known at a moment. Requests are of now: drafts have no dates."""
    with together() as put:
        stand = put_of_envelope_on(put, envelope, as_of, known_at)
    return stand()


def put_of_envelope_on(
    put: Asking, envelope: Envelope, as_of: datetime.date, known_at: datetime.datetime | None = None
) -> Callable[[], EnvelopeStand]:
    """Put the question what stood on an envelope per a date, as known at a moment."""
    rows = _as_of(as_of, known_at)
    stages = StageReached.objects.filter(mutation__envelope=envelope, reached_on__lte=as_of)
    if known_at is not None:
        stages = stages.filter(recorded_at__lte=known_at)
    reached = put.of(
        stages.values_list("mutation__series", "stage")
        .annotate(total=Sum("mutation__signed"))
        .order_by("mutation__series", "stage")
    )
    grants, committed, paid = (
        put.of(model.objects.filter(rows, envelope=envelope).values_list(by).annotate(total=Sum("signed")).order_by(by))
        for model, by in ((GrantEntry, "series"), (CommitmentRow, "envelope_id"), (Payment, "envelope_id"))
    )
    requested = put_requested(put, [envelope.pk])

    def answer() -> EnvelopeStand:
        asked = requested().get(envelope.pk, (ZERO, ZERO))
        stages = {(series, stage): total for series, stage, total in reached.rows}
        granted = dict(grants.rows)
        used = [sum((total for _key, total in one.rows), ZERO) for one in (committed, paid)]
        stands = []
        for number, series in enumerate((Series.COMMITMENT, Series.CASH)):
            processed = stages.get((series, MutationStage.PROCESSED), ZERO)
            stands.append(
                SeriesStand(
                    stages.get((series, MutationStage.ANNOUNCED), ZERO) - processed,
                    processed,
                    stages.get((series, MutationStage.AUTHORISED), ZERO),
                    granted.get(series, ZERO),
                    asked[number],
                    used[number],
                )
            )
        return EnvelopeStand(*stands)

    return answer


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


def open_advances(commitments: Commitments) -> list[OpenAdvance]:
    """Return the advances under these commitments that are open, the oldest first."""
    ids, given = ids_of(commitments)
    with together() as put:
        asked = put.sql(f"{OPEN_ADVANCES.format(commitments=ids)} order by p.paid_on, p.id", given)
    amounts = {key: amount for key, _day, amount in asked.rows}
    found = Payment.objects.select_related("commitment__partner", "commitment__line__claim").in_bulk(list(amounts))
    return [OpenAdvance(found[pk], amount) for pk, amount in amounts.items()]


# The advances that are not wholly written off, with what is open of each, in EUR. Constants and the commitments' own query.
OPEN_ADVANCES = """
    select p.id, p.paid_on, p.amount - coalesce(o.written_off, 0) as open
      from claims_payment p
      left join lateral (select sum(signed) as written_off from claims_writeoff w where w.advance_id = p.id) o on true
     where p.commitment_id in ({commitments}) and p.kind = 'advance' and p.reverses_id is null
       and not exists (select from claims_payment r where r.reverses_id = p.id)
       and p.amount > coalesce(o.written_off, 0)
"""


def put_oldest_advances(put: Asking, commitments: Commitments, most: int | None) -> Answer:
    """Put the question which advances are open, the oldest first.

    A row: the day paid, the amount, what is open (both EUR), the commitment's id, public id and number, and its claim's id.
    """
    ids, given = ids_of(commitments)
    return put.sql(OLDEST_ADVANCES.format(rows=OPEN_ADVANCES.format(commitments=ids)), [*given, most])


OLDEST_ADVANCES = """
    select p.paid_on, p.amount, a.open, k.id, k.public_id, k.number, l.claim_id
      from ({rows} order by p.paid_on, p.id limit %s) a join claims_payment p on p.id = a.id
      join claims_commitment k on k.id = p.commitment_id join claims_claimline l on l.id = k.line_id
     order by p.paid_on, p.id
"""


def put_advances_by_age(
    put: Asking, commitments: Commitments, today: datetime.date, bounds: Sequence[int]
) -> Callable[[], list[tuple[Decimal, int]]]:
    """Put the question what is open of advances per age: the sum (EUR) and number up to each bound in days, and beyond the last."""
    ids, given = ids_of(commitments)
    rows = OPEN_ADVANCES.format(commitments=ids)
    edges = [today - datetime.timedelta(days=days) for days in bounds]
    age = " + ".join("(paid_on <= %s)::int" for _edge in edges)
    sums = f"select {age} as age, sum(open), count(*) from ({rows}) a group by age"  # noqa: S608
    asked = put.sql(sums, [*edges, *given])

    def answer() -> list[tuple[Decimal, int]]:
        found = {place: (total, count) for place, total, count in asked.rows}
        return [found.get(place, (ZERO, 0)) for place in range(len(edges) + 1)]

    return answer


def put_advances_open_in_all(put: Asking, commitments: Commitments) -> Callable[[], Decimal]:
    """Put the question what is advanced under these commitments and not written off, in EUR, from the totals."""
    ids, given = ids_of(commitments)
    sums = f"select coalesce(sum(advanced - written_off), 0) from claims_commitmenttotal where commitment_id in ({ids})"  # noqa: S608
    asked = put.sql(sums, given)
    return lambda: asked.rows[0][0]


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
