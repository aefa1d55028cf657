"""What the numbers of a sentence say together, and whether their wording fits."""

from decimal import Decimal
from typing import Any

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from core.prose import find, notation, sums
from core.prose.hedges import fits
from core.prose.sentences import spans


def told(text: str) -> Any:
    return sums.tell(text, list(spans(text)), find(text))


def codes(text: str) -> list[str]:
    return [remark.code for remark in told(text).remarks]


def follows(text: str) -> dict[str, str]:
    numbers = {number.start: number.text for number in find(text)}
    return {numbers[start]: why for start, why in told(text).follows.items()}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("De inzet neemt licht af (van EUR 21 mln in 2025 naar EUR 15 mln in 2026).", ["wording-light"]),
        ("De inzet neemt licht af (van EUR 16 mln in 2025 naar EUR 15 mln in 2026).", []),
        ("Het budget daalt van EUR 10 mln naar EUR 12 mln.", ["wording-direction"]),
        ("Het budget stijgt sterk, van 100 naar 104 mln.", ["wording-strong"]),
        ("Dat halveert van 10 naar 5 mln.", []),
        ("Dat halveert van 10 naar 7 mln.", ["wording-halved"]),
        ("Van 10 naar 11 mln is geen verdubbeling.", []),
        ("Het bedrag verdubbelt van 10 naar 14 mln.", ["wording-doubled"]),
        ("Het budget daalt van 10 mln. EUR naar 12 mln. EUR.", ["wording-direction"]),
        ("Een daling van 28,6 %: van EUR 21 mln naar EUR 15 mln.", []),
        ("Een daling van 20 %: van EUR 21 mln naar EUR 15 mln.", ["change-percentage"]),
        ("Van EUR 21 mln naar US$ 15 mln, een lichte daling.", []),
        ("Het bedrag komt aan het licht: van 10 naar 20 mln.", []),
    ],
)
def test_a_change_is_held_against_its_wording(text: str, expected: list[str]) -> None:
    assert codes(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("In totaal EUR 35 mln (resp. EUR 20 mln en EUR 15 mln), een van de kanalen.", []),
        ("In totaal EUR 36 mln (resp. EUR 20 mln en EUR 15 mln), een van de kanalen.", ["parts-sum"]),
        ("Samen EUR 25 mln: EUR 15 mln en EUR 10 mln.", []),
        ("Er werden 3,2 mln mensen bereikt, waarvan 1,5 mln vrouwen en 480.000 met een beperking.", []),
        ("Er werden 1 mln mensen bereikt, waarvan 1,5 mln vrouwen.", ["parts-sum"]),
        ("Het budget is EUR 10 mln, waarvan EUR 4 mln hier en EUR 5 mln daar.", ["parts-rest"]),
        ("Hulp voor 8,5 mln van de 14,6 mln mensen (waaronder 3,6 mln, 8,5 mln en 2,5 mln).", ["parts-of-which"]),
        ("Eerst EUR 6 mln en EUR 4 mln, samen EUR 10 mln.", []),
        ("Eerst EUR 6 mln en EUR 4 mln, samen EUR 11 mln.", ["total-sum"]),
        ("Er is 200 mln van de totale 274 mln voor hulp. Daarnaast is 35 mln voor preventie.", ["parts-rest"]),
        ("Zo kregen 710.000 mensen brandstof en 230.000 mensen kleding.", []),
        ("Er kwamen 20,959 mensen, waarvan 30 kinderen.", []),
        ("Dit kost 3 mln euro: 1 mln voor onderdak en 1 mln voor zorg.", ["parts-sum"]),
        ("Dit kost 3 mln euro: 2 mln voor onderdak en 1 mln voor zorg.", []),
        ("De bijdrage is € 3 mln, waarvan 1 mln voor onderdak en 1 mln voor zorg.", ["parts-rest"]),
        ("In totaal € 3 mln: € 1 mln voor onderdak en 1 mln voor zorg.", ["parts-sum"]),
        ("De bijdrage is € 3 mln: € 1 mln voor onderdak, € 1 mln voor zorg en € 2 mln voor water.", ["parts-sum"]),
        ("Het fonds heeft € 25 mln nodig: Nederland geeft € 5 mln en Duitsland € 6 mln.", []),
        ("Er is € 3 mln meer: van € 5 mln naar € 8 mln.", []),
        ("Van de € 3 mln: onder andere € 1 mln voor zorg en € 1 mln voor water.", []),
        ("Met € 3 mln werden 2 mln mensen bereikt: 1 mln vrouwen en 3 mln mannen.", []),
        ("De bijdrage liep op tot € 25 mln: € 10 mln in 2022, € 15 mln in 2023 en € 25 mln in 2024.", []),
        ("De grootste donor na Nederland met € 25 mln: Duitsland € 40 mln en Frankrijk € 30 mln.", []),
        ("Het budget stijgt naar € 30 mln: € 5 mln extra voor zorg en € 3 mln extra voor onderwijs.", []),
        ("Het kost circa € 10 mln: € 3,3 mln voor water, € 3,3 mln voor zorg en € 3,3 mln voor voedsel.", []),
        ("Nederland draagt meer dan € 10 mln bij: € 7 mln via de VN en € 5 mln via ngo's.", []),
        ("Subsidie € 9 mln: € 3 mln per jaar voor zorg, en € 0,5 mln voor evaluatie.", []),
        ("Oekraïne ontvangt € 50 mln: € 20 mln humanitair, € 10 mln voor zorg en het resterende deel later.", []),
        ("Toelichting bij de € 5 mln: vorig jaar € 3 mln, dit jaar € 4 mln.", []),
        ("Voor € 5 mln: € 1 mln voor tenten en € 1 mln voor dekens, plus transport.", []),
        ("Nederland geeft € 5 mln voor ontheemden, waarvan er 6 mln in Oekraïne zijn.", []),
        ("Met € 5 mln steunt Nederland ontheemden, waaronder 6 mln in eigen land.", []),
        ("In totaal is € 20 mln nodig voor hulp aan mensen: 3 mln in steden en 2 mln op het platteland.", []),
        ("De bijdrage bedraagt € 5 mln: UNHCR helpt 8 mln in Oekraïne, 2 mln in Polen en 1 mln in Moldavië.", []),
        ("De totale bijdrage is 10 mln. EUR (resp. 6 mln. EUR en 5 mln. EUR).", ["parts-sum"]),
        ("Eerst 6 mln. EUR en 4 mln. EUR, samen 11 mln. EUR.", ["total-sum"]),
        ("De bijdrage is 10 mln. USD, waarvan 6 mln. USD voor zorg en 5 mln. USD voor water.", ["parts-sum"]),
        ("Zie hieronder: 13 teams voor 11 districten.", []),
    ],
)
def test_parts_are_held_against_their_whole(text: str, expected: list[str]) -> None:
    assert codes(text) == expected


