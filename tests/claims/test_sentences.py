"""Sentences composed from records: every fact in, nothing guessed."""

import datetime
from decimal import Decimal
from typing import Any

import pytest

from claims.documents import sentences
from core.models import Cover
from partners.models import Appeal, AppealGroup, AppealPart, Contribution, FundTotal, Partner, Share
from results.models import Result, ResultPart, ResultVersion

pytestmark = pytest.mark.django_db
D = Decimal
OCTOBER = datetime.date(2024, 10, 31)


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("parts", "joined"), [([], ""), (["a"], "a"), (["a", "b"], "a en b"), (["a", "b", "c"], "a, b en c")]
)
def test_parts_are_joined_as_a_sentence_does(parts: list[str], joined: str) -> None:
    assert sentences.enumerate_nl(parts) == joined


def result(fund: Any, **version: Any) -> str:
    made = Result.objects.create(
        partner=fund,
        label="kregen hulp",
        unit="mensen",
        period_start=datetime.date(2023, 1, 1),
        period_end=datetime.date(2024, 12, 31),
    )
    parts = version.pop("parts", [])
    newest = ResultVersion.objects.create(result=made, **version)
    made_parts = [
        ResultPart.objects.create(version_of=newest, position=position, label=label, value=value)
        for position, (label, value) in enumerate(parts)
    ]
    return plain(sentences.result(made, newest, made_parts))


def test_a_result_says_number_unit_and_what_was_achieved(fund: Any) -> None:
    assert result(fund, value=D(230_000)) == "230.000 mensen kregen hulp."


def test_a_result_of_an_unfinished_period_says_its_as_of_date_and_its_parts(fund: Any) -> None:
    parts = [("vrouwen en kinderen", D(1_500_000)), ("mensen met een beperking", D(480_000))]
    said = result(fund, value=D(3_200_000), as_of=OCTOBER, parts=parts)
    assert (
        said
        == "3,2 miljoen mensen kregen hulp, waarvan 1,5 miljoen vrouwen en kinderen en 480.000 mensen met een beperking (stand eind oktober 2024)."
    )


def test_an_outcome_in_words_is_said_as_it_is(fund: Any) -> None:
    assert result(fund, narrative="Er ligt een plan") == "Er ligt een plan."


def test_a_contribution_says_both_amounts_and_neither_is_computed(fund: Any) -> None:
    given = Contribution.objects.create(
        subject="humanitaire hulp",
        year=2023,
        amount=D(20_000_000),
        recorded_amount=D(21_500_000),
        recorded_currency="USD",
        cover=Cover.objects.get(code="general-means"),
    )
    given.partners.add(fund)
    said = "Nederland gaf in 2023 EUR 20 mln (door het fonds geboekt als US$ 21,5 mln) aan UHF, ten laste van Algemene Middelen: humanitaire hulp."
    assert plain(sentences.contribution(given)) == said


def test_what_is_not_stated_is_said_to_be_not_stated() -> None:
    given = Contribution.objects.create(subject="wereldwijd werk")
    assert (
        sentences.contribution(given)
        == "Nederland gaf in een niet vermeld jaar een bijdrage waarvan het bedrag niet is vermeld: wereldwijd werk."
    )
    foreign = Contribution.objects.create(
        subject="hulp", year=2023, recorded_amount=D(5_000_000), recorded_currency="USD"
    )
    assert (
        plain(sentences.contribution(foreign)) == "Nederland gaf in 2023 US$ 5 mln (zoals het fonds het boekte): hulp."
    )


@pytest.mark.parametrize(
    ("kind", "fields", "said"),
    [
        ("received", {}, "UHF ontving in 2024 US$ 121 mln (stand eind oktober 2024)."),
        ("allocated", {}, "UHF kende in 2024 US$ 121 mln toe (stand eind oktober 2024)."),
        ("pipeline", {}, "Bij UHF was in 2024 nog US$ 121 mln in voorbereiding (stand eind oktober 2024)."),
        (
            "spent-on",
            {"purpose": "winterhulp"},
            "UHF besteedde in 2024 US$ 121 mln aan winterhulp (stand eind oktober 2024).",
        ),
        (
            "reserved-for",
            {"purpose": "winterhulp", "people_reached": D(2_000_000)},
            "UHF reserveerde in 2024 US$ 121 mln voor winterhulp (stand eind oktober 2024), voor 2 miljoen mensen.",
        ),
    ],
)
def test_a_fund_total_says_what_happened_with_the_money(
    kind: str, fields: dict[str, Any], said: str, fund: Any
) -> None:
    made = FundTotal.objects.create(partner=fund, year=2024, kind=kind, amount=D(121_000_000), as_of=OCTOBER, **fields)
    assert plain(sentences.total(made)) == said


def test_an_appeal_says_its_groups_its_parts_and_what_they_leave(fund: Any) -> None:
    made = Appeal.objects.create(
        partner=fund,
        title="Het plan",
        year=2024,
        required=D(274_000_000),
        currency="EUR",
        in_need=D(14_600_000),
        targeted=D(8_500_000),
    )
    AppealGroup.objects.create(appeal=made, label="ontheemden", people=D(3_600_000))
    AppealPart.objects.create(appeal=made, purpose="hulp", amount=D(200_000_000))
    AppealPart.objects.create(appeal=made, purpose="preventie", amount=D(35_000_000))
    assert plain(sentences.appeal(made)) == (
        "Het plan vroeg EUR 274 mln, om 8,5 miljoen van de 14,6 miljoen mensen in nood te bereiken (in nood: 3,6 miljoen ontheemden), "
        "waarvan EUR 200 mln voor hulp, EUR 35 mln voor preventie en EUR 39 mln voor overige doelen."
    )


def test_a_provisional_share_says_its_basis_its_date_and_that_it_is_provisional(fund: Any) -> None:
    given = Contribution.objects.create(
        subject="hulp", year=2024, recorded_amount=D(16_000_000), recorded_currency="USD"
    )
    total = FundTotal.objects.create(partner=fund, year=2024, kind="received", amount=D(121_000_000), as_of=OCTOBER)
    assert plain(sentences.share(Share.objects.create(contribution=given, total=total))) == (
        "Het Nederlandse aandeel was ruim 13 % van wat UHF in 2024 ontving (US$ 121 mln): US$ 16 mln (stand eind oktober 2024). "
        "Dit aandeel is voorlopig tot het jaar is afgesloten."
    )


def test_a_share_that_cannot_be_reckoned_gives_no_figure(fund: Any) -> None:
    given = Contribution.objects.create(subject="hulp", year=2024, amount=D(15_000_000))
    total = FundTotal.objects.create(partner=fund, year=2024, kind="received", amount=D(121_000_000))
    assert (
        sentences.share(Share.objects.create(contribution=given, total=total))
        == "Het Nederlandse aandeel is niet te berekenen: hulp."
    )


def test_partners_are_named_as_papers_name_them() -> None:
    assert str(Partner(name="Internationaal Comité", short_name="ICRC")) == "Internationaal Comité (ICRC)"
