"""Notation that a reader can take in two ways, or that is not the same everywhere in one text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from core.findings import Severity
from core.numbers import format_number
from core.prose.model import Kind, Notation, Number, Remark

SIGN = re.compile(r"€")
CODE = re.compile(r"\bEUR\b")


def remarks(numbers: Sequence[Number]) -> Iterator[Remark]:
    """Yield what should be written otherwise in one text."""
    for number in numbers:
        yield from each(number)
    yield from together(numbers)


def each(number: Number) -> Iterator[Remark]:
    """Yield what one number should be written as."""
    if number.kind.is_figure:
        yield from _one(number)


def together(numbers: Sequence[Number]) -> Iterator[Remark]:
    """Yield what is not the same throughout a text; each names the first number of each way."""
    figures = [number for number in numbers if number.kind.is_figure]
    foreign = [number for number in figures if number.notation in (Notation.ENGLISH, Notation.EITHER)]
    dutch = [number for number in figures if number.notation is Notation.DUTCH]
    if foreign and dutch:
        message = format_lazy(
            _(
                "Two notations in one text: “{foreign}” beside “{dutch}”. Write points for thousands and a comma for decimals throughout."
            ),
            foreign=_short(foreign[0]),
            dutch=_short(dutch[0]),
        )
        yield Remark(
            Severity.WARNING, "notation-mixed", message, foreign[0].start, foreign[0].end, (foreign[0], dutch[0])
        )
    yield from _styles([number for number in figures if number.kind is Kind.AMOUNT])


def _one(number: Number) -> Iterator[Remark]:
    span = (number.start, number.end, (number,))
    if number.notation is Notation.EITHER:
        message = format_lazy(
            _(
                "“{written}” has two readings: {thousand} (English notation) or three decimals. Write {thousand} if the thousand is meant."
            ),
            written=_short(number),
            thousand=format_number(number.readings[0], "nl") if number.readings else "",
        )
        yield Remark(Severity.WARNING, "notation-ambiguous", message, *span)
    elif number.notation is Notation.ENGLISH:
        meant = re.sub(r"\d[\d.,]*", _dutch, number.text, count=1)
        message = format_lazy(
            _("“{written}” is English notation. Write: {meant}."), written=_short(number), meant=" ".join(meant.split())
        )
        yield Remark(Severity.WARNING, "notation-english", message, *span)
    elif number.notation is Notation.BROKEN:
        message = format_lazy(
            _("“{written}” cannot be read as a number. Write for example 12.345,67."), written=_short(number)
        )
        yield Remark(Severity.WARNING, "notation-broken", message, *span)
    if number.unit == "min":
        message = format_lazy(_("“{written}” says “min”; “mln” will be meant."), written=_short(number))
        yield Remark(Severity.WARNING, "notation-min", message, *span)
    if re.search(r" {2,}", number.text):
        message = format_lazy(_("“{written}” holds a double space."), written=number.text)
        yield Remark(Severity.NOTE, "notation-space", message, *span)


def _styles(amounts: Sequence[Number]) -> Iterator[Remark]:
    """One way of writing amounts in one text is easier to read; more than one is worth a note."""
    euros = [number for number in amounts if number.currency == "EUR"]
    for code, first, second in (("sign", "€", "EUR"), ("unit", "mln", "miljoen")):
        one = [number for number in euros if first in number.text]
        two = [number for number in euros if second in number.text]
        if one and two:
            message = format_lazy(
                _("Amounts are written in two ways: “{one}” and “{two}”. Choose one."),
                one=_short(one[0]),
                two=_short(two[0]),
            )
            yield Remark(Severity.NOTE, f"notation-{code}", message, one[0].start, one[0].end, (one[0], two[0]))


def _short(number: Number) -> str:
    return " ".join(number.text.split())


def _dutch(match: re.Match[str]) -> str:
    return match[0].translate(str.maketrans(",.", ".,"))
