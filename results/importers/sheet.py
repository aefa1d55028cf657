"""The sheet a partner fills in: which columns it has, which rows are already known, and what a filled one says.

Errors name the row as the partner's own sheet shows it, the column, the value and what to do. Confidential results are never on it.
"""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from core.tabular import Column, Finding, Kind, Reading, ReadRow, Severity
from partners.models import Partner
from results.models import Result
from results.queries import lock_on

ZERO = Decimal(0)
LARGEST = Decimal("999999999999999")
COLUMNS = (
    Column(
        "key",
        _("key"),
        Kind.IDENTIFIER,
        required=False,
        note=_("Leave as it is. Empty for a result that is new."),
        width=38,
    ),
    Column("label", _("what was achieved"), longest=400, note=_("Reads on after the number and unit."), width=50),
    Column("unit", _("unit"), required=False, longest=80, note=_("What is counted, for example people.")),
    Column("start", _("from"), Kind.DATE),
    Column("end", _("up to and including"), Kind.DATE),
    Column("baseline", _("baseline"), Kind.NUMBER, required=False, least=ZERO, most=LARGEST),
    Column("target", _("target"), Kind.NUMBER, required=False, least=ZERO, most=LARGEST),
    Column(
        "value",
        _("value"),
        Kind.NUMBER,
        required=False,
        least=ZERO,
        most=LARGEST,
        note=_("What was reached in the period. Empty: nothing to report yet."),
    ),
    Column("numerator", _("numerator"), Kind.NUMBER, required=False, least=ZERO, most=LARGEST),
    Column("denominator", _("denominator"), Kind.NUMBER, required=False, least=ZERO, most=LARGEST),
    Column(
        "narrative",
        _("outcome in words"),
        required=False,
        longest=5000,
        note=_("When there is no number to count."),
        width=50,
    ),
    Column(
        "as_of",
        _("as of"),
        Kind.DATE,
        required=False,
        note=_("Up to which date does this figure hold? Empty: the whole period."),
    ),
)
IDENTITY = ("label", "unit", "start", "end")  # what a result is; only what it says changes
REPORTED = ("baseline", "target", "value", "numerator", "denominator", "narrative", "as_of")


@dataclass(frozen=True)
class Filled:
    """One row that reports something: of a known result, or of a new one (`result` is None)."""

    number: int
    result: Any
    identity: dict[str, Any]
    reported: dict[str, Any]


def known_rows(partner: Partner) -> Iterator[list[Any]]:
    """Yield the rows of the results a partner may see, with baseline and target, and no values: those are to be filled in."""
    results = Result.objects.with_current().filter(partner=partner, confidential=False)
    for result in results.order_by("period_start", "label", "pk"):
        newest = result.newest[0] if result.newest else None
        known = [newest.baseline, newest.target] if newest else [None, None]
        start, end = result.period_start, result.period_end
        yield [str(result.public_id), result.label, result.unit, start, end, *known, None, None, None, "", None]


def filled_rows(partner: Partner, reading: Reading) -> tuple[list[Filled], list[Finding]]:
    """Return what an accepted reading reports, and what is wrong with it; rows that report nothing are left out."""
    results = {
        str(row.public_id): row for row in Result.objects.with_current().filter(partner=partner, confidential=False)
    }
    filled, findings, seen = [], [], set[Any]()
    for row in reading.rows():
        if all(row.values[name] in (None, "") for name in ("value", "numerator", "denominator", "narrative")):
            continue
        found = list(_faults(row, partner, results))
        identity = tuple(row.values[name] for name in IDENTITY)
        if identity in seen:
            found.append(_fault(row, "label", _("This result stands in the sheet twice. Keep one of the rows.")))
        seen.add(identity)
        findings += found
        if not found:
            filled.append(_filled(row, results))
    return filled, findings


def _faults(row: ReadRow, partner: Partner, results: dict[str, Any]) -> Iterator[Finding]:
    values = row.values
    known = results.get(_key(values["key"]))
    if values["key"] and known is None:
        yield _fault(row, "key", _("No result of this partner has this key. Leave the key empty for a new result."))
        return
    if known is not None:
        for name in IDENTITY:
            if values[name] != _identity(known)[name]:
                text = _("This row belongs to “{label}”. Leave the key empty to report another result.")
                yield _fault(row, name, format_lazy(text, label=known.label))
    if values["end"] < values["start"]:
        yield _fault(row, "end", _("A period ends on or after the day it begins."))
        return
    lock = lock_on(known or Result(partner=partner, period_end=values["end"]))
    if lock is not None:
        yield _fault(row, "end", format_lazy(_("This period is locked: {reason}"), reason=lock.reason))
    yield from _percentage(row)


def _percentage(row: ReadRow) -> Iterator[Finding]:
    part, whole, value = (row.values[name] for name in ("numerator", "denominator", "value"))
    if (part is None) != (whole is None) or whole == 0:
        yield _fault(
            row, "denominator", _("Enter the numerator and the denominator; the denominator is more than zero.")
        )
    elif part is not None and value is not None and value != _ratio(part, whole):
        yield _fault(
            row, "value", _("This is not the numerator divided by the denominator. Leave it empty to have it reckoned.")
        )


def _ratio(part: Decimal, whole: Decimal) -> Decimal:
    return (part * 100 / whole).quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)


def _filled(row: ReadRow, results: dict[str, Any]) -> Filled:
    reported = {name: row.values[name] for name in REPORTED}
    reported["narrative"] = reported["narrative"] or ""
    if reported["numerator"] is not None:
        reported["value"] = _ratio(reported["numerator"], reported["denominator"])
    reported["as_of"] = reported["as_of"] or row.values["end"]
    identity = {name: row.values[name] or "" for name in ("label", "unit")}
    identity |= {"period_start": row.values["start"], "period_end": row.values["end"]}
    return Filled(row.number, results.get(_key(row.values["key"])), identity, reported)


def _identity(result: Any) -> dict[str, str | datetime.date]:
    return {
        "label": result.label,
        "unit": result.unit,
        "start": result.period_start,
        "end": result.period_end,
    }


def _key(text: str) -> str:
    try:
        return str(uuid.UUID(text))
    except ValueError:
        return ""


def _fault(row: ReadRow, name: str, message: str | Promise) -> Finding:
    column = next(column for column in COLUMNS if column.name == name)
    value = row.values[name]
    return Finding(
        Severity.REFUSAL,
        f"sheet-{name}",
        message,
        row=row.number,
        header=str(column.header),
        value="" if value is None else str(value),
    )
