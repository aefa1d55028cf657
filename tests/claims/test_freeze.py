"""Freezing a paper: as it was shown, held against its records, whole, and never changed again."""

import datetime
import hashlib
import io
import json
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction

from claims import papers
from claims.actions import freeze as actions
from claims.actions.refused import Refused
from claims.checks.readback import misread
from claims.enums import PaperKind
from claims.kinds import KINDS
from claims.models import Claim, Freezing, FrozenClaim, FrozenFigure, FrozenFile, FrozenPaper, Section
from claims.queries.printed_values import stands
from claims.rules.form_layout import FINANCE
from core.pdf import Door
from core.pdf.check import inspect
from tests.conftest import NOON
from tests.pdf_structure import problems, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
KIND = KINDS[PaperKind.CW31]
LATER = NOON + datetime.timedelta(hours=1)


@pytest.fixture(scope="module")
def door() -> Iterator[Door]:
    with Door() as opened:
        yield opened


def shown(claim: Any) -> str:
    return papers.input_hash(KIND.facts_of(claim))


def asked(claim: Any, officer: Any, at: Any = NOON) -> Freezing:
    return actions.ask_to_freeze(by=officer, at=at, kind=KIND, subject=claim, seen=shown(claim))


def frozen(claim: Any, officer: Any, door: Any, at: Any = NOON) -> FrozenPaper:
    request = asked(claim, officer, at)
    paper = actions.freeze(freezing=request, at=at, door=door)
    request.refresh_from_db()
    assert paper is not None, request.message
    return paper


def refusal(claim: Any, officer: Any, door: Any) -> str:
    request = asked(claim, officer)
    assert actions.freeze(freezing=request, at=NOON, door=door) is None
    request.refresh_from_db()
    assert (request.state, FrozenPaper.objects.count()) == ("failed", 0)
    return str(request.message)


def test_a_frozen_paper_is_three_files_their_hashes_its_data_and_every_figure(
    written: Any, officer: Any, door: Any
) -> None:
    paper = frozen(written, officer, door)
    files = {file.format: file for file in paper.files.all()}
    assert sorted(files) == ["docx", "odt", "pdf"]
    for file in files.values():
        assert file.digest == hashlib.sha256(bytes(file.content)).hexdigest()
        assert file.size == len(file.content)
    assert problems(bytes(files["pdf"].content)) == []
    assert "EUR 2 mln, waarvan EUR 2.000.000 voor opvang" in text_of(bytes(files["pdf"].content))
    figures = {(row.field, row.value, row.wording.replace("\u00a0", " ")) for row in paper.figures.all()}
    assert ("claim.amount", Decimal(2_000_000), "EUR 2 mln") in figures
    assert ("goal.amount", Decimal(2_000_000), "EUR 2.000.000") in figures
    assert ("line-year.commitment", Decimal(2_000_000), "2.000.000") in figures
    assert ("line-year.cash", None, "n.n.b.") in figures
    assert (paper.number, paper.by, paper.template, list(paper.claims.all())) == (
        1,
        officer,
        written.template.code,
        [written],
    )
    assert paper.snapshot["claims"][0]["reference"] == written.reference
    assert paper.program["weasyprint"]
    assert json.loads(json.dumps(paper.snapshot)) == paper.snapshot


def test_what_is_frozen_is_what_was_shown(written: Any, officer: Any, door: Any) -> None:
    seen = shown(written)
    Claim.objects.filter(pk=written.pk).update(ministry_reference="BZ2600001")
    with pytest.raises(Refused, match=r"changed|gewijzigd"):
        actions.ask_to_freeze(by=officer, at=NOON, kind=KIND, subject=written, seen=seen)
    request = asked(written, officer)
    Claim.objects.filter(pk=written.pk).update(ministry_reference="BZ2600002")
    assert actions.freeze(freezing=request, at=NOON, door=door) is None
    request.refresh_from_db()
    assert request.state == "failed"
    assert not FrozenPaper.objects.exists()


