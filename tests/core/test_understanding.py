"""What the register says it understood of what is typed."""

from typing import Any

import pytest
from django.urls import reverse

pytestmark = pytest.mark.django_db


def ask(client: Any, kind: str, typed: str) -> Any:
    return client.get(reverse("understand", args=[kind]), {"q": typed})


@pytest.mark.parametrize(
    ("kind", "typed", "text", "value"),
    [
        ("amount", "15 mln", "€\u00a015.000.000,00", "15000000"),
        ("amount", "€ 1.234.567,89", "€\u00a01.234.567,89", "1234567.89"),
        ("amount", "10,-", "€\u00a010,00", "10"),
        ("number", "4,3 miljoen", "4.300.000", "4300000"),
        ("percentage", "12,5 %", "12,5\u00a0%", "12.5"),
        ("date", "4 feb 2026", "4 februari 2026", None),
        ("date", "2026-02-04", "4 februari 2026", None),
    ],
)
def test_what_is_typed_is_read_back(
    kind: str, typed: str, text: str, value: str | None, officer: Any, enter: Any
) -> None:
    answer = ask(enter(officer), kind, typed).json()
    assert (answer["text"], answer.get("value")) == (text, value)


def test_english_screens_read_english_notation(officer: Any, enter: Any) -> None:
    officer.language = "en"
    officer.save()
    client = enter(officer)
    assert ask(client, "amount", "1,234.56").json()["text"] == "€1,234.56"
    assert "1,234,567.89" in ask(client, "amount", "1.234,56").json()["error"]


@pytest.mark.parametrize(
    ("kind", "typed", "said"),
    [
        ("amount", "1,234.56", "komma voor decimalen"),
        ("amount", "1,234", "Drie decimalen"),
        ("amount", "12.345.67", "groepen van drie"),
        ("amount", "$ 15", "in euro"),
        ("amount", "15 appels", "geen eenheid"),
        ("amount", "9" * 50, "te lang"),
        ("amount", "9" * 100_000, "te lang"),
        ("amount", "1" * 18 + " mld", "te lang"),
        ("amount", "NaN", "Vul een getal in"),
        ("amount", "1e9", "Vul een getal in"),
        ("amount", "٣", "Vul een getal in"),
        ("amount", "a\x00b", "Vul een getal in"),
        ("amount", "<script>alert(1)</script>", "Vul een getal in"),
        ("percentage", "x %", "Vul een getal in"),
        ("date", "04/02/2026", "op twee manieren te lezen"),
        ("date", "31 februari 2026", "Vul een datum in"),
        ("date", "4 februari 99999999999999", "Vul een datum in"),
    ],
)
def test_what_cannot_be_read_says_what_to_type(kind: str, typed: str, said: str, officer: Any, enter: Any) -> None:
    answer = ask(enter(officer), kind, typed)
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/json"
    assert said in answer.json()["error"]


@pytest.mark.parametrize("typed", ["", " ", "\u00a0\t"])
def test_nothing_typed_says_nothing(typed: str, officer: Any, enter: Any) -> None:
    assert ask(enter(officer), "amount", typed).json() == {"text": ""}


def test_half_a_character_is_answered(officer: Any, enter: Any) -> None:
    assert "error" in enter(officer).get(reverse("understand", args=["amount"]) + "?q=%ED%A0%80").json()


def test_an_unknown_kind_is_not_found(officer: Any, enter: Any) -> None:
    assert ask(enter(officer), "onbekend", "5").status_code == 404


def test_it_answers_who_is_signed_in_and_only_when_asked(officer: Any, client: Any, enter: Any) -> None:
    assert ask(client, "amount", "5").status_code == 302
    assert enter(officer).post(reverse("understand", args=["amount"]), {"q": "5"}).status_code == 405
