"""Sheets from the ministry's books: payments, advances, receipts and changes of commitments, by voucher number.

All or nothing: one row that cannot be read refuses the file, with each row, column, value, message and what is expected.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from operator import itemgetter
from typing import Any, BinaryIO

from django.utils.translation import gettext_lazy as _

from claims.checks.books import Fault, Weighed, weigh
from claims.enums import CommitmentKind, PaymentKind, RateKind
from claims.models.books import LARGEST_FILE
from claims.rules.books import CHANGES, Fact
from core.tabular import Column, Finding, Kind, Limits, Reading, Severity, read
from core.tabular.findings import clip

MOST_FAULTS = 200  # that are shown
LIMITS = Limits(file=LARGEST_FILE)
DIRECT_ROWS = 5_000  # a file with more is read by the worker
CENT = Decimal("0.01")

KINDS: dict[str, tuple[Any, ...]] = {
    PaymentKind.PAYMENT: (_("payment"),),
    PaymentKind.ADVANCE: (_("advance"),),
    PaymentKind.RECEIPT: (_("receipt"),),
    CommitmentKind.SIGN: (_("commitment signed"), _("signed")),
    CommitmentKind.RAISE: (_("commitment raised"), _("raised")),
    CommitmentKind.LOWER: (_("commitment lowered"), _("lowered")),
}
FIELDS = itemgetter(*Fact._fields[1:])
FOREIGN = ("currency", "foreign_amount", "rate", "rate_kind", "rate_on")

COLUMNS = (
    Column(
        "voucher",
        _("Voucher number"),
        Kind.IDENTIFIER,
        also=(_("voucher"), _("document number")),
        note=_("The number in the books, each row its own. A voucher that is known is recognised and left out."),
        longest=60,
    ),
    Column(
        "number",
        _("Commitment number"),
        Kind.IDENTIFIER,
        also=(_("commitment"), _("number of the arrangement or decision")),
        note=_("As the commitment is recorded here; a new one with what is signed."),
        longest=60,
    ),
    Column(
        "partner",
        _("Partner"),
        required=False,
        note=_("Read for a commitment signed, where the line has more than one; else for your own overview."),
    ),
    Column("kind", _("Kind"), Kind.CHOICE, choices=KINDS, note=_("What the row is.")),
    Column(
        "amount",
        _("Amount (EUR)"),
        Kind.AMOUNT,
        also=(_("amount"), _("amount in euros")),
        least=CENT,
        note=_("More than zero, also for a receipt: the kind says the direction."),
    ),
    Column(
        "paid_on",
        _("Paid on"),
        Kind.DATE,
        also=(_("payment date"),),
        note=_("The day of the transaction, or of signing. It says from which year the money is taken."),
    ),
    Column("booked_on", _("Booked on"), Kind.DATE, also=(_("booking date"),), note=_("In a month that is open.")),
    Column(
        "currency",
        _("Foreign currency"),
        Kind.TEXT,
        required=False,
        longest=3,
        pattern=r"[A-Z]{3}",
        example="USD",
        note=_("Empty for a payment in euros. Else also the amount, rate, kind and date of the rate."),
    ),
    Column("foreign_amount", _("Foreign amount"), Kind.AMOUNT, required=False, least=CENT, foreign=True),
    Column("rate", _("Rate"), Kind.NUMBER, required=False, least=Decimal("0.00000001"), places=8),
    Column(
        "rate_kind",
        _("Kind of rate"),
        Kind.CHOICE,
        required=False,
        choices={str(kind.value): (kind.label,) for kind in RateKind},
    ),
    Column("rate_on", _("Date of the rate"), Kind.DATE, required=False),
    Column(
        "activity_number",
        _("Activity number"),
        Kind.IDENTIFIER,
        also=(_("activity"),),
        required=False,
        longest=40,
        note=_("Only for a commitment signed that is not recorded here yet: of the claim line it belongs to."),
    ),
)


@dataclass
class Examined:
    """A file held against the register: what was read, what would become of it, and what stands in the way."""

    reading: Reading
    digest: str
    answers: Mapping[str, str] = field(default_factory=dict)
    facts: list[Fact] = field(default_factory=list)
    weighed: Weighed = field(default_factory=Weighed)
    findings: tuple[Finding, ...] = ()
    further: int = 0

    @property
    def accepted(self) -> bool:
        """Tell whether the file can be taken in as it is."""
        return not self.findings

    def refuse(self, faults: Sequence[Fault]) -> None:
        """Add faults as findings with their place in the sheet; beyond a number they are only counted."""
        if faults:
            self.findings = tuple(finding_of(fault, self.reading) for fault in faults[:MOST_FAULTS])
            self.further = max(len(faults) - MOST_FAULTS, 0)

    @property
    def mark(self) -> str:
        """What a person agrees to: this very file, with these answers and this outcome."""
        above = [[row.kind, row.target, str(row.amount), row.voucher] for row in self.weighed.above]
        said = [self.digest, sorted(self.answers.items()), self.weighed.new, self.weighed.recognised, above]
        return hashlib.sha256(json.dumps(said).encode()).hexdigest()


def is_large(content: bytes, name: str, answers: Mapping[str, str] | None = None) -> bool:
    """Tell whether a sheet has more rows than are read while somebody waits for a page. Reads no further than that."""
    reading = read(content, name, columns=COLUMNS, answers=answers, limits=replace(LIMITS, rows=DIRECT_ROWS))
    return "too_many_rows" in reading.counts


def read_facts(
    content: bytes | BinaryIO,
    name: str,
    *,
    digest: str,
    answers: Mapping[str, str] | None = None,
    progress: Callable[[int], None] | None = None,
) -> Examined:
    """Read a sheet into facts, not yet held against the register; what cannot be read becomes findings."""
    reading = read(content, name, columns=COLUMNS, answers=answers, limits=LIMITS, progress=progress)
    found = Examined(reading, digest, dict(answers or {}), findings=reading.findings, further=reading.further)
    if not reading.accepted:
        return found
    faults: list[Fault] = []
    for row in reading.rows():
        fault = _foreign_fault(row.number, row.values)
        if fault:
            faults.append(fault)
        else:
            found.facts.append(_fact(row.number, row.values))
    found.refuse(faults)
    return found


def examine(content: bytes | BinaryIO, name: str, *, digest: str, answers: Mapping[str, str] | None = None) -> Examined:
    """Read a sheet and hold it against the register as it is now; nothing is written."""
    found = read_facts(content, name, digest=digest, answers=answers)
    if found.accepted:
        found.weighed = weigh(found.facts)
        found.refuse(found.weighed.faults)
    return found


def _fact(row: int, values: Mapping[str, Any]) -> Fact:
    return Fact(row, *FIELDS(values))


def finding_of(fault: Fault, reading: Reading) -> Finding:
    """Return a fault with its place as the user's own sheet shows it."""
    column, header = reading.place(fault.column)
    return Finding(
        Severity.REFUSAL, fault.code, fault.message, fault.expected, fault.row, column, header, clip(fault.value)
    )


def _foreign_fault(row: int, values: Mapping[str, Any]) -> Fault | None:
    """A foreign amount has all five of its fields or none; a change of a commitment has none."""
    given = [name for name in FOREIGN if values[name]]
    if not given:
        return None
    if values["kind"] in CHANGES:
        message, wanted = _("A change of a commitment is booked in euros."), _("These fields empty.")
        return Fault(row, given[0], str(values[given[0]]), "foreign_of_change", message, wanted)
    if values["currency"] == "EUR":
        message, wanted = _("Euros are not a foreign currency."), _("Empty for a payment in euros.")
        return Fault(row, "currency", "EUR", "payment_foreign_whole", message, wanted)
    if len(given) < len(FOREIGN):
        lacking = next(name for name in FOREIGN if name not in given)
        message = _("A foreign amount has its currency, amount, rate, kind of rate and date: all five.")
        return Fault(row, lacking, "", "payment_foreign_whole", message, _("All five, or none for a payment in euros."))
    return None
