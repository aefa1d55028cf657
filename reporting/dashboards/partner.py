"""The dashboard of a partner: everything one may know of it, with what counts in its sums kept apart from what does not.

In the sums are lines of which the partner is the only recipient, and its own commitments out of pooled lines. A pooled line
itself belongs to several together: it is shown whole and divided over nobody.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import cached_property
from typing import Any

from django.db.models import F, Q
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from claims.enums import PartnerRole, PlanKind
from claims.models import Claim, ClaimLine, Commitment, Deadline, FrozenClaim, FrozenPaper, LinePartner, PooledSplit
from claims.queries.headroom import ZERO, OpenAdvance, advances_by_age, advances_open_in_all, open_advances
from claims.queries.stands import NOTHING, Scope, Stand, by_line_and_year, planned, total_of
from core.models import User
from core.permissions import Refusal, within_reach
from partners.models import Contribution, Partner, Share
from partners.queries import reckon
from partners.rules.share import Reckoned
from reporting.dashboards.filters import Filters, scope_of
from reporting.dashboards.iati import Comparison, compare
from reporting.numbers import Number, number, of_lines
from results.models import Result

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
class Gift:
    """A contribution that this ledger does not hold, with the shares reckoned for it."""

    record: Contribution
    shared_with: tuple[str, ...]
    shares: tuple[Reckoned, ...]
    refusals: tuple[Refusal, ...]


@dataclass(frozen=True)
class Achieved:
    """A result with how it stands to its target and to the period before."""

    result: Any
    version: Any
    percentage: Decimal | None  # of the target
    before: Decimal | None  # value of the period before
    trend: str  # "more", "less", "equal" or nothing


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
    oldest: tuple[OpenAdvance, ...]
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


def dashboard(partner: Partner, user: User, today: datetime.date, *, whole: bool = False) -> Dashboard:
    """Gather one partner as a person may see it, in a fixed number of queries; `whole` lists, as files have them."""
    most = None if whole else MOST
    filters = Filters(partner=partner.public_id)
    roles = _roles(partner, user)
    received = [role for role in roles if role.role == PartnerRole.RECIPIENT]
    own = [role for role in received if len(_recipients(role.line)) == 1]
    pooled = [role for role in received if len(_recipients(role.line)) > 1]
    signed = _signed(partner, own, pooled)
    stands = by_line_and_year(Scope([role.line_id for role in own], signed))
    by_line = _by_line(stands)
    total = total_of(stands.values())
    paid = _by_year(stands)
    return Dashboard(
        partner,
        tuple(dict.fromkeys(role.line.claim for role in roles)),
        tuple(of_lines(total, name, filters.query()) for name in COLUMNS),
        number(advances_open_in_all(signed), "open-advances", filters.query()),
        of_lines(total, "to-pay", filters.query()),
        _years(paid, filters, signed),
        tuple(_line(role, by_line) for role in own),
        tuple(_pools(partner, pooled)),
        tuple(role for role in roles if role.role != PartnerRole.RECIPIENT),
        tuple(_ages(signed, today)),
        tuple(open_advances(signed, most=None if whole else OLDEST_SHOWN)),
        tuple(_gifts(partner, most)),
        tuple(_achieved(partner, user, most)),
        tuple(_due(roles, signed, today)),
        compare(partner, {year: stand.paid for year, stand in paid.items()}) if partner.iati_identifier else None,
        len(own),
        tuple(_papers(roles, user)),
    )


def paid_per_year(partner: Partner, user: User) -> dict[int, Decimal]:
    """Return what the ledger paid a partner per budget year, in EUR, as far as a person may see it."""
    stands = by_line_and_year(scope_of(Filters(partner=partner.public_id), user))
    return {year: stand.paid for year, stand in _by_year(stands).items()}


# -- money ------------------------------------------------------------------------------------------------------------


def _roles(partner: Partner, user: User) -> list[LinePartner]:
    visible = within_reach(LinePartner.objects.all(), user, "line__claim__directorate")
    rows = (
        visible.filter(partner=partner)
        .select_related("line__claim__directorate", "line__goal")
        .prefetch_related("line__roles__partner")
    )
    return list(rows.order_by("-line__claim__reference", "line__position", "pk"))


def _recipients(line: ClaimLine) -> list[Partner]:
    return [role.partner for role in line.roles.all() if role.role == PartnerRole.RECIPIENT]


def _signed(partner: Partner, own: list[LinePartner], pooled: list[LinePartner]) -> list[int]:
    """Return the ids of the commitments that count: all of the partner's own lines, and its own out of pooled ones.

    The same as `scope_of` selects, from the roles that are here already; the rows behind every number are selected by that one.
    """
    alone = Q(line__in=[role.line_id for role in own])
    out_of_pools = Q(line__in=[role.line_id for role in pooled], partner=partner)
    return list(Commitment.objects.filter(alone | out_of_pools).values_list("pk", flat=True))


def _by_year(stands: dict[tuple[int, int], Stand]) -> dict[int, Stand]:
    found: dict[int, Stand] = defaultdict(lambda: NOTHING)
    for (_key, year), stand in stands.items():
        found[year] += stand
    return dict(sorted(found.items()))


def _years(stands: dict[int, Stand], filters: Filters, signed: list[int]) -> tuple[Year, ...]:
    plans, forecasts = planned(signed), planned(signed, PlanKind.FORECAST)
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
    received = [role for role in _roles(partner, user) if role.role == PartnerRole.RECIPIENT]
    return list(_pools(partner, [role for role in received if len(_recipients(role.line)) > 1]))


def _pools(partner: Partner, roles: list[LinePartner]) -> Iterable[Pool]:
    lines = [role.line for role in roles]
    keys = [line.pk for line in lines]
    stands = _by_line(by_line_and_year(Scope(keys, Commitment.objects.filter(line__in=keys))))
    splits = (
        PooledSplit.objects.filter(line__in=keys)
        .order_by("line_id", "-pk")
        .distinct("line_id")
        .prefetch_related("parts")
    )
    divided = {split.line_id: split for split in splits}
    for line in lines:
        stand, query = stands[line.pk], Filters(line=line.public_id).query()
        measure = "granted-commitment" if stand.granted else "requested-commitment"
        split = divided.get(line.pk)
        parts = {part.partner_id: part.amount for part in split.parts.all()} if split else {}
        yield Pool(
            line,
            of_lines(stand, measure, query),
            tuple(other for other in _recipients(line) if other.pk != partner.pk),
            tuple(of_lines(stand, name, query) for name in COLUMNS),
            parts.get(partner.pk),
            split.decided_on if split else None,
        )


AGES: tuple[tuple[int, Words], ...] = ((365, _("less than a year")), (730, _("one to two years")))
OLDEST = _("two years or more")


def _ages(signed: list[int], today: datetime.date) -> Iterable[Advances]:
    found = advances_by_age(signed, today, [days for days, _label in AGES])
    labels = [*(label for _days, label in AGES), OLDEST]
    for label, (amount, count) in zip(labels, found, strict=True):
        yield Advances(label, amount, count)


# -- what is not in the ledger ----------------------------------------------------------------------------------------


def _gifts(partner: Partner, most: int | None) -> Iterable[Gift]:
    rows = Contribution.objects.filter(partners=partner).select_related("cover", "source").prefetch_related("partners")
    rows = rows.order_by("-year", "subject", "pk")[:most]
    shares: dict[int, list[Any]] = defaultdict(list)
    for share in Share.objects.filter(contribution__in=[row.pk for row in rows]):
        shares[share.contribution_id].append(reckon(share))
    for row in rows:
        others = tuple(other.short_name for other in row.partners.all() if other.pk != partner.pk)
        found = shares[row.pk]
        yield Gift(
            row,
            others,
            tuple(one for one in found if isinstance(one, Reckoned)),
            tuple(one for one in found if isinstance(one, Refusal)),
        )


def percent(share: Reckoned) -> Decimal:
    """Return a share in percentage points, rounded half up to two decimals as texts say it."""
    return (share.ratio * 100).quantize(Decimal("0.01"), ROUND_HALF_UP)


def _achieved(partner: Partner, user: User, most: int | None) -> Iterable[Achieved]:
    rows = Result.objects.visible_to(user).filter(partner=partner).with_current()
    rows = list(rows.order_by("-period_end", "label", "pk")[:most])
    for row in rows:
        version = row.newest[0] if row.newest else None
        if version is None:
            continue
        before = _before(row, rows)
        value, target = version.value, version.target
        percentage = value * 100 / target if value is not None and target else None
        trend = ""
        if before is not None and value is not None:
            trend = "more" if value > before else "less" if value < before else "equal"
        yield Achieved(row, version, percentage, before, trend)


def _before(result: Any, others: list[Any]) -> Decimal | None:
    """Return the value of the same indicator in the last period that ended before this one began."""
    if result.indicator_id is None:
        return None
    earlier = [
        row
        for row in others
        if row.indicator_id == result.indicator_id and row.unit == result.unit and row.period_end < result.period_start
    ]
    if not earlier:
        return None
    last = max(earlier, key=lambda row: row.period_end)
    return last.newest[0].value if last.newest else None


def _papers(roles: list[LinePartner], user: User) -> Iterable[FrozenPaper]:
    about = FrozenClaim.objects.filter(claim__in={role.line.claim_id for role in roles}).values("paper")
    return FrozenPaper.objects.visible_to(user).filter(pk__in=about).newest().defer("snapshot", "program")[:MOST]


def _due(roles: list[LinePartner], signed: list[int], today: datetime.date) -> Iterable[Due]:
    """Deadlines of the partner's claims, and reports on commitments that ended while advances are open."""
    claims = {role.line.claim_id: role.line.claim for role in roles}
    found = [
        Due(row.due_on, row.subject, claims[row.claim_id], row.due_on < today)
        for row in Deadline.objects.filter(claim__in=claims, done_on=None).order_by("due_on", "pk")[:MOST]
    ]
    ended = Commitment.objects.filter(
        pk__in=signed, ends_on__isnull=False, total__advanced__gt=F("total__written_off")
    ).select_related("line__claim")
    for commitment in ended.order_by("ends_on", "pk")[:MOST]:
        if commitment.ends_on is not None:
            what = gettext("final report on %(number)s: advances are open") % {"number": commitment.number}
            found.append(Due(commitment.ends_on, what, commitment.line.claim, commitment.ends_on < today))
    return sorted(found, key=lambda due: due.on)
