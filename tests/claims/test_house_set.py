"""Sets for the House: checked, answered where not in order, and made as files and one reading PDF."""

import datetime
import hashlib
import io
import zipfile
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from claims.actions import freeze as freezing
from claims.actions import house_set as actions
from claims.actions.refused import Refused
from claims.enums import PaperKind
from claims.kinds import KINDS
from claims.models import AnnexPart, FrozenPaper, Goal, HouseSet, Section
from claims.queries.house_set import checklist
from core.pdf import Door
from core.pdf.check import inspect
from tests.claims.frozen import keep
from tests.conftest import NOON

pytestmark = pytest.mark.django_db
LATER = NOON + datetime.timedelta(hours=3)


@pytest.fixture(scope="module")
def door() -> Iterator[Door]:
    with Door() as opened:
        yield opened


def state_of(papers: list[FrozenPaper]) -> dict[str, bool]:
    return {check.code: check.ok for check in checklist(papers)}


def reasons(papers: list[FrozenPaper]) -> dict[str, str]:
    return {check.code: "Zo afgesproken." for check in checklist(papers) if not check.ok}


def frozen(claim: Any, by: Any, door: Door, kind: str) -> FrozenPaper:
    chosen = KINDS[kind]
    asked = freezing.ask_to_freeze(by=by, at=NOON, kind=chosen, subject=claim, seen=chosen.mark(chosen.facts_of(claim)))
    paper = freezing.freeze(freezing=asked, at=NOON, door=door)
    asked.refresh_from_db()
    assert paper is not None, asked.message
    return paper


def public(paper: FrozenPaper, by: Any, door: Door) -> FrozenPaper:
    asked = freezing.ask_public(by=by, at=NOON, paper=paper, regime="house")
    made = freezing.freeze(freezing=asked, at=NOON, door=door)
    assert made is not None
    return made


@pytest.mark.slow
def test_a_set_is_named_files_with_their_hashes_and_one_pdf_to_read(written: Any, officer: Any, door: Door) -> None:
    AnnexPart.objects.create(claim=written, title="OP 2025", text="<p>Wat eerder is gedaan.</p>")
    internal = [frozen(written, officer, door, kind) for kind in (PaperKind.CW31, PaperKind.ANNEX)]
    papers = [public(paper, officer, door) for paper in internal]
    made = actions.ask_set(by=officer, at=LATER, title="Kamerset mei", papers=papers, reasons=reasons(papers))
    actions.make_set(house_set=made, door=door)
    made.refresh_from_db()
    assert (made.state, made.message) == ("done", "")
    with zipfile.ZipFile(io.BytesIO(bytes(made.archive))) as archive:
        names = archive.namelist()
        assert names[0] == "00-leesversie.pdf"
        assert [name[:3] for name in names[1:-1]] == ["01-", "01-", "02-", "02-"]
        assert archive.read(names[1]) == bytes(papers[0].files.get(format="pdf").content)
        for line in archive.read("sha256.txt").decode().splitlines():
            digest, name = line.split("  ")
            assert hashlib.sha256(archive.read(name)).hexdigest() == digest
    found = inspect(bytes(made.reading))
    assert found.problems == []
    assert found.bare.count("Bestedingsvoorstel") >= 1
    assert "openbareversie1" in found.bare
    with pytest.raises(IntegrityError, match="never changed"), transaction.atomic():
        HouseSet.objects.filter(pk=made.pk).update(message="x")
    with pytest.raises(IntegrityError, match="never changed"), transaction.atomic(), connection.cursor() as raw:
        raw.execute("delete from claims_housesetpaper")


