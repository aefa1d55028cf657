"""Taking in what the ministry's books report, and reconciling with them. Amounts in EUR.

Facts are always recorded: where one passes a limit a deviation is made in the same transaction. Rows go in by COPY, in one
statement for each table, so that the database's guards reckon once for all of them.
"""

from __future__ import annotations

import datetime
import hashlib
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from decimal import Decimal
from typing import Any

from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext as _

from claims import policies
from claims.actions.refused import Refused, in_words, require
from claims.checks.books import Above, Fault, Placed, Signed, Weighed, weigh
from claims.enums import LimitKind, Origin
from claims.importers.payments import Examined, is_large, read_facts
from claims.models import BooksFile, BooksTotal, Claim, Commitment, CommitmentRow, Deviation, Payment, Reconciliation
from claims.models.books import LARGEST_FILE
from claims.queries import books
from claims.queries.books import MonthLine
from claims.rules.books import Fact
from claims.rules.files import tidy_name
from core.audit import record
from core.models import User
from core.permissions import refresh
from core.transactions import acting

TIME_TO_EXPLAIN = datetime.timedelta(days=14)


class FactsRefused(Refused):
    """Some facts cannot be taken in, so none was. `faults` says which rows and why."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = tuple(faults)
        first = self.faults[0]
        super().__init__(
            _("Nothing was taken in: row %(row)s, %(value)s: %(message)s")
            % {"row": first.row, "value": first.value, "message": first.message},
            first.code,
        )


@acting
def take_in(*, by: User, at: datetime.datetime, facts: Sequence[Fact]) -> Weighed:
    """Record what the books report: all of it or nothing. A voucher that is known with the same content is left out.

    Each limit that the facts pass gets a deviation of the excess (EUR), owned by the claim's file holder. Raises
    FactsRefused for rows that cannot be placed.
    """
    refresh(by)
    require(policies.may_book(by))
    _lock(facts)
    weighed = weigh(facts)
    if weighed.faults:
        raise FactsRefused(weighed.faults)
    with in_words():
        keys = _sign(weighed.signed, by, at)
        Deviation.objects.bulk_create(_deviation(above, keys, by, at) for above in weighed.above)
        _copy(CommitmentRow, CHANGE_COLUMNS, (_change(row, keys, by, at) for row in weighed.changes))
        _copy(Payment, PAYMENT_COLUMNS, (_payment(row, keys, by, at) for row in weighed.payments))
    return weighed


def _sign(signed: Sequence[Signed], by: User, at: datetime.datetime) -> dict[int, int]:
    """Record the commitments that the books report first; return the key of each for its number below zero."""
    made = Commitment.objects.bulk_create(
        Commitment(
            number=row.fact.number,
            line_id=row.known.line,
            partner_id=row.partner,
            signed_on=row.fact.paid_on,
            recorded_at=at,
            recorded_by=by,
        )
        for row in signed
    )
    return {row.known.pk: commitment.pk for row, commitment in zip(signed, made, strict=True)}


def _lock(facts: Sequence[Fact]) -> None:
    """Take the claims and then the totals, each in order, as every writer of the ledger does."""
    commitments = books.commitments_by_number({fact.number for fact in facts})
    found = list(commitments.values())
    lines = [
        line
        for of_number in books.lines_by_activity({fact.activity_number for fact in facts}).values()
        for line in of_number
    ]
    claims = Claim.objects.filter(pk__in={known.claim for known in found} | {line.claim for line in lines}).order_by(
        "pk"
    )
    list(claims.select_for_update(no_key=True, of=("self",)).values_list("pk"))
    years = {fact.paid_on.year for fact in facts} | {fact.booked_on.year for fact in facts}
    names = {known.envelope_name for known in found} | {name for line in lines for _pk, name in line.envelopes.values()}
    named = books.envelopes_by_name(names)
    envelopes = {pk for (_name, year), pk in named.items() if year in years} | {known.envelope for known in found}
    envelopes |= {pk for line in lines for year, (pk, _name) in line.envelopes.items() if year in years}
    with connection.cursor() as cursor:
        cursor.execute(
            "select claims_take_totals(%s::bigint[], %s::bigint[], %s::bigint[])",
            [
                sorted(envelopes),
                sorted({known.line for known in found} | {line.line for line in lines}),
                sorted({known.pk for known in found}),
            ],
        )


def _deviation(above: Above, keys: dict[int, int], by: User, at: datetime.datetime) -> Deviation:
    target = {LimitKind.LINE: "line_id", LimitKind.COMMITMENT: "commitment_id"}.get(
        LimitKind(above.kind), "envelope_id"
    )
    return Deviation(
        kind=above.kind,
        voucher=above.voucher,
        amount=above.amount,
        owner_id=above.owner or by.pk,
        due_on=timezone.localdate(at) + TIME_TO_EXPLAIN,
        recorded_at=at,
        **{target: keys.get(above.target, above.target) if target == "commitment_id" else above.target},
    )


ROW_COLUMNS = (
    "public_id",
    "amount",
    "booked_on",
    "recorded_at",
    "recorded_by_id",
    "origin",
    "voucher",
    "reason",
    "commitment_id",
    "envelope_id",
    "kind",
)
CHANGE_COLUMNS = ROW_COLUMNS
PAYMENT_COLUMNS = (*ROW_COLUMNS, "paid_on", "currency", "foreign_amount", "rate", "rate_kind", "rate_on")


def _change(row: Placed, keys: dict[int, int], by: User, at: datetime.datetime) -> tuple[Any, ...]:
    fact = row.fact
    return (
        uuid.uuid4(),
        fact.amount,
        fact.booked_on,
        at,
        by.pk,
        Origin.BOOKS.value,
        fact.voucher,
        "",
        keys.get(row.known.pk, row.known.pk),
        row.envelope,
        fact.kind,
    )


def _payment(row: Placed, keys: dict[int, int], by: User, at: datetime.datetime) -> tuple[Any, ...]:
    fact = row.fact
    foreign = (fact.currency, fact.foreign_amount, fact.rate, fact.rate_kind, fact.rate_on)
    return (*_change(row, keys, by, at), fact.paid_on, *foreign)


def _copy(model: Any, columns: Sequence[str], rows: Iterable[tuple[Any, ...]]) -> None:
    """Write rows in one statement; none at all asks nothing of the database."""
    waiting = iter(rows)
    first = next(waiting, None)
    if first is None:
        return
    statement = f"copy {model._meta.db_table} ({', '.join(columns)}) from stdin"
    with connection.wrap_database_errors, connection.cursor() as cursor, cursor.copy(statement) as copy:
        copy.write_row(first)
        for row in waiting:
            copy.write_row(row)


# -- files ------------------------------------------------------------------------------------------------------------


@acting
def keep_file(*, by: User, at: datetime.datetime, name: str, content: bytes) -> BooksFile:
    """Keep a file from the books until it is looked at and taken in, or put away."""
    refresh(by)
    require(policies.may_book(by))
    if not content:
        raise Refused(_("The file is empty."), "books_file_size")
    if len(content) > LARGEST_FILE:
        raise Refused(_("The file is larger than 20 MB. Divide it in parts."), "books_file_size")
    with in_words():
        return BooksFile.objects.create(
            name=tidy_name(name),
            size=len(content),
            digest=hashlib.sha256(content).hexdigest(),
            content=content,
            large=is_large(content, name),
            added_by=by,
            added_at=at,
        )


@acting
def answer_questions(*, by: User, file: BooksFile, answers: Mapping[str, str]) -> BooksFile:
    """Keep the answers to what reading a file asked; they count at every next reading of it."""
    refresh(by)
    require(policies.may_book(by))
    fresh = _open_file(file)
    fresh.answers = {**fresh.answers, **answers}
    fresh.large = is_large(bytes(fresh.content or b""), fresh.name, fresh.answers)
    fresh.save(update_fields=["answers", "large"])
    return fresh


@acting
def take_in_file(
    *, by: User, at: datetime.datetime, file: BooksFile, shown: str, found: Examined | None = None
) -> BooksFile:
    """Take a kept file in, once, as it was shown: the same file, answers and outcome. A second time changes nothing.

    `found` is what reading this file with its answers gave, when it was read before. Raises Refused when anything that
    was shown is different by now, FactsRefused for rows that cannot be placed.
    """
    refresh(by)
    require(policies.may_book(by))
    fresh = BooksFile.objects.select_for_update(no_key=True).get(pk=file.pk)
    if fresh.taken_in:
        return fresh
    if fresh.done_at:
        raise Refused(_("This file was put away."), "books_file_once")
    if found is None or (found.digest, found.answers) != (fresh.digest, fresh.answers):
        found = read_facts(bytes(fresh.content or b""), fresh.name, digest=fresh.digest, answers=fresh.answers)
    if found.accepted:
        found.weighed = take_in(by=by, at=at, facts=found.facts)  # weighed while nobody else books
    if not found.accepted or found.mark != shown:
        raise Refused(
            _("What was recorded changed since this was shown. Nothing was taken in: look again and decide."),
            "books_file_shown",
        )
    weighed = found.weighed
    fresh.content, fresh.done_by, fresh.done_at, fresh.taken_in = None, by, at, True
    fresh.new, fresh.recognised, fresh.deviations = weighed.new, weighed.recognised, len(weighed.above)
    fresh.save()
    record(
        by=by,
        at=at,
        kind="books",
        subject=f"booksfile {fresh.public_id}",
        digest=fresh.digest,
        new=fresh.new,
        recognised=fresh.recognised,
        deviations=fresh.deviations,
    )
    return fresh


@acting
def put_away(*, by: User, at: datetime.datetime, file: BooksFile) -> BooksFile:
    """Put a kept file away without taking it in; its content is removed."""
    refresh(by)
    require(policies.may_book(by))
    fresh = _open_file(file)
    fresh.content, fresh.done_by, fresh.done_at = None, by, at
    fresh.save()
    return fresh


def _open_file(file: BooksFile) -> BooksFile:
    fresh = BooksFile.objects.select_for_update(no_key=True).get(pk=file.pk)
    if fresh.done_at:
        raise Refused(_("This file is dealt with already: it was taken in or put away."), "books_file_once")
    return fresh


# -- reconciliation ---------------------------------------------------------------------------------------------------


@acting
def record_totals(
    *,
    by: User,
    at: datetime.datetime,
    month: datetime.date,
    totals: Sequence[tuple[str, str, Decimal, str]],
    source: str = "",
) -> int:
    """Record what the books say of a month: (series, activity number, EUR, explanation). The newest counts.

    What is the same as recorded is left out. Returns how many were recorded.
    """
    refresh(by)
    require(policies.may_keep_books(by))
    month = month.replace(day=1)
    known = {
        (line.series, line.activity_number): (line.books, line.explanation, line.source)
        for line in books.lines_of_month(month)
    }
    fresh = [
        BooksTotal(
            month=month,
            series=series,
            activity_number=number,
            amount=amount,
            explanation=explanation.strip(),
            source=source[:200],
            recorded_by=by,
            recorded_at=at,
        )
        for series, number, amount, explanation in totals
        if known.get((series, number)) != (amount, explanation.strip(), source[:200])
    ]
    with in_words():
        BooksTotal.objects.bulk_create(fresh)
    return len(fresh)


def mark_of(lines: Sequence[MonthLine]) -> str:
    """Return what a controller signs for: these very figures and explanations."""
    said = "\n".join("|".join(map(str, asdict(line).values())) for line in lines)
    return hashlib.sha256(said.encode()).hexdigest()


@acting
def sign_off(*, by: User, at: datetime.datetime, month: datetime.date, shown: str, remark: str = "") -> Reconciliation:
    """Sign a month off as agreeing with the books, by a controller who booked nothing in it, with the figures shown."""
    refresh(by)
    require(policies.may_control(by))
    lines = books.lines_of_month(month)
    if mark_of(lines) != shown:
        raise Refused(
            _("The figures changed since they were shown. Nothing was signed: look at them and decide again."),
            "reconciliation_shown",
        )
    if month.replace(day=1) > timezone.localdate(at):
        raise Refused(_("That month has not begun."), "reconciliation_month")
    with in_words():
        return Reconciliation.objects.create(
            month=month.replace(day=1),
            lines=[
                {key: None if value is None else str(value) for key, value in asdict(line).items()} for line in lines
            ],
            mark=shown,
            remark=remark.strip()[:500],
            signed_by=by,
            signed_at=at,
        )
