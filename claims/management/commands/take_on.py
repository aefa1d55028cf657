"""Take opening balances on: take_on FILE --as-of DAY --source TEXT --by USERNAME --confirmed-by USERNAME [--dry-run].

With --dry-run it says what would be recorded and records nothing. A file with rows that cannot be taken on is refused whole.
"""

import datetime
import hashlib
from pathlib import Path
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils import timezone

from claims.actions import take_on as actions
from claims.actions.refused import Refused
from claims.importers.take_on import Opening, examine
from claims.management.commands.import_payments import _content, _line, _pair
from claims.rules.take_on import sums
from core.models import User


class Command(BaseCommand):
    """Says each error with its row, column, value and what is expected."""

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--as-of", required=True, type=datetime.date.fromisoformat, help="2026-06-30")
        parser.add_argument("--source", required=True, help="where the stands come from")
        parser.add_argument("--dry-run", action="store_true", help="only say what would be recorded")
        parser.add_argument("--by", help="the financial officer who adds the file")
        parser.add_argument("--confirmed-by", help="the controller who takes it in")
        parser.add_argument("--answer", action="append", default=[], help="KEY=VALUE to what reading the file asks")

    def handle(self, *args: Any, file: Path, as_of: datetime.date, dry_run: bool, **options: Any) -> None:
        content, answers = _content(file), dict(_pair(text) for text in options["answer"])
        digest = hashlib.sha256(content).hexdigest()
        found = examine(content, file.name, digest=digest, as_of=as_of, answers=answers)
        if not found.accepted:
            lines = "\n".join(_line(finding) for finding in found.findings)
            more = f"\nand {found.further} more" if found.further else ""
            raise CommandError(f"{file} was refused and nothing was recorded:\n{lines}{more}")
        self._say(found)
        if dry_run:
            self.stdout.write("Nothing was recorded (--dry-run).")
            return
        by, confirmed_by, at = (
            _user(options["by"], "--by"),
            _user(options["confirmed_by"], "--confirmed-by"),
            timezone.now(),
        )
        try:
            with transaction.atomic():
                kept = actions.keep(
                    by=by, at=at, name=file.name, content=content, as_of=as_of, source=options["source"]
                )
                kept = actions.answer_questions(by=by, file=kept, answers=answers)
                actions.take_in(by=confirmed_by, at=at, file=kept, shown=found.mark)
        except (Refused, PermissionDenied) as error:
            raise CommandError(f"Nothing was recorded: {error}") from None
        self.stdout.write("Taken in.")

    def _say(self, found: Opening) -> None:
        for said in found.reading.said:
            self.stdout.write(str(said))
        for row in sums(found.items):
            self.stdout.write(f"{row.label}: {row.rows} rows, EUR {row.amount}, cash EUR {row.cash}")


def _user(username: str | None, option: str) -> User:
    user = User.objects.filter(username=username).first() if username else None
    if user is None:
        raise CommandError(f"Give {option} with the username of an account.")
    return user
