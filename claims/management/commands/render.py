"""Make a paper as it stands: render REF cw31|annex of a claim, or render REF nota|letter, --format pdf|html|docx|odt -o FILE (or - for standard output)."""

import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from django.core.management.base import BaseCommand, CommandError, CommandParser

from claims import office, papers, written, written_office
from claims.enums import OF_CLAIM, PaperKind
from claims.models import Claim, WrittenPaper
from claims.queries.house_style import look_of
from core.pandoc.door import PandocFailed
from core.pandoc.writing import Format
from core.pdf import Door, PaperFailed


@dataclass(frozen=True)
class Makers:
    """How one paper is made in each format."""

    html: Callable[[], str]
    office: Callable[[Format], bytes]
    sheet: str


class Command(BaseCommand):
    """Uses the same facts, templates and renderer as the screens do."""

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("reference", help="for example BV-2026-0001, or ST-2026-0001 for a nota or letter")
        parser.add_argument("kind", choices=PaperKind.values)
        parser.add_argument("--format", choices=("pdf", "html", "docx", "odt"), default="pdf")
        parser.add_argument("-o", "--output", required=True, help="a file, or - for standard output")

    def handle(self, *args: Any, reference: str, kind: str, output: str, **options: Any) -> None:
        try:
            content = self._made(self._of(reference, kind), options["format"])
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

    def _of(self, reference: str, kind: str) -> Makers:
        if kind in OF_CLAIM:
            claim = self._found(Claim.objects, "claim", "Claims", reference=reference)
            form = papers.facts_of(claim, kind)
            return Makers(
                lambda: papers.as_document(form), lambda suffix: office.as_file(form, suffix, look_of(suffix)), "paper"
            )
        paper = self._found(WrittenPaper.objects, kind, "Papers", reference=reference, kind=kind)
        facts = written.facts_of(paper)
        return Makers(
            lambda: written.as_document(facts),
            lambda suffix: written_office.as_file(facts, suffix, look_of(suffix)),
            written.SHEET,
        )

    def _found(self, rows: Any, what: str, page: str, reference: str, **others: Any) -> Any:
        row = rows.filter(reference=reference, **others).first()
        if row is None:
            known = list(rows.filter(**others).values_list("reference", flat=True)[:5])
            newest = f"; the newest are {', '.join(known)}" if known else ""
            raise CommandError(f"There is no {what} {reference}. The page {page} lists them{newest}.")
        return row

    def _made(self, makers: Makers, kind: str) -> bytes:
        if kind in office.KINDS:
            try:
                return makers.office(cast(Format, kind))
            except PandocFailed as error:
                raise CommandError(f"The file could not be made: {error.detail}") from None
        html = makers.html()
        if kind == "html":
            return html.encode()
        try:
            with Door() as door:
                return door.render(html, makers.sheet)
        except PaperFailed as error:
            raise CommandError(f"{error.message} ({error.detail})") from None
