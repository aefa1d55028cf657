"""The ledger whatever one does to it: limits hold, stands are sums, totals are kept by rows alone."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.db.utils import DataError, IntegrityError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from claims.actions.refused import Refused
from claims.checks.ledger import differences
from claims.models import (
    Commitment,
    CommitmentRow,
    Deviation,
    EnvelopeTotal,
    LimitRaise,
    LineTotal,
    Mutation,
    Payment,
    PlanQuarter,
    WriteOff,
)
from claims.queries import headroom
from tests.books import Books, day, mln

pytestmark = pytest.mark.django_db

ACTS = ("sign", "raise", "lower", "pay", "advance", "receipt", "write off", "reverse", "budget", "cut", "close")
STEPS = st.lists(
    st.tuples(
        st.sampled_from(ACTS),
        st.integers(min_value=1, max_value=700).map(lambda cents: Decimal(cents) / 100),
        st.sampled_from(["2026", "2027"]),
        st.integers(min_value=0, max_value=30),
    ),
    min_size=5,
    max_size=25,
)


class Player:
    """Does random things to the books; what is refused must have changed nothing."""

    def __init__(self, books: Books, partner: Any) -> None:
        self.books = books
        self.envelopes = {"2026": books.envelope(2026, 10, 8), "2027": books.envelope(2027, 3, 6)}
        self.line = books.granted(("Herstel", self.envelopes["2026"], 9, partner))["Herstel"]
        self.month = 1

    def act(self, what: str, amount: Decimal, year: str, pick: int) -> None:
        books, envelope = self.books, self.envelopes[year]
        on = f"{year}-06-15"
        bonds = list(Commitment.objects.order_by("pk"))
        bond = bonds[pick % len(bonds)] if bonds else None
        if what == "sign":
            books.sign(self.line, envelope, amount, on)
        elif what in ("budget", "cut"):
            series = "cash" if pick % 2 else "commitment"
            books.mutation(envelope, series, mln(amount), on, direction="up" if what == "budget" else "down")
        elif bond is None or what == "close":
            return
        elif what == "raise":
            books.increase(bond, amount, envelope, on)
        elif what == "lower":
            books.lower(bond, amount, envelope, on)
        elif what == "pay":
            books.pay(bond, envelope, amount, on)
        elif what == "advance":
            books.advance(bond, envelope, amount, on)
        elif what == "receipt":
            books.pay(bond, envelope, amount, on, kind="receipt")
        elif what == "write off":
            advance = Payment.objects.filter(kind="advance", reverses=None).order_by("pk").first()
            if advance:
                books.write_off(advance, amount, on)
        elif what == "reverse":
            rows = [
                *Payment.objects.order_by("pk"),
                *CommitmentRow.objects.order_by("pk"),
                *WriteOff.objects.order_by("pk"),
            ]
            if rows:
                books.reverse(rows[pick % len(rows)], on)


def hold(player: Player) -> None:
    """Every limit holds, reckoned from the rows and not from what the database keeps."""
    for envelope in player.envelopes.values():
        stand = headroom.of_envelope_on(envelope, datetime.date.max)
        assert stand.commitments.used <= stand.commitments.budget
        assert stand.cash.used <= stand.cash.budget
    line = headroom.of_line(player.line, datetime.date.max)
    assert line.committed <= line.granted
    for bond in Commitment.objects.all():
        one = headroom.of_commitment(bond, datetime.date.max)
        assert 0 <= one.paid <= one.committed
        assert 0 <= one.written_off <= max(one.advanced, Decimal(0))
    assert list(differences()) == []


@pytest.mark.slow
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_no_row_of_steps_breaks_a_limit_and_stands_are_sums(steps: Any, books: Books, partner: Any) -> None:
    sid = transaction.savepoint()
    try:
        player = Player(books, partner)
        for step in steps:
            before = (
                list(EnvelopeTotal.objects.order_by("pk").values()),
                list(LineTotal.objects.order_by("pk").values()),
            )
            try:
                player.act(*step)
            except Refused:
                after = (
                    list(EnvelopeTotal.objects.order_by("pk").values()),
                    list(LineTotal.objects.order_by("pk").values()),
                )
                assert after == before
            hold(player)
    finally:
        transaction.savepoint_rollback(sid)
        books.claim.refresh_from_db()


def test_check_ledger_finds_a_total_that_is_not_its_rows(books: Books, partner: Any, capsys: Any) -> None:
    envelope = books.envelope(2026, 5, 5)
    line = books.granted(("Herstel", envelope, 5, partner))["Herstel"]
    books.sign(line, envelope, 2, "2026-04-01")
    call_command("check_ledger")
    with connection.cursor() as cursor:
        cursor.execute("set constraints all immediate")
        cursor.execute("alter table claims_linetotal disable trigger claims_guard_total")
        cursor.execute("update claims_linetotal set committed = committed + 1")
        cursor.execute("alter table claims_linetotal enable trigger claims_guard_total")
    with pytest.raises(CommandError, match="committed"):
        call_command("check_ledger")


def refused(rule: str, act: Any) -> None:
    """The database refuses, and names the rule."""
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        act()
    assert caught.value.__cause__.diag.constraint_name == rule  # type: ignore[union-attr]


def test_totals_are_written_by_rows_alone(books: Books) -> None:
    envelope = books.envelope(2026, 5, 5)
    refused("total_by_rows", lambda: EnvelopeTotal.objects.filter(envelope=envelope).update(budget_cash=10**9))
    refused("total_by_rows", lambda: EnvelopeTotal.objects.filter(envelope=envelope).delete())


def test_limits_hold_for_bulk_and_plain_sql(books: Books, partner: Any) -> None:
    envelope = books.envelope(2026, 5, 5)
    line = books.granted(("Herstel", envelope, 5, partner))["Herstel"]
    bond = books.sign(line, envelope, 2, "2026-04-01")
    row = {"booked_on": day("2026-05-01"), "recorded_at": books.at("2026-05-01"), "recorded_by": books.bookkeeper}
    many = [
        Payment(commitment=bond, envelope=envelope, kind="payment", amount=mln(1), paid_on=day("2026-05-01"), **row)
        for _ in range(3)
    ]
    refused("limit_commitment", lambda: Payment.objects.bulk_create(many))
    more = CommitmentRow(commitment=bond, envelope=envelope, kind="raise", amount=mln(4), **row)
    refused("limit_envelope_commitment", lambda: CommitmentRow.objects.bulk_create([more]))
    assert not Payment.objects.exists()
    refused("append_only", lambda: CommitmentRow.objects.update(amount=mln(1)))
    refused("append_only", lambda: Commitment.objects.filter(pk=bond.pk).update(number="anders"))


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("level", ["repeatable read", "serializable"])
def test_the_ledger_is_written_under_read_committed_only(stage: None, books: Books, partner: Any, level: str) -> None:
    envelope = books.envelope(2026, 5, 5)
    line = books.granted(("Herstel", envelope, 5, partner))["Herstel"]

    def sign() -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"set transaction isolation level {level}")
            books.sign(line, envelope, 2, "2026-04-01")

    with pytest.raises(Refused) as caught:
        sign()
    assert caught.value.rule == "ledger_isolation"
    assert not Commitment.objects.exists()
    books.sign(line, envelope, 2, "2026-04-01")


# -- truth tables: NULL, zero, negative, too many decimals, far too large ----------------------------------------------


AMOUNTS: list[tuple[Any, bool]] = [
    (None, False),
    (Decimal(0), False),
    (Decimal("-0.01"), False),
    (Decimal("0.01"), True),
    (Decimal(10) ** 16, False),
]


@pytest.mark.parametrize(("amount", "taken"), AMOUNTS)
@pytest.mark.parametrize("model", [Mutation, CommitmentRow, Payment, WriteOff, LimitRaise, Deviation])
def test_an_amount_of_money_is_a_positive_sum(books: Books, partner: Any, model: Any, amount: Any, taken: bool) -> None:
    envelope = books.envelope(2026, 5, 5)
    line = books.granted(("Herstel", envelope, 5, partner))["Herstel"]
    bond = books.sign(line, envelope, 2, "2026-04-01")
    advance = books.advance(bond, envelope, 1, "2026-04-02")
    on, at, by = day("2026-05-01"), books.at("2026-05-01"), books.bookkeeper
    row = {"booked_on": on, "recorded_at": at, "recorded_by": by}
    fields: dict[Any, dict[str, Any]] = {
        Mutation: {"envelope": envelope, "series": "cash", "moment": "first", **row},
        CommitmentRow: {"commitment": bond, "envelope": envelope, "kind": "raise", **row},
        Payment: {"commitment": bond, "envelope": envelope, "kind": "payment", "paid_on": on, **row},
        WriteOff: {"advance": advance, "kind": "report", "report": "Rapport", **row},
        LimitRaise: {
            "kind": "line",
            "line": line,
            "reason": "Koers",
            "ends_on": on,
            "proposed_by": by,
            "proposed_at": at,
        },
        Deviation: {"kind": "line", "line": line, "voucher": "X", "owner": by, "due_on": on, "recorded_at": at},
    }

    def act() -> None:
        with transaction.atomic():
            model.objects.bulk_create([model(amount=amount, **fields[model])])
            transaction.set_rollback(True)  # a deviation without its fact would be refused at the end

    if taken:
        act()
    else:
        with pytest.raises((IntegrityError, DataError)):
            act()


def test_cents_are_the_smallest_part(books: Books) -> None:
    envelope = books.envelope(2026, 5, 5)
    with connection.cursor() as cursor:
        cursor.execute(
            "select numeric_scale from information_schema.columns where table_name like 'claims_%%' and table_name <> 'claims_granted' "
            "and column_name in ('amount', 'signed', 'committed', 'paid') and data_type = 'numeric' group by 1"
        )
        assert cursor.fetchall() == [(2,)]
    assert envelope.pk


def test_a_plan_of_a_quarter_that_does_not_exist_is_refused(books: Books, partner: Any) -> None:
    envelope = books.envelope(2026, 5, 5)
    line = books.granted(("Herstel", envelope, 5, partner))["Herstel"]
    bond = books.sign(line, envelope, 2, "2026-04-01", plan=[(2026, 2, mln(2))])
    version = bond.plans.get()
    refused("plan_quarter_known", lambda: PlanQuarter.objects.create(version=version, year=2026, quarter=5, amount=1))
