"""A gift stands in one place: recorded as a contribution, or paid from the ledger. Both ways, whoever asks."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from claims.actions.refused import Refused
from claims.models import Payment
from claims.queries.given import Origin, given_to
from partners.models import Contribution
from tests.books import Books, mln

pytestmark = pytest.mark.django_db


@pytest.fixture
def paid(books: Books, partner: Any) -> Any:
    """EUR 2 mln paid to a partner in 2026."""
    envelope = books.envelope(2026, 10, 8)
    signed = books.sign(books.granted(("Herstel", envelope, 6, partner))["Herstel"], envelope, 5, "2026-02-01")
    return books.pay(signed, envelope, 2, "2026-03-10")


def record(partner: Any, year: int = 2026, **fields: Any) -> Contribution:
    made = Contribution.objects.create(subject="Hulp", year=year, amount=mln(3), **fields)
    made.partners.add(partner)
    return made


def test_what_is_paid_and_what_is_recorded_elsewhere_stand_side_by_side(paid: Any, partner: Any) -> None:
    record(partner, 2025)
    record(partner, paid_by="DMM")
    assert [(one.year, one.amount, one.origin, one.paid_by) for one in given_to(partner, {2026: mln(2)})] == [
        (2025, Decimal("3000000.00"), Origin.RECORDED, ""),
        (2026, Decimal("3000000.00"), Origin.RECORDED, "DMM"),
        (2026, Decimal("2000000.00"), Origin.LEDGER, ""),
    ]


def test_a_gift_that_the_ledger_holds_is_not_recorded_again(paid: Any, partner: Any) -> None:
    with pytest.raises(IntegrityError, match="holds payments"), transaction.atomic():
        record(partner)
    elsewhere = record(partner, paid_by="DMM")
    with pytest.raises(IntegrityError), transaction.atomic():
        Contribution.objects.filter(pk=elsewhere.pk).update(paid_by="")


def test_a_recorded_gift_is_not_paid_from_the_ledger_again(books: Books, partner: Any) -> None:
    gift = record(partner)
    envelope = books.envelope(2026, 10, 8)
    signed = books.sign(books.granted(("Herstel", envelope, 6, partner))["Herstel"], envelope, 5, "2026-02-01")
    with pytest.raises(Refused) as refused:
        books.pay(signed, envelope, 2, "2026-03-10")
    assert refused.value.rule == "gift_recorded"
    assert not Payment.objects.exists()
    Contribution.objects.filter(pk=gift.pk).update(paid_by="DMM")
    books.pay(signed, envelope, 2, "2026-03-10")


def test_a_gift_without_an_amount_or_of_another_year_is_no_second_one(paid: Any, partner: Any) -> None:
    record(partner, 2025)
    not_stated = Contribution.objects.create(subject="Hulp", year=2026)
    not_stated.partners.add(partner)
    assert len(given_to(partner, {2026: mln(2)})) == 2


def test_when_the_payment_is_reversed_the_gift_may_be_recorded(books: Books, paid: Any, partner: Any) -> None:
    books.reverse(paid, "2026-03-11")
    record(partner)


def test_the_entry_screen_says_why_and_keeps_what_was_typed(paid: Any, partner: Any, officer: Any, client: Any) -> None:
    client.force_login(officer)
    sent = {
        "subject": "Nog een bijdrage",
        "partners": [partner.pk],
        "year": "2026",
        "amount": "3 mln",
        "recorded_amount": "",
        "recorded_currency": "",
        "as_of": "",
        "cover": "",
        "earmark": "",
        "paid_by": "",
        "source": "",
        "note": "",
    }
    answer = client.post(reverse("admin:partners_contribution_add"), sent)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "Nog een bijdrage" in page
    assert "andere directie" in page
    assert not Contribution.objects.exists()
    assert client.post(reverse("admin:partners_contribution_add"), sent | {"paid_by": "DMM"}).status_code == 302


def test_a_fact_that_makes_a_gift_stand_twice_is_told_by_the_check(paid: Any, partner: Any) -> None:
    with connection.cursor() as cursor:  # as the books brought the payment when the gift was recorded already
        cursor.execute("set session_replication_role = replica")
        record(partner)
        cursor.execute("set session_replication_role = default")
    with pytest.raises(CommandError, match="Hulp"):
        call_command("check_ledger")
