"""Joining papers: the tags, notes, links and bookmarks of each, in one file that passes the same check."""

import io
from collections.abc import Iterator

import pikepdf
import pytest

from core.pdf import Door
from core.pdf.check import inspect
from core.pdf.joining import join
from tests.core.test_pdf import page
from tests.core.test_pdf_check import BODY

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def parts() -> Iterator[list[tuple[str, bytes]]]:
    with Door() as door:
        yield [
            (name, door.render(page(BODY.replace("Éénduidig", name))))
            for name in ("Brief", "Formulier", "Nota & bijlage")
        ]


def test_a_joined_file_passes_the_check_and_reads_in_the_order_of_its_parts(parts: list[tuple[str, bytes]]) -> None:
    content = join("Kamerset <proef>", parts)
    found = inspect(content)
    assert found.problems == []
    assert found.pages == sum(inspect(one).pages for _name, one in parts)
    at = [found.bare.index(name.replace(" ", "")) for name, _content in parts]
    assert at == sorted(at)
    assert found.bare == "".join(inspect(one).bare for _name, one in parts)


def test_each_part_has_a_bookmark_on_its_first_page_with_its_own_below(parts: list[tuple[str, bytes]]) -> None:
    with pikepdf.open(io.BytesIO(join("Kamerset", parts))) as pdf, pdf.open_outline() as outline:
        assert [item.title for item in outline.root] == [name for name, _content in parts]
        pages = {one.obj.objgen: number for number, one in enumerate(pdf.pages)}
        starts = [pages[item.destination[0].objgen] for item in outline.root]
        assert starts == [0, 3, 6]
        assert all("Proef" in [child.title for child in item.children] for item in outline.root)
        assert str(pdf.docinfo.Title) == "Kamerset"


def test_the_same_parts_give_the_same_bytes(parts: list[tuple[str, bytes]]) -> None:
    assert join("Kamerset", parts) == join("Kamerset", parts)
