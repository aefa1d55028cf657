"""The pages of notas and letters: list, new, write, check, files, and what became of them."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import translation

from claims.actions.decide import record_milestone
from claims.actions.written import create_paper, write_paper_section
from claims.checks.review import answer_key, review_paper
from claims.checks.written import amiss
from claims.models import Claim, HouseItem, LineYear, PaperAnswer, PaperSection, Render, WrittenPaper
from claims.queries.written import trees_of, with_parts
from tests.conftest import NOON

pytestmark = pytest.mark.django_db


@pytest.fixture
def nota(officer: Any, claim: Claim) -> WrittenPaper:
    """A nota about the officer's claim."""
    return create_paper(by=officer, at=NOON, kind="nota", title="Kamerbrief kinderen", claims=[claim])


@pytest.fixture
def letter(officer: Any, claim: Claim) -> WrittenPaper:
    """A letter about the officer's claim."""
    return create_paper(by=officer, at=NOON, kind="letter", title="Steun aan kinderen", claims=[claim])


def url(name: str, paper: WrittenPaper, **more: Any) -> str:
    return reverse(f"claims:{name}", kwargs={"reference": paper.reference, **more})


def say(by: Any, paper: WrittenPaper, key: str, text: str) -> None:
    section = PaperSection.objects.filter(paper=paper, heading__key=key).first()
    write_paper_section(
        by=by,
        paper=paper,
        heading=paper.template.sections.get(key=key),
        text=text,
        seen=section.version if section else 0,
    )


def found(paper: WrittenPaper) -> set[str]:
    fetched = with_parts(WrittenPaper.objects.all()).get(pk=paper.pk)
    return {finding.code for finding in amiss(fetched, trees_of(fetched))}


# -- list and new -------------------------------------------------------------------------------------------------------


def test_a_paper_is_begun_once_from_the_claims_that_are_chosen(enter: Any, officer: Any, claim: Claim) -> None:
    client = enter(officer)
    page = client.get(reverse("claims:paper-new"), {"kind": "letter", "claim": claim.reference}).content.decode()
    assert "checked" in page
    data = {
        "kind": "letter",
        "title": "Steun",
        "claims": [claim.pk],
        "form_token": "6f0c1f0e-6d6a-5a53-9d83-1d4e3a3b7c99",
    }
    first = client.post(reverse("claims:paper-new"), data)
    again = client.post(reverse("claims:paper-new"), data)
    made = WrittenPaper.objects.get()
    assert first["Location"] == again["Location"] == url("paper-write", made)


@pytest.mark.parametrize(
    "wrong",
    [{"title": ""}, {"claims": []}, {"claims": ["999999"]}, {"claims": ["x"]}, {"kind": "memo"}, {"title": "x" * 300}],
)
def test_what_is_no_paper_is_refused(enter: Any, officer: Any, claim: Claim, wrong: dict[str, Any]) -> None:
    data = {"kind": "nota", "title": "Steun", "claims": [claim.pk], **wrong}
    assert enter(officer).post(reverse("claims:paper-new"), data).status_code == 422
    assert not WrittenPaper.objects.exists()


def test_a_claim_of_others_is_not_offered_and_not_taken(
    enter: Any, stranger: Any, claim: Claim, other_directorate: Any
) -> None:
    client = enter(stranger)
    assert claim.reference not in client.get(reverse("claims:paper-new")).content.decode()
    data = {"kind": "nota", "title": "Steun", "claims": [claim.pk]}
    assert client.post(reverse("claims:paper-new"), data).status_code == 422


@pytest.mark.parametrize(
    ("query", "there"),
    [
        ("", True),
        ("kind=nota", True),
        ("kind=letter", False),
        ("q=kinderen", True),
        ("q=ST-2026", True),
        ("q=water", False),
        ("state=closed", False),
        ("state=open&page=7", True),
    ],
)
def test_the_list_is_filtered(enter: Any, reader: Any, nota: WrittenPaper, query: str, there: bool) -> None:
    answer = enter(reader).get(f"{reverse('claims:papers')}?{query}")
    assert answer.status_code == 200
    assert (nota.title in answer.content.decode()) == there


def test_the_list_asks_a_fixed_number_of_questions(
    enter: Any, officer: Any, claim: Claim, django_assert_max_num_queries: Any
) -> None:
    for number in range(20):
        create_paper(by=officer, at=NOON, kind="nota", title=f"Nota {number}", claims=[claim])
    client = enter(officer)
    with django_assert_max_num_queries(12):
        client.get(reverse("claims:papers"))


