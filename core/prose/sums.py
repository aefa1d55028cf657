"""What the numbers of a sentence say together: parts of a whole, a change from one to another, a share of an amount.

Only what the sentence itself says is reckoned; numbers with two readings are left alone. An error is a contradiction within the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from core.findings import Severity
from core.numbers import format_number
from core.prose.hedges import TENTH, fits
from core.prose.model import Hedge, Kind, Number, Remark, within

CHANGED = (
    r"(?:af|toe|omlaag|omhoog|terug|dal|stijg|gedaald|gestegen|afgenomen|toegenomen|afname|toename|hoger|lager|verhog|verlag"
    r"|minder|meer|gekrompen|gegroeid)"
)
CHANGES = r"(?:daal\w*|dalen|stijg\w*|groei\w*|krimp\w*)"


def _degree(words: str) -> re.Pattern[str]:
    """Match "licht af", "lichte daling" and "daalt licht"."""
    return re.compile(rf"\b(?:{words})\s+(?:\w+\s+){{0,2}}?{CHANGED}|\b{CHANGES}\s+(?:{words})\b", re.IGNORECASE)


LIGHT = _degree("licht(?:e|elijk)?|enigszins|iets|beperkte?|geringe?|een beetje")
STRONG = _degree("forse?|fors|sterke?|flinke?|flink|aanzienlijke?|scherpe?|scherp|drastische?|drastisch")
DOWN = re.compile(
    r"\b(?:daal\w*|dal(?:en|ing)|gedaald|neemt\b[^.]{0,60}?\baf|nam(?:en)?\b[^.]{0,60}?\baf|afname|afneemt|afgenomen|verlaagd?|verlaging|lager|zak(?:t|te)|krimp\w*)\b",
    re.IGNORECASE,
)
UP = re.compile(
    r"\b(?:stijg\w*|gestegen|neemt\b[^.]{0,60}?\btoe|nam(?:en)?\b[^.]{0,60}?\btoe|toename|toeneemt|toegenomen|verhoogd?|verhoging|hoger|groei\w*)\b",
    re.IGNORECASE,
)
HALVED = re.compile(r"(?<!geen )(?<!niet )\b(?:halve(?:ert|erde|ring)|gehalveerd)\b", re.IGNORECASE)
DOUBLED = re.compile(r"(?<!geen )(?<!niet )\b(?:verdubbel(?:t|de|ing)|verdubbeld)\b", re.IGNORECASE)
PERCENT_OF_CHANGE = re.compile(
    r"(?:daling|stijging|afname|toename|verlaging|verhoging|groei|krimp)\s+(?:is\s+|bedraagt\s+)?(?:van|met)\s+$",
    re.IGNORECASE,
)
FROM = re.compile(r"\bvan\s+(?:de\s+|het\s+)?$", re.IGNORECASE)
TO = re.compile(r"\bnaar\b", re.IGNORECASE)

EXACT_PARTS = re.compile(
    r"\b(?:resp(?:ectievelijk)?\b\.?|te weten|namelijk|bestaande uit|verdeeld over|opgebouwd uit)|:", re.IGNORECASE
)
SOME_PARTS = re.compile(r"\b(?:waarvan|waaronder|onder wie)\b", re.IGNORECASE)
IN_ALL = re.compile(r"\b(?:samen|in totaal|tezamen|totaal|totale|gezamenlijk|opgeteld|bij elkaar)\b", re.IGNORECASE)
TOGETHER = re.compile(
    r"[,;:(]\s*(?:dus\s+|is\s+)?(?:samen|in totaal|tezamen|opgeteld|bij elkaar|totaal)\s*:?\s*$", re.IGNORECASE
)
SHARE = re.compile(r"\b(?:aandeel|dekte?n?|gedekt|% van|procent van|pro rat[ao]|bijdrage)\b", re.IGNORECASE)


MOST_NUMBERS, LONGEST = 40, 4000  # numbers and characters of one sentence


@dataclass(frozen=True)
class Told:
    """What a sentence's arithmetic tells: remarks, and which numbers follow from others (with how)."""

    remarks: tuple[Remark, ...]
    follows: dict[int, str]  # start of the number -> what it follows from


