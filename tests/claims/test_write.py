"""Writing texts: versions, stale saves, refusals."""

import threading
from typing import Any

import pghistory
import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection

from claims.actions.steps import seen_now, take
from claims.actions.write import Stale, write_annex_text, write_section
from claims.models import AnnexPart, Section
from core import richtext
from tests.conftest import NOON

pytestmark = pytest.mark.django_db


@pytest.fixture
def question(claim: Any) -> Any:
    return claim.template.sections.get(key="doelen")


def test_a_text_is_stored_clean_and_versioned(claim: Any, officer: Any, question: Any) -> None:
    first = write_section(by=officer, claim=claim, question=question, text="<p onclick=x>Een</p>", seen=0)
    second = write_section(by=officer, claim=claim, question=question, text="<p>Twee</p>", seen=first.version)
    assert (first.version, first.text) == (1, "<p>Een</p>")
    assert (second.version, second.text) == (2, "<p>Twee</p>")


def test_saving_the_same_text_again_makes_no_new_version(claim: Any, officer: Any, question: Any) -> None:
    write_section(by=officer, claim=claim, question=question, text="<p>Een</p>", seen=0)
    again = write_section(by=officer, claim=claim, question=question, text="<p>Een</p>", seen=0)
    assert again.version == 1


def test_a_stale_save_is_refused_and_carries_what_is_stored_and_by_whom(
    claim: Any, officer: Any, colleague: Any, question: Any
) -> None:
    write_section(by=officer, claim=claim, question=question, text="<p>Van Anna</p>", seen=0)
    with pghistory.context(user=colleague.pk):
        write_section(by=colleague, claim=claim, question=question, text="<p>Van Bram</p>", seen=1)
    with pytest.raises(Stale) as refused:
        write_section(by=officer, claim=claim, question=question, text="<p>Weer van Anna</p>", seen=1)
    assert (refused.value.stored.version, refused.value.stored.text, refused.value.by) == (
        2,
        "<p>Van Bram</p>",
        "Bram Visser",
    )
    assert Section.objects.get().text == "<p>Van Bram</p>"


@pytest.mark.parametrize("who", ["manager", "controller", "reader", "administrator", "nobody", "stranger"])
def test_only_an_officer_of_the_directorate_writes(
    who: str, claim: Any, question: Any, request: pytest.FixtureRequest
) -> None:
    with pytest.raises(PermissionDenied, match="Alleen een beleidsmedewerker"):
        write_section(by=request.getfixturevalue(who), claim=claim, question=question, text="<p>x</p>", seen=0)


def test_a_claim_that_is_no_longer_a_draft_is_not_written(claim: Any, officer: Any, question: Any) -> None:
    take(by=officer, at=NOON, claim=claim, kind="withdraw", seen=seen_now(claim), remark="Niet meer nodig.")
    with pytest.raises(PermissionDenied, match="geen concept meer"):
        write_section(by=officer, claim=claim, question=question, text="<p>x</p>", seen=0)


def test_a_text_that_cannot_be_kept_changes_nothing(claim: Any, officer: Any, question: Any) -> None:
    with pytest.raises(richtext.Unreadable):
        write_section(by=officer, claim=claim, question=question, text="<ul><li>" * 20 + "x", seen=0)
    assert not Section.objects.exists()


def test_what_is_saved_in_bulk_or_straight_is_clean_too(claim: Any, question: Any) -> None:
    Section.objects.bulk_create([Section(claim=claim, question=question, text="<script>x</script><p>a</p>")])
    assert Section.objects.get().text == "<p>a</p>"
    Section.objects.update(text="<p onclick=x>b</p>")
    assert Section.objects.get().text == "<p>b</p>"


def test_the_annex_text_follows_the_same_rules(claim: Any, officer: Any, stranger: Any) -> None:
    part = AnnexPart.objects.create(claim=claim, title="ICRC")
    saved = write_annex_text(by=officer, part=part, text="<p>Een</p>", seen=1)
    assert saved.version == 2
    with pytest.raises(Stale):
        write_annex_text(by=officer, part=part, text="<p>Twee</p>", seen=1)
    with pytest.raises(PermissionDenied):
        write_annex_text(by=stranger, part=part, text="<p>x</p>", seen=2)


@pytest.mark.django_db(transaction=True)
def test_of_two_saves_in_the_same_instant_one_is_refused_and_nothing_is_lost(
    stage: None, officer: Any, colleague: Any, claim: Any
) -> None:
    question = claim.template.sections.get(key="doelen")
    outcomes: list[str] = []

    def save(person: Any, text: str) -> None:
        try:
            write_section(by=person, claim=claim, question=question, text=text, seen=0)
            outcomes.append("saved")
        except Stale as stale:
            outcomes.append("stale" if stale.stored.text else "lost")
        finally:
            connection.close()

    threads = [threading.Thread(target=save, args=(person, f"<p>{person.name}</p>")) for person in (officer, colleague)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["saved", "stale"]
    assert Section.objects.count() == 1
