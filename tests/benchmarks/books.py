"""Payments from the books: the import against COPY and the parser alone, and saving beside a million payments.

Everything happens in transactions that are undone; what a commit would look at is looked at before. `BENCH_PAYMENTS`
sets another number of payments than a million.
"""

from __future__ import annotations

import datetime
import os
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from decimal import Decimal
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from claims.actions.books import PAYMENT_COLUMNS, _copy, _payment, take_in
from claims.actions.ledger import commit, pay
from claims.checks.books import weigh
from claims.importers.payments import COLUMNS, LIMITS, read_facts
from claims.models import ClaimLine, Commitment, Envelope, Payment
from core.models import Membership, User
from core.tabular import read
from core.transactions import check_now
from partners.models import Partner
from tests.benchmarks.harness import Report, own_peak

ROWS = 100_000
COMMITMENTS = 1_000
FEW = 1_000
MANY = int(os.environ.get("BENCH_PAYMENTS", "1000000"))
ROUNDS = 3
SAVES = 40
DAY = datetime.date(2026, 6, 1)
ENVELOPE = "Benchmark"


def run(report: Report) -> None:
    """Measure the import, then saving beside few payments and beside many."""
    with undone():
        line, by = prepare()
        print(f"{ROWS:,} payments from the books on {COMMITMENTS:,} commitments")
        _import(report, by)
    print("Saving beside few payments and beside many")
    found = {}
    for count in (FEW, MANY):
        with undone():
            line, by = prepare()
            fill(count, by)
            found[count] = saves(line, by)
            for name, seconds in found[count].items():
                report.fact(f"{name}, beside {count:,}", seconds * 1000, "ms")
    for name, seconds in found[MANY].items():
        report.promise(f"{name}: {MANY:,} to {FEW:,}", seconds / found[FEW][name], 2, "x")


@contextmanager
def undone() -> Iterator[None]:
    """Undo all that happens within."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def without_triggers(*statements: tuple[str, list[Any]]) -> None:
    """Run statements that no guard sees: the stage of a measurement, not what is measured."""
    with connection.cursor() as cursor:
        cursor.execute("set session_replication_role = replica")
        for sql, given in statements:
            cursor.execute(sql, given)
        cursor.execute("set session_replication_role = default")


def prepare() -> tuple[ClaimLine, User]:
    """Make commitments of a million each, with budget for all of it, and somebody who books."""
    by = User.objects.create(username="bench", name="Bench")
    Membership.objects.create(user=by, role="bookkeeper")
    line = ClaimLine.objects.filter(claim__state__in=("granted", "running")).order_by("pk").first()
    line = line or ClaimLine.objects.order_by("pk").first()
    assert line is not None
    partner = line.partners.order_by("pk").first() or Partner.objects.order_by("pk").first()
    envelope = Envelope.objects.create(name=ENVELOPE, year=DAY.year)
    plenty = Decimal("99999999999.00")
    without_triggers(
        (
            "insert into claims_commitment (public_id, number, line_id, partner_id, subject, signed_on, recorded_at, recorded_by_id)"
            " select gen_random_uuid(), 'BENCH-' || n, %s, %s, '', %s, now(), %s from generate_series(1, %s) n",
            [line.pk, partner.pk, DAY, by.pk, COMMITMENTS],
        ),
        (
            "insert into claims_commitmentrow (public_id, amount, booked_on, recorded_at, recorded_by_id, origin, voucher, reason,"
            " commitment_id, envelope_id, kind) select gen_random_uuid(), 1000000, %s, now(), %s, 'user', '', '', id, %s, 'sign'"
            " from claims_commitment where number like 'BENCH-%%'",
            [DAY, by.pk, envelope.pk],
        ),
        (
            "insert into claims_commitmenttotal (commitment_id, committed) select id, %s from claims_commitment"
            " where number like 'BENCH-%%'",
            [plenty],
        ),
        (
            "insert into claims_envelopetotal (envelope_id, budget_cash, budget_commitment, authorised_cash,"
            " authorised_commitment) values (%s, %s, %s, %s, %s)",
            [envelope.pk, plenty, plenty, plenty, plenty],
        ),
        ("delete from claims_linetotal where line_id = %s", [line.pk]),
        ("insert into claims_linetotal (line_id, granted) values (%s, %s)", [line.pk, plenty]),
    )
    return line, by


def sheet() -> bytes:
    """Return the books' sheet."""
    rows = ["Voucher number;Commitment number;Kind;Amount (EUR);Paid on;Booked on"]
    rows += [
        f"B{n:08d};BENCH-{n % COMMITMENTS + 1};{'advance' if n % 3 else 'payment'};{n % 900 + 1},50;0{n % 9 + 1}-06-2026;10-06-2026"
        for n in range(ROWS)
    ]
    return "\r\n".join(rows).encode()


