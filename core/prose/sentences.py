"""Where sentences begin and end in Dutch prose, also in text copied from a PDF whose lines are broken."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from core.prose.model import CURRENCY

ABBREVIATIONS = {
    *(
        "art",
        "artt",
        "nr",
        "nrs",
        "ca",
        "bv",
        "bijv",
        "resp",
        "incl",
        "excl",
        "jl",
        "jl",
        "c.s",
        "cs",
        "o.a",
        "m.n",
        "d.w.z",
    ),
    *(
        "t.o.v",
        "t.b.v",
        "i.v.m",
        "m.b.t",
        "o.m",
        "e.d",
        "a.d",
        "i.h.k.v",
        "zgn",
        "vgl",
        "p",
        "pag",
        "blz",
        "dhr",
        "mw",
        "dr",
        "mr",
        "drs",
        "ir",
        "prof",
        "st",
    ),
}
END = re.compile(
    r"(?P<mark>[.!?…][”\"’')\]]*)(?P<gap>\s+)(?=[“\"‘'(]?[^\Wa-z_])|(?P<line>\n\s*\n|\n(?=[ \t]*(?:[•♦▪–o\-]\s|\d{1,2}[.)]\s|[a-h][.)]\s)))"
)
UNIT_ABBREVIATIONS = {"mln", "mld"}
CURRENCY_NEXT = re.compile(rf"\s*(?:[(\[]|{CURRENCY}(?![A-Za-z]))")
LAST_WORD = re.compile(r"([^\s(“\"‘']+)$")


def spans(text: str) -> Iterator[tuple[int, int]]:
    """Yield where each sentence begins and ends; a paragraph and a list item end one too. Together they hold the whole text."""
    start = 0
    for match in END.finditer(text):
        before = text[max(start, match.start() - 30) : match.start()]
        if match["mark"] and _is_abbreviation(before, match["mark"], text[match.end() : match.end() + 10]):
            continue
        yield start, match.end()
        start = match.end()
    if start < len(text):
        yield start, len(text)


def around(sentences: Sequence[tuple[int, int]], at: int) -> tuple[int, int]:
    """Return where the sentence at a place begins and ends; nothing beyond the text."""
    index = bisect_right(sentences, at, key=lambda span: span[0]) - 1
    return sentences[index] if index >= 0 and at < sentences[index][1] else (at, at)


def _is_abbreviation(before: str, mark: str, after: str) -> bool:
    if not mark.startswith("."):
        return False
    word = LAST_WORD.search(before)
    last = word[1].lower() if word else ""
    if last in UNIT_ABBREVIATIONS:  # "3 mln. Daarvan" is an end, "3 mln. EUR" is not
        return bool(CURRENCY_NEXT.match(after))
    return last in ABBREVIATIONS or (len(last) == 1 and last.isalpha())
