"""Every number in a Dutch text, with its place and what it is. No digit is left out.

What names something (dates, articles of law, Kamerstukken, footnotes, numbering, codes) is told apart from what says how much.
Conventions: docs/papers.md. Pure: no database, no clock.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from decimal import Decimal

from core.numbers import MONTHS
from core.prose.hedges import hedge_before
from core.prose.model import CURRENCY, Kind, Notation, Number, within
from core.prose.reading import SPACES, readings
from core.prose.sentences import spans

MONTH = "|".join((*MONTHS["nl"], "jan", "feb", "mrt", "apr", "jun", "jul", "aug", "sept?", "okt", "nov", "dec"))
GAP = rf"(?:[{SPACES}\t\r\n]{{0,4}})"
DIGITS = rf"(?:\d{{1,3}}(?:[{SPACES}]\d{{3}})+(?:,\d+)?(?![\d]|[.,]\d)|\d+(?:[.,]\d+)*)"
SUFFIX = r"(?:euro|EUR|€|dollar|USD|US\$)"
CURRENCIES = {"EURO": "EUR", "€": "EUR", "US$": "USD", "$": "USD", "DOLLAR": "USD", "£": "GBP"}
UNITS = {
    "mln": 6,
    "miljoen": 6,
    "million": 6,
    "mld": 9,
    "miljard": 9,
    "biljoen": 12,
    "duizend": 3,
    "k": 3,
    "min": 6,  # what reading a scan makes of "mln"; only beside a currency
}
UNIT = r"(?:mln|miljoen|million|mld|miljard|biljoen|duizend)"
FIGURE = re.compile(
    rf"(?:(?P<currency>{CURRENCY}){GAP})?(?P<sign>[-\u2212\u2012](?=[\d])|\u2012\s(?=\d))?(?<![\w.,])(?P<digits>{DIGITS})"
    rf"(?P<dash>,(?:-|–|--)(?!\d))?(?:{GAP}(?P<percent>%|procentpunt(?:en)?\b|procent\b|percent\b))?"
    rf"(?:{GAP}(?P<unit>{UNIT}\b|(?<=\d)k\b|(?<=\d\s)min\b(?!ut))\.?)?(?:{GAP}(?P<after>{SUFFIX}(?!\w|\s{{0,3}}\d)))?"
)
GLUED = re.compile(rf"(?P<currency>{CURRENCY}){GAP}(?=\d)")
YEAR = re.compile(r"(?:19|20)\d\d")
SENTENCE_END = re.compile(r"\s*$|\s+[^a-zà-ÿ\s]|\s*\n")
PEOPLE = (  # as words for them begin
    "mensen|personen|individu|gezin|huishouden|kinder|vrouw|mannen|burger|bewoner|inwoner|medewerker|vluchteling|ontheemd|bevolking|patiënt|leerling"
    "|slachtoffer|terugkeerder|begunstigd|hulpbehoevend"
)
COUNTED = re.compile(
    rf"\s+(?:(?:[a-z]+e|hulpbehoevende|unieke)\s+)?(?:(?:{PEOPLE})\w*|huizen|woningen|scholen|agenten|keer|stuks|ton|liter|km|meter|euro)\b"
)
MANY = re.compile(
    r"(?:circa|ca\.|ruim|bijna|ongeveer|zo'n|zo’n|meer dan|minder dan|minstens|naar schatting)\s+$", re.IGNORECASE
)

# In this order; what an earlier pattern took, a later one leaves.
NAMES: list[tuple[Kind, re.Pattern[str]]] = [
    (Kind.ADDRESS, re.compile(r"(?:https?://|www\.)\S{0,400}\d\S{0,400}|\b[\w.+-]{1,64}@[\w-]{1,63}\.[\w.]{1,63}")),
    (
        Kind.DOCUMENT,
        re.compile(
            r"\bKamerstuk(?:ken)?(?:nummers?)?(?:\s+II?)?\s*(?:\d{4}[-/–]\d{2,4},?\s*)?(?:\d{2}\s?\d{3}(?:[\s-]?[IVX]+\b)?(?:[\s-]?[A-Z]\b)?)?"
            r"(?:\s*,?\s*(?:nrs?\.?|nummers?)\s*\d+(?:\s*(?:,|en|t/m)\s*\d+\b)*)?"
            r"|\b\d{2}\s?\d{3}(?:[\s-]?[IVX]+\b)?\s*,?\s*(?:nrs?\.?|nummer)\s*\d+"
            r"|\b(?:Stb|Stcrt|Trb)\.?\s*\d{4}\s*,?\s*(?:nr\.?\s*)?\d+"
            r"|\bdossier(?:nummer)?\s*\d{2}\s?\d{3}|\bnrs?\.\s*\d+(?:\s*(?:,|en)\s*\d+\b)*"
        ),
    ),
    (
        Kind.DATE,
        re.compile(
            rf"\b\d{{1,2}}(?:\s*(?:-|–|t/m|tot|en)\s*\d{{1,2}})?\s+(?:{MONTH})\b\.?(?:\s+(?:(?:19|20)\d\d|jl\b))?"
            rf"|\b(?:{MONTH})\b\.?\s+(?:19|20)\d\d\b|\b(?:19|20)\d\d-\d{{1,2}}-\d{{1,2}}\b"
            r"|\b[0-3]?\d[-./][01]?\d[-./](?:19|20)\d\d\b",
            re.IGNORECASE,
        ),
    ),
    (Kind.TIME, re.compile(r"\b[012]?\d[.:][0-5]\d\s*uur\b|\b[012]?\d:[0-5]\d\b")),
    (
        Kind.PERIOD,
        re.compile(
            r"\b(?:19|20)\d\d\s?(?:/|-|–)\s?(?:(?:19|20)\d\d|\d\d)\b(?![.,]?\d)"
            r"|(?<=winter )\d\d/\d\d\b|(?<=seizoen )\d\d/\d\d\b|(?<=schooljaar )\d\d/\d\d\b|[’']\d\d\b"
        ),
    ),
    (
        Kind.ARTICLE,
        re.compile(
            r"\b(?:art(?:ikel(?:en|onderdeel|onderdelen)?)?|artt|hoofdstuk(?:ken)?|lid|leden|§+|paragraaf)\.?\s*\d+(?:[.:]\d+)*[a-z]?\b"
            r"(?:\s*(?:,|en|of|t/m)\s*\d+(?:[.:]\d+)+\b)*|§\s*\d+(?:\.\d+)*|\bCW\s?\d+(?:\.\d+)?\b(?!\s*(?:mln|miljoen|mld|miljard|%))",
            re.IGNORECASE,
        ),
    ),
    (
        Kind.REFERENCE,
        re.compile(
            r"\b(?:bijlagen?|annex(?:en)?|tabel(?:len)?|figuur|voetnoot|noot|pagina|pag\.|p\.|blz\.|rubriek|onderdeel|stap|fase|resolutie|optie|punt|vraag|"
            r"spoor|pijler|doel|SDG|scenario|variant|regel)\s*\d+(?:\.\d+)?[A-Za-z]?\b(?:\s*(?:,|en|of|t/m)\s*\d+(?:\.\d+)?\b(?!\s*(?:mln|miljoen|%)))*",
            re.IGNORECASE,
        ),
    ),
    (
        Kind.CODE,
        re.compile(
            r"\bNL\d{2}[A-Z]{4}\d{10}\b|(?:\+31|\b0)[\s-]?(?:\(0\))?\d{1,3}[\s-]?\d{2,4}[\s-]?\d{2,4}(?:[\s-]?\d{2})?\b(?<=\d{2})"
            r"|\b(?!19|20)[1-9]\d{3}\s?(?!SA|SD|SS)[A-Z]{2}\b(?!\$)|\b(?:19|20)\d\d[DZ]\d{4,6}\b"
        ),
    ),
    (
        Kind.FOOTNOTE,
        re.compile(r"(?<=[a-zë]{3})\d{1,2}(?=[\s.,;:)\]]|$)|(?<=[a-zë]{2}[.,;:)])\d{1,2}(?=\s|$)|[¹²³⁰-⁹]+"),
    ),
    (Kind.LABEL, re.compile(r"(?m)^[ \t•\-]*\d{1,2}(?:\.\d{1,2}){0,2}[.)](?=\s)|(?<=\()\d{1,2}(?=\)\s)")),
]
WORD_CODE = re.compile(
    rf"(?!{CURRENCY}\s?\d)\b[^\W\d_]{{1,60}}(?:[-/]?\d)[\w-]*|\b\d+(?!{UNIT}\b|[kK]\b)[^\W\d_]\w*"
)  # BZ2600000, G7, m2, 7Roses, 1e

# -- in words -------------------------------------------------------------------------------------------------------

ONES = ["één", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen", "tien", "elf", "twaalf"]
WORDS: dict[str, Decimal] = {word: Decimal(number) for number, word in enumerate(ONES, 1)}
WORDS |= {"anderhalf": Decimal("1.5"), "anderhalve": Decimal("1.5")}
TENS = {
    "dertien": 13,
    "veertien": 14,
    "vijftien": 15,
    "zestien": 16,
    "zeventien": 17,
    "achttien": 18,
    "negentien": 19,
    "twintig": 20,
    "dertig": 30,
    "veertig": 40,
    "vijftig": 50,
    "zestig": 60,
    "zeventig": 70,
    "tachtig": 80,
    "negentig": 90,
    "honderd": 100,
    "tweehonderd": 200,
    "driehonderd": 300,
    "vierhonderd": 400,
    "vijfhonderd": 500,
    "duizend": 1000,
}
WORDS |= {word: Decimal(number) for word, number in TENS.items()}
FRACTIONS: dict[str, int | Decimal] = {
    r"een kwart": 25,
    r"driekwart": 75,
    r"drie kwart": 75,
    r"de helft": 50,
    r"(?:een|1) op de (?:vijf|5)\b": 20,
    r"(?:een|1) op de (?:vier|4)\b": 25,
    r"(?:een|1) op de (?:tien|10)\b": 10,
    r"een (?:derde|3e) (?:deel|van)": Decimal(100) / 3,
    r"twee ?derde": Decimal(200) / 3,
    r"een vijfde (?:deel|van)": 20,
    r"een tiende (?:deel|van)": 10,
}
FRACTION = re.compile("|".join(rf"(?P<f{index}>\b{words})" for index, words in enumerate(FRACTIONS)), re.IGNORECASE)
IN_WORDS = re.compile(
    rf"\b(?P<word>{'|'.join(sorted(WORDS, key=len, reverse=True))}|een(?=\s+(?:half\s+)?(?:miljoen|miljard)\b))"
    r"(?P<half>\s+half)?(?:\s+(?P<unit>miljoen|miljard|duizend|honderd))?\b(?!-)",
    re.IGNORECASE,
)
OTHERS = re.compile(  # "een centrum is open, drie andere centra zijn klaar": then "een" counts too
    r"\b(?P<one>[Ee]en)\s+[“\"‘']?(?P<noun>[A-Z]?[\w-]{1,40}(?:\s+[A-Z][\w-]{1,40})?)(?P<between>[^.!?]{0,160}?)"
    rf"\b(?:{'|'.join(ONES[1:])}|\d+)\s+andere\s+[“\"‘']?(?P=noun)",
)


def find(text: str) -> tuple[Number, ...]:
    """Return every number of a text in reading order; no two overlap, and every digit lies in one."""
    taken = bytearray(len(text))
    found = [*_names(text, taken), *_figures(text, taken), *_in_words(text, taken)]
    found = _notes_below(text, sorted(found, key=lambda number: number.start))
    return tuple(_in_sentence_currency(text, list(_share_units(text, found))))


def _take(taken: bytearray, start: int, end: int) -> bool:
    if any(taken[start:end]):
        return False
    taken[start:end] = b"\x01" * (end - start)
    return True


def _names(text: str, taken: bytearray) -> Iterator[Number]:
    for kind, pattern in NAMES:
        for match in pattern.finditer(text):
            if re.search(r"[\d¹²³⁰-⁹]", match[0]) and _take(taken, match.start(), match.end()):
                yield Number(match.start(), match.end(), match[0], kind)
    for match in WORD_CODE.finditer(text):
        if GLUED.match(text, match.start()) or not re.search(r"\d", match[0]):
            continue
        if _take(taken, match.start(), match.end()):
            yield Number(match.start(), match.end(), match[0], Kind.CODE)


def _figures(text: str, taken: bytearray) -> Iterator[Number]:
    at = 0
    while match := FIGURE.search(text, at):
        at = max(match.end(), match.start() + 1)
        start, end = match.start(), match.end()
        if any(taken[match.start("digits") : match.end("digits")]):
            at = match.start("digits") + 1
            continue
        if any(taken[start:end]):  # a neighbour took the currency or the unit
            start, end = match.span("digits")
            match = re.compile(rf"(?P<digits>{DIGITS})").match(text, start) or match
        number = _figure(text, match)
        if _take(taken, number.start, number.end):
            yield number
            at = number.end
    for match in re.finditer(r"\d+", text):  # nothing is left out
        if _take(taken, match.start(), match.end()):
            yield Number(match.start(), match.end(), match[0], Kind.CODE)


def _figure(text: str, match: re.Match[str]) -> Number:
    groups = match.groupdict()
    digits, unit = groups["digits"], (groups.get("unit") or "").lower()
    start, end = match.start(), match.end()
    currency = groups.get("currency") or groups.get("after") or ""
    if unit == "min" and not currency:
        unit, end = "", match.end("digits")
    if (
        not groups.get("currency")
        and text[start : match.start("digits")].strip() in ("-",)
        and text[start - 1 : start].strip()
    ):
        start = match.start("digits")  # a hyphen between two numbers is no sign
    values, notation, step = readings(digits)
    scale = UNITS.get(unit, 0)
    minus = -1 if groups.get("sign") and start < match.start("digits") else 1
    values = tuple(value.scaleb(scale) * minus for value in values)
    kind = Kind.PERCENTAGE if groups.get("percent") else Kind.AMOUNT if currency else Kind.COUNT
    if kind is Kind.COUNT and not unit and YEAR.fullmatch(digits) and not _counted(text, start, end):
        kind = Kind.YEAR
    name = CURRENCIES.get(currency.upper(), currency.upper())
    hedge, word, hedge_start = hedge_before(text, start) if kind.is_figure else hedge_before("", 0)
    written = text[start:end].rstrip(f"{SPACES}\t\r\n")
    if written.endswith(".") and SENTENCE_END.match(text, start + len(written)):
        written = written[:-1]
    return Number(
        start,
        start + len(written),
        written,
        kind,
        values if kind.is_figure else (),
        name if kind is Kind.AMOUNT else "",
        notation,
        step.scaleb(scale),
        unit,
        hedge,
        word,
        hedge_start,
    )


def _counted(text: str, start: int, end: int) -> bool:
    """True for "2000 mensen" and "circa 2000", which are no years."""
    return bool(COUNTED.match(text, end) or MANY.search(text[max(0, start - 20) : start]))


def _in_words(text: str, taken: bytearray) -> Iterator[Number]:
    for match in FRACTION.finditer(text):
        value = next(value for index, value in enumerate(FRACTIONS.values()) if match[f"f{index}"])
        words = re.sub(r"\s+(?:van|deel)$", "", match[0])
        if _take(taken, match.start(), match.start() + len(words)):
            yield _worded(text, match.start(), words, Kind.PERCENTAGE, Decimal(value), Decimal(5))
    for match in IN_WORDS.finditer(text):
        unit = (match["unit"] or "").lower()
        word = match["word"].lower()
        value = Decimal(1) if word == "een" else WORDS[word]
        value = value / 2 if match["half"] else value
        scale = {"": 0, "honderd": 2}.get(unit, UNITS.get(unit, 0))
        if match["half"] and not unit:
            continue
        if _take(taken, match.start(), match.end()):
            yield _worded(text, match.start(), match[0], Kind.COUNT, value.scaleb(scale), Decimal(1).scaleb(scale))
    for match in OTHERS.finditer(text):
        if _take(taken, match.start("one"), match.end("one")):
            yield _worded(text, match.start("one"), match["one"], Kind.COUNT, Decimal(1), Decimal(1))


def _worded(text: str, start: int, words: str, kind: Kind, value: Decimal, step: Decimal) -> Number:
    hedge, word, hedge_start = hedge_before(text, start)
    return Number(
        start,
        start + len(words),
        words,
        kind,
        (value,),
        step=step,
        hedge=hedge,
        hedge_word=word,
        hedge_start=hedge_start,
        in_words=True,
    )


# -- what only shows when all are found -----------------------------------------------------------------------------

LINE_START = re.compile(r"(?m)^[ \t]*(?P<number>\d{1,2})(?=\s+[A-Z])")


def _notes_below(text: str, found: list[Number]) -> list[Number]:
    """A bare number that begins a line is a footnote's own, where the text has called that footnote before."""
    starts = {match.start("number") for match in LINE_START.finditer(text)}
    called: set[str] = set()
    told = []
    for number in found:
        if number.kind is Kind.FOOTNOTE:
            called.add(number.text)
        elif number.start in starts and number.kind is Kind.COUNT and number.text in called:
            told.append(Number(number.start, number.end, number.text, Kind.FOOTNOTE))
            continue
        told.append(number)
    return told