def test_a_paper_that_changes_while_it_is_made_is_not_frozen(written: Any, officer: Any, door: Any) -> None:
    class Slow:
        def render(self, html: str, sheet: str = "paper") -> bytes:
            Claim.objects.filter(pk=written.pk).update(ministry_reference="BZ2600003")
            return door.render(html)

    assert refusal(written, officer, Slow())


def test_a_figure_that_differs_in_the_pdf_is_named(written: Any, officer: Any, door: Any) -> None:
    class Liar:
        def render(self, html: str, sheet: str = "paper") -> bytes:
            return door.render(html.replace("EUR\u00a02\u00a0mln", "EUR\u00a03\u00a0mln"))

    assert "EUR 3 mln" in refusal(written, officer, Liar()).replace("\u00a0", " ").replace("EUR3mln", "EUR 3 mln")


def test_a_figure_that_is_missing_in_the_pdf_is_named(written: Any, officer: Any, door: Any) -> None:
    class Forgetful:
        def render(self, html: str, sheet: str = "paper") -> bytes:
            return door.render(html.replace(' data-number="1"', ""))

    assert "EUR 2 mln" in refusal(written, officer, Forgetful()).replace("\u00a0", " ")


def test_a_pdf_without_its_structure_is_not_frozen(written: Any, officer: Any, door: Any) -> None:
    class Flat:
        def render(self, html: str, sheet: str = "paper") -> bytes:
            return door.render(html.replace("<h2", "<h5").replace("</h2", "</h5"))

    assert "heading level skipped" in refusal(written, officer, Flat())


def test_every_figure_of_the_published_form_is_traced_from_the_pdf_to_its_record(story: Any, door: Any) -> None:
    big = Claim.objects.get(title__startswith="Humanitaire noden")
    facts = KIND.facts_of(big)
    things = KIND.printed(facts)
    now = stands(pair for thing in things for pair in thing.sources)
    found = inspect(door.render(KIND.as_document(facts)))
    assert list(misread(things, now, found)) == []
    assert len(found.titled) == len(things) > 60
    traced = [thing for thing in things if any(pair in now for pair in thing.sources)]
    assert len(traced) > 50
    wrong = tuple(
        replace(thing, words=thing.words.replace("21", "22")) if "21,5" in thing.words else thing for thing in things
    )
    assert any("22,5" in str(said) for said in misread(wrong, now, found))


def test_a_figure_whose_record_changed_unseen_is_named(written: Any, door: Any) -> None:
    facts = KIND.facts_of(written)
    things = KIND.printed(facts)
    found = inspect(door.render(KIND.as_document(facts)))
    Claim.objects.filter(pk=written.pk).update(amount=Decimal("2100000.00"))
    said = [str(one) for one in misread(things, stands(pair for thing in things for pair in thing.sources), found)]
    assert len(said) == 1
    assert "EUR 2,1 mln" in said[0].replace("\u00a0", " ")


def test_a_paper_with_an_open_contradiction_is_refused_with_its_place(written: Any, officer: Any) -> None:
    text = "<p>In totaal wordt EUR 3 mln gevraagd.</p>"
    assert Section.objects.filter(claim=written, question__key=FINANCE).update(text=text)
    with pytest.raises(Refused) as refused:
        asked(written, officer)
    assert refused.value.rule == "freeze_blocked"


def test_versions_are_numbered_and_an_unchanged_paper_is_not_frozen_again(
    written: Any, officer: Any, door: Any
) -> None:
    frozen(written, officer, door)
    with pytest.raises(Refused) as refused:
        asked(written, officer)
    assert refused.value.rule == "freeze_changed"
    Claim.objects.filter(pk=written.pk).update(ministry_reference="BZ2600001")
    assert frozen(written, officer, door, LATER).number == 2
    assert [paper.number for paper in FrozenPaper.objects.newest()] == [2]


def test_asking_twice_makes_one_request_and_one_job(
    written: Any, officer: Any, django_capture_on_commit_callbacks: Any
) -> None:
    from procrastinate.contrib.django.models import ProcrastinateJob

    with django_capture_on_commit_callbacks(execute=True):
        first, second = asked(written, officer), asked(written, officer)
    assert first == second
    assert ProcrastinateJob.objects.filter(task_name="freeze_paper").count() == 1


