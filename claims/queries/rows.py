"""The rows that a number is made of: what every number on a screen opens into. All in EUR.

A measure is a name for a number; its parts are rows that count with it or against it. Their sum is the number, to the cent.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any, NamedTuple

from django.db.models import Count, Exists, F, OuterRef, Q, Sum
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from claims.enums import MutationStage, PaymentKind, PlanKind, Series
from claims.models import (
    Claim,
    CommitmentRow,
    GrantEntry,
    LineYear,
    Payment,
    PlanQuarter,
    StageReached,
    WriteOff,
)
from claims.queries.headroom import RUNNING_CLAIMS, ZERO, held_grants
from claims.queries.stands import Scope, newest_plans
from partners.models import Partner

Words = str | Promise


class ClaimRef(NamedTuple):
    """What a row tells of its claim: enough to name it, and to know who may see it."""

    reference: str
    directorate_id: int


class PartnerRef(NamedTuple):
    """What a row tells of its partner."""

    short_name: str


@dataclass(frozen=True)
class Row:
    """One row of a number: how much it adds (EUR), what it is, and where it is recorded."""

    amount: Decimal
    what: Words
    day: datetime.date | None = None
    year: int | None = None
    claim: Claim | ClaimRef | None = None
    about: str = ""  # the line, or the envelope's mutation
    partner: Partner | PartnerRef | None = None
    number: str = ""  # of the commitment, or the voucher
    foreign: tuple[Decimal, str] | None = None
    reverses: bool = False


@dataclass(frozen=True)
class Part:
    """Rows of one table that count with a number (1) or against it (-1). `field` is what is added."""

    sign: int
    rows: Any
    read: Callable[[Any, Decimal], Row]
    field: str = "signed"

    @cached_property
    def sums(self) -> tuple[int, Decimal]:
        """How many rows there are, and what they add up to."""
        found = self.rows.order_by().aggregate(count=Count("pk"), total=Sum(self.field))
        return found["count"], self.sign * found["total"] if found["total"] is not None else ZERO

    def page(self, start: int = 0, stop: int | None = None) -> Iterator[Row]:
        """Yield the rows in order."""
        rows = self.rows[start:stop] if stop is not None else self.rows[start:]
        source = rows.iterator(2000) if stop is None else rows
        for row in source:
            yield self.read(row, self.sign * getattr(row, self.field))


class PaymentPart(Part):
    """Payments, of which there are many: read as plain values, for a hundred thousand records would take most of the time."""

    def page(self, start: int = 0, stop: int | None = None) -> Iterator[Row]:
        """Yield the rows in order."""
        rows = self.rows.values_list(*PAYMENT_VALUES)
        for row in rows[start:stop] if stop is not None else rows[start:].iterator(2000):
            yield self.read(row, self.sign * row[0])


class Numbers:
    """The measures of one scope, per a date where one is given. Requests and plans are always those of now."""

    def __init__(self, scope: Scope, as_of: datetime.date | None = None) -> None:
        self.scope, self.as_of = scope, as_of
        self._parts: dict[str, list[Part]] = {}

    def parts(self, measure: str) -> list[Part]:
        """Return what a measure is made of. Raises KeyError for a measure that does not exist."""
        if measure not in self._parts:
            made_of = MEASURES[measure].made_of
            self._parts[measure] = [part for sign, source, *given in made_of for part in source(self, sign, *given)]
        return self._parts[measure]

    def total(self, measure: str) -> Decimal:
        """Return the sum of a measure's rows."""
        return sum((part.sums[1] for part in self.parts(measure)), ZERO)

    def count(self, measure: str) -> int:
        """Return how many rows a measure has."""
        return sum(part.sums[0] for part in self.parts(measure))

    def rows(self, measure: str, start: int = 0, most: int | None = None) -> Iterator[Row]:
        """Yield a measure's rows in order: part after part, `most` of them from `start` on."""
        if most is None:
            for part in self.parts(measure):
                yield from part.page()
            return
        left = most
        for part in self.parts(measure):
            count = part.sums[0]
            if start < count and left:
                found = list(part.page(start, start + left))
                left -= len(found)
                yield from found
            start = max(start - count, 0)

    # -- sources ----------------------------------------------------------------------------------------------------

    def _asked(self, sign: int, series: str) -> Iterator[Part]:
        """What running claims ask, less what is granted to them already."""
        field = "commitment" if series == Series.COMMITMENT else "cash"
        lines = Q() if self.scope.lines is None else Q(line__in=self.scope.lines)
        asked = LineYear.objects.filter(
            lines, self.scope.place(loose=True), Q(**{f"{field}__gt": 0}), line__claim__state__in=RUNNING_CLAIMS
        )
        yield Part(sign, asked.select_related("line__claim", "envelope").order_by("pk"), _asked_row, field)
        held = held_grants(series=series).filter(lines, self.scope.place())
        yield Part(-sign, held.select_related("line__claim", "envelope").order_by("pk"), _held_row)

    def _grants(self, sign: int, series: str) -> Iterator[Part]:
        lines = Q() if self.scope.lines is None else Q(line__in=self.scope.lines)
        rows = GrantEntry.objects.filter(lines, self.scope.place(), self._booked(), series=series)
        yield Part(sign, rows.select_related("line__claim", "envelope").order_by("booked_on", "pk"), _grant_row)

    def _committed(self, sign: int) -> Iterator[Part]:
        rows = CommitmentRow.objects.filter(self._signed("commitment"), self.scope.place(), self._booked())
        rows = rows.select_related(*OF_COMMITMENT, "envelope").only(*ROW_FIELDS, *LINKED_FIELDS)
        yield Part(sign, rows.order_by("booked_on", "pk"), _commitment_row)

    def _paid(self, sign: int) -> Iterator[Part]:
        yield self._payments(sign)

    def _advances(self, sign: int) -> Iterator[Part]:
        yield self._payments(sign, kind=PaymentKind.ADVANCE)

    def _payments(self, sign: int, **conditions: Any) -> Part:
        rows = Payment.objects.filter(self._signed("commitment"), self.scope.place(), self._booked(), **conditions)
        return PaymentPart(sign, rows.order_by("booked_on", "pk"), _payment_row)

    def _written_off(self, sign: int) -> Iterator[Part]:
        place = Q() if self.scope.years is None else Q(advance__envelope__year__range=self.scope.years)
        if self.scope.envelopes is not None:
            place &= Q(advance__envelope__in=self.scope.envelopes)
        rows = WriteOff.objects.filter(self._signed("advance__commitment"), place, self._booked())
        linked = [f"advance__{name}" for name in OF_COMMITMENT]
        yield Part(sign, rows.select_related(*linked, "advance__envelope").order_by("booked_on", "pk"), _write_off_row)

    def _plans(self, sign: int, kind: str) -> Iterator[Part]:
        rows = PlanQuarter.objects.filter(version__in=newest_plans(self.scope.commitments, kind))
        if self.scope.years is not None:
            rows = rows.filter(year__range=self.scope.years)
        linked = [f"version__{name}" for name in OF_COMMITMENT]
        yield Part(sign, rows.select_related(*linked).order_by("year", "quarter", "pk"), _plan_row, "amount")

    def _budget(self, sign: int, series: str, stage: str) -> Iterator[Part]:
        """Mutations that came to a stage; announced ones only as long as they are not processed."""
        rows = StageReached.objects.filter(
            self._reached(), mutation__envelope__in=self.scope.envelopes, mutation__series=series, stage=stage
        )
        if stage == MutationStage.ANNOUNCED:
            later = StageReached.objects.filter(
                self._reached(), mutation=OuterRef("mutation"), stage=MutationStage.PROCESSED
            )
            rows = rows.exclude(Exists(later))
        rows = rows.select_related("mutation__envelope").annotate(signed=F("mutation__signed"))
        yield Part(sign, rows.order_by("reached_on", "pk"), _budget_row)

    def _signed(self, path: str) -> Q:
        return Q() if self.scope.commitments is None else Q(**{f"{path}__in": self.scope.commitments})

    def _booked(self) -> Q:
        return Q() if self.as_of is None else Q(booked_on__lte=self.as_of)

    def _reached(self) -> Q:
        return Q() if self.as_of is None else Q(reached_on__lte=self.as_of)


