"""Numbers, amounts, percentages and dates as people write them, in Dutch and in English, both ways.

Reading refuses what has two readings instead of guessing: `1.234` is a thousand in a Dutch text and a fraction in an
English one, and a guess there is how a factor 1000 gets into a budget. Everything is `Decimal`; nothing is rounded.
Conventions: decimal comma and thousands point in Dutch (taaladvies.net), the other way round in English.
"""

import datetime
import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

LONGEST = 60  # characters; no written number is longer
MOST_FIGURES = 18
LARGEST = 24  # figures before the point after scaling, with room for decimals below the 28 of the decimal context
NO_BREAK = "\u00a0"


class Unreadable(ValueError):
    """The text cannot be read as what was asked for. `message` tells the user what to type instead."""

    def __init__(self, message: str | Promise, code: str = "invalid") -> None:
        super().__init__(str(message))
        self.message, self.code = message, code


@dataclass(frozen=True)
class Notation:
    """How one language writes numbers."""

    decimal: str
    thousands: str
    units: dict[str, int]
    example: str
    wrong_notation: str | Promise

    @cached_property
    def marks(self) -> dict[int, int]:
        """The marks of Python's own notation in this one."""
        return str.maketrans(",.", self.thousands + self.decimal)


DUTCH = Notation(
    ",",
    ".",
    {"k": 3, "duizend": 3, "m": 6, "mln": 6, "miljoen": 6, "mld": 9, "miljard": 9},
    "1.234.567,89",
    _("Use a comma for decimals and points for thousands, for example 1.234.567,89."),
)
ENGLISH = Notation(
    ".",
    ",",
    {"k": 3, "thousand": 3, "m": 6, "mn": 6, "mln": 6, "million": 6, "bn": 9, "billion": 9},
    "1,234,567.89",
    _("Use a point for decimals and commas for thousands, for example 1,234,567.89."),
)
NOTATIONS = {"nl": DUTCH, "en": ENGLISH}


def notation(language: str) -> Notation:
    """Return how a language writes numbers; `nl-NL` reads as `nl`."""
    return NOTATIONS["en" if language.startswith("en") else "nl"]


# -- numbers and amounts --------------------------------------------------------------------------------------------


def parse_number(text: str, language: str, places: int = 2) -> Decimal:
    """Read a number such as `1.234,5`, `2,5 mln` or `-3`, with at most `places` decimals after scaling."""
    tidy = _tidy(text)
    style = notation(language)
    match = _pattern(style).match(tidy)
    if not match:
        raise _why_not(tidy, style)
    unit = match["unit"].lower().rstrip(".")
    if unit not in style.units and unit:
        raise Unreadable(
            format_lazy(
                _("“{unit}” is not a unit. Use for example {units}."), unit=unit[:20], units=", ".join(style.units)
            ),
            "unit",
        )
    fraction = "" if match["fraction"] in (None, "-") else match["fraction"]
    digits = match["whole"].replace(style.thousands, "").replace(" ", "")
    if len(digits + fraction) > MOST_FIGURES or len(digits) + style.units.get(unit, 0) > LARGEST:
        raise Unreadable(_("This is too long to be a number."), "too_long")
    value = Decimal(f"{digits}.{fraction}" if fraction else digits).scaleb(style.units.get(unit, 0))
    if value != value.quantize(Decimal(1).scaleb(-places)):
        raise _too_many_decimals(match, style, places)
    value = value.quantize(Decimal(1).scaleb(-places))
    return -value if match["sign"] else value


def parse_amount(text: str, language: str) -> Decimal:
    """Read an amount in EUR such as `€ 15.000`, `15 mln` or `10,-`. Other currencies and a third decimal are refused."""
    tidy = _tidy(text)
    if re.match(r"(?i)(us\$|\$|usd|£|gbp|chf|uah|₴)", tidy) or re.search(r"(?i)(\$|usd|gbp|chf|uah)$", tidy):
        raise Unreadable(
            _("This amount is in euros. A foreign amount has a field of its own, with its currency and rate."),
            "currency",
        )
    tidy = re.sub(r"(?i)^(-?)\s*(?:€|eur(?:o)?\b)\s*", r"\1", tidy)
    tidy = re.sub(r"(?i)\s*(?:€|\beuro?)$", "", tidy)
    return parse_number(tidy, language)


def parse_percentage(text: str, language: str, places: int = 2) -> Decimal:
    """Read a percentage such as `12,5 %` as percentage points (12.50)."""
    tidy = _tidy(text)
    return parse_number(re.sub(r"\s*(?:%|procent|percent|per cent)$", "", tidy), language, places)


def format_number(value: Decimal | int, language: str, places: int | None = None) -> str:
    """Write a number. With `places` exactly that many decimals; without, as many as it has."""
    style = notation(language)
    number = Decimal(value)
    if places is None:
        number = number.quantize(Decimal(1)) if number == number.to_integral_value() else number.normalize()
        text = f"{number:,f}"
    else:
        text = f"{number:,.{places}f}"
    return text.translate(style.marks)


SYMBOLS = {"EUR": "€", "USD": "US$", "GBP": "£"}


def format_amount(value: Decimal, language: str, currency: str = "EUR") -> str:
    """Write an amount in full for screens, such as `€ 1.234.567,89`, with no-break spaces."""
    symbol = SYMBOLS.get(currency, currency)
    sign = "-" if value < 0 else ""
    gap = "" if language.startswith("en") and currency in ("EUR", "GBP", "USD") else NO_BREAK
    return f"{sign}{symbol}{gap}{format_number(abs(value), language, 2)}"


