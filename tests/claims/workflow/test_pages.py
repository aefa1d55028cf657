"""The pages around a claim's way: steps, decisions, evidence, remarks, deadlines, handover, timeline, control file."""

from __future__ import annotations

import csv
import datetime
import io
import zipfile
from html import unescape
from typing import Any

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from claims.actions.evidence import add_evidence
from claims.actions.follow import hand_over, remark, set_deadline
from claims.actions.refused import Refused
from claims.actions.steps import seen_now
from claims.checks.review import review
from claims.enums import ClaimState
from claims.models import Claim, Deadline, Decision, Evidence, EvidenceKind, Handover, Remark, Section
from claims.queries.timeline import timeline
from claims.queries.tree import Tree, with_tree
from core.models import Event, Membership
from tests.conftest import NOON

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7\n...\n%%EOF\n"


def page(name: str, way: Any, **more: Any) -> str:
    return reverse(f"claims:{name}", kwargs={"reference": way.claim.reference, **more})


def seen(way: Any) -> dict[str, Any]:
    now = seen_now(way.claim)
    return {"state": now.state, "round": now.round, "digest": now.digest}


def test_submitting_lists_what_is_missing_and_loses_no_reason(way: Any, enter: Any) -> None:
    client = enter(way.cast["officer"])
    shown = client.get(page("step", way, kind="submit")).content.decode()
    names = [part.split('"')[0] for part in shown.split('name="reason-')[1:]]
    assert names
    answer = client.post(page("step", way, kind="submit"), {**seen(way), f"reason-{names[0]}": "Komt nog."})
    assert answer.status_code == 422
    assert "Komt nog." in answer.content.decode()
    done = client.post(
        page("step", way, kind="submit"), {**seen(way), **{f"reason-{name}": "Komt nog." for name in names}}
    )
    assert done.status_code == 302
    way.claim.refresh_from_db()
    assert way.claim.state == ClaimState.SUBMITTED


def write(way: Any, text: str) -> None:
    question = way.claim.template.sections.get(key="doelen")
    Section.objects.update_or_create(claim=way.claim, question=question, defaults={"text": text})


def test_a_text_that_contradicts_itself_or_names_unknown_money_is_a_point_of_submitting(way: Any, enter: Any) -> None:
    write(
        way,
        "<p>De inzet neemt licht af, van EUR 21 mln naar EUR 15 mln. Er zijn 4.321 mensen geholpen.</p><p>Dit kost EUR 77.777.</p>",
    )
    client = enter(way.cast["officer"])
    shown = client.get(page("step", way, kind="submit"))
    points = {(row["finding"].code, row["finding"].severity.name): row["finding"] for row in shown.context["findings"]}
    assert ("wording-light", "ERROR") in points
    unknown = points["figure-unknown", "WARNING"]
    assert "EUR 77.777" in str(unknown.message)
    assert "4.321" not in " ".join(str(row["finding"].message) for row in shown.context["findings"])
    tally = shown.content.decode().split("Getallen in de teksten")[1].split("</p>")[0]
    assert "4 in geen gegeven" in tally
    reasons = {f"reason-{row['finding'].mark}": "Zo bedoeld." for row in shown.context["findings"]}
    most = {key: value for key, value in reasons.items() if unknown.mark not in key}
    assert client.post(page("step", way, kind="submit"), {**seen(way), **most}).status_code == 422
    assert client.post(page("step", way, kind="submit"), {**seen(way), **reasons}).status_code == 302
    found = review(Tree(with_tree(Claim.objects.filter(pk=way.claim.pk)).get()))
    assert not found.open_contradictions
    assert ("Zo bedoeld.", "figure-unknown") in {(one.reason, one.code) for one in found.answered}


