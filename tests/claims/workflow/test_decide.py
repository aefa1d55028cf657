"""Decisions of people without an account: registered by one, confirmed by another, and then money is granted."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.db.utils import IntegrityError

from claims.actions.decide import Given, confirm, drop, facts_mark, record_milestone, register
from claims.actions.refused import Refused
from claims.actions.steps import seen_now
from claims.enums import ClaimState, Outcome, StepKind
from claims.models import Claim, Decision, GrantEntry, LineYear, Party, RequiredEvidence
from claims.queries import workflow
from tests.conftest import NOON

pytestmark = pytest.mark.django_db
ON = datetime.date(2026, 1, 16)


def r_agrees(way: Any, **fields: Any) -> Decision:
    """Register the minister's agreement with all of it."""
    fields.setdefault("amounts", way.all_of_it())
    fields.setdefault("outcome", Outcome.GRANTED)
    fields.setdefault("decided_on", ON)
    return register(by=way.cast["registrar"], at=NOON, claim=way.claim, party=Party.objects.get(code="R"), **fields)


def test_confirming_grants_what_was_requested(way: Any) -> None:
    claim = way.granted()
    assert claim.state == ClaimState.GRANTED
    entry = GrantEntry.objects.get()
    assert (entry.amount, entry.signed, entry.series, entry.kind) == (
        Decimal("2000000.00"),
        Decimal("2000000.00"),
        "commitment",
        "grant",
    )
    assert entry.recorded_by == way.cast["confirmer"]


def test_registering_alone_grants_nothing(way: Any) -> None:
    way.presented()
    r_agrees(way)
    way.claim.refresh_from_db()
    assert way.claim.state == ClaimState.PRESENTED
    assert not GrantEntry.objects.exists()


def test_six_million_asked_five_granted_under_a_condition(way: Any) -> None:
    way.set_amounts("officer", **{"Steun aan kinderen": "6000000.00"})
    Claim.objects.filter(pk=way.claim.pk).update(amount=6_000_000)
    way.claim.refresh_from_db()
    way.presented()
    (row,) = way.all_of_it()
    way.decided(
        Outcome.CONDITIONAL,
        [Given(row.line, row.envelope, Decimal("5000000.00"))],
        condition="Na een positief advies van de ambassade.",
    )
    assert way.claim.state == ClaimState.PARTLY_GRANTED
    assert workflow.granted(way.claim)[row.line.pk, row.envelope.pk].commitment == Decimal("5000000.00")
    assert Decision.objects.get().condition == "Na een positief advies van de ambassade."


def test_held_over_and_granted_later(way: Any) -> None:
    way.presented()
    way.decided(Outcome.HELD)
    assert way.claim.state == ClaimState.HELD
    assert not GrantEntry.objects.exists()
    way.decided()
    assert way.claim.state == ClaimState.GRANTED
    assert GrantEntry.objects.count() == 1


def test_not_agreed_grants_nothing_and_is_the_end(way: Any) -> None:
    way.presented()
    way.decided(Outcome.REJECTED)
    assert way.claim.state == ClaimState.REJECTED
    assert not GrantEntry.objects.exists()


def test_a_decision_of_finance_is_on_record_and_moves_nothing(way: Any) -> None:
    fin = Party.objects.get(code="FIN")
    decision = register(
        by=way.cast["registrar"],
        at=NOON,
        claim=way.claim,
        party=fin,
        outcome=Outcome.GRANTED,
        date_unknown=True,
        remark="Akkoord met de besteding.",
    )
    assert not decision.settles
    confirm(by=way.cast["confirmer"], at=NOON, decision=decision, shown=facts_mark(decision), seen=seen_now(way.claim))
    way.claim.refresh_from_db()
    decision.refresh_from_db()
    assert way.claim.state == ClaimState.DRAFT
    assert decision.confirmed_by == way.cast["confirmer"]


def test_the_story_of_the_nota_in_any_order(way: Any) -> None:
    """R agreed on 16 January; the nota followed on 4 February; Finance agreed before, and was consulted on the letter."""
    fin = Party.objects.get(code="FIN")
    record_milestone(
        by=way.cast["officer"], at=NOON, claim=way.claim, kind="coordinated", party="FIN", date_unknown=True
    )
    way.presented()
    way.decided(decided_on=ON, wording="Akkoord met een extra bijdrage van EUR 2 mln.")
    register(by=way.cast["registrar"], at=NOON, claim=way.claim, party=fin, outcome="granted", date_unknown=True)
    record_milestone(
        by=way.cast["registrar"], at=NOON, claim=way.claim, kind="sent", happened_on=datetime.date(2026, 2, 4)
    )
    assert way.claim.state == ClaimState.GRANTED
    assert list(way.claim.milestones.order_by("pk").values_list("kind", flat=True)) == ["coordinated", "sent"]


# -- who, and what was shown ------------------------------------------------------------------------------------------


def test_whoever_registered_does_not_confirm(way: Any) -> None:
    way.presented()
    decision = r_agrees(way)
    with pytest.raises(PermissionDenied) as caught:
        confirm(
            by=way.cast["registrar"], at=NOON, decision=decision, shown=facts_mark(decision), seen=seen_now(way.claim)
        )
    assert "Noor Smit" in str(caught.value)
    with pytest.raises(IntegrityError) as error, transaction.atomic():
        Decision.objects.filter(pk=decision.pk).update(confirmed_by=way.cast["registrar"], confirmed_at=NOON)
    assert error.value.__cause__.diag.constraint_name == "decision_four_eyes"  # type: ignore[union-attr]


