"""What a partner published beside what we gave: per year and currency, identifiers exact, nothing divided or added by guess."""

from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from claims.models import IatiMatch
from partners.models import Contribution, Partner
from reporting.dashboards.iati import compare
from results.models import IatiActivity
from tests.conftest import NOON
from tests.results.iati import activity, file, take_in
from tests.results.iati import transaction as paid

pytestmark = pytest.mark.django_db
D = Decimal


@pytest.fixture
def undp(db: None) -> Any:
    return Partner.objects.create(
        name="United Nations Development Programme",
        short_name="UNDP",
        kind="international",
        iati_identifier="XM-DAC-41114",
    )


def gave(partner: Any, year: int | None, amount: str, recorded: str = "", currency: str = "USD", *others: Any) -> Any:
    made = Contribution.objects.create(
        subject="herstel",
        year=year,
        amount=D(amount),
        recorded_amount=D(recorded) if recorded else None,
        recorded_currency=currency if recorded else None,
    )
    made.partners.set([partner, *others])
    return made


def rows(partner: Any) -> dict[tuple[int | None, str], tuple[Any, Any, Any]]:
    return {(row.year, row.currency): (row.published, row.given, row.difference) for row in compare(partner).rows}


def test_each_year_and_currency_stands_by_itself(officer: Any, undp: Any) -> None:
    gave(undp, 2024, "900", "1000")
    gave(undp, 2023, "500")
    content = file(
        activity(inner=paid("600") + paid("300", day="2024-11-01") + paid("450", currency="EUR", day="2023-02-01")),
        activity("XM-DAC-41114-2", inner=paid("-50")),
    )
    take_in(officer, NOON, content)
    assert rows(undp) == {
        (2024, "USD"): (D(850), D(1000), D(-150)),
        (2024, "EUR"): (None, D(900), None),
        (2023, "EUR"): (D(450), D(500), D(-50)),
    }


def test_only_incoming_funds_from_exactly_us_count(officer: Any, undp: Any) -> None:
    content = file(
        activity(
            inner=paid("1", provider="XM-DAC-701-2")
            + paid("2", provider="XM-DAC-7-1")
            + paid("4", provider="xm-dac-7")
            + paid("8", kind="3")
            + paid("16", kind="11")
            + paid("32")
        )
    )
    take_in(officer, NOON, content)
    found = compare(undp)
    assert [(row.published, row.committed) for row in found.rows] == [(D(32), D(16))]
    assert found.near == ("XM-DAC-7-1", "XM-DAC-701-2", "xm-dac-7") or set(found.near) == {
        "XM-DAC-7-1",
        "XM-DAC-701-2",
        "xm-dac-7",
    }


def test_another_publishers_file_says_nothing_of_this_partner(officer: Any, undp: Any) -> None:
    take_in(officer, NOON, file(activity("XM-DAC-41114-1-9", reporter="XM-DAC-41114-1", inner=paid("5"))))
    assert compare(undp).rows == ()


def test_a_pooled_gift_is_shown_and_in_no_sum(officer: Any, undp: Any, fund: Any) -> None:
    gave(undp, 2026, "15", "", "USD", fund)
    (row,) = compare(undp).rows
    assert (row.given, row.difference, row.pooled[0].amount, row.pooled[0].pooled_with) == (None, None, D(15), ("UHF",))


def test_a_gift_recorded_in_euros_by_the_fund_counts_once(undp: Any) -> None:
    gave(undp, 2024, "15", "15", "EUR")
    assert rows(undp) == {(2024, "EUR"): (None, D(15), None)}


def test_a_year_that_is_not_stated_stays_so(undp: Any) -> None:
    gave(undp, None, "5")
    assert rows(undp) == {(None, "EUR"): (None, D(5), None)}


def test_what_cannot_be_compared_is_counted_apart(officer: Any, undp: Any) -> None:
    take_in(officer, NOON, file(activity(currency="", inner=paid("1") + paid("0.1234567", currency="EUR"))))
    found = compare(undp)
    assert (found.rows, found.incomparable) == ((), 2)


def test_repeated_identifiers_and_older_versions_are_not_counted_again(officer: Any, undp: Any) -> None:
    take_in(officer, NOON, file(activity(inner=paid("1")), activity(inner=paid("2"))))
    take_in(officer, NOON, file(activity(inner=paid("4")), activity(inner=paid("8"))))
    assert rows(undp) == {(2024, "USD"): (D(4), None, None)}


