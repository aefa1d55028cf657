"""Facts from the books held against the register: what is new, what is known, which limits they pass, what cannot be read."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from claims.enums import CommitmentKind, LimitKind
from claims.queries import books
from claims.queries.books import Known, Room, Signable
from claims.rules.books import PAYMENTS, ZERO, Fact, content_of, excess, first_above

Words = str | Promise


class Fault(NamedTuple):
    """Why a row cannot be taken in: its row, the column by its name, the value, what is wrong and what is expected."""

    row: int
    column: str
    value: str
    code: str
    message: Words
    expected: Words = ""


class Placed(NamedTuple):
    """A new fact, with the commitment and the envelope in which it counts."""

    fact: Fact
    known: Known
    envelope: int


class Signed(NamedTuple):
    """A commitment that the books report first: its fact, partner, and the place it holds until it has a key."""

    fact: Fact
    partner: int
    known: Known


class Above(NamedTuple):
    """A limit that facts pass: which, of what, by how much (EUR), and the fact that passed it first."""

    kind: str
    target: int
    amount: Decimal
    voucher: str
    owner: int | None


@dataclass
class Weighed:
    """What became of the facts of one file."""

    payments: list[Placed] = field(default_factory=list)
    changes: list[Placed] = field(default_factory=list)
    signed: list[Signed] = field(default_factory=list)
    recognised: int = 0
    above: list[Above] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)

    @property
    def new(self) -> int:
        """How many facts are new."""
        return len(self.payments) + len(self.changes)


def weigh(facts: Sequence[Fact]) -> Weighed:
    """Hold facts against the register as it is now. Nothing is written; what has faults is not taken in at all."""
    found = Weighed()
    _place(facts, found)
    if not found.faults:
        _hold_against_limits(found)
    return found


# -- rows -------------------------------------------------------------------------------------------------------------


def _place(facts: Sequence[Fact], found: Weighed) -> None:
    commitments = books.commitments_by_number({fact.number for fact in facts})
    signed = _sign(facts, commitments, found)
    envelopes = books.envelopes_by_name({known.envelope_name for known in commitments.values()})
    recorded = books.recorded_vouchers([fact.voucher for fact in facts])
    closed = {(month.year, month.month) for month in books.closed_months()}
    for fact in facts:
        known = commitments.get(fact.number)
        if known is None:
            if fact.number not in signed:
                found.faults.append(_no_commitment(fact))
            continue
        before = recorded.get(fact.voucher)
        if before is not None:
            if before == content_of(fact):
                found.recognised += 1
            else:
                found.faults.append(_other_content(fact))
            continue
        recorded[fact.voucher] = content_of(fact)
        if (fact.booked_on.year, fact.booked_on.month) in closed:
            found.faults.append(_closed(fact))
        elif fact.kind == CommitmentKind.SIGN:
            if signed.get(fact.number) is fact:
                found.changes.append(Placed(fact, known, known.envelope))
            else:
                found.faults.append(_number_taken(fact))
        elif fact.kind in PAYMENTS:
            _pay(fact, known, envelopes.get((known.envelope_name, fact.paid_on.year)), found)
        else:
            year = fact.booked_on.year
            _change(fact, known, envelopes.get((known.envelope_name, year)), found)


def _sign(facts: Sequence[Fact], commitments: dict[str, Known], found: Weighed) -> dict[str, Fact]:
    """Find the line, partner and envelope of each commitment that is not recorded yet; return the fact that signs each.

    Until they are written such commitments go by a number below zero.
    """
    signed: dict[str, Fact] = {}
    for fact in facts:
        if fact.kind == CommitmentKind.SIGN and fact.number not in commitments:
            signed.setdefault(fact.number, fact)
    lines = books.lines_by_activity({fact.activity_number for fact in signed.values()})
    for fact in signed.values():
        fault = _unsignable(fact, lines.get(fact.activity_number, []))
        if fault:
            found.faults.append(fault)
            continue
        (line,) = lines[fact.activity_number]
        envelope, name = line.envelopes[fact.paid_on.year]
        partner = line.partners.get(fact.partner) or next(iter(line.partners.values()))
        known = Known(-fact.row, line.line, line.claim, line.owner, envelope, name)
        found.signed.append(Signed(fact, partner, known))
        commitments[fact.number] = known
    return signed


def _unsignable(fact: Fact, lines: list[Signable]) -> Fault | None:
    """Say why a new commitment finds no place; None when it does."""
    column, value, expected = (
        "activity_number",
        fact.activity_number,
        _("The activity number of one line of a granted claim."),
    )
    if len(lines) != 1:
        message = (
            _("More than one line has this activity number.")
            if lines
            else _("No granted line has this activity number.")
        )
        return Fault(fact.row, column, value, "activity_unknown", message, expected)
    line = lines[0]
    if fact.paid_on.year not in line.envelopes:
        message = format_lazy(
            _("Nothing of {year} is granted to the line of this activity number."), year=fact.paid_on.year
        )
        return Fault(
            fact.row,
            "paid_on",
            fact.paid_on.isoformat(),
            "envelope_unknown",
            message,
            _("Another day, or a decision first."),
        )
    if fact.partner in line.partners or (not fact.partner and len(set(line.partners.values())) == 1):
        return None
    message = _("That partner does not receive money in this line.")
    return Fault(
        fact.row, "partner", fact.partner, "commitment_partner_of_line", message, ", ".join(sorted(line.partners))
    )


def _number_taken(fact: Fact) -> Fault:
    return Fault(
        fact.row,
        "number",
        fact.number,
        "claims_commitment_number_key",
        _("A commitment of that number is there already."),
        _("Each number is signed once; what comes later is a raise."),
    )


def _pay(fact: Fact, known: Known, envelope: int | None, found: Weighed) -> None:
    if envelope is None:
        found.faults.append(_no_envelope(fact, known, "paid_on", fact.paid_on))
    else:
        found.payments.append(Placed(fact, known, envelope))


def _change(fact: Fact, known: Known, envelope: int | None, found: Weighed) -> None:
    """A raise takes the envelope of the year of raising; a lowering frees the one of the signing."""
    if fact.kind == CommitmentKind.LOWER:
        found.changes.append(Placed(fact, known, known.envelope))
    elif envelope is None:
        found.faults.append(_no_envelope(fact, known, "booked_on", fact.booked_on))
    else:
        found.changes.append(Placed(fact, known, envelope))


def _no_commitment(fact: Fact) -> Fault:
    return Fault(
        fact.row,
        "number",
        fact.number,
        "commitment_unknown",
        _("There is no commitment of this number."),
        _("Record the commitment first, or correct the number."),
    )


def _other_content(fact: Fact) -> Fault:
    return Fault(
        fact.row,
        "voucher",
        fact.voucher,
        "voucher_other_content",
        _("This voucher is recorded already, with another content."),
        _("The same content as before, or a voucher number of its own. A correction is a row of its own."),
    )


def _closed(fact: Fact) -> Fault:
    return Fault(
        fact.row,
        "booked_on",
        fact.booked_on.isoformat(),
        "period_open",
        _("That month is closed."),
        _("A booking date in an open month. The controller can open the month again."),
    )


def _no_envelope(fact: Fact, known: Known, column: str, day: datetime.date) -> Fault:
    return Fault(
        fact.row,
        column,
        day.isoformat(),
        "envelope_unknown",
        format_lazy(_("There is no envelope “{name}” of {year}."), name=known.envelope_name, year=day.year),
        _("Make the envelope of that year first, or correct the date."),
    )


# -- limits -----------------------------------------------------------------------------------------------------------


def _hold_against_limits(found: Weighed) -> None:
    def commitment(placed: Placed) -> int:
        return placed.known.pk

    changed = _by(found.changes, commitment)
    paid = _by(found.payments, commitment)
    rooms = books.paid_rooms(changed.keys() | paid.keys())
    for target, rows in changed.items():
        _change_of(target, rows, rooms, found)
    _above(found, LimitKind.ENVELOPE_COMMITMENT, _by(found.changes, lambda row: row.envelope), books.commitment_rooms)
    _above(found, LimitKind.LINE, _by(found.changes, lambda row: row.known.line), books.line_rooms)
    _above(found, LimitKind.ENVELOPE_CASH, _by(found.payments, lambda row: row.envelope), books.cash_rooms)
    _above(found, LimitKind.COMMITMENT, paid, lambda _targets: rooms)
    for target, rows in paid.items():
        room = rooms.get(target, Room())
        if room.used + _sum(rows) < 0:
            found.faults.append(_more_back(rows))


def _change_of(target: int, rows: list[Placed], rooms: dict[int, Room], found: Weighed) -> None:
    """Book the changes of one commitment into its room; a lowering below what is paid passes the commitment's limit."""
    room, change = rooms.get(target, Room()), _sum(rows)
    rooms[target] = after = Room(room.used, room.most + change)
    if after.most < 0:
        found.faults.append(_below_nothing(rows))
    passed = excess(before=room.used - room.most, reported=-change, room=ZERO)
    if passed:
        lowering = max((row for row in rows if row.fact.signed < 0), key=lambda row: row.fact.row)
        found.above.append(Above(LimitKind.COMMITMENT, target, passed, lowering.fact.voucher, lowering.known.owner))


