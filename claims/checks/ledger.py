"""Reckons every stand anew from its rows and compares it with the totals the database keeps and with what screens answer."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from django.db import connection

from claims.models import Commitment, Envelope
from claims.queries import headroom

# table, key, column -> the sum of rows it must be
SUMS: dict[tuple[str, str, str], str] = {
    ("claims_envelopetotal", "envelope_id", "announced_commitment"): """
        select m.envelope_id, sum(m.signed) filter (where s.n = 1) from claims_mutation m
        join (select mutation_id, count(*) as n from claims_stagereached group by mutation_id) s on s.mutation_id = m.id
        where m.series = 'commitment' group by m.envelope_id""",
    ("claims_envelopetotal", "envelope_id", "announced_cash"): """
        select m.envelope_id, sum(m.signed) filter (where s.n = 1) from claims_mutation m
        join (select mutation_id, count(*) as n from claims_stagereached group by mutation_id) s on s.mutation_id = m.id
        where m.series = 'cash' group by m.envelope_id""",
    **{
        ("claims_envelopetotal", "envelope_id", f"{column}_{series}"): f"""
        select m.envelope_id, sum(m.signed) from claims_mutation m
        join claims_stagereached s on s.mutation_id = m.id and s.stage = '{stage}'
        where m.series = '{series}' group by m.envelope_id"""  # noqa: S608  (constants)
        for column, stage in (("budget", "processed"), ("authorised", "authorised"))
        for series in ("commitment", "cash")
    },
    **{
        ("claims_envelopetotal", "envelope_id", f"granted_{series}"): f"""
        select envelope_id, sum(signed) from claims_grantentry where series = '{series}' group by envelope_id"""  # noqa: S608
        for series in ("commitment", "cash")
    },
    ("claims_envelopetotal", "envelope_id", "committed"): (
        "select envelope_id, sum(signed) from claims_commitmentrow group by envelope_id"
    ),
    ("claims_envelopetotal", "envelope_id", "paid"): (
        "select envelope_id, sum(signed) from claims_payment group by envelope_id"
    ),
    **{
        ("claims_envelopetotal", "envelope_id", f"raised_{series}"): f"""
        select envelope_id, sum(amount) from claims_limitraise
        where kind = 'envelope-{series}' and confirmed_at is not null and ended_at is null group by envelope_id"""  # noqa: S608
        for series in ("commitment", "cash")
    },
    **{
        ("claims_envelopetotal", "envelope_id", f"deviated_{series}"): f"""
        select envelope_id, sum(amount) from claims_deviation where kind = 'envelope-{series}' group by envelope_id"""  # noqa: S608
        for series in ("commitment", "cash")
    },
    ("claims_linetotal", "line_id", "granted"): (
        "select line_id, sum(signed) from claims_grantentry where series = 'commitment' group by line_id"
    ),
    ("claims_linetotal", "line_id", "granted_cash"): (
        "select line_id, sum(signed) from claims_grantentry where series = 'cash' group by line_id"
    ),
    ("claims_linetotal", "line_id", "committed"): """
        select k.line_id, sum(r.signed) from claims_commitmentrow r join claims_commitment k on k.id = r.commitment_id
        group by k.line_id""",
    ("claims_linetotal", "line_id", "paid"): """
        select k.line_id, sum(p.signed) from claims_payment p join claims_commitment k on k.id = p.commitment_id
        group by k.line_id""",
    ("claims_linetotal", "line_id", "raised"): """
        select line_id, sum(amount) from claims_limitraise
        where kind = 'line' and confirmed_at is not null and ended_at is null group by line_id""",
    ("claims_linetotal", "line_id", "deviated"): (
        "select line_id, sum(amount) from claims_deviation where kind = 'line' group by line_id"
    ),
    ("claims_commitmenttotal", "commitment_id", "committed"): (
        "select commitment_id, sum(signed) from claims_commitmentrow group by commitment_id"
    ),
    ("claims_commitmenttotal", "commitment_id", "paid"): (
        "select commitment_id, sum(signed) from claims_payment group by commitment_id"
    ),
    ("claims_commitmenttotal", "commitment_id", "advanced"): (
        "select commitment_id, sum(signed) from claims_payment where kind = 'advance' group by commitment_id"
    ),
    ("claims_commitmenttotal", "commitment_id", "written_off"): """
        select p.commitment_id, sum(w.signed) from claims_writeoff w join claims_payment p on p.id = w.advance_id
        group by p.commitment_id""",
    ("claims_commitmenttotal", "commitment_id", "deviated"): (
        "select commitment_id, sum(amount) from claims_deviation where kind = 'commitment' group by commitment_id"
    ),
}

# the totals per commitment and envelope: committed and paid are held against their rows one after the other
YEARS = """
    with rows as (
      select commitment_id, envelope_id, sum(committed) as committed, sum(paid) as paid from (
        select commitment_id, envelope_id, signed as committed, 0 as paid from claims_commitmentrow
        union all select commitment_id, envelope_id, 0, signed from claims_payment) r group by 1, 2)
    select coalesce(t.commitment_id, r.commitment_id), coalesce(t.envelope_id, r.envelope_id), x.kept, x.total
      from claims_commitmentyear t full join rows r using (commitment_id, envelope_id)
     cross join lateral (values (coalesce(t.committed, 0), coalesce(r.committed, 0)), (coalesce(t.paid, 0), coalesce(r.paid, 0)))
       x (kept, total)
     where x.kept <> x.total order by 1, 2
