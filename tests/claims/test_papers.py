"""The CW 3.1 form: facts, preview, PDF."""

import io
import re
from decimal import Decimal
from typing import Any

import pikepdf
import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from claims import papers
from claims.actions import render as actions
from claims.documents import annex, cw31
from claims.enums import PaperKind
from claims.models import AnnexPart, Citation, Claim, Goal, LineYear, Render, Section
from claims.queries import stamp
from claims.queries.tree import tree_of
from core.models import Versioned
from core.pdf import Door, PaperFailed
from core.pdf.server import TOO_LONG
from partners.models import Contribution, Partner
from tests.conftest import NOON
from tests.pdf_structure import pages_of, problems, text_of

pytestmark = pytest.mark.django_db

# Every figure of the published form and its annex, as our paper words it.
FORM_FIGURES = [
    "EUR 25 miljoen",
    "EUR 15 miljoen",
    "EUR 10 miljoen",
    "EUR 6 mln",
    "EUR 4 mln",
    "EUR 21 mln",
    "EUR 15 mln",
    "28,6 %",
    "3,6 mln",
    "1,5 mln",
    "1,8 miljoen",
    "7 mln",
    "2,5 mln",
    "15.000.000",
    "6.000.000",
    "4.000.000",
    "25.000.000",
]
ANNEX_FIGURES = [
    "US$ 3,1 mld",
    "US$ 3,9 mld",
    "8,5 miljoen van de 14,6 miljoen",
    "3,6 miljoen ontheemden",
    "8,5 miljoen mensen die thuis bleven",
    "2,5 miljoen terugkeerders",
    "EUR 35 mln",
    "EUR 20 mln",
    "US$ 21,5 mln",
    "US$ 16 mln",
    "US$ 182 mln",
    "US$ 121 mln (stand eind oktober 2024)",
    "bijna 12 %",
    "ruim 13 %",
    "US$ 184 mln",
    "US$ 142 mln",
    "US$ 19 mln",
    "3,2 miljoen mensen",
    "1,5 miljoen vrouwen en kinderen",
    "480.000 mensen met een beperking",
    "US$ 40 mln",
    "2 miljoen van de kwetsbaarste mensen",
    "US$ 75,7 mln",
    "US$ 60 mln",
    "710.000 mensen",
    "230.000 mensen",
    "410.000 mensen",
    "107 hulpkonvooien",
    "400.000 mensen",
    "US$ 66,6 mln",
    "50.000 bewoners",
    "EUR 274 mln",
    "EUR 200 mln",
    "EUR 35 mln",
    "EUR 39 mln voor overige doelen",
    "ruim 5 %",
    "20.959 mensen",
    "1.382 mensen",
    "50.796 mensen",
    "42 ziekenhuizen",
    "1.460 mensen",
    "11.000 mensen",
    "296.000 mensen",
    "1.268 vermiste personen",
    "13 mobiele psychosociale teams",
    "11 districten",
    "1 behandelcentrum",
    "3 andere",
]


@pytest.fixture
def big(story: Any) -> Any:
    """The demo claim of EUR 25 mln."""
    return Claim.objects.get(title__startswith="Humanitaire noden")


@pytest.mark.slow
def test_every_figure_of_the_published_paper_comes_out_of_the_pdf(big: Any) -> None:
    with Door() as door:
        content = door.render(papers.as_document(papers.facts_of(big, PaperKind.CW31)))
    text = text_of(content)
    missing = [figure for figure in FORM_FIGURES + ANNEX_FIGURES if figure not in text]
    assert missing == []
    assert problems(content) == []


@pytest.mark.slow
def test_the_paper_has_its_frame_language_title_bookmarks_and_page_numbers(big: Any) -> None:
    with Door() as door:
        content = door.render(papers.as_document(papers.facts_of(big, PaperKind.CW31)))
    pages = pages_of(content)
    for number, text in enumerate(pages, 1):
        assert f"Pagina {number} van {len(pages)}" in text
    assert "1. Doel(en)" in pages[1], "the running header names the question that goes on"
    with pikepdf.open(io.BytesIO(content)) as pdf:
        assert str(pdf.Root.Lang) == "nl"
        assert (
            str(pdf.docinfo["/Title"])
            == "CW3.1 BZ DSH/OEK Humanitaire noden, sociale weerbaarheid en legitieme overheid - 2026"
        )
        with pdf.open_outline() as outline:
            titles = [item.title for item in outline.root] + [
                child.title for item in outline.root for child in item.children
            ]
    assert "Bestedingsvoorstel" in titles
    assert "Bijlage 1: Bijdragen en resultaten afgelopen tijd" in titles
    assert "6. Evaluatieparagraaf" in titles
    footnote_page = next(text for text in pages if "Listening to Citizens of Ukraine" in text)
    assert "geld voor eten" in footnote_page


