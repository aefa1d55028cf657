"""Motions and undertakings: entered, due, settled, seen, and handed over with a claim."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import translation

from claims.actions.follow import hand_over
from claims.actions.parliament import lapse, settle, take_up_again
from claims.actions.refused import Refused
from claims.checks.consistency import inconsistent
from claims.enums import HouseItemState
from claims.models import HouseItem
from claims.queries.follow import due_for
from claims.queries.tree import tree_of
from claims.rules.parliament import document
from tests.conftest import NOON

DAY = datetime.date(2026, 3, 2)


@pytest.fixture
def motion(directorate: Any, claim: Any) -> HouseItem:
    """A motion that the officer's claim carries out, due before today."""
    made = HouseItem.objects.create(
        title="Steun aan ontvoerde kinderen",
        signatory="Jansen c.s.",
        raised_on=datetime.date(2025, 11, 20),
        due_on=datetime.date(2026, 2, 1),
        directorate=directorate,
    )
    made.claims.add(claim)
    return made


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("36 045, nr. 213", "36 045, nr. 213"),
        ("36045-213", "36 045, nr. 213"),
        ("Kamerstuk 36 045 nr 213", "36 045, nr. 213"),
        ("36.600 XVII, nr. 12", "36 600 XVII, nr. 12"),
        ("36 600-V, nr. 3", "36 600-V, nr. 3"),
        ("  ", ""),
    ],
)
def test_a_kamerstuk_is_read_in_any_usual_notation(typed: str, stored: str) -> None:
    assert document(typed) == stored


@pytest.mark.parametrize("typed", ["motie 213", "36 045", "3645, nr. 2", "nr. 213", "36 045, nr. 2131234"])
def test_what_is_no_kamerstuk_is_refused(typed: str) -> None:
    with pytest.raises(ValueError, match=typed):
        document(typed)


