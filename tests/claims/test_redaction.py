"""Redaction: what is left out is nowhere in the public version; who proposes does not confirm."""

import datetime
import io
import zipfile
from collections.abc import Iterator
from typing import Any

import pikepdf
import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from claims.actions import freeze as freezing
from claims.actions import redact as actions
from claims.actions.refused import Refused
from claims.checks.leaks import leaks
from claims.documents.cw31 import Cw31
from claims.documents.public import rebuilt
from claims.enums import PaperKind
from claims.kinds import KINDS
from claims.models import Claim, Freezing, FrozenPaper, Redaction, RedactionGround, Section
from claims.rules.redaction import Anchor, NotUnique, anchor_of, find, take_out
from core import richtext
from core.pdf import Door
from core.richtext import NotThere
from tests.claims.frozen import keep
from tests.conftest import NOON
from tests.pdf_structure import problems, text_of

pytestmark = pytest.mark.django_db
LATER = NOON + datetime.timedelta(hours=2)
SECRET = "Mevrouw A. Geheim van afdeling Zeven"
KIND = KINDS[PaperKind.CW31]


@pytest.fixture
def ground(db: None) -> Any:
    return RedactionGround.objects.get(code="house-privacy")


@pytest.fixture
def secret(written: Any) -> Any:
    """The claim with a text that names somebody, a figure beside it, and a note."""
    figure = f'<span data-figure data-id="{written.public_id}" data-field="claim.amount" data-form="code-mln">x</span>'
    text = (
        f"<p>Contact is <strong>{SECRET[:12]}</strong>{SECRET[12:]}, voor {figure} in totaal."
        '<span class="voetnoot">Zie haar adres: Geheime Weg 12.</span> De rest mag blijven staan.</p>'
    )
    Section.objects.filter(claim=written, question__key="doelen").update(text=text)
    return written


def passage_of(paper: FrozenPaper, words: str) -> tuple[str, int]:
    for part in KIND.texts(rebuilt(Cw31, paper.snapshot["facts"])):
        for passage in richtext.passages(richtext.parse(part.text)):
            if words in passage.text:
                return part.part, passage.index
    raise AssertionError(words)


def proposed(paper: FrozenPaper, words: str, by: Any, ground: Any) -> Redaction:
    part, passage = passage_of(paper, words)
    return actions.propose(
        by=by,
        at=NOON,
        paper=paper,
        part=part,
        passage=passage,
        words=words,
        ground=ground,
        motivation="Naam van een medewerker",
    )


# -- holding a passage and finding it again -------------------------------------------------------------------------


def document(html: str) -> Any:
    return richtext.parse(html)


FIGURE = '<span data-figure data-id="5f0c5b0e-0000-4000-8000-000000000001" data-field="claim.amount" data-form="code-mln">{}</span>'


def test_a_passage_is_found_again_when_other_sentences_and_figures_change() -> None:
    old = document(f"<p>Eerst dit. Jan kreeg {FIGURE.format('EUR 2 mln')} van ons.</p>")
    anchor = anchor_of(old, 0, "Jan kreeg EUR 2 mln")
    new = document(
        f"<p>Een nieuwe alinea.</p><p>Eerst wat anders. Jan kreeg {FIGURE.format('EUR 25 mln')} van ons. Meer.</p>"
    )
    place = find(new, anchor)
    assert place is not None
    assert place.words == "Jan kreeg EUR 25 mln"
    assert find(document("<p>Jan ontving iets van ons.</p>"), anchor) is None


def test_words_that_stand_twice_are_told_apart_by_what_stands_around_them() -> None:
    text = document("<p>De naam Jan staat hier.</p><p>En Jan staat ook hier.</p>")
    anchor = anchor_of(text, 1, "Jan")
    place = find(text, anchor)
    assert place is not None
    assert place.index == 1
    with pytest.raises(NotUnique):
        anchor_of(document("<p>Jan en Jan</p>"), 0, "Jan")
    with pytest.raises(NotThere):
        anchor_of(text, 0, "Piet")
    assert find(document("<p>Jan.</p><p>Jan!</p>"), Anchor("Jan")) is None, "when it cannot be told which, it is lost"


