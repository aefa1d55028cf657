"""Frozen papers that no longer say what the records say, and the difference of two versions."""

import datetime
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from claims.actions.printout import make_printout
from claims.documents.difference import compare
from claims.documents.snapshot import Kept, kept
from claims.enums import PaperKind
from claims.kinds import KINDS
from claims.models import Claim, Freezing, FrozenPaper, Goal, LineYear, Printout, Section
from claims.queries.outdated import outdated
from core.pdf import Door
from partners.models import FundTotal
from tests.claims.frozen import keep
from tests.conftest import NOON
from tests.pdf_structure import problems, text_of

pytestmark = pytest.mark.django_db
LATER = NOON + datetime.timedelta(days=1)
KIND = KINDS[PaperKind.CW31]


def raise_goal(claim: Any) -> None:
    Goal.objects.filter(claim=claim).update(amount=Decimal("1900000.00"))


def test_a_paper_of_which_nothing_changed_is_not_outdated(written: Any, officer: Any) -> None:
    paper = keep(written, officer)
    assert not outdated([paper])[paper.pk]


def test_a_changed_record_turns_exactly_its_figure(written: Any, officer: Any) -> None:
    paper = keep(written, officer)
    raise_goal(written)
    changes = outdated([paper])[paper.pk]
    assert [
        (one.figure.field, one.old.replace("\u00a0", " "), one.new.replace("\u00a0", " ")) for one in changes.figures
    ] == [("goal.amount", "EUR 2.000.000", "EUR 1.900.000")]
    assert changes.texts == [written.reference]


def test_who_changed_it_is_said_when_the_history_knows(enter: Any, written: Any, officer: Any, colleague: Any) -> None:
    paper = keep(written, officer)
    import pghistory

    with pghistory.context(user=colleague.pk):
        raise_goal(written)
    change = outdated([paper])[paper.pk].figures[0]
    assert (change.by, change.at is not None and change.at > paper.at) == (colleague.name, True)


def test_cash_that_became_known_and_a_record_that_went_are_told(written: Any, officer: Any) -> None:
    paper = keep(written, officer)
    LineYear.objects.filter(line__claim=written).update(cash=Decimal("500000.00"))
    assert [(one.figure.field, one.old, one.new) for one in outdated([paper])[paper.pk].figures] == [
        ("line-year.cash", "", "EUR\u00a0500.000")
    ]
    LineYear.objects.filter(line__claim=written).delete()
    assert [(one.figure.field, one.new) for one in outdated([paper])[paper.pk].figures] == [
        ("line-year.commitment", "")
    ]


def test_a_changed_text_is_told(written: Any, officer: Any) -> None:
    paper = keep(written, officer)
    Section.objects.filter(claim=written).exclude(question__key="doelen").update(text="<p>Anders.</p>")
    changes = outdated([paper])[paper.pk]
    assert (changes.figures, changes.texts) == ([], [written.reference])


def test_a_result_that_becomes_confidential_is_told_without_its_value(story: Any) -> None:
    from core.models import Directorate, User
    from results.models import Result

    big = Claim.objects.get(title__startswith="Humanitaire noden")
    paper = keep(big, User.objects.get(username="anna"))
    result = Result.objects.get(label="kregen een voedselpakket")
    Result.objects.filter(pk=result.pk).update(confidential=True, directorate=Directorate.objects.first())
    changes = [one for one in outdated([paper])[paper.pk].figures if one.figure.record == result.public_id]
    assert [one.new for one in changes] == [""]


def test_the_number_of_queries_does_not_grow_with_the_papers(story: Any) -> None:
    from core.models import User

    anna = User.objects.get(username="anna")

    def queries() -> int:
        papers = list(FrozenPaper.objects.newest())
        with CaptureQueriesContext(connection) as captured:
            assert any(outdated(papers).values())
        return len(captured)

    big, small = Claim.objects.order_by("-amount")[:2]
    keep(big, anna)
    FundTotal.objects.update(amount=Decimal("1.00"))
    first = queries()
    for claim in (big, small):
        keep(claim, anna, LATER, kind=PaperKind.ANNEX)
    keep(small, anna)
    FundTotal.objects.update(amount=Decimal("2.00"))
    assert FrozenPaper.objects.count() == 4
    assert queries() <= first + 2
    assert first <= 45


