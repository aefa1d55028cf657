"""Worked stories of commitments and cash, as a bookkeeper would check them. Amounts in millions of euros."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

import pytest

from claims.actions import ledger
from claims.actions.refused import Refused
from claims.enums import ClaimState, MutationStage, PaymentKind
from claims.models import GrantEntry, LinePartner, Payment
from claims.queries import headroom
from tests.books import day, mln

pytestmark = pytest.mark.django_db


def test_twelve_signed_in_december_with_cash_over_three_years(books: Any, partner: Any) -> None:
    """12 signed in December 2026 takes 12 of the commitment budget of 2026; cash 2, 6 and 4 of the years of paying."""
    e2026, e2027, e2028 = books.envelope(2026, 12, 2), books.envelope(2027, 0, 6), books.envelope(2028, 0, 4)
    line = books.granted(("Herstel", e2026, 12, partner))["Herstel"]
    plan = [(2026, 4, mln(2)), (2027, 2, mln(6)), (2028, 2, mln(4))]
    arrangement = books.sign(line, e2026, 12, "2026-12-15", plan=plan)
    for envelope, amount, on in ((e2026, 2, "2026-12-20"), (e2027, 6, "2027-05-01"), (e2028, 4, "2028-05-01")):
        books.pay(arrangement, envelope, amount, on)
    assert (books.stand(e2026).commitments.used, books.stand(e2026).cash.used) == (mln(12), mln(2))
    assert (books.stand(e2027).commitments.used, books.stand(e2027).cash.used) == (0, mln(6))
    assert (books.stand(e2028).commitments.used, books.stand(e2028).cash.used) == (0, mln(4))
    assert headroom.of_commitment(arrangement).to_pay == 0
    assert [row.amount for row in headroom.plan_of(arrangement)] == [mln(2), mln(6), mln(4)]


def test_the_first_commitment_brings_the_claim_into_execution(books: Any, partner: Any) -> None:
    envelope = books.envelope(2026, 5, 5)
    line = books.granted(("Herstel", envelope, 5, partner))["Herstel"]
    assert books.claim.state == ClaimState.GRANTED
    books.sign(line, envelope, 1, "2026-04-01")
    books.claim.refresh_from_db()
    assert books.claim.state == ClaimState.RUNNING


def test_one_euro_more_than_was_granted_is_refused_with_the_room_there_is(books: Any, partner: Any) -> None:
    envelope = books.envelope(2026, 100, 100)
    line = books.granted(("Herstel", envelope, 6, partner))["Herstel"]
    books.sign(line, envelope, "4,75", "2026-04-01")
    with pytest.raises(Refused) as caught:
        books.sign(line, envelope, 2, "2026-05-01")
    assert caught.value.rule == "limit_line"
    assert "€ 1.250.000,00" in str(caught.value).replace("\xa0", " ")
    assert "€ 2.000.000,00" in str(caught.value).replace("\xa0", " ")
    assert "Carla Mulder" in str(caught.value)
    books.sign(line, envelope, "1,25", "2026-05-01")
    assert headroom.of_line(line).not_committed == 0


def test_an_envelope_never_takes_more_commitments_than_its_budget(books: Any, partner: Any) -> None:
    envelope = books.envelope(2026, 3, 3)
    line = books.granted(("Herstel", envelope, 6, partner))["Herstel"]
    books.sign(line, envelope, 3, "2026-04-01")
    with pytest.raises(Refused) as caught:
        books.sign(line, envelope, "0,01", "2026-04-02")
    assert caught.value.rule == "limit_envelope_commitment"


def test_cash_of_the_year_is_a_limit_of_its_own(books: Any, partner: Any) -> None:
    envelope = books.envelope(2026, 6, 2)
    line = books.granted(("Herstel", envelope, 6, partner))["Herstel"]
    arrangement = books.sign(line, envelope, 6, "2026-04-01")
    books.pay(arrangement, envelope, 2, "2026-05-01")
    with pytest.raises(Refused) as caught:
        books.pay(arrangement, envelope, 1, "2026-06-01")
    assert caught.value.rule == "limit_envelope_cash"


def test_no_more_is_paid_than_was_committed_over_all_years(books: Any, partner: Any) -> None:
    e2026, e2027 = books.envelope(2026, 4, 10), books.envelope(2027, 0, 10)
    line = books.granted(("Herstel", e2026, 4, partner))["Herstel"]
    arrangement = books.sign(line, e2026, 4, "2026-04-01")
    books.pay(arrangement, e2026, 3, "2026-05-01")
    with pytest.raises(Refused) as caught:
        books.pay(arrangement, e2027, 2, "2027-05-01")
    assert caught.value.rule == "limit_commitment"


def test_an_advance_is_charged_when_paid_and_open_until_written_off(books: Any, partner: Any) -> None:
    envelope = books.envelope(2026, 5, 5)
    line = books.granted(("Herstel", envelope, 5, partner))["Herstel"]
    arrangement = books.sign(line, envelope, 5, "2026-02-01")
    advance = books.advance(arrangement, envelope, 4, "2026-03-01")
    assert books.stand(envelope).cash.used == mln(4)
    books.write_off(advance, "1,5", "2026-09-01")
    (row,) = headroom.open_advances([arrangement.pk])
    assert (row.open, row.age(day("2026-03-31"))) == (mln("2,5"), 30)
    with pytest.raises(Refused) as caught:
        books.write_off(advance, 3, "2026-10-01")
    assert caught.value.rule == "write_off_within_advance"
    books.write_off(advance, "2,5", "2026-10-01")
    assert headroom.open_advances([arrangement.pk]) == []
    assert books.stand(envelope).cash.used == mln(4)


def test_a_receipt_in_a_later_year_gives_cash_back_to_that_year(books: Any, partner: Any) -> None:
    e2026, e2027 = books.envelope(2026, 5, 5), books.envelope(2027, 0, 1)
    line = books.granted(("Herstel", e2026, 5, partner))["Herstel"]
    arrangement = books.sign(line, e2026, 5, "2026-02-01")
    books.advance(arrangement, e2026, 5, "2026-03-01")
    books.pay(arrangement, e2027, 1, "2027-02-01", kind=PaymentKind.RECEIPT)
    assert books.stand(e2026).cash.used == mln(5)
    assert books.stand(e2027).cash.used == -mln(1)
    assert headroom.of_commitment(arrangement).paid == mln(4)


def test_more_never_comes_back_than_was_paid(books: Any, partner: Any) -> None:
    envelope = books.envelope(2026, 5, 5)
    line = books.granted(("Herstel", envelope, 5, partner))["Herstel"]
    arrangement = books.sign(line, envelope, 5, "2026-02-01")
    books.pay(arrangement, envelope, 1, "2026-03-01")
    with pytest.raises(Refused) as caught:
        books.pay(arrangement, envelope, 2, "2026-04-01", kind=PaymentKind.RECEIPT)
    assert caught.value.rule == "paid_not_negative"


def test_lowering_an_earlier_years_commitment_frees_the_line_again(books: Any, partner: Any) -> None:
    e2026 = books.envelope(2026, 5, 5)
    books.envelope(2027, 5, 5)
    line = books.granted(("Herstel", e2026, 5, partner))["Herstel"]
    arrangement = books.sign(line, e2026, 5, "2026-02-01")
    books.pay(arrangement, e2026, 3, "2026-03-01")
    with pytest.raises(Refused) as caught:
        books.lower(arrangement, 3, e2026, "2027-02-01")
    assert caught.value.rule == "limit_commitment"
    books.lower(arrangement, 2, e2026, "2027-02-01")
    assert headroom.of_line(line).not_committed == mln(2)
    assert headroom.of_envelope_on(e2026, day("2026-12-31")).commitments.used == mln(5)
    assert books.stand(e2026).commitments.used == mln(3)


def test_raising_a_commitment_takes_the_budget_of_the_year_of_raising(books: Any, partner: Any) -> None:
    e2026, e2027 = books.envelope(2026, 3, 3), books.envelope(2027, 2, 2)
    line = books.granted(("Herstel", e2026, 5, partner))["Herstel"]
    arrangement = books.sign(line, e2026, 3, "2026-02-01")
    with pytest.raises(Refused) as caught:
        books.increase(arrangement, 1, e2026, "2027-02-01")
    assert caught.value.rule == "commitment_own_year"
    books.increase(arrangement, 2, e2027, "2027-02-01")
    assert books.stand(e2027).commitments.used == mln(2)


def test_a_commitment_counts_in_the_envelope_of_the_year_of_signing_only(books: Any, partner: Any) -> None:
    e2026, e2027 = books.envelope(2026, 5, 5), books.envelope(2027, 5, 5)
    line = books.granted(("Herstel", e2026, 5, partner))["Herstel"]
    with pytest.raises(Refused) as caught:
        books.sign(line, e2027, 5, "2026-12-31")
    assert caught.value.rule == "commitment_own_year"


def test_a_pooled_line_counts_once_and_one_partners_commitment_draws_from_it(
    books: Any, partner: Any, fund: Any
) -> None:
    """15 for two partners together: 5 committed to one leaves 10 pooled; nothing is divided by guess."""
    envelope = books.envelope(2026, 15, 15)
    line = books.granted(("Humanitair", envelope, 15, [partner, fund]))["Humanitair"]
    books.sign(line, envelope, 5, "2026-03-01", partner=fund)
    assert headroom.of_line(line).not_committed == mln(10)
    assert books.stand(envelope).commitments.granted == mln(15)
    assert line.splits.count() == 0


def test_a_pooled_line_is_divided_over_all_its_partners_or_not_at_all(books: Any, partner: Any, fund: Any) -> None:
    envelope = books.envelope(2026, 15, 15)
    line = books.granted(("Humanitair", envelope, 15, [partner, fund]))["Humanitair"]

    def divide(*parts: Any) -> Any:
        return ledger.divide_pooled(
            by=books.cast["manager"], at=books.at("2026-06-01"), line=line, parts=parts, decided_on=day("2026-06-01")
        )

    for wrong in ([(fund, mln(15))], [(fund, mln(9)), (partner, mln(5))]):
        with pytest.raises(Refused) as caught:
            divide(*wrong)
        assert caught.value.rule == "split_whole"
    divide((fund, mln(9)), (partner, mln(6)))
    divide((fund, mln(8)), (partner, mln(7)))
    newest = line.splits.order_by("-pk").first()
    assert sorted(part.amount for part in newest.parts.all()) == [mln(7), mln(8)]


def test_a_partner_outside_the_line_gets_no_commitment(books: Any, partner: Any, fund: Any) -> None:
    envelope = books.envelope(2026, 5, 5)
    line = books.granted(("Herstel", envelope, 5, partner))["Herstel"]
    with pytest.raises(Refused) as caught:
        books.sign(line, envelope, 1, "2026-03-01", partner=fund)
    assert caught.value.rule == "commitment_partner_of_line"
    assert not LinePartner.objects.filter(line=line, partner=fund).exists()


def test_a_december_payment_booked_in_january_asked_per_both_dates(books: Any, partner: Any) -> None:
    e2026 = books.envelope(2026, 5, 5)
    line = books.granted(("Herstel", e2026, 5, partner))["Herstel"]
    arrangement = books.sign(line, e2026, 5, "2026-04-01")
    books.pay(arrangement, e2026, 2, "2026-12-30", booked_on=day("2027-01-04"))
    assert headroom.of_envelope_on(e2026, day("2026-12-31")).cash.used == 0
    assert headroom.of_envelope_on(e2026, day("2027-01-31")).cash.used == mln(2)
    assert Payment.objects.get().paid_on == day("2026-12-30")


def test_a_row_known_later_is_not_in_what_was_known_then(books: Any, partner: Any) -> None:
    envelope = books.envelope(2026, 5, 5)
    line = books.granted(("Herstel", envelope, 5, partner))["Herstel"]
    arrangement = books.sign(line, envelope, 5, "2026-04-01")
    ledger.pay(
        by=books.bookkeeper,
        at=books.at("2026-08-15"),
        commitment=arrangement,
        envelope=envelope,
        kind=PaymentKind.PAYMENT,
        amount=mln(1),
        paid_on=day("2026-05-01"),
    )
    asked = day("2026-06-30")
    assert headroom.of_commitment(arrangement, asked, books.at("2026-07-01")).paid == 0
    assert headroom.of_commitment(arrangement, asked, books.at("2026-09-01")).paid == mln(1)


def test_a_closed_month_takes_no_row_and_a_later_correction_falls_in_the_open_one(books: Any, partner: Any) -> None:
    envelope = books.envelope(2026, 5, 5)
    line = books.granted(("Herstel", envelope, 5, partner))["Herstel"]
    arrangement = books.sign(line, envelope, 5, "2026-04-01")
    payment = books.pay(arrangement, envelope, 2, "2026-04-20")
    ledger.close_month(by=books.controller, at=books.at("2026-05-05"), month=day("2026-04-30"))
    for act in (
        lambda: books.pay(arrangement, envelope, 1, "2026-04-30"),
        lambda: books.reverse(payment, "2026-04-30"),
        lambda: books.sign(line, envelope, 0.01, "2026-04-30"),
    ):
        with pytest.raises(Refused) as caught:
            act()
        assert caught.value.rule in ("period_open", "limit_line")
    books.pay(arrangement, envelope, 1, "2026-04-30", booked_on=day("2026-05-06"))
    books.reverse(payment, "2026-05-06")
    assert headroom.of_commitment(arrangement).paid == mln(1)


def test_a_closed_month_is_opened_again_with_a_reason(books: Any) -> None:
    month = day("2026-04-01")
    ledger.close_month(by=books.controller, at=books.at("2026-05-05"), month=month)
    with pytest.raises(Refused):
        ledger.close_month(by=books.controller, at=books.at("2026-05-05"), month=month)
    with pytest.raises(Refused):
        ledger.reopen_month(by=books.controller, at=books.at("2026-05-06"), month=month, reason=" ")
    ledger.reopen_month(by=books.controller, at=books.at("2026-05-06"), month=month, reason="Factuur vergeten.")
    books.mutation(books.envelope(2026), "cash", mln(1), "2026-04-15")


def test_closing_the_claim_releases_what_is_not_committed(books: Any, partner: Any) -> None:
    envelope = books.envelope(2026, 6, 6)
    line = books.granted(("Herstel", envelope, 6, partner))["Herstel"]
    books.sign(line, envelope, 4, "2026-04-01")
    books.claim.refresh_from_db()
    books.way.step("close", "manager", "Afgerond.")
    assert headroom.of_line(line).granted == mln(4)
    assert books.stand(envelope).commitments.free == mln(2)
    assert GrantEntry.objects.filter(kind="release").get().amount == mln(2)


def test_a_claim_with_a_commitment_is_not_withdrawn(books: Any, partner: Any) -> None:
    from django.core.exceptions import PermissionDenied

    envelope = books.envelope(2026, 6, 6)
    line = books.granted(("Herstel", envelope, 6, partner))["Herstel"]
    books.sign(line, envelope, 4, "2026-04-01")
    books.claim.refresh_from_db()
    with pytest.raises(PermissionDenied):
        books.way.step("withdraw", "manager", "Weg.")


def test_an_amendment_never_goes_below_what_is_committed(books: Any, partner: Any) -> None:
    envelope = books.envelope(2026, 6, 6)
    line = books.granted(("Herstel", envelope, 6, partner))["Herstel"]
    books.sign(line, envelope, 4, "2026-04-01")
    books.claim.refresh_from_db()
    books.way.step("amend", "officer", "Lager.")
    books.way.set_amounts("officer", Herstel="3000000.00")
    books.way.presented()
    with pytest.raises(Refused) as caught:
        books.way.decided()
    assert caught.value.rule == "limit_line"
    assert headroom.of_line(line).granted == mln(6)


def test_budget_is_the_budget_cycles_sum_and_announced_is_not_yet_budget(books: Any) -> None:
    """(1) draft budget 520.017 + (2) amending note 15.000 = (3) 535.017; + (4) 1st supplementary 44.000 = (5) 579.017 (XVII 4.1, 2024)."""
    envelope = books.envelope(2024)
    for moment, amount, on in (
        ("draft-budget", 520_017_000, "2024-01-01"),
        ("amending-note", 15_000_000, "2024-02-01"),
        ("first", 44_000_000, "2024-06-01"),
    ):
        books.mutation(envelope, "cash", Decimal(amount), on, moment=moment)
    assert headroom.of_envelope_on(envelope, day("2024-02-01")).cash.budget == Decimal(535_017_000)
    assert books.stand(envelope).cash.budget == Decimal(579_017_000)
    assert dict(headroom.columns_of(envelope, "cash"))["first"] == Decimal(44_000_000)
    for moment, amount, on in (
        ("draft-budget", 531_190_000, "2024-01-01"),
        ("amending-note", 15_000_000, "2024-02-01"),
        ("first", 531_578_000, "2024-06-01"),
    ):
        books.mutation(envelope, "commitment", Decimal(amount), on, moment=moment)
    assert books.stand(envelope).commitments.budget == Decimal(1_077_768_000)


def test_a_mutation_is_announced_processed_and_authorised_in_that_order(books: Any, partner: Any) -> None:
    envelope = books.envelope(2026)
    mutation = books.mutation(envelope, "commitment", mln(5), "2026-03-01", stage=MutationStage.ANNOUNCED)
    line = books.granted(("Herstel", envelope, 5, partner))["Herstel"]
    assert (books.stand(envelope).commitments.announced, books.stand(envelope).commitments.budget) == (mln(5), 0)
    with pytest.raises(Refused) as caught:
        books.sign(line, envelope, 1, "2026-04-01")
    assert caught.value.rule == "limit_envelope_commitment"
    with pytest.raises(Refused) as caught:
        ledger.reach_stage(
            by=books.bookkeeper, at=books.at("2026-04-01"), mutation=mutation, stage="authorised", on=day("2026-04-01")
        )
    assert caught.value.rule == "stage_in_order"
    ledger.reach_stage(
        by=books.bookkeeper, at=books.at("2026-04-01"), mutation=mutation, stage="processed", on=day("2026-04-01")
    )
    with pytest.raises(Refused) as caught:  # processed, not authorised: a ground is needed
        books.sign(line, envelope, 1, "2026-04-02")
    assert caught.value.rule == "unauthorised_ground"
    books.sign(line, envelope, 1, "2026-04-02", ground_on=day("2026-03-30"))
    ledger.reach_stage(
        by=books.bookkeeper, at=books.at("2026-07-01"), mutation=mutation, stage="authorised", on=day("2026-07-01")
    )
    books.sign(line, envelope, 1, "2026-07-02")


def test_cash_shifted_to_next_year_is_a_mutation_down_and_one_up(books: Any, partner: Any) -> None:
    e2026, e2027 = books.envelope(2026, 6, 6), books.envelope(2027)
    line = books.granted(("Herstel", e2026, 6, partner))["Herstel"]
    arrangement = books.sign(line, e2026, 6, "2026-04-01")
    books.pay(arrangement, e2026, 4, "2026-05-01")
    with pytest.raises(Refused) as caught:
        books.mutation(e2026, "cash", mln(3), "2026-12-01", direction="down", moment="second", nature="technical")
    assert caught.value.rule == "limit_envelope_cash"
    books.mutation(e2026, "cash", mln(2), "2026-12-01", direction="down", moment="second", nature="technical")
    books.mutation(e2027, "cash", mln(2), "2027-01-01", moment="draft-budget", nature="technical")
    books.pay(arrangement, e2027, 2, "2027-02-01")
    assert (books.stand(e2026).cash.unused, books.stand(e2027).cash.unused) == (0, 0)


def test_a_reversal_mirrors_once_and_is_never_reversed(books: Any, partner: Any) -> None:
    envelope = books.envelope(2026, 6, 6)
    line = books.granted(("Herstel", envelope, 6, partner))["Herstel"]
    arrangement = books.sign(line, envelope, 6, "2026-04-01")
    payment = books.pay(arrangement, envelope, 2, "2026-05-01")
    mirror = books.reverse(payment, "2026-06-01")
    assert (mirror.amount, mirror.signed) == (mln(2), -mln(2))
    assert books.stand(envelope).cash.used == 0
    for row in (payment, mirror):
        with pytest.raises(Refused):
            books.reverse(row, "2026-06-02")
    assert headroom.of_envelope_on(envelope, day("2026-05-31")).cash.used == mln(2)


def test_a_reversal_is_refused_where_it_breaks_a_limit_below_it(books: Any, partner: Any) -> None:
    envelope = books.envelope(2026, 6, 6)
    line = books.granted(("Herstel", envelope, 6, partner))["Herstel"]
    arrangement = books.sign(line, envelope, 6, "2026-04-01")
    advance = books.advance(arrangement, envelope, 2, "2026-05-01")
    with pytest.raises(Refused) as caught:
        books.reverse(arrangement.rows.get(), "2026-06-01")
    assert caught.value.rule == "limit_commitment"
    off = books.write_off(advance, 1, "2026-06-01")
    with pytest.raises(Refused) as caught:
        books.reverse(advance, "2026-06-02")
    assert caught.value.rule == "advance_written_off"
    books.reverse(off, "2026-06-03")
    books.reverse(advance, "2026-06-04")
    assert headroom.of_commitment(arrangement).open_advances == 0


def test_a_limit_raise_widens_one_limit_until_its_day(books: Any, partner: Any) -> None:
    envelope = books.envelope(2026, 10, 10)
    line = books.granted(("Herstel", envelope, 6, partner))["Herstel"]
    raised = ledger.propose_raise(
        by=books.bookkeeper,
        at=books.at("2026-04-01"),
        kind="line",
        line=line,
        amount=mln(1),
        reason="Koersverschil.",
        ends_on=day("2026-06-30"),
    )
    with pytest.raises(Refused):
        books.sign(line, envelope, 7, "2026-04-02")
    ledger.confirm_raise(by=books.controller, at=books.at("2026-04-02"), limit_raise=raised)
    with pytest.raises(Refused):
        books.sign(line, envelope, 7, "2026-07-01")
    books.sign(line, envelope, 7, "2026-05-01")
    with pytest.raises(Refused) as caught:
        ledger.end_raise(by=books.controller, at=books.at("2026-05-02"), limit_raise=raised)
    assert "in gebruik" in str(caught.value) or "in use" in str(caught.value)


def test_whoever_proposes_a_raise_does_not_confirm_it(books: Any, partner: Any) -> None:
    from django.core.exceptions import PermissionDenied

    envelope = books.envelope(2026, 10, 10)
    raised = ledger.propose_raise(
        by=books.controller,
        at=books.at("2026-04-01"),
        kind="envelope-cash",
        envelope=envelope,
        amount=mln(1),
        reason="Najaar.",
        ends_on=day("2026-12-31"),
    )
    with pytest.raises(PermissionDenied):
        ledger.confirm_raise(by=books.controller, at=books.at("2026-04-02"), limit_raise=raised)
    ledger.confirm_raise(by=books.cast["second_controller"], at=books.at("2026-04-02"), limit_raise=raised)


def test_the_four_headrooms_are_four_numbers(books: Any, partner: Any) -> None:
    envelope = books.envelope(2026, 20, 20)
    line = books.granted(("Herstel", envelope, 8, partner))["Herstel"]
    arrangement = books.sign(line, envelope, 5, "2026-04-01")
    books.pay(arrangement, envelope, 2, "2026-05-01")
    from claims.actions.create import quick_start

    quick_start(
        by=books.cast["officer"],
        at=books.at("2026-05-01"),
        directorate=books.claim.directorate,
        title="Nieuwe claim",
        amount=mln(3),
        partner=partner,
        envelope=envelope,
        year=2026,
    )
    stand = books.stand(envelope)
    assert stand.commitments.free == mln(12)
    assert stand.commitments.after_requests == mln(9)
    assert stand.commitments.unused == mln(15)
    assert stand.commitments.granted_unused == mln(3)
    assert stand.to_pay == mln(3)


def test_a_foreign_payment_keeps_both_amounts_and_computes_neither(books: Any, partner: Any) -> None:
    """EUR 20 mln that the fund recorded as USD 21 492 000: two fields, no computed link."""
    envelope = books.envelope(2026, 20, 20)
    line = books.granted(("Herstel", envelope, 20, partner))["Herstel"]
    arrangement = books.sign(line, envelope, 20, "2026-04-01")
    payment = books.pay(
        arrangement,
        envelope,
        20,
        "2026-05-01",
        currency="USD",
        foreign_amount=Decimal("21492000.00"),
        rate=Decimal("1.0746"),
        rate_kind="booked",
        rate_on=datetime.date(2026, 5, 1),
    )
    assert (payment.amount, payment.foreign_amount) == (mln(20), Decimal("21492000.00"))
    with pytest.raises(Refused):
        books.pay(arrangement, envelope, 1, "2026-05-01", currency="USD", foreign_amount=Decimal(1))
