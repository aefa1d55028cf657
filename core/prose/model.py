"""What a reader of Dutch prose finds: numbers with their place, and remarks about them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from core.findings import Severity

CURRENCY = r"(?:EUR|[Ee]uro|€|US\$|USD|\$|£|GBP|CHF|UAH|NOK|SEK|DKK|CAD)"  # as it stands before an amount


class Kind(StrEnum):
    """What a number in a text is."""

    AMOUNT = "amount"
    PERCENTAGE = "percentage"
    COUNT = "count"
    YEAR = "year"
    DATE = "date"
    PERIOD = "period"
    TIME = "time"
    FOOTNOTE = "footnote"
    ARTICLE = "article"
    DOCUMENT = "document"
    REFERENCE = "reference"
    LABEL = "label"
    CODE = "code"
    ADDRESS = "address"

    @property
    def is_figure(self) -> bool:
        """True for what says how much; the others only name something."""
        return self in (Kind.AMOUNT, Kind.PERCENTAGE, Kind.COUNT)

    @property
    def label(self) -> str | Promise:
        """Name the kind on screens."""
        return LABELS[self]


LABELS: dict[Kind, str | Promise] = {
    Kind.AMOUNT: _("amount"),
    Kind.PERCENTAGE: _("percentage"),
    Kind.COUNT: _("number"),
    Kind.YEAR: _("year"),
    Kind.DATE: _("date"),
    Kind.PERIOD: _("period"),
    Kind.TIME: _("time"),
    Kind.FOOTNOTE: _("footnote"),
    Kind.ARTICLE: _("article of law or budget"),
    Kind.DOCUMENT: _("parliamentary paper"),
    Kind.REFERENCE: _("reference within the paper"),
    Kind.LABEL: _("numbering"),
    Kind.CODE: _("code or name"),
    Kind.ADDRESS: _("address"),
}


class Notation(StrEnum):
    """In which language's notation the digits stand."""

    PLAIN = "plain"  # the same in both: 15
    DUTCH = "nl"  # 21,5 or 480.000
    ENGLISH = "en"  # 3.1 or 1,234.56
    EITHER = "either"  # 20,959: a thousand in English, three decimals in Dutch
    BROKEN = "broken"  # 12.345.67: neither


class Hedge(StrEnum):
    """How a wording surrounds a number (DOMAIN 5.3, rule 5)."""

    NONE = ""
    ALMOST = "almost"  # bijna, krap, net geen
    OVER = "over"  # ruim, dik
    ABOUT = "about"  # circa, rond, ongeveer, naar schatting
    MORE = "more"  # meer dan
    LESS = "less"  # minder dan
    LEAST = "least"  # minstens
    MOST = "most"  # hoogstens
    EXACT = "exact"  # precies


@dataclass(frozen=True)
class Number:
    """One number in a text: where it stands, how it is written and what it can mean.

    `readings` are all values that the notation allows; more than one means that the writer must be asked. Percentages are in
    percentage points. `step` is one unit in the last place written: 0.1 mln for "3,2 mln".
    """

    start: int
    end: int
    text: str
    kind: Kind
    readings: tuple[Decimal, ...] = ()
    currency: str = ""
    notation: Notation = Notation.PLAIN
    step: Decimal = Decimal(1)
    unit: str = ""
    hedge: Hedge = Hedge.NONE
    hedge_word: str = ""
    hedge_start: int = -1
    in_words: bool = False
    inferred: bool = False  # an amount because its sentence speaks of money; it may yet count something

    @property
    def value(self) -> Decimal | None:
        """The value when there is exactly one reading."""
        return self.readings[0] if len(self.readings) == 1 else None

    @property
    def from_(self) -> int:
        """Where the number begins together with the wording in front of it."""
        return self.start if self.hedge_start < 0 else self.hedge_start

    def family(self) -> tuple[Kind, str]:
        """What may be compared and added up: amounts of one currency, counts, percentages."""
        return self.kind, self.currency


@dataclass(frozen=True)
class Remark:
    """Something a reader should look at: from `start` to `end`. An error contradicts itself."""

    severity: Severity
    code: str
    message: str | Promise
    start: int
    end: int
    numbers: tuple[Number, ...] = field(default=())


def within(numbers: Sequence[Number], start: int, end: int) -> Sequence[Number]:
    """Return the numbers that begin within a stretch; they stand in reading order."""
    return numbers[bisect_left(numbers, start, key=_start) : bisect_left(numbers, end, key=_start)]


def _start(number: Number) -> int:
    return number.start
