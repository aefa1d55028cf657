"""How a Kamerstuk is cited: "36 045, nr. 213", also "36 600 XVII, nr. 12" and "36 600-V, nr. 3"."""

import re

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
