"""Put a copy into the empty database that DATABASE_URL names: all of it, checked, or nothing."""

from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError
from psycopg import Error

from claims.checks.ledger import differences, gifts_twice
from claims.queries.sealed import SEALED
from core.copies.archive import Reader, Unreadable
from core.copies.into import NotEmpty, copy_into


class Command(BaseCommand):
    """Checks every byte before anything is touched; afterwards counts, hashes of frozen files and the ledger's sums."""

    help = __doc__
    requires_system_checks: list[str] = []  # the database is empty

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="an archive that `backup` made")
        parser.add_argument("--check", action="store_true", help="only check the archive; touch no database")

    def handle(self, *args: Any, file: Path, check: bool, **options: Any) -> None:
        try:
            with Reader(file) as reader:
                told = reader.manifest
                self.stdout.write(f"{file}: made {told.made_at} by program {told.program}, sha256 {reader.sha256}")
                if check:
                    return
                copy_into(reader, sealed=SEALED, sound=wrong_in_ledger, say=self.stdout.write)
        except (Unreadable, NotEmpty, ValueError, OSError, DatabaseError, Error) as error:
            raise CommandError(f"Nothing was restored. {error}") from error
        call_command("migrate", interactive=False, verbosity=0)
        self.stdout.write("Restored: every count and hash is that of the copy, and the ledger is sound.")


def wrong_in_ledger() -> list[str]:
    """Return what `check_ledger` would say."""
    return [*(str(difference) for difference in differences()), *gifts_twice()]