def test_taking_out_takes_marks_figures_notes_and_overlaps_along() -> None:
    text = document(
        f'<p>Voor <strong>Jan</strong> <em>Jansen</em> {FIGURE.format("EUR 2 mln")}<span class="voetnoot">Weg 12</span> en Piet.</p>'
    )
    places = [(find(text, anchor_of(text, 0, words)), "grond") for words in ("Jan Jansen EUR 2 mln en", "mln en Piet")]
    left = richtext.html(take_out(text, [(place, put) for place, put in places if place]))
    assert left == "<p>Voor <em>[grond]</em>.</p>"


def test_words_of_a_note_can_be_taken_out() -> None:
    text = document('<p>Tekst<span class="voetnoot">Zie Weg 12 te Den Haag.</span> verder.</p>')
    place = find(text, anchor_of(text, 1, "Weg 12"))
    assert place is not None
    assert richtext.html(take_out(text, [(place, "grond")])) == (
        '<p>Tekst<span class="voetnoot">Zie [grond] te Den Haag.</span> verder.</p>'
    )


@given(st.text("ab c", min_size=1, max_size=30), st.data())
def test_whatever_is_taken_out_is_gone_and_the_rest_stays(body: str, data: Any) -> None:
    text = document(f"<p>{body}#{body}</p>")
    passages = richtext.passages(text)
    words = passages[0].text if passages else ""
    start = data.draw(st.integers(0, max(0, len(words) - 1)))
    end = data.draw(st.integers(start + 1, max(start + 1, len(words))))
    if not words or end > len(words):
        return
    left = richtext.passages(richtext.cut(text, 0, start, end, "[x]"))[0].text
    assert left == f"{words[:start]}[x]{words[end:]}"


# -- four eyes ------------------------------------------------------------------------------------------------------


def test_who_proposes_does_not_confirm_and_the_database_holds_it(
    secret: Any, officer: Any, colleague: Any, reader: Any, ground: Any
) -> None:
    paper = keep(secret, officer)
    row = proposed(paper, SECRET, officer, ground)
    for person in (officer, reader):
        with pytest.raises(PermissionDenied):
            actions.confirm(by=person, at=NOON, redaction=row)
    with pytest.raises(IntegrityError, match="redaction_four_eyes"), transaction.atomic():
        Redaction.objects.filter(pk=row.pk).update(confirmed_by=officer, confirmed_at=NOON)
    actions.confirm(by=colleague, at=NOON, redaction=row)
    with pytest.raises(Refused):
        actions.confirm(by=colleague, at=NOON, redaction=row)
    for change in ({"quote": "x"}, {"confirmed_by": None, "confirmed_at": None}, {"motivation": "y"}):
        with pytest.raises(IntegrityError, match="never changed"), transaction.atomic():
            Redaction.objects.filter(pk=row.pk).update(**change)
    with pytest.raises(IntegrityError, match="never changed"), transaction.atomic(), connection.cursor() as raw:
        raw.execute("delete from claims_redaction")
    with pytest.raises(PermissionDenied):
        actions.withdraw(by=officer, at=NOON, redaction=row)
    actions.withdraw(by=colleague, at=LATER, redaction=row)
    assert not Redaction.objects.standing().exists()


def test_readers_and_strangers_propose_nothing(
    secret: Any, officer: Any, reader: Any, stranger: Any, ground: Any
) -> None:
    paper = keep(secret, officer)
    for person in (reader, stranger):
        with pytest.raises(PermissionDenied):
            proposed(paper, SECRET, person, ground)


# -- the public version ---------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def door() -> Iterator[Door]:
    with Door() as opened:
        yield opened


def made(paper: FrozenPaper, by: Any, door: Any, regime: str = "house") -> FrozenPaper:
    asked = freezing.ask_public(by=by, at=LATER, paper=paper, regime=regime)
    result = freezing.freeze(freezing=asked, at=LATER, door=door)
    asked.refresh_from_db()
    assert result is not None, asked.message
    return result


