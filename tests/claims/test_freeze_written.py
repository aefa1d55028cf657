"""Freezing a nota and a letter: every figure read back where it stands, outdated by what it prints, and of its own kind."""

import datetime
import io
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import ProtectedError
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from claims.actions import freeze as actions
from claims.actions import house_set, redact
from claims.actions.refused import Refused
from claims.actions.written import answer_paper_finding, create_paper, feed_back, write_paper_section
from claims.checks.readback import misread
from claims.checks.review import answer_key, review_paper
from claims.documents.difference import compare
from claims.documents.public import rebuilt
from claims.documents.snapshot import Kept
from claims.documents.snapshot import kept as read
from claims.documents.written import PRIVACY
from claims.kinds import KINDS
from claims.models import (
    Claim,
    Freezing,
    FrozenPaper,
    HouseItem,
    PaperSection,
    Party,
    Redaction,
    RedactionGround,
    WrittenPaper,
)
from claims.queries.house_set import checklist
from claims.queries.outdated import outdated
from claims.queries.printed_values import stands
from core import richtext
from core.models import User
from core.pdf import Door
from core.pdf.check import inspect
from tests.claims.frozen import FILES, keep
from tests.claims.test_redaction import unpacked
from tests.conftest import NOON
from tests.pdf_structure import problems, text_of

pytestmark = pytest.mark.django_db
LATER = NOON + datetime.timedelta(hours=1)
BOTH = pytest.mark.parametrize("kind", ["nota", "letter"])


@pytest.fixture(scope="module")
def door() -> Iterator[Door]:
    with Door() as opened:
        yield opened


def of(kind: str) -> WrittenPaper:
    """Return the nota or letter of the published papers, as freezing sees it."""
    paper: WrittenPaper = KINDS[kind].subject_of(WrittenPaper.objects.get(kind=kind).public_id)
    return paper


def anna() -> User:
    return User.objects.get(username="anna")


def ready(paper: WrittenPaper, by: Any = None) -> WrittenPaper:
    """Answer whatever stands in the way."""
    for item in review_paper(paper).items():
        code, place = answer_key(item)
        answer_paper_finding(
            by=by or anna(),
            at=NOON,
            paper=paper,
            code=code,
            place=place,
            message="x",
            reason="Zo staat het in de bron.",
        )
    return paper


def frozen(kind: str, door: Door, at: datetime.datetime = NOON) -> FrozenPaper:
    chosen, paper = KINDS[kind], ready(of(kind))
    seen = chosen.mark(chosen.facts_of(paper))
    asked = actions.ask_to_freeze(by=anna(), at=at, kind=chosen, subject=paper, seen=seen)
    made = actions.freeze(freezing=asked, at=at, door=door)
    asked.refresh_from_db()
    assert made is not None, asked.message
    return made


@pytest.mark.slow
@BOTH
@pytest.mark.parametrize("frame", ["", "block"])
def test_every_figure_is_read_back_from_the_pdf_where_it_stands(story: Any, door: Door, kind: str, frame: str) -> None:
    if kind == "letter":
        WrittenPaper.objects.filter(kind=kind).update(frame=frame)
    elif frame:
        pytest.skip("only a letter carries the frame")
    chosen = KINDS[kind]
    facts = chosen.facts_of(of(kind))
    things = chosen.printed(facts)
    now = stands(pair for thing in things for pair in thing.sources)
    found = inspect(door.render(chosen.as_document(facts), chosen.sheet))
    assert found.problems == []
    assert list(misread(things, now, found)) == []
    assert len(found.titled) == len(things) >= (9 if kind == "nota" else 15)
    traced = [thing for thing in things if all(pair in now for pair in thing.sources) and thing.sources]
    assert len(traced) >= (9 if kind == "nota" else 15)
    claim = of(kind).claims.order_by("pk").first()
    assert claim is not None
    Claim.objects.filter(pk=claim.pk).update(amount=claim.amount + 1)
    later = stands(pair for thing in things for pair in thing.sources)
    bound = [thing for thing in things if thing.figure and thing.figure.field == "claim.amount"]
    assert bool(bound) == bool(list(misread(things, later, found)))


