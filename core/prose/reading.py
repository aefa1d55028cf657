"""From written digits to the values they can mean. What has two readings keeps both; nothing is guessed."""

import re
from decimal import Decimal

from core.prose.model import Notation

SPACES = "\u00a0\u202f\u2009 "
DUTCH_THOUSANDS = re.compile(r"\d{1,3}(?:\.\d{3})+")
DUTCH_DECIMALS = re.compile(r"(?:\d{1,3}(?:\.\d{3})+|\d+),\d+")
ENGLISH_THOUSANDS = re.compile(r"\d{1,3}(?:,\d{3})+")
ENGLISH_DECIMALS = re.compile(r"(?:\d{1,3}(?:,\d{3})+|\d+)\.\d+")
SPACED = re.compile(rf"\d{{1,3}}(?:[{SPACES}]\d{{3}})+(?:,\d+)?")


def readings(digits: str) -> tuple[tuple[Decimal, ...], Notation, Decimal]:
    """Return the values, the notation, and one unit in the last place written.

    "480.000" is a Dutch thousand. "20,959" is kept with both readings: an English thousand and three Dutch decimals.
    """
    if SPACED.fullmatch(digits):
        return _one(re.sub(rf"[{SPACES}]", "", digits).replace(",", "."), Notation.DUTCH)
    if digits.isdecimal():
        return _one(digits, Notation.PLAIN)
    if ENGLISH_THOUSANDS.fullmatch(digits):
        thousand = Decimal(digits.replace(",", ""))
        if digits.count(",") > 1:
            return (thousand,), Notation.ENGLISH, Decimal(1)
        return (thousand, Decimal(digits.replace(",", "."))), Notation.EITHER, Decimal(1)
    if DUTCH_THOUSANDS.fullmatch(digits):
        return _one(digits.replace(".", ""), Notation.DUTCH)
    if DUTCH_DECIMALS.fullmatch(digits):
        return _one(digits.replace(".", "").replace(",", "."), Notation.DUTCH)
    if ENGLISH_DECIMALS.fullmatch(digits):
        return _one(digits.replace(",", ""), Notation.ENGLISH)
    return (), Notation.BROKEN, Decimal(1)


def _one(plain: str, notation: Notation) -> tuple[tuple[Decimal, ...], Notation, Decimal]:
    places = len(plain.partition(".")[2])
    return (Decimal(plain),), notation, Decimal(1).scaleb(-places)
