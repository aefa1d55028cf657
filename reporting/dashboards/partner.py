"""The dashboard of a partner: everything one may know of it, with what counts in its sums kept apart from what does not.

In the sums are lines of which the partner is the only recipient, and its own commitments out of pooled lines. A pooled line
itself belongs to several together: it is shown whole and divided over nobody.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import cached_property
from typing import Any

from django.db.models import F
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from claims.enums import PartnerRole, PlanKind
from claims.models import (
    Claim,
    ClaimLine,
    Commitment,
    Deadline,
    FrozenClaim,
    FrozenPaper,
    LinePartner,
    PooledSplit,
    SplitPart,
)
from claims.queries.books import put_reconciled_until
from claims.queries.headroom import ZERO, put_advances_by_age, put_advances_open_in_all, put_oldest_advances
from claims.queries.lines import Roles, put_roles, put_signed
from claims.queries.stands import NOTHING, Scope, Stand, by_line_and_year, put_by_line_and_year, put_planned, total_of
from core.asking import Answer, Asking, record_of, together
from core.models import User
from partners.models import Partner
from partners.queries import Gift, put_contributions, put_gifts
from partners.rules.share import Reckoned
from reporting.dashboards.filters import Filters, scope_of
from reporting.dashboards.iati import Comparison, compare
from reporting.numbers import Number, number, of_lines
from results.queries import Achieved, put_achieved, put_results

Words = str | Promise
MOST = 50  # of each list on the page; a file has them all
LED = 5  # claims and shared lines that head the page; its table has them all
OLDEST_SHOWN = 10  # advances on the page
COLUMNS = ("requested-commitment", "granted-commitment", "committed", "paid")


@dataclass(frozen=True)
class Year:
    """One budget year of a partner; `cash` is what is requested and granted to be paid in it."""

    year: int
    numbers: tuple[Number, ...]  # as COLUMNS
    requested_cash: Number
    granted_cash: Number
    plan: Number
    forecast: Number
    paid: Number

    @property
    def cells(self) -> tuple[Number, ...]:
        """The numbers as the table on the page has them."""
        commitments = self.numbers[: COLUMNS.index("paid")]
        return (*commitments, self.requested_cash, self.granted_cash, self.plan, self.forecast, self.paid)


@dataclass(frozen=True)
class Line:
    """A line of the partner alone, with its claim as root."""

    line: ClaimLine
    status: str
    numbers: tuple[Number, ...]


@dataclass(frozen=True)
class Pool:
    """A line that the partner shares: the whole, with whom, and what is settled for this partner."""

    line: ClaimLine
    whole: Number
    shared_with: tuple[Partner, ...]
    numbers: tuple[Number, ...]
    part: Decimal | None  # by the newest division, if there is one
    divided_on: datetime.date | None


@dataclass(frozen=True)
class Advances:
    """Advances of one age that are open."""

    label: Words
    amount: Decimal
    count: int


@dataclass(frozen=True)
class Advance:
    """One advance that is open, wholly or in part. Amounts in EUR."""

    paid_on: datetime.date
    amount: Decimal
    open: Decimal
    commitment: Commitment
    claim: Claim


@dataclass(frozen=True)
class Due:
    """A report or another thing that is expected by a day."""

    on: datetime.date
    what: Words
    claim: Claim
    late: bool


@dataclass(frozen=True)
class Head:
    """The first claims and shared lines of a partner, and how many more of each stand in the table only."""

    roots: tuple[tuple[Claim, Decimal], ...]
    more_roots: int
    pools: tuple[Pool, ...]
    more_pools: int


@dataclass(frozen=True)
class Dashboard:
    """What the page of a partner shows."""

    partner: Partner
    claims: tuple[Claim, ...]
    total: tuple[Number, ...]
    open_advances: Number
    to_pay: Number
    years: tuple[Year, ...]
    lines: tuple[Line, ...]
    pools: tuple[Pool, ...]
    roles: tuple[LinePartner, ...]
    advances: tuple[Advances, ...]
    oldest: tuple[Advance, ...]
    gifts: tuple[Gift, ...]
    results: tuple[Achieved, ...]
    due: tuple[Due, ...]
    published: Comparison | None
    counted: int  # lines
    papers: tuple[FrozenPaper, ...]  # the newest of each, of these claims

    @cached_property
    def roots(self) -> tuple[tuple[Claim, Decimal], ...]:
        """The claims under which the partner stands alone, each with what is granted under it, or asked as long as nothing is."""
        found: dict[Claim, Decimal] = {}
        for line in self.lines:
            requested, granted = line.numbers[0].value, line.numbers[1].value
            found[line.line.claim] = found.get(line.line.claim, ZERO) + (requested + granted)
        return tuple(found.items())

    @property
    def head(self) -> Head:
        """What heads the page."""
        return Head(self.roots[:LED], len(self.roots[LED:]), self.pools[:LED], len(self.pools[LED:]))

    @property
    def more_advances(self) -> bool:
        """Whether more advances are open than are shown."""
        return sum(age.count for age in self.advances) > len(self.oldest)

    @property
    def together(self) -> Decimal:
        """What the roots add up to: requested and granted, in EUR."""
        return self.total[0].value + self.total[1].value


@dataclass(frozen=True)
class Found:
    """What the register holds of one partner for one person."""

    partner: Partner
    today: datetime.date
    roles: Roles
    stands: dict[tuple[int, int], Stand]  # by line id and year
    pools: tuple[Pool, ...]
    plans: Callable[[], dict[int, Decimal]]
    forecasts: Callable[[], dict[int, Decimal]]
    open_advances: Callable[[], Decimal]
    ages: Callable[[], list[tuple[Decimal, int]]]
    oldest: Answer
    deadlines: Answer
    ended: Answer
    papers: Answer
    gifts: Callable[[], tuple[Gift, ...]]
    results: Callable[[], tuple[Achieved, ...]]
    published: Comparison | None
    until: Callable[[], datetime.date | None]  # reconciled with the books


def read(partner: Partner, user: User, today: datetime.date, *, whole: bool = False) -> Found:
    """Read one partner as a person may see it; `whole` lists, as files have them.

    What takes the database longest is asked first: meanwhile the other questions are worded, and the first answers worked on.
    """
    most = None if whole else MOST
    with together() as put:
        asked = put_roles(put, partner, user)
        contributions = put_contributions(put, partner, most)
        results = put_results(put, partner, user, most)
        roles = asked()
        signed = put_signed(put, roles).ids
        stands = put_by_line_and_year(put, Scope(roles.own_ids, signed))
        pools = _put_pools(put, partner, roles)
        ages = put_advances_by_age(put, signed, today, [days for days, _label in AGES])
        oldest = put_oldest_advances(put, signed, None if whole else OLDEST_SHOWN)
        plans, forecasts = (put_planned(put, signed, kind) for kind in (PlanKind.PLAN, PlanKind.FORECAST))
        open_advances = put_advances_open_in_all(put, signed)
        until = put_reconciled_until(put)
        gifts = put_gifts(put, partner, contributions)
        achieved = put_achieved(put, partner, results)
        deadlines, ended, papers = put.of(_deadlines(roles)), put.of(_ended(signed)), put.of(_papers(roles, user))
        by_line_and_year, shared = stands(), pools()
    paid = {year: stand.paid for year, stand in _by_year(by_line_and_year).items()}
    return Found(
        partner,
        today,
        roles,
        by_line_and_year,
        shared,
        plans,
        forecasts,
        open_advances,
        ages,
        oldest,
        deadlines,
        ended,
        papers,
        gifts,
        achieved,
        compare(partner, paid) if partner.iati_identifier else None,
        until,
    )


def dashboard(found: Found) -> Dashboard:
    """Make the dashboard of what was found."""
    filters, roles, stands = Filters(partner=found.partner.public_id), found.roles, found.stands
    query, total, by_line = filters.query(), total_of(stands.values()), _by_line(stands)
    return Dashboard(
        found.partner,
        tuple(roles.claims.values()),
        tuple(of_lines(total, name, query) for name in COLUMNS),
        number(found.open_advances(), "open-advances", query),
        of_lines(total, "to-pay", query),
        _years(_by_year(stands), found.plans(), found.forecasts(), filters),
        tuple(_line(role, by_line) for role in roles.received(roles.own_ids)),
        found.pools,
        tuple(role for role in roles.all if role.role != PartnerRole.RECIPIENT),
        tuple(Advances(label, *age) for label, age in zip(AGE_LABELS, found.ages(), strict=True)),
        tuple(_oldest(found)),
        found.gifts(),
        found.results(),
        tuple(_due(found)),
        found.published,
        len(roles.own_ids),
        tuple(record_of(FrozenPaper, dict(zip(PAPER, row, strict=True))) for row in found.papers.rows),
    )


def paid_per_year(partner: Partner, user: User) -> dict[int, Decimal]:
    """Return what the ledger paid a partner per budget year, in EUR, as far as a person may see it."""
    stands = by_line_and_year(scope_of(Filters(partner=partner.public_id), user))
    return {year: stand.paid for year, stand in _by_year(stands).items()}


# -- money ------------------------------------------------------------------------------------------------------------


def _by_year(stands: dict[tuple[int, int], Stand]) -> dict[int, Stand]:
    found: dict[int, Stand] = defaultdict(lambda: NOTHING)
    for (_key, year), stand in stands.items():
        found[year] += stand
    return dict(sorted(found.items()))


def _years(
    stands: dict[int, Stand], plans: dict[int, Decimal], forecasts: dict[int, Decimal], filters: Filters
) -> tuple[Year, ...]:
    found = []
    for year in sorted({*stands, *plans, *forecasts}):
        stand, query = stands.get(year, NOTHING), filters.query(first=year, last=year)
        found.append(
            Year(
                year,
                tuple(of_lines(stand, name, query) for name in COLUMNS),
                of_lines(stand, "requested-cash", query),
                of_lines(stand, "granted-cash", query),
                number(plans.get(year, ZERO), "plan", query),
                number(forecasts.get(year, ZERO), "forecast", query),
                of_lines(stand, "paid", query),
            )
        )
    return tuple(found)


def _by_line(stands: dict[tuple[int, int], Stand]) -> dict[int, Stand]:
    found: dict[int, Stand] = defaultdict(lambda: NOTHING)
    for (key, _year), stand in stands.items():
        found[key] += stand
    return found


def _line(role: LinePartner, stands: dict[int, Stand]) -> Line:
    stand, query = stands[role.line_id], Filters(line=role.line.public_id).query()
    return Line(role.line, role.get_status_display(), tuple(of_lines(stand, name, query) for name in COLUMNS))


def shared_lines(partner: Partner, user: User) -> list[Pool]:
    """Return the lines that a partner shares with others, as far as a person may see them."""
    with together() as put:
        pools = _put_pools(put, partner, put_roles(put, partner, user)())
    return list(pools())


def _put_pools(put: Asking, partner: Partner, roles: Roles) -> Callable[[], tuple[Pool, ...]]:
    keys = roles.pooled_ids
    asked = put_by_line_and_year(put, Scope(keys, Commitment.objects.filter(line__in=keys)))
    splits = put.of(
        PooledSplit.objects.filter(line__in=keys)
        .order_by("line_id", "-pk")
        .distinct("line_id")
        .values_list("line_id", "pk", "decided_on")
    )
    parts = put.of(
        SplitPart.objects.filter(split__line__in=keys, partner=partner).order_by("pk").values_list("split_id", "amount")
    )

    def answer() -> tuple[Pool, ...]:
        stands, amounts = _by_line(asked()), dict(parts.rows)
        divided = {line: (amounts.get(split), day) for line, split, day in splits.rows}
        return tuple(
            _pool(partner, role.line, roles, stands[role.line_id], divided.get(role.line_id))
            for role in roles.received(keys)
        )

    return answer


def _pool(
    partner: Partner, line: ClaimLine, roles: Roles, stand: Stand, divided: tuple[Decimal | None, datetime.date] | None
) -> Pool:
    query = Filters(line=line.public_id).query()
    measure = "granted-commitment" if stand.granted else "requested-commitment"
    part, day = divided or (None, None)
    return Pool(
        line,
        of_lines(stand, measure, query),
        tuple(other for other in roles.recipients[line.pk] if other.pk != partner.pk),
        tuple(of_lines(stand, name, query) for name in COLUMNS),
        part,
        day,
    )


AGES: tuple[tuple[int, Words], ...] = ((365, _("less than a year")), (730, _("one to two years")))
AGE_LABELS = (*(label for _days, label in AGES), _("two years or more"))


def _oldest(found: Found) -> Iterable[Advance]:
    for paid_on, amount, still_open, key, public_id, name, claim in found.oldest.rows:
        bond = record_of(Commitment, {"id": key, "public_id": public_id, "number": name})
        yield Advance(paid_on, amount, still_open, bond, found.roles.claims[claim])


# -- what is beside the money -----------------------------------------------------------------------------------------


def percent(share: Reckoned) -> Decimal:
    """Return a share in percentage points, rounded half up to two decimals as texts say it."""
    return (share.ratio * 100).quantize(Decimal("0.01"), ROUND_HALF_UP)


PAPER = ("id", "public_id", "kind", "title", "public", "number", "at")


def _papers(roles: Roles, user: User) -> Any:
    about = FrozenClaim.objects.filter(claim__in=roles.claim_ids).values("paper")
    return FrozenPaper.objects.visible_to(user).filter(pk__in=about).newest().values_list(*PAPER)[:MOST]


def _deadlines(roles: Roles) -> Any:
    rows = Deadline.objects.filter(claim__in=roles.claim_ids, done_on=None).order_by("due_on", "pk")
    return rows.values_list("claim_id", "due_on", "subject")[:MOST]


def _ended(signed: list[int]) -> Any:
    """Commitments that ended while advances are open."""
    still_open = Commitment.objects.filter(
        pk__in=signed, ends_on__isnull=False, total__advanced__gt=F("total__written_off")
    )
    return still_open.order_by("ends_on", "pk").values_list("line__claim_id", "ends_on", "number")[:MOST]


def _due(found: Found) -> list[Due]:
    """Deadlines of the partner's claims, and reports on commitments that ended while advances are open."""
    expected = [*found.deadlines.rows]
    for claim, day, name in found.ended.rows:
        expected.append((claim, day, gettext("final report on %(number)s: advances are open") % {"number": name}))
    claims = found.roles.claims
    due = [Due(day, what, claims[claim], day < found.today) for claim, day, what in expected]
    return sorted(due, key=lambda one: one.on)
