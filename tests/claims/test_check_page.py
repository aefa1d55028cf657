"""The check page: what it shows, and what its buttons do."""

from html import unescape
from typing import Any

import pytest
from django.urls import reverse

from claims.checks.figures import State
from claims.checks.review import review
from claims.models import Claim, FindingAnswer, Section
from claims.queries.tree import tree_of
from claims.rules import places
from core import richtext
from core.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture
def seeded(module_story: Any) -> Claim:
    claim = Claim.objects.get(title__startswith="Humanitaire noden")
    text = "<p>UNDP krijgt EUR 6 mln. Het neemt licht af: van EUR 21 mln naar EUR 15 mln. Er is EUR 7,25 mln over.</p>"
    Section.objects.filter(claim=claim, question__key="instrumenten").update(text=richtext.canonical(text))
    return claim


@pytest.fixture
def anna(enter: Any) -> Any:
    return enter(User.objects.get(username="anna"))


def page(claim: Claim, name: str = "check", *more: Any) -> str:
    return reverse(f"claims:{name}", args=[claim.reference, *more])


def number(claim: Claim, written: str) -> Any:
    figures = review(tree_of(claim.reference)).figures.numbers
    return next(n for n in figures if n.written == written and n.text.part == "section:instrumenten")


def test_the_page_shows_numbers_by_what_is_known_of_them(seeded: Claim, anna: Any) -> None:
    html = anna.get(page(seeded)).content.decode()
    assert "<mark>EUR 6 mln</mark>" in html
    assert "<mark>EUR 7,25 mln</mark>" in html
    assert "licht af" in html
    assert f'href="{page(seeded, "write")}#instrumenten"' in html


def test_a_number_that_contradicts_its_record_is_shown_with_it(seeded: Claim, anna: Any) -> None:
    text = richtext.canonical("<p>Het aandeel was bijna 13 %.</p>")
    Section.objects.filter(claim=seeded, question__key="evaluatie").update(text=text)
    html = anna.get(page(seeded)).content.decode()
    assert "check-list--error" in html
    assert "<mark>13 %</mark>" in html


def test_one_click_links_a_number(seeded: Claim, anna: Any) -> None:
    six = number(seeded, "EUR 6 mln")
    offer = next(s for s in six.suggestions if s.offer.field == "line.commitment")
    sent = {"key": six.key, "offer": offer.offer.key, "form": offer.form}
    answer = anna.post(page(seeded, "bind"), sent, follow=True)
    assert answer.status_code == 200
    assert "data-figure" in Section.objects.get(claim=seeded, question__key="instrumenten").text
    again = anna.post(page(seeded, "bind"), sent, follow=True).content.decode()
    assert "utrecht-alert--error" in again


@pytest.mark.parametrize(
    "sent", [{}, {"key": "x" * 5000, "offer": "a:b", "form": ""}, {"key": "\x00", "offer": "\x00"}]
)
def test_nonsense_is_refused_with_a_message(sent: dict[str, str], seeded: Claim, anna: Any) -> None:
    for name in ("bind", "answer"):
        answer = anna.post(page(seeded, name), sent, follow=True)
        assert answer.status_code == 200
        assert "utrecht-alert--error" in answer.content.decode()
    assert not FindingAnswer.objects.filter(claim=seeded).exists()


def test_an_explained_number_is_counted_once_and_told_without_its_mark(seeded: Claim, anna: Any) -> None:
    found = review(tree_of(seeded.reference))
    unknown = found.open_numbers(State.UNKNOWN)
    assert not found.explained
    anna.post(page(seeded, "answer"), {"key": unknown[0].key, "reason": "Opgave van de partner."})
    after = review(tree_of(seeded.reference))
    assert after.explained == 1
    assert len(after.open_numbers(State.UNKNOWN)) == len(unknown) - 1
    html = unescape(anna.get(page(seeded)).content.decode())
    assert f"<strong>{len(unknown) - 1}</strong> in geen gegeven" in html
    assert "<strong>1</strong> toegelicht" in html
    (answer,) = after.answered
    assert answer.place.startswith(answer.where)
    assert f">{answer.where}</p>" in html
    assert unknown[0].key[:8] not in html.split('id="answered"')[1].split("</section>")[0]


def test_a_place_is_told_without_sentence_and_mark_and_other_places_as_they_are() -> None:
    kept = places.kept(
        "1. Doel(en)", "40.000 “extra”", "Er komen 40.000 “extra” (10%): kinderen (2026).", "a4f41c36" * 4
    )
    assert places.told(kept).startswith("1. Doel(en) “40.000")
    assert "a4f41c36" not in places.told(kept)
    for other in ("UNICEF, met een externe partij", "a. Kinderen “groot”: 3 (2026)", ""):
        assert places.told(other) == other


def test_a_finding_is_answered_with_a_reason(seeded: Claim, anna: Any) -> None:
    (wrong,) = review(tree_of(seeded.reference)).open_contradictions
    anna.post(page(seeded, "answer"), {"key": wrong.key, "reason": "  Zo wil de bewindspersoon het.  "})
    assert review(tree_of(seeded.reference)).open_contradictions == []
    kept = FindingAnswer.objects.get(claim=seeded)
    assert (kept.reason, kept.code, kept.by.username) == (
        "Zo wil de bewindspersoon het.",
        "wording-light",
        "anna",
    )
    assert "Zo wil de bewindspersoon het." in anna.get(page(seeded)).content.decode()


def test_findings_of_other_checks_are_answered_too(seeded: Claim, anna: Any) -> None:
    finding = review(tree_of(seeded.reference)).open_findings[0]
    anna.post(page(seeded, "answer"), {"key": finding.mark, "reason": "Volgt in de brief."})
    assert finding.mark not in {other.mark for other in review(tree_of(seeded.reference)).open_findings}


def test_a_reader_sees_the_check_and_changes_nothing(seeded: Claim, enter: Any, reader: Any) -> None:
    from core.models import Membership

    Membership.objects.create(user=reader, role="reader", directorate=seeded.directorate)
    client = enter(reader)
    html = client.get(page(seeded)).content.decode()
    assert "<mark>" in html
    assert page(seeded, "bind") not in html
    assert client.post(page(seeded, "bind"), {}).status_code == 403
    assert client.post(page(seeded, "answer"), {}).status_code == 403


def test_people_without_a_role_find_nothing(seeded: Claim, enter: Any, nobody: Any) -> None:
    client = enter(nobody)
    assert client.get(page(seeded)).status_code == 404
    assert client.post(page(seeded, "bind"), {}).status_code == 404


def test_a_linked_figure_leads_to_its_record(seeded: Claim, anna: Any) -> None:
    line = seeded.lines.get(title__startswith="gebiedsgericht")  # type: ignore[attr-defined]
    answer = anna.get(page(seeded, "figure-record", "line.commitment", line.public_id))
    assert answer["Location"] == reverse("admin:claims_claimline_change", args=[line.public_id])
    assert anna.get(page(seeded, "figure-record", "line.nothing", line.public_id)).status_code == 404
    assert anna.get(page(seeded, "figure-record", "goal.amount", line.public_id)).status_code == 404


def test_the_page_takes_a_fixed_number_of_queries(seeded: Claim, anna: Any, django_assert_max_num_queries: Any) -> None:
    with django_assert_max_num_queries(56):
        anna.get(page(seeded))