# -- writing ------------------------------------------------------------------------------------------------------------


def test_writing_saves_as_one_goes_and_a_stale_save_shows_the_difference(
    enter: Any, officer: Any, colleague: Any, nota: WrittenPaper
) -> None:
    client, address = enter(officer), url("paper-save", nota, key="kernpunten")

    def send(text: str, version: int) -> Any:
        return client.post(address, json.dumps({"text": text, "version": version}), content_type="application/json")

    assert send("<p>Een</p>", 0).json()["version"] == 1
    say(colleague, nota, "kernpunten", "<p>Twee</p>")
    stale = send("<p>Drie</p>", 1)
    assert stale.status_code == 409
    assert stale.json()["stored"] == "<p>Twee</p>"
    assert send("<p>Drie</p>", stale.json()["version"]).status_code == 200
    assert client.post(address, "onzin", content_type="application/json").status_code == 400
    assert (
        client.post(url("paper-save", nota, key="bestaat-niet"), "{}", content_type="application/json").status_code
        == 404
    )


def test_the_writing_page_has_every_heading_and_its_preview(
    enter: Any, officer: Any, reader: Any, nota: WrittenPaper
) -> None:
    say(officer, nota, "besluit", "<p>Uw akkoord met de brief.</p>")
    page = enter(officer).get(url("paper-write", nota)).content.decode()
    for heading in nota.template.sections.all():
        assert f'id="{heading.key}"' in page
    assert page.count("Uw akkoord met de brief.") == 2
    assert url("paper-choices", nota) in page
    page = enter(reader).get(url("paper-write", nota)).content.decode()
    assert "data-editor" not in page
    assert "Uw akkoord met de brief." in enter(reader).get(url("paper-fragment", nota)).content.decode()


def test_the_head_is_changed_on_its_own_screen_and_a_stale_one_is_refused(
    enter: Any, officer: Any, reader: Any, claim: Claim, nota: WrittenPaper
) -> None:
    row = nota.paper_claims.get()
    nota.refresh_from_db()
    rows = {
        "paper_claims-TOTAL_FORMS": "1",
        "paper_claims-INITIAL_FORMS": "1",
        "paper_claims-0-id": row.pk,
        "paper_claims-0-paper": nota.pk,
        "paper_claims-0-claim": claim.pk,
    }
    data = {
        "title": "Nieuw",
        "nature": "information",
        "classification": "internal",
        "paper_date": "4 februari 2026",
        "coordinated_with": "FIN",
        "seen_version": nota.version,
        **rows,
    }
    address = reverse("admin:claims_writtenpaper_change", args=[nota.public_id])
    assert enter(officer).get(address).status_code == 200
    answer = enter(officer).post(address, data)
    assert answer["Location"] == url("paper-write", nota)
    nota.refresh_from_db()
    assert (nota.title, nota.nature, nota.coordinated_with) == ("Nieuw", "information", "FIN")
    assert enter(officer).post(address, data | {"title": "Oud"}).status_code == 200
    nota.refresh_from_db()
    assert nota.title == "Nieuw"
    assert enter(reader).post(address, data).status_code == 403


# -- the check ----------------------------------------------------------------------------------------------------------


def test_a_number_is_linked_from_the_check(enter: Any, officer: Any, claim: Claim, nota: WrittenPaper) -> None:
    say(officer, nota, "kernpunten", "<p>De bijdrage is EUR 2 mln uit de enveloppe.</p>")
    client = enter(officer)
    page = client.get(url("paper-check", nota))
    (number,) = page.context["recognised"]
    chosen = next(one for one in number.suggestions if one.offer.field == "claim.amount")
    data = {"key": number.key, "offer": chosen.offer.key, "form": chosen.form}
    client.post(url("paper-bind", nota), data)
    assert f'data-id="{claim.public_id}"' in PaperSection.objects.get(paper=nota).text
    client.post(url("paper-bind", nota), data)  # no longer there: said, nothing changed
    assert client.get(url("paper-check", nota)).context["recognised"] == []


