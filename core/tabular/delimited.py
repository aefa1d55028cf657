"""Text files with separators (RFC 4180 and what programs make of it): encoding and separator are found out and said."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import BinaryIO

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from core.tabular.columns import Limits, MiB
from core.tabular.findings import FileRefused, Words
from core.tabular.source import WIDEST, Sheet, too_wide
from core.tabular.spool import Row, holds_anything

SEPARATORS = (";", ",", "\t")
SEPARATOR_NAMES: dict[str, Words] = {";": _("semicolon"), ",": _("comma"), "\t": _("tab")}
ENCODING_NAMES = {"utf-8-sig": "UTF-8", "utf-8": "UTF-8", "utf-16": "UTF-16", "cp1252": "Windows-1252"}
SAMPLE = 25  # rows in which the heading is looked for
NUL = re.compile(b"\x00")
# UTF-8 in which something else than characters is written: lone surrogates (RFC 3629, 3).
SURROGATES = re.compile(rb"\xed[\xa0-\xbf][\x80-\xbf]")
# UTF-8 sequences of which the Windows reading is no word in any language: a damaged UTF-8 file, not a Windows one.
MISREAD = re.compile(rb"\xc3[\x80-\xbf]|\xc2[\xa0-\xbf]|\xe2\x80[\x80-\xbf]|\xe2\x82\xac")

HeadingScore = Callable[[Sequence[str]], int]


@dataclass(frozen=True)
class Encoding:
    """An encoding, and whether a mark at the beginning says so."""

    name: str
    marked: bool = False


class Delimited:
    """One text file, opened for reading. `score` counts the expected headings in a row, which decides the separator."""

    def __init__(self, file: BinaryIO, limits: Limits, score: HeadingScore) -> None:
        self.file, self.limits = file, limits
        self.encoding = find_encoding(file)
        self.declared = ""
        self.separator = self._find_separator(score)
        self.said: list[Words] = [
            format_lazy(
                _("Read as text in {encoding}, separated by {separator}."),
                encoding=ENCODING_NAMES.get(self.encoding.name, self.encoding.name.upper()),
                separator=SEPARATOR_NAMES[self.separator],
            )
        ]

    def sheets(self) -> list[Sheet]:
        """Return the one sheet that a text file is."""
        return [Sheet("")] if any(map(holds_anything, self.rows(Sheet("")))) else []

    def rows(self, _sheet: Sheet) -> Iterator[Row]:
        """Yield the rows that hold anything. Refuse one that breaks off."""
        text = self._open()
        try:
            reader = csv.reader(text, delimiter=self.separator, strict=True)
            yield from self._numbered(reader)
        finally:
            text.detach()

    def _numbered(self, reader: Iterator[list[str]]) -> Iterator[Row]:
        number = 0
        try:
            for number, cells in enumerate(reader, 1):
                if len(cells) > WIDEST:
                    raise too_wide(number)
                if any(cells) and not (number == 1 and self.declared):
                    yield number, False, tuple(cells)
        except csv.Error as error:
            raise _broken(number + 1, str(error)) from error

    def ends_halfway(self) -> bool:
        """Tell whether the last line has no end, which is how a file that was cut off ends."""
        size = self.file.seek(0, 2)
        self.file.seek(max(0, size - 4))
        return not re.search(rb"[\r\n]\x00?$", self.file.read())

    def _open(self) -> io.TextIOWrapper:
        self.file.seek(0)
        return io.TextIOWrapper(self.file, self.encoding.name, newline="")

    def _find_separator(self, score: HeadingScore) -> str:
        text = self._open()
        try:
            lines = [line for line, _count in zip(_short_lines(text), range(SAMPLE * 4), strict=False)]
        finally:
            text.detach()
        match = re.match(r"sep=([;,\t])\r?\n?$", lines[0]) if lines else None
        if match:  # Excel's own way of saying it
            self.declared = match[1]
            return self.declared
        return max(SEPARATORS, key=lambda separator: _weight(lines, separator, score))


def _short_lines(text: io.TextIOWrapper) -> Iterator[str]:
    while line := text.readline(MiB):
        yield line


def _weight(lines: list[str], separator: str, score: HeadingScore) -> tuple[int, int]:
    """Return how well a separator explains the first lines: by the headings found, then by the cells it makes."""
    best = cells = 0
    try:
        for row, _count in zip(csv.reader(lines, delimiter=separator), range(SAMPLE), strict=False):
            best, cells = max(best, score(row)), cells + len(row)
    except csv.Error:
        return best, 0
    return best, cells


# -- encoding ---------------------------------------------------------------------------------------------------------


def find_encoding(file: BinaryIO) -> Encoding:
    """Find out a text's encoding by its mark, then by reading all of it. Raises FileRefused when none fits."""
    file.seek(0)
    head = file.read(4)
    if head.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        raise _unknown_encoding(1)
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _checked(file, Encoding("utf-16", True))
    if head.startswith(codecs.BOM_UTF8):
        return _checked(file, Encoding("utf-8-sig", True))
    if len(head) == 4 and head[1] == head[3] == 0 and head[0] and head[2]:
        return _checked(file, Encoding("utf-16-le"))
    if len(head) == 4 and head[0] == head[2] == 0 and head[1] and head[3]:
        return _checked(file, Encoding("utf-16-be"))
    if _first_fault(file, "utf-8") is None:
        return _checked(file, Encoding("utf-8"))
    return _as_windows(file)