def format_percentage(value: Decimal, language: str, places: int | None = None) -> str:
    """Write percentage points: `11,81 %` in Dutch (with a no-break space), `11.81%` in English."""
    gap = "" if language.startswith("en") else NO_BREAK
    return f"{format_number(value, language, places)}{gap}%"


def _tidy(text: str) -> str:
    tidy = re.sub(r"[\u00a0\u202f\u2009\s]+", " ", str(text)).strip()
    if len(tidy) > LONGEST:
        raise Unreadable(_("This is too long to be a number."), "too_long")
    return re.sub(r"^[\u2212\u2012\u2013]\s*", "-", tidy)


def _pattern(style: Notation) -> re.Pattern[str]:
    group, decimal = re.escape(style.thousands), re.escape(style.decimal)
    whole = rf"[0-9]{{1,3}}(?:{group}[0-9]{{3}})+|[0-9]{{1,3}}(?: [0-9]{{3}})+|[0-9]+"
    return re.compile(
        rf"(?i)^(?P<sign>-)?\s*(?P<whole>{whole})(?:{decimal}(?P<fraction>[0-9]+|-))?\s*(?P<unit>[a-z]*\.?)$"
    )


def _why_not(tidy: str, style: Notation) -> Unreadable:
    other = ENGLISH if style is DUTCH else DUTCH
    digits_only = re.sub(r"[^0-9.,]", "", tidy)
    if (
        _pattern(other).match(tidy)
        or digits_only.count(style.decimal) > 1
        or re.search(r"\..*,.*\.|,.*\..*,", digits_only)
    ):
        return Unreadable(style.wrong_notation, "notation")
    if re.search(rf"[0-9]{re.escape(style.thousands)}[0-9]", tidy):
        return Unreadable(
            format_lazy(
                _("A “{mark}” separates groups of three digits, as in {example}."),
                mark=style.thousands,
                example=style.example,
            ),
            "groups",
        )
    return Unreadable(
        format_lazy(
            _("Enter a number, for example {example} or {short}."),
            example=style.example,
            short=f"2{style.decimal}5 mln",
        ),
        "invalid",
    )


def _too_many_decimals(match: re.Match[str], style: Notation, places: int) -> Unreadable:
    digits = match["whole"].replace(style.thousands, "").replace(" ", "")
    if match["fraction"] and len(match["fraction"]) == 3 and not match["unit"] and int(digits):
        thousand = f"{int(digits + match['fraction']):,}".replace(",", style.thousands)
        return Unreadable(
            format_lazy(
                _(
                    "Three decimals could mean a thousand. Type {thousand} for the thousand, or at most {places} decimals."
                ),
                thousand=thousand,
                places=places,
            ),
            "decimals",
        )
    return Unreadable(format_lazy(_("Use at most {places} decimals."), places=places), "decimals")


# -- dates ----------------------------------------------------------------------------------------------------------

MONTHS = {
    "nl": [
        "januari",
        "februari",
        "maart",
        "april",
        "mei",
        "juni",
        "juli",
        "augustus",
        "september",
        "oktober",
        "november",
        "december",
    ],
    "en": [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ],
}
SHORT_MONTHS = {"mrt": 3, "mar": 3, "oct": 10, "okt": 10}


def parse_date(text: str, language: str) -> datetime.date:
    """Read a date: `4 februari 2026`, `4 feb 2026`, `04-02-2026` (day first) or `2026-02-04`. Slashes are refused."""
    tidy = _tidy(text).lower()
    example = format_date(datetime.date(2026, 2, 4), language)
    wrong = Unreadable(format_lazy(_("Enter a date, for example {example} or 04-02-2026."), example=example), "date")
    if "/" in tidy:
        raise Unreadable(
            format_lazy(_("A date with slashes has two readings. Type for example {example}."), example=example), "date"
        )
    if match := re.fullmatch(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})", tidy):
        year, month, day = (int(part) for part in match.groups())
    elif match := re.fullmatch(r"([0-9]{1,2})[-. ]([0-9]{1,2})[-. ]([0-9]{4})", tidy):
        day, month, year = (int(part) for part in match.groups())
    elif match := re.fullmatch(r"([0-9]{1,2}) ([a-z]+)\.? ([0-9]{4})", tidy):
        day, month, year = int(match[1]), _month(match[2]), int(match[3])
    else:
        raise wrong
    try:
        return datetime.date(year, month, day)
    except ValueError:
        raise wrong from None


def _month(name: str) -> int:
    for months in MONTHS.values():
        for number, month in enumerate(months, 1):
            if len(name) >= 3 and month.lower().startswith(name):
                return number
    return SHORT_MONTHS.get(name, 0)


def format_date(value: datetime.date, language: str) -> str:
    """Write a date in full: `4 februari 2026`, `4 February 2026`."""
    return f"{value.day} {month_name(value.month, language)} {value.year}"


def month_name(month: int, language: str) -> str:
    """Return a month's name (1 is January)."""
    return MONTHS["en" if language.startswith("en") else "nl"][month - 1]


def plain(value: Any) -> str:
    """Write a number for machines: digits, a point, no exponent, no trailing zeros after the point."""
    number = Decimal(value)
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