"""


@dataclass(frozen=True)
class Difference:
    """A stand that is not the sum of its rows: where, what is kept or answered, and what the rows say (EUR)."""

    where: str
    kept: Decimal
    rows: Decimal

    def __str__(self) -> str:
        return f"{self.where}: {self.kept} is kept, the rows add up to {self.rows}"


def differences() -> Iterator[Difference]:
    """Yield every difference; none when the ledger is sound."""
    with connection.cursor() as cursor:
        for (table, key, column), rows in SUMS.items():
            cursor.execute(
                f"select coalesce(t.{key}, r.key), coalesce(t.{column}, 0), coalesce(r.total, 0) from {table} t "  # noqa: S608
                f"full join ({rows}) r (key, total) on r.key = t.{key} "
                f"where coalesce(t.{column}, 0) <> coalesce(r.total, 0) order by 1"
            )
            for owner, kept, total in cursor.fetchall():
                yield Difference(f"{table}.{column} of {owner}", kept, total)
        cursor.execute(YEARS)
        for commitment, envelope, kept, total in cursor.fetchall():
            yield Difference(f"claims_commitmentyear of {commitment} in envelope {envelope}", kept, total)
    yield from _answers()


def gifts_twice() -> Iterator[str]:
    """Yield each contribution that also stands in the ledger as payments: a fact from the books may have brought them."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select c.subject, p.short_name, g.year, g.paid from claims_gifts_twice() g "
            "join partners_contribution c on c.id = g.contribution_id join partners_partner p on p.id = g.partner_id "
            "order by g.year, p.short_name, c.id"
        )
        for subject, partner, year, paid in cursor.fetchall():
            yield f"contribution “{subject}” to {partner} in {year}: the ledger holds payments of {paid} EUR for it too"


def _answers() -> Iterator[Difference]:
    """Compare what screens answer now with the stand per the end of time, summed from rows."""
    for envelope in Envelope.objects.filter(total__isnull=False).order_by("pk").iterator():
        now, then = headroom.of_envelope(envelope), headroom.of_envelope_on(envelope, datetime.date.max)
        for series in ("commitments", "cash"):
            for name in ("announced", "budget", "authorised", "granted", "used"):
                kept, rows = getattr(getattr(now, series), name), getattr(getattr(then, series), name)
                if kept != rows:
                    yield Difference(f"envelope {envelope.pk} {series} {name}", kept, rows)
    for commitment in Commitment.objects.order_by("pk").iterator():
        now_of, then_of = headroom.of_commitment(commitment), headroom.of_commitment(commitment, datetime.date.max)
        for name in ("committed", "paid", "advanced", "written_off"):
            kept, rows = getattr(now_of, name), getattr(then_of, name)
            if kept != rows:
                yield Difference(f"commitment {commitment.number} {name}", kept, rows)
