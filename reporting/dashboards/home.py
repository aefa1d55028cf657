"""My work: my claims and what each still lacks, and the other claims I may see."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from claims.checks.completeness import missing
from claims.enums import ClaimState
from claims.models import Claim, Decision
from claims.queries.follow import Due, due_for
from claims.queries.tree import Tree, with_tree
from core.enums import Role
from core.findings import Finding, Severity
from core.models import User
from core.permissions import standing

MINE, OTHERS, WAITING, DEADLINES = 30, 15, 20, 8


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
class Work:
    """What the page shows."""

    waiting: tuple[Waiting, ...]
    deadlines: tuple[Due, ...]
    mine: tuple[Row, ...]
    others: tuple[Claim, ...]
    has_role: bool


def work_of(user: User) -> Work:
    """Gather a person's work in a fixed number of queries."""
    visible = Claim.objects.visible_to(user)
    held = Q(owner=user) | Q(deputy=user)
    mine = with_tree(visible.filter(held)).order_by("-reference")[:MINE]
    others = visible.exclude(held).select_related("owner", "directorate").order_by("-reference")[:OTHERS]
    return Work(
        tuple(_waiting(user)),
        tuple(due_for(user, visible)[:DEADLINES]),
        tuple(Row(claim, tuple(missing(Tree(claim)))) for claim in mine),
        tuple(others),
        bool(standing(user).all_roles()),
    )


# whose turn it is in which state, and what there is to do
TURNS: tuple[tuple[Role, str, str | Promise, str], ...] = (
    (Role.CONTROLLER, ClaimState.SUBMITTED, _("Check"), "claims:overview"),
    (Role.REGISTRAR, ClaimState.PRESENTED, _("Register the decision"), "claims:decisions"),
    (Role.REGISTRAR, ClaimState.HELD, _("Register the decision"), "claims:decisions"),
    (Role.OFFICER, ClaimState.RETURNED, _("Returned with remarks: adapt"), "claims:overview"),
    (Role.OFFICER, ClaimState.AGREED, _("Present for decision"), "claims:overview"),
    (Role.MANAGER, ClaimState.AGREED, _("Present for decision"), "claims:overview"),
)


def _waiting(user: User) -> Iterator[Waiting]:
    """What waits for this person's role; a decision to confirm waits for another registrar than who registered it."""
    held = standing(user)
    turns = [turn for turn in TURNS if turn[0] in held.all_roles()]
    if not turns:
        return
    states = {state: (role, what, page) for role, state, what, page in turns}
    visible = Claim.objects.visible_to(user).filter(state__in=states)
    open_decisions = Decision.objects.filter(claim=OuterRef("pk"), settles=True, confirmed_at=None, dropped_at=None)
    rows = visible.annotate(
        to_confirm=Exists(open_decisions), registered=Exists(open_decisions.filter(registered_by=user))
    ).order_by("reference")
    for claim in rows[:WAITING]:
        role, what, page = states[claim.state]
        if role not in held.roles(claim.directorate_id):
            continue
        if role == Role.REGISTRAR and claim.to_confirm:
            if claim.registered:
                continue
            what = _("Confirm the decision")
        yield Waiting(what, claim, reverse(page, args=[claim.reference]))
