"""End every session: everybody signs in again. For a key that leaked."""

from typing import Any

from django.core.management.base import BaseCommand

from core.models import Session


class Command(BaseCommand):
    """What people typed and did not save is lost to them; nothing else is."""

    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        count, _by_model = Session.objects.all().delete()
        self.stdout.write(f"{count} sessions ended.")
