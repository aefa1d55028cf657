"""Bound figures: what a figure node in a text points at, and how its value is worded now."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Protocol

from django.db.models import Q

from claims.enums import CitationForm
from claims.models import Claim, ClaimLine, ContextFigure, Goal, HouseItem, LineYear, PlannedResult, WrittenPaper
from claims.rules import parliament
from core import wording
from core.richtext import Document, Figure, map_figures
from core.wording import AmountForm, NumberForm, ShareForm
from partners.models import Appeal, AppealGroup, AppealPart, Contribution, FundTotal, Share
from partners.queries import reckon
from partners.rules.share import Reckoned
from results.models import Result, ResultPart

WITHHELD = {"nl": "[vertrouwelijk]", "en": "[confidential]"}  # printed instead of a confidential figure


class Near(Protocol):
    """What a text belongs to: a claim, or a paper about claims. Its directorate bounds which claims' figures it may show."""

    @property
    def directorate_id(self) -> int:
        """The directorate's key."""


@dataclass(frozen=True)
class Value:
    """What a figure stands for: an amount with its currency, a count, a ratio, words, or something that is not told."""

    number: Decimal
    sort: str  # "amount", "number", "share", "words" or "withheld"
    currency: str = "EUR"
    words: tuple[tuple[str, str], ...] = ()  # of "words": each form with what it says


@dataclass(frozen=True)
class Source:
    """A field of a record that a figure may point at."""

    model: Any
    fetch: Callable[[Iterable[str], Any], dict[str, Any]]
    read: Callable[[Any], Value | None]


def _amount(value: Decimal | None, currency: str = "EUR") -> Value | None:
    return None if value is None else Value(value, "amount", currency)


def _count(value: Decimal | None) -> Value | None:
    return None if value is None else Value(value, "number")


def _ratio(share: Share) -> Value | None:
    reckoned = reckon(share)
    return Value(reckoned.ratio, "share") if isinstance(reckoned, Reckoned) else None


def _cited(item: HouseItem) -> Value:
    said = tuple(
        (str(form), parliament.cite(item.kind, item.title, item.signatory, item.document, form))
        for form in CitationForm.values
    )
    return Value(Decimal(0), "words", words=said)


def _items(ids: Iterable[str], near: Near | None) -> dict[str, Any]:
    """Read motions and undertakings of the directorate, or of a claim of it."""
    own = Q() if near is None else Q(directorate=near.directorate_id) | Q(claims__directorate=near.directorate_id)
    return {str(row.public_id): row for row in HouseItem.objects.filter(own, public_id__in=ids).distinct()}


def _itself(ids: Iterable[str], near: Near | None) -> dict[str, Any]:
    """Read the paper that the text stands in: no text shows the sum of another paper. Without a place, read them all."""
    if near is None:
        rows = WrittenPaper.objects.filter(public_id__in=ids).prefetch_related("claims")
        return {str(row.public_id): row for row in rows}
    return {str(near.public_id): near} if isinstance(near, WrittenPaper) else {}


def _total(paper: WrittenPaper) -> Value | None:
    amounts = [claim.amount for claim in paper.claims.all()]
    return _amount(sum((amount for amount in amounts if amount is not None), Decimal("0.00"))) if amounts else None


def _common(model: Any, read: Callable[[Any], Value | None], *related: str) -> Source:
    """Read records that are common ground."""

    def fetch(ids: Iterable[str], near: Near) -> dict[str, Any]:
        return {str(row.public_id): row for row in model.objects.select_related(*related).filter(public_id__in=ids)}

    return Source(model, fetch, read)


def _own(model: Any, path: str, read: Callable[[Any], Value | None]) -> Source:
    """Read records of claims, of the same directorate only: a text shows no figures of another's claims.

    Without a place to be near, it reads them all; the caller then has seen to it who looks.
    """

    def fetch(ids: Iterable[str], near: Near | None) -> dict[str, Any]:
        rows = model.objects.filter(public_id__in=ids)
        if near is not None:
            rows = rows.filter(**{f"{path}directorate": near.directorate_id})
        rows = rows.prefetch_related("years") if model is ClaimLine else rows
        return {str(row.public_id): row for row in rows}

    return Source(model, fetch, read)


def _commitment(line: ClaimLine) -> Value | None:
    return _amount(sum((year.commitment for year in line.years.all()), Decimal("0.00")))


def _results(ids: Iterable[str], near: Near) -> dict[str, Any]:
    return {
        str(row.public_id): row for row in Result.objects.with_current().filter(public_id__in=ids, confidential=False)
    }


def _result_parts(ids: Iterable[str], near: Near) -> dict[str, Any]:
    rows = ResultPart.objects.select_related("version_of").filter(
        public_id__in=ids, version_of__result__confidential=False
    )
    return {str(row.public_id): row for row in rows}


