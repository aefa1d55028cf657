"""The organisation's own look: what is taken as a template, which one new files have, and that frozen files stay as they were."""

from __future__ import annotations

import hashlib
import io
import re
import zipfile
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from claims.actions import freeze as freezing
from claims.actions import house_style as actions
from claims.actions.refused import Refused
from claims.enums import PaperKind
from claims.kinds import KINDS
from claims.models import FrozenPaper, HouseStyle
from core.pandoc import BadFile
from core.pandoc.look import LARGEST_LOOK, NEEDED, looked_at
from core.pandoc.writing import REFERENCES, Format
from core.pdf import Door
from tests.conftest import NOON

KINDS_OF_FILE: tuple[Format, ...] = ("docx", "odt")
STYLES = {"docx": "word/styles.xml", "odt": "styles.xml"}
BOTH = pytest.mark.parametrize("kind", KINDS_OF_FILE)


@pytest.fixture(scope="module")
def door() -> Iterator[Door]:
    with Door() as opened:
        yield opened


def changed(kind: Format, **parts: Callable[[str], str] | str) -> bytes:
    """Return our own reference document with other parts; a name is written with _ for / and without its ending."""
    out = io.BytesIO()
    with zipfile.ZipFile(REFERENCES[kind]) as old, zipfile.ZipFile(out, "w") as new:
        for entry in old.infolist():
            body = old.read(entry)
            change = parts.get(entry.filename.replace("/", "_").rpartition(".")[0])
            if callable(change):
                body = change(body.decode()).encode()
            new.writestr(entry, body)
        for name, added in parts.items():
            if isinstance(added, str):
                new.writestr(name, added)
    return out.getvalue()


def own(kind: Format, font: str = "Verdana") -> bytes:
    """A template in another font."""
    return changed(kind, **{"word_styles" if kind == "docx" else "styles": lambda text: text.replace("Calibri", font)})


def styles_of(content: bytes, kind: Format) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as made:
        return made.read(STYLES[kind]).decode()


# -- what is taken ----------------------------------------------------------------------------------------------------


@BOTH
def test_our_own_look_and_one_changed_from_it_are_taken(kind: Format) -> None:
    assert looked_at(REFERENCES[kind].read_bytes()) == kind
    assert looked_at(own(kind)) == kind


RELATION = '<Relationship Id="rId99" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate" Target="file:///x.dotm" TargetMode="External"/>'


@pytest.mark.parametrize(
    ("code", "content"),
    [
        ("not_one", b"geen bestand"),
        ("not_one", b""),
        ("not_one", b"PK\x03\x04 half"),
        ("not_one", changed("docx")[:-400]),
        ("too_large", b"PK" + bytes(LARGEST_LOOK)),
        ("macros", changed("docx", **{"word/vbaProject.bin": "x"})),
        ("macros", changed("docx", **{"word/embeddings/oleObject1.bin": "x"})),
        (
            "macros",
            changed(
                "docx",
                **{"[Content_Types]": lambda text: text.replace("document.main+xml", "document.macroEnabled.main+xml")},
            ),
        ),
        (
            "outside",
            changed(
                "docx",
                **{"word/_rels/settings.xml.rels": f"<Relationships>{RELATION}</Relationships>"},
            ),
        ),
        (
            "entity",
            changed(
                "docx", word_styles=lambda text: text.replace("<w:styles", "<!DOCTYPE x [<!ENTITY a 'b'>]><w:styles")
            ),
        ),
        ("macros", changed("odt", **{"Basic/Standard/Module1.xml": "<x/>"})),
        (
            "macros",
            changed("odt", content=lambda text: text.replace("<office:body", "<office:event-listeners/><office:body")),
        ),
        (
            "outside",
            changed(
                "odt",
                styles=lambda text: text.replace(
                    "</office:styles>", '<draw:fill-image xlink:href="https://example.org/x.png"/></office:styles>'
                ),
            ),
        ),
        ("not_one", changed("odt")[:200]),
    ],
)
def test_what_is_no_template_or_not_safe_is_refused(code: str, content: bytes) -> None:
    with pytest.raises(BadFile) as refused:
        looked_at(content)
    assert refused.value.code == code


@BOTH
def test_the_styles_that_are_missing_are_named(kind: Format) -> None:
    name = "word_styles" if kind == "docx" else "styles"
    content = changed(kind, **{name: lambda text: text.replace('"Vraag"', '"Iets"').replace('"Metakop"', '"Anders"')})
    with pytest.raises(BadFile) as refused:
        looked_at(content)
    assert refused.value.code == "styles"
    assert "Metakop, Vraag." in str(refused.value.message)


def test_a_link_that_somebody_may_click_is_no_reason_to_refuse() -> None:
    assert 'TargetMode="External"' in zipfile.ZipFile(REFERENCES["docx"]).read("word/_rels/document.xml.rels").decode()
    assert looked_at(REFERENCES["docx"].read_bytes()) == "docx"


# -- which one files have ---------------------------------------------------------------------------------------------


def frozen(claim: Any, by: Any, door: Door, at: Any = NOON) -> FrozenPaper:
    chosen = KINDS[PaperKind.CW31]
    subject = chosen.subject_of(claim.public_id)
    asked = freezing.ask_to_freeze(
        by=by, at=at, kind=chosen, subject=subject, seen=chosen.mark(chosen.facts_of(subject))
    )
    made = freezing.freeze(freezing=asked, at=at, door=door)
    asked.refresh_from_db()
    assert made is not None, asked.message
    return made


