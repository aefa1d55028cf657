"""A small book-keeping stage: envelopes with budget, a granted line, and the people who book."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

import pghistory
import pytest

from claims.actions import ledger
from claims.actions.decide import Given
from claims.enums import CommitmentKind, MutationStage, PaymentKind
from claims.models import Claim, ClaimLine, Commitment, Envelope, LinePartner, LineYear
from claims.queries import headroom
from core.models import Cover
from tests.conftest import NOON
from tests.way import Way

MLN = Decimal("1000000.00")


def mln(amount: str | int) -> Decimal:
    """Return millions of euros."""
    return Decimal(str(amount).replace(",", ".")) * MLN


def day(text: str) -> datetime.date:
    """Read a day as 2026-12-15."""
    return datetime.date.fromisoformat(text)


class Books:
    """Says in a bookkeeper's words what the actions do."""

    def __init__(self, way: Way) -> None:
        self.way, self.claim, self.cast = way, way.claim, way.cast
        self.bookkeeper, self.controller = way.cast["bookkeeper"], way.cast["controller"]

    def envelope(
        self, year: int, commitments: Any = 0, cash: Any = 0, stage: str = MutationStage.AUTHORISED
    ) -> Envelope:
        """Return the year's envelope, with budget added."""
        cover = Cover.objects.get(code="non-military-support")
        envelope, _made = Envelope.objects.get_or_create(
            name="Niet-militaire steun", year=year, defaults={"cover": cover}
        )
        for series, amount in (("commitment", commitments), ("cash", cash)):
            if amount:
                self.mutation(envelope, series, mln(amount), f"{year}-01-01", stage=stage)
        return envelope

    def mutation(self, envelope: Envelope, series: str, amount: Decimal, on: str, **fields: Any) -> Any:
        """Add budget to an envelope."""
        fields.setdefault("stage", MutationStage.AUTHORISED)
        fields.setdefault("moment", "draft-budget")
        return ledger.record_mutation(
            by=self.bookkeeper,
            at=self.at(on),
            envelope=envelope,
            series=series,
            amount=amount,
            booked_on=day(on),
            **fields,
        )

    def at(self, on: str) -> datetime.datetime:
        """Return noon of a day."""
        return NOON.replace(year=day(on).year, month=day(on).month, day=day(on).day)

    def granted(self, *lines: tuple[str, Any, Any, Any]) -> dict[str, ClaimLine]:
        """Have lines granted: (title, envelope, millions, partner or partners). Returns them by title."""
        with pghistory.context(user=self.cast["officer"].pk):
            self.claim.lines.all().delete()
            for position, (title, envelope, amount, partners) in enumerate(lines, 1):
                line = ClaimLine.objects.create(claim=self.claim, title=title, position=position)
                LineYear.objects.create(line=line, envelope=envelope, commitment=mln(amount))
                for partner in partners if isinstance(partners, list) else [partners]:
                    LinePartner.objects.create(line=line, partner=partner)
            Claim.objects.filter(pk=self.claim.pk).update(amount=sum(mln(row[2]) for row in lines))
        self.claim.refresh_from_db()
        self.way.granted()
        return {line.title: line for line in self.claim.lines.all()}

    def granted_less(self, line: ClaimLine, envelope: Envelope, amount: Decimal) -> Given:
        """Say what a decision gives."""
        return Given(line, envelope, amount)

    def sign(
        self, line: ClaimLine, envelope: Envelope, amount: Any, on: str, number: str = "", **fields: Any
    ) -> Commitment:
        """Sign a commitment of millions."""
        partner = fields.pop("partner", None) or line.partners.order_by("pk").first()
        number = number or f"ARR-{Commitment.objects.count() + 1:04d}"
        return ledger.commit(
            by=self.bookkeeper,
            at=self.at(on),
            line=line,
            partner=partner,
            envelope=envelope,
            number=number,
            amount=mln(amount),
            signed_on=day(on),
            **fields,
        )

    def change(self, commitment: Commitment, kind: str, amount: Any, envelope: Envelope, on: str) -> Any:
        """Raise or lower a commitment by millions."""
        return ledger.change_commitment(
            by=self.bookkeeper,
            at=self.at(on),
            commitment=commitment,
            kind=kind,
            amount=mln(amount),
            envelope=envelope,
            booked_on=day(on),
            reason="Addendum.",
        )

    def lower(self, commitment: Commitment, amount: Any, envelope: Envelope, on: str) -> Any:
        """Lower a commitment."""
        return self.change(commitment, CommitmentKind.LOWER, amount, envelope, on)

    def increase(self, commitment: Commitment, amount: Any, envelope: Envelope, on: str) -> Any:
        """Raise a commitment."""
        return self.change(commitment, CommitmentKind.RAISE, amount, envelope, on)

    def pay(self, commitment: Commitment, envelope: Envelope, amount: Any, on: str, **fields: Any) -> Any:
        """Pay millions."""
        kind = fields.pop("kind", PaymentKind.PAYMENT)
        return ledger.pay(
            by=self.bookkeeper,
            at=self.at(str(fields.get("booked_on", on))),
            commitment=commitment,
            envelope=envelope,
            kind=kind,
            amount=mln(amount),
            paid_on=day(on),
            **fields,
        )

    def advance(self, commitment: Commitment, envelope: Envelope, amount: Any, on: str) -> Any:
        """Pay an advance."""
        return self.pay(commitment, envelope, amount, on, kind=PaymentKind.ADVANCE)

    def write_off(self, advance: Any, amount: Any, on: str) -> Any:
        """Write an advance off against a report."""
        return ledger.write_off(
            by=self.bookkeeper,
            at=self.at(on),
            advance=advance,
            amount=mln(amount),
            booked_on=day(on),
            kind="report",
            report=f"Eindrapportage van {on}",
        )

    def reverse(self, row: Any, on: str) -> Any:
        """Reverse a row."""
        return ledger.reverse(
            by=self.bookkeeper, at=self.at(on), row=row, booked_on=day(on), reason="Verkeerd geboekt."
        )

    def stand(self, envelope: Envelope) -> headroom.EnvelopeStand:
        """Return what stands on an envelope, and hold it against the sum of its rows."""
        now = headroom.of_envelope(envelope)
        assert headroom.of_envelope_on(envelope, datetime.date.max) == now
        return now


@pytest.fixture
def books(way: Way) -> Books:
    """The books, with nothing in them but a draft claim."""
    return Books(way)
