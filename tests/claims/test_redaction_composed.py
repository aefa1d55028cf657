"""Redaction of what nobody wrote: titles, the head, the rows of tables and the sentences that records compose."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.urls import reverse

from claims.actions import freeze as freezing
from claims.actions import redact as actions
from claims.actions.refused import Refused
from claims.documents import composed
from claims.documents.public import rebuilt
from claims.enums import PaperKind
from claims.kinds import KINDS
from claims.models import Claim, FrozenPaper, Redaction, RedactionGround, WrittenPaper
from claims.rules.redaction import Anchor, Removal
from core.models import User
from core.pdf import Door
from tests.claims.frozen import keep
from tests.claims.test_redaction import LATER, made, unpacked
from tests.conftest import NOON
from tests.pdf_structure import problems, text_of

pytestmark = pytest.mark.django_db
GROUND = "Bescherming persoonlijke levenssfeer"


@pytest.fixture(scope="module")
def door() -> Iterator[Door]:
    with Door() as opened:
        yield opened


def facts_of(paper: FrozenPaper) -> Any:
    return rebuilt(KINDS[paper.kind].facts_type, paper.snapshot["facts"])


def propose(paper: FrozenPaper, words: str, by: Any) -> Redaction:
    index = next(number for number, one in enumerate(composed.said(facts_of(paper))) if words in one.words)
    return actions.propose(
        by=by,
        at=NOON,
        paper=paper,
        part=composed.PART,
        passage=index,
        words=words,
        ground=RedactionGround.objects.get(code="house-privacy"),
        motivation="Herleidbaar",
    )


def leave_out(paper: FrozenPaper, *quotes: str) -> None:
    anna, bram = (User.objects.get(username=name) for name in ("anna", "bram"))
    for words in quotes:
        actions.confirm(by=bram, at=NOON, redaction=propose(paper, words, anna))


def nowhere(paper: FrozenPaper, *gone: str) -> dict[str, bytes]:
    """Look for words in every byte of every file, packed or not, and in what is kept of the version."""
    files = {file.format: bytes(file.content) for file in paper.files.all()}
    assert sorted(files) == ["docx", "list", "odt", "pdf"]
    for name, content in files.items():
        for piece in unpacked(content):
            for word in gone:
                assert word.encode() not in piece, name
                assert word.encode("utf-16-be") not in piece, name
    rest = [paper.title, paper.name, str(paper.snapshot), str(list(paper.figures.values_list("wording", "place")))]
    for word in gone:
        assert not any(word in text for text in rest)
    for name in ("pdf", "list"):
        assert problems(files[name]) == []
    return files


@pytest.mark.slow
def test_a_title_and_the_sentences_about_a_partner_are_nowhere_in_a_public_form(story: Any, door: Door) -> None:
    claim = Claim.objects.get(title__startswith="Humanitaire noden")
    Claim.objects.filter(pk=claim.pk).update(title="Humanitaire noden Zwanenburgplan")
    paper = keep(KINDS[PaperKind.CW31].subject_of(claim.public_id), User.objects.get(username="anna"))
    facts = facts_of(paper)
    section = next(one for one in facts.annex.sections if one.blocks and one.blocks[0].sentences[0])
    sentence = section.blocks[0].sentences[0]
    leave_out(paper, "Zwanenburgplan", sentence)
    public = made(paper, User.objects.get(username="anna"), door)
    files = nowhere(public, "Zwanenburgplan")
    assert GROUND in public.title
    text = text_of(files["pdf"]).replace("\xa0", " ")
    assert sentence not in text
    assert f"Humanitaire noden [{GROUND}]" in text
    assert [one["place"] for one in public.snapshot["redactions"]] == ["Titel", section.title]
    told = {str(record) for record in public.figures.values_list("record", flat=True)}
    kept = {str(record) for record in paper.figures.values_list("record", flat=True)}
    assert told < kept, "the record of the sentence is no figure of the public version"


@pytest.mark.slow
def test_a_subject_and_a_partner_in_the_table_are_nowhere_in_a_public_nota(story: Any, door: Door) -> None:
    nota = WrittenPaper.objects.get(kind="nota")
    WrittenPaper.objects.filter(pk=nota.pk).update(title="Steun Zwanenburgplan", via="", ministry_reference="MinBuZa.7")
    paper = keep(KINDS["nota"].subject_of(nota.public_id), User.objects.get(username="anna"), kind="nota")
    row = next(row for part in facts_of(paper).parts for claim in part.summary for row in claim.rows)
    leave_out(paper, "Zwanenburgplan", row.what)
    public = made(paper, User.objects.get(username="anna"), door)
    files = nowhere(public, "Zwanenburgplan")
    text = text_of(files["pdf"]).replace("\xa0", " ")
    assert f"Steun [{GROUND}]" in text
    assert row.what not in text
    assert {one["place"] for one in public.snapshot["redactions"] if one["id"]} >= {"Titel; Onderwerp"}


def test_words_go_wherever_records_print_them_and_only_as_whole_words() -> None:
    removals = [
        Removal(composed.PART, Anchor(quote), ground) for quote, ground in (("Jan Smit", "a"), ("Smit B.V.", "b"))
    ]
    assert composed.left_of("Jan Smit B.V. en Jan Smit", removals) == "[a; b] en [a]"
    assert composed.left_of("Jan Smits, Jan\xa0Smit.", removals) == "Jan Smits, [a]."
    assert composed.left_of("niets", removals) == "niets"


def test_every_word_of_a_paper_can_be_taken_out_of_what_it_composes(story: Any) -> None:
    """Nothing that is listed to choose from is left standing when it is chosen."""
    for kind, subject in (
        ("cw31", Claim.objects.get(title__startswith="Humanitaire noden")),
        ("nota", WrittenPaper.objects.get(kind="nota")),
        ("letter", WrittenPaper.objects.get(kind="letter")),
    ):
        facts = KINDS[kind].facts_of(KINDS[kind].subject_of(subject.public_id))
        listed = composed.said(facts)
        assert len(listed) > 10
        removals = [Removal(composed.PART, Anchor(one.words), "grond") for one in listed]
        left = composed.said(composed.without(facts, removals))
        assert {one.words for one in left} == {"[grond]"}
        assert composed.without(facts, []) == facts


def test_it_is_proposed_on_the_page_and_refused_when_the_words_are_not_there(enter: Any, story: Any) -> None:
    nota = WrittenPaper.objects.get(kind="nota")
    anna = User.objects.get(username="anna")
    paper = keep(KINDS["nota"].subject_of(nota.public_id), anna, kind="nota")
    address = reverse("claims:redactions", args=[paper.public_id])
    page = enter(anna).get(address)
    assert [shown.part.label for shown in page.context["composed"]][:2] == ["Titel", "Onderwerp"]
    given = {"part": composed.PART, "passage": 0, "words": nota.title, "ground": "house-privacy", "motivation": "Naam"}
    for wrong in ({"words": "staat er niet"}, {"passage": 99_999}, {"words": "x"}):
        assert enter(anna).post(address, given | wrong).status_code == 422
    assert enter(anna).post(address, given).status_code == 302
    row = Redaction.objects.get()
    assert (row.part, row.quote, row.place) == (composed.PART, nota.title, "Titel; Onderwerp; Bijlagen")
    assert nota.title in enter(anna).get(address).content.decode()


def test_a_composed_redaction_is_lost_when_the_records_say_something_else(story: Any) -> None:
    nota = WrittenPaper.objects.get(kind="nota")
    anna = User.objects.get(username="anna")
    WrittenPaper.objects.filter(pk=nota.pk).update(title="Steun Zwanenburgplan")
    paper = keep(KINDS["nota"].subject_of(nota.public_id), anna, kind="nota")
    leave_out(paper, "Zwanenburgplan")
    WrittenPaper.objects.filter(pk=nota.pk).update(title="Iets anders")
    newer = keep(KINDS["nota"].subject_of(nota.public_id), anna, LATER, kind="nota")
    with pytest.raises(Refused) as refused:
        freezing.ask_public(by=anna, at=LATER, paper=newer, regime="house")
    assert refused.value.rule == "redaction_lost"