def tell(text: str, sentences: Sequence[tuple[int, int]], numbers: Sequence[Number]) -> Told:
    """Reckon every sentence of a text."""
    remarks: list[Remark] = []
    follows: dict[int, str] = {}
    before: list[Number] = []
    for start, end in sentences:
        inside = [
            number for number in within(numbers, start, end) if number.kind.is_figure and number.value is not None
        ]
        if len(inside) > MOST_NUMBERS or end - start > LONGEST:  # a list or a table, not a sentence
            before = []
            continue
        if len(inside) > 1:
            found = [
                *_changes(text, start, end, inside, follows),
                *_parts(text, start, end, inside, follows),
                *_totals(text, inside, follows),
            ]
            remarks.extend(_sure(remark) for remark in found)
        _shares(text[start:end], inside, before, follows)
        remarks.extend(_rest(text, start, end, inside, before))
        before = [*before[-6:], *inside]
    return Told(tuple(remarks), follows)


def _sure(remark: Remark) -> Remark:
    """Make a remark a warning at most where a number is money by its sentence only."""
    if any(number.inferred for number in remark.numbers):
        return replace(remark, severity=min(remark.severity, Severity.WARNING))
    return remark


def _value(number: Number) -> Decimal:
    return number.readings[0]


def say(number: Number | Decimal) -> str:
    """Write a number briefly, in millions where that is exact."""
    value = _value(number) if isinstance(number, Number) else number
    for scale, unit in ((9, "miljard"), (6, "mln")):
        scaled = value.scaleb(-scale)
        if abs(scaled) >= 1 and scaled == round(scaled, 3):
            return f"{format_number(scaled, 'nl')} {unit}"
    return format_number(value, "nl")


def percent(ratio: Decimal) -> str:
    """Write a ratio as a percentage with at most two decimals, Dutch."""
    points = ratio * 100
    return f"{format_number(points.quantize(Decimal('0.1')) if abs(points) >= 20 else points.quantize(Decimal('0.01')), 'nl')} %"


# -- from one to another --------------------------------------------------------------------------------------------


def _changes(text: str, start: int, end: int, inside: Sequence[Number], follows: dict[int, str]) -> Iterator[Remark]:
    for first, second in pairwise(
        number for number in inside if number.kind is not Kind.PERCENTAGE or "%" in text[number.start : number.end]
    ):
        if first.family() != second.family() or not _value(first):
            continue
        if not FROM.search(text[max(start, first.from_ - 40) : first.from_]) or not TO.search(
            text[first.end : second.start]
        ):
            continue
        change = (_value(second) - _value(first)) / _value(first)
        yield from _wording(text, start, end, first, second, change)
        yield from _change_percentages(text, inside, (first, second), change, follows)


def _wording(text: str, start: int, end: int, first: Number, second: Number, change: Decimal) -> Iterator[Remark]:
    sentence = text[start:end]
    facts = {"first": say(first), "second": say(second), "change": percent(change)}
    rules = (
        (
            LIGHT,
            abs(change) > TENTH,
            "light",
            _("“{words}” does not fit: from {first} to {second} is {change}. “Licht” is at most 10 %."),
        ),
        (
            STRONG,
            abs(change) < TENTH,
            "strong",
            _("“{words}” does not fit: from {first} to {second} is only {change}."),
        ),
        (
            HALVED,
            abs(change + Decimal("0.5")) > Decimal("0.05"),
            "halved",
            _("“{words}” does not fit: from {first} to {second} is {change}."),
        ),
        (
            DOUBLED,
            abs(change - 1) > TENTH,
            "doubled",
            _("“{words}” does not fit: from {first} to {second} is {change}."),
        ),
        (
            DOWN,
            change > 0 and not UP.search(sentence),
            "direction",
            _("“{words}” does not fit: from {first} to {second} is more, not less."),
        ),
        (
            UP,
            change < 0 and not DOWN.search(sentence),
            "direction",
            _("“{words}” does not fit: from {first} to {second} is less, not more."),
        ),
    )
    for pattern, wrong, code, message in rules:
        match = pattern.search(sentence)
        if match and wrong:
            yield Remark(
                Severity.ERROR,
                f"wording-{code}",
                format_lazy(message, words=" ".join(match[0].split()), **facts),
                start + match.start(),
                start + match.end(),
                (first, second),
            )


def _change_percentages(
    text: str, inside: Sequence[Number], pair: tuple[Number, Number], change: Decimal, follows: dict[int, str]
) -> Iterator[Remark]:
    for number in inside:
        if number.kind is not Kind.PERCENTAGE or number in pair:
            continue
        if fits(number, abs(_value(number)), abs(change) * 100):
            follows[number.start] = f"{say(pair[0])} → {say(pair[1])}: {percent(change)}"
        elif PERCENT_OF_CHANGE.search(text[max(0, number.from_ - 60) : number.from_]):
            yield Remark(
                Severity.ERROR,
                "change-percentage",
                format_lazy(
                    _("“{written}” does not follow: from {first} to {second} is {change}."),
                    written=number.text,
                    first=say(pair[0]),
                    second=say(pair[1]),
                    change=percent(change),
                ),
                number.start,
                number.end,
                (*pair, number),
            )