@pytest.mark.slow
@BOTH
def test_what_is_frozen_is_three_files_of_the_papers_own_look(story: Any, door: Door, kind: str) -> None:
    made = frozen(kind, door)
    chosen, paper = KINDS[kind], of(kind)
    facts = chosen.facts_of(paper)
    files = {file.format: bytes(file.content) for file in made.files.all()}
    assert files["pdf"] == door.render(chosen.as_document(facts), chosen.sheet)
    for name in ("docx", "odt"):
        assert files[name] == chosen.as_file(facts, name, None)  # type: ignore[arg-type]
    assert (made.written, made.subject, list(made.claims.order_by("pk"))) == (
        paper,
        paper.public_id,
        list(paper.claims.order_by("pk")),
    )
    made.refresh_from_db()
    assert len(made.written_digest) == 64
    assert made.figures.exclude(value=None).count() >= 9
    assert rebuilt(chosen.facts_type, FrozenPaper.objects.get(pk=made.pk).snapshot["facts"]) == facts
    with pytest.raises(Refused) as refused:
        actions.ask_to_freeze(by=anna(), at=LATER, kind=chosen, subject=paper, seen=chosen.mark(facts))
    assert refused.value.rule == "freeze_changed"


def test_an_error_in_a_nota_stops_it(story: Any) -> None:
    paper = of("nota")
    PaperSection.objects.filter(paper=paper, heading__key="kernpunten").update(text="")
    chosen = KINDS["nota"]
    assert chosen.blockers(of("nota"))
    with pytest.raises(Refused) as refused:
        actions.ask_to_freeze(
            by=anna(), at=NOON, kind=chosen, subject=of("nota"), seen=chosen.mark(chosen.facts_of(of("nota")))
        )
    assert refused.value.rule == "freeze_blocked"


def test_the_database_holds_what_a_frozen_paper_is_about(story: Any) -> None:
    nota, letter = of("nota"), of("letter")
    row: dict[str, Any] = {
        "directorate": nota.directorate,
        "number": 1,
        "title": "x",
        "name": "x",
        "classification": "internal",
        "template": "x",
        "snapshot": {},
        "program": {},
        "input_hash": "0" * 64,
        "by": anna(),
        "at": NOON,
    }
    claim = Claim.objects.order_by("pk").first()
    assert claim is not None
    for wrong in (
        {"kind": "nota", "subject": nota.public_id, "written": None},
        {"kind": "nota", "subject": nota.public_id, "written": letter},
        {"kind": "nota", "subject": letter.public_id, "written": letter},
        {"kind": "cw31", "subject": claim.public_id, "written": nota},
        {"kind": "cw31", "subject": nota.public_id, "written": None},
    ):
        with pytest.raises(IntegrityError, match=r"frozen_subject_one|is about"), transaction.atomic():
            FrozenPaper.objects.create(**row, **wrong)
    kept = keep(nota, anna(), kind="nota")
    with pytest.raises(ProtectedError), transaction.atomic():
        nota.delete()
    assert FrozenPaper.objects.filter(pk=kept.pk).exists()


def test_who_does_not_see_a_claim_sees_no_frozen_paper_about_it(
    officer: Any, reader: Any, stranger: Any, other_directorate: Any, claim: Any
) -> None:
    nota = create_paper(by=officer, at=NOON, kind="nota", title="Kinderen", claims=[claim])
    WrittenPaper.objects.filter(pk=nota.pk).update(directorate=other_directorate)
    chosen = KINDS["nota"]
    paper = keep(chosen.subject_of(nota.public_id), officer, kind="nota")
    assert paper.directorate_id == other_directorate.pk
    assert not FrozenPaper.objects.visible_to(stranger).filter(pk=paper.pk).exists()
    assert chosen.find(stranger, nota.public_id) is None
    assert KINDS["letter"].find(officer, nota.public_id) is None


# -- on the pages ---------------------------------------------------------------------------------------------------