@pytest.mark.parametrize(
    ("text", "severity"),
    [
        ("In totaal EUR 36 mln (resp. EUR 20 mln en EUR 15 mln).", "ERROR"),
        ("Dit kost EUR 3 mln: EUR 1 mln voor onderdak en EUR 1 mln voor zorg.", "WARNING"),
        ("In totaal 36 mln euro (resp. 20 mln voor hulp en 15 mln voor zorg).", "WARNING"),
    ],
)
def test_what_the_sentence_only_suggests_is_a_warning(text: str, severity: str) -> None:
    assert [remark.severity.name for remark in told(text).remarks] == [severity]


def test_the_wording_names_the_change_itself() -> None:
    with translation.override("en"):
        (remark,) = told("De inzet neemt licht af: van EUR 21 mln naar EUR 15 mln.").remarks
        assert (
            str(remark.message) == "“licht af” does not fit: from 21 mln to 15 mln is -28,6 %. “Licht” is at most 10 %."
        )


def test_a_share_follows_from_amounts_of_one_currency_close_by() -> None:
    assert follows("Het fonds kreeg US$ 182 mln. Nederland gaf US$ 21,5 mln, een aandeel van bijna 12 %.") == {
        "12 %": "21,5 mln / 182 mln = 11,81 %"
    }
    assert follows("Het fonds kreeg US$ 182 mln. Nederland gaf EUR 21,5 mln, een aandeel van bijna 12 %.") == {}
    assert follows("Het fonds kreeg US$ 182 mln. Nederland gaf US$ 21,5 mln, een aandeel van ruim 12 %.") == {}