def test_an_answered_finding_stands_apart_with_its_reason(enter: Any, officer: Any, nota: WrittenPaper) -> None:
    client = enter(officer)
    review = client.get(url("paper-check", nota)).context["review"]
    finding = next(one for one in review.open_findings if one.code == "head-date")
    client.post(url("paper-answer", nota), {"key": finding.mark, "reason": "De datum volgt."})
    kept = PaperAnswer.objects.get()
    assert (kept.code, kept.place) == answer_key(finding)
    fetched = with_parts(WrittenPaper.objects.all()).get(pk=nota.pk)
    assert "head-date" not in {one.code for one in review_paper(fetched).open_findings}
    assert "De datum volgt." in client.get(url("paper-check", nota)).content.decode()
    client.post(url("paper-answer", nota), {"key": "bestaat-niet", "reason": "x"})
    client.post(url("paper-answer", nota), {"key": finding.mark, "reason": ""})
    assert PaperAnswer.objects.count() == 1


def test_an_empty_draft_names_what_is_missing(nota: WrittenPaper, letter: WrittenPaper) -> None:
    assert {"head-date", "head-addressees", "text-besluit", "text-aanleiding"} <= found(nota)
    assert "text-alternatieven" not in found(nota)
    assert {"head-date", "head-signatories", "text-opening"} <= found(letter)
    assert "head-address" not in found(letter)


@pytest.mark.parametrize(
    ("amounts", "required"),
    [((19_999_999,), False), ((20_000_000,), True), ((12_000_000, 8_000_000), True), ((12_000_000, 7_999_999), False)],
)
def test_the_threshold_holds_for_all_claims_of_one_letter(
    officer: Any, directorate: Any, partner: Any, envelope: Any, amounts: tuple[int, ...], required: bool
) -> None:
    from claims.actions.create import quick_start

    claims = [
        quick_start(
            by=officer,
            at=NOON,
            directorate=directorate,
            title=f"Claim {number}",
            amount=amount,
            partner=partner,
            envelope=envelope,
            year=2026,
        )
        for number, amount in enumerate(amounts)
    ]
    letter = create_paper(by=officer, at=NOON, kind="letter", title="Steun", claims=claims)
    assert ("threshold-frame" in found(letter)) == required
    WrittenPaper.objects.filter(pk=letter.pk).update(frame="annex")
    assert "threshold-frame" not in found(letter)
    assert ("threshold" in found(letter)) == required


def test_two_years_are_not_added_for_the_threshold(officer: Any, claim: Claim, letter: WrittenPaper) -> None:
    line = claim.lines.get()
    line.years.update(commitment=15_000_000)
    LineYear.objects.create(line=line, open_year=2027, commitment=15_000_000)
    assert "threshold-frame" not in found(letter)


def test_motions_are_named_with_number_and_told(officer: Any, directorate: Any, claim: Claim) -> None:
    item = HouseItem.objects.create(title="Extra steun", signatory="Jansen c.s.", directorate=directorate)
    item.claims.add(claim)
    nota = create_paper(by=officer, at=NOON, kind="nota", title="Kinderen", claims=[claim])
    say(officer, nota, "kernpunten", "<p>Niets.</p>")
    assert {"house-item-number", "house-item-untold"} <= found(nota)
    say(officer, nota, "kernpunten", "<p>Hiermee wordt de motie Jansen c.s. uitgevoerd.</p>")
    assert "house-item-untold" not in found(nota)
    assert "motion-number" in found(nota)
    HouseItem.objects.filter(pk=item.pk).update(document="36 045, nr. 213")
    bound = f'<span data-figure data-id="{item.public_id}" data-field="house-item.citation" data-form="kort">?</span>'
    say(officer, nota, "kernpunten", f"<p>Hiermee wordt de {bound} uitgevoerd.</p>")
    assert not {"house-item-number", "house-item-untold", "motion-number"} & found(nota)


def test_who_was_consulted_is_held_against_head_and_milestones(officer: Any, claim: Claim, nota: WrittenPaper) -> None:
    say(officer, nota, "kernpunten", "<p>De brief is afgestemd met FIN.</p>")
    assert "coordinated-fin" in found(nota)
    WrittenPaper.objects.filter(pk=nota.pk).update(coordinated_with="FIN")
    assert "coordinated-fin" not in found(nota)
    assert "milestone-fin" in found(nota)
    record_milestone(by=officer, at=NOON, claim=claim, kind="coordinated", party="FIN", date_unknown=True)
    assert "milestone-fin" not in found(nota)
    WrittenPaper.objects.filter(pk=nota.pk).update(coordinated_with="")
    assert "head-fin" in found(nota)