def test_what_was_explained_before_is_no_open_point_of_submitting(way: Any, enter: Any) -> None:
    write(way, "<p>Dit kost EUR 77.777. Er zijn 4.321 mensen geholpen.</p>")
    client = enter(way.cast["officer"])
    tree = Tree(with_tree(Claim.objects.filter(pk=way.claim.pk)).get())
    for number in review(tree).figures.numbers:
        client.post(page("answer", way), {"key": number.key, "reason": f"Over {number.written}."})
    shown = client.get(page("step", way, kind="submit"))
    assert "figure-unknown" not in {row["finding"].code for row in shown.context["findings"]}
    html = shown.content.decode()
    assert "2 toegelicht" in html
    assert "0 in geen gegeven" in html
    left = html.split('id="answered"')[1].split("</section>")[0]
    assert "Over EUR 77.777." in unescape(left)
    assert "Over 4.321." in unescape(left)


def test_what_is_answered_is_not_told_as_lacking_among_my_claims(way: Any, enter: Any) -> None:
    client = enter(way.cast["officer"])
    (row,) = client.get(reverse("home")).context["work"].mine
    finding = row.findings[0]
    client.post(page("answer", way), {"key": finding.mark, "reason": "Volgt."})
    (after,) = client.get(reverse("home")).context["work"].mine
    assert after.findings == row.findings[1:]


def test_a_step_says_for_whom_the_claim_waits_after_it_and_warns_where_nobody_is(way: Any, enter: Any) -> None:
    client = enter(way.cast["officer"])
    words = unescape(client.get(page("step", way, kind="submit")).content.decode())
    assert "Daarna wacht de claim op: controller" in words
    assert way.cast["controller"].name in words
    way.agreed()
    Membership.objects.filter(role="registrar").delete()
    words = unescape(client.get(page("step", way, kind="present")).content.decode())
    assert "Daarna wacht de claim op: besluitregistrator" in words
    assert "Niemand heeft die rol nu" in words


def test_the_overview_of_a_registrar_has_the_button_to_register(way: Any, enter: Any) -> None:
    way.presented()
    button = f'--primary-action" href="{page("decisions", way)}"'
    assert button in enter(way.cast["registrar"]).get(page("overview", way)).content.decode()
    assert button not in enter(way.cast["officer"]).get(page("overview", way)).content.decode()


def test_the_overview_tells_open_points_from_answered_ones(way: Any, enter: Any) -> None:
    before = enter(way.cast["officer"]).get(page("overview", way)).context
    assert before["findings"]
    assert before["answered"] == 0
    way.submitted()
    answer = enter(way.cast["officer"]).get(page("overview", way))
    assert answer.context["answered"] > 0
    assert all(finding.severity.name == "NOTE" for finding in answer.context["findings"])
    assert "met een reden beantwoord" in answer.content.decode()


def test_a_stale_step_is_answered_in_words_and_keeps_the_remark(way: Any, enter: Any) -> None:
    old = seen(way)
    way.submitted()
    answer = enter(way.cast["officer"]).post(page("step", way, kind="withdraw"), {**old, "remark": "Niet meer nodig."})
    assert answer.status_code == 409
    assert "Niet meer nodig." in answer.content.decode()


def test_the_reason_of_a_refused_step_names_who_can(way: Any, enter: Any) -> None:
    way.submitted()
    text = enter(way.cast["officer"]).get(page("step", way, kind="agree")).content.decode()
    assert "Carla Mulder" in text
    assert 'type="submit" class="utrecht-button utrecht-button--primary-action">Akkoord' not in text


