"""What facts from the books meet in the register: commitments, envelopes, vouchers, limits; and how months agree.

Each function answers for a whole file in one query. Amounts in EUR.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import F, Q

from claims.enums import CommitmentKind, LimitKind, PartnerRole, Series
from claims.models import (
    Claim,
    ClaimLine,
    Commitment,
    CommitmentRow,
    CommitmentTotal,
    Deviation,
    Envelope,
    EnvelopeTotal,
    LimitRaise,
    LineTotal,
    PeriodAct,
    Reconciliation,
)
from claims.rules.books import ZERO, Fact, content_of
from claims.rules.workflow import IN_FORCE
from core.asking import Asking, together
from core.models import User
from core.periods import last_day_of_month, next_month
from core.permissions import within_reach


class Known(NamedTuple):
    """A commitment as facts find it: where it hangs and the envelope it was signed in."""

    pk: int
    line: int
    claim: int
    owner: int | None
    envelope: int
    envelope_name: str


def commitments_by_number(numbers: Iterable[str]) -> dict[str, Known]:
    """Return the commitments of these numbers, each with the envelope of its signing."""
    rows = (
        CommitmentRow.objects.filter(
            commitment__number__in=set(numbers), kind=CommitmentKind.SIGN, reverses=None, reversed_by=None
        )
        .order_by("-pk")
        .values_list(
            "commitment__number",
            "commitment_id",
            "commitment__line_id",
            "commitment__line__claim_id",
            "commitment__line__claim__owner_id",
            "envelope_id",
            "envelope__name",
        )
    )
    return {row[0]: Known(*row[1:]) for row in rows}


class Signable(NamedTuple):
    """A line on which the books may report a new commitment: its claim, and who receives money in it by name."""

    line: int
    claim: int
    owner: int | None
    partners: dict[str, int]
    envelopes: dict[int, tuple[int, str]]  # by year: the envelope from which money was granted, and its name


def lines_by_activity(numbers: Iterable[str]) -> dict[str, list[Signable]]:
    """Return the lines of claims in force by their activity number."""
    found: dict[str, list[Signable]] = {}
    lines = ClaimLine.objects.filter(activity_number__in=set(numbers) - {""}, claim__state__in=IN_FORCE)
    for line in lines.select_related("claim").prefetch_related("roles__partner", "grants__envelope").order_by("pk"):
        partners = {
            name: role.partner_id
            for role in line.roles.all()
            if role.role in (PartnerRole.RECIPIENT, PartnerRole.ADMINISTRATOR)
            for name in (role.partner.name, role.partner.short_name)
            if name
        }
        envelopes = {row.envelope.year: (row.envelope_id, row.envelope.name) for row in line.grants.all()}
        found.setdefault(line.activity_number, []).append(
            Signable(line.pk, line.claim_id, line.claim.owner_id, partners, envelopes)
        )
    return found


def envelopes_by_name(names: Iterable[str]) -> dict[tuple[str, int], int]:
    """Return the envelopes of these names by name and year."""
    rows = Envelope.objects.filter(name__in=set(names)).values_list("name", "year", "pk")
    return {(name, year): pk for name, year, pk in rows}


def closed_months() -> set[datetime.date]:
    """Return the first days of the months that are closed now."""
    newest = PeriodAct.objects.order_by("month", "-pk").distinct("month").values_list("month", "closed")
    return {month for month, closed in newest if closed}


def recorded_vouchers(vouchers: Sequence[str]) -> dict[str, tuple[object, ...]]:
    """Return what is recorded from the books under these vouchers: the content by which a repeated row is recognised."""
    found: dict[str, tuple[object, ...]] = {}
    asked = list(vouchers)
    with connection.cursor() as cursor:
        cursor.execute(PAID_UNDER, [asked])
        for voucher, number, kind, amount, paid_on, booked_on, *foreign in cursor.fetchall():
            found[voucher] = content_of(Fact(0, voucher, number, kind, amount, paid_on, booked_on, *foreign))
        cursor.execute(CHANGED_UNDER, [asked])
        for voucher, number, kind, amount, booked_on in cursor.fetchall():
            found[voucher] = content_of(Fact(0, voucher, number, kind, amount, booked_on, booked_on))
    return found


# The conditions are those of the vouchers' own indexes.
PAID_UNDER = """
    select p.voucher, k.number, p.kind, p.amount, p.paid_on, p.booked_on, p.currency, p.foreign_amount, p.rate, p.rate_kind,
           p.rate_on
      from unnest(%s::text[]) asked join claims_payment p on p.voucher = asked
      join claims_commitment k on k.id = p.commitment_id
     where p.origin = 'books' and p.voucher <> '' and p.reverses_id is null
"""
CHANGED_UNDER = """
    select r.voucher, k.number, r.kind, r.amount, r.booked_on
      from unnest(%s::text[]) asked join claims_commitmentrow r on r.voucher = asked
      join claims_commitment k on k.id = r.commitment_id
     where r.origin = 'books' and r.voucher <> '' and r.reverses_id is null
