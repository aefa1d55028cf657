"""The portfolio: claim lines with their partners, money and results, filtered, sorted and searched."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Count

from claims.enums import ClaimState
from claims.models import Article, Citation, ClaimLine
from claims.queries.stands import ORDERS, Stand, page_of_lines
from core.language import language
from core.models import Country, Cover, Directorate, Theme, User
from core.numbers import format_number
from core.permissions import within_reach
from partners.enums import PartnerKind
from reporting.dashboards.filters import Filters, scope_of
from reporting.numbers import Number, of_lines

PER_PAGE = 50
AT_ONCE = 2000  # lines of an export
MEASURES = ("requested-commitment", "granted-commitment", "committed", "paid", "to-pay")
SORTS = {name: name for name in ORDERS if name not in ("requested_cash", "granted_cash")}
FIRST = "reference"


@dataclass(frozen=True)
class Sorting:
    """In which order: a column's name, with a minus for the largest or last first."""

    column: str
    descending: bool

    @classmethod
    def read(cls, typed: str) -> Sorting:
        """Read an order; the newest claim first when none can be read."""
        column = typed.removeprefix("-")
        return cls(column, typed.startswith("-")) if column in SORTS else cls(FIRST, True)

    def __str__(self) -> str:
        return f"-{self.column}" if self.descending else self.column


@dataclass(frozen=True)
class Row:
    """One claim line: who, what, its money and what it is to achieve."""

    line: ClaimLine
    stand: Stand
    numbers: tuple[Number, ...]
    recipients: tuple[Any, ...]
    planned: tuple[Any, ...]
    cited: int

    @property
    def aims(self) -> tuple[str, ...]:
        """The first planned results in words."""
        return tuple(planned_in_words(one) for one in self.planned[:2])

    @property
    def pooled(self) -> bool:
        """True for a line of several partners together: it counts once."""
        return len(self.recipients) > 1


@dataclass(frozen=True)
class Portfolio:
    """One page of the portfolio."""

    rows: tuple[Row, ...]
    total: tuple[Number, ...]
    count: int
    pages: int
    page: int


def portfolio(user: User, filters: Filters, sorting: Sorting, page: int = 1) -> Portfolio:
    """Gather a page, in a fixed number of queries. A page beyond the last is the first."""
    scope = scope_of(filters, user)

    def find(number: int) -> Any:
        return page_of_lines(
            scope, sorting.column, descending=sorting.descending, start=(number - 1) * PER_PAGE, most=PER_PAGE
        )

    found = find(page)
    if page > 1 and not found.count:
        page, found = 1, find(1)
    total = tuple(of_lines(found.total, measure, filters.query()) for measure in MEASURES)
    return Portfolio(_rows(found.stands, filters), total, found.count, -(-found.count // PER_PAGE), page)


def all_rows(user: User, filters: Filters, sorting: Sorting) -> Iterator[Row]:
    """Yield every row of every page, in order."""
    scope = scope_of(filters, user)
    found = page_of_lines(scope, sorting.column, descending=sorting.descending)
    keys = list(found.stands)
    for start in range(0, len(keys), AT_ONCE):
        yield from _rows({key: found.stands[key] for key in keys[start : start + AT_ONCE]}, filters)


def _rows(stands: dict[int, Stand], filters: Filters) -> tuple[Row, ...]:
    lines = (
        ClaimLine.objects.select_related("claim__directorate")
        .prefetch_related("roles__partner", "planned_results")
        .in_bulk(list(stands))
    )
    counted = Citation.objects.filter(part__claim__lines__in=list(stands), result__isnull=False)
    cited = dict(counted.values_list("part__claim").annotate(n=Count("pk", distinct=True)).order_by("part__claim"))
    of_line = Filters(first=filters.first, last=filters.last, cover=filters.cover)
    return tuple(
        Row(
            lines[pk],
            stand,
            tuple(of_lines(stand, name, of_line.query(line=lines[pk].public_id)) for name in MEASURES),
            tuple(role.partner for role in lines[pk].roles.all() if role.role == "recipient"),
            tuple(lines[pk].planned_results.all()),
            cited.get(lines[pk].claim_id, 0),
        )
        for pk, stand in stands.items()
    )


def planned_in_words(planned: Any) -> str:
    """Return a planned result as one reads it: number, unit, what."""
    number = format_number(planned.value, language()) if planned.value is not None else ""
    return " ".join(word for word in (number, planned.unit, planned.description) if word)


@dataclass(frozen=True)
class Choices:
    """What the filters offer: code and words of each."""

    directorate: list[tuple[str, str]]
    state: list[tuple[str, str]]
    kind: list[tuple[str, str]]
    country: list[tuple[str, str]]
    theme: list[tuple[str, str]]
    article: list[tuple[str, str]]
    cover: list[tuple[str, str]]


def choices(user: User) -> Choices:
    """Return what the filters offer this person; countries only where a claim is about one."""
    directorates = within_reach(Directorate.objects.all(), user, "pk")
    about = ClaimLine.objects.values("claim__country")
    return Choices(
        [(row.code, f"{row.code} {row.name()}") for row in directorates.order_by("code")],
        [(str(value), str(label)) for value, label in ClaimState.choices],
        [(str(value), str(label)) for value, label in PartnerKind.choices],
        [(row.code, row.name()) for row in Country.objects.filter(pk__in=about).order_by("sort_key")],
        [(row.code, row.name()) for row in Theme.objects.order_by("sort_key")],
        [(f"{row.chapter} {row.number}", str(row)) for row in Article.objects.order_by("chapter", "number")],
        [(row.code, row.name()) for row in Cover.objects.order_by("sort_key")],
    )
