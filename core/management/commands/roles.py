"""Give the application's database role exactly what it needs; run as the owner, after every migrate."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection, transaction

from core.roles import grants


class Command(BaseCommand):
    """May be run again at any time; takes away what was given beyond it."""

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("role", help="the role as which web server and worker run")
        parser.add_argument("--sql", action="store_true", help="only print the statements")

    def handle(self, *args: Any, role: str, sql: bool, **options: Any) -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            statements = grants(cursor, role)
            if sql:
                self.stdout.write(";\n".join(statements) + ";")
                return
            cursor.execute("select current_user = %s from pg_roles where rolname = %s", [role, role])
            found = cursor.fetchone()
            if found is None:
                raise CommandError(
                    f"There is no role {role}. Make it first: create role \"{role}\" login password '…';"
                )
            if found[0]:
                raise CommandError(
                    f"You are {role}. Run this as the owner of the tables, with the owner's DATABASE_URL."
                )
            for statement in statements:
                cursor.execute(statement)
        self.stdout.write(f"{role} may do what the application needs, and nothing else.")