@pytest.mark.parametrize(
    "wrong",
    [
        {"document": "36045-213"},
        {"kind": "undertaking", "outcome": "adopted"},
        {"kind": "wish"},
        {"state": "settled"},
        {"state": "settled", "closed_on": DAY},
        {"state": "settled", "settled_in": "Kamerstuk 36 045, nr. 214"},
        {"state": "lapsed", "closed_on": DAY},
        {"closed_on": DAY},
        {"settled_in": "brief"},
        {"raised_on": DAY, "state": "settled", "closed_on": datetime.date(2026, 3, 1), "settled_in": "brief"},
    ],
)
def test_the_database_refuses_what_cannot_be(directorate: Any, wrong: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        HouseItem.objects.create(title="x", directorate=directorate, **wrong)


def test_one_motion_is_registered_once(directorate: Any) -> None:
    first = {"title": "a", "document": "36 045, nr. 213", "directorate": directorate}
    HouseItem.objects.create(**first)
    HouseItem.objects.create(**first | {"kind": "undertaking"})  # several promises may stand in one report
    with pytest.raises(IntegrityError), transaction.atomic():
        HouseItem.objects.create(**first | {"title": "b"})


def test_a_letter_settles_it_and_a_mistake_is_taken_back(officer: Any, motion: HouseItem) -> None:
    settle(by=officer, item=motion, on=DAY, letter="Kamerstuk 36 045, nr. 214")
    motion.refresh_from_db()
    assert (motion.state, motion.settled_in) == (HouseItemState.SETTLED, "Kamerstuk 36 045, nr. 214")
    with pytest.raises(Refused):
        lapse(by=officer, item=motion, on=DAY, remark="Vervallen.")
    take_up_again(by=officer, item=motion)
    motion.refresh_from_db()
    assert motion.is_open
    assert motion.closed_on is None


def test_without_a_letter_or_a_reason_it_stays_open(officer: Any, motion: HouseItem) -> None:
    with pytest.raises(Refused):
        settle(by=officer, item=motion, on=DAY, letter=" ")
    with pytest.raises(Refused):
        lapse(by=officer, item=motion, on=DAY, remark="")
    with pytest.raises(Refused, match=r"."):  # before it was tabled
        settle(by=officer, item=motion, on=datetime.date(2025, 1, 1), letter="brief")
    motion.refresh_from_db()
    assert motion.is_open


def test_only_who_keeps_them_settles_them(reader: Any, stranger: Any, controller: Any, motion: HouseItem) -> None:
    for person in (reader, stranger, controller):
        with pytest.raises(PermissionDenied):
            settle(by=person, item=motion, on=DAY, letter="brief")


def test_who_sees_the_claim_sees_its_motions_and_nobody_else(
    officer: Any, reader: Any, stranger: Any, nobody: Any, other_directorate: Any, motion: HouseItem
) -> None:
    for person, seen in ((officer, True), (reader, True), (stranger, False), (nobody, False)):
        assert HouseItem.objects.visible_to(person).filter(pk=motion.pk).exists() == seen
    HouseItem.objects.filter(pk=motion.pk).update(directorate=other_directorate)
    assert HouseItem.objects.visible_to(officer).filter(pk=motion.pk).exists()  # through the claim it concerns


def test_the_list_marks_what_is_overdue_and_names_no_claim_of_others(
    enter: Any, officer: Any, stranger: Any, other_directorate: Any, claim: Any, motion: HouseItem
) -> None:
    HouseItem.objects.filter(pk=motion.pk).update(directorate=other_directorate)
    page = enter(officer).get(reverse("claims:house-items"), {"state": "overdue"}).content.decode()
    assert motion.title in page
    assert "badge--error" in page
    assert claim.reference in page
    page = enter(stranger).get(reverse("claims:house-items")).content.decode()
    assert motion.title in page
    assert claim.reference not in page
    one = enter(stranger).get(reverse("claims:house-item", args=[motion.public_id])).content.decode()
    assert claim.reference not in one


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=ontvoerde", True),
        ("q=Jansen", True),
        ("q=water", False),
        ("kind=undertaking", False),
        ("state=settled", False),
        ("state=", True),
        ("page=99", True),
        ("state=%00", True),
    ],
)
def test_the_list_is_filtered(enter: Any, officer: Any, motion: HouseItem, query: str, found: bool) -> None:
    page = enter(officer).get(f"{reverse('claims:house-items')}?{query}")
    assert page.status_code == 200
    assert (motion.title in page.content.decode()) == found


def test_the_list_asks_a_fixed_number_of_questions(
    enter: Any, officer: Any, directorate: Any, claim: Any, django_assert_max_num_queries: Any
) -> None:
    for number in range(30):
        HouseItem.objects.create(title=f"Motie {number}", directorate=directorate).claims.add(claim)
    client = enter(officer)
    with django_assert_max_num_queries(12):
        client.get(reverse("claims:house-items"))


def test_it_is_entered_changed_and_settled_on_the_pages(enter: Any, officer: Any, directorate: Any, claim: Any) -> None:
    client = enter(officer)
    data = {
        "kind": "motion",
        "title": "Kinderen",
        "document": "36045 213",
        "directorate": directorate.pk,
        "claims": claim.pk,
    }
    answer = client.post(reverse("admin:claims_houseitem_add"), data)
    made = HouseItem.objects.get()
    assert answer["Location"] == reverse("claims:house-item", args=[made.public_id])
    assert made.document == "36 045, nr. 213"
    assert list(made.claims.all()) == [claim]
    refused = client.post(reverse("admin:claims_houseitem_add"), data | {"document": "motie zoveel"})
    assert refused.status_code == 200
    assert HouseItem.objects.count() == 1
    url = reverse("claims:house-item-settle", args=[made.public_id])
    assert client.post(url, {"on": "gisteren", "letter": ""}).status_code == 422
    assert client.post(url, {"on": "4 maart 2026", "letter": "Kamerstuk 36 045, nr. 220"}).status_code == 302
    again = client.post(url, {"on": "4 maart 2026", "letter": "Kamerstuk 36 045, nr. 221"})
    assert again.status_code == 422
    made.refresh_from_db()
    assert made.settled_in == "Kamerstuk 36 045, nr. 220"


