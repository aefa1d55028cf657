"""What a file from the books would do, as its page shows it: made in the request or in the worker, kept as plain values."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import Any

from claims.checks.books import Above
from claims.enums import LimitKind
from claims.importers.payments import Examined
from claims.queries import books as queries
from claims.rules.books import Fact
from core.tabular import Finding

MOST_SHOWN = 50
FIRST_ROWS = 10


@dataclass(frozen=True)
class Shown:
    """A finding with its place, in the reader's language."""

    row: int | None
    column: str
    header: str
    value: str
    message: str
    expected: str


@dataclass(frozen=True)
class Choice:
    """One answer that a question takes."""

    value: str
    label: str


@dataclass(frozen=True)
class Question:
    """What a file asks: its key, the places where it came up, and the answers it takes."""

    key: str
    places: tuple[Shown, ...]
    answers: tuple[Choice, ...]


@dataclass(frozen=True)
class Passed:
    """A limit that the file passes. `amount` in EUR."""

    kind: str
    target: str
    amount: Decimal
    voucher: str


@dataclass(frozen=True)
class FirstRow:
    """One of the first rows as it was read. `amount` in EUR."""

    row: int
    voucher: str
    number: str
    label: str
    amount: Decimal
    paid_on: datetime.date
    booked_on: datetime.date


@dataclass(frozen=True)
class Preview:
    """What the page of a file shows. `sum` in EUR, with receipts and lowerings taken off."""

    accepted: bool
    mark: str
    said: tuple[str, ...]
    refusals: tuple[Shown, ...]
    questions: tuple[Question, ...]
    further: int
    new: int
    recognised: int
    left_out: int
    sum: Decimal
    rows: tuple[FirstRow, ...]
    passed: tuple[Passed, ...]
    passed_in_all: int


def preview_of(found: Examined) -> Preview:
    """Return what is shown of a file that was held against the register, in the language at hand."""
    return Preview(
        accepted=found.accepted,
        mark=found.mark if found.accepted else "",
        said=tuple(map(str, found.reading.said)),
        refusals=tuple(_shown(finding) for finding in found.findings if not finding.question),
        questions=questions_of(found.findings),
        further=found.further,
        new=found.weighed.new,
        recognised=found.weighed.recognised,
        left_out=sum(found.reading.left_out.values()),
        sum=sum((fact.signed for fact in found.facts), Decimal(0)),
        rows=tuple(_first(fact) for fact in found.facts[:FIRST_ROWS]),
        passed=_passed(found.weighed.above[:MOST_SHOWN]),
        passed_in_all=len(found.weighed.above),
    )


def questions_of(findings: Iterable[Finding]) -> tuple[Question, ...]:
    """Return what a file asks, each question once with its first places."""
    by_key: dict[str, list[Finding]] = {}
    for finding in findings:
        if finding.question:
            by_key.setdefault(finding.question, []).append(finding)
    return tuple(
        Question(
            key,
            tuple(_shown(place) for place in places[:FIRST_ROWS]),
            tuple(Choice(answer.value, str(answer.label)) for answer in places[0].answers),
        )
        for key, places in by_key.items()
    )


def _shown(finding: Finding) -> Shown:
    words = (finding.header, finding.value, str(finding.message), str(finding.expected))
    return Shown(finding.row, finding.column, *words)


def _first(fact: Fact) -> FirstRow:
    return FirstRow(fact.row, fact.voucher, fact.number, str(fact.label), fact.amount, fact.paid_on, fact.booked_on)


def _passed(above: list[Above]) -> tuple[Passed, ...]:
    names = {
        kind: queries.names_of_targets(kind, [row.target for row in above if row.kind == kind])
        for kind in {row.kind for row in above}
    }
    return tuple(
        Passed(str(LimitKind(row.kind).label), names[row.kind].get(row.target, ""), row.amount, row.voucher)
        for row in above
    )


# -- kept as plain values ---------------------------------------------------------------------------------------------


def as_values(preview: Preview) -> dict[str, Any]:
    """Return a preview as JSON keeps it: amounts and days as text."""

    def plain(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: plain(inner) for key, inner in value.items()}
        if isinstance(value, list | tuple):
            return [plain(inner) for inner in value]
        return str(value) if isinstance(value, Decimal | datetime.date) else value

    values: dict[str, Any] = plain(asdict(preview))
    return values


def from_values(values: dict[str, Any]) -> Preview:
    """Return the preview that was kept."""
    day = datetime.date.fromisoformat
    return Preview(
        **{
            **values,
            "said": tuple(values["said"]),
            "refusals": tuple(Shown(**row) for row in values["refusals"]),
            "questions": tuple(
                Question(
                    row["key"],
                    tuple(Shown(**place) for place in row["places"]),
                    tuple(Choice(**answer) for answer in row["answers"]),
                )
                for row in values["questions"]
            ),
            "sum": Decimal(values["sum"]),
            "rows": tuple(
                FirstRow(
                    **row
                    | {
                        "amount": Decimal(row["amount"]),
                        "paid_on": day(row["paid_on"]),
                        "booked_on": day(row["booked_on"]),
                    }
                )
                for row in values["rows"]
            ),
            "passed": tuple(Passed(**row | {"amount": Decimal(row["amount"])}) for row in values["passed"]),
        }
    )