# -- parts of a whole -----------------------------------------------------------------------------------------------


def _parts(text: str, start: int, end: int, inside: Sequence[Number], follows: dict[int, str]) -> Iterator[Remark]:
    yield from _after_colon(text, start, end, inside, follows)
    for pattern in (EXACT_PARTS, SOME_PARTS):
        for trigger in pattern.finditer(text, start, end):
            exact = pattern is EXACT_PARTS
            if exact and not IN_ALL.search(text, start, trigger.start()):
                continue
            until = _closing(text, trigger.start(), start, end)
            later = [number for number in inside if trigger.end() <= number.start < until]
            if not later:
                continue
            family = later[0].family()
            parts = [number for number in later if number.family() == family and not _within(text, later[0], number)]
            wholes = [number for number in inside if number.end <= trigger.start() and number.family() == family]
            if wholes and family[0] is not Kind.PERCENTAGE:
                yield from _compare(wholes, parts, exact, follows)


# What follows the colon when it is nothing but a list: "# voor hulp, # aan UHF en # via ICRC", the amounts as signs.
ITEM = r"#\s+(?:voor|aan|naar|via|ten behoeve van|t\.b\.v\.)\s+[^#,;:.\d]{2,80}?"
LIST = re.compile(rf"\s*{ITEM}(?:\s*[,;]\s*(?:en\s+)?{ITEM})*\s*(?:[,;]?\s*en\s+{ITEM})?[.!]?\s*", re.IGNORECASE)
NO_WHOLE = re.compile(r"\b(?:naar|tot|dan|met|bij)\s+(?:de\s+|het\s+)?$", re.IGNORECASE)


def _after_colon(
    text: str, start: int, end: int, inside: Sequence[Number], follows: dict[int, str]
) -> Iterator[Remark]:
    """Hold "EUR 3 mln: EUR 1 mln voor …, EUR 1 mln voor … en EUR 1 mln voor …" against itself, though it does not say "in total".

    Only a bare list of what is for what counts, with no wording around a number. It is a warning, as a list need not name
    everything.
    """
    for index, whole in enumerate(inside[:-2]):
        parts = inside[index + 1 :]
        colon = re.match(r"[^:;.\d]{0,60}:", text[whole.end : parts[0].start])
        if colon is None or whole.kind is not Kind.AMOUNT or any(part.family() != whole.family() for part in parts):
            continue
        if any(number.hedge not in (Hedge.NONE, Hedge.EXACT) for number in (whole, *parts)):
            continue
        begins = whole.end + colon.end()
        if IN_ALL.search(text, start, begins) or NO_WHOLE.search(text[start : whole.start]):
            continue  # the first is told by `_parts`; the second is no whole
        if LIST.fullmatch(_with_signs(text, begins, end, parts)):
            for remark in _compare([whole], parts, exact=True, follows=follows):
                yield replace(remark, severity=min(remark.severity, Severity.WARNING))


def _with_signs(text: str, start: int, end: int, numbers: Sequence[Number]) -> str:
    """Return a stretch with a sign in the place of each number."""
    pieces, at = [], start
    for number in numbers:
        pieces += [text[at : number.start], "#"]
        at = number.end
    return "".join([*pieces, text[at:end]])


def _closing(text: str, at: int, start: int, end: int) -> int:
    """Where a list of parts ends: at the bracket that was open before it, else at the sentence's end."""
    depth = text.count("(", start, at) - text.count(")", start, at)
    if depth <= 0:
        return end
    closing = text.find(")", at, end)
    return end if closing < 0 else closing


def _within(text: str, first: Number, number: Number) -> bool:
    """True for a number that is itself a whole or part of another statement: "13 units voor 11 districten"."""
    return (
        bool(re.search(r"\b(?:voor|in|van de|per|met|over)\s+(?:de\s+)?$", text[first.end : number.from_]))
        and number is not first
    )