def _as_windows(file: BinaryIO) -> Encoding:
    """Take a text that is not UTF-8 as Windows-1252, unless it is UTF-8 with a fault in it."""
    for line in _lines_with(file, SURROGATES):
        raise _lone_surrogate(line)
    for _line in _lines_with(file, MISREAD):
        raise FileRefused(
            "encoding",
            _(
                "This text is partly UTF-8 and partly something else, so that letters with accents would be read wrongly."
            ),
            _("Save it anew as “CSV UTF-8” and send that file."),
            _first_fault(file, "utf-8"),
        )
    return _checked(file, Encoding("cp1252"))


def _checked(file: BinaryIO, encoding: Encoding) -> Encoding:
    """Return the encoding when all of the text can be read with it and holds no NUL."""
    line = _first_fault(file, encoding.name)
    if line is not None:
        file.seek(0)
        if encoding.name.startswith("utf-16"):
            raise _lone_surrogate(line)
        raise _unknown_encoding(line)
    file.seek(0)
    if not encoding.name.startswith("utf-16"):
        for line in _lines_with(file, NUL):
            raise _nul(line)
    return encoding


def _first_fault(file: BinaryIO, name: str) -> int | None:
    """Return the line at which a text cannot be read in an encoding, or None."""
    file.seek(0)
    decoder, line = codecs.getincrementaldecoder(name)(), 1
    try:
        while piece := file.read(MiB):
            line += decoder.decode(piece).count("\n")
        decoder.decode(b"", True)
    except UnicodeError as error:
        before = getattr(error, "object", b"")[: getattr(error, "start", 0)]
        return line + before.count(b"\n")
    return None


def _lines_with(file: BinaryIO, pattern: re.Pattern[bytes]) -> Iterator[int]:
    """Yield the number of each line in which a pattern is found."""
    file.seek(0)
    for number, line in enumerate(file, 1):
        if pattern.search(line):
            yield number


def _nul(line: int) -> FileRefused:
    return FileRefused(
        "nul",
        _("This text holds a NUL character: it is damaged, or not a text file."),
        _("Save it anew and send that file."),
        line,
    )


def _lone_surrogate(line: int) -> FileRefused:
    return FileRefused(
        "surrogate",
        _("This text holds half a character (a lone surrogate): it is damaged."),
        _("Save it anew as “CSV UTF-8” and send that file."),
        line,
    )


def _unknown_encoding(line: int) -> FileRefused:
    return FileRefused(
        "encoding",
        _("This text is neither UTF-8, UTF-16 nor Windows-1252."),
        _("Save it anew as “CSV UTF-8” and send that file."),
        line,
    )


def _broken(row: int, why: str) -> FileRefused:
    if "unexpected end" in why:
        return FileRefused(
            "damaged",
            _("This file breaks off inside a text between quotation marks."),
            _("Save it anew and send that file."),
            row,
        )
    if "field limit" in why:
        return FileRefused(
            "damaged",
            _("A text of this row is too long. Most often a quotation mark was not closed."),
            _("Save it anew from your spreadsheet program and send that file."),
            row,
        )
    return FileRefused(
        "damaged",
        _("The quotation marks of this row are not closed as they were opened."),
        _("Save it anew from your spreadsheet program and send that file."),
        row,
    )
