"""Notas and letters: begun, written, closed; their facts, and each figure traced from the PDF to its record."""

from __future__ import annotations

import datetime
import io
import re
import zipfile
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from claims import written, written_office
from claims.actions import render as renders
from claims.actions.refused import Refused
from claims.actions.write import Stale
from claims.actions.written import (
    answer_paper_finding,
    create_paper,
    feed_back,
    send_letter,
    take_paper_up_again,
    write_paper_section,
)
from claims.documents.written import PRIVACY, gather
from claims.models import Claim, ClaimLine, HouseItem, PaperAnswer, PaperSection, Party, Render, WrittenPaper
from claims.queries import figures, stamp
from claims.queries.stamp import stamp_of_paper
from claims.queries.written import with_parts
from core import richtext
from core.pdf import Door
from core.richtext import Figure
from tests.conftest import NOON
from tests.pdf_structure import problems, text_of

pytestmark = pytest.mark.django_db
DAY = datetime.date(2026, 3, 2)


@pytest.fixture
def nota(officer: Any, claim: Claim) -> WrittenPaper:
    """A nota about the officer's claim."""
    return create_paper(by=officer, at=NOON, kind="nota", title="Kamerbrief kinderen", claims=[claim])


@pytest.fixture
def letter(officer: Any, claim: Claim) -> WrittenPaper:
    """A letter about the officer's claim."""
    return create_paper(by=officer, at=NOON, kind="letter", title="Steun aan kinderen", claims=[claim])


def say(by: Any, paper: WrittenPaper, key: str, text: str, seen: int = 0) -> Any:
    heading = paper.template.sections.get(key=key)
    return write_paper_section(by=by, paper=paper, heading=heading, text=text, seen=seen)


def node(record: Any, field: str, form: str) -> str:
    return f'<span data-figure data-id="{record.public_id}" data-field="{field}" data-form="{form}">?</span>'


# -- begun, written, closed ---------------------------------------------------------------------------------------------


def test_a_paper_takes_open_motions_of_its_claims_along(officer: Any, directorate: Any, claim: Claim) -> None:
    wanted = HouseItem.objects.create(title="Open", directorate=directorate)
    done = HouseItem.objects.create(
        title="Klaar", directorate=directorate, state="settled", closed_on=DAY, settled_in="brief"
    )
    for item in (wanted, done):
        item.claims.add(claim)
    paper = create_paper(by=officer, at=NOON, kind="nota", title="Kinderen", claims=[claim])
    assert paper.reference == "ST-2026-0001"
    assert list(paper.house_items.all()) == [wanted]
    again = create_paper(by=officer, at=NOON, kind="letter", title="Kinderen", claims=[claim])
    assert again.reference == "ST-2026-0002"


def test_only_officers_write_papers_and_about_claims_they_see(
    reader: Any, stranger: Any, officer: Any, other_directorate: Any, claim: Claim, nota: WrittenPaper
) -> None:
    with pytest.raises(PermissionDenied):
        create_paper(by=reader, at=NOON, kind="nota", title="x", claims=[claim])
    with pytest.raises(PermissionDenied):
        create_paper(by=stranger, at=NOON, kind="nota", title="x", claims=[claim], directorate=other_directorate)
    for person in (reader, stranger):
        with pytest.raises(PermissionDenied):
            say(person, nota, "kernpunten", "<p>x</p>")
    with pytest.raises(Refused):
        create_paper(by=officer, at=NOON, kind="nota", title="x", claims=[])


def test_who_does_not_see_a_claim_sees_no_paper_about_it(
    officer: Any, reader: Any, stranger: Any, nobody: Any, controller: Any, other_directorate: Any, nota: WrittenPaper
) -> None:
    def sees(person: Any) -> bool:
        return WrittenPaper.objects.visible_to(person).filter(pk=nota.pk).exists()

    assert [sees(person) for person in (officer, reader, controller, stranger, nobody)] == [
        True,
        True,
        True,
        False,
        False,
    ]
    WrittenPaper.objects.filter(pk=nota.pk).update(directorate=other_directorate)
    assert not sees(stranger)  # their own directorate's paper, but about a claim they do not see


