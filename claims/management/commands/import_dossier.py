"""Take a dossier file in as a draft: import_dossier FILE.json [--by USERNAME]. A bad file is refused whole."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from claims.actions.import_dossier import import_dossier
from claims.dossier import LARGEST_FILE
from claims.importers.dossier import BadDossier, read
from core.models import User

TECHNICAL_USER = "dossier-import"


class Command(BaseCommand):
    """Says each error with its JSON path."""

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--by",
            help="the user who takes it in and becomes its file holder; without, a technical user that cannot sign in",
        )

    def handle(self, *args: Any, file: Path, by: str | None, **options: Any) -> None:
        try:
            with file.open("rb") as source:
                content = source.read(LARGEST_FILE + 1)
        except OSError as error:
            raise CommandError(f"{file} cannot be read: {error.strerror}.") from None
        owner = User.objects.filter(username=by).first() if by else None
        if by and owner is None:
            raise CommandError(f"There is no user {by}.")
        try:
            checked = read(content)
            claim = import_dossier(by=owner or technical_user(), at=timezone.now(), content=checked, owner=owner)
        except BadDossier as error:
            raise CommandError(f"{file} was refused and nothing was stored:\n{error}") from None
        self.stdout.write(f"{claim.reference} {claim.title}")


def technical_user() -> User:
    """Return the user that stands for this command in the history; it cannot sign in."""
    user, made = User.objects.get_or_create(
        username=TECHNICAL_USER, defaults={"name": "Dossier import", "is_active": False}
    )
    if made:
        user.set_unusable_password()
        user.save()
    return user
