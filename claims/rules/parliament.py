"""How a Kamerstuk is cited: "36 045, nr. 213", also "36 600 XVII, nr. 12" and "36 600-V, nr. 3"."""

import re

from claims.enums import CitationForm, HouseItemKind

# The stored form; the database holds it too (claims.models.parliament).
STORED = r"^[0-9]{2} [0-9]{3}([ -][IVXL]{1,6})?, nr\. [0-9A-Z]{1,6}$"
TYPED = re.compile(
    r"^(?:kamerstukk?(?:en)?\s*(?:I{1,2}\b)?\s*)?(?P<two>\d{2})[\s.]?(?P<three>\d{3})(?:(?P<join>[\s-])(?P<chapter>[IVXL]{1,6}))?"
    r"\s*(?:,|;|-)?\s*(?:nr\.?|nummer)?\s*(?P<number>\d{1,5}[A-Z]?|[A-Z]{1,3})\.?$",
    re.IGNORECASE,
)


def document(typed: str) -> str:
    """Return a Kamerstuk as it is stored; empty for nothing. Raises ValueError for what is none."""
    text = " ".join(typed.split())
    if not text:
        return ""
    match = TYPED.match(text)
    if match is None:
        raise ValueError(typed)
    chapter = f"{match['join'] or ' '}{match['chapter'].upper()}" if match["chapter"] else ""
    return f"{match['two']} {match['three']}{chapter}, nr. {match['number'].upper()}"


NOUNS = {HouseItemKind.MOTION: "motie", HouseItemKind.UNDERTAKING: "toezegging"}


def cite(kind: str, title: str, signatory: str, document: str, form: str) -> str:
    """Name a motion or undertaking as Dutch papers do: "motie Jansen c.s. over … (Kamerstuk 36 045, nr. 213)".

    A motion's number that is not entered is said to be unknown; nothing is made up. An undertaking may have none.
    """
    motion = kind == HouseItemKind.MOTION
    number = f"Kamerstuk {document}" if document else "Kamerstuknummer nog niet bekend"
    if form == CitationForm.NUMBER:
        return number
    named = NOUNS[HouseItemKind(kind)] + (f"{' ' if motion else ' van '}{signatory}" if signatory else "")
    if form == CitationForm.FULL or not signatory:
        named += f"{' over' if motion else ':'} {_within_a_sentence(title)}"
    return f"{named} ({number})" if document or motion else named


def _within_a_sentence(title: str) -> str:
    """Begin a title with a small letter, unless it begins with a name in capitals ("UNDP …")."""
    return title if title[1:2].isupper() else title[:1].lower() + title[1:]