def test_registering_and_confirming_on_pages(way: Any, enter: Any) -> None:
    way.presented()
    row = way.claim.lines.get().years.get()
    data = {
        "party": str(_party("R").pk),
        "kind": "money",
        "outcome": "granted",
        "settles": "on",
        "decided_on": "16 januari 2026",
        f"row-{row.public_id}-commitment": "1,5 mln",
    }
    assert enter(way.cast["registrar"]).post(page("decision-new", way), data).status_code == 302
    decision = Decision.objects.get()
    shown = enter(way.cast["confirmer"]).get(page("decision", way, decision=decision.public_id))
    assert "€ 1.500.000,00" in shown.content.decode().replace("\xa0", " ")
    mark = shown.context["mark"]
    wrong = enter(way.cast["confirmer"]).post(
        page("decision", way, decision=decision.public_id), {**seen(way), "mark": "x"}
    )
    assert wrong.status_code == 409
    done = enter(way.cast["confirmer"]).post(
        page("decision", way, decision=decision.public_id), {**seen(way), "mark": mark}
    )
    assert done.status_code == 302
    way.claim.refresh_from_db()
    assert way.claim.state == ClaimState.PARTLY_GRANTED


def _party(code: str) -> Any:
    from claims.models import Party

    return Party.objects.get(code=code)


@pytest.mark.parametrize(
    "wrong",
    [
        {"decided_on": ""},
        {"decided_on": "gisteren"},
        {"outcome": "conditional"},
        {"outcome": "anders"},
        {"party": "999999"},
        {"decided_on": "16-01-2026", "date_unknown": "on"},
    ],
)
def test_a_decision_that_is_not_whole_is_not_registered(way: Any, enter: Any, wrong: dict[str, str]) -> None:
    way.presented()
    row = way.claim.lines.get().years.get()
    data = {
        "party": str(_party("R").pk),
        "kind": "money",
        "outcome": "granted",
        "settles": "on",
        "decided_on": "16-01-2026",
        f"row-{row.public_id}-commitment": "2 mln",
        **wrong,
    }
    assert enter(way.cast["registrar"]).post(page("decision-new", way), data).status_code == 422
    assert not Decision.objects.exists()


# -- evidence ---------------------------------------------------------------------------------------------------------


def add(way: Any, name: str, content: bytes, **fields: Any) -> Evidence:
    fields.setdefault("kind", EvidenceKind.objects.get(code="agreement"))
    return add_evidence(by=way.cast["officer"], at=NOON, claim=way.claim, name=name, content=content, **fields)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("leeg.pdf", b""),
        ("script.html", b"<script>alert(1)</script>"),
        ("nep.pdf", b"<html>"),
        ("nep.png", b"GIF89a"),
        ("programma.exe", b"MZ\x90"),
        ("tekst.txt", b"a\x00b"),
        ("macro.docx", None),
    ],
)
def test_what_is_no_evidence_is_refused(way: Any, name: str, content: bytes | None) -> None:
    if content is None:
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w") as archive:
            archive.writestr("word/document.xml", "<w/>")
            archive.writestr("word/vbaProject.bin", "x")
        content = stream.getvalue()
    with pytest.raises(Refused):
        add(way, name, content)
    assert not Evidence.objects.exists()


def test_evidence_is_served_as_it_was_added_and_never_opened_in_the_page(way: Any, enter: Any) -> None:
    piece = add(way, "../../etc/akkoord.pdf", PDF)
    assert piece.name == "akkoord.pdf"
    answer = enter(way.cast["reader"]).get(page("evidence-file", way, evidence=piece.public_id))
    assert answer.content == PDF
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert enter(way.cast["stranger"]).get(page("evidence-file", way, evidence=piece.public_id)).status_code == 404


def test_the_same_file_is_kept_once(way: Any) -> None:
    add(way, "a.pdf", PDF)
    with pytest.raises(Refused):
        add(way, "b.pdf", PDF)