@BOTH
def test_it_is_frozen_from_its_own_page_where_its_versions_stand(enter: Any, story: Any, kind: str) -> None:
    paper = ready(of(kind))
    client = enter(anna())
    page = reverse("claims:paper", args=[paper.reference])
    freeze = reverse("claims:freeze", args=[kind, paper.public_id])
    assert freeze in client.get(page).content.decode()
    shown = client.get(freeze)
    assert shown.context["blockers"] == []
    assert reverse("claims:papers") in shown.content.decode()
    answer = client.post(freeze, {"seen": shown.context["mark"]})
    assert client.get(answer["Location"]).status_code == 200
    kept = keep(paper, anna(), kind=kind)
    address = reverse("claims:frozen", args=[kept.public_id])
    assert address in client.get(page).content.decode()
    for own in (address, reverse("claims:frozen-papers")):
        html = client.get(own).content.decode()
        assert page in html
        assert reverse("claims:papers") in html
    assert reverse("claims:frozen-papers") in client.get(reverse("claims:papers")).content.decode()
    assert client.get(reverse("claims:frozen-difference", args=[kept.public_id])).status_code == 200
    assert client.get(reverse("claims:redactions", args=[kept.public_id])).status_code == 200
    pdf = client.get(reverse("claims:frozen-file", args=[kept.public_id, "pdf"]))
    assert pdf.content == FILES["pdf"]


def test_the_lists_are_for_who_has_a_role(enter: Any, nobody: Any, reader: Any) -> None:
    for name in ("frozen-papers", "house-sets", "house-set-new", "frozen-again"):
        assert enter(nobody).get(reverse(f"claims:{name}")).status_code == 403
        assert enter(reader).get(reverse(f"claims:{name}")).status_code == 200
    record = reverse("claims:frozen-affected", args=["5f0c5b0e-0000-4000-8000-000000000001"])
    assert (enter(nobody).get(record).status_code, enter(reader).get(record).status_code) == (403, 200)


# -- outdated, and the difference -----------------------------------------------------------------------------------


@BOTH
def test_nothing_changed_means_not_outdated(story: Any, kind: str) -> None:
    paper = keep(of(kind), anna(), kind=kind)
    assert not outdated([paper])[paper.pk]


@BOTH
def test_a_changed_amount_and_a_changed_text_are_told(story: Any, kind: str) -> None:
    paper = of(kind)
    kept = keep(paper, anna(), kind=kind)
    section = PaperSection.objects.filter(paper=paper).exclude(text="").order_by("pk").first()
    assert section is not None
    PaperSection.objects.filter(pk=section.pk).update(text=section.text + "<p>Nog een alinea.</p>")
    assert (outdated([kept])[kept.pk].figures, outdated([kept])[kept.pk].texts) == ([], [paper.reference])
    claim = paper.claims.order_by("pk").first()
    assert claim is not None
    Claim.objects.filter(pk=claim.pk).update(amount=Decimal("1234567.00"))
    changes = outdated([kept])[kept.pk]
    assert {one.new.replace("\xa0", " ") for one in changes.figures if one.figure.field == "claim.amount"} == {
        "EUR 1.234.567"
    }
    chosen = KINDS[kind]
    found = compare(
        read(kept.snapshot),
        Kept(chosen.paragraphs(chosen.facts_of(of(kind))), chosen.printed(chosen.facts_of(of(kind)))),
    )
    assert any(one.new == "Nog een alinea." for one in found.texts)
    assert any("1.234.567" in one.new or "1,234567" in one.new for one in found.figures)


def test_a_motion_that_gets_its_number_turns_what_names_it(story: Any) -> None:
    letter = of("letter")
    item = letter.house_items.order_by("pk").first()
    assert item is not None
    kept = keep(letter, anna(), kind="letter")
    HouseItem.objects.filter(pk=item.pk).update(document="36 045, nr. 999")
    changed = [one for one in outdated([kept])[kept.pk].figures if one.figure.field == "house-item.citation"]
    assert changed
    assert all(one.figure.record == item.public_id for one in changed)
    assert any("nr. 999" in one.new for one in changed)


def test_a_sent_letter_is_not_outdated_by_being_sent(story: Any) -> None:
    letter = of("letter")
    kept = keep(letter, anna(), kind="letter")
    WrittenPaper.objects.filter(pk=letter.pk).update(sent_on=datetime.date(2026, 3, 2), document="36 045, nr. 300")
    assert not outdated([kept])[kept.pk]


