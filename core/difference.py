"""The difference of two texts in words, as safe HTML with <del> and <ins>."""

import difflib
import re

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

WORDS = re.compile(r"\s+|[^\s]+")
LONGEST = 60_000  # characters; longer texts are compared by line


def difference(old: str, new: str) -> SafeString:
    """Return one text in which what went is <del> and what came is <ins>; line ends stay visible."""
    pattern = WORDS if len(old) + len(new) < LONGEST else re.compile(r".*\n?")
    before, after = pattern.findall(old), pattern.findall(new)
    pieces = []
    for tag, i1, i2, j1, j2 in difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            pieces.append(str(escape("".join(before[i1:i2]))))
            continue
        if i2 > i1:
            pieces.append(f"<del>{escape(''.join(before[i1:i2]))}</del>")
        if j2 > j1:
            pieces.append(f"<ins>{escape(''.join(after[j1:j2]))}</ins>")
    return mark_safe("".join(pieces).replace("\n", "<br>"))  # noqa: S308  (every piece is escaped above)
