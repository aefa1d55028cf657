"""Looks for what was left out of a public version in every file of it: words, metadata, bookmarks, tags, attachments."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from html import unescape

from claims.checks.readback import TAG
from claims.rules.redaction import TELLING
from core.pdf.check import bare, everything_said


def leaks(removed: Iterable[str], files: Mapping[str, bytes]) -> list[str]:
    """Return the words that should be gone and still stand in some file. Words too short to tell anything are not looked for."""
    said = [bare(text) for content in files.values() for text in _said(content)]
    return [words for words in dict.fromkeys(removed) if len(bare(words)) >= TELLING and _stands(bare(words), said)]


def _stands(words: str, said: list[str]) -> bool:
    return any(words in text for text in said)


def _said(content: bytes) -> Iterator[str]:
    if content.startswith(b"%PDF"):
        yield from everything_said(content)
        return
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for name in archive.namelist():
            text = archive.read(name).decode("utf-8", "replace")
            yield text  # attributes and comments too
            yield unescape(TAG.sub("", text))