def test_the_pages_of_papers_and_of_a_record_say_what_changed(
    enter: Any, written: Any, officer: Any, reader: Any
) -> None:
    paper = keep(written, officer)
    goal = Goal.objects.get(claim=written)
    raise_goal(written)
    for address in (
        reverse("claims:frozen-papers"),
        reverse("claims:frozen", args=[paper.public_id]),
        reverse("claims:frozen-affected", args=[goal.public_id]),
    ):
        assert "1.900.000" in enter(reader).get(address).content.decode()
    assert (
        "2.000.000"
        not in enter(reader)
        .get(reverse("claims:frozen-affected", args=[written.directorate_id and paper.public_id]))
        .content.decode()
    )
    line = written.lines.get()
    html = enter(officer).get(reverse("admin:claims_claim_change", args=[written.public_id])).content.decode()
    assert reverse("claims:frozen-affected", args=[written.public_id]) in html
    assert enter(officer).get(reverse("admin:claims_claimline_change", args=[line.public_id])).status_code == 200


def test_outdated_papers_are_made_again_together(enter: Any, written: Any, officer: Any, reader: Any) -> None:
    papers = [keep(written, officer), keep(written, officer, kind=PaperKind.ANNEX)]
    Section.objects.filter(claim=written).exclude(question__key="doelen").update(text="<p>Anders.</p>")
    address = reverse("claims:frozen-again")
    shown = enter(officer).get(address, {"paper": [str(paper.public_id) for paper in papers] + ["geen"]})
    ready = {one.paper.kind: one.ready for one in shown.context["papers"]}
    assert ready == {"cw31": True, "annex": False}, "the annex does not print the answers"
    marks = {f"seen-{one.paper.public_id}": one.mark for one in shown.context["papers"]}
    answer = enter(officer).post(address, {"paper": [str(papers[0].public_id)], **marks})
    assert answer["Location"] == reverse("claims:frozen-papers")
    assert [asked.kind for asked in Freezing.objects.all()] == ["cw31"]
    enter(reader).post(address, {"paper": [str(papers[0].public_id)], **marks})
    assert Freezing.objects.count() == 1


def test_the_difference_names_changed_words_and_figures(written: Any, officer: Any) -> None:
    old = keep(written, officer)
    raise_goal(written)
    answer = Section.objects.filter(claim=written).exclude(question__key="doelen").order_by("pk").first()
    Section.objects.filter(pk=answer.pk).update(text="<p>Een antwoord met nieuwe woorden.</p><p>Nog een alinea.</p>")
    facts = KIND.facts_of(Claim.objects.get(pk=written.pk))
    found = compare(kept(old.snapshot), Kept(KIND.paragraphs(facts), KIND.printed(facts)))
    assert [(one.old.replace("\u00a0", " "), one.new.replace("\u00a0", " ")) for one in found.figures] == [
        ("EUR 2.000.000", "EUR 1.900.000")
    ]
    marked = " ".join(one.marked for one in found.texts)
    assert "<del>zonder</del><ins>met</ins>" in marked
    assert [one.new for one in found.texts if not one.old] == ["Nog een alinea."]
    assert not compare(kept(old.snapshot), kept(old.snapshot))


@pytest.mark.slow
def test_the_difference_is_a_page_and_a_pdf(enter: Any, written: Any, officer: Any, stranger: Any) -> None:
    old = keep(written, officer)
    raise_goal(written)
    new = keep(written, officer, LATER)
    address = reverse("claims:frozen-difference", args=[old.public_id])
    for other in ("now", new.public_id):
        assert "1.900.000" in enter(officer).get(f"{address}?with={other}").content.decode()
    assert enter(stranger).get(address).status_code == 404
    answer = enter(officer).post(f"{address}?with={new.public_id}")
    asked = Printout.objects.get()
    assert enter(officer).post(f"{address}?with={new.public_id}")["Location"] == answer["Location"]
    with Door() as door:
        make_printout(printout=asked, door=door)
    asked.refresh_from_db()
    content = bytes(asked.content)
    assert problems(content) == []
    assert "EUR 1.900.000" in text_of(content)
    assert enter(officer).get(answer["Location"]).status_code == 200
    served = enter(officer).get(reverse("claims:printout-file", args=[asked.public_id]))
    assert served.content == content
    assert enter(stranger).get(reverse("claims:printout-file", args=[asked.public_id])).status_code == 404
