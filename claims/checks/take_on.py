"""Opening balances held against the register and against each other: what cannot be taken on, row by row."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from claims.checks.books import Fault, Words
from claims.enums import OpeningKind
from claims.queries import take_on as queries
from claims.queries.books import closed_months
from claims.queries.take_on import Met
from claims.rules.take_on import ZERO, Item
from core.language import language
from core.numbers import format_amount

NEEDED = {
    OpeningKind.BUDGET: (),
    OpeningKind.GRANT: ("claim", "title", "directorate", "line", "decided_by"),
    OpeningKind.COMMITMENT: ("claim", "line", "partner", "number", "date"),
    OpeningKind.PAID: ("claim", "line", "number", "date"),
    OpeningKind.ADVANCE: ("claim", "line", "number", "date"),
}
SPENT = (OpeningKind.PAID, OpeningKind.ADVANCE)


def faults_of(items: Sequence[Item], as_of: datetime.date) -> list[Fault]:
    """Return everything that stands in the way, from the top of the sheet down; nothing is written."""
    met = queries.meet(items)
    faults = [fault for item in items for fault in _alone(item, as_of, met)]
    if as_of.replace(day=1) in closed_months() and items:
        faults.append(_fault(items[0], "year", str(as_of), "period_open", _("The month of that day is closed.")))
    faults += _together(items, met)
    if not faults:
        faults += _above_limits(items, met)
    return sorted(faults, key=lambda fault: fault.row)


def _fault(item: Item, column: str, value: object, code: str, message: Words, expected: Words = "") -> Fault:
    return Fault(item.row, column, str(value), code, message, expected)


# -- one row ----------------------------------------------------------------------------------------------------------


def _alone(item: Item, as_of: datetime.date, met: Met) -> Iterator[Fault]:
    for column in NEEDED[OpeningKind(item.kind)]:
        if not getattr(item, column):
            message = format_lazy(_("A row of {kind} needs this."), kind=item.label)
            yield _fault(item, column, "", "opening_incomplete", message, _("A value in this column."))
    if not item.amount and not (item.kind in (OpeningKind.BUDGET, OpeningKind.GRANT) and item.cash):
        yield _fault(item, "amount", item.amount, "opening_amount", _("The amount must be more than zero."))
    if item.date and item.date > as_of:
        message = _("That day is after the day of the opening balance.")
        yield _fault(
            item, "date", item.date.isoformat(), "opening_date", message, format_lazy(_("At most {day}."), day=as_of)
        )
    if (item.envelope, item.year) not in met.envelopes:
        message = format_lazy(_("There is no envelope “{name}” of {year}."), name=item.envelope, year=item.year)
        yield _fault(
            item, "envelope", item.envelope, "envelope_unknown", message, _("Make the envelope of that year first.")
        )
    yield from _named(item, met)


def _named(item: Item, met: Met) -> Iterator[Fault]:
    """Find the names that the register does not know."""
    if item.partner and len(met.partners.get(item.partner, [])) != 1:
        known = item.partner in met.partners
        message = _("More than one partner is called so.") if known else _("There is no partner of this name.")
        yield _fault(item, "partner", item.partner, "partner_unknown", message, _("The name as it is recorded here."))
    if item.kind != OpeningKind.GRANT:
        return
    if item.directorate and item.directorate not in met.directorates:
        message = _("There is no directorate of this code.")
        yield _fault(item, "directorate", item.directorate, "directorate_unknown", message, _("For example BZ DSH."))
    if item.decided_by and item.decided_by not in met.parties:
        message = _("There is no deciding party of this code.")
        yield _fault(item, "decided_by", item.decided_by, "party_unknown", message, _("For example M, R or FIN."))


# -- rows together ----------------------------------------------------------------------------------------------------


def _together(items: Sequence[Item], met: Met) -> Iterator[Fault]:
    granted = {(row.claim, row.line) for row in items if row.kind == OpeningKind.GRANT}
    signed: dict[str, Item] = {}
    seen: set[tuple[str, ...]] = set()
    titles: dict[str, tuple[str, str]] = {}
    for item in items:
        if item.kind == OpeningKind.GRANT:
            yield from _granted(item, met, seen, titles)
        elif item.kind != OpeningKind.BUDGET and (item.claim, item.line) not in granted:
            message = _("Nothing is granted to this line of this claim in the file.")
            yield _fault(
                item, "line", item.line, "opening_line", message, _("The claim and line of a row of what is granted.")
            )
        if item.kind == OpeningKind.COMMITMENT:
            if item.number in met.numbers or item.number in signed:
                message = _("A commitment of that number is there already.")
                yield _fault(
                    item, "number", item.number, "claims_commitment_number_key", message, _("Each number once.")
                )
            signed[item.number] = item
    for item in items:
        if item.kind in SPENT and item.number:
            bond = signed.get(item.number)
            if bond is None or (bond.claim, bond.line) != (item.claim, item.line):
                message = _("There is no commitment of this number under this line in the file.")
                yield _fault(
                    item, "number", item.number, "commitment_unknown", message, _("The number of a row of commitment.")
                )


def _granted(item: Item, met: Met, seen: set[tuple[str, ...]], titles: dict[str, tuple[str, str]]) -> Iterator[Fault]:
    if item.claim in met.claims:
        message = _("A claim of this reference is there already.")
        yield _fault(item, "claim", item.claim, "opening_claim_known", message, _("A claim that is not recorded yet."))
    key = (item.claim, item.line, item.envelope, str(item.year))
    if key in seen:
        message = _("This line has an amount from that envelope and year already.")
        yield _fault(item, "envelope", item.envelope, "line_year_once", message, _("One row, with both together."))
    seen.add(key)
    first = titles.setdefault(item.claim, (item.title, item.directorate))
    if first != (item.title, item.directorate):
        column = "title" if first[0] != item.title else "directorate"
        message = _("Another row of this claim says otherwise.")
        wanted = first[0] if column == "title" else first[1]
        yield _fault(item, column, getattr(item, column), "opening_claim_differs", message, wanted)


# -- limits -----------------------------------------------------------------------------------------------------------


def _above_limits(items: Sequence[Item], met: Met) -> Iterator[Fault]:
    """Find the rows at which a line, commitment or envelope holds no more; what is after them is not counted again."""
    lines: dict[object, Decimal] = defaultdict(lambda: ZERO)
    bonds: dict[object, Decimal] = defaultdict(lambda: ZERO)
    commitments: dict[object, Decimal] = {}
    cash: dict[object, Decimal] = {}
    for envelope in met.envelopes.values():
        commitments[envelope.pk], cash[envelope.pk] = met.room(envelope)
    for item in items:
        place = met.envelopes[item.envelope, item.year].pk
        if item.kind == OpeningKind.BUDGET:
            commitments[place] += item.amount
            cash[place] += item.cash or ZERO
        elif item.kind == OpeningKind.GRANT:
            lines[item.claim, item.line] += item.amount
        elif item.kind == OpeningKind.COMMITMENT:
            bonds[item.number] += item.amount
    checks = {
        OpeningKind.COMMITMENT: [
            (lines, "limit_line", _("More is committed than was granted to this line.")),
            (commitments, "limit_envelope_commitment", _("More is committed than the envelope holds.")),
        ],
        **{
            kind: [
                (bonds, "limit_commitment", _("More is paid than was committed.")),
                (cash, "limit_envelope_cash", _("More is paid than the envelope holds in cash.")),
            ]
            for kind in SPENT
        },
    }
    for item in items:
        place = met.envelopes[item.envelope, item.year].pk
        keys = {"limit_line": (item.claim, item.line), "limit_commitment": item.number}
        for rooms, code, message in checks.get(OpeningKind(item.kind), []):
            key = keys.get(code, place)
            if item.amount > rooms[key]:
                expected = format_lazy(_("At most {room} more."), room=format_amount(max(rooms[key], ZERO), language()))
                yield _fault(item, "amount", item.amount, code, message, expected)
            rooms[key] -= item.amount
