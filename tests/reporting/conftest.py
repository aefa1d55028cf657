"""What the tests of the reporting floor share."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection, transaction

from claims.actions import ledger
from claims.actions.books import take_in
from claims.actions.create import quick_start
from claims.models import (
    Claim,
    ClaimLine,
    Deadline,
    FrozenClaim,
    FrozenPaper,
    Goal,
    PooledSplit,
    Reconciliation,
    SplitPart,
)
from claims.rules.books import Fact
from core.models import Cover, Source
from partners.models import Appeal, Contribution, FundTotal, Partner, Share
from results.models import Result, ResultVersion
from tests.books import Books, day, mln
from tests.conftest import NOON


class Everything:
    """A book-keeping year with something of every sort: pooled, raised, deviating, foreign, reversed, zero, of others."""

    def __init__(self, books: Books, partner: Any, fund: Any, stranger: Any, other: Any) -> None:
        self.books, self.partner, self.fund = books, partner, fund
        self.empty = Partner.objects.create(name="Lege stichting", short_name="LEEG", kind="ngo")
        self.e2026, self.e2027 = books.envelope(2026, 20, 9), books.envelope(2027, 2, 8)
        self.announced = books.mutation(self.e2027, "cash", mln(1), "2026-09-01", stage="announced", moment="september")
        books.mutation(self.e2026, "commitment", mln("0,5"), "2026-06-01", moment="first", direction="down")
        lines = books.granted(
            ("Herstel", self.e2026, 6, partner),
            ("Hulp", self.e2026, 10, [fund, partner]),
            ("Advies", self.e2026, 1, fund),
        )
        self.own, self.pool, self.small = lines["Herstel"], lines["Hulp"], lines["Advies"]
        self.elsewhere = self.of_others(stranger, other)
        self.signed()
        self.paid()

    def of_others(self, stranger: Any, other: Any) -> Claim:
        """A confidential claim of another directorate asks money of the same envelope."""
        claim = quick_start(
            by=stranger,
            at=NOON,
            directorate=other,
            title="Geheim plan",
            amount=Decimal("123456.78"),
            partner=self.partner,
            envelope=self.e2026,
            year=2026,
        )
        Claim.objects.filter(pk=claim.pk).update(classification="confidential")
        return claim

    def signed(self) -> None:
        """Commitments: one raised and lowered, one above what was granted by a raise, two out of the pool."""
        books = self.books
        plan = [(2026, 4, mln(2)), (2027, 2, mln("2,5"))]
        self.first = books.sign(
            self.own, self.e2026, 4, "2026-04-01", number="ARR-1", plan=plan, ends_on=day("2026-06-01")
        )
        books.increase(self.first, 1, self.e2026, "2026-05-01")
        books.lower(self.first, "0,5", self.e2026, "2026-05-02")
        raised = ledger.propose_raise(
            by=books.bookkeeper,
            at=books.at("2026-05-03"),
            kind="line",
            line=self.small,
            amount=mln("0,25"),
            reason="Koers",
            ends_on=day("2026-12-31"),
        )
        ledger.confirm_raise(by=books.controller, at=books.at("2026-05-04"), limit_raise=raised)
        self.above = books.sign(self.small, self.e2026, "1,2", "2026-05-05", number="ARR-2")
        self.of_fund = books.sign(self.pool, self.e2026, 3, "2026-05-06", number="ARR-3", partner=self.fund)
        self.of_partner = books.sign(self.pool, self.e2026, 2, "2026-05-07", number="ARR-4", partner=self.partner)
        forecast = [(2026, 4, mln(1)), (2027, 1, mln("3,5"))]
        ledger.set_plan(
            by=books.bookkeeper, at=books.at("2026-07-01"), commitment=self.first, kind="forecast", quarters=forecast,
            made_on=day("2026-07-01"),
        )  # fmt: skip

    def paid(self) -> None:
        """Payments: advances partly written off, a foreign one, a wrong one reversed, a receipt, one above its commitment."""
        books = self.books
        self.advance = books.advance(self.first, self.e2026, 2, "2026-05-10")
        books.write_off(self.advance, "0,75", "2026-08-01")
        foreign = {"currency": "USD", "foreign_amount": mln("1,1"), "rate": Decimal("1.1"), "rate_kind": "un"}
        books.pay(self.first, self.e2026, 1, "2026-06-10", rate_on=day("2026-06-01"), **foreign)
        wrong = books.pay(self.above, self.e2026, "0,3", "2026-06-11")
        books.reverse(wrong, "2026-06-12")
        books.pay(self.of_fund, self.e2026, "1,5", "2026-06-13")
        books.pay(self.of_fund, self.e2026, "0,2", "2026-06-14", kind="receipt")
        books.pay(self.of_partner, self.e2027, "0,4", "2027-02-01")
        fact = Fact(1, "V1", "ARR-2", "payment", mln("1,25"), day("2026-07-01"), day("2026-07-01"))
        take_in(by=books.bookkeeper, at=books.at("2026-07-02"), facts=[fact])


@pytest.fixture
def everything(books: Books, partner: Any, fund: Any, stranger: Any, other_directorate: Any) -> Everything:
    """The year with something of every sort."""
    return Everything(books, partner, fund, stranger, other_directorate)


@contextmanager
def unguarded() -> Iterator[None]:
    """Write what only actions write, as the stage of a test: no trigger sees it, and the register's version counts it."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("select core_register_changed()")
        cursor.execute("set local session_replication_role = replica")
        yield