@pytest.mark.slow
def test_the_annex_alone_is_a_paper_of_its_own(big: Any) -> None:
    with Door() as door:
        content = door.render(papers.as_document(papers.facts_of(big, PaperKind.ANNEX)))
    text = text_of(content)
    assert [figure for figure in ANNEX_FIGURES if figure not in text] == []
    assert "Welke doelen worden nagestreefd" not in text
    assert problems(content) == []


def test_the_preview_says_the_same_as_the_paper(big: Any) -> None:
    fragment, notes = papers.as_fragment(papers.facts_of(big, PaperKind.CW31))
    text = str(fragment).replace("\u00a0", " ")
    assert [figure for figure in FORM_FIGURES + ANNEX_FIGURES if figure not in text] == []
    assert len(notes) == 1
    assert "<h1" not in text


def test_gathering_takes_a_fixed_number_of_queries(big: Any, claim: Any) -> None:
    def queries(reference: str) -> int:
        with CaptureQueriesContext(connection) as captured:
            cw31.gather(tree_of(reference), "Ministerie")
        return len(captured)

    assert queries(claim.reference) <= queries(big.reference) <= 25
    before = queries(big.reference)
    for number in range(20):
        line = big.lines.first()
        LineYear.objects.create(line=line, open_year=2030 + number, commitment=1)
    assert queries(big.reference) == before


def test_the_stamp_covers_every_table_that_a_paper_is_made_of(big: Any) -> None:
    with CaptureQueriesContext(connection) as captured:
        cw31.gather(tree_of(big.reference), "Ministerie")
    read = {table for query in captured for table in re.findall(r'(?:FROM|JOIN) "(\w+)"', query["sql"])}
    assert read - {"core_user"} <= set(stamp.TABLES) | set(stamp.LINKS)
    assert len(read) > 20


def test_the_stamp_of_what_is_cited_covers_every_table_it_is_told_from(big: Any) -> None:
    with CaptureQueriesContext(connection) as captured:
        annex.cite(big)
    read = {table for query in captured for table in re.findall(r'(?:FROM|JOIN) "(\w+)"', query["sql"])}
    assert read - {"claims_claim"} <= stamp.CITED  # joined to its parts, nothing of it is told
    assert len(read) > 10


def test_what_a_paper_cites_is_told_anew_only_after_a_change_of_it(big: Any) -> None:
    def queries(change: Any) -> int:
        change()
        with CaptureQueriesContext(connection) as captured:
            papers.facts_of(big, PaperKind.CW31)
        return len(captured)

    queries(lambda: None)
    of_the_claim = queries(lambda: Claim.objects.filter(pk=big.pk).update(ministry_reference="BZ2600002"))
    of_a_partner = queries(lambda: Partner.objects.filter(short_name="ICRC").update(short_name="Rode Kruis"))
    assert of_the_claim < of_a_partner
    assert "Rode Kruis" in repr(papers.facts_of(big, PaperKind.CW31).annex)


def test_the_stamp_asks_only_tables_of_which_the_database_counts_the_versions() -> None:
    counted = {model._meta.db_table for model in apps.get_models() if issubclass(model, Versioned)}
    assert set(stamp.TABLES) <= counted


def test_a_change_an_addition_and_a_removal_each_change_the_stamp(big: Any) -> None:
    seen = [stamp.stamp_of(big)]
    Partner.objects.filter(short_name="ICRC").update(name="Rode Kruis")
    seen.append(stamp.stamp_of(big))
    Goal.objects.create(claim=big, label="Nog een doel", position=9)
    seen.append(stamp.stamp_of(big))
    Goal.objects.filter(claim=big).first().delete()
    seen.append(stamp.stamp_of(big))
    Contribution.partners.through.objects.all().delete()
    seen.append(stamp.stamp_of(big))
    assert len(set(seen)) == 5


