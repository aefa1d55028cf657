"""What a reader of a Dutch form or nota looks for in its text: a term, an evaluator, a motion's number, what "bijlage 1" points at.

Pure rules over plain text; the pages that use them say what to do about it.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from core.numbers import Unreadable, parse_date
from core.prose import Kind, Number, within

TERM = re.compile(
    r"\b(?:(?<!op )(?<!korte )(?<!lange )(?<!middellange )termijn(?:en)?|uiterlijk|binnen (?:\w+ )?(?:maanden|jaar|jaren)|in de periode"
    r"|t/m (?:eind )?20\d\d|tot en met (?:\w+ )?20\d\d|vóór (?:\w+ )?20\d\d|(?:voor|tegen|per|aan het) (?:het )?einde? (?:van )?20\d\d"
    r"|in de loop van 20\d\d|looptijd|einddatum)\b",
    re.IGNORECASE,
)
EVALUATOR = re.compile(
    r"\b(?:IOB|Rekenkamer|Auditdienst|ADR|onafhankelijke? (?:partij|evaluator|evaluatie|onderzoek\w*)|externe? (?:partij|evaluator|evaluatie|onderzoek\w*)"
    r"|ge[eë]valueerd door|evaluatie door|evalueert|onderzoeksbureau|consultant)\b",
    re.IGNORECASE,
)
WHEN = re.compile(
    r"\b(?:20\d\d|tussentijds\w*|midterm|mid-term|eindevaluatie|jaarlijks\w*|halfjaarlijks\w*|per kwartaal|na afloop)\b",
    re.IGNORECASE,
)
METHOD = re.compile(
    r"\b(?:methode|steekproef|interviews?|enqu[eê]tes?|nulmeting|baseline|casestud\w+|veldbezoek\w*|dataverzameling|vergelijkingsgroep|contributie-?analyse"
    r"|theory of change|documentstudie|deskstudie)\b",
    re.IGNORECASE,
)
INDICATOR = re.compile(
    r"\b(?:indicator\w*|streefwaarden?|nulmeting|baseline|kpi['’]?s?|prestatie-?indicator\w*)\b", re.IGNORECASE
)
ARTICLE = re.compile(r"\b(?:artikel(?:onderdeel)?|art\.?)\s*\d", re.IGNORECASE)
COVER = re.compile(
    r"\b(?:dekking|gedekt|ten laste van|enveloppe|algemene middelen|aanvullende post|HGIS|begrotingshoofdstuk|hoofdstuk (?:V|XVII)\b|BHO-?S?[- ]?begroting"
    r"|BZ-?begroting|reservering|niet verplichte middelen)\b",
    re.IGNORECASE,
)
SERIES = re.compile(r"\b(?:verplichting\w*|kas|kasritme|kasuitgaven|uitgaven)\b", re.IGNORECASE)
MOTION = re.compile(r"\b(?:moties?|modes(?= [Vv]an ))\b(?!\s*van\s+(?:wantrouwen|treurnis))", re.IGNORECASE)
NO_MOTION = re.compile(r"\bmoties? en toezeggingen\b|\bgeen moties?\b", re.IGNORECASE)
ANNEX = re.compile(r"\b(?:bijlage|annex)n?\s*(?P<number>\d{1,2})?\b", re.IGNORECASE)
ANNEX_HEADING = re.compile(r"(?im)^[ \t]*(?:bijlage|annex)[ \t]*(?P<number>\d{1,2})?[ \t]*[:.–-]?[^\n]*$")
COORDINATED = re.compile(  # "akkoord met" is what a nota asks; "akkoord van" is what somebody gave
    r"\b(?:(?:afgestemd|overeengekomen)\s+(?:met|door)|akkoord\s+(?:van|door))\s+(?P<parties>[A-Z][\w/&-]+(?:(?:,\s*|\s+en\s+)[A-Z][\w/&-]+)*)"
)
SHARE = re.compile(r"\b(?:aandeel|dekte?n?|pro rat[ao])\b", re.IGNORECASE)
BASIS = re.compile(
    r"\b(?:ontvangen|ontving\w*|ontvangsten|toegekend|toekende|uitkeringen|appeal|hulpverzoek|totale?|totaal|begroting|budget|fonds)\b",
    re.IGNORECASE,
)


def names_a_term(text: str) -> bool:
    """True when a text says by when its goals are to be reached."""
    return bool(TERM.search(text))


def lacks_of_evaluation(text: str) -> list[str]:
    """Return what an evaluation paragraph does not name: evaluator, when, method, indicator."""
    wanted = {"evaluator": EVALUATOR, "when": WHEN, "method": METHOD, "indicator": INDICATOR}
    return [name for name, pattern in wanted.items() if not pattern.search(text)]


def lacks_of_finance(text: str) -> list[str]:
    """Return what a paragraph about the budget does not name: article, cover, commitments and cash."""
    wanted = {"article": ARTICLE, "cover": COVER, "series": SERIES}
    return [name for name, pattern in wanted.items() if not pattern.search(text)]


def not_applicable(text: str) -> bool:
    """True for "n.v.t." and its like."""
    return re.sub(r"[\W_]+", "", text).lower() in ("nvt", "nietvantoepassing", "geen", "")


@dataclass(frozen=True)
class Spot:
    """A place in a text, from start to end, with the words that stand there."""

    start: int
    end: int
    words: str


def motions_without_number(
    text: str, sentences: Sequence[tuple[int, int]], numbers: Sequence[Number]
) -> Iterator[Spot]:
    """Yield each sentence that cites a motion without the Kamerstuk it stands in."""
    for start, end in sentences:
        match = MOTION.search(text, start, end)
        if match is None or NO_MOTION.search(text, start, end):
            continue
        if not any(number.kind is Kind.DOCUMENT for number in within(numbers, start, end)):
            until = min(end, match.start() + 70)
            yield Spot(match.start(), until, " ".join(text[match.start() : until].split()))


def annexes_pointed_to(text: str) -> list[tuple[str, Spot]]:
    """Return each annex that running text points to, by its number ("" when it has none)."""
    headings = {match.start() for match in ANNEX_HEADING.finditer(text)}
    found = []
    for match in ANNEX.finditer(text):
        line = text.rfind("\n", 0, match.start()) + 1
        if line not in headings or text[line : match.start()].strip():
            found.append((match["number"] or "", Spot(match.start(), match.end(), match[0])))
    return found


def annex_bodies(text: str) -> dict[str, str]:
    """Return the text below each annex's heading, by its number ("" when it has none)."""
    matches = list(ANNEX_HEADING.finditer(text))
    ends = [*(match.start() for match in matches[1:]), len(text)][: len(matches)]
    return {match["number"] or "": text[match.end() : end].strip() for match, end in zip(matches, ends, strict=True)}