def test_a_file_that_is_too_large_is_refused_with_a_message(way: Any, enter: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr("claims.actions.evidence.LARGEST_EVIDENCE", 10)
    data = {
        "file": SimpleUploadedFile("groot.pdf", PDF),
        "kind": str(EvidenceKind.objects.first().pk),
        "classification": "internal",
    }
    answer = enter(way.cast["officer"]).post(page("evidence", way), data)
    assert answer.status_code == 422
    assert "20 MB" in answer.content.decode()


def test_only_what_is_classified_as_public_may_be_published(way: Any, enter: Any) -> None:
    data = {
        "file": SimpleUploadedFile("a.pdf", PDF),
        "kind": str(EvidenceKind.objects.first().pk),
        "classification": "internal",
        "public": "on",
    }
    assert enter(way.cast["officer"]).post(page("evidence", way), data).status_code == 422


# -- remarks, deadlines, handover ---------------------------------------------------------------------------------------


def test_a_remark_is_answered_and_closed_and_stands_in_no_paper(way: Any, enter: Any) -> None:
    client = enter(way.cast["colleague"])
    client.post(page("remark-add", way), {"text": "Klopt het bedrag?", "about": ""})
    first = Remark.objects.get()
    enter(way.cast["officer"]).post(page("remark-add", way), {"text": "Ja.", "answers": str(first.public_id)})
    enter(way.cast["colleague"]).post(page("remark-close", way, remark=first.public_id))
    first.refresh_from_db()
    assert first.closed_by == way.cast["colleague"]
    assert Remark.objects.get(answers=first).text == "Ja."
    paper = enter(way.cast["officer"]).get(page("preview", way, kind="cw31")).content.decode()
    assert "Klopt het bedrag?" not in paper


def test_a_closed_remark_takes_no_answer(way: Any) -> None:
    first = remark(by=way.cast["colleague"], at=NOON, claim=way.claim, text="Klopt dit?")
    Remark.objects.filter(pk=first.pk).update(closed_by=way.cast["colleague"], closed_at=NOON)
    first.refresh_from_db()
    with pytest.raises(Refused):
        remark(by=way.cast["officer"], at=NOON, claim=way.claim, text="Ja", answers=first)


def test_deadlines_come_as_a_list_and_as_a_calendar_file(way: Any, enter: Any) -> None:
    day = datetime.date(2026, 12, 1)
    set_deadline(by=way.cast["officer"], claim=way.claim, subject="Kamerbrief; concept, met bijlage", due_on=day)
    client = enter(way.cast["officer"])
    assert "Kamerbrief" in client.get(reverse("claims:deadlines")).content.decode()
    text = client.get(reverse("claims:deadlines-file")).content.decode()
    assert "DTSTART;VALUE=DATE:20261201\r\n" in text
    assert "Kamerbrief\\; concept\\, met bijlage" in text
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    client.post(page("deadline-met", way, deadline=Deadline.objects.get().public_id))
    assert Deadline.objects.get().done_on is not None


def test_a_dossier_is_handed_over_with_how_it_stood(way: Any, django_capture_on_commit_callbacks: Any) -> None:
    set_deadline(by=way.cast["officer"], claim=way.claim, subject="Kamerbrief", due_on=NOON.date())
    remark(by=way.cast["manager"], at=NOON, claim=way.claim, text="Let op de dekking.")
    with django_capture_on_commit_callbacks(execute=True):
        hand_over(by=way.cast["officer"], at=NOON, claims=[way.claim], to=way.cast["colleague"], note="Succes!")
    way.claim.refresh_from_db()
    assert way.claim.owner == way.cast["colleague"]
    kept = Handover.objects.get()
    assert kept.summary["deadlines"][0]["subject"] == "Kamerbrief"
    assert kept.summary["remarks"][0]["text"] == "Let op de dekking."
    (sent,) = [message for message in mail.outbox if way.cast["colleague"].email in message.to]
    assert way.claim.reference in sent.body


def test_a_dossier_is_not_handed_to_somebody_of_another_directorate(way: Any) -> None:
    with pytest.raises(Refused):
        hand_over(by=way.cast["officer"], at=NOON, claims=[way.claim], to=way.cast["stranger"])
    way.claim.refresh_from_db()
    assert way.claim.owner == way.cast["officer"]


def test_the_next_in_line_is_told_by_mail(way: Any, django_capture_on_commit_callbacks: Any) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        way.submitted()
    told = {address for message in mail.outbox for address in message.to}
    assert way.cast["controller"].email in told
    assert way.cast["officer"].email not in told


# -- what happened ------------------------------------------------------------------------------------------------------


def test_the_timeline_tells_who_did_what_and_why(way: Any) -> None:
    way.set_amounts("colleague", **{"Steun aan kinderen": "1800000.00"})
    way.granted()
    moments = timeline([way.claim])
    assert [moment.at for moment in moments] == sorted((moment.at for moment in moments), reverse=True)
    (edit,) = [moment for moment in moments if moment.by == "Bram Visser"]
    (field,) = edit.fields
    assert [text.replace("\xa0", " ") for text in (field.old, field.new)] == ["€ 2.000.000,00", "€ 1.800.000,00"]
    kinds = {moment.kind for moment in moments}
    assert {"step", "decision", "edit"} <= kinds


def test_the_timeline_comes_as_a_file_that_no_spreadsheet_takes_for_formulas(way: Any, enter: Any) -> None:
    remark(by=way.cast["officer"], at=NOON, claim=way.claim, text="=1+1")
    way.submitted()
    way.step("return", "controller", "=HYPERLINK(1)")
    answer = enter(way.cast["controller"]).get(page("timeline", way) + "?format=csv")
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))
    assert any("'=HYPERLINK(1)" in row for row in rows)
    assert Event.objects.filter(kind="export").count() == 1


