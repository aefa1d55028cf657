"""My work: my claims and what each still lacks, and the other claims I may see."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from claims.checks.completeness import missing
from claims.enums import ClaimState, StepKind
from claims.models import (
    Claim,
    Commitment,
    Decision,
    Deviation,
    Envelope,
    FrozenClaim,
    FrozenPaper,
    LinePartner,
    LineYear,
)
from claims.policies import WAITS
from claims.queries.books import deviations_for
from claims.queries.follow import Due, due_for
from claims.queries.headroom import EnvelopeStand, SeriesStand, of_envelopes
from claims.queries.outdated import Outdated, outdated
from claims.queries.tree import Tree, with_tree
from claims.queries.workflow import answered_of
from claims.rules.workflow import MOVES
from core.enums import Role
from core.findings import Finding, Severity
from core.models import User
from core.permissions import standing
from partners.models import Share
from reporting.numbers import Number, of_envelope

MINE, OTHERS, WAITING, DEADLINES, ENVELOPES, PAPERS = 30, 15, 20, 8, 6, 24
AHEAD = datetime.timedelta(days=30)  # how early a report that will be due is shown


@dataclass(frozen=True)
class Row:
    """One claim with what it lacks."""

    claim: Claim
    findings: tuple[Finding, ...]

    @property
    def errors(self) -> int:
        """How many things must be mended."""
        return sum(1 for finding in self.findings if finding.severity == Severity.ERROR)

    @property
    def first(self) -> tuple[Finding, ...]:
        """The few most serious ones."""
        return self.findings[:3]

    @property
    def more(self) -> int:
        """How many there are besides."""
        return max(len(self.findings) - 3, 0)


@dataclass(frozen=True)
class Waiting:
    """Something that waits for this person: what to do, and with which claim."""

    what: str | Promise
    claim: Claim
    url: str


@dataclass(frozen=True)
class Report:
    """A final report that is due on a commitment, with the advances that wait for it (EUR)."""

    commitment: Commitment
    open: Decimal
    late: bool


@dataclass(frozen=True)
class Work:
    """What the page shows."""

    waiting: tuple[Waiting, ...]
    deadlines: tuple[Due, ...]
    mine: tuple[Row, ...]
    others: tuple[Claim, ...]
    has_role: bool
    deviations: tuple[Deviation, ...] = ()
    reports: tuple[Report, ...] = ()
    shares: tuple[Share, ...] = ()
    envelopes: tuple[tuple[Envelope, Number, Number], ...] = ()
    papers: tuple[tuple[FrozenPaper, Outdated], ...] = ()  # which no longer say what the records say


def work_of(user: User, today: datetime.date) -> Work:
    """Gather a person's work in a fixed number of queries."""
    visible = Claim.objects.visible_to(user)
    held = Q(owner=user) | Q(deputy=user)
    mine = with_tree(visible.filter(held)).order_by("-reference")[:MINE]
    others = visible.exclude(held).select_related("owner", "directorate").order_by("-reference")[:OTHERS]
    return Work(
        tuple(_waiting(user)),
        tuple(due_for(user, visible)[:DEADLINES]),
        tuple(_lacking(list(mine))),
        tuple(others),
        bool(standing(user).all_roles()),
        tuple(deviations_for(user, open_only=True).filter(owner=user)[:DEADLINES]),
        tuple(_final_reports(held, visible, today)),
        tuple(_shares_to_close(held, visible, today)),
        tuple(_my_envelopes(user, held, visible, today)),
        tuple(_old_papers(user, held, visible)),
    )


def _lacking(claims: list[Claim]) -> Iterator[Row]:
    """Yield claims with what each still lacks and nobody answered."""
    answered = answered_of(claims)
    for claim in claims:
        points = missing(Tree(claim))
        yield Row(claim, tuple(point for point in points if (point.code, point.key) not in answered[claim.pk]))


