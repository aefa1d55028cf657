"""Reckon every stand of the ledger anew and compare; exit status 1 with each difference."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from claims.checks.ledger import differences, gifts_twice


class Command(BaseCommand):
    """Run after an import, a restore or an upgrade; it changes nothing."""

    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        found = [*(str(difference) for difference in differences()), *gifts_twice()]
        if found:
            raise CommandError("\n".join([*found, f"{len(found)} found"]), returncode=1)
        self.stdout.write("The ledger is sound: every total is the sum of its rows.")