@pytest.mark.parametrize(
    "wrong",
    [
        {"nature": ""},
        {"frame": "annex"},
        {"outcome": "agreed"},
        {"outcome": "agreed", "decided_on": DAY},
        {"decision_remark": "Los"},
        {"sent_on": DAY},
        {"document": "36 045, nr. 1"},
    ],
)
def test_the_database_refuses_what_a_nota_cannot_be(nota: WrittenPaper, wrong: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        WrittenPaper.objects.filter(pk=nota.pk).update(**wrong)


@pytest.mark.parametrize(
    "wrong", [{"nature": "decision"}, {"document": "36 045, nr. 1"}, {"sent_on": DAY, "document": "1"}]
)
def test_the_database_refuses_what_a_letter_cannot_be(letter: WrittenPaper, wrong: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        WrittenPaper.objects.filter(pk=letter.pk).update(**wrong)


def test_a_version_of_another_kind_is_refused(officer: Any, claim: Claim, letter: WrittenPaper) -> None:
    with pytest.raises(Refused):
        create_paper(by=officer, at=NOON, kind="nota", title="x", claims=[claim], template=letter.template)


def test_a_stale_save_is_refused_and_nothing_is_lost(officer: Any, colleague: Any, nota: WrittenPaper) -> None:
    first = say(officer, nota, "kernpunten", "<p>Een</p>")
    say(colleague, nota, "kernpunten", "<p>Twee</p>", first.version)
    with pytest.raises(Stale) as stale:
        say(officer, nota, "kernpunten", "<p>Drie</p>", first.version)
    assert stale.value.stored.text == "<p>Twee</p>"
    assert PaperSection.objects.get(paper=nota).text == "<p>Twee</p>"


def test_a_nota_whose_decision_came_back_keeps_its_text(officer: Any, registrar: Any, nota: WrittenPaper) -> None:
    say(officer, nota, "besluit", "<p>Uw akkoord.</p>")
    party = Party.objects.get(code="R")
    feed_back(by=registrar, paper=nota, outcome="remark", decided_by=party, decided_on=DAY, remark="Noem FIN.")
    with pytest.raises(PermissionDenied):
        say(officer, nota, "besluit", "<p>Anders.</p>", 1)
    with pytest.raises(IntegrityError), transaction.atomic():
        PaperSection.objects.filter(paper=nota).update(text="<p>Anders.</p>")
    with pytest.raises(IntegrityError), transaction.atomic():
        WrittenPaper.objects.filter(pk=nota.pk).update(title="Anders")
    with pytest.raises(Refused):
        feed_back(by=registrar, paper=nota, outcome="agreed", decided_by=party, decided_on=DAY)
    nota.refresh_from_db()
    text = written.as_document(written.facts_of(nota))
    assert "Akkoord met opmerking" in text
    assert "Noem FIN." in text
    take_paper_up_again(by=officer, paper=nota)
    say(officer, nota, "besluit", "<p>Anders.</p>", 1)


def test_a_letter_that_is_sent_settles_what_it_deals_with(
    officer: Any, reader: Any, directorate: Any, claim: Claim
) -> None:
    item = HouseItem.objects.create(title="Kinderen", directorate=directorate, kind="undertaking")
    other = HouseItem.objects.create(title="Anders", directorate=directorate, kind="undertaking")
    item.claims.add(claim)
    letter = create_paper(by=officer, at=NOON, kind="letter", title="Steun", claims=[claim])
    with pytest.raises(PermissionDenied):
        send_letter(by=reader, paper=letter, on=DAY)
    with pytest.raises(Refused):
        send_letter(by=officer, paper=letter, on=DAY, document="zoveel")
    send_letter(by=officer, paper=letter, on=DAY, document="36045 214", settles=[item, other])
    item.refresh_from_db()
    other.refresh_from_db()
    assert (item.state, item.letter, item.settled_in) == ("settled", letter, "Kamerstuk 36 045, nr. 214")
    assert other.is_open  # the letter does not deal with it
    with pytest.raises(Refused):
        take_paper_up_again(by=officer, paper=letter)


def test_an_answer_is_kept_for_good(officer: Any, nota: WrittenPaper) -> None:
    given = {"by": officer, "at": NOON, "paper": nota, "code": "x", "place": "y", "message": "z"}
    with pytest.raises(ValidationError):
        answer_paper_finding(**given, reason=" ")
    kept = answer_paper_finding(**given, reason="Zo staat het in de bron.")
    with pytest.raises(IntegrityError), transaction.atomic():
        PaperAnswer.objects.filter(pk=kept.pk).update(reason="Anders")


# -- what they print ----------------------------------------------------------------------------------------------------


def test_one_changed_amount_changes_the_right_passages_and_nothing_else(
    officer: Any, claim: Claim, nota: WrittenPaper
) -> None:
    say(officer, nota, "kernpunten", f"<p>Nu {node(claim, 'claim.amount', 'code-mln')}, eerder EUR 2 mln.</p>")
    before = written.facts_of(nota)
    claim.amount = Decimal("3000000.00")
    claim.save(update_fields=["amount"])
    after = written.facts_of(nota)
    assert written.input_hash(before) != written.input_hash(after)
    (part,) = [part for part in after.parts if part.key == "kernpunten"]
    plain = richtext.text(richtext.parse(part.text)).replace("\xa0", " ")
    assert plain == "Nu EUR 3 mln, eerder EUR 2 mln."


def test_several_claims_stand_in_one_table_with_their_sum(
    officer: Any, claim: Claim, directorate: Any, fund: Any, envelope: Any
) -> None:
    from claims.actions.create import quick_start

    second = quick_start(
        by=officer,
        at=NOON,
        directorate=directorate,
        title="Winterhulp",
        amount=Decimal("1500000.50"),
        partner=fund,
        envelope=envelope,
        year=2026,
    )
    letter = create_paper(by=officer, at=NOON, kind="letter", title="Twee", claims=[second, claim])
    say(officer, letter, "opening", f"<p>Samen {node(letter, 'paper.amount', 'code-vol')}.</p>")
    facts = written.facts_of(letter)
    (part,) = [part for part in facts.parts if part.summary]
    assert [row.title for row in part.summary] == ["Winterhulp", "Steun aan kinderen"]
    assert part.total == Decimal("3500000.50")
    html = written.as_document(facts)
    assert "3.500.000,50" in html
    assert "EUR 3.500.000,50" in html.replace("\xa0", " ")


def test_claims_that_change_places_change_the_paper(
    officer: Any, claim: Claim, directorate: Any, fund: Any, envelope: Any
) -> None:
    from claims.actions.create import quick_start

    second = quick_start(
        by=officer,
        at=NOON,
        directorate=directorate,
        title="Winterhulp",
        amount=Decimal(1_000_000),
        partner=fund,
        envelope=envelope,
        year=2026,
    )
    letter = create_paper(by=officer, at=NOON, kind="letter", title="Twee", claims=[second, claim])
    before = written.input_hash(written.facts_of(letter))
    letter.paper_claims.filter(claim=claim).update(position=1)
    letter.paper_claims.filter(claim=second).update(position=2)
    assert written.input_hash(written.facts_of(letter)) != before
    letter.addressees.set(Party.objects.filter(code="M"))
    stamped = stamp_of_paper(letter)
    letter.addressees.set(Party.objects.filter(code="R"))
    assert stamp_of_paper(letter) != stamped


def test_the_stamp_covers_every_table_that_a_paper_is_made_of(story: Any) -> None:
    letter = WrittenPaper.objects.get(kind="letter")
    WrittenPaper.objects.filter(pk=letter.pk).update(frame="block")
    fetched = with_parts(WrittenPaper.objects.all())
    with CaptureQueriesContext(connection) as captured:
        gather(fetched.get(pk=letter.pk), "Ministerie")
    read = {table for query in captured for table in re.findall(r'(?:FROM|JOIN) "(\w+)"', query["sql"])}
    linked = {table for table, _said, _own in stamp.LINKS_OF_PAPER}
    assert read - {"core_user"} <= set(stamp.TABLES) | set(stamp.LINKS) | set(stamp.OF_PAPER) | linked
    assert len(read) > 25


def test_the_frame_stands_in_the_letter_or_goes_along(letter: WrittenPaper, claim: Claim) -> None:
    assert not [part for part in written.facts_of(letter).parts if part.key == "onderbouwing"]
    WrittenPaper.objects.filter(pk=letter.pk).update(frame="annex")
    facts = written.facts_of(letter)
    assert facts.annexes == (f"CW 3.1-formulier {claim.title} (2026)",)
    WrittenPaper.objects.filter(pk=letter.pk).update(frame="block")
    facts = written.facts_of(letter)
    (part,) = [part for part in facts.parts if part.frames]
    assert len(part.frames[0].rows) == 7
    assert facts.annexes == ()


def test_a_public_version_holds_no_names_and_nothing_withheld(officer: Any, nota: WrittenPaper) -> None:
    WrittenPaper.objects.filter(pk=nota.pk).update(drawn_up_by="Jan Jansen")
    say(officer, nota, "niet-openbaar", "<p>Geheim overleg.</p>")
    internal = written.as_document(written.facts_of(nota))
    public = written.as_document(written.facts_of(nota, public=True))
    assert "Jan Jansen" in internal
    assert "Geheim overleg." in internal
    assert "Jan Jansen" not in public
    assert PRIVACY in public
    assert "Geheim" not in public


def test_a_confidential_result_is_never_told(story: Any) -> None:
    letter = WrittenPaper.objects.get(kind="letter")
    cited = letter.key_results.get(label__startswith="kregen ondersteuning")
    assert "42 ziekenhuizen" in written.as_document(written.facts_of(letter))
    cited.confidential, cited.directorate = True, letter.directorate
    cited.save(update_fields=["confidential", "directorate"])
    assert "42 ziekenhuizen" not in written.as_document(written.facts_of(letter))


def test_a_motion_is_named_as_its_record_says(officer: Any, directorate: Any, claim: Claim) -> None:
    item = HouseItem.objects.create(title="Extra steun", signatory="Jansen c.s.", directorate=directorate)
    item.claims.add(claim)
    nota = create_paper(by=officer, at=NOON, kind="nota", title="Kinderen", claims=[claim])
    say(officer, nota, "aanleiding", f"<p>De {node(item, 'house-item.citation', 'kort')}.</p>")
    assert "motie Jansen c.s. (Kamerstuknummer nog niet bekend)" in written.as_document(written.facts_of(nota))
    HouseItem.objects.filter(pk=item.pk).update(document="36 045, nr. 213")
    html = written.as_document(written.facts_of(nota))
    assert 'De <span class="figure" data-number="1">motie Jansen c.s. (Kamerstuk 36 045, nr. 213)</span>.' in html
    assert "Motie Jansen c.s. over extra steun (Kamerstuk 36 045, nr. 213)." in html


# -- PDF, DOCX and ODT --------------------------------------------------------------------------------------------------


def values(paper: WrittenPaper) -> Iterator[tuple[Any, str]]:
    """Yield each figure printed with the wording that its record gives now, read anew from the record."""
    for bound in written.figures_of(written.facts_of(paper)):
        if bound.form == "table":
            model, read = (
                (Claim, lambda row: row.amount)
                if bound.field == "claim.amount"
                else (ClaimLine, lambda row: sum(year.commitment for year in row.years.all()))
            )
            amount = read(model.objects.get(public_id=bound.record))  # type: ignore[no-untyped-call]
            yield bound, f"{int(amount):,}".replace(",", ".")
        elif bound.form == "sentence":
            yield bound, bound.text
        else:
            figure = Figure(bound.record, bound.field, bound.form, "?")
            found = figures.resolve([figure], paper)
            yield bound, figures.worded(found[bound.record, bound.field], bound.form)


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["nota", "letter"])
def test_each_figure_is_traced_from_the_pdf_to_its_record(story: Any, kind: str) -> None:
    paper = WrittenPaper.objects.get(kind=kind)
    facts = written.facts_of(paper)
    with Door() as door:
        content = door.render(written.as_document(facts), written.SHEET)
    assert problems(content) == []
    text = re.sub(r"\s+", " ", text_of(content).replace("\xa0", " "))
    traced = list(values(paper))
    assert len(traced) >= (9 if kind == "nota" else 15)
    for bound, said in traced:
        assert bound.text == said
        assert re.sub(r"\s+", " ", said.replace("\xa0", " ")) in text


@pytest.mark.slow
def test_the_same_nota_gives_the_same_bytes_and_is_made_once(officer: Any, nota: WrittenPaper) -> None:
    say(officer, nota, "kernpunten", "<p>Een</p>")
    asked = renders.ask_paper(by=officer, at=NOON, paper=nota)
    with Door() as door:
        renders.make(render=Render.objects.select_related("paper").get(pk=asked.pk), door=door)
        again = door.render(written.as_document(written.facts_of(nota)), written.SHEET)
    made = Render.objects.get(pk=asked.pk)
    assert bytes(made.content) == again
    assert renders.ask_paper(by=officer, at=NOON, paper=nota).pk == asked.pk
    say(officer, nota, "kernpunten", "<p>Twee</p>", 1)
    assert renders.ask_paper(by=officer, at=NOON, paper=nota).pk != asked.pk


@pytest.mark.parametrize("kind", ["docx", "odt"])
def test_the_office_files_hold_texts_and_table(story: Any, kind: Any) -> None:
    for paper in WrittenPaper.objects.all():
        content = written_office.as_file(written.facts_of(paper), kind)
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            body = package.read("word/document.xml" if kind == "docx" else "content.xml").decode()
        words = re.sub(r"<[^>]+>", "", body).replace("\xa0", " ")
        assert ("25.000.000" if paper.kind == "letter" else "2.000.000") in words
        assert ("Geachte voorzitter" if paper.kind == "letter" else "TER BESLISSING") in words


def test_each_block_is_a_file_of_its_own(story: Any) -> None:
    facts = written.facts_of(WrittenPaper.objects.get(kind="letter"))
    assert written_office.blocks_in(facts) == ["summary", "results", "motions", "frame"]
    for block in written_office.blocks_in(facts):
        content = written_office.block_file(facts, block, "docx")
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            words = re.sub(r"<[^>]+>", "", package.read("word/document.xml").decode())
        assert ("25.000.000" in words) == (block == "summary")
        assert "Geachte voorzitter" not in words
    with pytest.raises(KeyError):
        written_office.block_file(written.facts_of(WrittenPaper.objects.get(kind="nota")), "results", "docx")
