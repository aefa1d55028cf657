"""What a caller declares: the columns of its sheet, and how large a file may be."""

from __future__ import annotations

import datetime
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from django.utils import translation
from django.utils.functional import Promise

from core.money import LARGEST

MiB = 1024 * 1024
LANGUAGES = ("nl", "en")

Words = str | Promise


class Kind(StrEnum):
    """What a column holds. An amount has two decimals, a number `places` of them, an identifier is never a number."""

    TEXT = "text"
    IDENTIFIER = "identifier"
    AMOUNT = "amount"
    NUMBER = "number"
    WHOLE = "whole"
    DATE = "date"
    CHOICE = "choice"


NUMERIC = {Kind.AMOUNT, Kind.NUMBER, Kind.WHOLE}


@dataclass(frozen=True)
class Column:
    """One column, for reading and for writing.

    `header` is what is written above it; its Dutch and English translations and every word of `also` are accepted
    above it, whatever their case, spaces and accents. `required` asks a value in every row. An amount is in euros
    unless `foreign`: then it has the currency that another column names. `choices` maps a value to its words, of
    which the first is written and all are accepted. `note` explains the column in a sheet to fill in.
    """

    name: str
    header: Words
    kind: Kind = Kind.TEXT
    required: bool = True
    also: tuple[Words, ...] = ()
    note: Words = ""
    longest: int = 500
    least: Decimal | None = None
    most: Decimal = LARGEST
    places: int = 2
    foreign: bool = False
    earliest: datetime.date = datetime.date(1900, 3, 1)  # before it, spreadsheets count a day that never was
    latest: datetime.date = datetime.date(2199, 12, 31)
    choices: Mapping[str, Sequence[Words]] = field(default_factory=dict)
    pattern: str = ""
    example: Words = ""
    width: int | None = None

    @property
    def decimals(self) -> int:
        """How many decimals a value of this column may have."""
        return {Kind.AMOUNT: 2, Kind.WHOLE: 0}.get(self.kind, self.places)

    def headers(self) -> set[str]:
        """Return every accepted heading, folded."""
        return {fold(text) for text in spellings((self.header, *self.also))} - {""}


@dataclass(frozen=True)
class Limits:
    """How large a file may be. What is larger is refused before it is unpacked or while it is read."""

    file: int = 32 * MiB
    unpacked: int = 256 * MiB  # of all parts of a zipped file together
    ratio: int = 200  # unpacked bytes for each packed one
    parts: int = 2_000
    rows: int = 250_000
    cells: int = 4_000_000
    columns: int = 200
    spool: int = 256 * MiB  # of what is kept while reading, before it is packed
    findings: int = 200  # that are kept
    counted: int = 10_000  # findings after which the rest is not looked at


def fold(text: str) -> str:
    """Return a heading or choice without case, accents, spaces and marks: what people write differently."""
    bare = unicodedata.normalize("NFKD", text).casefold()
    return re.sub(r"[\W_]+", "", "".join(mark for mark in bare if not unicodedata.combining(mark)))


def spellings(words: Iterable[Words]) -> list[str]:
    """Return words in every language, in order and each once."""
    found: dict[str, None] = {}
    for text in words:
        for language in LANGUAGES:
            with translation.override(language):
                found[str(text)] = None
    return list(found)
