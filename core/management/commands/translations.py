"""Collect the strings to translate into locale/, compile them, and say which have no Dutch yet.

Run after changing a text on a screen; fill in what is named; run again. With --check nothing needs to be left.
"""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser

IGNORED = [".venv/*", "tests/*", "staticfiles/*", "static/vendor/*", "node_modules/*"]


class Command(BaseCommand):
    """English stands in the code; Dutch is the one catalogue."""

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--check", action="store_true", help="fail when a string has no Dutch or a compiled file is behind"
        )

    def handle(self, *args: Any, check: bool, **options: Any) -> None:
        import polib  # for developers only

        before = {path: path.read_bytes() for path in catalogues("mo")}
        for domain, extensions in (("django", ["html", "py"]), ("djangojs", ["js"])):
            call_command(
                "makemessages",
                locale=["nl"],
                domain=domain,
                extensions=extensions,
                ignore_patterns=IGNORED,
                no_location=True,
                no_obsolete=True,
                verbosity=0,
            )
        lacking = []
        for path in catalogues("po"):
            catalogue = polib.pofile(str(path), wrapwidth=160)
            catalogue.metadata = {
                "Language": "nl",
                "Content-Type": "text/plain; charset=UTF-8",
                "Plural-Forms": "nplurals=2; plural=(n != 1);",
            }
            catalogue.sort(key=lambda entry: (entry.msgid.casefold(), entry.msgctxt or ""))
            for entry in catalogue:
                if "fuzzy" in entry.flags:
                    entry.flags.remove("fuzzy")
                    entry.previous_msgid = entry.previous_msgid_plural = entry.previous_msgctxt = None
                    entry.msgstr, entry.msgstr_plural = "", dict.fromkeys(entry.msgstr_plural, "")
            catalogue.save(str(path))
            catalogue.save_as_mofile(str(path.with_suffix(".mo")))
            lacking += [f"{path.name}: {entry.msgid}" for entry in catalogue if not entry.translated()]
        behind = [path.name for path in catalogues("mo") if before.get(path) != path.read_bytes()]
        for line in lacking:
            self.stdout.write(line)
        if check and (lacking or behind):
            raise CommandError(
                f"{len(lacking)} strings have no Dutch; compiled files that were behind: {', '.join(behind) or 'none'}"
            )
        self.stdout.write(f"{len(lacking)} strings have no Dutch")


def catalogues(extension: str) -> list[Path]:
    """Return our catalogue files."""
    return sorted((settings.BASE_DIR / "locale").glob(f"*/LC_MESSAGES/*.{extension}"))