def coordinated_with(text: str) -> list[Spot]:
    """Return the parties that a text says it was agreed or coordinated with."""
    found = []
    for match in COORDINATED.finditer(text):
        for party in re.split(r",\s*|\s+en\s+", match["parties"]):
            found.append(Spot(match.start("parties"), match.end("parties"), party))
    return found


def shares_without_basis(
    text: str, sentences: Sequence[tuple[int, int]], numbers: Sequence[Number]
) -> Iterator[tuple[Number, list[str]]]:
    """Yield each share with what its sentence and the one before do not name: basis ("of what") and date ("as of when")."""
    previous = 0
    for start, end in sentences:
        shares = [number for number in within(numbers, start, end) if number.kind is Kind.PERCENTAGE]
        if shares and SHARE.search(text, start, end):
            lacking = [] if BASIS.search(text, previous, end) else ["basis"]
            if not any(other.kind in (Kind.YEAR, Kind.DATE, Kind.PERIOD) for other in within(numbers, previous, end)):
                lacking.append("date")
            yield from ((number, lacking) for number in shares if lacking)
        previous = start


def dates_after(text: str, numbers: Sequence[Number], day: datetime.date) -> Iterator[tuple[Number, datetime.date]]:
    """Yield each day that is cited as past ("akkoord van …", "op … jl.") but lies after a day."""
    for number in numbers:
        if number.kind is not Kind.DATE or not re.search(
            r"\b(?:van|op|d\.d\.|dd\.?)\s+$", text[max(0, number.start - 20) : number.start], re.IGNORECASE
        ):
            continue
        words = re.sub(r"\s*jl\.?$", f" {day.year}", number.text)
        try:
            cited = parse_date(words, "nl")
        except Unreadable:
            continue
        past = re.search(
            r"\b(?:akkoord|besluit|brief|motie|debat|verzoek|toezegging|aangenomen|verzonden)\b",
            text[max(0, number.start - 60) : number.start],
        )
        if past and cited > day:
            yield number, cited


@dataclass(frozen=True)
class Heading:
    """A line that heads a lettered goal: "b. Legitieme overheid: EUR 10 mln"."""

    letter: str
    label: str
    start: int
    end: int


GOAL_HEADING = re.compile(
    r"(?m)^[ \t]*(?P<letter>[a-h])[.)][ \t]+(?P<label>[A-Z][^\n:;.]{2,80}?)[ \t]*(?=:|–|-\s|\n|$)"
)


def goal_headings(text: str) -> list[Heading]:
    """Return the lines that look like the heading of a lettered goal."""
    return [
        Heading(match["letter"], " ".join(match["label"].split()), match.start("label"), match.end("label"))
        for match in GOAL_HEADING.finditer(text)
        if len(match["label"].split()) <= 7
    ]
