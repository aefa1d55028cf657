"""What the database itself refuses about partners' money: truth tables, NULL included."""

import datetime
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from partners.models import Appeal, AppealGroup, AppealPart, Contribution, FundTotal, Partner, Share
from partners.rules.appeals import groups_complete, rest

pytestmark = pytest.mark.django_db
D = Decimal


def stored(model: Any, **fields: Any) -> bool:
    try:
        with transaction.atomic():
            model.objects.create(**fields)
    except IntegrityError:
        return False
    return True


@pytest.mark.parametrize(
    ("amount", "recorded", "currency", "fine"),
    [
        (None, None, None, True),
        (D("0.01"), None, None, True),
        (D("20000000"), D("21492000"), "USD", True),
        (D("15000000"), D("16077170.42"), "USD", True),
        (D(0), None, None, False),
        (D(-1), None, None, False),
        (None, D(1), None, False),
        (None, None, "USD", False),
        (None, D(0), "USD", False),
    ],
)
def test_a_contribution_is_positive_or_not_stated_and_a_foreign_amount_has_its_currency(
    amount: D | None, recorded: D | None, currency: str | None, fine: bool
) -> None:
    assert (
        stored(Contribution, subject="hulp", amount=amount, recorded_amount=recorded, recorded_currency=currency)
        is fine
    )


@pytest.mark.parametrize(
    ("kind", "purpose", "amount", "people", "fine"),
    [
        ("received", "", D(1), None, True),
        ("received", "winterhulp", D(1), None, False),
        ("spent-on", "winterhulp", D(1), D(5), True),
        ("spent-on", "", D(1), None, False),
        ("reserved-for", "winterhulp", D(1), None, True),
        ("received", "", D(0), None, False),
        ("received", "", D(1), D(0), False),
        ("stolen", "", D(1), None, False),
    ],
)
def test_a_fund_total_is_positive_and_only_spending_has_a_purpose(
    kind: str, purpose: str, amount: D, people: D | None, fine: bool, fund: Any
) -> None:
    assert (
        stored(FundTotal, partner=fund, year=2023, kind=kind, purpose=purpose, amount=amount, people_reached=people)
        is fine
    )


def test_a_fund_total_is_entered_once_for_a_date(fund: Any) -> None:
    fields: dict[str, Any] = {"partner": fund, "year": 2024, "kind": "received", "amount": D(1)}
    assert stored(FundTotal, **fields)
    assert not stored(FundTotal, **fields)
    assert stored(FundTotal, **fields, as_of=datetime.date(2024, 10, 31))


def test_no_more_people_are_targeted_than_are_in_need(fund: Any) -> None:
    fields: dict[str, Any] = {"partner": fund, "title": "HRP", "required": D(1)}
    assert stored(Appeal, **fields, year=2024, in_need=D(14), targeted=D(14))
    assert not stored(Appeal, **fields, year=2025, in_need=D(14), targeted=D(15))
    assert stored(Appeal, **fields, year=2026, targeted=D(15))


def test_a_share_has_exactly_one_basis(fund: Any) -> None:
    given = Contribution.objects.create(subject="hulp")
    total = FundTotal.objects.create(partner=fund, year=2023, kind="received", amount=D(1))
    appeal = Appeal.objects.create(partner=fund, title="HRP", year=2023, required=D(1))
    assert not stored(Share, contribution=given)
    assert not stored(Share, contribution=given, total=total, appeal=appeal)
    assert stored(Share, contribution=given, total=total)
    assert not stored(Share, contribution=given, total=total)


def test_a_fund_does_not_administer_itself(fund: Any) -> None:
    fund.administered_by = fund
    with pytest.raises(ValidationError, match="beheert niet zichzelf"):
        fund.full_clean()


def test_two_partners_never_share_an_iati_number_but_many_have_none(fund: Any) -> None:
    assert stored(Partner, name="A", short_name="A", kind="ngo", iati_identifier="XM-DAC-7")
    assert not stored(Partner, name="B", short_name="B", kind="ngo", iati_identifier="XM-DAC-7")
    assert stored(Partner, name="C", short_name="C", kind="ngo", iati_identifier="XM-DAC-701-2")
    assert stored(Partner, name="D", short_name="D", kind="ngo")


def test_groups_of_the_response_plan_add_up_to_the_people_in_need(fund: Any) -> None:
    appeal = Appeal.objects.create(
        partner=fund, title="HRP", year=2024, required=D(3_100_000_000), in_need=D(14_600_000), targeted=D(8_500_000)
    )
    for label, people in (("ontheemden", 3_600_000), ("thuisblijvers", 8_500_000), ("terugkeerders", 2_500_000)):
        AppealGroup.objects.create(appeal=appeal, label=label, people=people)
    groups = [group.people for group in appeal.groups.all()]
    assert groups_complete(appeal.in_need, groups) is True
    assert groups_complete(appeal.in_need, groups[:2]) is False
    assert groups_complete(None, groups) is None
    assert groups_complete(appeal.in_need, []) is None


def test_what_the_parts_of_an_appeal_leave_is_other(fund: Any) -> None:
    appeal = Appeal.objects.create(partner=fund, title="ICRC", year=2024, required=D(274_000_000), currency="EUR")
    for purpose, amount in (("levensreddend", 200_000_000), ("preventie", 35_000_000)):
        AppealPart.objects.create(appeal=appeal, purpose=purpose, amount=amount)
    assert rest(appeal.required, [part.amount for part in appeal.parts.all()]) == D(39_000_000)