def test_a_total_follows_from_its_parts() -> None:
    assert follows("Samen EUR 35 mln: EUR 20 mln en EUR 15 mln.") == {"EUR 35 mln": "20 mln + 15 mln = 35 mln"}


@pytest.mark.parametrize(
    ("written", "value", "expected"),
    [
        ("bijna 12 %", "11.81", True),
        ("bijna 12 %", "12", False),
        ("bijna 12 %", "11.4", False),
        ("ruim 13 %", "13.22", True),
        ("ruim 13 %", "13", False),
        ("ruim 13 %", "13.6", False),
        ("5 %", "5.47", True),
        ("5 %", "5.5", False),
        ("5,5 %", "5.47", True),
        ("circa 100", "104", True),
        ("circa 100", "106", False),
        ("bijna 7 mln", "6900000", True),
        ("EUR 15 mln", "15000000", True),
        ("EUR 15 mln", "15200000", False),
        ("meer dan 100", "101", True),
        ("meer dan 100", "100", False),
        ("minder dan 100", "99", True),
        ("minstens 100", "100", True),
        ("precies 100", "100", True),
    ],
)
def test_a_wording_fits_a_value_or_not(written: str, value: str, expected: bool) -> None:
    (number,) = find(written)
    assert fits(number, number.readings[0], Decimal(value)) is expected


@given(st.integers(1, 9900).map(lambda hundredths: Decimal(hundredths).scaleb(-2)))
def test_almost_and_over_never_fit_the_same_value(value: Decimal) -> None:
    (almost,), (over,) = find("bijna 12 %"), find("ruim 12 %")
    assert not (fits(almost, Decimal(12), value) and fits(over, Decimal(12), value))


@given(st.lists(st.integers(min_value=1, max_value=900), min_size=2, max_size=4))
def test_parts_that_add_up_are_never_called_wrong(parts: list[int]) -> None:
    listed = " en ".join(f"EUR {part} mln" for part in parts)
    assert codes(f"In totaal EUR {sum(parts)} mln: {listed}.") == []
    assert codes(f"In totaal EUR {sum(parts) + 1} mln: {listed}.") == ["parts-sum"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Het kost 480.000 en 21,5.", []),
        ("Het kost 20,959 en 480.000.", ["notation-ambiguous", "notation-mixed"]),
        ("Nodig is US$ 3.1 miljard, niet 21,5.", ["notation-english", "notation-mixed"]),
        ("Nodig is US$ 3.1 miljard.", ["notation-english"]),
        ("EUR 2 min", ["notation-min"]),
        ("€ 5 mln en EUR 6 miljoen", ["notation-sign", "notation-unit"]),
        ("EUR  15 mln", ["notation-space"]),
        ("12.345.67", ["notation-broken"]),
    ],
)
def test_notation_with_two_readings_is_named(text: str, expected: list[str]) -> None:
    assert [remark.code for remark in notation.remarks(find(text))] == expected


def test_sentences_end_where_a_reader_ends_them() -> None:
    text = "Dat is art. 4.1 van de wet. Zie nr. 12 jl. Daarna c.s. Dobbe.\n\nNieuw\n- punt een\n- punt twee"
    assert [" ".join(text[a:b].split()) for a, b in spans(text)] == [
        "Dat is art. 4.1 van de wet.",
        "Zie nr. 12 jl. Daarna c.s. Dobbe.",
        "Nieuw",
        "- punt een",
        "- punt twee",
    ]
    assert "".join(text[a:b] for a, b in spans(text)) == text
