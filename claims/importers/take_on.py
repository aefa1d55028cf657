"""A sheet of opening balances: one row for each budget, grant, commitment, payment total and open advance.

All or nothing: one row that cannot be read or placed refuses the file, with each row, column, value, message and what is
expected.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from operator import itemgetter
from typing import Any

from django.utils.translation import gettext_lazy as _

from claims.checks.books import Fault
from claims.checks.take_on import faults_of
from claims.enums import OpeningKind
from claims.importers.payments import MOST_FAULTS, finding_of
from claims.models.books import LARGEST_FILE
from claims.rules.take_on import Item
from core.tabular import Column, Finding, Kind, Limits, Reading, read

LIMITS = Limits(file=LARGEST_FILE, rows=20_000)
NOTHING = Decimal(0)

COLUMNS = (
    Column(
        "kind",
        _("Kind"),
        Kind.CHOICE,
        choices={str(kind.value): (kind.label,) for kind in OpeningKind},
        note=_("What the row says: budget, granted, commitment, paid or open advance."),
    ),
    Column(
        "claim",
        _("Claim"),
        Kind.IDENTIFIER,
        also=(_("reference of the ministry"),),
        required=False,
        longest=40,
        note=_("Your own reference of the claim; the same in each of its rows. Empty for budget."),
    ),
    Column("title", _("Title of the claim"), required=False, longest=200, note=_("With what is granted.")),
    Column("directorate", _("Directorate"), required=False, longest=40, note=_("Its code, with what is granted.")),
    Column("line", _("Claim line"), required=False, longest=200, note=_("What for; the same in each of its rows.")),
    Column("activity_number", _("Activity number"), Kind.IDENTIFIER, required=False, longest=40),
    Column(
        "partner",
        _("Partner"),
        required=False,
        longest=200,
        note=_("Name or short name as recorded here. More than one partner: a row of commitment for each."),
    ),
    Column("envelope", _("Envelope"), longest=200, note=_("Its name as recorded here.")),
    Column("year", _("Budget year"), Kind.WHOLE, least=Decimal(2000), most=Decimal(2100)),
    Column("number", _("Commitment number"), Kind.IDENTIFIER, required=False, longest=60),
    Column(
        "amount",
        _("Amount (EUR)"),
        Kind.AMOUNT,
        least=NOTHING,
        note=_("Budget and granted: the commitments. Paid: without what is an open advance."),
    ),
    Column("cash", _("Cash (EUR)"), Kind.AMOUNT, required=False, least=NOTHING, note=_("Of budget and granted.")),
    Column(
        "date",
        _("Date"),
        Kind.DATE,
        required=False,
        note=_(
            "Granted: of the decision, if known. Commitment: of signing. Paid and open advance: of the (last) payment."
        ),
    ),
    Column(
        "decided_by", _("Decided by"), required=False, longest=20, note=_("Code of who decided, with what is granted.")
    ),
)
FIELDS = itemgetter(*Item._fields[1:])


@dataclass
class Opening:
    """A file held against the register: what was read, and what stands in the way."""

    reading: Reading
    digest: str
    answers: Mapping[str, str] = field(default_factory=dict)
    items: list[Item] = field(default_factory=list)
    findings: tuple[Finding, ...] = ()
    further: int = 0

    @property
    def accepted(self) -> bool:
        """Tell whether the file can be taken in as it is."""
        return not self.findings

    @property
    def mark(self) -> str:
        """What a person agrees to: this very file, with these answers."""
        return hashlib.sha256(json.dumps([self.digest, sorted(self.answers.items())]).encode()).hexdigest()

    def refuse(self, faults: list[Fault]) -> None:
        """Add faults as findings with their place in the sheet; beyond a number they are only counted."""
        self.findings = tuple(finding_of(fault, self.reading) for fault in faults[:MOST_FAULTS])
        self.further = max(len(faults) - MOST_FAULTS, 0)


def examine(content: bytes, name: str, *, digest: str, as_of: Any, answers: Mapping[str, str] | None = None) -> Opening:
    """Read a sheet and hold it against the register as it is now; nothing is written."""
    reading = read(content, name, columns=COLUMNS, answers=answers, limits=LIMITS)
    found = Opening(reading, digest, dict(answers or {}), findings=reading.findings, further=reading.further)
    if reading.accepted:
        found.items = [_item(row.number, row.values) for row in reading.rows()]
        found.refuse(faults_of(found.items, as_of))
    return found


def _item(row: int, values: Mapping[str, Any]) -> Item:
    item = Item(row, *FIELDS(values))
    return item._replace(year=int(item.year))