LINK = re.compile(rf"{GAP}(?:,|en|of|tot|naar|à|-|–|/|respectievelijk|resp\.?){GAP}(?:van\s+)?")


def _share_units(text: str, found: Iterable[Number]) -> Iterator[Number]:
    """Give "15" in "van 15 naar 21 mln" and in "EUR 15, 20 en 30 mln" the unit, percent sign and currency that stand once."""
    rest = list(found)
    for index in range(len(rest) - 2, -1, -1):
        bare, after = rest[index], rest[index + 1]
        if not _may_share(text, bare, after):
            continue
        scale = UNITS.get(after.unit, 0)
        rest[index] = replace(
            bare,
            kind=Kind.AMOUNT if bare.currency or after.currency else after.kind,
            readings=tuple(value.scaleb(scale) for value in bare.readings),
            currency=bare.currency or after.currency,
            step=bare.step.scaleb(scale),
            unit=after.unit,
        )
    for index in range(1, len(rest)):  # a currency said once, in front: EUR 15, 20 en 30 mln
        before, bare = rest[index - 1], rest[index]
        between = text[before.end : bare.start]
        if (
            before.currency
            and bare.kind is Kind.COUNT
            and bare.unit
            and before.unit == bare.unit
            and LINK.fullmatch(between)
        ):
            rest[index] = replace(bare, kind=Kind.AMOUNT, currency=before.currency)
    yield from rest