# what there is to do for the step that a state waits for, and on which page; whose step it is says the workflow's table
TO_DO: dict[StepKind, tuple[str | Promise, str]] = {
    StepKind.SUBMIT: (_("Returned with remarks: adapt"), "claims:overview"),
    StepKind.AGREE: (_("Check"), "claims:overview"),
    StepKind.PRESENT: (_("Present for decision"), "claims:overview"),
    StepKind.DECIDE: (_("Register the decision"), "claims:decisions"),
}


def _waiting(user: User) -> Iterator[Waiting]:
    """What waits for this person's role; a decision to confirm waits for another registrar than who registered it."""
    held = standing(user)
    states = [state for state, kind in WAITS.items() if held.all_roles() & set(MOVES[kind].roles)]
    if not states:
        return
    visible = Claim.objects.visible_to(user).filter(state__in=states)
    open_decisions = Decision.objects.filter(claim=OuterRef("pk"), settles=True, confirmed_at=None, dropped_at=None)
    rows = visible.annotate(
        to_confirm=Exists(open_decisions), registered=Exists(open_decisions.filter(registered_by=user))
    ).order_by("reference")
    for claim in rows[:WAITING]:
        kind = WAITS[ClaimState(claim.state)]
        if held.roles(claim.directorate_id).isdisjoint(MOVES[kind].roles):
            continue
        what, page = TO_DO[kind]
        if kind == StepKind.DECIDE and claim.to_confirm:
            if claim.registered:
                continue
            what = _("Confirm the decision")
        yield Waiting(what, claim, reverse(page, args=[claim.reference]))


def _final_reports(mine: Q, claims: Any, today: datetime.date) -> Iterator[Report]:
    """Commitments of a person's claims that have ended while advances are open: a final report is due."""
    rows = (
        Commitment.objects.filter(
            line__claim__in=claims.filter(mine), ends_on__lte=today + AHEAD, total__advanced__gt=F("total__written_off")
        )
        .select_related("partner", "line__claim", "total")
        .order_by("ends_on", "pk")
    )
    for row in rows[:DEADLINES]:
        yield Report(row, row.total.advanced - row.total.written_off, row.ends_on is not None and row.ends_on < today)


def _shares_to_close(mine: Q, claims: Any, today: datetime.date) -> list[Share]:
    """Shares of closed years that are provisional still, in funds and organisations of a person's claims."""
    partners = LinePartner.objects.filter(line__claim__in=claims.filter(mine)).values("partner")
    rows = Share.objects.filter(total__final=False, total__year__lt=today.year, total__partner__in=partners)
    return list(rows.order_by("total__year", "pk")[:DEADLINES])


def _my_envelopes(user: User, mine: Q, claims: Any, today: datetime.date) -> list[tuple[Envelope, Number, Number]]:
    """Envelopes of this year and later on which a person's claims draw, or that are of the directorate one manages."""
    managed = [key for key, roles in (standing(user).within or {}).items() if roles & {Role.MANAGER, Role.OFFICER}]
    drawn = LineYear.objects.filter(line__claim__in=claims.filter(mine)).values("envelope")
    mine_too = Q(pk__in=drawn) | Q(directorate__in=managed)
    found_rows = Envelope.objects.filter(mine_too, active=True, year__gte=today.year)
    rows = list(found_rows.order_by("year", "sort_key")[:ENVELOPES])
    stands = of_envelopes([row.pk for row in rows])
    found = []
    for row in rows:
        stand, query = stands.get(row.pk, EnvelopeStand(SeriesStand(), SeriesStand())), f"envelope={row.public_id}"
        measures = ("free-commitment", "after-requests-commitment")
        free, after = (of_envelope(stand, name, query) for name in measures)
        found.append((row, free, after))
    return found


def _old_papers(user: User, mine: Q, claims: Any) -> Iterator[tuple[FrozenPaper, Outdated]]:
    """Yield the newest frozen papers about a person's claims that no longer say what the records say."""
    about = FrozenClaim.objects.filter(claim__in=claims.filter(mine)).values("paper")
    rows = list(FrozenPaper.objects.visible_to(user).filter(pk__in=about).newest().told()[:PAPERS])
    changes = outdated(rows)
    yield from ((row, changes[row.pk]) for row in rows if changes[row.pk])