@pytest.mark.slow
@pytest.mark.django_db
def test_new_files_have_the_look_in_use_and_frozen_ones_keep_theirs(
    enter: Any, written: Any, officer: Any, controller: Any, door: Door
) -> None:
    before = frozen(written, officer, door)
    kept = {file.format: bytes(file.content) for file in before.files.all()}
    for kind in KINDS_OF_FILE:
        style = actions.add_style(by=controller, at=NOON, name=f"huisstijl.{kind}", content=own(kind))
        assert "Verdana" not in styles_of(_download(enter(officer), written, kind), kind), "added is not in use"
        actions.use_style(by=controller, style=style)
        assert "Verdana" in styles_of(_download(enter(officer), written, kind), kind)
    after = frozen(written, officer, door)
    assert (before.number, after.number) == (1, 2), "another look is reason for another version"
    for kind in KINDS_OF_FILE:
        content = bytes(after.files.get(format=kind).content)
        assert "Verdana" in styles_of(content, kind)
        for name in ("Vraag", "Metakop", "Tabelgetal"):
            assert re.search(rf'(?:w:val|style:name)="{name}"', styles_of(content, kind))
        digest = hashlib.sha256(own(kind)).hexdigest()
        assert after.snapshot["style"][kind] == {"version": 1, "digest": digest}
        assert after.program[f"reference.{kind}"] == f"v1, sha256:{digest}"
        assert before.snapshot["style"][kind]["version"] == 0
    assert {file.format: bytes(file.content) for file in before.files.all()} == kept
    for style in HouseStyle.objects.all():
        actions.drop_style(by=controller, style=style)
    for kind in KINDS_OF_FILE:
        assert _download(enter(officer), written, kind) == kept[kind], "back to our own look"


def _download(client: Any, claim: Any, kind: str) -> bytes:
    content: bytes = client.get(reverse("claims:office-file", args=[claim.reference, "cw31", kind])).content
    return content


@pytest.mark.django_db
def test_one_version_of_a_format_is_in_use_and_none_changes(controller: Any, officer: Any) -> None:
    first = actions.add_style(by=controller, at=NOON, name="a.docx", content=own("docx"))
    second = actions.add_style(by=controller, at=NOON, name="b.docx", content=own("docx", "Georgia"))
    assert (first.number, second.number) == (1, 2)
    for style in (first, second, first):
        actions.use_style(by=controller, style=style)
        assert list(HouseStyle.objects.filter(in_use=True)) == [style]
    with pytest.raises(Refused) as refused:
        actions.add_style(by=controller, at=NOON, name="c.docx", content=own("docx"))
    assert refused.value.rule == "house_style_once"
    with pytest.raises(PermissionDenied):
        actions.use_style(by=officer, style=second)
    with pytest.raises(IntegrityError, match="house_style_one_in_use"), transaction.atomic():
        HouseStyle.objects.update(in_use=True)
    for change in ({"content": b"x"}, {"number": 9}, {"digest": "0" * 64}):
        with pytest.raises(IntegrityError), transaction.atomic():
            HouseStyle.objects.filter(pk=first.pk).update(**change)
    with pytest.raises(IntegrityError, match="kept as it was added"), transaction.atomic(), connection.cursor() as raw:
        raw.execute("delete from claims_housestyle")
    assert HouseStyle.pgh_event_model.objects.filter(pgh_obj=first).count() == 4  # type: ignore[attr-defined]


@pytest.mark.django_db
def test_it_is_added_tried_and_taken_into_use_on_one_page(
    enter: Any, controller: Any, administrator: Any, officer: Any
) -> None:
    page = reverse("claims:house-styles")
    assert enter(officer).get(page).status_code == 403
    assert enter(officer).post(page, {"file": SimpleUploadedFile("a.docx", own("docx"))}).status_code == 403
    client = enter(administrator)
    assert page in client.get(reverse("admin:index")).content.decode()
    assert client.get(page).status_code == 200
    assert client.post(page, {}).status_code == 422
    wrong = client.post(page, {"file": SimpleUploadedFile("a.docx", b"geen bestand")})
    assert wrong.status_code == 422
    assert not HouseStyle.objects.exists()
    assert client.post(page, {"file": SimpleUploadedFile("a.docx", own("docx"))}).status_code == 302
    style = HouseStyle.objects.get()
    assert bytes(client.get(reverse("claims:house-style-file", args=[style.public_id])).content) == own("docx")
    sample = client.get(reverse("claims:house-style-sample", args=[style.public_id])).content
    assert "Verdana" in styles_of(sample, "docx")
    for name in NEEDED["docx"][6:]:
        assert name in zipfile.ZipFile(io.BytesIO(sample)).read("word/document.xml").decode()
    act = reverse("claims:house-style", args=[style.public_id])
    assert enter(officer).post(act, {"use": "1"}).status_code == 403
    for name, used in (("use", True), ("drop", False)):
        assert enter(controller).post(act, {name: "1"}).status_code == 302
        style.refresh_from_db()
        assert style.in_use is used
    own_look = client.get(reverse("claims:house-style-own", args=["odt"]))
    assert own_look.content == REFERENCES["odt"].read_bytes()
    assert client.get(reverse("claims:house-style-own", args=["pdf"])).status_code == 404
