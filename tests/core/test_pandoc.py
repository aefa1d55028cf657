"""Word files in: what they say is kept, and what they might do is refused."""

import io
import zipfile
from typing import Any

import pytest

from core import richtext
from core.pandoc import BadFile, door, read_docx
from core.pandoc.package import LARGEST_FILE, checked
from core.richtext import Footnote, Heading, ListBlock, Table

MARKDOWN = """
# Doelen

Mensen **overleven** de winter.^[Zie de bron, blz. 3.] Meer op [het net](https://voorbeeld.nl/a).

- een
    - daaronder
- twee

a. eerste
b. tweede

| Partner | Bedrag |
|---------|--------|
| UNDP    | EUR 6 mln |
"""


def docx(markdown: str = MARKDOWN) -> bytes:
    return door.run(["-f", "markdown", "-t", "docx", "-o", "-"], markdown.encode())


def repacked(change: Any, content: bytes | None = None) -> bytes:
    """Return a Word file with its parts changed by `change(name, body)`; None drops a part."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content or docx())) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            body = change(name, old.read(name))
            if body is not None:
                new.writestr(name, body)
    return out.getvalue()


def added(name: str, body: bytes) -> bytes:
    out = io.BytesIO(docx())
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as package:
        package.writestr(name, body)
    return out.getvalue()


def test_headings_lists_tables_notes_and_links_are_kept() -> None:
    document = read_docx(docx())
    assert [type(block).__name__ for block in document.blocks] == [
        "Heading",
        "Paragraph",
        "ListBlock",
        "ListBlock",
        "Table",
    ]
    assert isinstance(document.blocks[0], Heading)
    notes = richtext.footnotes(document)
    assert notes == (Footnote("Zie de bron, blz. 3."),)
    bullets, letters, table = document.blocks[2:]
    assert isinstance(bullets, ListBlock)
    assert isinstance(letters, ListBlock)
    assert isinstance(table, Table)
    assert (bullets.style, letters.style) == ("", "lower-alpha")
    assert isinstance(bullets.items[0][1], ListBlock)
    assert 'href="https://voorbeeld.nl/a"' in richtext.html(document)
    assert "<strong>overleven</strong>" in richtext.html(document)


def test_what_is_read_is_a_text_that_can_be_stored() -> None:
    stored = richtext.html(read_docx(docx()))
    assert richtext.canonical(stored) == stored


def test_a_title_in_words_title_style_is_not_lost() -> None:
    content = door.run(["-f", "markdown", "-t", "docx", "-o", "-"], b"% De titel\n\nTekst.")
    assert richtext.text(read_docx(content)).splitlines() == ["De titel", "Tekst."]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "not_word"),
        (b"gewoon tekst", "not_word"),
        (b"PK\x03\x04 en dan niets", "not_word"),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 600, "old"),
        (b"PK" + b"0" * (LARGEST_FILE + 1), "too_large"),
    ],
)
def test_what_is_no_word_file_is_refused_with_a_reason(content: bytes, code: str) -> None:
    with pytest.raises(BadFile) as refused:
        read_docx(content)
    assert refused.value.code == code


def test_a_file_with_macros_is_refused() -> None:
    for content in (
        added("word/vbaProject.bin", b"x"),
        repacked(
            lambda name, body: (
                body.replace(b"wordprocessingml.document.main", b"x.macroEnabled.main")
                if name == "[Content_Types].xml"
                else body
            )
        ),
    ):
        with pytest.raises(BadFile) as refused:
            read_docx(content)
        assert refused.value.code == "macros"


ENTITY = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize(
    ("part", "code"), [("word/document.xml", "entity"), ("word/styles.xml", "entity"), ("word/footnotes.xml", "entity")]
)
def test_a_file_that_declares_entities_is_refused(part: str, code: str) -> None:
    def change(name: str, body: bytes) -> bytes:
        return ENTITY + body.partition(b"?>")[2] if name == part else body

    with pytest.raises(BadFile) as refused:
        read_docx(repacked(change))
    assert refused.value.code == code


def test_an_entity_hidden_in_another_encoding_is_refused() -> None:
    def change(name: str, body: bytes) -> bytes:
        return (ENTITY + body.partition(b"?>")[2]).decode().encode("utf-16") if name == "word/document.xml" else body

    with pytest.raises(BadFile) as refused:
        read_docx(repacked(change))
    assert refused.value.code == "encoding"


def test_a_zip_bomb_is_refused_before_it_unfolds() -> None:
    bomb = repacked(lambda name, body: b" " * (30 << 20) if name == "word/document.xml" else body)
    assert len(bomb) < 1 << 20
    with pytest.raises(BadFile) as refused:
        read_docx(bomb)
    assert refused.value.code == "too_large"


def test_a_part_that_lies_about_its_size_is_refused() -> None:
    bomb = bytearray(repacked(lambda name, body: b" " * (30 << 20) if name == "word/document.xml" else body))
    size = (30 << 20).to_bytes(4, "little")
    while size in bomb:
        at = bomb.index(size)
        bomb[at : at + 4] = (1000).to_bytes(4, "little")
    with pytest.raises(BadFile):
        read_docx(bytes(bomb))


def test_only_text_parts_reach_pandoc() -> None:
    content = added("word/media/image1.png", b"beeld")
    with zipfile.ZipFile(io.BytesIO(checked(content))) as package:
        names = package.namelist()
    assert "word/document.xml" in names
    assert [name for name in names if "media" in name or "theme" in name] == []


def test_a_damaged_file_is_refused_with_a_message() -> None:
    broken = repacked(lambda name, body: body[: len(body) // 2] if name == "word/document.xml" else body)
    with pytest.raises(BadFile) as refused:
        read_docx(broken)
    assert refused.value.code == "unreadable"


@pytest.mark.slow
def test_an_endlessly_nested_file_ends_with_a_message() -> None:
    cell = b"<w:tbl><w:tr><w:tc>"
    deep = cell * 2000 + b"<w:p/>" + b"</w:tc></w:tr></w:tbl>" * 2000

    def change(name: str, body: bytes) -> bytes:
        return body.replace(b"<w:body>", b"<w:body>" + deep, 1) if name == "word/document.xml" else body

    with pytest.raises(BadFile):
        read_docx(repacked(change))


def test_pandoc_reads_no_other_file(tmp_path: Any) -> None:
    secret = tmp_path / "geheim.txt"
    secret.write_text("zeer geheim")
    assert b"geheim" not in door.run(["-f", "rst", "-t", "html"], f".. include:: {secret}\n".encode())


def test_pandoc_is_stopped_when_it_takes_too_long() -> None:
    with pytest.raises(door.PandocFailed, match="longer"):
        door.run(["-f", "markdown", "-t", "html"], b"[" * 200_000, seconds=0.05)