def test_changes_are_filtered_by_claim_person_and_day(way: Any, enter: Any) -> None:
    client = enter(way.cast["manager"])
    url = reverse("claims:changes")
    assert way.claim.reference in client.get(url + "?since=2026-01-01").content.decode()
    assert way.claim.reference not in client.get(url + "?since=2026-01-01&claim=bestaat-niet").content.decode()
    assert client.get(url + "?since=onzin").status_code == 422
    assert way.claim.title not in enter(way.cast["stranger"]).get(url + "?since=2026-01-01").content.decode()


def test_the_timeline_asks_a_fixed_number_of_questions(
    way: Any, enter: Any, django_assert_max_num_queries: Any
) -> None:
    way.granted()
    client = enter(way.cast["manager"])
    with django_assert_max_num_queries(60):
        client.get(page("timeline", way))


def test_the_control_file_holds_decision_grant_evidence_and_gaps(way: Any, enter: Any) -> None:
    way.granted()
    add(way, "nota.pdf", PDF)
    answer = enter(way.cast["controller"]).post(reverse("claims:control"), {"claim": [way.claim.reference]})
    assert answer["Content-Type"] == "application/zip"
    with zipfile.ZipFile(io.BytesIO(answer.content)) as outer:
        assert set(outer.namelist()) == {f"{way.claim.reference}.zip", "index.csv", "gaps.csv"}
        gaps = outer.read("gaps.csv").decode("utf-8-sig")
        with zipfile.ZipFile(io.BytesIO(outer.read(f"{way.claim.reference}.zip"))) as inner:
            names = inner.namelist()
            grants = inner.read("2-toekenningen.csv").decode("utf-8-sig")
            assert inner.read(next(name for name in names if name.endswith("nota.pdf"))) == PDF
    assert "2.000.000,00" in grants
    assert "R: akkoord" in gaps


def test_a_sample_is_drawn_again_with_its_number(way: Any, enter: Any) -> None:
    way.submitted()
    client = enter(way.cast["reader"])
    first = client.post(reverse("claims:control"), {"size": "1", "seed": "7"})
    again = client.post(reverse("claims:control"), {"size": "1", "seed": "7"})
    assert first["Content-Disposition"] == 'attachment; filename="controledossier-7.zip"'
    with zipfile.ZipFile(io.BytesIO(first.content)) as one, zipfile.ZipFile(io.BytesIO(again.content)) as two:
        assert one.namelist() == two.namelist()
    assert client.post(reverse("claims:control"), {}).status_code == 422
