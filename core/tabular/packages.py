"""The zipped XML that XLSX and ODS are made of, opened as if it came from an enemy.

Nothing is extracted to disk. Sizes are held against the limits before and while unpacking; XML is read by expat, which
opens no address and no file, in pieces; a document type, and with it every entity, is refused.
"""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Callable, Iterator
from typing import BinaryIO
from xml.parsers import expat

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from core.tabular.columns import Limits, MiB
from core.tabular.findings import FileRefused

PIECE = 64 * 1024
LONGEST_TAG = 1 * MiB  # a tag or comment of which the end does not come; scanning it again and again is an old attack
DEEPEST = 256  # elements; the parser keeps every open one
SMALL = 4 * MiB  # below this a ratio says nothing

Attributes = dict[str, str]
Start = Callable[[str, Attributes], None]
End = Callable[[str], None]
Text = Callable[[str], None]


def damaged() -> FileRefused:
    """Return the refusal of a file that is cut off or broken."""
    return FileRefused(
        "damaged",
        _("This file is damaged or was not received completely."),
        _("Open it in your spreadsheet program, save it again and send that file."),
    )


class Package:
    """A zip file of which the parts are read in pieces."""

    def __init__(self, file: BinaryIO, limits: Limits) -> None:
        self.limits = limits
        try:
            self.archive = zipfile.ZipFile(file)
        except (zipfile.BadZipFile, zipfile.LargeZipFile, ValueError, EOFError, OSError, NotImplementedError) as error:
            raise damaged() from error
        parts = self.archive.infolist()
        self.names = {part.filename for part in parts}
        if len(parts) > limits.parts or len(self.names) != len(parts):
            raise damaged()
        for part in parts:
            self._hold_against_limits(part)
        if sum(part.file_size for part in parts) > limits.unpacked:
            raise self._too_large()

    def _hold_against_limits(self, part: zipfile.ZipInfo) -> None:
        if part.flag_bits & 0x1:
            raise locked()
        if part.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise damaged()
        if part.file_size > SMALL and part.file_size > self.limits.ratio * max(part.compress_size, 1):
            raise self._too_large()

    def _too_large(self) -> FileRefused:
        return FileRefused(
            "too_large",
            format_lazy(
                _("Unpacked, this file is larger than can be read at once ({most} MB)."),
                most=self.limits.unpacked // MiB,
            ),
            _("Remove empty rows, columns and sheets, or divide it in parts."),
        )

    def pieces(self, name: str) -> Iterator[bytes]:
        """Yield a part in pieces; what its directory says of its size is not believed."""
        taken = 0
        try:
            with self.archive.open(name) as part:
                while piece := part.read(PIECE):
                    taken += len(piece)
                    if taken > self.limits.unpacked:
                        raise self._too_large()
                    yield piece
        except (zipfile.BadZipFile, zlib.error, KeyError, EOFError, OSError, ValueError, NotImplementedError) as error:
            raise damaged() from error

    def head(self, name: str) -> bytes:
        """Return a small part whole."""
        content = b""
        for piece in self.pieces(name):
            content += piece
            if len(content) > MiB:
                raise damaged()
        return content


def locked() -> FileRefused:
    """Return the refusal of a file with a password."""
    return FileRefused(
        "password",
        _("This file is protected with a password."),
        _("Save it without a password and send that file."),
    )


def parse(
    package: Package, name: str, start: Start, end: End | None = None, text: Text | None = None
) -> Iterator[None]:
    """Read a part of XML in pieces through the handlers; yield after each piece, so that rows can be taken out.

    Names reach the handlers as `namespace}name`. The handlers count how deep they are: no more than DEEPEST.
    """
    parser = expat.ParserCreate(None, "}")
    parser.buffer_text = True
    parser.buffer_size = PIECE
    parser.ordered_attributes = False
    parser.StartDoctypeDeclHandler = _refuse_doctype
    parser.EntityDeclHandler = _refuse_doctype
    parser.StartElementHandler = start
    if end:
        parser.EndElementHandler = end
    if text:
        parser.CharacterDataHandler = text
    fed = 0
    try:
        for piece in package.pieces(name):
            parser.Parse(piece, False)
            fed += len(piece)
            if fed - parser.CurrentByteIndex > LONGEST_TAG:
                raise _not_well_formed(name, parser.CurrentLineNumber)
            yield
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise _not_well_formed(name, error.lineno) from error
    yield


def read_all(package: Package, name: str, start: Start, end: End | None = None, text: Text | None = None) -> None:
    """Read a whole part through the handlers, no deeper than any spreadsheet program nests."""
    depth = 0

    def down(tag: str, attributes: Attributes) -> None:
        nonlocal depth
        depth += 1
        if depth > DEEPEST:
            raise damaged()
        start(tag, attributes)

    def up(tag: str) -> None:
        nonlocal depth
        depth -= 1
        if end:
            end(tag)

    for _piece in parse(package, name, down, up, text):
        pass


def local(name: str) -> str:
    """Return a name without its namespace."""
    return name.rpartition("}")[2]


def _refuse_doctype(*_args: object) -> None:
    raise FileRefused(
        "entities",
        _(
            "This file declares a document type or entities of its own. Spreadsheet programs never do that, so it is not opened."
        ),
        _("Open it in your spreadsheet program, save it again and send that file."),
    )


def _not_well_formed(part: str, line: int) -> FileRefused:
    return FileRefused(
        "damaged",
        format_lazy(
            _("This file is damaged: {part} breaks off or is not well-formed at line {line}."), part=part, line=line
        ),
        _("Open it in your spreadsheet program, save it again and send that file."),
    )