def _compare(
    wholes: Sequence[Number], parts: Sequence[Number], exact: bool, follows: dict[int, str]
) -> Iterator[Remark]:
    total = sum((_value(part) for part in parts), Decimal(0))
    listed = " + ".join(say(part) for part in parts)
    equal = [whole for whole in wholes if _value(whole) == total]
    span = (min(number.start for number in (*wholes, *parts)), max(number.end for number in parts))
    if equal:
        if len(parts) > 1:
            follows.setdefault(equal[-1].start, f"{listed} = {say(total)}")
        others = [whole for whole in wholes if _value(whole) != total]
        if others and len(parts) > 1:
            message = format_lazy(
                _("The parts {parts} add up to {total}, not to {other}; the sentence can be read both ways."),
                parts=listed,
                total=say(total),
                other=say(others[0]),
            )
            yield Remark(Severity.NOTE, "parts-of-which", message, *span, (*wholes, *parts))
        return
    whole = wholes[-1]
    if exact or total > max(_value(number) for number in wholes):
        message = format_lazy(
            _("The parts do not fit: {parts} = {total}, but the sentence says {whole}."),
            parts=listed,
            total=say(total),
            whole=say(whole),
        )
        yield Remark(Severity.ERROR, "parts-sum", message, *span, (whole, *parts))
    elif whole.kind is Kind.AMOUNT and len(parts) > 1:
        message = format_lazy(
            _("Of {whole} the parts {parts} leave {rest} without a purpose."),
            whole=say(whole),
            parts=listed,
            rest=say(_value(whole) - total),
        )
        yield Remark(Severity.NOTE, "parts-rest", message, *span, (whole, *parts))


def _totals(text: str, inside: Sequence[Number], follows: dict[int, str]) -> Iterator[Remark]:
    """Check "20 mln en 15 mln, samen 35 mln"."""
    for index, number in enumerate(inside):
        parts = [other for other in inside[:index] if other.family() == number.family()]
        if len(parts) < 2 or not TOGETHER.search(text[max(0, number.from_ - 60) : number.from_]):
            continue
        total = sum((_value(part) for part in parts), Decimal(0))
        if total == _value(number):
            follows[number.start] = f"{' + '.join(say(part) for part in parts)} = {say(total)}"
        else:
            message = format_lazy(
                _("The sum does not fit: {parts} = {total}, but the sentence says {whole}."),
                parts=" + ".join(say(part) for part in parts),
                total=say(total),
                whole=say(number),
            )
            yield Remark(Severity.ERROR, "total-sum", message, parts[0].start, number.end, (*parts, number))


OF_THE_TOTAL = re.compile(r"^\s*van\s+(?:de|het|een)\s+totale\s+$", re.IGNORECASE)
BESIDES = re.compile(r"^\s*(?:Daarnaast|Ook|Verder|Voorts|Bovendien)\b")


def _rest(text: str, start: int, end: int, inside: Sequence[Number], before: Sequence[Number]) -> Iterator[Remark]:
    """Name what is left of "200 mln van de totale 274 mln" when the next sentence says "daarnaast … 35 mln"."""
    if not BESIDES.match(text[start:end]) or len(inside) != 1 or len(before) < 2:
        return
    part, whole = before[-2], before[-1]
    if (
        not OF_THE_TOTAL.match(text[part.end : whole.start])
        or part.family() != whole.family()
        or inside[0].family() != part.family()
    ):
        return
    rest = _value(whole) - _value(part) - _value(inside[0])
    if rest > 0:
        message = format_lazy(
            _("Of {whole} the parts {parts} leave {rest} without a purpose."),
            whole=say(whole),
            parts=f"{say(part)} + {say(inside[0])}",
            rest=say(rest),
        )
        yield Remark(Severity.NOTE, "parts-rest", message, inside[0].start, inside[0].end, (part, whole, inside[0]))


# -- a share --------------------------------------------------------------------------------------------------------


def _shares(sentence: str, inside: Sequence[Number], before: Sequence[Number], follows: dict[int, str]) -> None:
    """Note which percentage follows from two amounts of one currency, here or in the sentences just before."""
    if not SHARE.search(sentence):
        return
    for number in inside:
        if number.kind is not Kind.PERCENTAGE or number.start in follows:
            continue
        amounts = [other for other in inside if other.kind is Kind.AMOUNT]
        for part in amounts:
            for whole in (*amounts, *(other for other in before if other.kind is Kind.AMOUNT)):
                if part.currency != whole.currency or _value(part) >= _value(whole):
                    continue
                ratio = _value(part) / _value(whole)
                if fits(number, _value(number), ratio * 100):
                    follows.setdefault(number.start, f"{say(part)} / {say(whole)} = {percent(ratio)}")
