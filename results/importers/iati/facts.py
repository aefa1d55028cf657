"""What we read of an activity, as the file says it; also what our own export is written from. Nothing is invented."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, NamedTuple

from results.importers.iati.standard import LANG

Texts = tuple[tuple[str, str], ...]  # (language or "", text)
DECIMAL = re.compile(r"[+-]?(?=[.]?[0-9])0*([0-9]*)(?:[.]([0-9]*?)0*)?")
MOST_DIGITS, MOST_DECIMALS = 24, 6  # of an amount that can be stored


class Organisation(NamedTuple):
    """An organisation in a role; identifiers are kept exactly as published."""

    ref: str = ""
    role: str = ""
    kind: str = ""
    activity: str = ""
    names: Texts = ()


NOBODY = Organisation()


class Budget(NamedTuple):
    """A budget of a period. `value` as published; the currency is its own or the activity's default, "" when neither is given."""

    kind: str
    status: str
    start: str
    end: str
    value: str
    currency: str
    value_date: str


class Transaction(NamedTuple):
    """One transaction. `amount` is None where the published value cannot be held exactly; it may be negative (a correction)."""

    line: int
    ref: str
    kind: str
    day: datetime.date | None
    amount: Decimal | None
    currency: str
    value_date: str
    provider: Organisation
    receiver: Organisation
    description: Texts = ()


class Period(NamedTuple):
    """Target and actual of one period, as published: values may be anything but numbers."""

    start: str
    end: str
    target: str = ""
    actual: str = ""


class Indicator(NamedTuple):
    """An indicator with its baseline and periods."""

    measure: str
    title: Texts
    aggregation: str = ""
    ascending: str = ""
    baseline_year: str = ""
    baseline: str = ""
    periods: tuple[Period, ...] = ()


class Result(NamedTuple):
    """A result with its indicators."""

    kind: str
    title: Texts
    aggregation: str = ""
    description: Texts = ()
    indicators: tuple[Indicator, ...] = ()


@dataclass(slots=True)
class Activity:
    """One activity."""

    identifier: str
    reporter: Organisation
    title: Texts
    line: int = 0
    language: str = ""
    currency: str = ""
    updated: str = ""
    humanitarian: str = ""
    descriptions: tuple[tuple[str, Texts], ...] = ()
    organisations: tuple[Organisation, ...] = ()
    others: tuple[tuple[str, str], ...] = ()  # other identifiers: (ref, type)
    status: str = ""
    dates: tuple[tuple[str, str], ...] = ()  # (type, date)
    countries: tuple[tuple[str, str], ...] = ()  # (code, percentage)
    sectors: tuple[tuple[str, str, str], ...] = ()  # (vocabulary, code, percentage)
    flow_type: str = ""
    finance_type: str = ""
    aid_types: tuple[tuple[str, str], ...] = ()  # (vocabulary, code)
    tied_status: str = ""
    budgets: tuple[Budget, ...] = ()
    transactions: tuple[Transaction, ...] = ()
    results: tuple[Result, ...] = ()


def amount_of(text: str) -> Decimal | None:
    """Read an amount as the schema allows it; None when it cannot be held exactly. Negative amounts are corrections."""
    match = DECIMAL.fullmatch(text.strip())
    if match is None or len(match[1] or "") > MOST_DIGITS - MOST_DECIMALS or len(match[2] or "") > MOST_DECIMALS:
        return None
    return Decimal(match[0])


def day_of(text: str) -> datetime.date | None:
    """Read a date of the schema, with or without a zone, whose day stands as it is written."""
    try:
        return datetime.date.fromisoformat(text[:10])
    except ValueError:
        return None


def activity_of(element: Any) -> Activity:
    """Read an activity element that fits the schema."""
    head: dict[str, Any] = {}
    several: dict[str, Any] = {}
    currency = element.get("default-currency") or ""
    for child in element:
        reader = READERS.get(child.tag)
        if reader is None:
            continue
        name, read, many = reader
        if many:
            several.setdefault(name, []).append(read(child, currency))
        else:
            head[name] = read(child, currency)
    return Activity(
        line=element.sourceline or 0,
        language=element.get(LANG) or "",
        currency=currency,
        updated=element.get("last-updated-datetime") or "",
        humanitarian=element.get("humanitarian") or "",
        **head | {name: tuple(values) for name, values in several.items()},
    )


def _texts(element: Any) -> Texts:
    return tuple([(child.get(LANG) or "", child.text or "") for child in element if child.tag == "narrative"])


