"""32 writers on 8 connections for the last euro of an envelope: one in each series wins, every other is told why."""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from decimal import Decimal

from django.db import connection
from django.utils import translation

from claims.actions import ledger
from claims.actions.refused import Refused
from claims.checks.ledger import differences
from claims.queries import headroom
from tests.conftest import NOON
from tests.soak.stage import DAY, Stage, add_budget, set_up

WRITERS = 32
CONNECTIONS = 8
EURO = Decimal("1.00")
EXPECTED = {"won": 2, "limit_envelope_commitment": WRITERS // 2 - 1, "limit_envelope_cash": WRITERS // 2 - 1}


@dataclass
class Outcome:
    """What became of all rounds."""

    rounds: int = 0
    writes: int = 0
    answers: Counter[str] = field(default_factory=Counter)
    seconds: float = 0
    slowest: float = 0
    deadlocks: int = 0

    def __str__(self) -> str:
        told = ", ".join(f"{count} x {name}" for name, count in sorted(self.answers.items()))
        return (
            f"{self.rounds} rounds, {self.writes} writes in {self.seconds:.1f} s, the slowest round {self.slowest:.2f} s: "
            f"{told}; deadlocks the database met: {self.deadlocks}, shown to a writer: 0"
        )


def soak(rounds: int, say: Callable[[str], object]) -> Outcome:
    """Play the rounds. Raises AssertionError when a limit is passed, a loser is not told why, or stands are not sums."""
    stage, outcome = set_up(), Outcome(deadlocks=-deadlocks())
    began = time.perf_counter()
    with ThreadPoolExecutor(CONNECTIONS) as pool:
        for number in range(1, rounds + 1):
            started = time.perf_counter()
            _round(stage, number, pool, outcome)
            outcome.slowest = max(outcome.slowest, time.perf_counter() - started)
            if number % 50 == 0:
                say(f"round {number} of {rounds}")
        close = threading.Barrier(CONNECTIONS)
        for _thread in range(CONNECTIONS):
            pool.submit(_close, close)
    outcome.seconds = time.perf_counter() - began
    outcome.deadlocks += deadlocks()
    return outcome


def _round(stage: Stage, number: int, pool: ThreadPoolExecutor, outcome: Outcome) -> None:
    """Lay one euro in each series of the envelope and have every writer reach for it."""
    add_budget(stage.by, stage.envelope, "commitment", EURO)
    add_budget(stage.by, stage.envelope, "cash", EURO)
    answers = Counter(pool.map(lambda writer: _reach(stage, number, writer), range(WRITERS)))
    assert answers == EXPECTED, f"round {number}: {dict(answers)}"
    stand = headroom.of_envelope_on(stage.envelope, DAY)
    assert stand == headroom.of_envelope(stage.envelope)
    assert (stand.commitments.unused, stand.cash.unused) == (0, 0), f"round {number}: {stand}"
    found = [str(one) for one in differences()]
    assert not found, found
    outcome.rounds += 1
    outcome.writes += WRITERS
    outcome.answers.update(answers)


def _reach(stage: Stage, number: int, writer: int) -> str:
    """Commit or pay one euro as an ordinary user; answer "won", or the rule by which one is refused."""
    act = _commit if writer % 2 else _pay
    with translation.override("en"):
        try:
            act(stage, number, writer)
        except Refused as refused:
            message = str(refused.message)
            assert "you ask for €1.00" in message, message
            assert "Your controller: " in message, message
            return refused.rule
    return "won"


def _commit(stage: Stage, number: int, writer: int) -> None:
    line = stage.lines[writer // 2 % len(stage.lines)]
    ledger.commit(
        by=stage.by,
        at=NOON,
        line=line,
        partner=stage.commitments[0].partner,
        envelope=stage.envelope,
        number=f"SOAK-{number}-{writer}",
        amount=EURO,
        signed_on=DAY,
    )


def _pay(stage: Stage, number: int, writer: int) -> None:
    commitment = stage.commitments[(writer // 2 + number) % len(stage.commitments)]
    ledger.pay(
        by=stage.by,
        at=NOON,
        commitment=commitment,
        envelope=stage.envelope,
        kind="payment",
        amount=EURO,
        paid_on=DAY,
    )


def _close(barrier: threading.Barrier) -> None:
    """Close this thread's connection; the barrier gives each thread one."""
    barrier.wait()
    connection.close()


def deadlocks() -> int:
    """Return how many deadlocks the database has met, as it last counted."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_stat_clear_snapshot()")
        cursor.execute("select deadlocks from pg_stat_database where datname = current_database()")
        return int(cursor.fetchone()[0])