OF_COMMITMENT = ("commitment__line__claim", "commitment__partner")
# what is read of each row: of a hundred thousand rows with all their columns most time would go into what nobody sees
ROW_FIELDS = ("kind", "booked_on", "reverses_id", "signed", "commitment_id", "envelope_id")
LINKED_FIELDS = (
    "envelope__year",
    "commitment__number",
    "commitment__line__title",
    "commitment__line__claim__reference",
    "commitment__line__claim__directorate_id",
    "commitment__partner__short_name",
)


@dataclass(frozen=True)
class Measure:
    """A name for a number: what it is called, what it is made of, and whether it is shown as never less than nothing."""

    label: Words
    made_of: tuple[Any, ...]
    never_less: bool = False
    of_envelopes: bool = False  # only an envelope has it


def _of_series(series: str, names: dict[str, Words]) -> dict[str, Measure]:
    """Return the measures of one series of an envelope. What each is made of is the same in both series."""
    used = (Numbers._committed,) if series == Series.COMMITMENT else (Numbers._paid,)
    budget = (1, Numbers._budget, series, MutationStage.PROCESSED)
    granted, asked = (Numbers._grants, series), (Numbers._asked, series)
    made_of: dict[str, tuple[Any, ...]] = {
        "announced": ((1, Numbers._budget, series, MutationStage.ANNOUNCED),),
        "budget": (budget,),
        "authorised": ((1, Numbers._budget, series, MutationStage.AUTHORISED),),
        "granted": ((1, *granted),),
        "requested": ((1, *asked),),
        "free": (budget, (-1, *granted)),
        "after-requests": (budget, (-1, *granted), (-1, *asked)),
        "unused": (budget, (-1, *used)),
        "granted-unused": ((1, *granted), (-1, *used)),
    }
    return {
        f"{name}-{series}": Measure(names[name], parts, name == "granted-unused", name not in ("granted", "requested"))
        for name, parts in made_of.items()
    }