def _above(
    found: Weighed, kind: LimitKind, by_target: dict[int, list[Placed]], rooms_of: Callable[..., dict[int, Room]]
) -> None:
    rooms = rooms_of(by_target)
    raises = books.raises_of(kind, by_target) if kind != LimitKind.COMMITMENT else {}
    for target, rows in sorted(by_target.items()):
        room, reported = rooms.get(target, Room()), _sum(rows)
        most = room.most
        if target in raises:
            last_day = max(row.fact.booked_on for row in rows)
            most += sum((amount for ends_on, amount in raises[target] if ends_on >= last_day), ZERO)
        passed = excess(before=room.used, reported=reported, room=most)
        first = first_above((row.fact for row in rows), before=room.used, room=most) if passed else None
        if first is not None:
            owner = next(row.known.owner for row in rows if row.fact is first)
            found.above.append(Above(kind, target, passed, first.voucher, owner))


def _by(rows: Sequence[Placed], key: Callable[[Placed], int]) -> dict[int, list[Placed]]:
    found: dict[int, list[Placed]] = defaultdict(list)
    for row in rows:
        found[key(row)].append(row)
    return dict(found)


def _sum(rows: Sequence[Placed]) -> Decimal:
    return sum((row.fact.signed for row in rows), ZERO)


def _more_back(rows: list[Placed]) -> Fault:
    fact = max((row.fact for row in rows if row.fact.signed < 0), key=lambda one: one.row)
    return Fault(
        fact.row,
        "amount",
        str(fact.amount),
        "paid_not_negative",
        _("More would come back than was paid."),
        _("At most what was paid on the commitment."),
    )


def _below_nothing(rows: list[Placed]) -> Fault:
    fact = max((row.fact for row in rows if row.fact.signed < 0), key=lambda one: one.row)
    return Fault(
        fact.row,
        "amount",
        str(fact.amount),
        "commitment_not_negative",
        _("A commitment cannot be lowered below nothing."),
        _("At most what stands on the commitment."),
    )