@BOTH
def test_an_outdated_one_is_made_again_as_shown(enter: Any, story: Any, kind: str) -> None:
    paper = ready(of(kind))
    kept = keep(paper, anna(), kind=kind)
    client, address = enter(anna()), reverse("claims:frozen-again")
    (same,) = client.get(address, {"paper": str(kept.public_id)}).context["papers"]
    assert not same.ready
    WrittenPaper.objects.filter(pk=paper.pk).update(ministry_reference="BZ2699999")
    shown = client.get(address, {"paper": str(kept.public_id)})
    (one,) = shown.context["papers"]
    assert one.ready
    assert any("BZ2699999" in change.new for change in one.difference.texts)
    client.post(address, {"paper": str(kept.public_id), f"seen-{kept.public_id}": one.mark})
    assert [(asked.kind, asked.subject) for asked in Freezing.objects.all()] == [(kind, paper.public_id)]


def test_the_list_takes_a_fixed_number_of_queries(enter: Any, story: Any) -> None:
    client, nota = enter(anna()), of("nota")
    letter = of("letter")

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get(reverse("claims:frozen-papers")).status_code == 200
        return len(captured)

    keep(letter, anna(), kind="letter")
    keep(nota, anna(), kind="nota")
    queries()
    first = queries()
    other = create_paper(by=anna(), at=NOON, kind="nota", title="Nog een", claims=list(nota.claims.all()))
    keep(KINDS["nota"].subject_of(other.public_id), anna(), kind="nota")
    assert queries() == first


# -- the public version ---------------------------------------------------------------------------------------------


NAMES = ("Jansen-Testpersoon", "Pietersen-Testpersoon", "Klaassen-Testpersoon")
SECRET = "Het overleg met de coalitiepartner is nog niet afgerond en blijft vertrouwelijk"
PASSAGE = "mevrouw Verborgen van afdeling Zeven"


@pytest.fixture
def named(officer: Any, claim: Any) -> WrittenPaper:
    """A nota that names officials in its head, holds a text that is never public, and names somebody in its key points."""
    nota = create_paper(by=officer, at=NOON, kind="nota", title="Kinderen", claims=[claim])
    amount = f'<span data-figure data-id="{claim.public_id}" data-field="claim.amount" data-form="code-mln">x</span>'
    texts = {
        "aanleiding": "<p>De winter komt.</p>",
        "besluit": f"<p>U wordt gevraagd akkoord te gaan met {amount}.</p>",
        "kernpunten": f"<p>Het contact is <strong>{PASSAGE[:10]}</strong>{PASSAGE[10:]}, voor {amount}.</p>",
        "toelichting": "<p>Zie hiervoor.</p>",
        "niet-openbaar": f"<p>{SECRET}.</p>",
    }
    for key, text in texts.items():
        heading = nota.template.sections.filter(key=key).first()
        if heading:
            write_paper_section(by=officer, paper=nota, heading=heading, text=text, seen=0)
    WrittenPaper.objects.filter(pk=nota.pk).update(
        drawn_up_by=NAMES[0],
        via=f"DGIS, {NAMES[1]}",
        copies_to=f"{NAMES[2]} (FEZ)",
        coordinated_with="FEZ, BZ DVB en DSH",
    )
    paper: WrittenPaper = KINDS["nota"].subject_of(nota.public_id)
    return paper


def propose(paper: FrozenPaper, words: str, by: Any) -> Redaction:
    chosen = KINDS[paper.kind]
    for part in chosen.texts(rebuilt(chosen.facts_type, paper.snapshot["facts"])):
        for passage in richtext.passages(richtext.parse(part.text)):
            if words in passage.text:
                return redact.propose(
                    by=by,
                    at=NOON,
                    paper=paper,
                    part=part.part,
                    passage=passage.index,
                    words=words,
                    ground=RedactionGround.objects.get(code="house-privacy"),
                    motivation="Naam van een medewerker",
                )
    raise AssertionError(words)


def published(paper: FrozenPaper, by: Any, door: Door, regime: str = "house") -> Any:
    asked = actions.ask_public(by=by, at=LATER, paper=paper, regime=regime)
    made = actions.freeze(freezing=asked, at=LATER, door=door)
    asked.refresh_from_db()
    return made or asked.message