def test_the_page_takes_as_many_queries_for_many_as_for_few(officer: Any, undp: Any, enter: Any) -> None:
    page = f"{reverse('iati-comparison')}?partner={undp.public_id}"

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert enter(officer).get(page).status_code == 200
        return len(captured)

    take_in(officer, NOON, file(activity(inner=paid())))
    gave(undp, 2024, "5")
    queries()
    few = queries()
    many = [activity(f"XM-DAC-41114-{number}", inner=paid() * 3) for number in range(40)]
    take_in(officer, NOON, file(*many))
    for year in range(2010, 2024):
        gave(undp, year, "5", "6")
    assert queries() == few


# -- matching --------------------------------------------------------------------------------------------------------


@pytest.fixture
def row(officer: Any, undp: Any) -> IatiActivity:
    take_in(officer, NOON, file(activity(inner=paid())))
    return IatiActivity.objects.get()


def press(client: Any, partner: Any, **data: Any) -> Any:
    return client.post(reverse("claims:iati-match", args=[partner.public_id]), data)


def test_an_officer_says_what_an_activity_received_and_takes_it_back(
    officer: Any, undp: Any, row: Any, enter: Any
) -> None:
    given = gave(undp, 2024, "900")
    for _twice in range(2):
        press(enter(officer), undp, activity=row.public_id, contribution=given.public_id)
    match = IatiMatch.objects.get()
    assert (match.identifier, match.contribution, match.matched_by) == (row.identifier, given, officer)
    assert compare(undp).activities[0].matches == (match,)
    press(enter(officer), undp, unmatch=match.public_id)
    assert not IatiMatch.objects.exists()


def test_a_match_outlives_the_version_of_the_file(officer: Any, undp: Any, row: Any, enter: Any) -> None:
    press(enter(officer), undp, activity=row.public_id, contribution=gave(undp, 2024, "900").public_id)
    take_in(officer, NOON, file(activity(inner=paid("7"))))
    assert len(compare(undp).activities[0].matches) == 1


def test_another_partners_gift_is_no_match(officer: Any, undp: Any, fund: Any, row: Any, enter: Any) -> None:
    given = gave(fund, 2024, "900")
    assert press(enter(officer), undp, activity=row.public_id, contribution=given.public_id).status_code == 403
    assert not IatiMatch.objects.exists()


@pytest.mark.parametrize("who", ["reader", "manager", "registrar", "administrator"])
def test_who_may_not_match_is_refused(
    who: str, undp: Any, row: Any, enter: Any, request: pytest.FixtureRequest
) -> None:
    data = {"activity": row.public_id, "contribution": gave(undp, 2024, "9").public_id}
    assert press(enter(request.getfixturevalue(who)), undp, **data).status_code == 403


@pytest.mark.parametrize("data", [{}, {"activity": "x", "contribution": "y"}, {"unmatch": "x"}])
def test_odd_input_is_answered_and_stores_nothing(data: dict[str, str], officer: Any, undp: Any, enter: Any) -> None:
    assert press(enter(officer), undp, **data).status_code == 302
    assert not IatiMatch.objects.exists()


def test_a_match_names_a_contribution_or_a_line_and_not_both(officer: Any, claim: Any, undp: Any) -> None:
    given, line = gave(undp, 2024, "9"), claim.lines.get()
    common = {"publisher": "A", "identifier": "B", "matched_by": officer, "matched_at": NOON}
    IatiMatch.objects.create(**common, line=line)
    for wrong in ({}, {"line": line, "contribution": given}, {"line": line}, {"contribution": given, "identifier": ""}):
        with pytest.raises(IntegrityError), transaction.atomic():
            IatiMatch.objects.create(**common | wrong)


@pytest.mark.parametrize("partner", ["x", "00000000-0000-0000-0000-000000000000"])
def test_an_unknown_partner_is_not_found(partner: str, officer: Any, enter: Any) -> None:
    assert enter(officer).get(f"{reverse('iati-comparison')}?partner={partner}").status_code == 404


def test_who_has_no_role_sees_nothing(nobody: Any, enter: Any) -> None:
    for name in ("iati-comparison", "adding"):
        assert enter(nobody).get(reverse(name)).status_code == 403
