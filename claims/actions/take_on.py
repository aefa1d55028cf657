"""Taking a running administration on: claims, grants, commitments, payments and open advances as per a date. In EUR.

Every row that comes of it has the origin "opening balance"; grants come by a decision with that origin and the source of the
file. One person adds the file, another takes it in: all of it or nothing.
"""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from claims import policies
from claims.actions.create import next_reference
from claims.actions.refused import Refused, in_words, require
from claims.actions.steps import opened
from claims.enums import (
    BudgetMoment,
    CommitmentKind,
    Direction,
    MutationNature,
    MutationStage,
    OpeningKind,
    Origin,
    Outcome,
    PartnerRole,
    PartnerStatus,
    PaymentKind,
    Series,
)
from claims.importers.take_on import Opening, examine
from claims.models import (
    Claim,
    ClaimLine,
    Commitment,
    CommitmentRow,
    Decision,
    DecisionAmount,
    FormTemplate,
    LinePartner,
    LineYear,
    Mutation,
    Payment,
    StageReached,
    TakeOn,
)
from claims.models.books import LARGEST_FILE
from claims.queries import take_on as queries
from claims.queries.take_on import Met
from claims.rules.files import tidy_name
from claims.rules.take_on import ZERO, Item, sums
from core.audit import record
from core.models import User
from core.permissions import refresh
from core.transactions import acting, check_now

Lines = dict[tuple[str, str], ClaimLine]


# -- files ------------------------------------------------------------------------------------------------------------


@acting
def keep(*, by: User, at: datetime.datetime, name: str, content: bytes, as_of: datetime.date, source: str) -> TakeOn:
    """Keep a file of opening balances until a controller takes it in, or somebody puts it away."""
    refresh(by)
    require(policies.may_book(by))
    if not content:
        raise Refused(_("The file is empty."), "take_on_size")
    if len(content) > LARGEST_FILE:
        raise Refused(_("The file is larger than 20 MB. Divide it in parts."), "take_on_size")
    if not source.strip():
        raise Refused(_("Say where the stands come from."), "take_on_source")
    if as_of > at.date():
        raise Refused(_("That day is still to come."), "take_on_as_of")
    with in_words():
        return TakeOn.objects.create(
            name=tidy_name(name),
            size=len(content),
            digest=hashlib.sha256(content).hexdigest(),
            content=content,
            as_of=as_of,
            source=source.strip()[:200],
            added_by=by,
            added_at=at,
        )


@acting
def answer_questions(*, by: User, file: TakeOn, answers: Mapping[str, str]) -> TakeOn:
    """Keep the answers to what reading a file asked."""
    refresh(by)
    require(policies.may_book(by))
    fresh = _open(file)
    fresh.answers = {**fresh.answers, **answers}
    fresh.save(update_fields=["answers"])
    return fresh


@acting
def put_away(*, by: User, at: datetime.datetime, file: TakeOn) -> TakeOn:
    """Put a file away without taking it in; its content is removed."""
    refresh(by)
    require(policies.may_keep_books(by))
    fresh = _open(file)
    fresh.content, fresh.done_by, fresh.done_at = None, by, at
    fresh.save()
    return fresh


def _open(file: TakeOn) -> TakeOn:
    fresh = TakeOn.objects.select_for_update(no_key=True, of=("self",)).select_related("added_by").get(pk=file.pk)
    if fresh.done_at:
        raise Refused(_("This file is dealt with already: it was taken in or put away."), "books_file_once")
    return fresh


def look(file: TakeOn) -> Opening:
    """Return what a file that waits would do, or what stands in the way."""
    return examine(bytes(file.content or b""), file.name, digest=file.digest, as_of=file.as_of, answers=file.answers)


@acting
def take_in(*, by: User, at: datetime.datetime, file: TakeOn, shown: str) -> TakeOn:
    """Take a file in as it was shown, by a controller who did not add it: all of it or nothing."""
    refresh(by)
    fresh = _open(file)
    require(policies.may_take_on(by, fresh))
    found = look(fresh)
    if not found.accepted or found.mark != shown:
        raise Refused(
            _("What was recorded changed since this was shown. Nothing was taken in: look again and decide."),
            "books_file_shown",
        )
    with in_words():
        _Taking(fresh, by, at, found.items).all()
        check_now()
    fresh.content, fresh.done_by, fresh.done_at, fresh.taken_in = None, by, at, True
    fresh.counts = {str(row.kind): row.rows for row in sums(found.items)}
    with in_words():
        fresh.save()
    record(by=by, at=at, kind="take-on", subject=f"takeon {fresh.public_id}", digest=fresh.digest, counts=fresh.counts)
    return fresh


# -- rows -------------------------------------------------------------------------------------------------------------


