"""Our own activities as IATI: off by default, public only, valid, and the same after coming in and going out again."""

import io
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from lxml import etree

from claims.models import Claim, PlannedResult
from core.models import Country
from partners.models import Partner
from reporting.exports.iati import public_activities, write
from results.importers.iati.storing import stored_facts
from results.models import IatiActivity
from tests.conftest import NOON
from tests.results.iati import activity, file, reads, result, take_in
from tests.results.iati import transaction as paid

pytestmark = pytest.mark.django_db


@pytest.fixture
def public(way: Any, partner: Any) -> Any:
    """A public claim that was granted its EUR 2 mln."""
    Partner.objects.filter(pk=partner.pk).update(iati_identifier="XM-DAC-41114")
    claim = way.claim
    PlannedResult.objects.create(line=claim.lines.get(), description="gevonden", value=500, unit="kinderen")
    Claim.objects.filter(pk=claim.pk).update(country=Country.objects.get(code="UA"), classification="public")
    way.claim.refresh_from_db()
    return way.granted()


def written(activities: Any) -> bytes:
    target = io.BytesIO()
    write(target, activities)
    return target.getvalue()


def canonical(content: bytes) -> bytes:
    return etree.tostring(etree.fromstring(content), method="c14n")


def test_a_granted_public_line_is_told_with_its_grant_and_targets(public: Any) -> None:
    (one,) = public_activities()
    assert one.identifier.startswith(f"XM-DAC-7-{public.reference}-")
    assert [(budget.value, budget.currency, budget.start) for budget in one.budgets] == [
        ("2000000", "EUR", "2026-01-01")
    ]
    assert [period.target for found in one.results for period in found.indicators[0].periods] == ["500"]
    assert [party.ref for party in one.organisations] == ["XM-DAC-7", "XM-DAC-7", "XM-DAC-41114"]


def test_what_was_committed_and_paid_is_told_and_what_was_reversed_is_not(books: Any, partner: Any) -> None:
    Claim.objects.update(classification="public", country=Country.objects.get(code="UA"))
    books.claim.refresh_from_db()
    envelope = books.envelope(2026, 10, 8)
    line = books.granted(("Herstel", envelope, 6, partner))["Herstel"]
    signed = books.sign(line, envelope, 5, "2026-01-05")
    books.lower(signed, 1, envelope, "2026-02-01")
    books.pay(signed, envelope, 2, "2026-02-10")
    books.reverse(books.pay(signed, envelope, 1, "2026-02-11"), "2026-02-12")
    (one,) = public_activities()
    assert [(row.kind, str(row.day), row.amount, row.receiver.names[0][1]) for row in one.transactions] == [
        ("2", "2026-01-05", Decimal("5000000.00"), partner.name),
        ("2", "2026-02-01", Decimal("-1000000.00"), partner.name),
        ("3", "2026-02-10", Decimal("2000000.00"), partner.name),
    ]
    (read,) = reads(written(public_activities()))
    assert {remark.code for remark in read.remarks} <= {"negative"}


def test_the_file_is_valid_and_breaks_no_rule(public: Any) -> None:
    (one,) = reads(written(public_activities()))
    assert one.remarks == ()


def test_in_and_out_again_is_canonically_the_same(public: Any, officer: Any) -> None:
    first = written(public_activities())
    take_in(officer, NOON, first, name="onze.xml")
    rows = IatiActivity.objects.order_by("position").prefetch_related("transactions")
    second = written(stored_facts(row) for row in rows)
    assert canonical(second) == canonical(first)
    assert b"2000000" in second


def test_a_file_with_transactions_and_reported_results_also_survives(officer: Any) -> None:
    content = file(
        activity(inner=paid("1000.5", currency="EUR") + paid("-3"), results=result()), activity("XM-DAC-41114-2")
    )
    first = written(one.activity for one in reads(content))
    assert {remark.code for one in reads(first) for remark in one.remarks} <= {"negative"}
    take_in(officer, NOON, first, name="onze.xml")
    rows = IatiActivity.objects.order_by("position").prefetch_related("transactions")
    assert canonical(written(stored_facts(row) for row in rows)) == canonical(first)


@pytest.mark.parametrize("classification", ["internal", "confidential"])
def test_what_is_not_public_is_not_told(classification: str, way: Any) -> None:
    Claim.objects.all().update(classification=classification)
    way.claim.refresh_from_db()
    way.granted()
    assert list(public_activities()) == []


def test_what_was_asked_and_not_granted_is_not_told(way: Any) -> None:
    Claim.objects.all().update(classification="public")
    assert list(public_activities()) == []


def test_the_export_is_off_unless_the_organisation_wants_it(public: Any, tmp_path: Path, settings: Any) -> None:
    out = tmp_path / "onze.xml"
    with pytest.raises(CommandError, match="IATI_EXPORT"):
        call_command("export_iati", output=str(out))
    assert not out.exists()
    settings.IATI_EXPORT = True
    call_command("export_iati", output=out, stdout=io.StringIO())
    assert reads(out.read_bytes())[0].remarks == ()


def test_a_file_that_would_break_a_rule_is_not_written(public: Any, tmp_path: Path, settings: Any) -> None:
    settings.IATI_EXPORT, settings.IATI_ORGANISATION = True, "NERGENS 1"
    with pytest.raises(CommandError, match=r"1\.14\.8"):
        call_command("export_iati", output=tmp_path / "onze.xml", stdout=io.StringIO())
    assert not (tmp_path / "onze.xml").exists()


def test_nothing_to_tell_is_said(tmp_path: Path, settings: Any) -> None:
    settings.IATI_EXPORT = True
    with pytest.raises(CommandError, match="nothing to write"):
        call_command("export_iati", output=tmp_path / "onze.xml")
    with pytest.raises(CommandError, match="no imported file"):
        call_command("export_iati", output=tmp_path / "onze.xml", of="x")


def test_a_partly_granted_line_tells_the_grant_and_not_the_request(way: Any, partner: Any) -> None:
    from claims.actions.decide import Given
    from claims.enums import Outcome

    Claim.objects.filter(pk=way.claim.pk).update(classification="public")
    way.claim.refresh_from_db()
    way.presented()
    line = way.claim.lines.get()
    (asked,) = way.all_of_it()
    way.decided(Outcome.LOWER, [Given(line, asked.envelope, Decimal(1_500_000), None)])
    (one,) = public_activities()
    assert [budget.value for budget in one.budgets] == ["1500000"]