def test_changing_one_keeps_its_links_to_claims_that_one_does_not_see(
    enter: Any, stranger: Any, other_directorate: Any, claim: Any, motion: HouseItem
) -> None:
    HouseItem.objects.filter(pk=motion.pk).update(directorate=other_directorate)
    motion.refresh_from_db()
    data = {
        "kind": "motion",
        "title": "Nieuwe titel",
        "directorate": other_directorate.pk,
        "seen_version": motion.version,
    }
    enter(stranger).post(reverse("admin:claims_houseitem_change", args=[motion.public_id]), data)
    motion.refresh_from_db()
    assert motion.title == "Nieuwe titel"
    assert list(motion.claims.all()) == [claim]


def test_it_is_due_to_the_file_holder_or_to_whoever_is_responsible(
    officer: Any, colleague: Any, claim: Any, motion: HouseItem
) -> None:
    claims = type(claim).objects.all()
    (due,) = due_for(officer, claims)
    assert due.on == motion.due_on
    assert motion.title in due.subject
    assert due_for(colleague, claims) == []
    HouseItem.objects.filter(pk=motion.pk).update(responsible=colleague)
    assert due_for(officer, claims) == []
    assert [row.identity for row in due_for(colleague, claims)] == [str(motion.public_id)]
    settle(by=officer, item=motion, on=DAY, letter="brief")
    assert due_for(colleague, claims) == []


def test_due_ones_stand_on_the_list_of_deadlines_and_in_the_calendar(
    enter: Any, officer: Any, motion: HouseItem
) -> None:
    client = enter(officer)
    assert (
        reverse("claims:house-item", args=[motion.public_id])
        in client.get(reverse("claims:deadlines")).content.decode()
    )
    assert motion.title in client.get(reverse("home")).content.decode()
    assert "DTSTART;VALUE=DATE:20260201\r\n" in client.get(reverse("claims:deadlines-file")).content.decode()


def test_a_motion_without_number_is_a_finding_on_its_claims(claim: Any, motion: HouseItem) -> None:
    codes = [finding.code for finding in inconsistent(tree_of(claim.reference))]
    assert "house-item-number" in codes
    HouseItem.objects.filter(pk=motion.pk).update(document="36 045, nr. 213")
    codes = [finding.code for finding in inconsistent(tree_of(claim.reference))]
    assert "house-item-number" not in codes


def test_open_ones_go_along_when_a_claim_is_handed_over(
    enter: Any,
    officer: Any,
    colleague: Any,
    directorate: Any,
    claim: Any,
    motion: HouseItem,
    django_capture_on_commit_callbacks: Any,
) -> None:
    settled = HouseItem.objects.create(title="Al gedaan", directorate=directorate)
    settled.claims.add(claim)
    settle(by=officer, item=settled, on=DAY, letter="brief")
    with django_capture_on_commit_callbacks(execute=True):
        (made,) = hand_over(by=officer, at=NOON, claims=[claim], to=colleague, note="Let op de motie.")
    assert [row["title"] for row in made.summary["house_items"]] == [motion.title]
    assert motion.title in mail.outbox[0].body
    settle(by=officer, item=motion, on=DAY, letter="brief")  # the note tells how it stood
    page = enter(colleague).get(reverse("claims:handovers", args=[claim.reference])).content.decode()
    assert motion.title in page
    assert "Let op de motie." in page
    assert "Al gedaan" not in page


def test_the_claim_shows_its_motions(enter: Any, reader: Any, claim: Any, motion: HouseItem) -> None:
    with translation.override("en"):
        page = enter(reader).get(reverse("claims:overview", args=[claim.reference])).content.decode()
    assert motion.title in page
    assert reverse("claims:house-item", args=[motion.public_id]) in page