def _organisation(element: Any, _currency: str = "") -> Organisation:
    get = element.get
    return Organisation(
        get("ref") or "", get("role") or "", get("type") or "", get("activity-id") or "", _texts(element)
    )


def _budget(element: Any, currency: str) -> Budget:
    parts = {child.tag: child for child in element}
    value = parts["value"]
    return Budget(
        element.get("type") or "1",
        element.get("status") or "1",
        parts["period-start"].get("iso-date"),
        parts["period-end"].get("iso-date"),
        value.text or "",
        value.get("currency") or currency,
        value.get("value-date") or "",
    )


def _transaction(element: Any, currency: str) -> Transaction:
    parts = {child.tag: child for child in element}
    get = parts.get
    value, provider, receiver, description = (
        parts["value"],
        get("provider-org"),
        get("receiver-org"),
        get("description"),
    )
    return Transaction(
        element.sourceline or 0,
        element.get("ref") or "",
        parts["transaction-type"].get("code"),
        day_of(parts["transaction-date"].get("iso-date")),
        amount_of(value.text or ""),
        value.get("currency") or currency,
        value.get("value-date") or "",
        NOBODY if provider is None else _party(provider, "provider-activity-id"),
        NOBODY if receiver is None else _party(receiver, "receiver-activity-id"),
        () if description is None else _texts(description),
    )


def _party(element: Any, activity: str) -> Organisation:
    """Read who gives or receives: by identifier where there is one, else by name."""
    get = element.get
    ref = get("ref") or ""
    return Organisation(ref, "", get("type") or "", get(activity) or "", () if ref else _texts(element))


def _result(element: Any, _currency: str) -> Result:
    description = element.find("description")
    return Result(
        element.get("type") or "",
        _texts(element.find("title")),
        element.get("aggregation-status") or "",
        _texts(description) if description is not None else (),
        tuple(_indicator(child) for child in element.iterchildren("indicator")),
    )


def _indicator(element: Any) -> Indicator:
    baseline = element.find("baseline")
    return Indicator(
        element.get("measure") or "",
        _texts(element.find("title")),
        element.get("aggregation-status") or "",
        element.get("ascending") or "",
        (baseline.get("year") or "") if baseline is not None else "",
        (baseline.get("value") or "") if baseline is not None else "",
        tuple(_period(child) for child in element.iterchildren("period")),
    )


def _period(element: Any) -> Period:
    start = end = target = actual = ""
    for child in element:
        tag = child.tag
        if tag == "period-start":
            start = child.get("iso-date") or ""
        elif tag == "period-end":
            end = child.get("iso-date") or ""
        elif tag == "target":
            target = target or child.get("value") or ""
        elif tag == "actual":
            actual = actual or child.get("value") or ""
    return Period(start, end, target, actual)


def _code(element: Any, _currency: str) -> str:
    return element.get("code") or ""


# tag: (field, reader, whether it may occur more than once)
READERS: dict[Any, tuple[str, Any, bool]] = {
    "iati-identifier": ("identifier", lambda child, _currency: (child.text or "").strip(), False),
    "reporting-org": ("reporter", _organisation, False),
    "title": ("title", lambda child, _currency: _texts(child), False),
    "description": ("descriptions", lambda child, _currency: (child.get("type") or "1", _texts(child)), True),
    "participating-org": ("organisations", _organisation, True),
    "other-identifier": ("others", lambda child, _currency: (child.get("ref") or "", child.get("type") or ""), True),
    "activity-status": ("status", _code, False),
    "activity-date": ("dates", lambda child, _currency: (child.get("type") or "", child.get("iso-date") or ""), True),
    "recipient-country": (
        "countries",
        lambda child, _currency: (child.get("code") or "", child.get("percentage") or ""),
        True,
    ),
    "sector": (
        "sectors",
        lambda child, _currency: (
            child.get("vocabulary") or "1",
            child.get("code") or "",
            child.get("percentage") or "",
        ),
        True,
    ),
    "default-flow-type": ("flow_type", _code, False),
    "default-finance-type": ("finance_type", _code, False),
    "default-aid-type": (
        "aid_types",
        lambda child, _currency: (child.get("vocabulary") or "1", child.get("code") or ""),
        True,
    ),
    "default-tied-status": ("tied_status", _code, False),
    "budget": ("budgets", _budget, True),
    "transaction": ("transactions", _transaction, True),
    "result": ("results", _result, True),
}
