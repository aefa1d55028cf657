"""Text files: the encoding, the separator and the rows as the user's program shows them."""

from __future__ import annotations

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile, TemporaryUploadedFile

from core.tabular import read
from tests.core.tabular.sheets import HEADING, PAYMENTS, codes, payments, places, text

HEAD = ";".join(HEADING)
LINE = "0001;Médecins;1.234,50;04-02-2026;"


@pytest.mark.parametrize(
    ("encoding", "said"),
    [
        ("utf-8", "UTF-8"),
        ("utf-8-sig", "UTF-8"),
        ("utf-16", "UTF-16"),
        ("utf-16-le", "UTF-16-LE"),
        ("utf-16-be", "UTF-16-BE"),
        ("cp1252", "Windows-1252"),
    ],
)
def test_the_encoding_is_found_out_and_said(encoding: str, said: str) -> None:
    reading = payments(text(HEAD, LINE, encoding=encoding))
    assert [row.values["partner"] for row in reading.rows()] == ["Médecins"]
    assert said in str(reading.said[0])


@pytest.mark.parametrize(
    ("separator", "amount"),
    [(";", "1.234,50"), (",", '"1.234,50"'), ("\t", "1.234,50"), (",", '"1,234.50"'), ("\t", "1234.50")],
)
def test_the_separator_is_found_by_the_headings(separator: str, amount: str) -> None:
    line = separator.join(["0001", "UNDP", amount, "04-02-2026", ""])
    reading = payments(text(separator.join(HEADING), line))
    assert [str(row.values["amount"]) for row in reading.rows()] == ["1234.50"]


def test_the_separator_that_excel_declares_is_taken_and_its_line_counts_as_a_row() -> None:
    reading = payments(text("sep=;", HEAD, LINE))
    assert [row.number for row in reading.rows()] == [3]


def test_rows_are_numbered_as_a_spreadsheet_shows_them() -> None:
    two_lines = '0001;"Médecins\r\nSans Frontières";1,00;04-02-2026;'
    reading = payments(text("Betalingen 2026", "", HEAD, two_lines, "", "0002;UNDP;geen;04-02-2026;"))
    assert places(reading) == [("invalid", 6, "C", "geen")]
    assert [number for number, _cells in reading.preview()] == [3, 4, 6]


def test_a_row_with_line_ends_in_a_text_is_one_row() -> None:
    reading = payments(text(HEAD, '0001;"Médecins\r\nSans Frontières";1,00;04-02-2026;'))
    assert [row.values["partner"] for row in reading.rows()] == ["Médecins\nSans Frontières"]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_line_end_is_one(end: str) -> None:
    assert payments(text(HEAD, LINE, end=end)).accepted


@pytest.mark.parametrize(
    ("content", "code", "row"),
    [
        (text(HEAD, LINE) + b"0002;UN\x00DP;1,00;04-02-2026;\r\n", "nul", 3),
        (text(HEAD, LINE) + b"0002;UN\xed\xa0\x80DP;1,00;04-02-2026;\r\n", "surrogate", 3),
        (text(HEAD, LINE, encoding="utf-16-le") + b"\x00\xd8\r\x00\n\x00", "surrogate", 3),
        (text(HEAD, LINE) + b"0002;caf\xe9;1,00;04-02-2026;\r\n", "encoding", 3),
        (text(HEAD) + b"0002;\x81;1,00;04-02-2026;\r\n", "encoding", 2),
        (text(HEAD, LINE, encoding="utf-32"), "encoding", 1),
        (text(HEAD, LINE, '0002;"UNDP;1,00;04-02-2026;'), "damaged", 3),
        (text(HEAD, LINE, '0002;"UN"DP;1,00;04-02-2026;'), "damaged", 3),
        (text(HEAD, LINE) + b'0002;"' + b"x" * 200_000 + b'";1;1;\r\n', "damaged", 3),
    ],
)
def test_a_text_that_is_damaged_is_refused_at_its_line(content: bytes, code: str, row: int) -> None:
    reading = payments(content)
    assert [(finding.code, finding.row) for finding in reading.findings] == [(code, row)]


def test_a_file_that_was_cut_off_in_its_last_row_is_refused() -> None:
    assert "cut_off" in codes(payments(text(HEAD, LINE) + b"0002;UN"))
    assert payments(text(HEAD, LINE) + b"0002;UNDP;1,00;04-02-2026;").accepted


def test_a_shorter_row_has_empty_cells_at_its_end() -> None:
    """Excel leaves out the last separators of rows whose last cells are empty."""
    assert [row.values["kind"] for row in payments(text(HEAD, "0001;UNDP;1,00;04-02-2026")).rows()] == [""]


def test_a_separator_in_a_text_without_quotation_marks_is_refused_with_its_place() -> None:
    reading = payments(text(HEAD, LINE, "0002;UNDP;1,00;04-02-2026;;Kyiv"))
    assert places(reading) == [("more_cells", 3, "F", "Kyiv")]


@pytest.mark.parametrize("upload", [SimpleUploadedFile, None])
def test_an_upload_is_read_where_it_lies(upload: type[SimpleUploadedFile] | None) -> None:
    content = text(HEAD, LINE)
    if upload:
        assert read(upload("x.csv", content), "x.csv", columns=PAYMENTS).accepted
        return
    with TemporaryUploadedFile("x.csv", "text/csv", len(content), None) as file:
        file.write(content)
        reading = read(file, "x.csv", columns=PAYMENTS)
    assert len(list(reading.rows())) == 1


def test_progress_is_told() -> None:
    seen: list[int] = []
    lines = [f"{n};UNDP;1,00;04-02-2026;" for n in range(2_500)]
    assert read(io.BytesIO(text(HEAD, *lines)), "x", columns=PAYMENTS, progress=seen.append).row_count == 2_500
    assert seen == [1_000, 2_000, 2_500]
