"""What a decision would do to the money: per line and envelope what is granted now, and what it would be."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from claims.models import Claim, ClaimLine, Decision, Envelope
from claims.queries import headroom
from claims.queries.tree import Tree, with_tree
from claims.queries.workflow import Granted, granted

NOTHING = Granted(Decimal("0.00"), Decimal("0.00"))


@dataclass(frozen=True)
class Effect:
    """One line and envelope: commitments and cash granted before and after, in EUR."""

    line: ClaimLine
    envelope: Envelope | None
    year: int
    before: Granted
    after: Granted

    @property
    def difference(self) -> Decimal:
        """By how much the commitments change."""
        return self.after.commitment - self.before.commitment

    @property
    def changes(self) -> bool:
        """True when anything changes."""
        return self.before != self.after


@dataclass(frozen=True)
class Room:
    """One envelope's commitment room before and after, in EUR: free room, and room after running claims."""

    envelope: Envelope
    free: Decimal
    free_after: Decimal
    after_requests: Decimal
    after_requests_after: Decimal
    cash_free: Decimal
    cash_free_after: Decimal


def rooms(claim: Claim, effects: list[Effect]) -> list[Room]:
    """Return what an effect does to the headroom of each envelope that it touches."""
    own = Tree(with_tree(Claim.objects.filter(pk=claim.pk)).get())
    granted_now = granted(claim)
    found = []
    for envelope in dict.fromkeys(row.envelope for row in effects if row.envelope):
        stand = headroom.of_envelope(envelope)
        more = sum((row.difference for row in effects if row.envelope == envelope), Decimal("0.00"))
        cash = sum((row.after.cash - row.before.cash for row in effects if row.envelope == envelope), Decimal("0.00"))
        asked = sum(
            (year.commitment for line in own.lines for year in line.years if year.envelope_id == envelope.pk),
            Decimal("0.00"),
        )
        held = sum((one.commitment for key, one in granted_now.items() if key[1] == envelope.pk), Decimal("0.00"))
        mine = asked - held if claim.state in headroom.RUNNING_CLAIMS else Decimal("0.00")
        free = stand.commitments.free
        found.append(
            Room(
                envelope,
                free,
                free - more,
                stand.commitments.after_requests,
                free - more - (stand.commitments.requested - mine),
                stand.cash.free,
                stand.cash.free - cash,
            )
        )
    return found


def effect_of_request(tree: Tree) -> list[Effect]:
    """Return what granting everything as requested would change."""
    wanted = [
        (facts.line, year.envelope, year.year, Granted(year.commitment, year.cash or Decimal("0.00")))
        for facts in tree.lines
        for year in facts.years
    ]
    return _compare(tree.claim, wanted)


def effect_of(decision: Decision) -> list[Effect]:
    """Return what confirming a decision would change."""
    rows = decision.amounts.select_related("line", "envelope").order_by("pk")
    wanted = [
        (row.line, row.envelope, row.envelope.year, Granted(row.commitment, row.cash or Decimal("0.00")))
        for row in rows
    ]
    return _compare(decision.claim, wanted)


def _compare(claim: Claim, wanted: Iterable[tuple[ClaimLine, Envelope | None, int, Granted]]) -> list[Effect]:
    present = granted(claim)
    effects = []
    for line, envelope, year, after in wanted:
        before = present.pop((line.pk, envelope.pk), NOTHING) if envelope else NOTHING
        effects.append(Effect(line, envelope, year, before, after))
    lines = ClaimLine.objects.in_bulk([line for line, _envelope in present])
    envelopes = Envelope.objects.in_bulk([envelope for _line, envelope in present])
    for (line_id, envelope_id), before in present.items():
        if before != NOTHING:
            envelope = envelopes[envelope_id]
            effects.append(Effect(lines[line_id], envelope, envelope.year, before, NOTHING))
    return effects
