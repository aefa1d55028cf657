"""What the end of a year leaves: cash of lines that was not spent, and commitments that carry over. In EUR."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import connection
from django.db.models import F, Sum

from claims.enums import CommitmentKind
from claims.models import (
    Claim,
    ClaimLine,
    Commitment,
    CommitmentRow,
    CommitmentTotal,
    Envelope,
    Payment,
    Revaluation,
    Settlement,
    UnspentCash,
)
from claims.queries.books import closed_months
from claims.queries.headroom import open_advances
from core.models import User

ZERO = Decimal("0.00")


@dataclass(frozen=True)
class Unspent:
    """Cash of a line from an envelope: granted, paid, decided about, and left. In EUR."""

    line: ClaimLine
    envelope: Envelope
    granted: Decimal
    paid: Decimal
    decided: Decimal

    @property
    def left(self) -> Decimal:
        """Granted and neither paid nor decided about; nothing when more was paid."""
        return max(self.granted - self.paid - self.decided, ZERO)


def unspent_of(user: User, year: int) -> list[Unspent]:
    """Return the lines that this person sees with cash granted from the envelopes of a year."""
    lines = ClaimLine.objects.filter(claim__in=Claim.objects.visible_to(user), grants__envelope__year=year).distinct()
    known = {line.pk: line for line in lines.select_related("claim")}
    with connection.cursor() as cursor:
        cursor.execute(UNSPENT, [year, list(known)])
        rows = cursor.fetchall()
    envelopes = Envelope.objects.in_bulk({row[1] for row in rows})
    return [Unspent(known[line], envelopes[envelope], *amounts) for line, envelope, *amounts in rows]


UNSPENT = """
    with granted as (
      select g.line_id, g.envelope_id, sum(g.signed) as amount
        from claims_grantentry g join claims_envelope e on e.id = g.envelope_id
       where e.year = %s and g.series = 'cash' and g.line_id = any(%s) group by 1, 2 having sum(g.signed) <> 0)
    select g.line_id, g.envelope_id, g.amount,
           coalesce((select sum(p.signed) from claims_payment p join claims_commitment k on k.id = p.commitment_id
                      where k.line_id = g.line_id and p.envelope_id = g.envelope_id), 0),
           coalesce((select sum(u.amount) from claims_unspentcash u
                      where u.line_id = g.line_id and u.envelope_id = g.envelope_id
                        and not exists (select from claims_mutation m where m.reverses_id = u.lowered_id)), 0)
      from granted g join claims_claimline l on l.id = g.line_id order by l.claim_id, l.position, g.envelope_id
"""


def decisions_of(user: User, year: int) -> Any:
    """Return what was decided about unspent cash of a year, the newest first."""
    return (
        UnspentCash.objects.filter(envelope__year=year, line__claim__in=Claim.objects.visible_to(user))
        .select_related("line__claim", "envelope", "recorded_by", "lowered__reversed_by")
        .order_by("-pk")
    )


def carried_over(user: User, year: int) -> list[Any]:
    """Return the commitments signed in or before a year on which something is still to be paid (`to_pay`, EUR)."""
    return list(
        CommitmentTotal.objects.filter(
            committed__gt=F("paid"),
            commitment__signed_on__lte=datetime.date(year, 12, 31),
            commitment__line__claim__in=Claim.objects.visible_to(user),
        )
        .annotate(to_pay=F("committed") - F("paid"))
        .select_related("commitment__partner", "commitment__line__claim")
        .order_by("commitment__signed_on", "pk")
    )


def open_months(year: int) -> list[datetime.date]:
    """Return the first days of the months of a year that are not closed."""
    closed = closed_months()
    months = [datetime.date(year, month, 1) for month in range(1, 13)]
    return [month for month in months if month not in closed]


def committed_from(commitment: Commitment) -> list[tuple[Envelope, Decimal]]:
    """Return what stands committed per envelope, the newest year first."""
    rows = (
        CommitmentRow.objects.filter(commitment=commitment)
        .values_list("envelope")
        .annotate(total=Sum("signed"))
        .order_by("-envelope__year", "-envelope")
    )
    envelopes = Envelope.objects.in_bulk([row[0] for row in rows])
    return [(envelopes[pk], total) for pk, total in rows]


def settlement_of(commitment: Commitment) -> Settlement | None:
    """Return the final settlement in force."""
    return (
        Settlement.objects.filter(commitment=commitment, undone_at=None)
        .select_related("recorded_by")
        .order_by("-pk")
        .first()
    )


@dataclass(frozen=True)
class ForeignOpen:
    """A foreign commitment or advance of which something is open: in EUR, and in its currency where the rows say it."""

    target: Commitment | Payment
    commitment: Commitment
    open: Decimal
    open_amount: Decimal | None
    newest: Revaluation | None

    @property
    def kind(self) -> str:
        """What it is, for its address."""
        return "commitment" if isinstance(self.target, Commitment) else "advance"


def foreign_open(user: User, year: int) -> list[ForeignOpen]:
    """Return what is open in foreign currencies at the end of a year, as this person sees it."""
    last = datetime.date(year, 12, 31)
    claims = Claim.objects.visible_to(user)
    newest: dict[tuple[str, int | None], Revaluation] = {}
    for made in Revaluation.objects.filter(day__year=year).order_by("pk"):
        newest["c" if made.commitment_id else "a", made.commitment_id or made.advance_id] = made
    bonds = (
        Commitment.objects.filter(line__claim__in=claims, signed_on__lte=last, total__committed__gt=F("total__paid"))
        .exclude(currency="")
        .select_related("partner", "line__claim", "total")
        .prefetch_related("payments", "rows")
        .order_by("signed_on", "pk")
    )
    found = [
        ForeignOpen(bond, bond, bond.total.committed - bond.total.paid, _open_in(bond), newest.get(("c", bond.pk)))
        for bond in bonds
    ]
    advances = Payment.objects.filter(commitment__line__claim__in=claims, kind="advance", paid_on__lte=last).exclude(
        currency=""
    )
    for row in open_advances(Commitment.objects.filter(payments__in=advances).distinct()):
        advance = row.payment
        if advance.currency and advance.paid_on <= last:
            whole = advance.foreign_amount if row.open == advance.amount else None
            found.append(ForeignOpen(advance, advance.commitment, row.open, whole, newest.get(("a", advance.pk))))
    return found


def _open_in(bond: Commitment) -> Decimal | None:
    """Return what is open in the commitment's own currency; None where its rows do not say it."""
    if any(row.kind in (CommitmentKind.RAISE, CommitmentKind.LOWER) for row in bond.rows.all()):
        return None
    left: Decimal | None = bond.foreign_amount
    for payment in bond.payments.all():
        if payment.currency != bond.currency or left is None:
            return None
        amount = payment.foreign_amount or ZERO
        left -= amount if payment.signed > 0 else -amount
    return left
