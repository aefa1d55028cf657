"""The archive of a copy: a tar of parts, a manifest that knows the hash of each, and one line with the hash of all.

    parts/<table>/000001.gz    rows of one table as PostgreSQL's COPY writes them (text), some megabytes each
    manifest.json              what it is, of which program, and each part with its rows' table, size and SHA-256
    (behind the tar's end)     one line: the SHA-256 of every byte before it

Programs that read tar leave out what stands behind its end. A single changed byte anywhere is noticed before anything is read.
"""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import os
import re
import tarfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

FORMAT = "claimregister-copy/1"
PART = 8 * 1024 * 1024  # bytes of rows in one part, before compression
BLOCK = 1024 * 1024
SEAL = b"\nclaimregister-copy sha256="
SEAL_SIZE = len(SEAL) + 64 + 1
LARGEST_MANIFEST = 256 * 1024 * 1024


class Unreadable(Exception):
    """The archive cannot be trusted or is not one; the message says what is wrong with it."""


@dataclass(frozen=True)
class Part:
    """One part: its name in the archive, the table whose rows it holds, its size and its SHA-256."""

    name: str
    table: str
    size: int
    sha256: str


@dataclass
class Manifest:
    """What a copy is of. `columns`, `rows` and `digests` are per table; `sequences` are (value, was it used)."""

    program: str
    made_at: str
    server: str
    migrations: list[tuple[str, str]]
    columns: dict[str, list[str]] = field(default_factory=dict)
    rows: dict[str, int] = field(default_factory=dict)
    sequences: dict[str, tuple[int, bool]] = field(default_factory=dict)
    sealed: dict[str, list[tuple[int, str]]] = field(default_factory=dict)
    parts: list[Part] = field(default_factory=list)
    format: str = FORMAT


# -- writing --------------------------------------------------------------------------------------------------------


class Writer:
    """Writes an archive beside its final place and moves it there when it is whole; nothing is left when it fails."""

    def __init__(self, path: Path, manifest: Manifest) -> None:
        if path.exists():
            raise FileExistsError(f"{path} is there already; a copy is never overwritten")
        self.path, self.beside, self.manifest = path, path.with_name(f".{path.name}.{os.getpid()}.part"), manifest
        self.sha256 = ""

    def __enter__(self) -> Writer:
        self.file = _Hashed(os.open(self.beside, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
        self.tar = tarfile.open(fileobj=self.file, mode="w", format=tarfile.PAX_FORMAT)
        return self

    def __exit__(self, kind: type[BaseException] | None, *_rest: object) -> None:
        try:
            if kind is None:
                self._finish()
        finally:
            try:
                self.file.close()  # a full disk refuses once more what could not be written
            finally:
                self.beside.unlink(missing_ok=True)

    def add(self, table: str, number: int, rows: bytes) -> None:
        """Add one part of a table's rows."""
        packed = gzip.compress(rows, compresslevel=3, mtime=0)
        part = Part(f"parts/{table}/{number:06d}.gz", table, len(packed), hashlib.sha256(packed).hexdigest())
        self._member(part.name, packed)
        self.manifest.parts.append(part)

    def _member(self, name: str, content: bytes) -> None:
        entry = tarfile.TarInfo(name)
        entry.size, entry.mode = len(content), 0o600
        self.tar.addfile(entry, io.BytesIO(content))

    def _finish(self) -> None:
        self._member("manifest.json", json.dumps(asdict(self.manifest), ensure_ascii=False).encode())
        self.tar.close()
        self.sha256 = self.file.hash.hexdigest()
        self.file.write(SEAL + self.sha256.encode() + b"\n")
        self.file.sync()
        os.link(self.beside, self.path)  # never over another file
        folder = os.open(self.path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


class _Hashed(io.RawIOBase):
    """A file that hashes what is written to it."""

    def __init__(self, descriptor: int) -> None:
        self.file = os.fdopen(descriptor, "wb")
        self.hash = hashlib.sha256()

    def write(self, data: Any) -> int:
        self.hash.update(data)
        return self.file.write(data)

    def tell(self) -> int:
        return self.file.tell()

    def sync(self) -> None:
        """Have everything on the disk."""
        self.file.flush()
        os.fsync(self.file.fileno())

    def close(self) -> None:
        if not self.closed:
            super().close()
            self.file.close()


# -- reading --------------------------------------------------------------------------------------------------------


class Reader:
    """Reads an archive whose every byte was checked first. Raises Unreadable when it is damaged, cut short or no copy."""

    def __init__(self, path: Path) -> None:
        self.file: BinaryIO = open(path, "rb")  # noqa: SIM115  (closed by `with`)
        try:
            self.sha256 = _check_seal(self.file, path)
            self._open(path)
        except BaseException:
            self.file.close()
            raise

    def __enter__(self) -> Reader:
        return self

    def __exit__(self, *_rest: object) -> None:
        self.file.close()

    def _open(self, path: Path) -> None:
        try:
            self.tar = tarfile.open(fileobj=self.file, mode="r:")  # noqa: SIM115
            self.members = {member.name: member for member in self.tar.getmembers()}
            self.manifest = _manifest(self._read("manifest.json", LARGEST_MANIFEST))
        except (tarfile.TarError, KeyError, ValueError, TypeError, EOFError, OSError) as error:
            raise Unreadable(f"{path} is not a copy of Claimregister that this program can read: {error}") from error
        named = {part.name: part.size for part in self.manifest.parts}
        held = {name: member.size for name, member in self.members.items() if name != "manifest.json"}
        if named != held:
            raise Unreadable(f"{path} does not hold the parts that its manifest names.")

    def _read(self, name: str, limit: int) -> bytes:
        member = self.members[name]
        file = self.tar.extractfile(member)
        if file is None or member.size > limit:
            raise ValueError(f"{name} is not a file of a possible size")
        return file.read()

    def rows(self, table: str) -> Iterator[bytes]:
        """Yield a table's rows, part by part; each part is held against its hash before it is unpacked."""
        for part in self.manifest.parts:
            if part.table == table:
                packed = self._read(part.name, LARGEST_MANIFEST)
                if hashlib.sha256(packed).hexdigest() != part.sha256:
                    raise Unreadable(f"{part.name} changed while the copy was read.")
                yield gzip.decompress(packed)


def _check_seal(file: BinaryIO, path: Path) -> str:
    """Return the hash of the archive after reading all of it."""
    left = os.fstat(file.fileno()).st_size - SEAL_SIZE
    total = hashlib.sha256()
    while left > 0 and (block := file.read(min(BLOCK, left))):
        total.update(block)
        left -= len(block)
    seal = file.read(SEAL_SIZE + 1)
    file.seek(0)
    if not re.fullmatch(re.escape(SEAL) + rb"[0-9a-f]{64}\n", seal):
        raise Unreadable(f"{path} is cut short, damaged or not a copy of Claimregister: its last line is not there.")
    if seal != SEAL + total.hexdigest().encode() + b"\n":
        raise Unreadable(f"{path} is damaged: its content is not what was written.")
    return total.hexdigest()


def _manifest(content: bytes) -> Manifest:
    told: dict[str, Any] = json.loads(content)
    if told.get("format") != FORMAT:
        raise ValueError(f"it is of the format {told.get('format')!r}, and this program reads {FORMAT!r}")
    told["parts"] = [Part(**part) for part in told["parts"]]
    told["migrations"] = [(app, name) for app, name in told["migrations"]]
    return Manifest(**told)
