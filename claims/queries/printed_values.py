"""The present value of any field of a record that a paper has printed, in a fixed number of queries."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from claims.queries.figures import PRINTED, Value


@dataclass(frozen=True)
class Stand:
    """A field's value now, the day it holds for, and for a result the version that says it."""

    value: Value | None
    as_of: datetime.date | None = None
    version: Any = None


def stands(wanted: Iterable[tuple[str, str]]) -> dict[tuple[str, str], Stand]:
    """Return the stands by (field, public id); what is gone or not to be told is left out. One query or two per kind of field.

    Does not ask who looks: the caller shows only papers that person may see.
    """
    ids: dict[str, set[str]] = defaultdict(set)
    for name, identity in wanted:
        if name in PRINTED:
            ids[name].add(str(identity))
    found: dict[tuple[str, str], Stand] = {}
    for name in sorted(ids):
        source = PRINTED[name]
        for identity, row in source.fetch(ids[name], None).items():
            found[name, identity] = _stand(name, source.read(row), row)
    return found


def _stand(name: str, value: Value | None, row: Any) -> Stand:
    if name == "result.value":
        version = row.newest[0] if row.newest else None
        return Stand(value, version.as_of if version else None, version)
    if name == "result-part.value":
        return Stand(value, row.version_of.as_of, row.version_of)
    if name == "share.ratio":
        against = row.appeal if row.appeal_id else row.total
        return Stand(value, against.as_of)
    if name.startswith(("appeal-part", "appeal-group")):
        return Stand(value, row.appeal.as_of)
    return Stand(value, getattr(row, "as_of", None))