@pytest.mark.django_db(transaction=True)
def test_what_a_transaction_took_back_is_in_no_preview(stage: None, claim: Any) -> None:
    def printed() -> str:
        return papers.facts_of(claim, PaperKind.CW31).title

    assert claim.title in printed()
    with transaction.atomic():
        Claim.objects.filter(pk=claim.pk).update(title="Teruggenomen")
        assert "Teruggenomen" in printed()
        transaction.set_rollback(True)
    Claim.objects.filter(pk=claim.pk).update(title="Gebleven")
    assert "Gebleven" in printed()


def test_a_change_is_in_the_very_next_preview(big: Any) -> None:
    first = papers.facts_of(big, PaperKind.CW31)
    assert papers.facts_of(big, PaperKind.CW31) is first
    Claim.objects.filter(pk=big.pk).update(ministry_reference="BZ2600001")
    assert papers.facts_of(big, PaperKind.CW31).ministry_reference == "BZ2600001"


def test_3a_prints_each_line_with_article_cover_commitment_and_unknown_cash(big: Any) -> None:
    facts = papers.facts_of(big, PaperKind.CW31)
    row = next(row for row in facts.rows if row.key == cw31.FINANCE)
    (humanitarian, governance) = row.groups
    assert humanitarian.heading == "a. Humanitair"
    assert humanitarian.rows[0].label == "UHF en ICRC (gezamenlijk, verdeling n.t.b.): humanitaire hulp en bescherming"
    assert humanitarian.rows[0].basis == "XVII, art. 4.1; middelen voor niet-militaire steun aan Oekraïne"
    assert [(line.basis, line.commitment, line.cash) for line in governance.rows] == [
        ("nog niet bekend", Decimal("6000000.00"), None),
        ("nog niet bekend", Decimal("4000000.00"), None),
    ]
    assert [(total.year, total.commitment, total.cash) for total in row.totals] == [
        (2026, Decimal("25000000.00"), None)
    ]


def test_a_claim_over_years_totals_each_year(claim: Any) -> None:
    line = claim.lines.get()
    LineYear.objects.filter(line=line).delete()
    for year, commitment, cash in ((2026, 12, 2), (2027, 0, 6), (2028, 0, 4)):
        LineYear.objects.create(
            line=line, open_year=year, commitment=Decimal(commitment) * 10**6, cash=Decimal(cash) * 10**6
        )
    facts = papers.facts_of(claim, PaperKind.CW31)
    totals = next(row for row in facts.rows if row.key == cw31.FINANCE).totals
    assert [(total.year, total.commitment, total.cash) for total in totals] == [
        (2026, Decimal("12000000.00"), Decimal("2000000.00")),
        (2027, Decimal("0.00"), Decimal("6000000.00")),
        (2028, Decimal("0.00"), Decimal("4000000.00")),
    ]


def test_a_confidential_result_is_not_printed_and_counted_as_left_out(big: Any, directorate: Any) -> None:
    from results.models import Result

    part = AnnexPart.objects.get(claim=big, title__startswith="ICRC")
    result = Result.objects.get(label="kregen een voedselpakket")
    Result.objects.filter(pk=result.pk).update(confidential=True, directorate=directorate)
    assert Citation.objects.filter(part=part, result=result).exists()
    facts = papers.facts_of(big, PaperKind.CW31)
    assert facts.annex.left_out == 1
    assert "20.959" not in papers.as_document(facts)


def test_hostile_words_in_any_field_come_out_as_words(claim: Any) -> None:
    hostile = '<script>alert(1)</script>{{ 7|add:"7" }}<img src=file:///etc/passwd>'
    Claim.objects.filter(pk=claim.pk).update(title=hostile, ministry_reference="<b>")
    claim.lines.update(title=hostile)
    AnnexPart.objects.create(claim=claim, title=hostile, text=f"<p>{hostile}</p>")
    Section.objects.create(claim=claim, question=claim.template.sections.get(key="doelen"), text=hostile)
    document = papers.as_document(papers.facts_of(claim, PaperKind.CW31))
    assert "<script" not in document
    assert "<img" not in document
    assert "&lt;script&gt;alert(1)&lt;/script&gt;{{ 7|add" in document


# -- made in the worker ----------------------------------------------------------------------------------------------


class FakeDoor:
    """Stands where the renderer stands; counts."""

    def __init__(self, error: PaperFailed | None = None) -> None:
        self.error, self.calls = error, 0

    def render(self, html: str) -> bytes:
        self.calls += 1
        if self.error:
            raise self.error
        return b"%PDF " + html[:20].encode()


