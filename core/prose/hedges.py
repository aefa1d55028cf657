"""The wording around a number ("bijna", "ruim", "circa") and whether it fits a value.

The rules (docs/papers.md): "bijna x" is a little below x and never x itself, "ruim x" a little above; a little is half of the last
place written, or a twentieth for large numbers. "Circa x" is within a twentieth. "Licht" is at most a tenth.
"""

from __future__ import annotations

import re
from decimal import Decimal

from core.prose.model import Hedge, Kind, Number

WORDS: dict[Hedge, str] = {
    Hedge.EXACT: r"precies|exact",
    Hedge.ALMOST: r"bijna|krap|net geen|een kleine|haast|net iets minder dan",
    Hedge.MORE: r"meer dan|boven de",
    Hedge.LESS: r"minder dan|onder de",
    Hedge.OVER: r"ruim|dik|een dikke|iets meer dan|net iets meer dan",
    Hedge.ABOUT: r"circa|ca\.|rond(?: de| het)?|ongeveer|zo['’]n|plusminus|om en nabij(?: de)?|naar schatting|grofweg|±|~",
    Hedge.LEAST: r"minstens|ten minste|tenminste|minimaal|maar liefst",
    Hedge.MOST: r"hoogstens|ten hoogste|maximaal|tot",
}
HEDGE = re.compile(
    r"(?:^|(?<=[\s(“\"‘']))(?:"
    + "|".join(f"(?P<{hedge.value}>{words})" for hedge, words in WORDS.items() if hedge is not Hedge.MOST)
    + rf"|(?P<most>{WORDS[Hedge.MOST].removesuffix('|tot')}))(?:\s+(?:de|het))?\s*$",
    re.IGNORECASE,
)
TWENTIETH, TENTH, HALF = Decimal("0.05"), Decimal("0.1"), Decimal("0.5")


def hedge_before(text: str, start: int) -> tuple[Hedge, str, int]:
    """Return the wording that stands right before a place, as written, and where it begins (-1: none)."""
    before = text[max(0, start - 40) : start]
    match = HEDGE.search(before)
    if match is None or "\n\n" in match[0]:
        return Hedge.NONE, "", -1
    name = next(hedge for hedge in WORDS if match.groupdict().get(hedge.value))
    return name, " ".join(match[0].split()), start - len(before) + match.start()


def tolerance(number: Number, written: Decimal) -> Decimal:
    """Return how far "a little" is: half of the last place written; for amounts and counts at least a twentieth."""
    half = number.step * HALF
    return half if number.kind is Kind.PERCENTAGE else max(half, abs(written) * TWENTIETH)


def fits(number: Number, written: Decimal, value: Decimal) -> bool:
    """True when a value may be worded so. A bare amount or count is exact; a bare percentage may be rounded."""
    far = tolerance(number, written)
    match number.hedge:
        case Hedge.ALMOST:
            return written - far <= value < written
        case Hedge.OVER:
            return written < value <= written + far
        case Hedge.MORE:
            return value > written
        case Hedge.LESS:
            return value < written
        case Hedge.LEAST:
            return value >= written
        case Hedge.MOST:
            return value <= written
        case Hedge.ABOUT:
            return abs(value - written) <= max(abs(written) * TWENTIETH, number.step * HALF)
        case Hedge.EXACT:
            return value == written
    if number.kind is Kind.PERCENTAGE:
        return abs(value - written) < number.step * HALF or value == written
    return value == written


def near(number: Number, written: Decimal, value: Decimal) -> bool:
    """True when a value is close enough to be the one meant, whatever the wording says."""
    return abs(value - written) <= tolerance(number, written)
