"""The state line of a claim as one table: which step leads from which state to which, who takes it, what it asks.

The database keeps the same table (`claims_step_allowed` in the migration's SQL) and refuses everything else; a test
holds the two together.
"""

from __future__ import annotations

from dataclasses import dataclass

from claims.enums import ClaimState as State
from claims.enums import StepKind
from core.enums import Role

CHECKED = (State.SUBMITTED, State.AGREED, State.PRESENTED, State.HELD)  # on the way to a decision
IN_FORCE = (State.GRANTED, State.PARTLY_GRANTED, State.RUNNING)  # decided: money may be committed


@dataclass(frozen=True)
class Move:
    """One row: the step, where it may begin and end, whose it is, and whether it wants a remark."""

    kind: StepKind
    origins: tuple[State, ...]
    ends: tuple[State, ...]
    roles: tuple[Role, ...]
    remark: bool = False
    four_eyes: bool = False  # not for who drafted in this round
    by_hand: bool = True  # False: happens by itself with something else


MOVES = {
    move.kind: move
    for move in (
        Move(StepKind.SUBMIT, (State.DRAFT, State.RETURNED), (State.SUBMITTED,), (Role.OFFICER, Role.MANAGER)),
        Move(
            StepKind.TAKE_BACK,
            (State.SUBMITTED, State.AGREED, State.PRESENTED, State.HELD),
            (State.RETURNED,),
            (Role.OFFICER, Role.MANAGER),
            remark=True,
        ),
        Move(
            StepKind.RETURN,
            (State.SUBMITTED, State.AGREED),
            (State.RETURNED,),
            (Role.CONTROLLER,),
            remark=True,
            four_eyes=True,
        ),
        Move(StepKind.AGREE, (State.SUBMITTED,), (State.AGREED,), (Role.CONTROLLER,), four_eyes=True),
        Move(StepKind.PRESENT, (State.AGREED, State.HELD), (State.PRESENTED,), (Role.OFFICER, Role.MANAGER)),
        Move(
            StepKind.DECIDE,
            (State.PRESENTED, State.HELD),
            (*IN_FORCE, State.HELD, State.REJECTED),
            (Role.REGISTRAR,),
            four_eyes=True,
            by_hand=False,
        ),
        Move(StepKind.AMEND, IN_FORCE, (State.DRAFT,), (Role.OFFICER, Role.MANAGER), remark=True),
        Move(
            StepKind.DROP,
            (State.DRAFT, State.RETURNED, *CHECKED),
            IN_FORCE,
            (Role.OFFICER, Role.MANAGER),
            remark=True,
        ),
        Move(
            StepKind.START, (State.GRANTED, State.PARTLY_GRANTED), (State.RUNNING,), (Role.BOOKKEEPER,), by_hand=False
        ),
        Move(StepKind.CLOSE, IN_FORCE, (State.CLOSED,), (Role.MANAGER,), remark=True),
        Move(
            StepKind.WITHDRAW,
            (State.DRAFT, State.RETURNED, *CHECKED, State.GRANTED, State.PARTLY_GRANTED),
            (State.WITHDRAWN,),
            (Role.OFFICER, Role.MANAGER),
            remark=True,
        ),
    )
}


def from_state(state: str, *, amending: bool) -> tuple[Move, ...]:
    """Return the moves that can begin in a state. While amending, the proposal is dropped, not withdrawn: the grant stands."""
    return tuple(
        move
        for move in MOVES.values()
        if state in move.origins
        and not (amending and move.kind == StepKind.WITHDRAW and state not in IN_FORCE)
        and (amending or move.kind != StepKind.DROP)
    )


def allowed(kind: str, origin: str, end: str) -> bool:
    """True when the step may lead from the one state to the other."""
    move = MOVES[StepKind(kind)]
    return origin in move.origins and end in move.ends