def test_what_a_nota_asks_agreement_with_is_nobody_who_was_consulted(officer: Any, nota: WrittenPaper) -> None:
    say(officer, nota, "besluit", "<p>Uw akkoord met EUR 2 mln voor UNDP en met Nederlandse inzet.</p>")
    assert not {code for code in found(nota) if code.startswith("coordinated-")}
    say(officer, nota, "besluit", "<p>Uw akkoord, na het akkoord van FIN.</p>")
    assert "coordinated-fin" in found(nota)


def test_a_text_that_points_to_no_annex_is_named(officer: Any, letter: WrittenPaper) -> None:
    say(officer, letter, "inzet", "<p>De onderbouwing vindt u bijgaand, in bijlage 2.</p>")
    assert "annex-empty" in found(letter)
    WrittenPaper.objects.filter(pk=letter.pk).update(other_annexes="Overzicht")
    assert "annex-empty" not in found(letter)
    assert "annex-number" in found(letter)
    WrittenPaper.objects.filter(pk=letter.pk).update(frame="annex")
    assert "annex-number" not in found(letter)


def test_dates_out_of_order_are_named(officer: Any, registrar: Any, claim: Claim, nota: WrittenPaper) -> None:
    from claims.actions.written import feed_back
    from claims.models import Party

    WrittenPaper.objects.filter(pk=nota.pk).update(paper_date="2026-02-04")
    say(officer, nota, "aanleiding", "<p>Uw akkoord van 16 januari 2026 en uw akkoord van 9 maart 2026.</p>")
    record_milestone(by=officer, at=NOON, claim=claim, kind="coordinated", party="FIN", happened_on="2026-02-05")
    feed_back(
        by=registrar, paper=nota, outcome="agreed", decided_by=Party.objects.get(code="R"), decided_on="2026-02-01"
    )
    assert {"dates-text", "dates-milestone", "dates-closed"} <= found(nota)
    say_dates = [
        one for one in amiss(with_parts(WrittenPaper.objects.all()).get(pk=nota.pk), []) if one.code == "dates-text"
    ]
    assert len(say_dates) == 1


def test_a_decision_that_cannot_be_agreed_with_is_named(officer: Any, nota: WrittenPaper) -> None:
    say(officer, nota, "besluit", "<p>Wij sturen een brief over EUR 2 mln.</p>")
    assert {"decision-phrase", "cover"} <= found(nota)
    say(officer, nota, "besluit", "<p>Uw akkoord met EUR 2 mln uit de enveloppe.</p>")
    assert not {"decision-phrase", "cover"} & found(nota)


def test_the_demo_nota_has_the_findings_of_the_published_one_and_no_others(story: Any) -> None:
    codes = found(WrittenPaper.objects.get(kind="nota"))
    assert codes == {"motion-number", "house-item-number", "milestone-m"}
    assert found(WrittenPaper.objects.get(kind="letter")) == {"threshold"}


# -- files and closing --------------------------------------------------------------------------------------------------


def test_the_pdf_is_asked_for_and_served(enter: Any, officer: Any, nota: WrittenPaper, monkeypatch: Any) -> None:
    monkeypatch.setattr(
        "claims.actions.render.app.configure_task", lambda name: type("Job", (), {"defer": lambda self, **_: None})()
    )
    client = enter(officer)
    answer = client.post(url("paper-ask", nota))
    render = Render.objects.get(paper=nota)
    assert answer["Location"] == url("paper-progress", nota, render=render.public_id)
    assert client.get(answer["Location"]).status_code == 200
    assert client.get(url("paper-pdf", nota, render=render.public_id)).status_code == 404
    Render.objects.filter(pk=render.pk).update(state="done", content=b"%PDF-x")
    answer = client.post(url("paper-ask", nota))
    served = client.get(answer["Location"])
    assert (served.content, served["X-Content-Type-Options"]) == (b"%PDF-x", "nosniff")


def test_files_and_blocks_are_served_and_unknown_ones_are_not(
    enter: Any, reader: Any, stranger: Any, letter: WrittenPaper
) -> None:
    client = enter(reader)
    assert client.get(url("paper-office", letter, suffix="docx")).content[:2] == b"PK"
    assert client.get(url("paper-office", letter, suffix="odt")).content[:2] == b"PK"
    assert client.get(url("paper-office", letter, suffix="exe")).status_code == 404
    assert client.get(url("paper-block", letter, block="summary")).content[:2] == b"PK"
    assert client.get(url("paper-block", letter, block="results")).status_code == 404
    client = enter(stranger)
    for name, more in (("paper", {}), ("paper-write", {}), ("paper-check", {}), ("paper-office", {"suffix": "docx"})):
        assert client.get(url(name, letter, **more)).status_code == 404


