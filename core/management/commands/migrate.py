"""Django's migrate, which waits for a lock for a short while only: people who work go before a change of the tables."""

from typing import Any

from django.conf import settings
from django.core.management.base import CommandError
from django.core.management.commands.migrate import Command as Migrate
from django.db import OperationalError, connections
from psycopg import errors


class Command(Migrate):
    """Each migration is done whole or not at all; one that must wait too long, or takes too long, is taken back and said."""

    def handle(self, *args: Any, **options: Any) -> Any:
        connection = connections[options["database"]]
        limits = {
            "lock_timeout": settings.MIGRATE_LOCK_SECONDS,
            "statement_timeout": settings.MIGRATE_STATEMENT_SECONDS,
        }
        with connection.cursor() as cursor:
            for name, seconds in limits.items():
                cursor.execute("select set_config(%s, %s, false)", [name, f"{seconds}s"])
        try:
            return super().handle(*args, **options)
        except OperationalError as error:
            if not isinstance(error.__cause__, errors.LockNotAvailable | errors.QueryCanceled):
                raise
            raise CommandError(
                f"A migration was stopped and taken back: {str(error).splitlines()[0]}. Earlier ones are done. Run it again when "
                "fewer people work, or with more patience (MIGRATE_LOCK_SECONDS, MIGRATE_STATEMENT_SECONDS)."
            ) from error
        finally:
            if connection.is_usable():
                with connection.cursor() as cursor:
                    for name in limits:
                        cursor.execute("select set_config(%s, '0', false)", [name])