def unpacked(content: bytes) -> Iterator[bytes]:
    """Every byte of a file as it is, and of all that is packed within."""
    yield content
    if content.startswith(b"%PDF"):
        with pikepdf.open(io.BytesIO(content)) as pdf:
            for obj in pdf.objects:
                if isinstance(obj, pikepdf.Stream):
                    yield obj.read_bytes()
                yield obj.unparse(resolved=True) if not isinstance(obj, pikepdf.Stream) else b""
        return
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for name in archive.namelist():
            yield archive.read(name)


@pytest.mark.slow
def test_what_is_left_out_is_nowhere_in_any_file(
    secret: Any, officer: Any, colleague: Any, ground: Any, door: Any
) -> None:
    paper = keep(secret, officer)
    for words in (SECRET, "adres: Geheime Weg 12"):
        actions.confirm(by=colleague, at=NOON, redaction=proposed(paper, words, officer, ground))
    public = made(paper, officer, door)
    files = {file.format: bytes(file.content) for file in public.files.all()}
    assert sorted(files) == ["docx", "list", "odt", "pdf"]
    for content in files.values():
        for piece in unpacked(content):
            for word in ("Geheim", "Mevrouw", "Zeven", "Weg 12"):
                assert word.encode() not in piece
                assert word.encode("utf-16-be") not in piece
    assert "Geheim" not in str(public.snapshot)
    text = text_of(files["pdf"])
    assert "Contact is [Bescherming persoonlijke levenssfeer], voor EUR 2 mln in totaal." in text
    assert "De rest mag blijven staan." in text
    assert "Zie haar [Bescherming persoonlijke levenssfeer]." in text
    assert "niet openbaar" not in text
    assert problems(files["pdf"]) == []
    assert "Naam van een medewerker" in text_of(files["list"])
    assert problems(files["list"]) == []
    assert (public.public, public.number, public.internal, public.regime) == (True, 1, paper, "house")
    assert [one["motivation"] for one in public.snapshot["redactions"]] == ["Naam van een medewerker"] * 2


@pytest.mark.slow
def test_what_still_stands_elsewhere_in_the_paper_stops_the_public_version(
    secret: Any, officer: Any, colleague: Any, ground: Any, door: Any
) -> None:
    other = Section.objects.filter(claim=secret).exclude(question__key="doelen").order_by("pk").first()
    Section.objects.filter(pk=other.pk).update(text=f"<p>Ook hier staat {SECRET}.</p>")
    paper = keep(secret, officer)
    part, passage = passage_of(paper, "Contact is")
    row = actions.propose(
        by=officer, at=NOON, paper=paper, part=part, passage=passage, words=SECRET, ground=ground, motivation="Naam"
    )
    actions.confirm(by=colleague, at=NOON, redaction=row)
    asked = freezing.ask_public(by=officer, at=LATER, paper=paper, regime="house")
    assert freezing.freeze(freezing=asked, at=LATER, door=door) is None
    asked.refresh_from_db()
    assert SECRET in asked.message
    assert not FrozenPaper.objects.filter(public=True).exists()


@pytest.mark.slow
def test_the_leak_check_looks_into_titles_metadata_bookmarks_and_attachments(door: Any) -> None:
    plain = '<!DOCTYPE html><html lang="nl"><head><title>{title}</title></head><body class="paper"><h1 class=doctype data-short="{short}">Kop</h1><p>tekst</p></body></html>'
    assert leaks(["Geheim woord"], {"pdf": door.render(plain.format(title="Titel", short="Kop"))}) == []
    for title, short in (("Geheim woord", "Kop"), ("Titel", "Geheim woord")):
        long = plain.format(title=title, short=short).replace("<p>tekst</p>", "<p>tekst</p>" * 90)
        assert leaks(["Geheim woord"], {"pdf": door.render(long)}) == ["Geheim woord"]
    with pikepdf.open(io.BytesIO(door.render(plain.format(title="Titel", short="Kop")))) as pdf:
        pdf.attachments["x.txt"] = pikepdf.AttachedFileSpec(pdf, b"een Geheim woord")
        out = io.BytesIO()
        pdf.save(out)
    assert leaks(["Geheim woord"], {"pdf": out.getvalue()}) == ["Geheim woord"]