@pytest.mark.parametrize("name", ["officer", "manager", "controller", "bookkeeper", "reader", "stranger", "nobody"])
def test_only_registrars_register(way: Any, name: str) -> None:
    way.presented()
    with pytest.raises(PermissionDenied):
        register(
            by=way.cast[name],
            at=NOON,
            claim=way.claim,
            party=Party.objects.get(code="R"),
            outcome="granted",
            decided_on=ON,
            amounts=way.all_of_it(),
        )


def test_a_drafter_who_is_registrar_too_does_not_confirm(way: Any) -> None:
    way.set_amounts("confirmer", **{"Steun aan kinderen": "1999999.00"})
    way.presented()
    decision = r_agrees(way)
    with pytest.raises(PermissionDenied):
        confirm(
            by=way.cast["confirmer"], at=NOON, decision=decision, shown=facts_mark(decision), seen=seen_now(way.claim)
        )


def test_a_decision_is_registered_once_presented(way: Any) -> None:
    way.agreed()
    with pytest.raises(PermissionDenied) as caught:
        r_agrees(way)
    assert "akkoord FEZ" in str(caught.value)


def test_confirming_twice_does_nothing_more(way: Any) -> None:
    way.presented()
    decision = r_agrees(way)
    seen, shown = seen_now(way.claim), facts_mark(decision)
    confirm(by=way.cast["confirmer"], at=NOON, decision=decision, shown=shown, seen=seen)
    with pytest.raises(Refused) as caught:
        confirm(by=way.cast["confirmer"], at=NOON, decision=decision, shown=shown, seen=seen)
    assert caught.value.rule == "decision_stands"
    assert GrantEntry.objects.count() == 1


def test_confirming_in_sql_without_the_step_is_refused_when_the_transaction_ends(way: Any) -> None:
    way.presented()
    decision = r_agrees(way)

    def confirm_alone() -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            Decision.objects.filter(pk=decision.pk).update(confirmed_by=way.cast["confirmer"], confirmed_at=NOON)
            cursor.execute("set constraints all immediate")

    with pytest.raises(IntegrityError) as caught:
        confirm_alone()
    assert caught.value.__cause__.diag.constraint_name == "step_decision"  # type: ignore[union-attr]


def test_a_registered_decision_is_not_changed_but_dropped_with_a_reason(way: Any) -> None:
    way.presented()
    decision = r_agrees(way)
    with pytest.raises(IntegrityError), transaction.atomic():
        Decision.objects.filter(pk=decision.pk).update(outcome="rejected")
    with pytest.raises(Refused) as caught:
        r_agrees(way)
    assert caught.value.rule == "decision_one_open"
    with pytest.raises(Refused):
        drop(by=way.cast["registrar"], at=NOON, decision=decision, reason="  ")
    drop(by=way.cast["registrar"], at=NOON, decision=decision, reason="Verkeerd bedrag.")
    r_agrees(way)


# -- what cannot be registered ----------------------------------------------------------------------------------------


def test_more_than_requested_is_refused(way: Any) -> None:
    way.presented()
    (row,) = way.all_of_it()
    with pytest.raises(Refused) as caught:
        r_agrees(way, amounts=[Given(row.line, row.envelope, row.commitment + Decimal("0.01"))])
    assert caught.value.rule == "decision_within_request"
    assert not Decision.objects.exists()


def test_a_date_or_the_word_that_it_is_unknown(way: Any) -> None:
    way.presented()
    with pytest.raises(Refused) as caught:
        r_agrees(way, decided_on=None)
    assert caught.value.rule == "decision_date_or_unknown"


def test_a_condition_must_be_said(way: Any) -> None:
    way.presented()
    with pytest.raises(Refused) as caught:
        r_agrees(way, outcome=Outcome.CONDITIONAL)
    assert caught.value.rule == "decision_condition_given"


def test_granting_nothing_is_no_grant(way: Any) -> None:
    way.presented()
    with pytest.raises(Refused):
        r_agrees(way, amounts=[])


def test_required_evidence_must_be_there_first(way: Any) -> None:
    from claims.actions.evidence import add_evidence
    from claims.models import EvidenceKind

    kind = EvidenceKind.objects.get(code="signed-nota")
    RequiredEvidence.objects.create(step=StepKind.DECIDE, kind=kind)
    way.presented()
    with pytest.raises(Refused) as caught:
        way.decided()
    assert caught.value.rule == "evidence_required"
    assert "geparafeerde nota" in str(caught.value)
    Decision.objects.filter(confirmed_at=None).update(dropped_by=way.cast["registrar"], dropped_at=NOON)
    add_evidence(by=way.cast["registrar"], at=NOON, claim=way.claim, name="nota.txt", content=b"Akkoord, R", kind=kind)
    way.decided()
    assert way.claim.state == ClaimState.GRANTED


def test_an_unknown_envelope_is_chosen_with_the_decision(way: Any, envelope: Any) -> None:
    row = LineYear.objects.get(line__claim=way.claim)
    row.envelope, row.open_year = None, 2026
    row.save()
    way.presented()
    way.decided(amounts=[Given(row.line, envelope, Decimal("2000000.00"))])
    assert GrantEntry.objects.get().envelope == envelope
