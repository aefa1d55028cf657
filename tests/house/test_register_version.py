"""Every table with content counts what is written to it, so that nothing made of the register is shown for too long."""

from __future__ import annotations

import pytest
from django.db import connection

pytestmark = pytest.mark.django_db

# What tells what happened, or how far a request is; nothing that is kept (core.snapshot) is made of it.
NO_CONTENT = {
    *("core_cacheentry", "core_deployment", "core_event", "core_removal", "core_sending", "core_session"),
    *("claims_bookswork", "claims_freezing", "claims_printout", "claims_render"),
    *("reporting_answer", "reporting_partnersheet"),
}
FOREIGN = ("account_", "auth_", "django_", "mfa_", "pghistory_", "procrastinate_", "socialaccount_")


def tables(watched_by: str = "") -> set[str]:
    """Return the names of all tables, or of those with a trigger."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select relname from pg_class c where relkind in ('r', 'p') and relnamespace = current_schema()::regnamespace"
            " and (%s = '' or exists (select from pg_trigger where tgrelid = c.oid and tgname = %s and tgenabled = 'O'))",
            [watched_by, watched_by],
        )
        return {name for (name,) in cursor.fetchall()}


def test_every_table_is_watched_or_has_no_content() -> None:
    ours = {name for name in tables() if not name.startswith(FOREIGN)}
    history = {name for name in ours if name.endswith("event")}
    assert ours - history - NO_CONTENT == tables("register_changes")
    assert tables("register_changes") == tables("register_emptied")


def test_no_name_stands_here_in_vain() -> None:
    assert tables() >= NO_CONTENT
