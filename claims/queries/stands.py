"""What stands on claim lines and partners, per budget year: requested, granted, committed, paid. All in EUR.

The same words as on envelopes (`headroom`), asked of lines instead: a number for a partner, a line or a selection of claims is
always a sum of these. Committed and paid come from the totals that the rows keep per commitment and envelope.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Q, Sum

from claims.models import ClaimLine, Commitment, PlanQuarter, PlanVersion
from claims.queries.headroom import RUNNING_CLAIMS, ZERO
from core import replica
from core.asking import Asking, ids_of, together


@dataclass(frozen=True)
class Scope:
    """Whose and which money is counted, as querysets or lists of ids, and budget years; None leaves nothing out.

    Requests and grants are of lines, commitments and payments of commitments. With envelopes given, years of a line whose
    envelope is not known yet do not count.
    """

    lines: Any = None
    commitments: Any = None
    envelopes: Any = None
    years: tuple[int, int] | None = None

    def place(self, *, loose: bool = False) -> Q:
        """Return the condition on rows that name an envelope; `loose` rows may have only a year."""
        condition = Q() if self.envelopes is None else Q(envelope__in=self.envelopes)
        if self.years is not None:
            within = Q(envelope__year__range=self.years)
            condition &= within | Q(envelope=None, open_year__range=self.years) if loose else within
        return condition


@dataclass(frozen=True)
class Stand:
    """What is requested by running claims, granted, committed and paid, in EUR. The one sum behind every dashboard."""

    requested: Decimal = ZERO
    requested_cash: Decimal = ZERO
    granted: Decimal = ZERO
    granted_cash: Decimal = ZERO
    committed: Decimal = ZERO
    paid: Decimal = ZERO

    def __add__(self, other: Stand) -> Stand:
        return Stand(
            self.requested + other.requested,
            self.requested_cash + other.requested_cash,
            self.granted + other.granted,
            self.granted_cash + other.granted_cash,
            self.committed + other.committed,
            self.paid + other.paid,
        )

    @property
    def not_committed(self) -> Decimal:
        """Granted and not committed."""
        return self.granted - self.committed

    @property
    def to_pay(self) -> Decimal:
        """Committed and not paid (nog te betalen)."""
        return self.committed - self.paid


AMOUNTS = ("requested", "requested_cash", "granted", "granted_cash", "committed", "paid")
NOTHING = Stand()


def total_of(stands: Iterable[Stand]) -> Stand:
    """Add stands up, in EUR."""
    return sum(stands, NOTHING)


def money_of(scope: Scope) -> tuple[str, list[Any]]:
    """Return the query behind every `Stand`: a row per line, year and source with the six amounts, in EUR; not yet added.

    Every line of the scope has a row without a year and with nothing, so that lines without money are there too.
    """
    lines, given = ids_of(ClaimLine.objects.all() if scope.lines is None else scope.lines)
    signed, more = ids_of(Commitment.objects.all() if scope.commitments is None else scope.commitments)
    place, limits = _place(scope)
    loose = place.replace("e.year", "coalesce(e.year, y.open_year)")
    states = [str(state) for state in RUNNING_CLAIMS]
    sql = MONEY.format(lines=lines, signed=signed, place=place, loose=loose)
    return sql, [*given, *more, states, *limits, states, *limits, *limits]


def _place(scope: Scope) -> tuple[str, list[Any]]:
    sql: list[str] = ["true"]
    given: list[Any] = []
    if scope.years is not None:
        sql.append("e.year between %s and %s")
        given += scope.years
    if scope.envelopes is not None:
        ids, more = ids_of(scope.envelopes)
        sql.append(f"e.id in ({ids})")
        given += more
    return " and ".join(sql), given


# A row for each source of money, with nothing (null, which is added without cost) where a source says nothing of an amount.
# Constants and the querysets' own SQL; every value is a parameter.
MONEY = """
    with chosen(id) as materialized ({lines}), signed(id) as materialized ({signed})
    select id as line_id, null::integer as year, null::numeric as requested, null::numeric as requested_cash,
           null::numeric as granted, null::numeric as granted_cash, null::numeric as committed, null::numeric as paid
      from chosen
    union all
    select y.line_id, coalesce(e.year, y.open_year), y.commitment, y.cash, null, null, null, null
      from chosen join claims_lineyear y on y.line_id = chosen.id
      join claims_claimline l on l.id = y.line_id join claims_claim c on c.id = l.claim_id and c.state = any(%s)
      left join claims_envelope e on e.id = y.envelope_id
     where {loose}
    union all
    select g.line_id, e.year,
           case when c.id is not null and y.id is not null and g.series = 'commitment' then -g.signed end,
           case when c.id is not null and y.id is not null and g.series = 'cash' then -g.signed end,
           case when g.series = 'commitment' then g.signed end, case when g.series = 'cash' then g.signed end, null, null
      from chosen join claims_grantentry g on g.line_id = chosen.id
      join claims_envelope e on e.id = g.envelope_id
      join claims_claimline l on l.id = g.line_id left join claims_claim c on c.id = l.claim_id and c.state = any(%s)
      left join claims_lineyear y on y.line_id = g.line_id and y.envelope_id = g.envelope_id
     where {place}
    union all
    select k.line_id, e.year, null, null, null, null, t.committed, t.paid
      from signed join claims_commitment k on k.id = signed.id
      join claims_commitmentyear t on t.commitment_id = k.id
      join claims_envelope e on e.id = t.envelope_id
     where {place}