"""


@dataclass(frozen=True)
class Room:
    """What stands on one target of a limit, and what there is room for without raises. In EUR."""

    used: Decimal = ZERO
    most: Decimal = ZERO


def cash_rooms(envelopes: Iterable[int]) -> dict[int, Room]:
    """Return the cash of envelopes by id."""
    rows = EnvelopeTotal.objects.filter(pk__in=list(envelopes)).values_list("pk", "paid", "budget_cash")
    return {pk: Room(paid, budget) for pk, paid, budget in rows}


def commitment_rooms(envelopes: Iterable[int]) -> dict[int, Room]:
    """Return the commitments of envelopes by id."""
    rows = EnvelopeTotal.objects.filter(pk__in=list(envelopes)).values_list("pk", "committed", "budget_commitment")
    return {pk: Room(committed, budget) for pk, committed, budget in rows}


def line_rooms(lines: Iterable[int]) -> dict[int, Room]:
    """Return what is committed under lines and granted to them, by id."""
    rows = LineTotal.objects.filter(pk__in=list(lines)).values_list("pk", "committed", "granted")
    return {pk: Room(committed, granted) for pk, committed, granted in rows}


def paid_rooms(commitments: Iterable[int]) -> dict[int, Room]:
    """Return what is paid on commitments and committed, by id."""
    rows = CommitmentTotal.objects.filter(pk__in=list(commitments)).values_list("pk", "paid", "committed")
    return {pk: Room(paid, committed) for pk, paid, committed in rows}


def raises_of(kind: str, targets: Iterable[int]) -> dict[int, list[tuple[datetime.date, Decimal]]]:
    """Return the limit raises in force on these targets: until when and how much."""
    column = "line_id" if kind == LimitKind.LINE else "envelope_id"
    rows = LimitRaise.objects.filter(
        Q(**{f"{column}__in": list(targets)}), kind=kind, confirmed_at__isnull=False, ended_at__isnull=True
    ).values_list(column, "ends_on", "amount")
    found: dict[int, list[tuple[datetime.date, Decimal]]] = {}
    for target, ends_on, amount in rows:
        found.setdefault(target, []).append((ends_on, amount))
    return found


def names_of_targets(kind: str, targets: Iterable[int]) -> dict[int, str]:
    """Return how screens call these envelopes, lines or commitments."""
    model: Any = {LimitKind.LINE: "line", LimitKind.COMMITMENT: "commitment"}.get(LimitKind(kind), "envelope")
    field: Any = Deviation._meta.get_field(model)
    return {row.pk: str(row) for row in field.remote_field.model._default_manager.filter(pk__in=list(targets))}


def commitments_to_report(user: User) -> list[tuple[str, str]]:
    """Return the commitments on which something may still be paid, as this person sees them: number and partner."""
    rows = Commitment.objects.filter(
        line__claim__in=Claim.objects.visible_to(user), total__committed__gt=F("total__paid")
    ).select_related("partner")
    return [(str(row.number), str(row.partner)) for row in rows.order_by("number")]


def deviations_for(user: User, *, open_only: bool = False) -> Any:
    """Return the deviations this person may see: their own, and those under claims within reach. Open ones first."""
    claims = Claim.objects.visible_to(user)
    within = (
        Q(owner=user)
        | Q(line__claim__in=claims)
        | Q(commitment__line__claim__in=claims)
        | Q(envelope__in=within_reach(Envelope.objects.all(), user))
    )
    rows = Deviation.objects.filter(within).select_related("owner", "explained_by", "envelope", "line", "commitment")
    if open_only:
        rows = rows.filter(explained_at=None)
    return rows.order_by("explained_at", "due_on", "-pk")


# -- reconciliation ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class MonthLine:
    """One series and activity number in one month: ours, the books' (None: not said yet) and the explanation. In EUR."""

    series: str
    activity_number: str
    ours: Decimal
    books: Decimal | None
    explanation: str
    source: str

    @property
    def difference(self) -> Decimal:
        """The books - ours."""
        return (self.books or ZERO) - self.ours

    @property
    def label(self) -> str:
        """The series in words."""
        return str(Series(self.series).label)


def lines_of_month(month: datetime.date) -> list[MonthLine]:
    """Return how a month stands against the books, by series and activity number."""
    with connection.cursor() as cursor:
        cursor.execute("select * from claims_reconciliation_lines(%s)", [month.replace(day=1)])
        return [MonthLine(*row) for row in cursor.fetchall()]


def newest_sign_off(month: datetime.date) -> Reconciliation | None:
    """Return the last time a month was signed off."""
    rows = Reconciliation.objects.filter(month=month.replace(day=1)).select_related("signed_by")
    found: Reconciliation | None = rows.order_by("-pk").first()
    return found


def months_to_reconcile(today: datetime.date, most: int = 24) -> list[datetime.date]:
    """Return the first days of the months in which something was booked, the newest first."""
    with connection.cursor() as cursor:
        cursor.execute(MONTHS, [today, most])
        return [row[0] for row in cursor.fetchall()]


MONTHS = """
    select m::date from (
      select date_trunc('month', min(booked_on)) as first from (
        select min(booked_on) as booked_on from claims_payment union all select min(booked_on) from claims_commitmentrow
        union all select min(month) from claims_bookstotal union all select min(month) from claims_reconciliation) d) s,
      generate_series(s.first, date_trunc('month', %s::date), interval '1 month') m
     order by 1 desc limit %s
"""


def reconciled_until() -> datetime.date | None:
    """Return the last day up to which every month is signed off without a gap; None when none is.

    What is recorded after its sign-off in a month that was opened again shows on the month's own page.
    """
    with together() as put:
        until = put_reconciled_until(put)
    return until()


def put_reconciled_until(put: Asking) -> Callable[[], datetime.date | None]:
    """Put the question up to which day every month is signed off."""
    months = put.of(Reconciliation.objects.order_by("month").values_list("month").distinct())

    def answer() -> datetime.date | None:
        until: datetime.date | None = None
        for month in months.ids:
            if until is not None and month != next_month(until):
                break
            until = month
        return None if until is None else last_day_of_month(until)

    return answer
