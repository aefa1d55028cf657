"""Worked stories of facts from the books: always recorded, each once, and a deviation where they pass a limit."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction

from claims.actions import ledger
from claims.actions.books import FactsRefused, mark_of, record_totals, sign_off, take_in
from claims.actions.refused import Refused
from claims.checks.ledger import differences
from claims.enums import LimitKind
from claims.models import ClaimLine, Commitment, CommitmentRow, Deviation, Payment
from claims.queries import headroom
from claims.queries.books import lines_of_month, reconciled_until
from claims.rules.books import Fact
from core.transactions import check_now
from tests.books import day, mln

pytestmark = pytest.mark.django_db


def fact(voucher: str, number: str, amount: Any, on: str = "2026-05-01", kind: str = "payment", **fields: Any) -> Fact:
    """Say what the books report, in millions."""
    row = int("".join(filter(str.isdigit, voucher)) or 1)
    booked_on = fields.pop("booked_on", on)
    return Fact(row, voucher, number, kind, mln(amount), day(on), day(booked_on), **fields)


@pytest.fixture
def arrangement(books: Any, partner: Any) -> Any:
    """A commitment of 4 million out of an envelope of 10 with 6 of cash."""
    envelope = books.envelope(2026, 10, 6)
    line = books.granted(("Herstel", envelope, 5, partner))["Herstel"]
    return books.sign(line, envelope, 4, "2026-04-01", number="ARR-1")


def report(books: Any, *facts: Fact, on: str = "2026-05-10") -> Any:
    """Have the bookkeeper take facts in."""
    return take_in(by=books.bookkeeper, at=books.at(on), facts=facts)


def all_is_well() -> None:
    """Have the database look at everything it would look at when the transaction ends."""
    check_now()


def test_a_payment_within_its_limits_is_recorded_without_a_deviation(books: Any, arrangement: Any) -> None:
    found = report(books, fact("V1", "ARR-1", 3))
    all_is_well()
    assert (found.new, found.recognised, found.above) == (1, 0, [])
    payment = Payment.objects.get()
    assert (payment.origin, payment.voucher, payment.signed) == ("books", "V1", mln(3))
    assert books.stand(payment.envelope).cash.used == mln(3)


def test_a_payment_above_its_commitment_is_recorded_with_a_deviation(books: Any, arrangement: Any) -> None:
    """5 paid on a commitment of 4: recorded whole, with a deviation of 1 that the file holder explains."""
    report(books, fact("V1", "ARR-1", 5))
    all_is_well()
    deviation = Deviation.objects.get()
    assert (deviation.kind, deviation.commitment, deviation.amount) == (LimitKind.COMMITMENT, arrangement, mln(1))
    assert (deviation.voucher, deviation.owner) == ("V1", books.claim.owner)
    assert deviation.due_on == datetime.date(2026, 5, 24)
    assert headroom.of_commitment(arrangement).paid == mln(5)
    ledger.explain_deviation(
        by=books.claim.owner, at=books.at("2026-05-12"), deviation=deviation, explanation="Koersverschil."
    )
    with pytest.raises(Refused) as caught:
        books.pay(arrangement, Payment.objects.get().envelope, "0,01", "2026-05-20")
    assert caught.value.rule == "limit_commitment"


def test_each_limit_that_is_passed_has_its_own_deviation(books: Any, arrangement: Any) -> None:
    """7 paid with 6 of cash, on a commitment of 4: one deviation of 1 and one of 3."""
    report(books, fact("V1", "ARR-1", 4), fact("V2", "ARR-1", 3))
    all_is_well()
    found = {row.kind: (row.amount, row.voucher) for row in Deviation.objects.all()}
    assert found == {LimitKind.ENVELOPE_CASH: (mln(1), "V2"), LimitKind.COMMITMENT: (mln(3), "V2")}


def test_what_passes_a_limit_that_is_passed_already_deviates_by_all_of_it(books: Any, arrangement: Any) -> None:
    report(books, fact("V1", "ARR-1", 5))
    report(books, fact("V2", "ARR-1", 1, "2026-06-01"))
    all_is_well()
    assert [row.amount for row in Deviation.objects.order_by("pk")] == [mln(1), mln(1)]


def test_without_its_deviation_the_database_refuses_a_fact_above_a_limit(books: Any, arrangement: Any) -> None:
    row = {
        "commitment": arrangement,
        "envelope": arrangement.rows.get().envelope,
        "kind": "payment",
        "amount": mln(5),
        "paid_on": day("2026-05-01"),
        "booked_on": day("2026-05-01"),
        "recorded_at": books.at("2026-05-01"),
        "recorded_by": books.bookkeeper,
        "origin": "books",
        "voucher": "V1",
    }
    with pytest.raises(IntegrityError), transaction.atomic():
        Payment.objects.create(**row)
    Deviation.objects.create(  # of another voucher
        kind="commitment",
        commitment=arrangement,
        voucher="V2",
        amount=mln(1),
        owner=books.bookkeeper,
        due_on=day("2026-06-01"),
        recorded_at=books.at("2026-05-01"),
    )
    with pytest.raises(IntegrityError), transaction.atomic():
        Payment.objects.create(**row)
    with pytest.raises(IntegrityError):  # a deviation without its fact
        check_now()


def test_a_voucher_that_comes_again_is_recognised_and_left_out(books: Any, arrangement: Any) -> None:
    first = fact("V1", "ARR-1", 1)
    report(books, first)
    found = report(books, first._replace(row=9), fact("V2", "ARR-1", 1), on="2026-06-10")
    assert (found.new, found.recognised) == (1, 1)
    assert Payment.objects.count() == 2


@pytest.mark.parametrize(
    "change",
    [
        {"amount": mln(2)},
        {"kind": "advance"},
        {"paid_on": day("2026-05-02")},
        {"booked_on": day("2026-05-02")},
        {"number": "ARR-2"},
    ],
)
def test_a_voucher_that_comes_again_with_another_content_is_refused_with_its_row(
    books: Any, arrangement: Any, change: Any
) -> None:
    books.sign(arrangement.line, arrangement.rows.get().envelope, 1, "2026-04-02", number="ARR-2")
    first = fact("V1", "ARR-1", 1)
    report(books, first)
    with pytest.raises(FactsRefused) as caught:
        report(books, fact("V2", "ARR-1", 1), first._replace(row=17, **change))
    (fault,) = caught.value.faults
    assert (fault.row, fault.column, fault.value, fault.code) == (17, "voucher", "V1", "voucher_other_content")
    assert Payment.objects.count() == 1


def test_one_row_that_cannot_be_placed_keeps_all_of_them_out(books: Any, arrangement: Any) -> None:
    ledger.close_month(by=books.controller, at=books.at("2026-05-05"), month=day("2026-04-01"))
    facts = (
        fact("V1", "ARR-1", 1),
        fact("V2", "ARR-9", 1),
        fact("V3", "ARR-1", 1, "2026-04-30"),
        fact("V4", "ARR-1", 1, "2031-05-01"),
    )
    with pytest.raises(FactsRefused) as caught:
        report(books, *facts)
    assert [(fault.row, fault.column, fault.code) for fault in caught.value.faults] == [
        (2, "number", "commitment_unknown"),
        (3, "booked_on", "period_open"),
        (4, "paid_on", "envelope_unknown"),
    ]
    assert not Payment.objects.exists()


def test_a_december_payment_that_is_booked_in_january_takes_the_cash_of_december(books: Any, arrangement: Any) -> None:
    books.envelope(2027, 0, 1)
    report(books, fact("V1", "ARR-1", 1, "2026-12-30", booked_on="2027-01-04"), on="2027-01-10")
    assert Payment.objects.get().envelope.year == 2026


def test_a_receipt_gives_room_to_what_the_same_file_pays(books: Any, arrangement: Any) -> None:
    report(books, fact("V1", "ARR-1", 4))
    found = report(books, fact("V2", "ARR-1", 1, kind="receipt"), fact("V3", "ARR-1", 1))
    all_is_well()
    assert found.above == []
    with pytest.raises(FactsRefused) as caught:
        report(books, fact("V4", "ARR-1", 5, kind="receipt"))
    assert [fault.code for fault in caught.value.faults] == ["paid_not_negative"]


def test_a_commitment_raised_in_the_books_above_the_grant_deviates_at_the_line(books: Any, arrangement: Any) -> None:
    """4 signed, 5 granted, 10 in the envelope: raised by 2 it passes the grant by 1."""
    report(books, fact("V1", "ARR-1", 2, kind="raise"))
    all_is_well()
    deviation = Deviation.objects.get()
    assert (deviation.kind, deviation.line, deviation.amount) == (LimitKind.LINE, arrangement.line, mln(1))
    assert headroom.of_commitment(arrangement).committed == mln(6)


def test_a_commitment_lowered_in_the_books_below_what_is_paid_deviates(books: Any, arrangement: Any) -> None:
    """3 paid on 4, lowered by 2 in the books: a user is refused, the books are taken in with a deviation of 1."""
    report(books, fact("V1", "ARR-1", 3))
    with pytest.raises(Refused):
        books.lower(arrangement, 2, arrangement.rows.get().envelope, "2026-06-01")
    report(books, fact("V2", "ARR-1", 2, "2026-06-01", kind="lower"))
    all_is_well()
    deviation = Deviation.objects.get()
    assert (deviation.kind, deviation.amount, deviation.voucher) == (LimitKind.COMMITMENT, mln(1), "V2")
    assert CommitmentRow.objects.get(voucher="V2").signed == -mln(2)


def test_a_raise_and_the_payment_on_it_in_one_file_pass_no_limit(books: Any, arrangement: Any) -> None:
    found = report(books, fact("V1", "ARR-1", 1, kind="raise"), fact("V2", "ARR-1", 5))
    all_is_well()
    assert (found.new, found.above) == (2, [])


def test_a_limit_raise_gives_room_until_its_day(books: Any, arrangement: Any) -> None:
    envelope = arrangement.rows.get().envelope
    raised = ledger.propose_raise(
        by=books.bookkeeper,
        at=books.at("2026-04-01"),
        kind="envelope-cash",
        envelope=envelope,
        amount=mln(1),
        reason="Kasschuif volgt.",
        ends_on=day("2026-06-30"),
    )
    ledger.confirm_raise(by=books.controller, at=books.at("2026-04-02"), limit_raise=raised)
    books.increase(arrangement, 1, envelope, "2026-04-03")
    report(books, fact("V1", "ARR-1", 5), fact("V2", "ARR-1", 2))
    all_is_well()
    assert {row.kind: row.amount for row in Deviation.objects.all()} == {LimitKind.COMMITMENT: mln(2)}
    report(books, fact("V3", "ARR-1", 1, "2026-07-02"))
    all_is_well()
    assert Deviation.objects.get(kind=LimitKind.ENVELOPE_CASH).amount == mln(1)


def test_only_a_bookkeeper_takes_facts_in(books: Any, arrangement: Any) -> None:
    for role in ("officer", "manager", "controller", "registrar", "reader", "administrator", "nobody"):
        with pytest.raises(PermissionDenied):
            take_in(by=books.cast[role], at=books.at("2026-05-10"), facts=[fact("V1", "ARR-1", 1)])


def test_a_foreign_fact_keeps_all_five_of_its_fields(books: Any, arrangement: Any) -> None:
    foreign = {
        "currency": "USD",
        "foreign_amount": Decimal("1074600.00"),
        "rate": Decimal("1.0746"),
        "rate_kind": "booked",
        "rate_on": day("2026-05-01"),
    }
    first = fact("V1", "ARR-1", 1, **foreign)
    report(books, first)
    assert report(books, first).recognised == 1
    with pytest.raises(Refused) as caught:
        report(books, fact("V2", "ARR-1", 1, currency="USD"))
    assert caught.value.rule == "payment_foreign_whole"


# -- reconciliation ---------------------------------------------------------------------------------------------------


@pytest.fixture
def activity(arrangement: Any) -> str:
    """The activity number of the line in the ministry's books."""
    with connection.cursor() as cursor:  # the claim is granted: what the line is called in the books came before
        cursor.execute("set session_replication_role = replica")
        cursor.execute(
            "update claims_claimline set activity_number = '4000012345' where id = %s", [arrangement.line_id]
        )
        cursor.execute("set session_replication_role = default")
    return "4000012345"


