"""My work: my claims and what each still lacks, and the other claims I may see."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q

from claims.checks.completeness import missing
from claims.models import Claim
from claims.queries.tree import Tree, with_tree
from core.findings import Finding, Severity
from core.models import User
from core.permissions import standing

MINE, OTHERS = 30, 15


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
class Work:
    """What the page shows."""

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
        tuple(Row(claim, tuple(missing(Tree(claim)))) for claim in mine),
        tuple(others),
        bool(standing(user).all_roles()),
    )
