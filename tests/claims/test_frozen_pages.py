"""The pages of frozen papers, and their files byte for byte."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from claims.actions import freeze as actions
from claims.actions import redact
from claims.actions.freeze import store
from claims.actions.written import answer_paper_finding, create_paper, feed_back, take_paper_up_again
from claims.enums import PaperKind
from claims.kinds import KINDS
from claims.models import Claim, Freezing, FrozenPaper, Party, RedactionGround, WrittenPaper
from claims.papers import input_hash
from claims.queries.timeline import timeline
from core.models import User
from tests.claims.frozen import FILES, keep
from tests.conftest import NOON

pytestmark = pytest.mark.django_db
KIND = KINDS[PaperKind.CW31]


@pytest.fixture
def paper(written: Any, officer: Any) -> FrozenPaper:
    return keep(written, officer)


def test_a_file_is_served_byte_for_byte_and_told_apart_by_its_hash(enter: Any, reader: Any, paper: Any) -> None:
    address = reverse("claims:frozen-file", args=[paper.public_id, "pdf"])
    answer = enter(reader).get(address)
    assert answer.content == FILES["pdf"]
    assert answer["ETag"] == f'"{paper.files.get(format="pdf").digest}"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Cache-Control"] == "private, no-cache"
    assert answer["Content-Disposition"].startswith("inline;")
    with CaptureQueriesContext(connection) as captured:
        again = enter(reader).get(address, headers={"If-None-Match": answer["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert not any('"claims_frozenfile"."content"' in query["sql"] for query in captured)
    office = enter(reader).get(reverse("claims:frozen-file", args=[paper.public_id, "docx"]))
    assert office["Content-Disposition"].startswith("attachment;")
    assert office["Content-Security-Policy"] == "sandbox; default-src 'none'"


def test_a_stranger_finds_nothing(enter: Any, stranger: Any, written: Any, paper: Any) -> None:
    asked = Freezing.objects.create(
        kind="cw31",
        subject=written.public_id,
        directorate=written.directorate,
        input_hash="0" * 64,
        asked_by=paper.by,
        asked_at=NOON,
    )
    for name, args in (
        ("frozen", [paper.public_id]),
        ("frozen-data", [paper.public_id]),
        ("frozen-file", [paper.public_id, "pdf"]),
        ("freeze", ["cw31", written.public_id]),
        ("freezing", [asked.public_id]),
    ):
        assert enter(stranger).get(reverse(f"claims:{name}", args=args)).status_code == 404
    assert paper.title not in enter(stranger).get(reverse("claims:frozen-papers")).content.decode()


def test_its_page_shows_files_hashes_figures_and_versions(enter: Any, reader: Any, paper: Any) -> None:
    html = enter(reader).get(reverse("claims:frozen", args=[paper.public_id])).content.decode()
    for file in paper.files.all():
        assert file.digest in html
    assert "2.000.000" in html
    assert paper.program["weasyprint"] in html


def test_what_is_typed_and_follows_no_record_is_named_before_and_after_freezing(
    enter: Any, officer: Any, written: Any
) -> None:
    section = written.sections.get(question__key="doelen")
    section.text += "<p>Zo bereiken wij 4.321 mensen in 12 maanden.</p>"
    section.save()
    before = enter(officer).get(reverse("claims:freeze", args=["cw31", written.public_id]))
    assert [one.written for one in before.context["typed"]] == ["4.321"]
    assert reverse("claims:check", args=[written.reference]) in before.content.decode()
    paper = keep(written, officer)
    section.text = "<p>Niets meer.</p>"
    section.save()
    after = enter(officer).get(reverse("claims:frozen", args=[paper.public_id]))
    assert [(one.written, one.place) for one in after.context["typed"]] == [("4.321", before.context["typed"][0].place)]
    assert "1 getal is getypt en volgt geen gegeven" in after.content.decode()


def test_a_figure_that_stands_twice_at_one_place_is_one_row(enter: Any, officer: Any, written: Any) -> None:
    section = written.sections.get(question__key="doelen")
    section.text += section.text
    section.save()
    shown = enter(officer).get(reverse("claims:frozen", args=[keep(written, officer).public_id]))
    rows = [(row["place"], row["wording"]) for row in shown.context["figures"]]
    assert len(rows) == len(set(rows))
    assert "(2 keer)" in shown.content.decode()
    assert "<td>–</td>" not in shown.content.decode()


def test_its_data_can_be_taken_along(enter: Any, reader: Any, paper: Any) -> None:
    data = enter(reader).get(reverse("claims:frozen-data", args=[paper.public_id])).json()
    assert data["paper"] == str(paper.public_id)
    assert {"facts", "paragraphs", "printed", "claims", "results", "known_at"} <= set(data)


def test_the_list_takes_a_fixed_number_of_queries(enter: Any, officer: Any, written: Any) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get(reverse("claims:frozen-papers")).status_code == 200
        return len(captured)

    client = enter(officer)
    keep(written, officer)
    queries()
    first = queries()
    for kind in ("annex",):
        facts = KINDS[kind].facts_of(written)
        store(
            kind=KINDS[kind],
            subject=written,
            facts=facts,
            things=(),
            now={},
            files=FILES,
            mark="1" * 64,
            by=officer,
            at=NOON,
        )
    assert FrozenPaper.objects.count() == 2
    assert queries() == first


def test_freezing_is_asked_on_a_page_that_shows_what_stands_in_the_way(
    enter: Any,
    officer: Any,
    claim: Any,
) -> None:
    answer = enter(officer).get(reverse("claims:freeze", args=["cw31", claim.public_id]))
    assert len(answer.context["blockers"]) > 3
    assert 'name="seen"' not in answer.content.decode()
    refused = enter(officer).post(reverse("claims:freeze", args=["cw31", claim.public_id]), {"seen": "x"})
    assert refused.status_code == 409


def test_what_the_paper_says_of_who_may_see_it_is_said_before_freezing(enter: Any, officer: Any, written: Any) -> None:
    address = reverse("claims:freeze", args=["cw31", written.public_id])
    assert "Rubricering: <strong" in enter(officer).get(address).content.decode()
    Claim.objects.filter(pk=written.pk).update(classification="public")
    assert "Rubricering: <strong" not in enter(officer).get(address).content.decode()


def test_a_whole_paper_is_asked_for_and_followed(
    enter: Any,
    officer: Any,
    reader: Any,
    written: Any,
    django_capture_on_commit_callbacks: Any,
) -> None:
    address = reverse("claims:freeze", args=["cw31", written.public_id])
    shown = enter(officer).get(address)
    assert shown.context["blockers"] == []
    answer = enter(officer).post(address, {"seen": shown.context["mark"]})
    asked = Freezing.objects.get()
    assert answer["Location"] == reverse("claims:freezing", args=[asked.public_id])
    assert enter(officer).get(answer["Location"]).status_code == 200
    assert enter(reader).post(address, {"seen": shown.context["mark"]}).status_code == 403
    paper = keep(written, officer)
    Freezing.objects.filter(pk=asked.pk).update(state="done", paper=paper)
    done = enter(officer).get(answer["Location"])
    assert done["Location"] == reverse("claims:frozen", args=[paper.public_id])
    followed = enter(officer).get(answer["Location"], headers={"HX-Request": "true"})
    assert followed["HX-Redirect"] == done["Location"]


def test_a_failed_request_says_why(enter: Any, officer: Any, written: Any) -> None:
    mark = input_hash(KIND.facts_of(written))
    asked = actions.ask_to_freeze(by=officer, at=NOON, kind=KIND, subject=written, seen=mark)
    Freezing.objects.filter(pk=asked.pk).update(state="failed", message="EUR 2 mln ontbreekt")
    html = enter(officer).get(reverse("claims:freezing", args=[asked.public_id])).content.decode()
    assert "EUR 2 mln ontbreekt" in html


def test_freezing_stands_in_the_timeline_and_on_the_overview(
    enter: Any,
    officer: Any,
    written: Any,
    paper: Any,
) -> None:
    told = [moment.what for moment in timeline([written], kinds=("paper",))]
    assert len(told) == 1
    assert "1" in told[0]
    html = enter(officer).get(reverse("claims:overview", args=[written.reference])).content.decode()
    assert reverse("claims:frozen", args=[paper.public_id]) in html


def test_a_paper_about_a_claim_one_does_not_see_is_not_seen(
    written: Any, officer: Any, reader: Any, controller: Any, other_directorate: Any
) -> None:
    paper = keep(written, officer)
    Claim.objects.filter(pk=written.pk).update(directorate=other_directorate)
    assert [list(FrozenPaper.objects.visible_to(person)) for person in (reader, controller)] == [[], [paper]]


def test_what_happens_to_a_nota_stands_in_the_timeline_of_its_claims(
    story: Any, django_assert_max_num_queries: Any
) -> None:
    anna, bram = (User.objects.get(username=name) for name in ("anna", "bram"))
    nota = WrittenPaper.objects.get(kind="nota")
    claims = list(nota.claims.all())
    answer_paper_finding(
        by=bram, at=NOON, paper=nota, code="x", place="y", message="z", reason="Zo staat het in de bron."
    )
    kept = keep(KINDS["nota"].subject_of(nota.public_id), anna, kind="nota")
    ground = RedactionGround.objects.get(code="house-privacy")
    row = redact.propose(
        by=anna, at=NOON, paper=kept, part="records", passage=0, words=nota.title, ground=ground, motivation="Naam"
    )
    redact.confirm(by=bram, at=NOON, redaction=row)
    feed_back(by=anna, paper=nota, outcome="agreed", decided_by=Party.objects.get(code="R"), decided_on=NOON.date())
    take_paper_up_again(by=anna, paper=nota)
    with translation.override("en"):
        told = [moment.what for moment in timeline(claims[:1], kinds=("paper",))]
    named = f"Nota {nota.reference}"
    for what in ("begun", "a finding of the check was answered", "decision fed back: agreed", "taken up again"):
        assert f"{named}: {what}" in told
    assert any(what.startswith("Redaction proposed") for what in told)
    assert any(what.startswith("Redaction confirmed") for what in told)
    assert any("version 1" in what for what in told)
    assert not any(nota.title in what for what in told)
    with django_assert_max_num_queries(14):
        timeline(list(Claim.objects.all()), kinds=("paper",))


def test_bookings_stand_in_the_timeline(books: Any, partner: Any) -> None:
    envelope = books.envelope(2026, 10, 6)
    line = books.granted(("Herstel", envelope, 5, partner))["Herstel"]
    signed = books.sign(line, envelope, 4, "2026-04-01", number="ARR-1")
    (moment,) = timeline([signed.line.claim], kinds=("money",))
    assert "ARR-1" in moment.what
    assert "4" in moment.what
    assert moment.by == signed.rows.get().recorded_by.name


def test_a_claim_that_a_paper_is_about_is_not_removed_and_the_paper_is_named(
    enter: Any, officer: Any, claim: Any
) -> None:
    nota = create_paper(by=officer, at=NOON, kind="nota", title="Kinderen", claims=[claim])
    html = enter(officer).get(reverse("admin:claims_claim_delete", args=[claim.public_id])).content.decode()
    assert nota.reference in html
    assert reverse("admin:claims_writtenpaper_change", args=[nota.public_id]) in html
    answer = enter(officer).post(reverse("admin:claims_claim_delete", args=[claim.public_id]), {"post": "yes"})
    assert nota.reference in answer.content.decode()
    assert Claim.objects.filter(pk=claim.pk).exists()