def test_a_month_shows_the_books_ours_and_the_difference_per_activity(
    books: Any, arrangement: Any, activity: str
) -> None:
    report(books, fact("V1", "ARR-1", 3), fact("V2", "ARR-1", 1, "2026-06-01"))
    said = [("cash", activity, mln("3,5"), "Boeking volgt in juni."), ("cash", "999", mln(1), "Niet van ons.")]
    record_totals(by=books.controller, at=books.at("2026-06-03"), month=day("2026-05-31"), totals=said, source="SAP")
    lines = {(line.series, line.activity_number): line for line in lines_of_month(day("2026-05-01"))}
    assert (lines["cash", activity].ours, lines["cash", activity].difference) == (mln(3), mln("0,5"))
    assert (lines["cash", "999"].ours, lines["cash", "999"].difference) == (0, mln(1))


def test_a_month_is_signed_off_by_a_controller_with_every_difference_explained(
    books: Any, arrangement: Any, activity: str
) -> None:
    report(books, fact("V1", "ARR-1", 3))
    month, at = day("2026-05-01"), books.at("2026-06-03")

    def sign(by: Any) -> Any:
        return sign_off(by=by, at=at, month=month, shown=mark_of(lines_of_month(month)))

    with pytest.raises(Refused) as caught:
        sign(books.controller)
    assert caught.value.rule == "reconciliation_explained"
    with pytest.raises(PermissionDenied):
        sign(books.bookkeeper)
    record_totals(by=books.bookkeeper, at=at, month=month, totals=[("cash", activity, mln(3), "")])
    with pytest.raises(Refused) as caught:
        sign_off(by=books.controller, at=at, month=month, shown="0" * 64)
    assert caught.value.rule == "reconciliation_shown"
    assert reconciled_until() is None
    assert sign(books.controller).lines[0]["ours"] == "3000000.00"
    assert reconciled_until() == day("2026-05-31")
    with pytest.raises(Refused) as caught:
        sign(books.controller)
    assert caught.value.rule == "reconciliation_once"