def test_a_nota_is_closed_and_opened_on_its_page(enter: Any, registrar: Any, reader: Any, nota: WrittenPaper) -> None:
    from claims.models import Party

    data = {
        "outcome": "remark",
        "decided_by": Party.objects.get(code="R").pk,
        "decided_on": "6 februari 2026",
        "remark": "Mooi.",
    }
    assert enter(reader).post(url("paper-close", nota), data).status_code == 403
    client = enter(registrar)
    assert client.post(url("paper-close", nota), data | {"decided_on": "ooit"}).status_code == 422
    client.post(url("paper-close", nota), data)
    assert client.post(url("paper-close", nota), data).status_code == 422
    page = client.get(url("paper", nota)).content.decode()
    assert "Mooi." in page
    client.post(url("paper-again", nota))
    nota.refresh_from_db()
    assert not nota.closed


def test_a_letter_is_sent_on_its_page(enter: Any, officer: Any, directorate: Any, claim: Claim) -> None:
    item = HouseItem.objects.create(title="Melden", kind="undertaking", directorate=directorate)
    item.claims.add(claim)
    letter = create_paper(by=officer, at=NOON, kind="letter", title="Steun", claims=[claim])
    client = enter(officer)
    data = {"on": "3 maart 2026", "document": "36045 nr 220", "settles": [item.pk]}
    assert client.post(url("paper-close", letter), data | {"document": "zoveel"}).status_code == 422
    client.post(url("paper-close", letter), data)
    item.refresh_from_db()
    assert item.letter == letter
    page = client.get(reverse("claims:house-item", args=[item.public_id])).content.decode()
    assert "Kamerstuk 36 045, nr. 220" in page


def test_the_claim_leads_to_its_papers_and_new_ones(enter: Any, officer: Any, claim: Claim, nota: WrittenPaper) -> None:
    with translation.override("en"):
        page = enter(officer).get(reverse("claims:overview", args=[claim.reference])).content.decode()
    assert url("paper", nota) in page
    assert f"{reverse('claims:paper-new')}?kind=letter&amp;claim={claim.reference}" in page


def test_the_preview_asks_a_fixed_number_of_questions(
    enter: Any, officer: Any, story: Any, django_assert_max_num_queries: Any
) -> None:
    from core.models import User

    client = enter(User.objects.get(username="anna"))
    letter = WrittenPaper.objects.get(kind="letter")
    with django_assert_max_num_queries(60):
        client.get(url("paper", letter))


# -- commands -----------------------------------------------------------------------------------------------------------


def test_a_paper_is_made_and_checked_from_the_command_line(story: Any, tmp_path: Any, capsys: Any) -> None:
    nota = WrittenPaper.objects.get(kind="nota")
    made = tmp_path / "nota.html"
    call_command("render", nota.reference, "nota", "--format", "html", "-o", str(made))
    assert "BZ2624487" in made.read_text()
    call_command("render", nota.reference, "nota", "--format", "docx", "-o", str(tmp_path / "nota.docx"))
    assert (tmp_path / "nota.docx").read_bytes()[:2] == b"PK"
    with pytest.raises(CommandError, match=nota.reference):
        call_command("render", nota.reference, "letter", "-o", "-")
    call_command("check_figures", nota.reference)
    assert f"{nota.reference}: 0 contradicting" in capsys.readouterr().out
    with pytest.raises(CommandError, match="ST-1999-0001"):
        call_command("check_figures", "ST-1999-0001")


def test_the_check_ends_with_status_1_on_a_contradiction(story: Any, officer: Any) -> None:
    nota = WrittenPaper.objects.get(kind="nota")
    from core.models import User

    said = PaperSection.objects.get(paper=nota, heading__key="kernpunten").text
    say(User.objects.get(username="bram"), nota, "kernpunten", said + "<p>Ruim EUR 2 mln is beschikbaar.</p>")
    with pytest.raises(SystemExit) as ended:
        call_command("check_figures", nota.reference)
    assert ended.value.code == 1