@pytest.mark.slow
def test_names_withheld_texts_and_passages_are_in_no_byte_of_the_public_nota(
    named: WrittenPaper, officer: Any, colleague: Any, door: Door
) -> None:
    kept = keep(named, officer, kind="nota")
    redact.confirm(by=colleague, at=NOON, redaction=propose(kept, PASSAGE, officer))
    made = published(kept, officer, door)
    assert isinstance(made, FrozenPaper), made
    files = {file.format: bytes(file.content) for file in made.files.all()}
    assert sorted(files) == ["docx", "list", "odt", "pdf"]
    for content in files.values():
        for piece in unpacked(content):
            for word in ("Testpersoon", "Jansen", "Pietersen", "Klaassen", "coalitiepartner", "Verborgen", "Zeven"):
                assert word.encode() not in piece
                assert word.encode("utf-16-be") not in piece
    for word in ("Testpersoon", "coalitiepartner", "Verborgen"):
        assert word not in str(FrozenPaper.objects.get(pk=made.pk).snapshot)
    text = text_of(files["pdf"])
    assert problems(files["pdf"]) == []
    assert "Het contact is [Bescherming persoonlijke levenssfeer], voor EUR 2 mln." in text
    assert "[Geen deel van de openbare versie]" in text
    assert "FEZ, BZ DVB en DSH" in text
    assert text.count("Bescherming persoonlijke levenssfeer") == 4
    assert "niet openbaar" not in text.casefold().replace("niet openbaar gemaakt", "")
    said = text_of(files["list"])
    assert problems(files["list"]) == []
    for line in (
        "Kop: opgesteld door",
        "Kop: via",
        "Kop: kopie aan",
        "Naam van een medewerker",
        "Geen deel van de openbare",
    ):
        assert line in said
    assert [one["place"] for one in made.snapshot["redactions"]][:3] == [
        "Kop: via",
        "Kop: kopie aan",
        "Kop: opgesteld door",
    ]
    assert (made.public, made.written, made.classification) == (True, named, "public")
    assert not outdated([made])[made.pk]
    rows = made.figures.filter(field="claim.amount")
    assert {row.value for row in rows} == {Decimal(2_000_000)}


@pytest.mark.slow
def test_a_name_that_stands_in_the_text_too_stops_the_public_nota(
    named: WrittenPaper, officer: Any, door: Door
) -> None:
    PaperSection.objects.filter(paper=named, heading__key="aanleiding").update(text=f"<p>Vraag {NAMES[1]}.</p>")
    kept = keep(KINDS["nota"].subject_of(named.public_id), officer, kind="nota")
    said = published(kept, officer, door)
    assert NAMES[1] in said
    assert not FrozenPaper.objects.filter(public=True).exists()


def test_under_the_woo_the_list_names_the_article(named: WrittenPaper, officer: Any) -> None:
    kept = keep(named, officer, kind="nota")
    wanted = actions.public_of(KINDS["nota"], FrozenPaper.objects.get(pk=kept.pk), "woo")
    assert {one["article"] for one in wanted.listed if one["ground"] == PRIVACY} == {"art. 5.1, lid 2, onder e, Woo"}
    house = actions.public_of(KINDS["nota"], FrozenPaper.objects.get(pk=kept.pk), "house")
    assert {one["article"] for one in house.listed} == {""}


def test_a_remark_with_the_decision_can_be_redacted(named: WrittenPaper, officer: Any, colleague: Any) -> None:
    feed_back(
        by=officer,
        paper=named,
        outcome="remark",
        decided_by=Party.objects.get(code="R"),
        decided_on=datetime.date(2026, 3, 2),
        remark="Bel <Jansen> & co.",
    )
    kept = keep(KINDS["nota"].subject_of(named.public_id), officer, kind="nota")
    redact.confirm(by=colleague, at=NOON, redaction=propose(kept, "<Jansen>", officer))
    wanted = actions.public_of(KINDS["nota"], FrozenPaper.objects.get(pk=kept.pk), "house")
    assert ("Opmerking", "Bel [Bescherming persoonlijke levenssfeer] & co.") in wanted.rendered.facts.decision