def test_who_booked_in_a_month_does_not_sign_it_off(books: Any, arrangement: Any, activity: str) -> None:
    from core.models import Membership

    report(books, fact("V1", "ARR-1", 3))
    record_totals(
        by=books.bookkeeper,
        at=books.at("2026-06-03"),
        month=day("2026-05-01"),
        totals=[("cash", activity, mln(3), "")],
    )
    Membership.objects.create(user=books.bookkeeper, role="controller")
    with pytest.raises(Refused) as caught:
        sign_off(
            by=books.bookkeeper,
            at=books.at("2026-06-03"),
            month=day("2026-05-01"),
            shown=mark_of(lines_of_month(day("2026-05-01"))),
        )
    assert caught.value.rule == "reconciliation_four_eyes"


def test_reconciled_until_stops_before_the_first_month_that_is_not(books: Any) -> None:
    for month in ("2026-01-01", "2026-02-01", "2026-04-01"):
        sign_off(
            by=books.controller, at=books.at("2026-06-03"), month=day(month), shown=mark_of(lines_of_month(day(month)))
        )
    assert reconciled_until() == day("2026-02-28")


# -- commitments that the books report first --------------------------------------------------------------------------


@pytest.fixture
def numbered(books: Any, partner: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    """A line of 5 with activity number 4000111, out of an envelope of 10 with 6 of cash; nothing is committed yet."""
    return with_number(books, monkeypatch, partner)


def with_number(books: Any, monkeypatch: pytest.MonkeyPatch, partners: Any) -> Any:
    make = ClaimLine.objects.create
    monkeypatch.setattr(ClaimLine.objects, "create", lambda **fields: make(**fields, activity_number="4000111"))
    return books.granted(("Herstel", books.envelope(2026, 10, 6), 5, partners))["Herstel"]


def signed(voucher: str, number: str, amount: Any, **fields: Any) -> Fact:
    fields.setdefault("activity_number", "4000111")
    return fact(voucher, number, amount, kind="sign", **fields)


def test_a_commitment_unknown_to_us_is_recorded_on_the_line_of_its_activity_number(books: Any, numbered: Any) -> None:
    """4 signed and 3 paid on it in one file; the claim comes into execution by it."""
    found = report(books, fact("V2", "ARR-7", 3), signed("V1", "ARR-7", 4))
    all_is_well()
    assert (found.new, found.above) == (2, [])
    bond = Commitment.objects.get()
    assert (bond.number, bond.line, bond.signed_on) == ("ARR-7", numbered, day("2026-05-01"))
    assert (headroom.of_commitment(bond).committed, headroom.of_commitment(bond).paid) == (mln(4), mln(3))
    assert CommitmentRow.objects.get().origin == "books"
    books.claim.refresh_from_db()
    assert books.claim.state == "running"
    assert list(differences()) == []
    again = report(books, fact("V2", "ARR-7", 3), signed("V1", "ARR-7", 4), on="2026-05-20")
    assert (again.new, again.recognised) == (0, 2)


def test_a_commitment_of_the_books_above_what_was_granted_deviates(books: Any, numbered: Any) -> None:
    report(books, signed("V1", "ARR-7", 12), fact("V2", "ARR-7", 13))
    all_is_well()
    found = {row.kind: row.amount for row in Deviation.objects.all()}
    assert found == {
        LimitKind.ENVELOPE_COMMITMENT: mln(2),
        LimitKind.LINE: mln(7),
        LimitKind.ENVELOPE_CASH: mln(7),
        LimitKind.COMMITMENT: mln(1),
    }
    assert Deviation.objects.get(kind=LimitKind.COMMITMENT).commitment == Commitment.objects.get()
    assert list(differences()) == []


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (signed("V1", "ARR-7", 1, activity_number="4999999"), "activity_unknown"),
        (signed("V1", "ARR-7", 1, activity_number=""), "activity_unknown"),
        (signed("V1", "ARR-7", 1, partner="Iemand anders"), "commitment_partner_of_line"),
        (signed("V1", "ARR-7", 1, on="2025-05-01", booked_on="2026-05-01"), "envelope_unknown"),
    ],
)
def test_a_commitment_of_the_books_that_finds_no_place_is_refused(
    books: Any, numbered: Any, row: Fact, code: str
) -> None:
    with pytest.raises(FactsRefused) as caught:
        report(books, fact("V2", "ARR-7", 1), row)
    assert [fault.code for fault in caught.value.faults] == [code]
    assert not Commitment.objects.exists()


def test_a_number_is_signed_once(books: Any, numbered: Any) -> None:
    with pytest.raises(FactsRefused) as caught:
        report(books, signed("V1", "ARR-7", 1), signed("V2", "ARR-7", 1))
    assert caught.value.faults[0].code == "claims_commitment_number_key"
    report(books, signed("V1", "ARR-7", 1))
    with pytest.raises(FactsRefused) as caught:
        report(books, signed("V3", "ARR-7", 1))
    assert caught.value.faults[0].code == "claims_commitment_number_key"


def test_where_a_line_has_two_partners_the_books_name_one(
    books: Any, partner: Any, fund: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_number(books, monkeypatch, [partner, fund])
    with pytest.raises(FactsRefused) as caught:
        report(books, signed("V1", "ARR-7", 1))
    assert caught.value.faults[0].code == "commitment_partner_of_line"
    report(books, signed("V1", "ARR-7", 1, partner="UHF"))
    assert Commitment.objects.get().partner == fund
