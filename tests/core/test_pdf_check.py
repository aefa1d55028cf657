"""The check of a finished PDF: it finds nothing in ours, every seeded defect, and reads the text back by tag."""

import io
import subprocess
import sys
from collections.abc import Callable, Iterator
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from core.pdf import Door
from core.pdf.check import bare, inspect, problems
from tests.core.test_pdf import page
from tests.pdf_structure import text_of

pytestmark = pytest.mark.slow
BODY = (
    "<p>Éénduidig <strong>vet <span class=figure data-number=1>EUR 25\u00a0miljoen</span></strong> en "
    "<span class=figure data-number=2>bijna 12\u00a0%</span>, łódź, Київ"
    "<small class=fn>Zie <a href='https://a.nl'>https://a.nl</a></small><small class=fn>Nog een noot</small></p>"
    "<h2>Kop</h2><ul><li>a<ul><li>b</li></ul></li></ul><ol><li>c</li></ol>"
    "<table class=texttable><thead><tr><th scope=col>k</th></tr></thead><tbody><tr><td>v</td></tr></tbody></table>"
    + "<p>Vulling die over de bladzijde heen loopt.</p>"
    * 90
)


@pytest.fixture(scope="module")
def made() -> Iterator[bytes]:
    with Door() as door:
        yield door.render(page(BODY))


def elements(pdf: Any, kind: str) -> list[Any]:
    return [obj for obj in pdf.objects if isinstance(obj, Dictionary) and obj.get("/S") == Name("/" + kind)]


def changed(made: bytes, change: Callable[[Any], None]) -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(made)) as pdf:
        change(pdf)
        pdf.save(out)
    return out.getvalue()


def content(change: Callable[[bytes], bytes]) -> Callable[[Any], None]:
    """Change the drawing of the first page."""

    def act(pdf: Any) -> None:
        stream = pdf.pages[0].Contents
        before = stream.read_bytes()
        after = change(before)
        assert after != before
        stream.write(after)

    return act


def test_our_own_file_has_no_problems_and_is_read_back_by_tag(made: bytes) -> None:
    found = inspect(made)
    assert found.problems == []
    assert found.titled == {"1": "EUR 25\u00a0miljoen", "2": "bijna 12\u00a0%"}
    assert bare("Éénduidig vet EUR 25 miljoen en bijna 12 %, łódź, Київ") in found.bare
    assert "Zie https://a.nl" in found.text
    assert found.pages > 1
    assert "Pagina 1 van" not in found.text, "running footers are no part of the text"
    assert "Pagina 1 van" in text_of(made)


def unclaim(name: str, value: str) -> Callable[[Any], None]:
    def act(pdf: Any) -> None:
        stream = pdf.Root.Metadata
        stream.write(stream.read_bytes().replace(name.encode(), value.encode()))

    return act


def attach(pdf: Any) -> None:
    spec = pikepdf.AttachedFileSpec(pdf, b"{}", filename="cijfers.json")
    pdf.attachments["cijfers.json"] = spec
    del spec.obj["/AFRelationship"]
    if "/AF" in pdf.Root:
        del pdf.Root["/AF"]


def annotations(pdf: Any) -> list[Any]:
    return [note for one in pdf.pages for note in one.get("/Annots", [])]


def _unscoped(pdf: Any) -> None:
    cell = elements(pdf, "TH")[0]
    for key in {"/A", "/ID"} & set(cell.keys()):
        del cell[key]


def _untagged(drawn: bytes) -> bytes:
    at = drawn.index(b"BDC")
    start = drawn.rindex(b"\n", 0, at) + 1
    return drawn[:start] + b"/Nergens BMC" + drawn[at + 3 :]


def _first_code_zero(drawn: bytes) -> bytes:
    at = drawn.index(b"<", drawn.index(b" Tf"))
    return drawn[: at + 1] + b"0000" + drawn[at + 5 :]


