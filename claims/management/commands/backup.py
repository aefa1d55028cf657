"""Copy the whole register into one checksummed archive, while everybody goes on working."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from psycopg import Error

from claims.queries.sealed import SEALED
from core.copies.out import copy_out


class Command(BaseCommand):
    """Ends with the archive's SHA-256, to be kept elsewhere; leaves nothing when it fails."""

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "file", type=Path, help="the archive to write, or a folder in which to name it by its moment"
        )

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        now = timezone.now()
        path = file / f"claimregister-{now:%Y%m%dT%H%M%SZ}.tar" if file.is_dir() else file
        try:
            manifest, digest = copy_out(path, at=now, sealed=SEALED)
        except (OSError, ValueError, Error) as error:
            raise CommandError(f"No copy was made: {error}") from error
        rows, papers = sum(manifest.rows.values()), len(manifest.sealed.get("claims_frozenfile.content", []))
        self.stdout.write(f"{path}: {rows} rows, {papers} frozen files, {path.stat().st_size} bytes")
        self.stdout.write(f"sha256 {digest}")
