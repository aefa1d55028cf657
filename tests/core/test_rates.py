"""Exchange rates: loaded once, looked up by day, and never older than they may be."""

from __future__ import annotations

import datetime
import io
from decimal import Decimal
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.utils import timezone

from core.loading_rates import Published, ecb_history, load
from core.models import ExchangeRate
from core.rates import rate_on

pytestmark = pytest.mark.django_db


def day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


def loaded(*rates: tuple[str, str, str]) -> None:
    load((Published(kind, "USD", day(on), Decimal(rate)) for kind, on, rate in rates), source="Test", at=timezone.now())


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("2026-05-01", "1.10"),
        ("2026-05-02", "1.10"),
        ("2026-05-06", "1.10"),
        ("2026-05-07", None),  # six days back
        ("2026-04-30", None),  # a later rate is never used
        ("2026-05-11", "1.20"),
    ],
)
def test_the_rate_of_a_day_is_its_own_or_of_at_most_five_days_before(asked: str, found: str | None) -> None:
    loaded(("ecb", "2026-05-01", "1.10"), ("ecb", "2026-05-11", "1.20"))
    rate = rate_on("ecb", "USD", day(asked))
    assert (rate.rate if rate else None) == (Decimal(found) if found else None)
    assert rate_on("ecb", "GBP", day(asked)) is None
    assert rate_on("un", "USD", day(asked)) is None


def test_a_corporate_rate_serves_its_year_and_a_united_nations_rate_its_month() -> None:
    loaded(("corporate", "2026-01-01", "1.05"), ("un", "2026-05-01", "1.12"))
    assert rate_on("corporate", "USD", day("2026-12-31")).rate == Decimal("1.05")  # type: ignore[union-attr]
    assert rate_on("corporate", "USD", day("2027-01-01")) is None
    assert rate_on("un", "USD", day("2026-05-31")).rate == Decimal("1.12")  # type: ignore[union-attr]
    assert rate_on("un", "USD", day("2026-06-01")) is None


def test_the_central_banks_history_is_there_without_a_network() -> None:
    rates, source = ecb_history()
    assert len(rates) > 200_000
    assert Published("ecb", "USD", day("2024-12-31"), Decimal("1.0389")) in rates
    assert "eurofxref-hist" in source


def test_the_command_loads_once(tmp_path: Path) -> None:
    path, out = tmp_path / "rates.csv", io.StringIO()
    path.write_text(
        "Kind of rate;Currency;Day;Units for one euro\ncorporate;USD;2026-01-01;1,0850\nun;USD;2026-05-01;1,1234\n"
    )
    call_command("load_rates", str(path), stdout=out)
    call_command("load_rates", str(path), stdout=out)
    assert "2 rates loaded, 0 known already" in out.getvalue()
    assert "0 rates loaded, 2 known already" in out.getvalue()
    path.write_text(
        "Kind of rate;Currency;Day;Units for one euro\ncorporate;USD;2026-01-01;1,09\nun;USD;2026-06-01;1,1\n"
    )
    with pytest.raises(CommandError, match=r"Nothing was loaded|niets"):
        call_command("load_rates", str(path), stdout=out)
    assert ExchangeRate.objects.count() == 2
    path.write_text("Kind of rate;Currency;Day;Units for one euro\nplay;USD;2026-01-01;0\n")
    with pytest.raises(CommandError, match="refused"):
        call_command("load_rates", str(path), stdout=out)
    for words in ([], [str(path), "--ecb"]):
        with pytest.raises(CommandError, match="Give a file"):
            call_command("load_rates", *words)


@pytest.mark.slow
def test_the_history_is_loaded_once(settings: object) -> None:
    out = io.StringIO()
    call_command("load_rates", "--ecb", stdout=out)
    call_command("load_rates", "--ecb", stdout=out)
    assert " 0 known already" in out.getvalue()
    assert "\n0 rates loaded" in out.getvalue()
    assert rate_on("ecb", "USD", day("2025-01-01")).day == day("2024-12-31")  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("currency", "rate", "rule"),
    [
        ("EUR", "1", "rate_currency_foreign"),
        ("usd", "1", "rate_currency_foreign"),
        ("USD", "0", "rate_positive"),
        ("USD", "-1", "rate_positive"),
    ],
)
def test_what_is_no_rate_is_refused_by_the_database(currency: str, rate: str, rule: str) -> None:
    with pytest.raises(IntegrityError, match=rule), transaction.atomic():
        ExchangeRate.objects.create(
            kind="ecb",
            currency=currency,
            day=day("2026-05-01"),
            rate=Decimal(rate),
            source="x",
            loaded_at=timezone.now(),
        )


def test_a_published_rate_stays_as_it_was() -> None:
    loaded(("ecb", "2026-05-01", "1.10"))
    for act in (lambda: ExchangeRate.objects.update(rate=2), lambda: ExchangeRate.objects.all().delete()):
        with pytest.raises(IntegrityError, match="never changed"), transaction.atomic():
            act()
