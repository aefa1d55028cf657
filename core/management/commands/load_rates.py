"""Load exchange rates: load_rates FILE [--source TEXT], or load_rates --ecb for the history the package carries.

A sheet has the columns kind of rate (corporate, un, ecb), currency, day and units for one euro. What is known already with
the same value is left out; with another value nothing is loaded.
"""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from core.loading_rates import Contradicted, ecb_history, load, read_sheet


class Command(BaseCommand):
    """Says each row that cannot be read."""

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", nargs="?", type=Path)
        parser.add_argument("--ecb", action="store_true", help="the history of the European Central Bank, offline")
        parser.add_argument("--source", default="", help="where the rates come from; the file's name when not given")

    def handle(self, *args: Any, file: Path | None, ecb: bool, source: str, **options: Any) -> None:
        if ecb == (file is not None):
            raise CommandError("Give a file, or --ecb.")
        if file is None:
            rates, origin = ecb_history()
        else:
            try:
                reading, rates = read_sheet(file.read_bytes(), file.name)
            except OSError as error:
                raise CommandError(f"{file} cannot be read: {error.strerror}.") from None
            if not reading.accepted:
                said = "\n".join(
                    f"  row {one.row}, {one.column} {one.header} “{one.value}”: {one.message}"
                    for one in reading.findings
                )
                raise CommandError(f"{file} was refused and nothing was loaded:\n{said}")
            origin = file.name
        try:
            count = load(rates, source=source or origin, at=timezone.now())
        except Contradicted as contradicted:
            raise CommandError(str(contradicted.message)) from None
        self.stdout.write(f"{count} rates loaded, {len(rates) - count} known already.")