def _import(report: Report, by: User) -> None:
    content = sheet()
    ours, alone, parser = [], [], []
    for _round in range(ROUNDS):
        parser.append(timed(lambda: _parse(content)))
        alone.append(_copy_alone(content, by))
        ours.append(timed(lambda: _ours(content, by)))
    report.fact("the parser alone", statistics.median(parser), "s")
    report.fact("COPY with the table's keys, without our triggers", statistics.median(alone), "s")
    report.fact("the import: read, weighed, taken in", statistics.median(ours), "s")
    together = statistics.median(parser) + statistics.median(alone)
    report.promise("ratio of the import to the two", statistics.median(ours) / together, 2, "x")
    report.fact("peak memory of the process", own_peak(), "MiB")


def timed(act: Callable[[], object]) -> float:
    """Return the seconds of an act whose writing is undone, what a commit would look at included."""
    start = time.perf_counter()
    with undone():
        act()
        check_now()
        return time.perf_counter() - start


def _parse(content: bytes) -> None:
    reading = read(content, "bench.csv", columns=COLUMNS, limits=LIMITS)
    assert sum(1 for _row in reading.rows()) == ROWS


def _ours(content: bytes, by: User) -> None:
    found = read_facts(content, "bench.csv", digest="")
    assert found.accepted, found.findings[:3]
    assert take_in(by=by, at=timezone.now(), facts=found.facts).new == ROWS


def _copy_alone(content: bytes, by: User) -> float:
    """Return the seconds that COPY of the same rows takes, ready to be written."""
    at = timezone.now()
    rows = [_payment(row, {}, by, at) for row in weigh(read_facts(content, "bench.csv", digest="").facts).payments]
    with undone():
        check_now()
        with connection.cursor() as cursor:
            cursor.execute("alter table claims_payment disable trigger user")
        start = time.perf_counter()
        _copy(Payment, PAYMENT_COLUMNS, rows)
        check_now()
        return time.perf_counter() - start


def fill(count: int, by: User) -> None:
    """Put payments in the table, at most 1 000 on a commitment, with the totals they make."""
    envelope = Envelope.objects.get(name=ENVELOPE, year=DAY.year)
    without_triggers(
        (
            "insert into claims_payment (public_id, amount, booked_on, recorded_at, recorded_by_id, origin, voucher, reason,"
            " commitment_id, envelope_id, kind, paid_on, currency, rate_kind)"
            " select gen_random_uuid(), 1, %s::date + (n %% 200), now(), %s, 'books', 'F' || n, '', k.id, %s, 'payment', %s, '', ''"
            " from generate_series(1, %s) n"
            " join (select id, row_number() over (order by id) as place from claims_commitment where number like 'BENCH-%%') k"
            " on k.place = n %% %s + 1",
            [DAY, by.pk, envelope.pk, DAY, count, COMMITMENTS],
        ),
        (
            "update claims_commitmenttotal t set paid = x.paid from (select commitment_id, sum(signed) as paid from claims_payment"
            " where voucher like 'F%%' group by commitment_id) x where t.commitment_id = x.commitment_id",
            [],
        ),
        ("update claims_envelopetotal set paid = %s where envelope_id = %s", [count, envelope.pk]),
    )
    with connection.cursor() as cursor:
        cursor.execute("analyze claims_payment")


def saves(line: ClaimLine, by: User) -> dict[str, float]:
    """Return the median seconds of saving a payment, a payment from the books and a commitment."""
    envelope = Envelope.objects.get(name=ENVELOPE, year=DAY.year)
    commitment = Commitment.objects.get(number="BENCH-1")
    partner = line.partners.order_by("pk").first() or commitment.partner
    at, one = timezone.now(), Decimal("1.00")

    def payment() -> None:
        pay(by=by, at=at, commitment=commitment, envelope=envelope, kind="payment", amount=one, paid_on=DAY)

    def signing() -> None:
        commit(
            by=by, at=at, line=line, partner=partner, envelope=envelope, number="BENCH-NEW", amount=one, signed_on=DAY
        )

    found = {}
    for name, act in (("saving a payment", payment), ("saving a commitment", signing)):
        times = [timed(act) for _save in range(SAVES)]
        found[name] = statistics.median(times[5:])
    return found