"""


def by_line_and_year(scope: Scope) -> dict[tuple[int, int], Stand]:
    """Return what stands on each line in each budget year, in one query. `scope` names its lines and commitments."""
    with together() as put:
        stands = put_by_line_and_year(put, scope)
    return stands()


def put_by_line_and_year(put: Asking, scope: Scope) -> Callable[[], dict[tuple[int, int], Stand]]:
    """Put the question what stands on each line in each budget year."""
    sql, given = money_of(scope)
    sums = ", ".join(f"coalesce(sum({name}), 0)" for name in AMOUNTS)
    asked = put.sql(
        f"select line_id, year, {sums} from ({sql}) m where year is not null group by line_id, year",  # noqa: S608
        given,
    )
    return lambda: {(line, year): Stand(*amounts) for line, year, *amounts in asked.rows}


@dataclass(frozen=True)
class Page:
    """One page of lines with what stands on each, in the order asked, and what stands on all of them together."""

    stands: dict[int, Stand]  # by line id, in order
    count: int
    total: Stand


ORDERS = {
    "reference": "c.reference",
    "claim": "c.title, l.position",
    "line": "l.title",
    "state": "c.state",
    **{name: name for name in AMOUNTS},
    "to_pay": "committed - paid",
    "partner": """(select min(p.sort_key) from claims_linepartner r join partners_partner p on p.id = r.partner_id
                    where r.line_id = l.id and r.role = 'recipient')""",
}


def page_of_lines(scope: Scope, order: str, *, descending: bool, start: int = 0, most: int | None = None) -> Page:
    """Return a page of the scope's lines, in one query. With years asked: lines of claims of these years, or with money in them."""
    sql, given = money_of(scope)
    within, years = ("true", [])
    if scope.years is not None:
        within, years = "(dated or (c.first_year <= %s and c.last_year >= %s))", [scope.years[1], scope.years[0]]
    query = PAGE.format(
        money=sql,
        sums=", ".join(f"coalesce(sum({name}), 0) as {name}" for name in AMOUNTS),
        columns=", ".join(AMOUNTS),
        totals=", ".join(f"sum({name}) over ()" for name in AMOUNTS),
        within=within,
        order=ORDERS[order],
        direction="desc" if descending else "asc",
    )
    values = [*given, *years, most, start]
    with replica.reading().cursor() as cursor:
        cursor.execute(query, values)
        rows = cursor.fetchall()
    if not rows:
        return Page({}, 0, NOTHING)
    size = len(AMOUNTS)
    return Page({row[0]: Stand(*row[1 : size + 1]) for row in rows}, rows[0][size + 1], Stand(*rows[0][size + 2 :]))


PAGE = """
    select l.id, {columns}, count(*) over (), {totals}
      from (select line_id, bool_or(year is not null) as dated, {sums} from ({money}) rows group by line_id) m
      join claims_claimline l on l.id = m.line_id join claims_claim c on c.id = l.claim_id
     where {within}
     order by {order} {direction}, c.reference desc, l.position, l.id limit %s offset %s
"""


def newest_plans(commitments: Any, kind: str) -> Any:
    """Return the ids of the newest plan or forecast of each commitment: the ones that count."""
    versions = PlanVersion.objects.filter(commitment__in=commitments, kind=kind)
    return versions.order_by("commitment_id", "-made_on", "-pk").distinct("commitment_id").values("pk")


def put_planned(put: Asking, commitments: Any, kind: str) -> Callable[[], dict[int, Decimal]]:
    """Put the question what the newest plans or forecasts of commitments say per year, in EUR."""
    rows = PlanQuarter.objects.filter(version__in=newest_plans(commitments, kind))
    asked = put.of(rows.values_list("year").annotate(total=Sum("amount")).order_by("year"))
    return lambda: dict(asked.rows)
