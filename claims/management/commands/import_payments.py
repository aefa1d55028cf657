"""Take payments from the ministry's books in: import_payments FILE [--commit --by USERNAME] [--answer KEY=VALUE].

Without --commit it says what would happen and records nothing. A file with rows that cannot be read is refused whole.
"""

import hashlib
from pathlib import Path
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from claims.actions.books import FactsRefused, take_in
from claims.actions.refused import Refused
from claims.enums import LimitKind
from claims.importers.payments import Examined, examine, read_facts
from claims.models.books import LARGEST_FILE
from claims.queries.books import names_of_targets
from core.models import User
from core.tabular import Finding


class Command(BaseCommand):
    """Says each error with its row, column, value and what is expected."""

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--commit", action="store_true", help="record it; without, only say what would happen")
        parser.add_argument("--by", help="the financial officer who takes it in; needed with --commit")
        parser.add_argument("--answer", action="append", default=[], help="KEY=VALUE to what reading the file asks")

    def handle(self, *args: Any, file: Path, commit: bool, by: str | None, answer: list[str], **options: Any) -> None:
        content = _content(file)
        digest, answers = hashlib.sha256(content).hexdigest(), dict(_pair(text) for text in answer)
        read_or_weigh = read_facts if commit else examine
        found = read_or_weigh(content, file.name, digest=digest, answers=answers)
        if found.accepted and commit:
            try:
                found.weighed = take_in(by=_user(by), at=timezone.now(), facts=found.facts)
            except FactsRefused as refused:
                found.refuse(refused.faults)
            except (Refused, PermissionDenied) as error:
                raise CommandError(f"Nothing was recorded: {error}") from None
        if not found.accepted:
            lines = "\n".join(_line(finding) for finding in found.findings)
            more = f"\nand {found.further} more" if found.further else ""
            raise CommandError(f"{file} was refused and nothing was recorded:\n{lines}{more}")
        self._say(found)
        self.stdout.write("Taken in." if commit else "Nothing was recorded: give --commit to take it in.")

    def _say(self, found: Examined) -> None:
        weighed = found.weighed
        for said in found.reading.said:
            self.stdout.write(str(said))
        self.stdout.write(
            f"{weighed.new} new, {weighed.recognised} recognised and left out, {len(weighed.above)} deviations"
        )
        for row in weighed.above:
            name = names_of_targets(row.kind, [row.target]).get(row.target, "")
            self.stdout.write(
                f"  {LimitKind(row.kind).label}, {name}: {row.amount} EUR above, from voucher {row.voucher}"
            )


def _user(username: str | None) -> User:
    user = User.objects.filter(username=username).first() if username else None
    if user is None:
        raise CommandError("Give --by with the username of the financial officer who takes it in.")
    return user


def _content(file: Path) -> bytes:
    try:
        with file.open("rb") as source:
            return source.read(LARGEST_FILE + 1)
    except OSError as error:
        raise CommandError(f"{file} cannot be read: {error.strerror}.") from None


def _pair(text: str) -> tuple[str, str]:
    key, sign, value = text.partition("=")
    if not sign:
        raise CommandError(f"--answer {text}: write it as KEY=VALUE.")
    return key, value


def _line(finding: Finding) -> str:
    row = f"row {finding.row}, " if finding.row else ""
    place = f"{finding.column} {finding.header}".strip()
    value = f" “{finding.value}”" if finding.value else ""
    wanted = f" Expected: {finding.expected}" if finding.expected else ""
    if finding.question:
        choices = ", ".join(f"--answer {finding.question}={answer.value}" for answer in finding.answers)
        wanted = f" Answer with {choices}"
    return f"  {row}{place}{value}: {finding.message}{wanted}"