MEASURES: dict[str, Measure] = {
    **_of_series(
        Series.COMMITMENT,
        {
            "announced": _("Announced, not yet budget (commitments)"),
            "budget": _("Commitment budget"),
            "authorised": _("Commitment budget, authorised"),
            "granted": _("Granted (commitments)"),
            "requested": _("Requested by running claims (commitments)"),
            "free": _("Free room (commitment budget − granted)"),
            "after-requests": _("Room after running claims (commitments)"),
            "unused": _("Not committed (commitment budget − commitments)"),
            "granted-unused": _("Not committed, of which granted already"),
        },
    ),
    **_of_series(
        Series.CASH,
        {
            "announced": _("Announced, not yet budget (cash)"),
            "budget": _("Cash budget"),
            "authorised": _("Cash budget, authorised"),
            "granted": _("Granted (cash)"),
            "requested": _("Requested by running claims (cash)"),
            "free": _("Free room (cash budget − granted)"),
            "after-requests": _("Room after running claims (cash)"),
            "unused": _("Not paid (cash budget − paid)"),
            "granted-unused": _("Not paid, of which granted already"),
        },
    ),
    "committed": Measure(_("Committed"), ((1, Numbers._committed),)),
    "paid": Measure(_("Paid"), ((1, Numbers._paid),)),
    "to-pay": Measure(_("Still to pay (commitments − paid)"), ((1, Numbers._committed), (-1, Numbers._paid))),
    "not-committed": Measure(
        _("Granted and not committed"), ((1, Numbers._grants, Series.COMMITMENT), (-1, Numbers._committed))
    ),
    "plan": Measure(_("Cash plan"), ((1, Numbers._plans, PlanKind.PLAN),)),
    "forecast": Measure(_("Forecast"), ((1, Numbers._plans, PlanKind.FORECAST),)),
    "open-advances": Measure(_("Open advances"), ((1, Numbers._advances), (-1, Numbers._written_off))),
}


def _asked_row(row: LineYear, amount: Decimal) -> Row:
    return Row(amount, _("requested"), None, row.year, row.line.claim, row.line.title)


def _held_row(row: GrantEntry, amount: Decimal) -> Row:
    return Row(amount, _("granted already"), row.booked_on, row.envelope.year, row.line.claim, row.line.title)


def _grant_row(row: GrantEntry, amount: Decimal) -> Row:
    what = row.get_kind_display()
    return Row(amount, what, row.booked_on, row.envelope.year, row.line.claim, row.line.title)


def _commitment_row(row: CommitmentRow, amount: Decimal) -> Row:
    found = row.commitment
    return Row(
        amount,
        row.get_kind_display(),
        row.booked_on,
        row.envelope.year,
        found.line.claim,
        found.line.title,
        found.partner,
        found.number,
        reverses=row.reverses_id is not None,
    )


PAYMENT_KINDS: dict[str, Words] = {kind.value: kind.label for kind in PaymentKind}
PAYMENT_VALUES = (
    "signed",
    "kind",
    "booked_on",
    "envelope__year",
    "commitment__line__claim__reference",
    "commitment__line__claim__directorate_id",
    "commitment__line__title",
    "commitment__partner__short_name",
    "commitment__number",
    "voucher",
    "foreign_amount",
    "currency",
    "reverses_id",
)


def _payment_row(row: tuple[Any, ...], amount: Decimal) -> Row:
    _signed, kind, day, year, reference, directorate, title, partner, number, voucher, foreign, currency, reverses = row
    return Row(
        amount,
        PAYMENT_KINDS[kind],
        day,
        year,
        ClaimRef(reference, directorate),
        title,
        PartnerRef(partner),
        f"{number} · {voucher}" if voucher else number,
        (foreign, currency) if foreign is not None else None,
        reverses is not None,
    )


def _write_off_row(row: WriteOff, amount: Decimal) -> Row:
    found = row.advance.commitment
    return Row(
        amount,
        _("written off"),
        row.booked_on,
        row.advance.envelope.year,
        found.line.claim,
        found.line.title,
        found.partner,
        found.number,
        reverses=row.reverses_id is not None,
    )


def _plan_row(row: PlanQuarter, amount: Decimal) -> Row:
    found = row.version.commitment
    what = f"{row.version.get_kind_display()} {row.year}-{row.quarter}"
    return Row(
        amount, what, row.version.made_on, row.year, found.line.claim, found.line.title, found.partner, found.number
    )


def _budget_row(row: StageReached, amount: Decimal) -> Row:
    found = row.mutation
    what = f"{found.get_moment_display()}, {row.get_stage_display()}"
    return Row(
        amount,
        what,
        row.reached_on,
        found.envelope.year,
        about=found.reason or str(found.envelope),
        number=found.source,
        reverses=found.reverses_id is not None,
    )
