"""The form and its annex as DOCX and ODT: everything of the PDF is in them, and a file that is read back keeps its structure."""

import io
import json
import re
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.urls import reverse

from claims import office, papers
from claims.importers.word import read_form
from claims.models import Claim, Section
from claims.queries.templates import template_like
from core import richtext
from core.models import User
from core.pandoc import door, read_docx
from core.pandoc.writing import REFERENCES, from_model

pytestmark = pytest.mark.django_db


@pytest.fixture
def form(module_story: Any) -> Claim:
    return Claim.objects.get(title__startswith="Humanitaire noden")


def made(claim: Claim, kind: Any, paper: str = "cw31") -> bytes:
    return office.as_file(papers.facts_of(claim, paper), kind)


def parts_of(content: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return {name: package.read(name).decode(errors="replace") for name in package.namelist()}


def text_of(content: bytes, kind: str) -> str:
    """Return what a file says: pandoc's reading of a DOCX; of an ODT the document itself, whose tables in tables pandoc does not read."""
    if kind == "docx":
        return door.run(["-f", kind, "-t", "plain", "--wrap=none"], content).decode().replace("\u00a0", " ")
    words = re.sub(r"<text:s[^>]*/>", " ", parts_of(content)["content.xml"])
    return " ".join(re.sub(r"<[^>]+>", "", words).replace("\u00a0", " ").split())


@pytest.mark.parametrize("kind", ["docx", "odt"])
def test_everything_that_the_form_says_is_in_the_file(kind: Any, form: Claim) -> None:
    text = text_of(made(form, kind), kind)
    for said in (
        "Bestedingsvoorstel",
        "Onderbouwing doeltreffendheid",
        "Welke doelen worden nagestreefd",
        "EUR 25 miljoen",
        "UHF en ICRC (gezamenlijk, verdeling n.t.b.)",
        "15.000.000",
        "n.n.b.",
        "Bijlage 1: Bijdragen en resultaten",
        "bijna 12 %",
        "Listening to Citizens of Ukraine",
    ):
        assert said in text


def test_a_word_file_has_real_notes_lists_styles_and_headings(form: Claim) -> None:
    parts = parts_of(made(form, "docx"))
    document = parts["word/document.xml"]
    assert document.count("<w:footnoteReference") == 1
    assert "<w:numPr>" in document
    for style in ("Vraagnummer", "Vraag", "Formulier", "Geldtabel", "Heading1", "Heading2"):
        assert f'w:val="{style}"' in document, style
    assert "PAGE" in parts["word/footer1.xml"]
    assert 'w:w="11907"' in document.replace("11906", "11907")


def test_an_opendocument_file_has_its_lines_notes_and_language(form: Claim) -> None:
    content = made(form, "odt")
    parts = parts_of(content)
    assert "<text:note " in parts["content.xml"]
    assert "0.5pt solid #a9bcc0" in parts["content.xml"]
    assert 'fo:language="nl"' in parts["styles.xml"]
    assert content[30:38] == b"mimetype"


def test_the_same_facts_give_the_same_text_twice(form: Claim) -> None:
    assert parts_of(made(form, "docx"))["word/document.xml"] == parts_of(made(form, "docx"))["word/document.xml"]


def test_a_file_made_and_read_back_keeps_every_answer(form: Claim) -> None:
    document = read_docx(made(form, "docx"))
    template, questions = template_like(document)
    answers = read_form(document, questions).answers()
    assert template == form.template
    for section in Section.objects.filter(claim=form).select_related("question"):
        back = richtext.text(answers[section.question.key]).replace("\u00a0", " ")
        assert back.startswith(richtext.text(richtext.parse(section.text)).replace("\u00a0", " ")), section.question.key


def test_the_annex_stands_alone_too(form: Claim) -> None:
    text = text_of(made(form, "docx", "annex"), "docx")
    assert "710.000 mensen kregen brandstof" in text
    assert "Welke doelen" not in text


def test_every_part_of_the_model_has_its_place() -> None:
    html = (
        '<h2>Kop</h2><p>a<br><strong><em>b</em></strong><sub>c</sub> <a href="https://voorbeeld.nl">d</a><span class="voetnoot">noot</span></p>'
        '<ol type="a" data-type="lower-alpha" start="3"><li><p>e</p><ul><li><p>f</p></li></ul></li></ol>'
        "<table><tr><th>g</th><th>h</th></tr><tr><td colspan=2>i</td></tr></table>"
    )
    document = richtext.read(html)
    tree = {"pandoc-api-version": [1, 23, 1], "meta": {}, "blocks": from_model(document)}
    content = door.run(["-f", "json", "-t", "docx", "-o", "-"], json.dumps(tree).encode())
    assert richtext.text(read_docx(content)) == richtext.text(document)
    assert richtext.html(read_docx(content)).count("<strong><em>b</em></strong>") == 1


def test_a_text_beyond_all_bounds_is_refused_with_a_message(form: Claim, enter: Any) -> None:
    rows = Section.objects.filter(claim=form)
    rows.update(text="<p>" + "woord " * 33_000 + "</p>")
    client = enter(User.objects.get(username="anna"))
    answer = client.get(reverse("claims:office-file", args=[form.reference, "cw31", "docx"]))
    assert answer.status_code == 302


def test_the_download_is_served_under_its_name(form: Claim, enter: Any, nobody: Any) -> None:
    client = enter(User.objects.get(username="anna"))
    for kind, content_type in office.KINDS.items():
        answer = client.get(reverse("claims:office-file", args=[form.reference, "cw31", kind]))
        assert answer["Content-Type"] == content_type
        assert answer["Content-Disposition"] == f'attachment; filename="{form.reference}-cw31.{kind}"'
        assert answer.content[:2] == b"PK"
    assert client.get(reverse("claims:office-file", args=[form.reference, "cw31", "exe"])).status_code == 404
    assert enter(nobody).get(reverse("claims:office-file", args=[form.reference, "cw31", "docx"])).status_code == 404


@pytest.mark.parametrize("kind", ["docx", "odt"])
def test_the_command_writes_the_file(kind: str, form: Claim, tmp_path: Path) -> None:
    target = tmp_path / f"form.{kind}"
    call_command("render", form.reference, "cw31", format=kind, output=str(target))
    assert target.read_bytes()[:2] == b"PK"


def test_the_reference_documents_are_what_their_command_makes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from core.management.commands import make_reference_documents as command

    kept = {kind: path.read_bytes() for kind, path in REFERENCES.items()}
    monkeypatch.setattr(command, "REFERENCES", {kind: tmp_path / kind for kind in REFERENCES})
    call_command("make_reference_documents")
    for kind, content in kept.items():
        again = (tmp_path / kind).read_bytes()
        assert {
            name: re.sub(r"\s+", " ", body)
            for name, body in parts_of(again).items()
            if "core.xml" not in name and "meta" not in name
        } == {
            name: re.sub(r"\s+", " ", body)
            for name, body in parts_of(content).items()
            if "core.xml" not in name and "meta" not in name
        }
