"""Which frozen papers no longer say what the records say: figure by figure, with who changed it, in a fixed number of queries."""

from __future__ import annotations

import datetime
import uuid
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db import connection
from django.db.models import F

from claims.models import FrozenClaim, FrozenFigure, FrozenPaper, WrittenPaper
from claims.queries.figures import PRINTED, Value, worded
from claims.queries.printed_values import Stand, stands
from claims.rules.printed import exact
from core.changes import people_of
from results.models import ResultVersion

FULL = {"amount": "code-vol", "number": "vol", "share": "twee-decimalen"}


@dataclass(frozen=True)
class FigureChange:
    """One figure that changed since it was printed. `new` is empty when the record is gone or no longer told."""

    figure: FrozenFigure
    old: str
    new: str
    by: str = ""
    at: datetime.datetime | None = None


@dataclass
class Outdated:
    """What changed since a paper was frozen. `texts` names the claims, nota or letter whose own draft changed in any way."""

    figures: list[FigureChange] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.figures or self.texts)


def outdated(papers: Iterable[FrozenPaper]) -> dict[int, Outdated]:
    """Return what changed since each paper was frozen, by the paper's key. The number of queries does not grow with the papers."""
    by_key = {paper.pk: paper for paper in papers}
    found: dict[int, Outdated] = {key: Outdated() for key in by_key}
    rows = list(FrozenFigure.objects.filter(paper__in=by_key).select_related("version"))
    now = stands((row.field, str(row.record)) for row in rows)
    changed = [(row, stand) for row in rows if _differs(row, stand := now.get((row.field, str(row.record))))]
    writers = _writers([row for row, _stand in changed])
    for row, stand in changed:
        at, by = writers.get((row.field, row.record), (None, ""))
        if at is not None and at <= by_key[row.paper_id].at:
            at, by = None, ""
        found[row.paper_id].figures.append(FigureChange(row, _was(row), _said(stand.value if stand else None), by, at))
    for paper, reference in _redrafted(list(by_key)):
        found[paper].texts.append(reference)
    return found


def _differs(row: FrozenFigure, stand: Stand | None) -> bool:
    if stand is None or stand.value is None:
        return row.value is not None
    if stand.value.sort == "words":
        printed = _plain(row.wording)
        return not any(_plain(said) in printed for _form, said in stand.value.words)
    return (
        row.value is None or exact(stand.value.number) != row.value or stand.value.currency != (row.currency or "EUR")
    )


def _plain(words: str) -> str:
    return " ".join(words.replace("\u00a0", " ").split()).casefold()


def _was(row: FrozenFigure) -> str:
    if row.sort == "words":
        return str(row.wording)
    return "" if row.value is None else _said(Value(row.value, row.sort, row.currency or "EUR"))


def _said(value: Value | None) -> str:
    return "" if value is None else worded(value, FULL.get(value.sort, ""))


def _redrafted(papers: list[int]) -> list[tuple[int, str]]:
    """Return the papers whose claims' drafts, or own head and texts, are not what they were, with the reference of what changed."""
    if not papers:
        return []
    link, claim = FrozenClaim._meta.db_table, FrozenClaim._meta.get_field("claim").related_model._meta.db_table
    frozen, own = FrozenPaper._meta.db_table, WrittenPaper._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(
            f"""with seen as (select distinct claim_id from {link} where paper_id = any(%s)),
                     now as materialized (select claim_id, claims_digest(claim_id) as digest from seen)
                select l.paper_id, c.reference from {link} l
                  join now on now.claim_id = l.claim_id join {claim} c on c.id = l.claim_id
                 where l.paper_id = any(%s) and l.digest <> now.digest
                union all
                select f.id, w.reference from {frozen} f join {own} w on w.id = f.written_id
                 where f.id = any(%s) and f.written_digest <> claims_written_digest(w.id)
                order by 1, 2""",  # noqa: S608
            [papers, papers, papers],
        )
        return [(int(paper), str(reference)) for paper, reference in cursor.fetchall()]


def _writers(rows: list[FrozenFigure]) -> dict[tuple[str, uuid.UUID], tuple[datetime.datetime, str]]:
    """Return who changed each record last, where its history knows; one query per kind of record."""
    wanted: dict[tuple[Any, str], dict[uuid.UUID, list[str]]] = defaultdict(lambda: defaultdict(list))
    for row in rows:
        model, path = (
            (ResultVersion, "result__public_id")
            if row.field == "result.value"
            else (PRINTED[row.field].model, "public_id")
        )
        if hasattr(model, "pgh_event_model"):
            wanted[model, path][row.record].append(row.field)
    events: list[tuple[Any, uuid.UUID, list[str]]] = []
    for (model, path), fields in wanted.items():
        history = model.pgh_event_model.objects.filter(**{f"{path}__in": list(fields)}).select_related("pgh_context")
        newest = history.annotate(record=F(path)).order_by(path, "-pgh_id").distinct(path)
        events.extend((event, event.record, fields[event.record]) for event in newest)
    names = people_of([event for event, _record, _fields in events])
    return {
        (name, record): (event.pgh_created_at, _by(event, names)) for event, record, fields in events for name in fields
    }


def _by(event: Any, names: dict[Any, str]) -> str:
    return names.get(event.pgh_context.metadata.get("user"), "") if event.pgh_context else ""
