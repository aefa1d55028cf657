"""Show what is older than its retention term; with --confirm remove exactly that, with a certificate."""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError, transaction
from django.utils import timezone
from psycopg import errors

from claims.actions.refused import Refused
from claims.actions.retention import remove
from claims.queries.retention import Due, due
from core.models import Removal, User


class Command(BaseCommand):
    """Run as the owner of the tables; the terms are the setting RETENTION_YEARS. Money, steps and decisions never go."""

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--confirm", metavar="SHA256", help="the hash that the dry run printed")
        parser.add_argument("--by", metavar="USERNAME", help="the administrator who decides this")
        parser.add_argument(
            "--certificate", type=Path, metavar="FILE", help="where to keep the certificate besides the database"
        )

    def handle(self, *args: Any, confirm: str | None, by: str | None, certificate: Path | None, **options: Any) -> None:
        years = settings.RETENTION_YEARS
        if not years:
            raise CommandError("No retention term is set, so nothing is ever removed. Set RETENTION_YEARS.")
        if not confirm:
            self.show(due(timezone.localdate(), years))
            return
        if not by or not certificate:
            raise CommandError("Say who decides (--by USERNAME) and where the certificate goes (--certificate FILE).")
        person = User.objects.filter(username=by, is_active=True).first()
        if person is None:
            raise CommandError(f"There is no active user {by}.")
        try:
            with kept_beside(certificate) as write, transaction.atomic():
                made = remove(
                    by=person, at=timezone.localtime(), years=years, ground=settings.RETENTION_GROUND, seen=confirm
                )
                write(made)
        except Refused as refused:
            raise CommandError(str(refused.message)) from refused
        except (OSError, DatabaseError) as error:
            owner = isinstance(error.__cause__, errors.InsufficientPrivilege)
            hint = " Run this as the owner of the tables." if owner else ""
            raise CommandError(f"Nothing was removed: {error}{hint}") from error
        self.stdout.write(f"Removed {len(made.certificate['rows'])} rows; the certificate is {certificate}.")

    def show(self, found: Due) -> None:
        """Print what would go, and the hash that confirms it."""
        for name, years in sorted(found.years.items()):
            self.stdout.write(f"{name}: kept {years} years")
        for paper in found.papers:
            self.stdout.write(f"  {paper}")
        for table, count in found.counts().items():
            self.stdout.write(f"  {count} rows of {table}")
        if not found.rows:
            self.stdout.write("Nothing is older than its term.")
            return
        self.stdout.write(f"Nothing was removed. To remove exactly this: --confirm {found.digest}")


@contextmanager
def kept_beside(path: Path) -> Iterator[Any]:
    """Write the certificate before the removal is final, and name it once it is; nothing is left when it fails."""
    if path.exists():
        raise FileExistsError(f"{path} is there already")
    beside = path.with_name(f".{path.name}.part")

    def write(made: Removal) -> None:
        with open(beside, "x", encoding="utf-8") as file:
            json.dump(made.certificate, file, ensure_ascii=False, indent=1)
            file.flush()
            os.fsync(file.fileno())

    try:
        yield write
        beside.rename(path)
    finally:
        beside.unlink(missing_ok=True)
