"""What a file is, by what is in it. Its name is only used in messages."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import BinaryIO

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from core.tabular.columns import Limits, MiB
from core.tabular.findings import FileRefused, Words
from core.tabular.packages import Package, damaged, locked

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # [MS-CFB] 2.2: old Office files, and new ones with a password
ODS_TYPE = b"application/vnd.oasis.opendocument.spreadsheet"
SAVE_AS: Words = _("Save it as XLSX, ODS or CSV and send that file.")
MACROS = re.compile(r"(?i)vbaproject|/macrosheets/|^(basic|scripts)/")
OTHERS = {
    b"%PDF": "PDF",
    b"\x89PNG": "PNG",
    b"\xff\xd8\xff": "JPEG",
    b"GIF8": "GIF",
    b"\x1f\x8b": "gzip",
    b"7z\xbc\xaf": "7-Zip",
    b"Rar!": "RAR",
    b"{\\rtf": "RTF",
}


class Format(StrEnum):
    """The three kinds of file that are read and written."""

    CSV = "csv"
    XLSX = "xlsx"
    ODS = "ods"

    @property
    def content_type(self) -> str:
        """The media type of a download."""
        return {
            Format.CSV: "text/csv; charset=utf-8",
            Format.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Format.ODS: ODS_TYPE.decode(),
        }[self]


def recognise(file: BinaryIO, limits: Limits) -> tuple[Format, Package | None]:
    """Return what a file is, opened when it is zipped. Raises FileRefused for everything that is not read here."""
    _refuse_size(file, limits)
    file.seek(0)
    head = file.read(4096)
    if head.startswith(OLE):
        raise _old_office(file)
    if head.startswith(b"PK"):
        package = Package(file, limits)
        return _zipped(package), package
    for magic, name in OTHERS.items():
        if head.startswith(magic):
            raise _wrong_kind(name)
    if re.match(rb"(?:\xef\xbb\xbf)?\s*(?:MIME-Version|<(?:!doctype|\?xml|html|table|head|meta|style)\b)", head, re.I):
        raise _wrong_kind(_("a web page or XML, whatever its name says"))
    return Format.CSV, None


def _refuse_size(file: BinaryIO, limits: Limits) -> None:
    size = file.seek(0, 2)
    if not size:
        raise FileRefused("empty", _("This file is empty."))
    if size > limits.file:
        raise FileRefused(
            "too_large",
            format_lazy(_("This file is larger than {most} MB."), most=limits.file // MiB),
            _("Divide it in parts."),
        )


def _old_office(file: BinaryIO) -> FileRefused:
    """Tell a password from an old workbook by the names in the file's directory ([MS-OFFCRYPTO] 2.3.2)."""
    file.seek(0)
    if "EncryptedPackage".encode("utf-16-le") in file.read():
        return locked()
    return FileRefused("old_office", _("This is a file of an old Office version (such as .xls)."), SAVE_AS)


def _zipped(package: Package) -> Format:
    names = package.names
    if any(MACROS.search(name) for name in names):
        raise _macros()
    if "mimetype" in names:
        return _open_document(package)
    if "xl/workbook.bin" in names:
        raise _wrong_kind("XLSB")
    if "[Content_Types].xml" not in names:
        raise _wrong_kind("ZIP")
    types = package.head("[Content_Types].xml")
    if b"macroEnabled" in types:
        raise _macros()
    if b"spreadsheetml" not in types:
        raise _wrong_kind(_("an Office file without a sheet"))
    return Format.XLSX


def _open_document(package: Package) -> Format:
    kind = package.head("mimetype").strip()
    if kind not in (ODS_TYPE, ODS_TYPE + b"-template"):
        raise _wrong_kind(kind[:60].decode("ascii", "replace"))
    if "META-INF/manifest.xml" in package.names:
        manifest = package.head("META-INF/manifest.xml")
        if b"encryption-data" in manifest:
            raise locked()
    if "content.xml" not in package.names:
        raise damaged()
    return Format.ODS


def _macros() -> FileRefused:
    return FileRefused(
        "macros",
        _("This file holds macros. Files with programs in them are not opened."),
        _("Save it as XLSX or ODS without macros and send that file."),
    )


def _wrong_kind(name: Words) -> FileRefused:
    return FileRefused("wrong_kind", format_lazy(_("This is not a spreadsheet but {kind}."), kind=name), SAVE_AS)
