"""The end of a year, worked: locks, cash that was not spent, commitments that carry over, final settlements."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from claims.actions import year_end
from claims.actions.refused import Refused
from claims.checks.ledger import differences
from claims.enums import UnspentChoice
from claims.models import Commitment, LineYear, Mutation, PeriodAct, Settlement, UnspentCash
from claims.queries import headroom
from claims.queries import year_end as queries
from core.numbers import format_amount
from tests.books import Books, day, mln

pytestmark = pytest.mark.django_db
PARTNER_REPORT = "Eindrapport van 1 maart 2028"


@pytest.fixture
def line(books: Books, partner: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    """A line granted 5 in commitments and 3 in cash of 2026."""
    envelope = books.envelope(2026, 5, 4)
    real = LineYear.objects.create

    def with_cash(**fields: Any) -> Any:
        return real(**fields, cash=mln(3))

    monkeypatch.setattr(LineYear.objects, "create", with_cash)
    return books.granted(("Herstel", envelope, 5, partner))["Herstel"]


def decide(books: Books, line: Any, amount: Any, choice: str = UnspentChoice.SHIFT, **fields: Any) -> UnspentCash:
    envelope = fields.pop("envelope", None) or line.years.get().envelope
    return year_end.decide_unspent(
        by=books.bookkeeper,
        at=books.at("2027-01-10"),
        line=line,
        envelope=envelope,
        choice=choice,
        amount=mln(amount),
        decision=fields.pop("decision", "Besluit directeur FEZ, nota 12"),
        decided_on=day("2026-12-20"),
        booked_on=day("2026-12-31"),
    )


def test_unspent_cash_is_shifted_to_the_next_year(books: Books, line: Any) -> None:
    """3 of cash granted, 1 paid: 2 are left. A shift of 2 takes them from 2026 and gives them to 2027."""
    this, following = line.years.get().envelope, books.envelope(2027)
    bond = books.sign(line, this, 5, "2026-04-01")
    books.pay(bond, this, 1, "2026-06-01")
    (row,) = queries.unspent_of(books.bookkeeper, 2026)
    assert (row.granted, row.paid, row.left) == (mln(3), mln(1), mln(2))
    made = decide(books, line, 2)
    assert (books.stand(this).cash.budget, books.stand(following).cash.budget) == (mln(2), mln(2))
    assert books.stand(this).commitments.budget == mln(5)
    assert made.lowered.source == "Besluit directeur FEZ, nota 12"
    (row,) = queries.unspent_of(books.bookkeeper, 2026)
    assert row.left == 0
    books.pay(bond, following, 2, "2027-02-01")
    assert list(differences()) == []


@pytest.mark.parametrize("choice", [UnspentChoice.MARGIN, UnspentChoice.RELEASE, UnspentChoice.TREASURY])
def test_other_choices_lower_the_year_and_raise_none(books: Books, line: Any, choice: str) -> None:
    made = decide(books, line, 1, choice)
    assert made.raised is None
    assert books.stand(made.envelope).cash.budget == mln(3)
    assert Mutation.objects.filter(direction="up", envelope__year=2027).count() == 0


def test_no_more_is_decided_about_than_is_left_and_nothing_is_half_booked(books: Books, line: Any) -> None:
    books.envelope(2027)
    decide(books, line, 2)
    before = Mutation.objects.count()
    with pytest.raises(Refused) as caught:
        decide(books, line, "1,01")
    assert caught.value.rule == "unspent_within_rest"
    with pytest.raises(Refused):
        decide(books, line, 1, decision=" ")
    assert Mutation.objects.count() == before
    assert books.stand(line.years.get().envelope).cash.budget == mln(2)


def test_a_shift_needs_next_years_envelope(books: Books, line: Any) -> None:
    with pytest.raises(Refused, match="2027"):
        decide(books, line, 1)


def test_a_reversed_decision_is_open_again(books: Books, line: Any) -> None:
    made = decide(books, line, 1, UnspentChoice.MARGIN)
    books.reverse(made.lowered, "2027-01-11")
    (row,) = queries.unspent_of(books.bookkeeper, 2026)
    assert row.left == mln(3)


def test_the_database_holds_a_decision_to_its_booking(books: Books, line: Any) -> None:
    made = decide(books, line, 1, UnspentChoice.MARGIN)
    other = books.mutation(made.envelope, "cash", mln(1), "2026-12-30", direction="down")
    row = {
        "line": line,
        "envelope": made.envelope,
        "choice": "margin",
        "decision": "x",
        "decided_on": day("2026-12-20"),
        "recorded_by": books.bookkeeper,
        "recorded_at": books.at("2026-12-31"),
        "lowered": other,
    }
    for amount, rule in ((mln(2), "unspent_booked"), (Decimal(0), "unspent_"), (Decimal(-1), "unspent_")):
        with pytest.raises(IntegrityError) as caught, transaction.atomic():
            UnspentCash.objects.create(**row, amount=amount)
        assert rule in caught.value.__cause__.diag.constraint_name  # type: ignore[union-attr]
    with pytest.raises(IntegrityError), transaction.atomic():
        UnspentCash.objects.update(amount=mln(2))


def test_a_year_is_closed_at_once_after_it_is_over(books: Books, line: Any) -> None:
    bond = books.sign(line, line.years.get().envelope, 5, "2026-04-01")
    with pytest.raises(Refused):
        year_end.close_year(by=books.controller, at=books.at("2026-12-31"), year=2026)
    acts = year_end.close_year(by=books.controller, at=books.at("2027-01-15"), year=2026)
    assert len(acts) == 12
    assert queries.open_months(2026) == []
    with pytest.raises(Refused) as caught:
        books.pay(bond, line.years.get().envelope, 1, "2026-12-31")
    assert caught.value.rule == "period_open"
    with pytest.raises(Refused):
        year_end.close_year(by=books.controller, at=books.at("2027-01-15"), year=2026)
    assert PeriodAct.objects.count() == 12


def test_open_commitments_carry_over_until_they_are_paid(books: Books, line: Any) -> None:
    this = line.years.get().envelope
    paid, half = books.sign(line, this, 1, "2026-04-01"), books.sign(line, this, 2, "2026-05-01")
    books.pay(paid, this, 1, "2026-06-01")
    books.pay(half, this, 1, "2026-06-01")
    (row,) = queries.carried_over(books.bookkeeper, 2026)
    assert (row.commitment, row.to_pay) == (half, mln(1))
    assert queries.carried_over(books.bookkeeper, 2025) == []
    assert queries.carried_over(books.cast["stranger"], 2026) == []


# -- final settlement -------------------------------------------------------------------------------------------------


def settled(books: Books, bond: Commitment, on: str = "2027-03-01") -> Settlement:
    return year_end.settle(by=books.bookkeeper, at=books.at(on), commitment=bond, report=PARTNER_REPORT, on=day(on))


def test_a_final_settlement_releases_what_was_not_paid(books: Books, line: Any) -> None:
    """5 signed, 3 advanced and written off: 2 come free again, for the line and the envelope of signing."""
    this = line.years.get().envelope
    bond = books.sign(line, this, 5, "2026-04-01")
    advance = books.advance(bond, this, 3, "2026-06-01")
    with pytest.raises(Refused) as caught:
        settled(books, bond)
    assert caught.value.rule == "settlement_nothing_open"
    books.write_off(advance, 3, "2027-02-01")
    assert settled(books, bond).released == mln(2)
    assert headroom.of_commitment(bond).to_pay == 0
    assert headroom.of_line(line).not_committed == mln(2)
    assert books.stand(this).commitments.used == mln(3)
    assert list(differences()) == []


def test_what_was_raised_last_is_released_first(books: Books, line: Any) -> None:
    """3 signed in 2026 and 2 raised in 2027; 1 paid: of the 4 that come free 2 are of 2027 and 2 of 2026."""
    this, following = line.years.get().envelope, books.envelope(2027, 5, 5)
    bond = books.sign(line, this, 3, "2026-04-01")
    books.increase(bond, 2, following, "2027-01-15")
    books.pay(bond, this, 1, "2026-06-01")
    settled(books, bond)
    assert (books.stand(this).commitments.used, books.stand(following).commitments.used) == (mln(1), 0)


def test_nothing_is_entered_on_a_settled_commitment_until_that_is_taken_back(books: Books, line: Any) -> None:
    this = line.years.get().envelope
    bond = books.sign(line, this, 5, "2026-04-01")
    settled(books, bond)
    for act in (
        lambda: books.increase(bond, 1, books.envelope(2027, 5, 5), "2027-04-01"),
        lambda: books.reverse(bond.rows.order_by("pk").last(), "2027-04-01"),
        lambda: settled(books, bond),
    ):
        with pytest.raises(Refused):
            act()
    with pytest.raises(IntegrityError), transaction.atomic():
        Settlement.objects.update(released=0)
    taken = {"at": books.at("2027-04-02"), "commitment": bond}
    with pytest.raises(Refused):
        year_end.undo_settlement(by=books.controller, reason=" ", **taken)
    year_end.undo_settlement(by=books.controller, reason="Nabetaling.", **taken)
    books.reverse(bond.rows.order_by("pk").last(), "2027-04-03")
    assert headroom.of_commitment(bond).to_pay == mln(5)
    with pytest.raises(Refused):
        year_end.undo_settlement(by=books.controller, reason="Nog eens.", **taken)


# -- screens ----------------------------------------------------------------------------------------------------------


def test_the_year_is_closed_and_decided_about_in_the_browser(books: Books, line: Any, enter: Any) -> None:
    this = line.years.get().envelope
    bond = books.sign(line, this, 5, "2026-04-01")
    page = reverse("claims:year", args=[2026])
    html = enter(books.bookkeeper).get(page).content.decode()
    assert format_amount(mln(3), "nl") in html
    assert bond.number in html
    choose = reverse("claims:unspent", args=[line.public_id, this.public_id])
    client = enter(books.bookkeeper)
    assert client.get(choose).status_code == 200
    given = {
        "choice": "margin",
        "amount": "2 mln",
        "decision": "Nota 12",
        "decided_on": "20-12-2026",
        "booked_on": "31-12-2026",
    }
    assert client.post(choose, {**given, "amount": "4 mln"}).status_code == 409
    assert client.post(choose, {**given, "decision": ""}).status_code == 422
    assert client.post(choose, given).status_code == 302
    assert "Nota 12" in client.get(page).content.decode()
    assert enter(books.cast["reader"]).get(choose).status_code == 403
    assert enter(books.cast["stranger"]).get(choose).status_code == 404
    controller, close = enter(books.controller), reverse("claims:year-close", args=[2020])
    assert controller.post(close).status_code == 302
    assert controller.post(close).status_code == 409
    assert "2020" in controller.get(reverse("claims:months")).content.decode()
    for year in (1999, 2101):
        assert controller.get(reverse("claims:year", args=[year])).status_code == 404


def test_a_commitment_is_settled_and_taken_back_in_the_browser(books: Books, line: Any, enter: Any) -> None:
    bond = books.sign(line, line.years.get().envelope, 5, "2026-04-01")
    place = [books.claim.reference, bond.public_id]
    client = enter(books.bookkeeper)
    settle = reverse("claims:settle", args=place)
    assert client.get(settle).status_code == 200
    assert client.post(settle, {"report": "", "on": "01-03-2027"}).status_code == 422
    assert client.post(settle, {"report": PARTNER_REPORT, "on": "01-03-2027"}).status_code == 302
    page = client.get(reverse("claims:commitment", args=place)).content.decode()
    assert PARTNER_REPORT in page
    undo = reverse("claims:settle-undo", args=place)
    assert client.get(undo).status_code == 403
    assert enter(books.controller).post(undo, {"reason": "Nabetaling."}).status_code == 302
    assert Settlement.objects.get().undone_by == books.controller


def test_the_year_costs_as_many_queries_for_many_lines_as_for_one(
    books: Books, line: Any, enter: Any, django_assert_max_num_queries: Any
) -> None:
    this = line.years.get().envelope
    for _bond in range(3):
        books.sign(line, this, 1, "2026-04-01")
        decide(books, line, "0,5", UnspentChoice.MARGIN)
    client = enter(books.bookkeeper)
    with django_assert_max_num_queries(24):
        client.get(reverse("claims:year", args=[2026]))