class _Taking:
    """Writes the rows of one file."""

    def __init__(self, file: TakeOn, by: User, at: datetime.datetime, items: Sequence[Item]) -> None:
        self.file, self.by, self.at, self.items = file, by, at, items
        self.met: Met = queries.meet(items)

    def of(self, *kinds: str) -> list[Item]:
        return [item for item in self.items if item.kind in kinds]

    def row(self, item: Item) -> dict[str, Any]:
        """Return what every row of the ledger has."""
        return {
            "envelope": self.met.envelopes[item.envelope, item.year],
            "amount": item.amount,
            "booked_on": self.file.as_of,
            "recorded_at": self.at,
            "recorded_by": self.by,
            "origin": Origin.TAKE_ON,
            "reason": self.file.source,
        }

    def all(self) -> None:
        for item in self.of(OpeningKind.BUDGET):
            self.budget(item)
        lines = self.claims()
        bonds = self.commitments(lines)
        Payment.objects.bulk_create(
            Payment(
                commitment=bonds[item.number],
                kind=PaymentKind.ADVANCE if item.kind == OpeningKind.ADVANCE else PaymentKind.PAYMENT,
                paid_on=item.date or self.file.as_of,
                **self.row(item),
            )
            for item in self.of(OpeningKind.PAID, OpeningKind.ADVANCE)
        )

    def budget(self, item: Item) -> None:
        """Book the budget of an envelope as authorised, in both series."""
        for series, amount in ((Series.COMMITMENT, item.amount), (Series.CASH, item.cash)):
            if not amount:
                continue
            mutation = Mutation.objects.create(
                series=series,
                direction=Direction.UP,
                nature=MutationNature.TECHNICAL,
                moment=BudgetMoment.DRAFT_BUDGET,
                source=self.file.source,
                **self.row(item) | {"amount": amount},
            )
            for stage in MutationStage:
                StageReached.objects.create(
                    mutation=mutation,
                    stage=stage,
                    reached_on=self.file.as_of,
                    recorded_at=self.at,
                    recorded_by=self.by,
                    source=self.file.source,
                )

    def claims(self) -> Lines:
        """Make the claims with their lines, and grant what they have by a decision of this origin."""
        lines: Lines = {}
        by_claim: dict[str, list[Item]] = {}
        for item in self.of(OpeningKind.GRANT):
            by_claim.setdefault(item.claim, []).append(item)
        for items in by_claim.values():
            claim = self.claim(items)
            lines |= self.lines(claim, items)
            self.decide(claim, items, lines)
        return lines

    def claim(self, items: list[Item]) -> Claim:
        first, years = items[0], {item.year for item in items}
        return Claim.objects.create(
            reference=next_reference(self.at.year),
            title=first.title,
            ministry_reference=first.claim,
            directorate=self.met.directorates[first.directorate],
            template=FormTemplate.objects.filter(active=True).order_by("-preferred", "code")[0],
            amount=sum((item.amount for item in items), ZERO) or None,
            first_year=min(years),
            last_year=max(years),
            created_by=self.file.added_by,
            created_at=self.at,
        )

    def lines(self, claim: Claim, items: list[Item]) -> Lines:
        found: Lines = {}
        for item in items:
            line = found.get((item.claim, item.line))
            if line is None:
                line = found[item.claim, item.line] = ClaimLine.objects.create(
                    claim=claim, title=item.line, position=len(found) + 1, activity_number=item.activity_number
                )
                self.partners(line, item)
            LineYear.objects.create(
                line=line,
                envelope=self.met.envelopes[item.envelope, item.year],
                commitment=item.amount,
                cash=item.cash,
            )
        return found

    def partners(self, line: ClaimLine, of: Item) -> None:
        """Note every partner that the file names in a line as one who receives money."""
        named = {item.partner for item in self.items if (item.claim, item.line) == (of.claim, of.line) and item.partner}
        for name in sorted(named):
            LinePartner.objects.create(
                line=line,
                partner=self.met.partners[name][0],
                role=PartnerRole.RECIPIENT,
                status=PartnerStatus.CONFIRMED,
            )

    def decide(self, claim: Claim, items: list[Item], lines: Lines) -> None:
        first = items[0]
        decision = Decision.objects.create(
            claim=claim,
            round=claim.round,
            party=self.met.parties[first.decided_by],
            outcome=Outcome.GRANTED,
            settles=True,
            decided_on=first.date,
            date_unknown=first.date is None,
            origin=Origin.TAKE_ON,
            source=self.file.source,
            registered_by=self.file.added_by,
            registered_at=self.at,
        )
        for item in items:
            DecisionAmount.objects.create(
                decision=decision,
                line=lines[item.claim, item.line],
                envelope=self.met.envelopes[item.envelope, item.year],
                commitment=item.amount,
                cash=item.cash,
            )
        decision.confirmed_by, decision.confirmed_at = self.by, self.at
        decision.save(update_fields=["confirmed_by", "confirmed_at"])
        opened(by=self.by, at=self.at, decision=decision, booked_on=self.file.as_of)

    def commitments(self, lines: Lines) -> dict[str, Commitment]:
        bonds: dict[str, Commitment] = {}
        for item in self.of(OpeningKind.COMMITMENT):
            bonds[item.number] = bond = Commitment.objects.create(
                number=item.number,
                line=lines[item.claim, item.line],
                partner=self.met.partners[item.partner][0],
                signed_on=item.date or self.file.as_of,
                recorded_at=self.at,
                recorded_by=self.by,
            )
            CommitmentRow.objects.create(commitment=bond, kind=CommitmentKind.SIGN, **self.row(item))
        return bonds
