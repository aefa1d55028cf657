"""Make a paper from a claim as it stands: render REF cw31|annex --format pdf|html -o FILE (or - for standard output)."""

import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from claims import papers
from claims.enums import PaperKind
from claims.models import Claim
from core.pdf import Door, PaperFailed


class Command(BaseCommand):
    """Uses the same facts, template and renderer as the screens do."""

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("reference", help="for example BV-2026-0001")
        parser.add_argument("kind", choices=PaperKind.values)
        parser.add_argument("--format", choices=("pdf", "html"), default="pdf")
        parser.add_argument("-o", "--output", required=True, help="a file, or - for standard output")

    def handle(self, *args: Any, reference: str, kind: str, output: str, **options: Any) -> None:
        try:
            facts = papers.facts_of(Claim.objects.get(reference=reference), kind)
            html = papers.as_document(facts)
        except Claim.DoesNotExist:
            known = list(Claim.objects.values_list("reference", flat=True)[:5])
            newest = f"; the newest are {', '.join(known)}" if known else ""
            raise CommandError(f"There is no claim {reference}. The page Claims lists them{newest}.") from None
        except papers.TooLong:
            raise CommandError(f"The texts of {reference} are together too long for one paper. Shorten them.") from None
        if options["format"] == "html":
            content = html.encode()
        else:
            try:
                with Door() as door:
                    content = door.render(html)
            except PaperFailed as error:
                raise CommandError(f"{error.message} ({error.detail})") from None
        if output == "-":
            sys.stdout.buffer.write(content)
            return
        try:
            Path(output).write_bytes(content)
        except OSError as error:
            raise CommandError(f"{output} cannot be written: {error.strerror}.") from None
        self.stdout.write(f"{output}: {len(content)} bytes")