ON_ITS_OWN = re.compile(  # what follows a number that counts nothing: the end, a mark, a word that is no noun
    r"\s*(?:$|[.,;:()!?–—-]|(?:en|of|voor|naar|aan|via|uit|van|door|per|ten|wordt|werd|gaat|ging|komt|kwam|blijft|resteert|beschikbaar"
    r"|bestemd|gereserveerd|respectievelijk)\b)"
)


OF_PEOPLE = re.compile(rf"(?:{PEOPLE}|woonachtig|waaronder|onder wie)", re.IGNORECASE)
GOES_ON = re.compile(r"\s*(?:Daarvan|Hiervan|Daarnaast|Daarbij|Ook|Verder|Voorts|Bovendien)\b")


def _in_sentence_currency(text: str, found: list[Number]) -> Iterator[Number]:
    """Read "1 mln" in "3 mln euro, waarvan 1 mln voor UHF" as money: the sentence names one currency and counts nothing in millions.

    A sentence that goes on ("Daarvan is 1 mln …") has the currency of the one before it. Where people are named nothing is inferred.
    """
    bare = [index for index, number in enumerate(found) if number.kind is Kind.COUNT and number.unit]
    if not bare or not any(number.currency for number in found):
        return iter(found)
    before: set[str] = set()
    people = False
    for start, end in spans(text):
        goes_on = bool(GOES_ON.match(text, start))
        people = bool(OF_PEOPLE.search(text, start, end)) or (goes_on and people)
        inside = [index for index in bare if start <= found[index].start < end]
        currencies = {number.currency for number in within(found, start, end) if number.currency}
        if not currencies and goes_on:
            currencies = before
        alone = all(ON_ITS_OWN.match(text, found[index].end, end) for index in inside)
        if inside and alone and not people and len(currencies) == 1:
            for index in inside:
                found[index] = replace(found[index], kind=Kind.AMOUNT, currency=next(iter(currencies)), inferred=True)
        before = currencies
    return iter(found)


def _may_share(text: str, bare: Number, after: Number) -> bool:
    if bare.unit or bare.in_words or after.in_words or bare.kind not in (Kind.COUNT, Kind.AMOUNT):
        return False
    if not (after.unit or after.kind is Kind.PERCENTAGE) or (
        bare.kind is Kind.AMOUNT and after.kind is Kind.PERCENTAGE
    ):
        return False
    small = all(abs(value) < 1000 for value in bare.readings) and bool(bare.readings)
    return small and bool(LINK.fullmatch(text[bare.end : after.start])) and bare.notation is not Notation.BROKEN