def test_an_unchanged_draft_is_not_made_twice(
    claim: Any, officer: Any, django_capture_on_commit_callbacks: Any
) -> None:
    door: Any = FakeDoor()
    first = actions.ask(by=officer, at=NOON, claim=claim, kind=PaperKind.CW31)
    actions.make(render=first, door=door)
    again = actions.ask(by=officer, at=NOON, claim=claim, kind=PaperKind.CW31)
    assert (again.pk, again.state, door.calls) == (first.pk, "done", 1)
    Claim.objects.filter(pk=claim.pk).update(title="Anders")
    changed = actions.ask(by=officer, at=NOON, claim=claim, kind=PaperKind.CW31)
    assert (changed.pk != first.pk, changed.state) == (True, "waiting")


def test_asking_puts_one_job_before_the_worker(
    claim: Any, officer: Any, django_capture_on_commit_callbacks: Any
) -> None:
    from procrastinate.contrib.django.models import ProcrastinateJob

    with django_capture_on_commit_callbacks(execute=True):
        asked = actions.ask(by=officer, at=NOON, claim=claim, kind=PaperKind.ANNEX)
        actions.ask(by=officer, at=NOON, claim=claim, kind=PaperKind.ANNEX)
    assert [job.args for job in ProcrastinateJob.objects.filter(task_name="make_paper")] == [
        {"render": str(asked.public_id)}
    ]


def test_a_draft_that_changes_while_its_paper_waits_is_made_as_it_stands_then(claim: Any, officer: Any) -> None:
    asked = actions.ask(by=officer, at=NOON, claim=claim, kind=PaperKind.CW31)
    Claim.objects.filter(pk=claim.pk).update(title="Anders")
    door: Any = FakeDoor()
    actions.make(render=asked, door=door)
    again = actions.ask(by=officer, at=NOON, claim=claim, kind=PaperKind.CW31)
    assert (again.pk, again.state) == (asked.pk, "done")


def test_a_paper_that_cannot_be_made_says_so_and_may_be_asked_again(claim: Any, officer: Any) -> None:
    asked = actions.ask(by=officer, at=NOON, claim=claim, kind=PaperKind.CW31)
    broken: Any = FakeDoor(PaperFailed(TOO_LONG))
    actions.make(render=asked, door=broken)
    failed = Render.objects.get(pk=asked.pk)
    assert failed.state == "failed"
    assert "duurde te lang" in failed.message
    again = actions.ask(by=officer, at=NOON, claim=claim, kind=PaperKind.CW31)
    assert again.state == "waiting"


def test_a_paper_longer_than_a_paper_can_be_is_refused(claim: Any, officer: Any) -> None:
    for question in claim.template.sections.all()[:3]:
        Section.objects.create(claim=claim, question=question, text="<p>" + "woord " * 30_000 + "</p>")
    asked = actions.ask(by=officer, at=NOON, claim=claim, kind=PaperKind.CW31)
    door: Any = FakeDoor()
    actions.make(render=asked, door=door)
    assert (Render.objects.get(pk=asked.pk).state, door.calls) == ("failed", 0)


def test_only_the_newest_few_papers_are_kept(claim: Any, officer: Any) -> None:
    door: Any = FakeDoor()
    for number in range(8):
        Claim.objects.filter(pk=claim.pk).update(title=f"Titel {number}")
        at = NOON.replace(minute=number)
        actions.make(render=actions.ask(by=officer, at=at, claim=claim, kind=PaperKind.CW31), door=door)
    assert Render.objects.filter(claim=claim).count() == actions.KEPT


@pytest.mark.slow
@pytest.mark.parametrize(
    ("kind", "format", "begins"), [("cw31", "pdf", b"%PDF-"), ("annex", "html", b"<!DOCTYPE html>")]
)
def test_the_command_makes_the_same_papers(claim: Any, tmp_path: Any, kind: str, format: str, begins: bytes) -> None:
    out = tmp_path / "stuk"
    call_command("render", claim.reference, kind, format=format, output=str(out), stdout=io.StringIO())
    assert out.read_bytes().startswith(begins)


def test_the_command_says_what_is_wrong(claim: Any, tmp_path: Any) -> None:
    with pytest.raises(CommandError, match="There is no claim BV-1999-0001"):
        call_command("render", "BV-1999-0001", "cw31", output=str(tmp_path / "x"))
    with pytest.raises(CommandError, match="cannot be written"):
        call_command("render", claim.reference, "cw31", format="html", output=str(tmp_path / "no" / "x"))
