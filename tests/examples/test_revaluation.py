"""What is open in dollars at the end of a year, held against a rate: a row of its own, up or down."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from claims.actions import year_end
from claims.actions.refused import Refused
from claims.checks.ledger import differences
from claims.models import CommitmentRow, Payment, Revaluation
from claims.queries import headroom
from claims.queries.year_end import foreign_open
from core.loading_rates import Published, load
from tests.books import Books, day, mln

pytestmark = pytest.mark.django_db
LAST = day("2026-12-31")


def dollars(amount: Any, rate: str = "1.10") -> dict[str, Any]:
    return {
        "currency": "USD",
        "foreign_amount": mln(amount),
        "rate": Decimal(rate),
        "rate_kind": "agreed",
        "rate_on": day("2026-04-01"),
    }


@pytest.fixture
def bond(books: Books, partner: Any) -> Any:
    """EUR 4 mln signed for USD 4.4 mln; EUR 1 mln of it paid as an advance of USD 1.1 mln."""
    envelope = books.envelope(2026, 10, 6)
    line = books.granted(("Herstel", envelope, 5, partner))["Herstel"]
    made = books.sign(line, envelope, 4, "2026-04-01", **dollars("4.4"))
    books.pay(made, envelope, 1, "2026-06-01", kind="advance", **dollars("1.1"))
    return made


def revalued(books: Books, target: Any, open_amount: Any, rate: str) -> Revaluation:
    return year_end.revalue(
        by=books.bookkeeper,
        at=books.at("2027-01-10"),
        target=target,
        open_amount=mln(open_amount),
        rate=Decimal(rate),
        rate_kind="ecb",
        rate_on=LAST,
        day=LAST,
    )


def test_a_weaker_euro_raises_what_is_open(books: Books, bond: Any) -> None:
    """USD 3.3 mln is open for EUR 3 mln; at 1.00 it is EUR 3.3 mln: a row of 0.3 up."""
    (of_bond, of_advance) = foreign_open(books.bookkeeper, 2026)
    assert (of_bond.open, of_bond.open_amount) == (mln(3), mln("3.3"))
    assert (of_advance.open, of_advance.open_amount) == (mln(1), mln("1.1"))
    made = revalued(books, bond, "3.3", "1.00")
    assert (made.before, made.after, made.difference) == (mln(3), mln("3.3"), mln("0.3"))
    assert (made.row.kind, made.row.booked_on, made.row.signed) == ("revalue-up", LAST, mln("0.3"))
    assert headroom.of_commitment(bond).to_pay == mln("3.3")
    assert list(differences()) == []


def test_a_stronger_euro_lowers_it(books: Books, bond: Any) -> None:
    made = revalued(books, bond, "3.3", "1.20")
    assert (made.after, made.row.kind, made.row.amount) == (Decimal("2750000.00"), "revalue-down", Decimal("250000.00"))
    assert books.stand(made.row.envelope).commitments.used == Decimal("3750000.00")


def test_the_same_value_books_nothing(books: Books, bond: Any) -> None:
    assert revalued(books, bond, "3.3", "1.10").row is None
    assert CommitmentRow.objects.count() == 1


def test_above_a_limit_a_revaluation_is_refused_whole(books: Books, bond: Any) -> None:
    with pytest.raises(Refused):
        revalued(books, bond, "3.3", "0.50")  # 3.6 more; 1 is granted and not committed
    assert not Revaluation.objects.exists()
    assert headroom.of_commitment(bond).to_pay == mln(3)


def test_an_advance_is_revalued_beside_what_was_paid(books: Books, bond: Any) -> None:
    advance = Payment.objects.get()
    made = revalued(books, advance, "1.1", "1.00")
    assert (made.before, made.after, made.row) == (mln(1), mln("1.1"), None)
    assert headroom.of_commitment(bond).paid == mln(1)
    assert foreign_open(books.bookkeeper, 2026)[1].newest == made
    books.write_off(advance, 1, "2027-02-01")
    with pytest.raises(Refused):
        revalued(books, advance, "1.1", "1.00")


def test_what_rows_do_not_say_in_dollars_is_not_proposed(books: Books, bond: Any) -> None:
    books.lower(bond, 1, bond.rows.get().envelope, "2026-07-01")
    assert foreign_open(books.bookkeeper, 2026)[0].open_amount is None
    books.write_off(Payment.objects.get(), "0.5", "2026-08-01")
    assert foreign_open(books.bookkeeper, 2026)[1].open_amount is None


def test_the_database_reckons_after_and_holds_it_to_its_row(books: Books, bond: Any) -> None:
    row = {
        "commitment": bond,
        "day": LAST,
        "currency": "USD",
        "open_amount": mln("3.3"),
        "rate": Decimal("1.00"),
        "rate_kind": "ecb",
        "rate_on": LAST,
        "before": mln(3),
        "after": mln("3.3"),
        "recorded_by": books.bookkeeper,
        "recorded_at": books.at("2027-01-10"),
    }
    wrong: list[tuple[str, dict[str, Any]]] = [
        ("revaluation_booked", {}),
        ("revaluation_reckoned", {"after": mln(3)}),
        ("revaluation_own_currency", {"currency": "GBP"}),
        ("revaluation_of_one", {"advance": Payment.objects.get(), "before": mln("3.3")}),
        ("revaluation_positive", {"rate": Decimal(0), "after": mln(3), "open_amount": Decimal(0)}),
    ]
    for rule, fields in wrong:
        with pytest.raises(IntegrityError) as caught, transaction.atomic():
            Revaluation.objects.create(**row | fields)
        name = str(caught.value.__cause__.diag.constraint_name)  # type: ignore[union-attr]
        assert name.startswith("revaluation_"), (rule, name)
    revalued(books, bond, "3.3", "1.00")
    with pytest.raises(IntegrityError), transaction.atomic():
        Revaluation.objects.update(rate=2)


def test_it_is_revalued_in_the_browser_with_the_published_rate(books: Books, bond: Any, enter: Any) -> None:
    client = enter(books.bookkeeper)
    page = reverse("claims:year", args=[2026])
    assert "USD" in client.get(page).content.decode()
    address = reverse("claims:revalue", args=[2026, "commitment", bond.public_id])
    assert client.get(address).status_code == 200
    given = {"open_amount": "3 300 000", "rate_kind": "ecb"}
    assert client.post(address, given).status_code == 422  # no rate is loaded
    assert client.post(address, {**given, "rate_kind": "agreed"}).status_code == 422
    load([Published("ecb", "USD", day("2026-12-29"), Decimal("1.0000"))], source="Test", at=timezone.now())
    answer = client.post(address, given)
    assert answer.status_code == 302, answer.content.decode()
    made = Revaluation.objects.get()
    assert (made.after, made.rate_on) == (mln("3.3"), day("2026-12-29"))
    assert client.get(page).status_code == 200
    assert enter(books.cast["reader"]).get(address).status_code == 403
    assert enter(books.cast["stranger"]).get(address).status_code == 404


def test_a_foreign_commitment_is_signed_in_the_browser(books: Books, bond: Any, enter: Any) -> None:
    client, line = enter(books.bookkeeper), bond.line
    address = reverse("claims:commit", args=[books.claim.reference])
    given = {
        "line": str(line.pk),
        "partner": str(bond.partner_id),
        "number": "ARR-USD",
        "amount": "500 000",
        "signed_on": "01-05-2026",
        "envelope": str(bond.rows.get().envelope_id),
        "currency": "USD",
        "foreign_amount": "550000",
        "rate_kind": "agreed",
    }
    assert client.post(address, given).status_code == 422  # rate and date are lacking
    answer = client.post(address, {**given, "rate": "1,1", "rate_on": "01-05-2026"})
    assert answer.status_code == 302, answer.content.decode()
    assert "550.000,00" in client.get(answer["Location"]).content.decode()
