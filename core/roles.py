"""The database role as which web server and worker run: what it may do, and whether it may no more than that.

The owner migrates, restores and cleans up; the application only reads and adds. What is append-only the database itself tells:
the events (update, delete) at which a table's append-only trigger refuses are not granted either, so that no setting of a
session and no superfluous right gets past it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import connection
from psycopg import sql

# Written by the owner only.
READ_ONLY = {"django_migrations", "django_content_type", "auth_permission", "core_deployment"}
# Append-only without a trigger of their own: by privilege alone.
ADD_ONLY = {"core_event", "django_admin_log"}
# Rows that a trigger locks while it looks at them: that takes the right to update one column, which the trigger then refuses.
LOCKED = {"claims_payment"}

APPEND_ONLY = """
    select c.relname, bool_or(t.tgtype & 16 <> 0), bool_or(t.tgtype & 8 <> 0)
      from pg_class c
      left join pg_trigger t on t.tgrelid = c.oid and not t.tgisinternal
       and (select p.proname from pg_proc p where p.oid = t.tgfoid) like '%%append\\_only%%'
     where c.relkind = 'r' and c.relnamespace = current_schema()::regnamespace
     group by c.relname order by c.relname
"""
VIEWS = "select relname from pg_class where relkind = 'v' and relnamespace = current_schema()::regnamespace order by relname"
STANDING = """
    select rolsuper, rolbypassrls, rolcreaterole, has_schema_privilege(current_user, current_schema(), 'create')
      from pg_roles where rolname = current_user
"""
TOO_MUCH = """
    select c.relname, pg_has_role(current_user, c.relowner, 'member'),
           has_table_privilege(current_user, c.oid, 'update'), has_table_privilege(current_user, c.oid, 'delete'),
           has_table_privilege(current_user, c.oid, 'truncate') or has_table_privilege(current_user, c.oid, 'trigger')
      from pg_class c where c.relkind = 'r' and c.relnamespace = current_schema()::regnamespace
     order by c.relname
"""


@dataclass(frozen=True)
class Rights:
    """What the application's role may do with a table besides reading it."""

    table: str
    insert: bool
    update: bool
    delete: bool

    def words(self) -> list[str]:
        """Return the privileges by their names in SQL."""
        given = [("insert", self.insert), ("update", self.update), ("delete", self.delete)]
        return ["select", *(name for name, yes in given if yes)]


def rights(cursor: Any) -> list[Rights]:
    """Return what the application may do with each table of the database."""
    cursor.execute(APPEND_ONLY)
    found = []
    for table, no_update, no_delete in cursor.fetchall():
        reads, adds = table in READ_ONLY, table in READ_ONLY | ADD_ONLY
        found.append(Rights(table, not reads, not (adds or no_update), not (adds or no_delete)))
    return found


def grants(cursor: Any, role: str) -> list[str]:
    """Return the statements that give the role exactly what it needs; running them twice changes nothing."""
    cursor.execute("select quote_ident(current_database()), quote_ident(current_schema())")
    database, schema = cursor.fetchone()
    who = sql.Identifier(role).as_string()
    lines = [
        f"revoke create on schema {schema} from public",
        f"revoke all on all tables in schema {schema} from {who}",
        f"revoke all on all sequences in schema {schema} from {who}",
        f"grant connect on database {database} to {who}",
        f"grant usage on schema {schema} to {who}",
        f"grant usage, select on all sequences in schema {schema} to {who}",
    ]
    for one in rights(cursor):
        table = sql.Identifier(one.table).as_string()
        lines.append(f"grant {', '.join(one.words())} on {table} to {who}")
        if one.table in LOCKED:
            lines.append(f"grant update (id) on {table} to {who}")
    cursor.execute(VIEWS)
    return lines + [f"grant select on {sql.Identifier(view).as_string()} to {who}" for (view,) in cursor.fetchall()]


def excess() -> list[str]:
    """Return what the role of this connection may do that the application must not be able to do; nothing when all is well."""
    with connection.cursor() as cursor:
        cursor.execute(STANDING)
        superuser, bypass, creates_roles, creates = cursor.fetchone()
        if superuser:
            return ["it is a superuser, whom no trigger and no privilege stops"]
        said = [text for yes, text in ((bypass, "it passes row security"), (creates_roles, "it may make roles")) if yes]
        said += ["it may make tables and functions in the schema"] if creates else []
        cursor.execute("select current_setting('server_version_num')::int >= 150000")
        if cursor.fetchone()[0]:
            cursor.execute("select has_parameter_privilege(current_user, 'session_replication_role', 'set')")
            said += ["it may set session_replication_role"] if cursor.fetchone()[0] else []
        meant = {one.table: one for one in rights(cursor)}
        cursor.execute(TOO_MUCH)
        found = cursor.fetchall()
        owned = [table for table, owns, *_rest in found if owns]
        if owned:
            said.append(f"it owns {len(owned)} tables ({owned[0]}, …), and may switch off their triggers")
        for table, owns, updates, deletes, alters in found:
            may = meant[table]
            if owns:
                continue
            if (updates and not may.update) or (deletes and not may.delete) or alters:
                said.append(f"it may change or empty {table}")
    return said