@pytest.mark.parametrize(
    ("label", "line", "shown"),
    [
        ("Via", "DGIS", True),
        ("Via", "DGIS, FEZ en DSH", True),
        ("Via", "DGIS, FEZ en DSH/MH", False),
        ("Via", "JANSEN", False),
        ("Via", "DGIS, JANSEN", False),
        ("Via", "DSH/JANSEN", False),
        ("Van", "BZ JANSEN-SMIT", False),
        ("Via", "BZ FEZ, DGIS", True),
        ("Via", "J. Jansen", False),
        ("Via", "FEZ, JAN JANSEN", False),
        ("Van", "DSH", True),
        ("Van", "Jan Jansen (DSH)", False),
        ("Afgestemd met", "FIN; BZ DVB", True),
        ("Afgestemd met", "FIN; AZ", False),
        ("Opgesteld door", "DSH", False),
        ("Onze referentie", "Jan Jansen", True),
    ],
)
def test_offices_are_printed_and_persons_are_not(named: WrittenPaper, label: str, line: str, shown: bool) -> None:
    column = {"Van": "from_line", "Via": "via", "Afgestemd met": "coordinated_with", "Opgesteld door": "drawn_up_by"}
    if label in column:
        WrittenPaper.objects.filter(pk=named.pk).update(**{"via": "", "copies_to": "", column[label]: line})
    facts = replace(KINDS["nota"].facts_of(KINDS["nota"].subject_of(named.public_id)), head=((label, (line,)),))
    public = KINDS["nota"].with_texts(facts, {})
    assert public.head == ((label, (line if shown else PRIVACY,)),)
    assert any(left.place.startswith("Kop") for left in KINDS["nota"].left_out(facts)) is not shown


def test_a_word_in_capitals_that_is_no_known_office_is_a_finding_to_answer(named: WrittenPaper, officer: Any) -> None:
    WrittenPaper.objects.filter(pk=named.pk).update(
        via="DGIS, JANSEN", copies_to="BZ DVB", coordinated_with="DSH en FIN"
    )
    paper = KINDS["nota"].subject_of(named.public_id)
    (found,) = [one for one in KINDS["nota"].blockers(paper) if "JANSEN" in str(one.message)]
    assert found.url == reverse("admin:claims_writtenpaper_change", args=[named.public_id])
    ready(paper, by=officer)
    assert not KINDS["nota"].blockers(KINDS["nota"].subject_of(named.public_id))
    facts = KINDS["nota"].facts_of(KINDS["nota"].subject_of(named.public_id))
    assert dict(KINDS["nota"].with_texts(facts, {}).head)["Via"] == (PRIVACY,), "answered, it still is no office"
    Party.objects.create(code="JANSEN", name_nl="Bureau Jansen", name_en="Office Jansen")
    facts = KINDS["nota"].facts_of(KINDS["nota"].subject_of(named.public_id))
    assert dict(KINDS["nota"].with_texts(facts, {}).head)["Via"] == ("DGIS, JANSEN",)


# -- the set for the House ------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_letter_forms_and_public_nota_go_to_the_house_together(story: Any, door: Door) -> None:
    letter = of("letter")
    claims = list(letter.claims.order_by("reference"))
    internal = [keep(letter, anna(), kind="letter"), *(keep(claim, anna()) for claim in claims)]
    internal.append(keep(of("nota"), anna(), kind="nota"))
    papers = [published(one, anna(), door) for one in internal]
    assert all(isinstance(one, FrozenPaper) for one in papers), papers
    found = {check.code: check for check in checklist(papers)}
    assert [code for code, check in found.items() if not check.ok] == []
    without = {check.code: check for check in checklist([papers[0], papers[-1]])}
    assert len(without["forms"].problems) == len(claims)
    assert claims[0].reference in without["forms"].problems[0]
    made = house_set.ask_set(by=anna(), at=LATER, title="Kamerset mei", papers=papers, reasons={})
    house_set.make_set(house_set=made, door=door)
    made.refresh_from_db()
    assert (made.state, made.message) == ("done", "")
    with zipfile.ZipFile(io.BytesIO(bytes(made.archive))) as archive:
        names = archive.namelist()
        assert names[1].startswith("01-")
        assert "kamerbrief" in names[1]
        assert any(name.startswith(f"{len(papers):02d}-") and "nota-openbaar" in name for name in names)
        for position, paper in enumerate(papers, 1):
            (name,) = [name for name in names if name.startswith(f"{position:02d}-") and "weglaklijst" not in name]
            assert archive.read(name) == bytes(paper.files.get(format="pdf").content)
    assert inspect(bytes(made.reading)).problems == []
    drafter = of("nota").drawn_up_by
    assert drafter
    assert drafter not in text_of(bytes(made.reading))
