"""Claims on their way, and the second pair of eyes."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

import pghistory
import pytest

from claims.actions.decide import Given, confirm, facts_mark, register
from claims.actions.steps import agree, seen_now, submit, take
from claims.checks.review import to_settle
from claims.enums import Outcome, StepKind
from claims.models import Claim, Party
from claims.queries.tree import Tree, with_tree
from tests.conftest import NOON, _person

HOUR = datetime.timedelta(hours=1)


@pytest.fixture
def confirmer(db: None) -> Any:
    """A second registrar."""
    return _person("noor", "Noor Smit", ("registrar", None))


@pytest.fixture
def second_controller(db: None) -> Any:
    """A second controller."""
    return _person("cas", "Cas de Boer", ("controller", None))


class Way:
    """Moves a claim along the state line by the right people, so that a test can begin where it wants to."""

    def __init__(self, claim: Claim, cast: dict[str, Any]) -> None:
        self.claim, self.cast, self.clock = claim, cast, NOON

    def later(self) -> datetime.datetime:
        """Move the clock an hour and return it."""
        self.clock += HOUR
        return self.clock

    def reasons(self) -> dict[str, str]:
        """Return a reason for every finding."""
        tree = Tree(with_tree(Claim.objects.filter(pk=self.claim.pk)).get())
        return {finding.mark: "Volgt later." for finding in to_settle(tree)}

    def submitted(self) -> Claim:
        """Submit."""
        by = self.cast["officer"]
        submit(by=by, at=self.later(), claim=self.claim, seen=seen_now(self.claim), reasons=self.reasons())
        self.claim.refresh_from_db()
        return self.claim

    def agreed(self) -> Claim:
        """Submit and agree, by as many controllers as it takes."""
        self.submitted()
        for controller in (self.cast["controller"], self.cast["second_controller"]):
            if agree(by=controller, at=self.later(), claim=self.claim, seen=seen_now(self.claim)):
                break
        self.claim.refresh_from_db()
        return self.claim

    def presented(self) -> Claim:
        """Agree and present."""
        self.agreed()
        self.step(StepKind.PRESENT, "manager")
        return self.claim

    def step(self, kind: str, by: str, remark: str = "") -> Claim:
        """Take a plain step."""
        take(by=self.cast[by], at=self.later(), claim=self.claim, kind=kind, seen=seen_now(self.claim), remark=remark)
        self.claim.refresh_from_db()
        return self.claim

    def all_of_it(self) -> list[Given]:
        """Return everything that is requested from envelopes that are known."""
        return [
            Given(line, year.envelope, year.commitment, year.cash)
            for line in self.claim.lines.in_order()
            for year in line.years.select_related("envelope").order_by("pk")
        ]

    def decided(self, outcome: str = Outcome.GRANTED, amounts: list[Given] | None = None, **fields: Any) -> Claim:
        """Register and confirm a settling decision."""
        party = Party.objects.get(code="R")
        if amounts is None:
            amounts = self.all_of_it() if outcome in (Outcome.GRANTED, Outcome.CONDITIONAL) else []
        fields.setdefault("decided_on", datetime.date(2026, 1, 16))
        decision = register(
            by=self.cast["registrar"],
            at=self.later(),
            claim=self.claim,
            party=party,
            outcome=outcome,
            amounts=amounts,
            **fields,
        )
        confirm(
            by=self.cast["confirmer"],
            at=self.later(),
            decision=decision,
            shown=facts_mark(decision),
            seen=seen_now(self.claim),
        )
        self.claim.refresh_from_db()
        return self.claim

    def granted(self) -> Claim:
        """Grant all that was asked."""
        self.presented()
        return self.decided()

    def set_amounts(self, by: str, **amounts: Any) -> None:
        """Change the commitment of the line with a title, as a page would."""
        with pghistory.context(user=self.cast[by].pk):
            for title, amount in amounts.items():
                for row in self.claim.lines.get(title=title).years.all():
                    row.commitment = Decimal(amount)
                    row.save()


@pytest.fixture
def way(
    claim: Any,
    officer: Any,
    colleague: Any,
    manager: Any,
    controller: Any,
    second_controller: Any,
    registrar: Any,
    confirmer: Any,
    reader: Any,
    stranger: Any,
    bookkeeper: Any,
    administrator: Any,
    nobody: Any,
) -> Way:
    """The officer's claim and everybody who has to do with it."""
    return Way(
        claim,
        {
            "officer": officer,
            "colleague": colleague,
            "manager": manager,
            "controller": controller,
            "second_controller": second_controller,
            "registrar": registrar,
            "confirmer": confirmer,
            "reader": reader,
            "stranger": stranger,
            "bookkeeper": bookkeeper,
            "administrator": administrator,
            "nobody": nobody,
        },
    )