@pytest.fixture
def all_sorts(everything: Everything, controller: Any) -> Everything:
    """And what stands on a partner's page beside its money: results, contributions with shares, papers, deadlines and the rest."""
    own, fund, claim = everything.partner, everything.fund, everything.own.claim
    Partner.objects.filter(pk=own.pk).update(administered_by=fund)
    source = Source.objects.create(title="Jaarverslag", publisher="Fonds")
    for year in (2024, 2025):
        result = Result.objects.create(
            partner=own, label="mensen bereikt", unit="personen", period_start=date(year, 1, 1),
            period_end=date(year, 12, 31), indicator=None, directorate=claim.directorate,
        )  # fmt: skip
        for number in (1, 2):
            ResultVersion.objects.create(
                result=result, number=number, value=year + number, target=5000, as_of=date(2026, 1, 1), source=source
            )
    gifts = [
        Contribution.objects.create(
            subject=f"Noodhulp {year}", year=year, amount=mln(1), recorded_amount=mln("1,1"), recorded_currency="USD",
            cover=Cover.objects.first(),
        )
        for year in (2022, 2023)
    ]  # fmt: skip
    for gift in gifts:
        gift.partners.set([own, fund])
    total = FundTotal.objects.create(
        partner=fund, year=2022, kind="received", amount=mln(20), currency="USD", as_of=NOON
    )
    appeal = Appeal.objects.create(partner=fund, title="Oproep", year=2023, required=mln(30), as_of=NOON)
    Share.objects.create(contribution=gifts[0], total=total)
    Share.objects.create(contribution=gifts[1], appeal=appeal)
    Deadline.objects.create(claim=claim, subject="Eindverslag", due_on=date(2026, 9, 1))
    with unguarded():
        goal = Goal.objects.create(claim=claim, label="Wederopbouw", position=1)
        ClaimLine.objects.filter(pk=everything.own.pk).update(goal=goal)
        Reconciliation.objects.create(month=date(2026, 1, 1), mark="", signed_by=controller, signed_at=NOON)
        split = PooledSplit.objects.create(
            line=everything.pool, decided_on=date(2026, 5, 1), recorded_by=controller, recorded_at=NOON
        )
        for partner, amount in ((own, 4), (fund, 6)):
            SplitPart.objects.create(split=split, partner=partner, amount=mln(amount))
        paper = FrozenPaper.objects.create(
            kind="cw31", subject=claim.public_id, directorate=claim.directorate, number=1, title="Formulier", name="f",
            classification=claim.classification, template="cw31", snapshot={}, program={}, input_hash="", by=controller,
            at=NOON,
        )  # fmt: skip
        FrozenClaim.objects.create(paper=paper, claim=claim, digest="")
    return everything