SOURCES: dict[str, Source] = {
    "claim.amount": _own(Claim, "", lambda row: _amount(row.amount)),
    "goal.amount": _own(Goal, "claim__", lambda row: _amount(row.amount)),
    "line.commitment": _own(ClaimLine, "claim__", _commitment),
    "context.value": _own(ContextFigure, "claim__", lambda row: _count(row.value)),
    "planned.value": _own(PlannedResult, "line__claim__", lambda row: _count(row.value)),
    "house-item.citation": Source(HouseItem, _items, _cited),
    "paper.amount": Source(WrittenPaper, _itself, _total),
    "contribution.amount": _common(Contribution, lambda row: _amount(row.amount)),
    "contribution.recorded": _common(
        Contribution, lambda row: _amount(row.recorded_amount, row.recorded_currency or "")
    ),
    "total.amount": _common(FundTotal, lambda row: _amount(row.amount, row.currency)),
    "total.people": _common(FundTotal, lambda row: _count(row.people_reached)),
    "appeal.required": _common(Appeal, lambda row: _amount(row.required, row.currency)),
    "appeal.in-need": _common(Appeal, lambda row: _count(row.in_need)),
    "appeal.targeted": _common(Appeal, lambda row: _count(row.targeted)),
    "appeal-group.people": _common(AppealGroup, lambda row: _count(row.people), "appeal"),
    "appeal-part.amount": _common(AppealPart, lambda row: _amount(row.amount, row.appeal.currency), "appeal"),
    "share.ratio": _common(Share, _ratio),
    "result.value": Source(Result, _results, lambda row: _count(row.newest[0].value) if row.newest else None),
    "result-part.value": Source(ResultPart, _result_parts, lambda row: _count(row.value)),
}

# What papers print besides: fields that no text is bound to.
PRINTED: dict[str, Source] = SOURCES | {
    "line-year.commitment": _own(LineYear, "line__claim__", lambda row: _amount(row.commitment)),
    "line-year.cash": _own(LineYear, "line__claim__", lambda row: _amount(row.cash)),
}


def resolve(figures: Iterable[Figure], near: Near, own: Iterable[Any] = ()) -> dict[tuple[str, str], Value]:
    """Return the present values by (id, field); what cannot be resolved is left out.

    `own` are records of the claim itself that are already fetched; the rest takes one query per kind of record.
    """
    here = {(type(record), str(record.public_id)): record for record in own}
    values: dict[tuple[str, str], Value] = {}
    wanted: dict[str, set[str]] = defaultdict(set)
    for figure in figures:
        source = SOURCES.get(figure.field)
        if source is None:
            continue
        record = here.get((source.model, figure.id))
        if record is None:
            wanted[figure.field].add(figure.id)
        elif (value := source.read(record)) is not None:
            values[figure.id, figure.field] = value
    for field in sorted(wanted):
        source = SOURCES[field]
        for identity, row in source.fetch(wanted[field], near).items():
            if (value := source.read(row)) is not None:
                values[identity, field] = value
    return values


def printable(figures: Iterable[Figure], near: Near, own: Iterable[Any] = ()) -> dict[tuple[str, str], Value]:
    """Return the values a paper prints: those of `resolve`, and for a confidential figure that it is not told.

    Without this a figure that became confidential later would keep its last wording in the text.
    """
    nodes = list(figures)
    return resolve(nodes, near, own) | {key: Value(Decimal(0), "withheld") for key in _confidential(nodes)}


def _confidential(nodes: list[Figure]) -> Iterable[tuple[str, str]]:
    for field, rows, path in (
        ("result.value", Result.objects, "confidential"),
        ("result-part.value", ResultPart.objects, "version_of__result__confidential"),
    ):
        ids = {figure.id for figure in nodes if figure.field == field}
        if ids:
            found = rows.filter(**{"public_id__in": ids, path: True}).values_list("public_id", flat=True)
            yield from ((str(identity), field) for identity in found)


def worded(value: Value, form: str, language: str = "nl") -> str:
    """Word a value in one of its forms; a form of another sort gives the plain one. What is not told is not told."""
    if value.sort == "withheld":
        return WITHHELD.get(language, WITHHELD["nl"])
    if value.sort == "words":
        said = dict(value.words)
        return said.get(form, said[CitationForm.SHORT])
    if value.sort == "amount":
        return wording.amount(
            value.number, form if form in AmountForm.values else AmountForm.CODE_FULL, value.currency, language
        )
    if value.sort == "share":
        return wording.share(value.number, form if form in ShareForm.values else ShareForm.EXACT, language)
    return wording.number(value.number, form if form in NumberForm.values else NumberForm.FULL, language)


def refreshed(document: Document, values: dict[tuple[str, str], Value], language: str = "nl") -> Document:
    """Return a text with its figures worded anew; figures without a value keep their last wording."""

    def change(figure: Figure) -> Figure:
        value = values.get((figure.id, figure.field))
        if value is None:
            return figure
        return Figure(
            figure.id, figure.field, figure.form, worded(value, figure.form, language), figure.marks, figure.href
        )

    return map_figures(document, change)
