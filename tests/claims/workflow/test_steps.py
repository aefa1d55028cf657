"""Every step from every state by every role: taken where the table says so, refused with a reason everywhere else."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.db.utils import IntegrityError

from claims.actions.ledger import commit, record_mutation
from claims.actions.refused import Refused
from claims.actions.steps import Incomplete, agree, seen_now, submit, take
from claims.enums import ClaimState, Outcome, StepKind
from claims.models import Claim, ClaimLine, FindingAnswer, GrantEntry, LineYear, Section, Step
from claims.policies import may_take, moves_for
from claims.queries import workflow
from claims.rules.workflow import MOVES, allowed
from tests.conftest import NOON

pytestmark = pytest.mark.django_db


def bring(way: Any, state: str) -> Claim:
    """Bring the claim into a state the way people would."""
    if state in (ClaimState.SUBMITTED, ClaimState.RETURNED):
        way.submitted()
        if state == ClaimState.RETURNED:
            way.step(StepKind.RETURN, "controller", "Dekking ontbreekt.")
    elif state == ClaimState.AGREED:
        way.agreed()
    elif state == ClaimState.PRESENTED:
        way.presented()
    elif state == ClaimState.HELD:
        way.presented()
        way.decided(Outcome.HELD)
    elif state == ClaimState.REJECTED:
        way.presented()
        way.decided(Outcome.REJECTED)
    elif state == ClaimState.GRANTED:
        way.granted()
    elif state == ClaimState.PARTLY_GRANTED:
        way.presented()
        (row,) = way.all_of_it()
        way.decided(Outcome.LOWER, [type(row)(row.line, row.envelope, row.commitment / 2)])
    elif state == ClaimState.RUNNING:
        way.granted()
        execute(way)
    elif state == ClaimState.CLOSED:
        way.granted()
        way.step(StepKind.CLOSE, "manager", "Afgerond.")
    elif state == ClaimState.WITHDRAWN:
        way.step(StepKind.WITHDRAW, "officer", "Niet meer nodig.")
    way.claim.refresh_from_db()
    assert way.claim.state == state
    return way.claim


def execute(way: Any) -> None:
    """Sign the first commitment, from a budget that is there."""
    row, by = way.all_of_it()[0], way.cast["bookkeeper"]
    record_mutation(
        by=by,
        at=NOON,
        envelope=row.envelope,
        series="commitment",
        amount=row.commitment,
        booked_on=NOON.date(),
        moment="draft-budget",
        stage="authorised",
    )
    partner = row.line.partners.get()
    commit(
        by=by,
        at=NOON,
        line=row.line,
        partner=partner,
        envelope=row.envelope,
        number="ARR-1",
        amount=row.commitment,
        signed_on=NOON.date(),
    )


REACHED = list(ClaimState)
ROLES = [
    "officer",
    "colleague",
    "manager",
    "controller",
    "registrar",
    "bookkeeper",
    "reader",
    "stranger",
    "administrator",
    "nobody",
]


@pytest.mark.slow
@pytest.mark.parametrize("state", REACHED)
def test_each_role_may_take_exactly_the_steps_of_the_table(way: Any, state: str) -> None:
    claim = bring(way, state)
    for name in ROLES:
        user = way.cast[name]
        for kind, move in MOVES.items():
            refusal = may_take(user, claim, kind)
            role = {"colleague": "officer"}.get(name, name)
            expected = role in move.roles and state in move.origins and kind != StepKind.DROP
            assert (refusal is None) == expected, f"{name} {kind} from {state}: {refusal}"
            if refusal:
                assert str(refusal.reason)
            if not move.by_hand or kind in (StepKind.SUBMIT, StepKind.AGREE):
                continue
            if not expected:
                with pytest.raises(PermissionDenied):
                    take(by=user, at=NOON, claim=claim, kind=kind, seen=seen_now(claim), remark="Omdat.")
    assert Claim.objects.get(pk=claim.pk).state == state


@pytest.mark.slow
@pytest.mark.parametrize("state", REACHED)
def test_the_buttons_are_the_steps_that_may_be_taken(way: Any, state: str) -> None:
    claim = bring(way, state)
    for name in ROLES:
        shown = {move.kind for move in moves_for(way.cast[name], claim)}
        assert shown == {
            kind for kind, move in MOVES.items() if move.by_hand and may_take(way.cast[name], claim, kind) is None
        }


def test_the_database_and_the_table_allow_the_same_steps() -> None:
    with connection.cursor() as cursor:
        for kind in StepKind:
            for origin in ClaimState:
                for end in ClaimState:
                    cursor.execute("select claims_step_allowed(%s, %s, %s)", [kind, origin, end])
                    assert cursor.fetchone()[0] == allowed(kind, origin, end), (kind, origin, end)


# -- nothing moves a state or grants money but a step -----------------------------------------------------------------


def refused(rule: str, act: Any) -> None:
    """The database refuses, and names the rule."""
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        act()
    assert caught.value.__cause__.diag.constraint_name == rule  # type: ignore[union-attr]


def test_a_state_cannot_be_set_by_save_update_or_sql(way: Any) -> None:
    claim = way.claim

    def by_save() -> None:
        claim.state = ClaimState.GRANTED
        claim.save()

    def by_sql() -> None:
        with connection.cursor() as cursor:
            cursor.execute("update claims_claim set state = 'granted' where id = %s", [claim.pk])

    refused("claim_state_by_step", by_save)
    refused("claim_state_by_step", by_sql)
    refused("claim_state_by_step", lambda: Claim.objects.filter(pk=claim.pk).update(round=2))
    with connection.cursor() as cursor:
        cursor.execute("select set_config('pgtrigger.ignore', '{claims_claim:claims_guard_claim}', true)")
    refused("claim_state_by_step", by_sql)


def test_a_claim_cannot_begin_in_another_state(way: Any) -> None:
    fields = {
        field.name: getattr(way.claim, field.name)
        for field in Claim._meta.concrete_fields
        if field.name not in ("id", "public_id", "reference", "state")
    }
    refused(
        "claim_begins_as_draft",
        lambda: Claim.objects.bulk_create([Claim(**fields, reference="BV-2026-9999", state=ClaimState.GRANTED)]),
    )


def test_money_cannot_be_granted_without_a_step(way: Any) -> None:
    step = Step.objects.filter(claim=way.submitted()).get()
    (line,) = way.claim.lines.all()
    entry = GrantEntry(
        line=line,
        envelope=line.years.get().envelope,
        series="commitment",
        kind="grant",
        amount=1,
        step=step,
        booked_on=NOON.date(),
        recorded_at=NOON,
        recorded_by=way.cast["officer"],
    )
    refused("grant_by_step", entry.save)
    refused("grant_by_step", lambda: GrantEntry.objects.bulk_create([entry]))


def test_steps_and_grants_are_never_changed_or_removed(way: Any) -> None:
    way.granted()
    entry, step = GrantEntry.objects.get(), Step.objects.order_by("pk").first()
    refused("append_only", lambda: GrantEntry.objects.filter(pk=entry.pk).update(amount=5))
    refused("append_only", entry.delete)
    refused("append_only", lambda: Step.objects.filter(pk=step.pk).update(remark="x"))  # type: ignore[union-attr]
    refused("append_only", lambda: Step.objects.filter(pk=step.pk)._raw_delete("default"))  # type: ignore[union-attr]


def test_a_step_in_sql_that_the_table_does_not_know_is_refused(way: Any) -> None:
    seen = seen_now(way.claim)
    step = Step(
        claim=way.claim,
        round=1,
        kind=StepKind.PRESENT,
        from_state="draft",
        to_state="presented",
        by=way.cast["manager"],
        at=NOON,
        booked_on=NOON.date(),
        digest=seen.digest,
    )
    refused("step_allowed", step.save)
    step.pk, step.kind, step.to_state, step.from_state = None, StepKind.AGREE, "agreed", "submitted"
    refused("step_from_present_state", step.save)


@pytest.mark.parametrize("model", [ClaimLine, LineYear, Section])
def test_a_draft_is_closed_once_it_is_submitted(way: Any, model: Any) -> None:
    claim = way.submitted()
    line = claim.lines.get()
    acts = {
        ClaimLine: lambda: ClaimLine.objects.filter(pk=line.pk).update(title="Anders"),
        LineYear: lambda: LineYear.objects.filter(line=line).delete(),
        Section: lambda: Section.objects.create(claim=claim, question=claim.template.sections.first(), text=""),
    }
    refused("claim_draft_is_open", acts[model])
    refused("claim_draft_is_open", lambda: Claim.objects.filter(pk=claim.pk).update(amount=1))


def test_file_holder_and_the_ministrys_reference_may_still_change(way: Any) -> None:
    claim = way.submitted()
    Claim.objects.filter(pk=claim.pk).update(owner=way.cast["colleague"], ministry_reference="BZ2600001")
    claim.refresh_from_db()
    assert claim.owner == way.cast["colleague"]


# -- submitting ---------------------------------------------------------------------------------------------------------


def test_what_is_missing_is_asked_when_submitting(way: Any) -> None:
    with pytest.raises(Incomplete) as caught:
        submit(by=way.cast["officer"], at=NOON, claim=way.claim, seen=seen_now(way.claim))
    assert {finding.code for finding in caught.value.findings} >= {"text-doelen", "evaluation"}
    assert all(finding.url for finding in caught.value.findings)
    way.claim.refresh_from_db()
    assert way.claim.state == ClaimState.DRAFT


def test_a_reason_answers_a_finding_and_is_kept(way: Any) -> None:
    way.submitted()
    kept = FindingAnswer.objects.filter(claim=way.claim, code="evaluation").get()
    assert (kept.reason, kept.by, kept.round) == ("Volgt later.", way.cast["officer"], 1)


def test_a_reason_given_once_holds_for_the_round(way: Any) -> None:
    way.submitted()
    way.step(StepKind.RETURN, "controller", "Graag de titel korter.")
    submit(by=way.cast["officer"], at=way.later(), claim=way.claim, seen=seen_now(way.claim))
    way.claim.refresh_from_db()
    assert way.claim.state == ClaimState.SUBMITTED


# -- four eyes ----------------------------------------------------------------------------------------------------------


def test_who_drafted_cannot_agree(way: Any) -> None:
    from core.models import Membership

    Membership.objects.create(user=way.cast["officer"], role="controller")
    way.submitted()
    with pytest.raises(PermissionDenied) as caught:
        agree(by=way.cast["officer"], at=NOON, claim=way.claim, seen=seen_now(way.claim))
    assert "Carla Mulder" in str(caught.value)


def test_who_changed_one_figure_counts_as_a_drafter(way: Any) -> None:
    way.set_amounts("controller", **{"Steun aan kinderen": "1900000.00"})
    assert workflow.drafters(way.claim) == {way.cast["officer"].pk, way.cast["controller"].pk}
    way.claim.amount = 1_900_000
    way.submitted()
    with pytest.raises(PermissionDenied):
        agree(by=way.cast["controller"], at=NOON, claim=way.claim, seen=seen_now(way.claim))


def test_taking_a_step_makes_nobody_a_drafter(way: Any) -> None:
    way.submitted()
    way.step(StepKind.RETURN, "controller", "Graag korter.")
    assert workflow.drafters(way.claim) == {way.cast["officer"].pk}


def test_the_database_itself_refuses_an_agreement_by_a_drafter(way: Any) -> None:
    from claims.models import Approval

    claim = way.submitted()
    submission = workflow.submission_of(claim)
    approval = Approval(submission=submission, by=way.cast["officer"], at=NOON, digest=workflow.digest(claim))
    refused("step_four_eyes", approval.save)


def test_a_large_claim_needs_two_controllers(way: Any) -> None:
    Claim.objects.filter(pk=way.claim.pk).update(amount=20_000_000)
    way.claim.refresh_from_db()
    claim = way.submitted()
    assert agree(by=way.cast["controller"], at=NOON, claim=claim, seen=seen_now(claim)) is None
    claim.refresh_from_db()
    assert claim.state == ClaimState.SUBMITTED
    with pytest.raises(Refused) as caught:
        agree(by=way.cast["controller"], at=NOON, claim=claim, seen=seen_now(claim))
    assert caught.value.rule == "approval_once"
    assert agree(by=way.cast["second_controller"], at=NOON, claim=claim, seen=seen_now(claim)) is not None
    claim.refresh_from_db()
    assert claim.state == ClaimState.AGREED


def test_a_step_in_sql_cannot_skip_the_second_controller(way: Any) -> None:
    Claim.objects.filter(pk=way.claim.pk).update(amount=20_000_000)
    way.claim.refresh_from_db()
    claim = way.submitted()
    agree(by=way.cast["controller"], at=NOON, claim=claim, seen=seen_now(claim))
    step = Step(
        claim=claim,
        round=1,
        kind=StepKind.AGREE,
        from_state="submitted",
        to_state="agreed",
        by=way.cast["controller"],
        at=NOON,
        booked_on=NOON.date(),
        digest=workflow.digest(claim),
    )
    refused("step_approvals", step.save)


def test_agreement_holds_for_what_was_shown_only(way: Any) -> None:
    seen = seen_now(way.submitted())
    way.step(StepKind.RETURN, "controller", "Bedrag klopt niet.")
    way.set_amounts("officer", **{"Steun aan kinderen": "1500000.00"})
    way.submitted()
    with pytest.raises(Refused) as caught:
        agree(by=way.cast["second_controller"], at=NOON, claim=way.claim, seen=seen)
    assert caught.value.rule == "step_on_shown_content"


def test_a_stale_page_is_told_so(way: Any) -> None:
    seen = seen_now(way.claim)
    way.submitted()
    way.step(StepKind.RETURN, "controller", "Graag korter.")
    stale = type(seen)("submitted", 1, seen.digest)
    with pytest.raises(Refused) as caught:
        take(by=way.cast["officer"], at=NOON, claim=way.claim, kind=StepKind.WITHDRAW, seen=stale, remark="Weg.")
    assert caught.value.rule == "step_from_present_state"


def test_a_remark_is_wanted_where_a_reader_will_ask_why(way: Any) -> None:
    way.submitted()
    with pytest.raises(Refused) as caught:
        take(
            by=way.cast["controller"],
            at=NOON,
            claim=way.claim,
            kind=StepKind.RETURN,
            seen=seen_now(way.claim),
            remark=" ",
        )
    assert caught.value.rule == "step_remark_given"