def test_an_unconfirmed_redaction_stops_the_public_version(
    secret: Any, officer: Any, colleague: Any, ground: Any
) -> None:
    paper = keep(secret, officer)
    row = proposed(paper, SECRET, officer, ground)
    with pytest.raises(Refused) as refused:
        freezing.ask_public(by=officer, at=LATER, paper=paper, regime="house")
    assert refused.value.rule == "redaction_open"
    assert freezing.ask_public(by=officer, at=LATER, paper=paper, regime="woo"), "another regime has its own redactions"
    actions.confirm(by=colleague, at=NOON, redaction=row)
    assert Freezing.objects.count() == 1


def test_a_lost_redaction_stops_the_public_version(secret: Any, officer: Any, colleague: Any, ground: Any) -> None:
    paper = keep(secret, officer)
    actions.confirm(by=colleague, at=NOON, redaction=proposed(paper, SECRET, officer, ground))
    text = Section.objects.get(claim=secret, question__key="doelen").text.replace("afdeling", "team")
    Section.objects.filter(claim=secret, question__key="doelen").update(text=text)
    newer = keep(secret, officer, LATER)
    with pytest.raises(Refused) as refused:
        freezing.ask_public(by=officer, at=LATER, paper=newer, regime="house")
    assert refused.value.rule == "redaction_lost"
    assert freezing.ask_public(by=officer, at=LATER, paper=paper, regime="house"), (
        "the older version still has its words"
    )


def test_a_result_that_became_confidential_is_in_no_public_version(story: Any) -> None:
    from core.models import Directorate, User
    from results.models import Result

    anna = User.objects.get(username="anna")
    big = Claim.objects.get(title__startswith="Humanitaire noden")
    paper = keep(big, anna)
    result = Result.objects.get(label="kregen een voedselpakket")
    Result.objects.filter(pk=result.pk).update(confidential=True, directorate=Directorate.objects.first())
    with pytest.raises(Refused) as refused:
        freezing.ask_public(by=anna, at=LATER, paper=paper, regime="house")
    assert refused.value.rule == "public_confidential"


def test_facts_are_made_again_from_what_was_kept(story: Any) -> None:
    from core.models import User

    big = Claim.objects.get(title__startswith="Humanitaire noden")
    paper = keep(big, User.objects.get(username="anna"))
    assert rebuilt(Cw31, FrozenPaper.objects.get(pk=paper.pk).snapshot["facts"]) == KIND.facts_of(big)


# -- on the page ----------------------------------------------------------------------------------------------------


def test_a_redaction_is_proposed_confirmed_and_made_public_on_one_page(
    enter: Any, secret: Any, officer: Any, colleague: Any, reader: Any, stranger: Any, ground: Any
) -> None:
    paper = keep(secret, officer)
    address = reverse("claims:redactions", args=[paper.public_id])
    part, passage = passage_of(paper, SECRET)
    data = {"part": part, "passage": passage, "words": SECRET, "ground": ground.code, "motivation": "Naam"}
    assert enter(officer).get(address).status_code == 200
    assert enter(officer).post(address, {**data, "words": "iets anders"}).status_code == 422
    assert enter(officer).post(address, {**data, "ground": ""}).status_code == 422
    assert enter(reader).post(address, data).status_code == 403
    assert enter(stranger).get(address).status_code == 404
    assert enter(officer).post(address, data).status_code == 302
    row = Redaction.objects.get()
    settle = reverse("claims:redaction", args=[paper.public_id, row.public_id])
    assert enter(officer).post(settle, {"confirm": "1"}).status_code == 403
    enter(colleague).post(settle, {"confirm": "1"})
    row.refresh_from_db()
    assert row.confirmed_by == colleague
    assert SECRET in enter(reader).get(address).content.decode()
    assert (
        enter(reader).post(reverse("claims:frozen-public", args=[paper.public_id]), {"regime": "house"}).status_code
        == 403
    )
    answer = enter(officer).post(reverse("claims:frozen-public", args=[paper.public_id]), {"regime": "house"})
    assert answer["Location"] == reverse("claims:freezing", args=[Freezing.objects.get().public_id])
    refused = enter(officer).post(reverse("claims:frozen-public", args=[paper.public_id]), {"regime": "geen"})
    assert refused["Location"] == address
