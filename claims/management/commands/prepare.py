"""Bring a database up to date: migrations, reference data and, in development, the demo story."""

from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from core.models import Deployment


class Command(BaseCommand):
    """`./run` calls this when something changed since the last start; a deployment calls it before it starts."""

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--mark", default="", help="what to remember this preparation by")

    def handle(self, *args: Any, mark: str, **options: Any) -> None:
        call_command("migrate", interactive=False, verbosity=0)
        call_command("load_reference")
        if settings.DEMO:
            call_command("load_demo")
        if mark:
            Deployment.objects.get_or_create(mark=mark, defaults={"at": timezone.now()})
