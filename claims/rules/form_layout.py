"""Where the numbered questions of a CW 3.1 form begin in a text that only looks like one.

Numbers may be missing, labels broken over lines and joined to their question, as in a text copied from a PDF or a Word table.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

# Key of the section (the same in every version of the form), number and label as forms of the field print them.
LABELS: dict[str, tuple[str, str]] = {
    "doelen": (r"1", r"Doel(?:\s*\(?en\)?|stelling(?:en)?)?"),
    "instrumenten": (r"2", r"Beleidsinstrument(?:\s*\(?en\)?)?"),
    "financien-rijk": (r"3\.?\s*A", r"Financi[eë]le\s+gevolgen\s+voor\s+het\s+Rijk"),
    "financien-sectoren": (r"(?:3\.?\s*)?B", r"Financi[eë]le\s+gevolgen\s+voor\s+maatschappelijke\s+sectoren"),
    "doeltreffendheid": (r"4", r"(?:Nagestreefde\s+)?doeltreffendheid"),
    "doelmatigheid": (r"5", r"(?:Nagestreefde\s+)?doelmatigheid"),
    "evaluatie": (r"6", r"Evaluatie\s*paragraaf"),
}
FINANCE, GOALS, EVALUATION = "financien-rijk", "doelen", "evaluatie"  # keys of sections that records complete
ANNEX = "bijlage"
ANNEX_LABEL = re.compile(r"(?m)^[ \t]*(?:bijlage|annex)[ \t]*(?:\d{1,2})?[ \t]*[:.–-]?", re.IGNORECASE)
NEEDED = 3  # labels found before a text counts as a form


@dataclass(frozen=True)
class Part:
    """One section of the text: where its label begins and where its answer stands."""

    key: str
    start: int
    body_start: int
    body_end: int


def pattern_of(key: str) -> re.Pattern[str]:
    """Return what a section's label looks like at the start of a line; short labels need their number."""
    number, label = LABELS[key]
    needs_number = key in ("doelen",)
    numbered = rf"{number}\s*[.):]?\s+"
    return re.compile(rf"(?m)^[ \t|]*(?:{numbered}){'' if needs_number else '?'}{label}\b\)?", re.IGNORECASE)


BARE_GOALS = re.compile(r"(?m)^[ \t|]*Doel\s*\(en\)")


def parts_of(text: str, questions: Mapping[str, Sequence[str]]) -> list[Part]:
    """Return the form's sections in the order of the text; empty when it is no form.

    `questions` are the printed questions per section: they belong to the form, not to the answer.
    """
    labels: list[tuple[int, int, str]] = []
    at = 0
    for key in LABELS:
        match = pattern_of(key).search(text, at) or (BARE_GOALS.search(text, at) if key == "doelen" else None)
        if match:
            labels.append((match.start(), match.end(), key))
            at = match.end()
    if len(labels) < NEEDED:
        return []
    end = len(text)
    annex = next((match for match in ANNEX_LABEL.finditer(text, labels[-1][1]) if _heads(text, match)), None)
    if annex:
        end = annex.start()
    parts = []
    for (start, label_end, key), following in zip(labels, [*(label[0] for label in labels[1:]), end], strict=True):
        parts.append(Part(key, start, _after_questions(text, label_end, following, questions.get(key, ())), following))
    if annex:
        parts.append(Part(ANNEX, annex.start(), _line_end(text, annex.end()), len(text)))
    return parts


def _heads(text: str, match: re.Match[str]) -> bool:
    """True for a line that is a heading of an annex, not a sentence that begins with the word."""
    line = text[match.start() : _line_end(text, match.end())].strip()
    return (
        len(line) < 90
        and not line.endswith((".", ";"))
        and re.match(r"(?:bijlage|annex)\s*\d*\s*(?:[:.–-]|$)", line, re.IGNORECASE) is not None
    )


def _line_end(text: str, at: int) -> int:
    found = text.find("\n", at)
    return len(text) if found < 0 else found


def _after_questions(text: str, start: int, end: int, questions: Iterable[str]) -> int:
    """Return where the answer begins: after the printed questions, however their lines are broken."""
    at = start
    for question in questions:
        words = r"\s+".join(re.escape(word) for word in question.split())
        match = re.compile(rf"[\s|:.)]*{words}", re.IGNORECASE).match(text, at, end)
        if match:
            at = match.end()
    return at


def label_key(line: str) -> str | None:
    """Return the section that a line of its own heads, if any: "4. Nagestreefde doeltreffendheid"."""
    tidy = " ".join(line.replace("\u00a0", " ").split())
    if len(tidy) > 90:
        return None
    for key, (number, label) in LABELS.items():
        if re.fullmatch(rf"(?:{number}\s*[.):]?\s*)?(?:{label})\s*[:.)]*", tidy, re.IGNORECASE):
            return key
    return None


def is_question(line: str, questions: Iterable[str]) -> bool:
    """True for a printed question of the form."""
    tidy = _letters(line)
    return bool(tidy) and any(tidy == _letters(question) for question in questions)


def _letters(text: str) -> str:
    return re.sub(r"\W+", "", text).casefold()


def is_annex_heading(line: str) -> bool:
    """True for the heading of an annex."""
    tidy = line.strip()
    return (
        len(tidy) < 90
        and re.match(r"(?:bijlage|annex)\s*\d*\s*(?:[:.–-]|$)", tidy, re.IGNORECASE) is not None
        and not tidy.endswith(".")
    )
