"""What opening balances meet in the register, each kind of record in one query. Amounts in EUR."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Q

from claims.models import Claim, Commitment, Envelope, EnvelopeTotal, Party
from claims.rules.take_on import ZERO, Item
from core.models import Directorate
from partners.models import Partner


@dataclass(frozen=True)
class Met:
    """What the file names and the register knows."""

    envelopes: dict[tuple[str, int], Envelope]
    rooms: dict[int, tuple[Decimal, Decimal]]
    directorates: dict[str, Directorate]
    partners: dict[str, list[Partner]]
    parties: dict[str, Party]
    claims: set[str]
    numbers: set[str]

    def room(self, envelope: Envelope) -> tuple[Decimal, Decimal]:
        """Return the commitments and cash that an envelope still holds."""
        return self.rooms.get(envelope.pk, (ZERO, ZERO))


def meet(items: Sequence[Item]) -> Met:
    """Look up everything the rows name. `rooms` are commitments and cash that an envelope still holds."""
    found = Envelope.objects.filter(name__in={row.envelope for row in items})
    totals = EnvelopeTotal.objects.filter(envelope__in=found)
    names = {row.partner for row in items} - {""}
    directorates, parties = {row.directorate for row in items}, {row.decided_by for row in items}
    claims, numbers = {row.claim for row in items} - {""}, {row.number for row in items} - {""}
    known: dict[str, list[Partner]] = {}
    for partner in Partner.objects.filter(Q(name__in=names) | Q(short_name__in=names)).order_by("pk"):
        for name in {partner.name, partner.short_name} & names:
            known.setdefault(name, []).append(partner)
    return Met(
        {(row.name, row.year): row for row in found},
        {row.pk: (row.budget_commitment - row.committed, row.budget_cash - row.paid) for row in totals},
        {row.code: row for row in Directorate.objects.filter(code__in=directorates)},
        known,
        {row.code: row for row in Party.objects.filter(code__in=parties)},
        set(Claim.objects.filter(ministry_reference__in=claims).values_list("ministry_reference", flat=True)),
        set(Commitment.objects.filter(number__in=numbers).values_list("number", flat=True)),
    )