def test_only_officers_of_the_directorate_freeze(written: Any, reader: Any, controller: Any, stranger: Any) -> None:
    for person in (reader, controller, stranger):
        with pytest.raises(PermissionDenied):
            asked(written, person)


def test_only_who_sees_the_directorate_sees_its_frozen_papers(
    written: Any, officer: Any, reader: Any, stranger: Any, nobody: Any, door: Any
) -> None:
    paper = frozen(written, officer, door)
    assert [list(FrozenPaper.objects.visible_to(person)) for person in (officer, reader)] == [[paper], [paper]]
    assert [list(FrozenPaper.objects.visible_to(person)) for person in (stranger, nobody)] == [[], []]


def test_the_database_changes_and_adds_nothing(written: Any, officer: Any, door: Any) -> None:
    paper = frozen(written, officer, door)
    for model in (FrozenPaper, FrozenClaim, FrozenFile, FrozenFigure):
        table = model._meta.db_table
        for act in (f"update {table} set id = id", f"delete from {table}"):  # noqa: S608  (names of our own tables)
            with pytest.raises(IntegrityError, match="never changed"), transaction.atomic(), connection.cursor() as raw:
                raw.execute(act)
    content = paper.files.get(format="pdf").content
    with pytest.raises(IntegrityError, match="frozen_file_digest_true"), transaction.atomic():
        FrozenFile.objects.create(
            paper=paper, format="xxx", media_type="x", size=len(content), digest="0" * 64, content=content
        )


@pytest.mark.django_db(transaction=True)
def test_a_paper_that_is_there_takes_no_more_files_and_none_is_without(stage: None, written: Any, officer: Any) -> None:
    row = {
        "kind": "cw31",
        "subject": written.public_id,
        "directorate": written.directorate,
        "title": "x",
        "name": "x",
        "classification": "internal",
        "template": "x",
        "snapshot": {},
        "program": {},
        "input_hash": "0" * 64,
        "by": officer,
        "at": NOON,
    }
    with pytest.raises(IntegrityError, match="has its PDF"), transaction.atomic():
        FrozenPaper.objects.create(number=1, **row)
    with pytest.raises(IntegrityError, match="one after the other"), transaction.atomic():
        FrozenPaper.objects.create(number=2, **row)
    with transaction.atomic():
        paper = FrozenPaper.objects.create(number=1, **row)
        FrozenClaim.objects.create(paper=paper, claim=written, digest="0" * 64)
        for name in ("pdf", "docx", "odt"):
            body = name.encode()
            FrozenFile.objects.create(
                paper=paper,
                format=name,
                media_type="x",
                size=len(body),
                digest=hashlib.sha256(body).hexdigest(),
                content=body,
            )
    with pytest.raises(IntegrityError, match="takes nothing more"), transaction.atomic():
        FrozenFile.objects.create(
            paper=paper, format="x", media_type="x", size=1, digest=hashlib.sha256(b"x").hexdigest(), content=b"x"
        )
    with pytest.raises(IntegrityError, match="internal version"), transaction.atomic():
        FrozenPaper.objects.create(number=1, public=True, internal=None, **row)


def test_a_docx_that_lost_a_figure_is_not_frozen(written: Any, officer: Any, door: Any, monkeypatch: Any) -> None:
    real = KIND.as_file

    def lossy(facts: Any, kind: Any, look: Any) -> bytes:
        made, out = real(facts, kind, look), io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(made)) as old, zipfile.ZipFile(out, "w") as new:
            for entry in old.infolist():
                new.writestr(entry, old.read(entry).replace(b"2.000.000", b"2.000"))
        return out.getvalue()

    monkeypatch.setitem(KINDS, "cw31", replace(KIND, as_file=lossy))
    said = refusal(written, officer, door)
    assert "DOCX" in said
    assert "2.000.000" in said


def test_a_text_longer_than_a_paper_can_be_gives_a_message(written: Any, officer: Any, door: Any) -> None:
    long = "<p>" + "woord " * 30_000 + "</p>"
    assert Section.objects.filter(claim=written).exclude(question__key="doelen").update(text=long) > 2
    assert refusal(written, officer, door)
