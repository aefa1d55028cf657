"""My work by role: what waits, what is due, what is to be explained or closed, and the envelopes one draws on."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from claims.enums import PaperKind, StepKind
from claims.models import Claim
from claims.policies import WAITS
from claims.rules.workflow import MOVES
from partners.models import Contribution, FundTotal, Share
from reporting.dashboards.home import TO_DO, work_of
from tests.books import day, mln
from tests.claims.frozen import keep

pytestmark = pytest.mark.django_db

TODAY = datetime.date(2026, 9, 1)


def test_every_state_that_waits_says_what_there_is_to_do() -> None:
    assert set(WAITS.values()) <= set(TO_DO)
    assert all(state in MOVES[kind].origins for state, kind in WAITS.items())


@pytest.mark.parametrize(
    ("way_to", "who"),
    [
        ("submitted", ["controller", "second_controller"]),
        ("agreed", ["officer", "colleague", "manager"]),
        ("presented", ["registrar", "confirmer"]),
    ],
)
def test_a_claim_waits_for_the_roles_whose_step_is_next(way_to: str, who: list[str], way: Any) -> None:
    getattr(way, way_to)()
    waiting = {name for name, person in way.cast.items() if work_of(person, TODAY).waiting}
    assert waiting == set(who) & set(way.cast)


def test_a_returned_claim_waits_for_who_submits(way: Any) -> None:
    way.submitted()
    way.step(StepKind.RETURN, "controller", "Kasritme ontbreekt.")
    (row,) = work_of(way.cast["officer"], TODAY).waiting
    assert row.claim == way.claim
    assert not work_of(way.cast["controller"], TODAY).waiting


def test_the_file_holder_sees_the_deviation_the_report_and_the_envelope(everything: Any, officer: Any) -> None:
    work = work_of(officer, TODAY)
    (deviation,) = [row for row in work.deviations if row.commitment_id == everything.above.pk]
    assert deviation.amount == mln("0,05")
    (report,) = work.reports
    assert (report.commitment, report.open, report.late) == (everything.first, mln("1,25"), True)
    ((envelope, free, after),) = work.envelopes
    assert envelope == everything.e2026
    assert free.value == mln("19,5") - mln(17)
    assert after.value == free.value - Decimal("123456.78")


def test_a_report_shows_a_month_before_it_is_due_and_no_longer_once_all_is_written_off(
    everything: Any, officer: Any
) -> None:
    assert not work_of(officer, day("2026-04-01")).reports
    assert not work_of(officer, day("2026-05-20")).reports[0].late
    everything.books.write_off(everything.advance, "1,25", "2026-08-15")
    assert not work_of(officer, TODAY).reports


def test_a_provisional_share_of_a_closed_year_waits_for_the_file_holder(
    everything: Any, officer: Any, controller: Any
) -> None:
    given = Contribution.objects.create(subject="Hulp", year=2025, amount=1, recorded_amount=1, recorded_currency="USD")
    given.partners.set([everything.fund])
    fields = {"partner": everything.fund, "kind": "received", "amount": 10, "currency": "USD"}
    open_year = FundTotal.objects.create(year=2025, as_of=day("2025-10-31"), **fields)
    final = FundTotal.objects.create(year=2024, final=True, **fields)
    this_year = FundTotal.objects.create(year=2026, as_of=day("2026-06-30"), **fields)
    shares = [Share.objects.create(contribution=given, total=total) for total in (open_year, final, this_year)]
    assert work_of(officer, TODAY).shares == (shares[0],)
    assert work_of(controller, TODAY).shares == ()


def test_a_frozen_paper_that_no_longer_says_what_the_records_say_is_named_with_what_changed(
    way: Any, officer: Any, stranger: Any
) -> None:
    keep(way.claim, officer)
    assert not work_of(officer, TODAY).papers
    Claim.objects.filter(pk=way.claim.pk).update(title="Een andere naam")
    ((paper, changes),) = work_of(officer, TODAY).papers
    assert paper.claims.get() == way.claim
    assert changes.texts == [way.claim.reference]
    assert not work_of(stranger, TODAY).papers


def test_my_work_takes_as_many_queries_for_many_papers_as_for_few(way: Any, officer: Any, enter: Any) -> None:
    client = enter(officer)
    papers = [keep(way.claim, officer)]
    Claim.objects.filter(pk=way.claim.pk).update(title="Een andere naam")

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get("/").status_code == 200
        return len(captured)

    queries()
    few = queries()
    papers.append(keep(way.claim, officer, kind=PaperKind.ANNEX))
    Claim.objects.filter(pk=way.claim.pk).update(title="Weer een andere naam")
    assert queries() == few
    assert len(work_of(officer, TODAY).papers) == len(papers)


def test_a_partners_page_names_the_frozen_papers_of_its_claims(
    everything: Any, officer: Any, controller: Any, stranger: Any, enter: Any
) -> None:
    paper = keep(everything.own.claim, officer)
    page = reverse("partner", args=[everything.partner.public_id])
    assert reverse("claims:frozen", args=[paper.public_id]) in enter(controller).get(page).content.decode()
    assert str(paper.public_id) not in enter(stranger).get(page).content.decode()
