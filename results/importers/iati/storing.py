"""Activities to rows and back: in by COPY, a batch at a time; out again as the same facts."""

from __future__ import annotations

import json
import uuid
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from django.db import connection

from core.findings import Severity
from results.importers.iati.facts import (
    Activity,
    Budget,
    Indicator,
    Organisation,
    Period,
    Result,
    Texts,
    Transaction,
)
from results.importers.iati.reading import Read
from results.models import IatiActivity

BATCH = 200  # activities in memory at once
HEAD = [name for name in Activity.__dataclass_fields__ if name not in ("line", "identifier", "transactions")]

ACTIVITIES = (
    "COPY results_iatiactivity (id, public_id, file_id, position, line, identifier, publisher, title, status, repeated,"
    " has_results, facts) FROM STDIN"
)
TRANSACTIONS = (
    "COPY results_iatitransaction (activity_id, position, line, ref, kind, day, amount, currency, value_date, provider_ref,"
    " provider_activity, receiver_ref, receiver_activity, more) FROM STDIN"
)
REMARKS = "COPY results_iatiremark (file_id, activity_id, line, severity, code, message) FROM STDIN"


class Counts:
    """What was stored of a file."""

    def __init__(self) -> None:
        self.activities = self.transactions = 0
        self.remarks: Counter[Severity] = Counter()
        self.publishers: set[str] = set()


def store(file_id: int, reads: Iterable[Read]) -> Counts:
    """Store the activities of a file below a row that is made afterwards; return the counts."""
    counts = Counts()
    stream = iter(reads)
    while batch := list(islice(stream, BATCH)):
        _batch(file_id, batch, counts)
    return counts


def _batch(file_id: int, batch: list[Read], counts: Counts) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('results_iatiactivity_id_seq') FROM generate_series(1, %s)", [len(batch)])
        ids = [row[0] for row in cursor.fetchall()]
        rows = list(zip(ids, batch, strict=True))
        _copy(cursor, ACTIVITIES, (_activity(key, file_id, counts, read) for key, read in rows))
        _copy(cursor, TRANSACTIONS, (row for key, read in rows for row in _transactions(key, read.activity, counts)))
        _copy(cursor, REMARKS, (row for key, read in rows for row in _remarks(key, file_id, read, counts)))


def _copy(cursor: Any, statement: str, rows: Iterable[tuple[Any, ...]]) -> None:
    with cursor.copy(statement) as copy:
        for row in rows:
            copy.write_row(row)


def _activity(key: int, file_id: int, counts: Counts, read: Read) -> tuple[Any, ...]:
    activity = read.activity
    counts.activities += 1
    counts.publishers.add(activity.reporter.ref)
    title = activity.title[0][1] if activity.title else ""
    head = {name: value for name in HEAD if (value := getattr(activity, name))}
    return (
        *(key, uuid.uuid4(), file_id, counts.activities, activity.line, activity.identifier, activity.reporter.ref),
        *(title, activity.status[:20], read.repeated, bool(activity.results), json.dumps(head, ensure_ascii=False)),
    )


def _transactions(key: int, activity: Activity, counts: Counts) -> Iterator[tuple[Any, ...]]:
    for position, one in enumerate(activity.transactions, 1):
        counts.transactions += 1
        provider, receiver = one.provider, one.receiver
        more = {
            name: value
            for name, value in (
                ("provider", provider.names),
                ("provider_kind", provider.kind),
                ("receiver", receiver.names),
                ("receiver_kind", receiver.kind),
                ("description", one.description),
            )
            if value
        }
        yield (
            *(
                key,
                position,
                one.line,
                one.ref,
                one.kind[:20],
                one.day,
                one.amount,
                one.currency[:20],
                one.value_date[:40],
            ),
            *(provider.ref, provider.activity, receiver.ref, receiver.activity, json.dumps(more, ensure_ascii=False)),
        )


def _remarks(key: int, file_id: int, read: Read, counts: Counts) -> Iterator[tuple[Any, ...]]:
    for remark in read.remarks:
        counts.remarks[remark.severity] += 1
        yield (file_id, key, remark.line, int(remark.severity), remark.code[:60], remark.message)


# -- and back -----------------------------------------------------------------------------------------------------------


def stored_facts(row: IatiActivity) -> Activity:
    """Return a stored activity, fetched with its transactions, as the facts that were read."""
    facts: dict[str, Any] = dict(row.facts)
    facts["reporter"] = _organisation(facts.get("reporter", []))
    facts["title"] = _texts(facts.get("title", []))
    facts["organisations"] = tuple(_organisation(one) for one in facts.get("organisations", []))
    facts["descriptions"] = tuple((kind, _texts(texts)) for kind, texts in facts.get("descriptions", []))
    facts["budgets"] = tuple(Budget(*one) for one in facts.get("budgets", []))
    facts["results"] = tuple(_result(one) for one in facts.get("results", []))
    for name in ("others", "dates", "countries", "sectors", "aid_types"):
        facts[name] = tuple(tuple(one) for one in facts.get(name, []))
    transactions = tuple(_transaction(one) for one in row.transactions.all())
    return Activity(line=row.line, identifier=row.identifier, transactions=transactions, **facts)


def _texts(stored: list[list[str]]) -> Texts:
    return tuple((language, text) for language, text in stored)


def _organisation(stored: list[Any]) -> Organisation:
    ref, role, kind, activity, names = stored
    return Organisation(ref, role, kind, activity, _texts(names))


def _result(stored: list[Any]) -> Result:
    kind, title, aggregation, description, indicators = stored
    return Result(kind, _texts(title), aggregation, _texts(description), tuple(_indicator(one) for one in indicators))


def _indicator(stored: list[Any]) -> Indicator:
    measure, title, aggregation, ascending, year, baseline, periods = stored
    made = tuple(Period(*one) for one in periods)
    return Indicator(measure, _texts(title), aggregation, ascending, year, baseline, made)


def _transaction(row: Any) -> Transaction:
    more = row.more
    return Transaction(
        row.line,
        row.ref,
        row.kind,
        row.day,
        row.amount,
        row.currency,
        row.value_date,
        Organisation(
            row.provider_ref, "", more.get("provider_kind", ""), row.provider_activity, _texts(more.get("provider", []))
        ),
        Organisation(
            row.receiver_ref, "", more.get("receiver_kind", ""), row.receiver_activity, _texts(more.get("receiver", []))
        ),
        _texts(more.get("description", [])),
    )
