"""Load the demo story of fixtures/demo, once, into a database without people or claims."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from claims import demo


class Command(BaseCommand):
    """Never where real work is done."""

    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEVELOPMENT:
            raise CommandError("The demo story is for development only (DEBUG=1): its users have a known password.")
        loaded = demo.load()
        self.stdout.write(
            "Demo story loaded" if loaded else "There are people or claims already: the demo story was not loaded again"
        )
