"""How a figure is worded in a Dutch paper, and whether a wording fits its value.

A wording never hides a rounding: an amount is written in millions only when that loses nothing, and a share that is
not a whole percentage says so ("bijna 12 %", "ruim 13 %"). Conventions and thresholds: docs/papers.md.
"""

from decimal import ROUND_HALF_UP, Decimal

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.numbers import NO_BREAK, format_number, format_percentage

MILLION, BILLION = Decimal(10**6), Decimal(10**9)
MOST_DECIMALS = 3  # "EUR 1,234 mln" is readable; more is clearer in full


class AmountForm(models.TextChoices):
    """The ways to write an amount in a text. The value is stored in the text's figure node."""

    CODE_MILLION = "code-miljoen", _("EUR 25 miljoen")
    CODE_MLN = "code-mln", _("EUR 25 mln")
    SIGN_MLN = "teken-mln", _("€ 25 mln")
    CODE_FULL = "code-vol", _("EUR 25.000.000")
    SIGN_FULL = "teken-vol", _("€ 25.000.000")


class NumberForm(models.TextChoices):
    """The ways to write a count of people or things."""

    FULL = "vol", _("480.000")
    MILLION = "miljoen", _("3,2 miljoen")
    MLN = "mln", _("3,2 mln")


class ShareForm(models.TextChoices):
    """The ways to write a share."""

    HEDGED = "ongeveer", _("bijna 12 %")
    EXACT = "twee-decimalen", _("11,81 %")


SIGNS = {"EUR": "€", "USD": "US$", "GBP": "£"}
CODES = {"USD": "US$"}  # as the papers of the field write it; other currencies by their ISO code


def amount(value: Decimal, form: str, currency: str = "EUR", language: str = "nl") -> str:
    """Word an amount. Falls back to the full form when the millions form would need more than three decimals."""
    sign = form in (AmountForm.SIGN_MLN, AmountForm.SIGN_FULL)
    name = SIGNS.get(currency, currency) if sign else CODES.get(currency, currency)
    if form in (AmountForm.CODE_MILLION, AmountForm.CODE_MLN, AmountForm.SIGN_MLN):
        unit = _unit(long=form == AmountForm.CODE_MILLION, language=language)
        scaled = value / MILLION
        if abs(value) >= BILLION and _fits(value / BILLION):
            unit, scaled = _unit(long=form == AmountForm.CODE_MILLION, language=language, billion=True), value / BILLION
        if _fits(scaled) and abs(scaled) >= Decimal("0.1"):
            return f"{name}{NO_BREAK}{format_number(scaled, language)}{NO_BREAK}{unit}"
    places = 0 if value == value.to_integral_value() else 2
    return f"{name}{NO_BREAK}{format_number(value, language, places)}"


def number(value: Decimal, form: str = NumberForm.FULL, language: str = "nl") -> str:
    """Word a count, with its own decimals. Falls back to full digits when millions would need more than three decimals."""
    scaled = value / MILLION
    if form in (NumberForm.MILLION, NumberForm.MLN) and _fits(scaled) and abs(scaled) >= Decimal("0.1"):
        return f"{format_number(scaled, language)}{NO_BREAK}{_unit(long=form == NumberForm.MILLION, language=language)}"
    return format_number(value, language)


def share(ratio: Decimal, form: str = ShareForm.HEDGED, language: str = "nl") -> str:
    """Word a ratio (0.1181…) as a percentage: "bijna 12 %", "ruim 13 %", "15 %", or with two decimals.

    "Bijna x" is x - 0.5 ≤ value < x, "ruim x" is x < value < x + 0.5 (DOMAIN 5.3, rule 5).
    """
    percent = ratio * 100
    if form == ShareForm.EXACT:
        return format_percentage(percent.quantize(Decimal("0.01"), rounding=ROUND_HALF_UP), language, 2)
    whole = percent.quantize(Decimal(1), rounding=ROUND_HALF_UP)
    text = format_percentage(whole, language, 0)
    if whole == percent:
        return text
    almost, over = ("almost", "just over") if language.startswith("en") else ("bijna", "ruim")
    return f"{almost if percent < whole else over} {text}"


def share_range(low: Decimal, high: Decimal, language: str = "nl") -> str:
    """Word two ratios as a range with two decimals: "tussen 11,68 % en 11,81 %"; one percentage when they read the same."""
    first, last = (share(ratio, ShareForm.EXACT, language) for ratio in (min(low, high), max(low, high)))
    if first == last:
        return first
    return f"between {first} and {last}" if language.startswith("en") else f"tussen {first} en {last}"


def _fits(scaled: Decimal) -> bool:
    exponent = scaled.normalize().as_tuple().exponent
    return isinstance(exponent, int) and -exponent <= MOST_DECIMALS


def _unit(long: bool, language: str, billion: bool = False) -> str:
    if language.startswith("en"):
        return ("billion" if long else "bn") if billion else ("million" if long else "mln")
    return ("miljard" if long else "mld") if billion else ("miljoen" if long else "mln")
