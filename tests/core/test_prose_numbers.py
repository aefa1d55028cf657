"""Every number in Dutch prose is found, with its place and what it is."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.prose import Hedge, Kind, Notation, find

# Sentences of our own in the shapes that forms and notas of the field have; the figures are those of DOMAIN 5.2.
FIGURES: list[tuple[str, list[tuple[str, Kind, list[str], str]]]] = [
    ("Er is EUR 15 miljoen voor twee partners.", [("EUR 15 miljoen", Kind.AMOUNT, ["15000000"], "EUR"), ("twee", Kind.COUNT, ["2"], "")]),
    ("Van EUR 21 mln in 2025 naar EUR  15 mln.", [("EUR 21 mln", Kind.AMOUNT, ["21000000"], "EUR"), ("EUR  15 mln", Kind.AMOUNT, ["15000000"], "EUR")]),
    ("Een bijdrage (EUR 6 mln) en nog een (€4,5 mln).", [("EUR 6 mln", Kind.AMOUNT, ["6000000"], "EUR"), ("€4,5 mln", Kind.AMOUNT, ["4500000"], "EUR")]),
    ("Het kost € 1.234.567,89 of 10,- euro.", [("€ 1.234.567,89", Kind.AMOUNT, ["1234567.89"], "EUR"), ("10,- euro", Kind.AMOUNT, ["10"], "EUR")]),
    ("Het fonds ontving in 2023 US$ 182 mln.", [("US$ 182 mln", Kind.AMOUNT, ["182000000"], "USD")]),
    ("Nodig was US$ 3.1 miljard (tegen US$ 3.9 miljard).", [("US$ 3.1 miljard", Kind.AMOUNT, ["3100000000"], "USD"), ("US$ 3.9 miljard", Kind.AMOUNT, ["3900000000"], "USD")]),
    ("Gegeven is US$ 16\nmiljoen per eind oktober 2024.", [("US$ 16\nmiljoen", Kind.AMOUNT, ["16000000"], "USD")]),
    ("Akkoord met EUR 2 min t b v hulp.", [("EUR 2 min", Kind.AMOUNT, ["2000000"], "EUR")]),
    ("In 2 min is het klaar.", [("2", Kind.COUNT, ["2"], "")]),
    ("Ongeveer 3,6 mln mensen.", [("3,6 mln", Kind.COUNT, ["3600000"], "")]),
    ("Zo'n 20,959 mensen en 480.000 anderen.", [("20,959", Kind.COUNT, ["20959", "20.959"], ""), ("480.000", Kind.COUNT, ["480000"], "")]),
    ("Wel 5 095 huizen.", [("5 095", Kind.COUNT, ["5095"], "")]),
    ("Tot 1,234,567.50 toe.", [("1,234,567.50", Kind.COUNT, ["1234567.50"], "")]),
    ("Dit staat er fout: 12.345.67.", [("12.345.67", Kind.COUNT, [], "")]),
    ("Het aandeel is bijna 12 % en later ruim 13%.", [("12 %", Kind.PERCENTAGE, ["12"], ""), ("13%", Kind.PERCENTAGE, ["13"], "")]),
    ("Een kwart van de mensen, de helft van de huizen.", [("Een kwart", Kind.PERCENTAGE, ["25"], ""), ("de helft", Kind.PERCENTAGE, ["50"], "")]),
    ("Van 15 naar 21 mln euro.", [("15", Kind.AMOUNT, ["15000000"], "EUR"), ("21 mln euro", Kind.AMOUNT, ["21000000"], "EUR")]),
    ("Tussen 10 en 15 % lager.", [("10", Kind.PERCENTAGE, ["10"], ""), ("15 %", Kind.PERCENTAGE, ["15"], "")]),
    ("EUR 5, 10 en 15 mln.", [("EUR 5", Kind.AMOUNT, ["5000000"], "EUR"), ("10", Kind.AMOUNT, ["10000000"], "EUR"), ("15 mln", Kind.AMOUNT, ["15000000"], "EUR")]),
    ("Van 3 mln euro gaat 1 mln naar zorg.", [("3 mln euro", Kind.AMOUNT, ["3000000"], "EUR"), ("1 mln", Kind.AMOUNT, ["1000000"], "EUR")]),
    ("Dit kost EUR 3 mln. Daarvan is 1 mln voor zorg.", [("EUR 3 mln", Kind.AMOUNT, ["3000000"], "EUR"), ("1 mln", Kind.AMOUNT, ["1000000"], "EUR")]),
    ("Dit kost EUR 3 mln. Er is 1 mln voor zorg.", [("EUR 3 mln", Kind.AMOUNT, ["3000000"], "EUR"), ("1 mln", Kind.COUNT, ["1000000"], "")]),
    ("Met € 20 mln zijn 5 mln mensen geholpen. Daarvan is 3 mln voor het eerst geholpen.", [("€ 20 mln", Kind.AMOUNT, ["20000000"], "EUR"), ("5 mln", Kind.COUNT, ["5000000"], ""), ("3 mln", Kind.COUNT, ["3000000"], "")]),
    ("Met € 3 mln zijn er 2 mln bereikt.", [("€ 3 mln", Kind.AMOUNT, ["3000000"], "EUR"), ("2 mln", Kind.COUNT, ["2000000"], "")]),
    ("Met € 3 mln en US$ 2 mln is 1 mln over.", [("€ 3 mln", Kind.AMOUNT, ["3000000"], "EUR"), ("US$ 2 mln", Kind.AMOUNT, ["2000000"], "USD"), ("1 mln", Kind.COUNT, ["1000000"], "")]),
    ("Anderhalf miljoen mensen in zes maanden.", [("Anderhalf miljoen", Kind.COUNT, ["1500000"], ""), ("zes", Kind.COUNT, ["6"], "")]),
    ("Een “Blauw Huis” is open, voor drie andere tenten niet.", [("drie", Kind.COUNT, ["3"], "")]),
    ("Een “Blauwe Haven” is open; drie andere Blauwe Havens volgen.", [("Een", Kind.COUNT, ["1"], ""), ("drie", Kind.COUNT, ["3"], "")]),
    ("Dat is -28,6 % op 2000 mensen.", [("-28,6 %", Kind.PERCENTAGE, ["-28.6"], ""), ("2000", Kind.COUNT, ["2000"], "")]),
    ("13 teams voor 11 districten, 107 konvooien, 42 ziekenhuizen, 1.268 personen.", [("13", Kind.COUNT, ["13"], ""), ("11", Kind.COUNT, ["11"], ""), ("107", Kind.COUNT, ["107"], ""), ("42", Kind.COUNT, ["42"], ""), ("1.268", Kind.COUNT, ["1268"], "")]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), FIGURES)
def test_figures_are_found_with_value_and_currency(text: str, expected: list[tuple[str, Kind, list[str], str]]) -> None:
    found = [number for number in find(text) if number.kind.is_figure]
    assert [(n.text, n.kind, list(n.readings), n.currency) for n in found] == [
        (written, kind, [Decimal(value) for value in values], currency) for written, kind, values, currency in expected
    ]
    assert all(text[n.start : n.end] == n.text for n in found)


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("Op 4 februari 2026 en op 16 januari jl.", [Kind.DATE, Kind.DATE]),
        ("Eind oktober 2024, 2026-02-04 en 04-02-2026.", [Kind.DATE, Kind.DATE, Kind.DATE]),
        ("Sinds 2022, in 2023/24 en in winter 24/25.", [Kind.YEAR, Kind.PERIOD, Kind.PERIOD]),
        ("Om 12.30 uur en om 09:15.", [Kind.TIME, Kind.TIME]),
        ("Te weinig geld om eten te kopen1. Sindsdien …", [Kind.FOOTNOTE]),
        ("Zoals gezegd.2 Daarna …", [Kind.FOOTNOTE]),
        ("Een som uit kopen1.\n\n1 Wereldbank, rapport", [Kind.FOOTNOTE, Kind.FOOTNOTE]),
        ("Volgens art. 2.27 lid 2 CW en artikel 4.1.", [Kind.ARTICLE, Kind.ARTICLE, Kind.ARTICLE]),
        ("Het CW 3.1-formulier, ook CW3.1.", [Kind.ARTICLE, Kind.ARTICLE]),
        ("Kamerstuk 36 045, nr. 165, en 31 865 nr. 231.", [Kind.DOCUMENT, Kind.DOCUMENT]),
        ("Kamerstukken II 2023/24, 36 045, nr. 12", [Kind.DOCUMENT]),
        ("Zie bijlage 1, tabel 2 en pagina 12.", [Kind.REFERENCE, Kind.REFERENCE, Kind.REFERENCE]),
        ("1. Doel(en)\n2) Instrument", [Kind.LABEL, Kind.LABEL]),
        ("Kenmerk BZ2600000, 7Roses, G7, COVID-19, m2.", [Kind.CODE] * 5),
        ("Rijnstraat 8, 2515 XP Den Haag", [Kind.COUNT, Kind.CODE]),
        ("Zie https://voorbeeld.nl/1/23 en post4@voorbeeld.nl", [Kind.ADDRESS, Kind.ADDRESS]),
    ],
)
def test_what_only_names_something_is_told_apart(text: str, kinds: list[Kind]) -> None:
    assert [number.kind for number in find(text)] == kinds


def test_a_year_beside_a_country_code_is_a_year() -> None:
    assert [number.kind for number in find("In 2024 NL droeg bij.")] == [Kind.YEAR]


@pytest.mark.parametrize(
    ("text", "hedge", "word"),
    [
        ("bijna 12 %", Hedge.ALMOST, "bijna"),
        ("ruim 13 %", Hedge.OVER, "ruim"),
        ("naar schatting ruim 1,5 mln", Hedge.OVER, "ruim"),
        ("ligt rond 3,6 mln", Hedge.ABOUT, "rond"),
        ("circa EUR 5 mln", Hedge.ABOUT, "circa"),
        ("zo’n 40 scholen", Hedge.ABOUT, "zo’n"),
        ("meer dan 1.000", Hedge.MORE, "meer dan"),
        ("minstens vijf", Hedge.LEAST, "minstens"),
        ("ruimte voor 5", Hedge.NONE, ""),
        ("5", Hedge.NONE, ""),
    ],
)
def test_the_wording_in_front_of_a_number_is_read(text: str, hedge: Hedge, word: str) -> None:
    (number,) = find(text)
    assert (number.hedge, number.hedge_word) == (hedge, word)
    assert text[number.from_ : number.end].startswith(word)


def test_a_sentence_ends_after_a_number_without_taking_its_point_along() -> None:
    assert [number.text for number in find("Dat is EUR 5 mln. Daarna EUR 6 mln. per jaar.")] == [
        "EUR 5 mln",
        "EUR 6 mln.",
    ]


def test_notation_tells_english_from_dutch() -> None:
    told = {number.text: number.notation for number in find("21,5 en 3.1 en 480.000 en 20,959 en 15 en 1.2.3")}
    assert told == {
        "21,5": Notation.DUTCH,
        "3.1": Notation.ENGLISH,
        "480.000": Notation.DUTCH,
        "20,959": Notation.EITHER,
        "15": Notation.PLAIN,
        "1.2.3": Notation.BROKEN,
    }


PIECES = st.lists(
    st.one_of(
        st.sampled_from([" ", "\n", "EUR ", "€", "US$ ", "%", " mln", " miljoen", ",", ".", "-", "–", "(", ")", "kopen", "art. ", "en ", "2024", "20,959", "1.268", "nr. ", "‒ ", "één", "¹", "36 045", "12.345.67"]),
        st.text(alphabet="0123456789.,- abzé%€$/:\u00a0", max_size=6),
    ),
    max_size=25,
).map("".join)  # fmt: skip


@given(PIECES)
def test_no_digit_of_any_text_is_missed_and_none_is_counted_twice(text: str) -> None:
    covered: list[Any] = [0] * len(text)
    for number in find(text):
        assert text[number.start : number.end] == number.text
        for place in range(number.start, number.end):
            covered[place] += 1
    assert max(covered, default=0) <= 1
    assert [c for c, hits in zip(text, covered, strict=True) if c.isdecimal() and c.isascii() and not hits] == []