def test_each_point_of_the_checklist_finds_what_it_is_about(written: Any, officer: Any) -> None:
    form, annex = keep(written, officer), keep(written, officer, kind=PaperKind.ANNEX)
    assert state_of([form]) == {
        "public": False,
        "redactions": True,
        "newest": True,
        "outdated": True,
        "figures": True,
        "forms": True,
        "annexes": True,
    }
    Goal.objects.filter(claim=written).update(amount=Decimal("1900000.00"))
    assert not state_of([form])["outdated"]
    text = "<p>Zie bijlage 3 voor de resultaten.</p>"
    Section.objects.filter(claim=written).exclude(question__key="doelen").update(text=text)
    newer = keep(written, officer, LATER)
    found = state_of([form, newer, annex])
    assert (found["newest"], found["figures"], found["annexes"]) == (False, False, False)
    AnnexPart.objects.create(claim=written, title="OP 2025", text="<p>Gedaan.</p>")
    both = [keep(written, officer, LATER), keep(written, officer, LATER, kind=PaperKind.ANNEX)]
    assert any("2" in problem for check in checklist(both) if check.code == "annexes" for problem in check.problems)


def test_the_checklist_takes_a_fixed_number_of_queries(written: Any, officer: Any) -> None:
    papers = [keep(written, officer)]

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            checklist(list(FrozenPaper.objects.all()))
        return len(captured)

    first = queries()
    papers += [keep(written, officer), keep(written, officer, kind=PaperKind.ANNEX)]
    assert queries() == first


def test_what_is_not_in_order_wants_a_reason_that_is_kept(
    written: Any, officer: Any, reader: Any, stranger: Any
) -> None:
    papers = [keep(written, officer)]
    with pytest.raises(Refused) as refused:
        actions.ask_set(by=officer, at=LATER, title="Set", papers=papers, reasons={})
    assert refused.value.rule == "house_set_check"
    for title, chosen in (("", papers), ("Set", [])):
        with pytest.raises(Refused):
            actions.ask_set(by=officer, at=LATER, title=title, papers=chosen, reasons={"public": "Intern"})
    for person in (reader, stranger):
        with pytest.raises(PermissionDenied):
            actions.ask_set(by=person, at=LATER, title="Set", papers=papers, reasons={"public": "Intern"})
    made = actions.ask_set(by=officer, at=LATER, title="Set", papers=papers, reasons={"public": "Alleen intern"})
    assert [one["reason"] for one in made.checklist if one["problems"]] == ["Alleen intern"]


def test_a_set_is_made_and_fetched_on_its_pages(
    enter: Any, written: Any, officer: Any, reader: Any, stranger: Any
) -> None:
    papers = [keep(written, officer), keep(written, officer, kind=PaperKind.ANNEX)]
    address = reverse("claims:house-set-new")
    keys = [str(paper.public_id) for paper in reversed(papers)]
    assert enter(officer).get(address).status_code == 200
    shown = enter(officer).get(address, {"paper": [*keys, "x"]})
    assert [str(paper.public_id) for paper in shown.context["chosen"]] == keys
    data = {"paper": keys, "title": "Kamerset", "make": "1"}
    assert enter(officer).post(address, data).status_code == 422
    assert enter(reader).post(address, {**data, "reason-public": "x"}).status_code == 403
    answer = enter(officer).post(address, {**data, "reason-public": "Intern"})
    made = HouseSet.objects.get()
    assert answer["Location"] == reverse("claims:house-set", args=[made.public_id])
    assert enter(reader).get(answer["Location"]).status_code == 200
    assert enter(stranger).get(answer["Location"]).status_code == 404
    assert made.title in enter(reader).get(reverse("claims:house-sets")).content.decode()
    file = reverse("claims:house-set-file", args=[made.public_id, "zip"])
    assert enter(reader).get(file).status_code == 404
    content = b"PK"
    HouseSet.objects.filter(pk=made.pk).update(
        state="done",
        archive=content,
        archive_digest=hashlib.sha256(content).hexdigest(),
        reading=content,
        reading_digest=hashlib.sha256(content).hexdigest(),
    )
    served = enter(reader).get(file)
    assert served.content == content
    assert enter(reader).get(file, headers={"If-None-Match": served["ETag"]}).status_code == 304
    assert enter(stranger).get(file).status_code == 404
