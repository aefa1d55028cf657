"""Write a claim's draft with all it needs as a dossier file: export_dossier REF -o FILE.json (or - for standard output)."""

import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from claims.documents.dossier import write
from claims.models import Claim


class Command(BaseCommand):
    """The same claim always gives the same bytes."""

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("reference", help="for example BV-2026-0001")
        parser.add_argument("-o", "--output", required=True, help="a file, or - for standard output")

    def handle(self, *args: Any, reference: str, output: str, **options: Any) -> None:
        claim = Claim.objects.filter(reference=reference).first()
        if claim is None:
            raise CommandError(f"There is no claim {reference}.")
        content = write(claim)
        if output == "-":
            sys.stdout.buffer.write(content)
            return
        try:
            Path(output).write_bytes(content)
        except OSError as error:
            raise CommandError(f"{output} cannot be written: {error.strerror}.") from None
        self.stdout.write(f"{output}: {len(content)} bytes")
