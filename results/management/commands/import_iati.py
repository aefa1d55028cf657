"""Take an IATI 2.03 activity file in: import_iati FILE.xml [--by USERNAME] [--name NAME]. A file that cannot be trusted is refused whole."""

from pathlib import Path
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from core.models import User
from results.actions.import_iati import import_iati
from results.importers.iati.reading import Refused
from results.policies import IATI_USER


class Command(BaseCommand):
    """Says each reason with its line."""

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--by", help="the user who takes it in; without, a technical user that cannot sign in")
        parser.add_argument(
            "--name", help="files of one publisher and name are versions of each other (the file's name)"
        )

    def handle(self, *args: Any, file: Path, by: str | None, name: str | None, **options: Any) -> None:
        user = User.objects.filter(username=by).first() if by else technical_user()
        if user is None:
            raise CommandError(f"There is no user {by}.")
        now = timezone.localtime()
        try:
            with file.open("rb") as source:
                made = import_iati(by=user, at=now, source=source, name=(name or file.name)[:200], today=now.date())
        except OSError as error:
            raise CommandError(f"{file} cannot be read: {error.strerror}.") from None
        except (Refused, PermissionDenied) as error:
            raise CommandError(f"{file} was refused and nothing was stored:\n{error}") from None
        self.stdout.write(
            f"{made}: {made.activities_count} activities, {made.transactions_count} transactions, "
            f"{made.errors_count} errors, {made.warnings_count} warnings"
        )


def technical_user() -> User:
    """Return the user that stands for this command in the history; it cannot sign in."""
    user, made = User.objects.get_or_create(username=IATI_USER, defaults={"name": "IATI import", "is_active": False})
    if made:
        user.set_unusable_password()
        user.save()
    return user