DEFECTS: dict[str, tuple[Callable[[Any], None], str]] = {
    "no language": (lambda pdf: pdf.Root.__delitem__("/Lang"), "no language"),
    "another language": (lambda pdf: pdf.Root.__setitem__("/Lang", pikepdf.String("en")), "no language"),
    "not marked": (lambda pdf: pdf.Root.MarkInfo.__setitem__("/Marked", False), "not marked"),
    "no title shown": (lambda pdf: pdf.Root.__delitem__("/ViewerPreferences"), "title is not displayed"),
    "two titles": (lambda pdf: pdf.docinfo.__setitem__("/Title", pikepdf.String("Iets anders")), "two titles differ"),
    "no metadata": (lambda pdf: pdf.Root.__delitem__("/Metadata"), "no metadata"),
    "no claim of PDF/UA": (unclaim('pdfuaid:part="1"', 'pdfuaid:part="7"'), "PDF/UA-1"),
    "no claim of PDF/A": (unclaim('conformance="A"', 'conformance="B"'), "PDF/A-3a"),
    "no extension schema": (unclaim("pdfaExtension:schemas", "pdfaExtension:others"), "extension schema"),
    "no output intent": (lambda pdf: pdf.Root.__delitem__("/OutputIntents"), "output intent"),
    "no bookmarks": (lambda pdf: pdf.Root.__delitem__("/Outlines"), "bookmarks"),
    "an action": (
        lambda pdf: pdf.Root.__setitem__("/OpenAction", Dictionary(S=Name.JavaScript, JS=pikepdf.String("x"))),
        "an action",
    ),
    "a loose attachment": (attach, "attachment cijfers.json"),
    "a font left out": (
        lambda pdf: [
            obj.__delitem__(key)
            for obj in pdf.objects
            if isinstance(obj, Dictionary) and obj.get("/Type") == Name.FontDescriptor
            for key in list(obj.keys())
            if key.startswith("/FontFile")
        ],
        "not embedded",
    ),
    "a font that cannot be read": (
        lambda pdf: [
            obj.__delitem__("/ToUnicode") for obj in pdf.objects if isinstance(obj, Dictionary) and "/ToUnicode" in obj
        ],
        "cannot be read back",
    ),
    "no tags": (lambda pdf: pdf.Root.__delitem__("/StructTreeRoot"), "no structure tree"),
    "an unknown tag": (lambda pdf: elements(pdf, "P")[0].__setitem__("/S", Name.Alinea), "structure element Alinea"),
    "a row outside a table": (lambda pdf: elements(pdf, "Table")[0].__setitem__("/S", Name.Div), "inside Div"),
    "a paragraph in a list": (lambda pdf: elements(pdf, "LI")[0].__setitem__("/S", Name.P), "P is not allowed in L"),
    "a header cell without scope": (_unscoped, "header cell has no scope"),
    "a skipped heading": (
        lambda pdf: elements(pdf, "H2")[0].__setitem__("/S", Name.H4),
        "heading level skipped: 1 to 4",
    ),
    "no first heading": (lambda pdf: elements(pdf, "H1")[0].__setitem__("/S", Name.P), "first heading is not level 1"),
    "a note without identity": (lambda pdf: elements(pdf, "Note")[0].__delitem__("/ID"), "no identity of its own"),
    "two notes of one identity": (
        lambda pdf: elements(pdf, "Note")[0].__setitem__("/ID", elements(pdf, "Note")[1].ID),
        "no identity of its own",
    ),
    "a picture without description": (
        lambda pdf: elements(pdf, "Span")[0].__setitem__("/S", Name.Figure),
        "no alternative text",
    ),
    "a link without description": (
        lambda pdf: annotations(pdf)[0].__delitem__("/Contents"),
        "a link has no description",
    ),
    "a link that is not printed": (
        lambda pdf: annotations(pdf)[0].__setitem__("/F", 0),
        "shown and not printed",
    ),
    "tabs by another order": (
        lambda pdf: [one.obj.__delitem__("/Tabs") for one in pdf.pages if "/Tabs" in one.obj],
        "tab order",
    ),
    "text without a tag": (
        content(_untagged),
        "neither tagged nor an artifact",
    ),
    "a tag without its place in the tree": (
        lambda pdf: elements(pdf, "P")[3].__setitem__("/K", Array([])),
        "missing from the tree",
    ),
    "content twice in the tree": (
        lambda pdf: elements(pdf, "P")[3].__setitem__("/K", elements(pdf, "P")[4].K),
        "twice",
    ),
    "an index that misses a page": (
        lambda pdf: pdf.Root.StructTreeRoot.ParentTree.__setitem__("/Nums", Array([])),
        "not in the tree's index",
    ),
    "a character without a shape": (content(_first_code_zero), "no shape in the fonts"),
}


@pytest.mark.parametrize("name", DEFECTS)
def test_a_seeded_defect_is_found(made: bytes, name: str) -> None:
    change, said = DEFECTS[name]
    assert any(said in problem for problem in problems(changed(made, change)))


def test_a_file_that_was_only_saved_again_has_no_problems(made: bytes) -> None:
    assert problems(changed(made, lambda pdf: None)) == []


def test_what_is_no_pdf_is_a_problem_and_no_fault() -> None:
    assert problems(b"%PDF-1.7 half") != []


def test_the_same_paper_is_the_same_bytes_in_another_process(made: bytes) -> None:
    program = (
        "import sys; from core.pdf import Door\n"
        "with Door() as door: sys.stdout.buffer.write(door.render(sys.stdin.buffer.read().decode()))"
    )
    done = subprocess.run([sys.executable, "-c", program], input=page(BODY).encode(), capture_output=True, check=True)
    assert done.stdout == made
