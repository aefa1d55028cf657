"""Write our own public activities as an IATI 2.03 file: export_iati -o FILE.xml. Off unless IATI_EXPORT is set; publishes nothing.

The file is held against schema, codelists and rules before it is kept. With --of PUBLIC_ID the stored activities of an imported file
are written again instead, for comparing.
"""

import io
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from core.models import Event
from reporting.exports.iati import public_activities, write
from results.importers.iati.reading import Refused, read
from results.importers.iati.storing import stored_facts
from results.models import IatiFile


class Command(BaseCommand):
    """Says how many activities were written, or what would be wrong with them."""

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("-o", "--output", type=Path, required=True)
        parser.add_argument("--of", help="public id of an imported file, to write that again")

    def handle(self, *args: Any, output: Path, of: str | None, **options: Any) -> None:
        if not settings.IATI_EXPORT:
            raise CommandError("The export is off. Set IATI_EXPORT=1 where this organisation wants it.")
        content = io.BytesIO()
        count = write(content, _stored(of) if of else public_activities())
        if count == 0:
            raise CommandError("There is nothing to write: no line of a public claim was granted money.")
        now = timezone.localtime()
        if not of:
            self.check_file(content, now)
        try:
            output.write_bytes(content.getvalue())
        except OSError as error:
            raise CommandError(f"{output} cannot be written: {error.strerror}.") from None
        Event.objects.create(at=now, by=None, kind="iati.exported", subject="export", data={"activities": count})
        self.stdout.write(f"{output}: {count} activities")

    def check_file(self, content: io.BytesIO, now: Any) -> None:
        """Refuse a file that a reader would find fault with."""
        content.seek(0)
        try:
            remarks = [remark for one in read(content, now.date()) for remark in one.remarks]
        except Refused as refused:
            raise CommandError(f"The file would not be valid, so it was not written:\n{refused}") from None
        if remarks:
            said = "\n".join(f"{remark.code}: {remark.message}" for remark in remarks[:20])
            raise CommandError(f"The file would break codelists or rules, so it was not written:\n{said}")


def _stored(public_id: str) -> Any:
    try:
        file = IatiFile.objects.filter(public_id=public_id).first()
    except ValidationError:
        file = None
    if file is None:
        raise CommandError(f"There is no imported file {public_id}.")
    rows = file.activities.order_by("position").prefetch_related("transactions")
    return (stored_facts(row) for row in rows.iterator(chunk_size=200))
