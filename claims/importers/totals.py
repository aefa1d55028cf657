"""The books' totals of a month as a sheet: per series and activity number."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import NamedTuple

from django.utils.translation import gettext_lazy as _

from claims.enums import Series
from claims.models.books import LARGEST_FILE
from core.money import LARGEST
from core.tabular import Column, Kind, Limits, Reading, read

COLUMNS = (
    Column("series", _("Series"), Kind.CHOICE, choices={str(kind.value): (kind.label,) for kind in Series}),
    Column("activity_number", _("Activity number"), Kind.IDENTIFIER, also=(_("activity"),), required=False, longest=40),
    Column("amount", _("Amount (EUR)"), Kind.AMOUNT, also=(_("amount"), _("amount in euros")), least=-LARGEST),
    Column("explanation", _("Explanation"), required=False, longest=500),
)


class Total(NamedTuple):
    """What the books say of one series and activity number, in EUR."""

    series: str
    activity_number: str
    amount: Decimal
    explanation: str


def read_totals(content: bytes, name: str, answers: Mapping[str, str] | None = None) -> tuple[Reading, list[Total]]:
    """Read the totals; none when anything of the file cannot be read."""
    reading = read(content, name, columns=COLUMNS, answers=answers, limits=Limits(file=LARGEST_FILE, rows=10_000))
    if not reading.accepted:
        return reading, []
    return reading, [Total(**row.values) for row in reading.rows()]
