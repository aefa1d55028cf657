"""Make a paper from a claim as it stands: render REF cw31|annex --format pdf|html|docx|odt -o FILE (or - for standard output)."""

import sys
from pathlib import Path
from typing import Any, cast

from django.core.management.base import BaseCommand, CommandError, CommandParser

from claims import office, papers
from claims.documents.cw31 import Cw31
from claims.enums import PaperKind
from claims.models import Claim
from core.pandoc.door import PandocFailed
from core.pandoc.writing import Format
from core.pdf import Door, PaperFailed


class Command(BaseCommand):
    """Uses the same facts, template and renderer as the screens do."""

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("reference", help="for example BV-2026-0001")
        parser.add_argument("kind", choices=PaperKind.values)
        parser.add_argument("--format", choices=("pdf", "html", "docx", "odt"), default="pdf")
        parser.add_argument("-o", "--output", required=True, help="a file, or - for standard output")

    def handle(self, *args: Any, reference: str, kind: str, output: str, **options: Any) -> None:
        try:
            facts = papers.facts_of(Claim.objects.get(reference=reference), kind)
            content = self._made(facts, options["format"])
        except Claim.DoesNotExist:
            known = list(Claim.objects.values_list("reference", flat=True)[:5])
            newest = f"; the newest are {', '.join(known)}" if known else ""
            raise CommandError(f"There is no claim {reference}. The page Claims lists them{newest}.") from None
        except papers.TooLong:
            raise CommandError(f"The texts of {reference} are together too long for one paper. Shorten them.") from None
        if output == "-":
            sys.stdout.buffer.write(content)
            return
        try:
            Path(output).write_bytes(content)
        except OSError as error:
            raise CommandError(f"{output} cannot be written: {error.strerror}.") from None
        self.stdout.write(f"{output}: {len(content)} bytes")

    def _made(self, facts: Cw31, kind: str) -> bytes:
        if kind in office.KINDS:
            try:
                return office.as_file(facts, cast(Format, kind))
            except PandocFailed as error:
                raise CommandError(f"The file could not be made: {error.detail}") from None
        html = papers.as_document(facts)
        if kind == "html":
            return html.encode()
        try:
            with Door() as door:
                return door.render(html)
        except PaperFailed as error:
            raise CommandError(f"{error.message} ({error.detail})") from None
