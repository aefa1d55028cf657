"""What a file really is, by its content: the kinds that may be kept as evidence, and no others."""

from __future__ import annotations

import io
import re
import unicodedata
import zipfile

PDF, PNG, JPEG, TEXT, MAIL = "application/pdf", "image/png", "image/jpeg", "text/plain", "message/rfc822"
OFFICE = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "odt": "application/vnd.oasis.opendocument.text",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
}
ENDINGS = {
    "pdf": PDF,
    "png": PNG,
    "jpg": JPEG,
    "jpeg": JPEG,
    "txt": TEXT,
    "eml": MAIL,
    **OFFICE,
}
MAIL_HEADER = re.compile(rb"^(from|to|subject|date|received|return-path|mime-version):", re.IGNORECASE | re.MULTILINE)


def media_type(name: str, content: bytes) -> str | None:
    """Return the media type when the ending and the content agree on a kind that is allowed; None otherwise."""
    expected = ENDINGS.get(name.rpartition(".")[2].lower())
    return expected if expected is not None and _fits(expected, content) else None


def _fits(expected: str, content: bytes) -> bool:
    if expected == PDF:
        return content[:1024].lstrip().startswith(b"%PDF-") and b"%%EOF" in content[-2048:]
    if expected == PNG:
        return content.startswith(b"\x89PNG\r\n\x1a\n")
    if expected == JPEG:
        return content.startswith(b"\xff\xd8\xff")
    if expected in OFFICE.values():
        return _office(content) == expected
    return _is_text(content) and (expected != MAIL or bool(MAIL_HEADER.search(content[:4096])))


def _office(content: bytes) -> str | None:
    """Return which office format a ZIP file is; macros make it none."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = archive.namelist()
            if any(name.lower().endswith("vbaproject.bin") for name in names):
                return None
            if "mimetype" in names and archive.getinfo("mimetype").file_size < 200:
                stated = archive.read("mimetype").decode("ascii", "replace").strip()
                return stated if stated in OFFICE.values() else None
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError):
        return None
    if "word/document.xml" in names:
        return OFFICE["docx"]
    return OFFICE["xlsx"] if "xl/workbook.xml" in names else None


def _is_text(content: bytes) -> bool:
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        return not any(unicodedata.category(sign) == "Cc" and sign not in "\t\r\n\x0c" for sign in text)
    return False


def tidy_name(name: str) -> str:
    """Return a file name without path, control signs or anything a header could stumble over."""
    plain = re.split(r"[\\/]", name)[-1]
    plain = "".join(sign for sign in plain if unicodedata.category(sign)[0] != "C" and sign not in '"<>|:*?')
    stem, dot, ending = plain.strip().rpartition(".")
    return f"{(stem or 'stuk')[:150]}{dot}{ending[:10]}" if dot else plain[:160]
