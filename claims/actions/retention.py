"""Removes what is older than its retention term: exactly what was shown, in one transaction, with a certificate."""

from __future__ import annotations

import datetime
from typing import Any

from django.db import connection
from django.utils.translation import gettext as _

from claims.actions.refused import Refused
from claims.checks.ledger import differences
from claims.queries.retention import PLAN, Due, due, ledger_marks
from core.audit import record
from core.enums import Role
from core.models import Removal, User
from core.permissions import has_role
from core.transactions import acting, check_now


@acting
def remove(*, by: User, at: datetime.datetime, years: dict[str, int], ground: str, seen: str) -> Removal:
    """Remove the set whose digest was shown (`seen`); refused when it is another by now, or when any stand would change.

    Run as the owner of the tables: the append-only triggers rest for the length of this transaction, and nobody else can write
    to those tables meanwhile.
    """
    if not has_role(by, Role.ADMINISTRATOR, anywhere=True):
        raise Refused(_("Only an administrator removes what is past its term."), "retention_by_administrator")
    if not ground.strip():
        raise Refused(_("Say on what ground it is removed: name the selection list."), "reason_given")
    today = at.date()
    check_now()
    with connection.cursor() as cursor:
        _rest(cursor, [kind for kind in PLAN if kind in years], "disable")
        found = due(today, years)
        if not found.rows or found.digest != seen:
            raise Refused(
                _("What would go is not what was shown. Nothing was removed; look at it again."), "retention_as_shown"
            )
        before = ledger_marks()
        for table, keys in _by_table(found).items():
            key = next(name for rows in PLAN.values() for one, name, _which in rows if one == table)
            cursor.execute(f"delete from {table} where {key} = any(%s)", [keys])  # noqa: S608  (constants)
            if cursor.rowcount != len(keys):
                raise Refused(
                    _("What would go is not what was shown. Nothing was removed; look at it again."),
                    "retention_as_shown",
                )
        check_now()
        _rest(cursor, [kind for kind in PLAN if kind in years], "enable")
        cursor.execute("select core_register_changed()")  # the trigger that says so rested as well
    wrong = [str(one) for one in differences()]
    if ledger_marks() != before or wrong:
        raise Refused(_("A stand of the ledger would change. Nothing was removed."), "retention_keeps_ledger")
    made = Removal.objects.create(
        by=by, at=at, ground=ground.strip(), digest=found.digest, certificate=certificate(found, by, at, ground)
    )
    record(
        by=by, at=at, kind="retention", subject=f"removal {made.public_id}", rows=len(found.rows), digest=found.digest
    )
    return made


def certificate(found: Due, by: User, at: datetime.datetime, ground: str) -> dict[str, Any]:
    """Return what a certificate says: no content, only what proves which rows went."""
    return {
        "format": "claimregister-removal/1",
        "at": at.isoformat(),
        "by": by.pk,
        "ground": ground.strip(),
        "years": found.years,
        "digest": found.digest,
        "counts": found.counts(),
        "papers": list(found.papers),
        "rows": [[row.table, row.key, row.sha256] for row in found.rows],
    }


def _by_table(found: Due) -> dict[str, list[int]]:
    tables: dict[str, list[int]] = {}
    for row in found.rows:
        tables.setdefault(row.table, []).append(row.key)
    return tables


def _rest(cursor: Any, kinds: list[str], what: str) -> None:
    """Let the register's own triggers of the tables rest, or wake them; foreign keys are always looked at."""
    for table in sorted({table for kind in kinds for table, _key, _which in PLAN[kind]}):
        cursor.execute(f"alter table {table} {what} trigger user")
