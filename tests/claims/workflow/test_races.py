"""Two people in the same second, with real transactions: one wins, the other is told, and nothing is half done."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pghistory
import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.db.utils import IntegrityError

from claims.actions.decide import confirm, facts_mark, register
from claims.actions.refused import Refused
from claims.actions.steps import agree, seen_now, take
from claims.actions.write import write_section
from claims.enums import ClaimState, StepKind
from claims.models import GrantEntry, LineYear, Party, Step
from core.models import Membership, User
from tests.conftest import NOON

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


@pytest.fixture
def way(stage: None, way: Any) -> Any:
    """The cast, on tables that are really written."""
    return way


def at_once(*acts: Callable[[], Any]) -> list[Any]:
    """Run acts in threads that begin together; each answers its result or the exception."""
    barrier, results = threading.Barrier(len(acts)), [None] * len(acts)

    def run(index: int, act: Callable[[], Any]) -> None:
        try:
            barrier.wait()
            results[index] = act()
        except Exception as error:
            results[index] = error  # type: ignore[call-overload]
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def test_two_registrars_confirm_in_the_same_second_and_money_is_granted_once(way: Any) -> None:
    way.presented()
    decision = register(
        by=way.cast["registrar"],
        at=NOON,
        claim=way.claim,
        party=Party.objects.get(code="R"),
        outcome="granted",
        decided_on=NOON.date(),
        amounts=way.all_of_it(),
    )
    third = User.objects.create(username="derde", name="Derde")
    Membership.objects.create(user=third, role="registrar")
    seen, shown = seen_now(way.claim), facts_mark(decision)
    results = at_once(
        *(
            lambda by=by: confirm(by=by, at=NOON, decision=decision, shown=shown, seen=seen)
            for by in (way.cast["confirmer"], third)
        )
    )
    assert sorted(type(result) for result in results if not isinstance(result, Step)) == [Refused]
    assert GrantEntry.objects.count() == 1
    assert Step.objects.filter(kind=StepKind.DECIDE).count() == 1


def test_agreeing_and_returning_at_once_ends_in_one_of_the_two(way: Any) -> None:
    claim = way.submitted()
    seen = seen_now(claim)
    results = at_once(
        lambda: agree(by=way.cast["controller"], at=NOON, claim=claim, seen=seen),
        lambda: take(
            by=way.cast["second_controller"], at=NOON, claim=claim, kind=StepKind.RETURN, seen=seen, remark="Nee."
        ),
    )
    claim.refresh_from_db()
    assert sum(isinstance(result, Step) for result in results) in (1, 2)
    if sum(isinstance(result, Step) for result in results) == 2:  # agreed first: FEZ may still return it
        raise AssertionError("the second acted on a page that showed another state")
    assert claim.state in (ClaimState.AGREED, ClaimState.RETURNED)
    (loser,) = [result for result in results if not isinstance(result, Step)]
    assert isinstance(loser, Refused | PermissionDenied)


def test_a_doubled_click_takes_one_step(way: Any) -> None:
    way.agreed()
    seen = seen_now(way.claim)
    results = at_once(
        *[
            lambda: take(by=way.cast["manager"], at=NOON, claim=way.claim, kind=StepKind.PRESENT, seen=seen)
            for _ in range(2)
        ]
    )
    assert sum(isinstance(result, Step) for result in results) == 1
    assert Step.objects.filter(kind=StepKind.PRESENT).count() == 1


def test_two_controllers_agree_at_once_and_both_count(way: Any) -> None:
    type(way.claim).objects.filter(pk=way.claim.pk).update(amount=20_000_000)
    way.claim.refresh_from_db()
    claim = way.submitted()
    seen = seen_now(claim)
    results = at_once(
        *(
            lambda by=way.cast[name]: agree(by=by, at=NOON, claim=claim, seen=seen)
            for name in ("controller", "second_controller")
        )
    )
    assert sum(isinstance(result, Step) for result in results) == 1
    assert sum(result is None for result in results) == 1
    claim.refresh_from_db()
    assert claim.state == ClaimState.AGREED


def test_a_role_withdrawn_in_between_stops_the_step(way: Any) -> None:
    claim = way.submitted()
    controller = User.objects.get(pk=way.cast["controller"].pk)
    seen = seen_now(claim)
    assert controller.memberships.exists()  # the page was shown
    Membership.objects.filter(user=controller).delete()
    with pytest.raises(PermissionDenied):
        agree(by=controller, at=NOON, claim=claim, seen=seen)


def test_a_draft_changed_while_it_is_submitted_waits_and_is_refused(way: Any) -> None:
    """The officer's colleague saves a figure in the very second of submitting: whoever is first wins, never both unseen."""
    claim, colleague = way.claim, way.cast["colleague"]
    reasons, seen = way.reasons(), seen_now(claim)
    from claims.actions.steps import submit

    def change() -> str:
        with pghistory.context(user=colleague.pk), transaction.atomic():
            LineYear.objects.filter(line__claim=claim).update(commitment=1)
        return "changed"

    results = at_once(lambda: submit(by=way.cast["officer"], at=NOON, claim=claim, seen=seen, reasons=reasons), change)
    claim.refresh_from_db()
    amount = LineYear.objects.get(line__claim=claim).commitment
    if isinstance(results[0], Step):
        assert isinstance(results[1], IntegrityError)
        assert amount == 2_000_000
    else:
        assert isinstance(results[0], Refused)
        assert (claim.state, amount) == (ClaimState.DRAFT, 1)


def test_writing_while_it_is_submitted_is_refused_in_words(way: Any) -> None:
    claim = way.submitted()
    question = claim.template.sections.order_by("position").first()
    with pytest.raises(PermissionDenied):
        write_section(by=way.cast["officer"], claim=claim, question=question, text="<p>x</p>", seen=0)
