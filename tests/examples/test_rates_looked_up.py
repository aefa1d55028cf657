"""A foreign payment whose rate is looked up: by kind and day, never an amount, and refused where no rate serves."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from claims.models import Payment
from core.loading_rates import Published, load
from tests.books import Books, day

pytestmark = pytest.mark.django_db


@pytest.fixture
def pay(books: Books, partner: Any, enter: Any) -> Any:
    """The bookkeeper's form for a payment of EUR 10 000 of USD 10 850."""
    envelope = books.envelope(2026, 10, 6)
    bond = books.sign(books.granted(("Herstel", envelope, 5, partner))["Herstel"], envelope, 4, "2026-04-01")
    load([Published("ecb", "USD", day("2026-05-01"), Decimal("1.0850"))], source="Test", at=timezone.now())
    client = enter(books.bookkeeper)
    books.bookkeeper.language = "en"
    books.bookkeeper.save()
    address = reverse("claims:pay", args=[books.claim.reference, bond.public_id])
    given = {
        "kind": "payment",
        "amount": "10 000",
        "envelope": str(envelope.pk),
        "currency": "usd",
        "foreign_amount": "10850",
        "rate_kind": "ecb",
    }

    def send(paid_on: str, **fields: str) -> Any:
        with translation.override("en"):
            return client.post(address, {**given, "paid_on": paid_on, **fields}, HTTP_ACCEPT_LANGUAGE="en")

    return send


def test_the_rate_of_the_day_or_the_last_before_it_is_filled_in(pay: Any) -> None:
    answer = pay("04-05-2026")
    assert answer.status_code == 302, answer.content.decode()
    payment = Payment.objects.get()
    assert (payment.rate, payment.rate_on, payment.rate_kind) == (Decimal("1.085"), day("2026-05-01"), "ecb")
    assert (payment.amount, payment.foreign_amount, payment.currency) == (Decimal(10_000), Decimal(10_850), "USD")


def test_more_than_five_days_back_is_refused_with_what_to_do(pay: Any) -> None:
    answer = pay("07-05-2026")
    assert answer.status_code == 422
    assert "none of the days before is recent enough" in answer.content.decode()
    assert pay("04-05-2026", rate_kind="un").status_code == 422
    assert pay("04-05-2026", currency="GBP").status_code == 422
    assert not Payment.objects.exists()


def test_a_rate_that_was_typed_or_agreed_stays_as_it_was_typed(pay: Any) -> None:
    assert pay("04-05-2026", rate_kind="agreed").status_code == 422  # an agreed rate is never looked up
    assert pay("04-05-2026", rate="1.1", rate_on="04-05-2026").status_code == 302
    assert Payment.objects.get().rate == Decimal("1.1")
