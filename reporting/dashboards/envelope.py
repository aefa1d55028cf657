"""The dashboard of envelopes: what stands on each, on all of an article and cover together, and which lines draw on one."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Sum
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from claims.enums import MutationStage, Series
from claims.models import (
    Article,
    ClaimLine,
    CommitmentRow,
    CommitmentYear,
    Deviation,
    Envelope,
    GrantEntry,
    LimitRaise,
    LineYear,
    Mutation,
    Payment,
    StageReached,
)
from claims.queries.books import put_reconciled_until
from claims.queries.headroom import (
    NOTHING_STANDS,
    RUNNING_CLAIMS,
    ZERO,
    EnvelopeStand,
    SeriesStand,
    held_grants,
    put_of_envelope_on,
    put_of_envelopes,
)
from claims.queries.lines import put_lines
from claims.queries.stands import Stand, total_of
from core.asking import Answer, Asking, by_id, together
from core.models import Cover
from reporting.dashboards.filters import ENVELOPES, NONE, Filters, envelopes_of
from reporting.numbers import Number, of_envelope, of_lines

Words = str | Promise


@dataclass(frozen=True)
class Line:
    """One row of the stand: its name, the number in both series, and whether it is one of the headrooms."""

    label: Words
    commitment: Number | None
    cash: Number | None
    headroom: bool = False


@dataclass(frozen=True)
class Draws:
    """What one claim line takes of the envelope."""

    line: ClaimLine
    told: bool  # whether the reader may see the claim
    partners: str
    numbers: tuple[Number, ...]  # as COLUMNS


@dataclass(frozen=True)
class Dashboard:
    """What the page of one envelope shows."""

    envelope: Envelope
    stand: EnvelopeStand
    cards: tuple[tuple[Words, Words, Number, Words, Number | None], ...]
    lines: tuple[Line, ...]
    draws: tuple[Draws, ...]  # those of the page
    page: Page[Any]
    total: dict[str, Number]  # of all pages
    mutations: tuple[tuple[Mutation, dict[str, datetime.date | None]], ...]
    raises: tuple[LimitRaise, ...]
    deviations: tuple[Deviation, ...]


NAMES: tuple[tuple[str, Words, bool], ...] = (
    ("announced", _("Announced, not yet budget"), False),
    ("budget", _("Budget"), False),
    ("authorised", _("of which authorised"), False),
    ("granted", _("Granted"), False),
    ("requested", _("Requested by running claims"), False),
    ("used", _("Committed / paid"), False),
    ("free", _("Free room (budget − granted)"), True),
    ("after-requests", _("Room after running claims"), True),
    ("unused", _("Not committed / not paid"), True),
    ("granted-unused", _("of which granted already"), False),
)
MOST = 100  # mutations on the page; a file has them all
PER_PAGE = 25  # lines
STAGES = [stage.value for stage in MutationStage]


@dataclass(frozen=True)
class Found:
    """What the register holds of one envelope: as answers, of which nothing is made yet."""

    envelope: Envelope
    as_of: datetime.date | None
    stand: Callable[[], EnvelopeStand]
    drawn: dict[int, Stand]  # by line id
    shown: Page[Any]
    lines: Callable[[], dict[int, tuple[ClaimLine, tuple[str, ...]]]]  # by id, with who receives
    mutations: Answer
    stages: Answer
    raises: Answer
    deviations: Answer
    until: Callable[[], datetime.date | None]  # reconciled with the books


def read(envelope: Envelope, as_of: datetime.date | None, page: str | None = None, *, whole: bool = False) -> Found:
    """Read one envelope, per a date where one is given, with one page of what draws on it, or the whole for a file."""
    with together() as put:
        drawing = _put_drawn(put, envelope, as_of)
        stand = put_of_envelope_on(put, envelope, as_of) if as_of else _put_stand(put, envelope)
        until = put_reconciled_until(put)
        rows = Mutation.objects.filter(envelope=envelope).order_by("booked_on", "pk")[: None if whole else MOST]
        mutations = put.of(rows)
        reached = StageReached.objects.filter(mutation__envelope=envelope).order_by("mutation_id", "pk")
        stages = put.of(reached.values_list("mutation_id", "stage", "reached_on"))
        raises = put.of(LimitRaise.objects.filter(envelope=envelope, ended_at=None).order_by("-pk")[:MOST])
        deviations = put.of(Deviation.objects.filter(envelope=envelope).order_by("explained_at", "-pk")[:20])
        drawn = drawing()
        largest = sorted(drawn, key=lambda pk: (-drawn[pk].granted, -drawn[pk].requested, -drawn[pk].committed, pk))
        shown = Paginator(largest, max(len(largest), 1) if whole else PER_PAGE).get_page(page)
        lines = put_lines(put, list(shown))
    return Found(envelope, as_of, stand, drawn, shown, lines, mutations, stages, raises, deviations, until)


def dashboard(found: Found, seen: Any) -> Dashboard:
    """Make the dashboard of what was found; `seen` says whether the reader may see a claim."""
    stand = found.stand()
    filters = Filters(envelope=found.envelope.public_id, as_of=found.as_of)
    query = filters.query()
    total = total_of(found.drawn.values())
    return Dashboard(
        found.envelope,
        stand,
        _cards(stand, query),
        lines_of(stand, query),
        _draws(found, seen, filters),
        found.shown,
        {name: of_lines(total, name, query) for name in COLUMNS},
        _mutations(found),
        tuple(found.raises.records(LimitRaise)),
        tuple(found.deviations.records(Deviation)),
    )


def _put_stand(put: Asking, envelope: Envelope) -> Callable[[], EnvelopeStand]:
    stands = put_of_envelopes(put, [envelope.pk])
    return lambda: stands().get(envelope.pk, NOTHING_STANDS)


COLUMNS = ("requested-commitment", "granted-commitment", "committed", "paid")


def lines_of(stand: EnvelopeStand, query: str) -> tuple[Line, ...]:
    """Return the stand as rows of a table: one per name, the last of which has no series."""
    found = []
    for name, label, headroom in NAMES:
        if name == "used":
            pair = (of_envelope(stand, "committed", query), of_envelope(stand, "paid", query))
        else:
            pair = (
                of_envelope(stand, f"{name}-commitment", query),
                of_envelope(stand, f"{name}-cash", query),
            )
        found.append(Line(label, *pair, headroom))
    return (*found, Line(_("Still to pay (commitments − paid)"), of_envelope(stand, "to-pay", query), None, True))


def _cards(stand: EnvelopeStand, query: str) -> tuple[Any, ...]:
    def card(label: Words, how: Words, measure: str, besides: Words = "", also: str = "") -> Any:
        other = of_envelope(stand, also, query) if also else None
        return (label, how, of_envelope(stand, measure, query), besides, other)

    return (
        card(_("Free room"), _("budget − granted"), "free-commitment", _("cash"), "free-cash"),
        card(
            _("Room after running claims"),
            _("free room − requested"),
            "after-requests-commitment",
            _("cash"),
            "after-requests-cash",
        ),
        card(
            _("Not yet committed"),
            _("budget − commitments"),
            "unused-commitment",
            _("of which granted already"),
            "granted-unused-commitment",
        ),
        card(_("Still to pay"), _("commitments − paid"), "to-pay", _("paid"), "paid"),
    )


def _put_drawn(put: Asking, envelope: Envelope, as_of: datetime.date | None) -> Callable[[], dict[int, Stand]]:
    """Put the question what each line takes of an envelope, in EUR: from the totals, or from the rows where a date is asked."""
    booked = {} if as_of is None else {"booked_on__lte": as_of}
    asked: list[tuple[str, Answer, int]] = []

    def ask(name: str, rows: Any, line: str, field: str = "signed", sign: int = 1) -> None:
        asked.append((name, put.of(rows.values_list(line).annotate(total=Sum(field)).order_by(line)), sign))

    years = LineYear.objects.filter(envelope=envelope, line__claim__state__in=RUNNING_CLAIMS)
    ask("requested", years, "line_id", "commitment")
    ask("requested", held_grants(envelope=envelope, series=Series.COMMITMENT), "line_id", sign=-1)
    grants = GrantEntry.objects.filter(envelope=envelope, **booked)
    ask("granted", grants.filter(series=Series.COMMITMENT), "line_id")
    if as_of is None:
        kept = CommitmentYear.objects.filter(envelope=envelope)
        ask("committed", kept, "commitment__line_id", "committed")
        ask("paid", kept, "commitment__line_id", "paid")
    else:
        ask("committed", CommitmentRow.objects.filter(envelope=envelope, **booked), "commitment__line_id")
        ask("paid", Payment.objects.filter(envelope=envelope, **booked), "commitment__line_id")

    def answer() -> dict[int, Stand]:
        found: dict[int, dict[str, Decimal]] = {}
        for name, rows, sign in asked:
            for key, amount in rows.rows:
                amounts = found.setdefault(key, {})
                amounts[name] = amounts.get(name, ZERO) + sign * (amount or ZERO)
        return {key: Stand(**amounts) for key, amounts in found.items()}

    return answer


def _draws(found: Found, seen: Any, filters: Filters) -> tuple[Draws, ...]:
    lines, draws = found.lines(), []
    for pk in found.shown:
        line, partners = lines[pk]
        query = filters.query(line=line.public_id)
        numbers = tuple(of_lines(found.drawn[pk], name, query) for name in COLUMNS)
        draws.append(Draws(line, seen(line.claim), ", ".join(partners), numbers))
    return tuple(draws)


def _mutations(found: Found) -> tuple[Any, ...]:
    days: dict[int, dict[str, datetime.date]] = defaultdict(dict)
    for key, stage, day in found.stages.rows:
        if found.as_of is None or day <= found.as_of:
            days[key][stage] = day
    rows = found.mutations.records(Mutation)
    return tuple((row, {stage: days[row.pk].get(stage) for stage in STAGES}) for row in rows if days[row.pk])


# -- all of them ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Group:
    """The envelopes of one article and cover, and what stands on them together."""

    article: Any
    cover: Any
    rows: tuple[tuple[Envelope, tuple[Number, ...]], ...]
    total: tuple[Number, ...]


@dataclass(frozen=True)
class Overview:
    """What the page of all envelopes shows, with what its filters offer."""

    groups: tuple[Group, ...]
    total: tuple[Number, ...]
    count: int
    years: list[int]
    articles: list[Article]
    covers: list[Cover]
    until: datetime.date | None  # reconciled with the books


OVERVIEW = (
    ("budget-commitment", _("Commitment budget")),
    ("granted-commitment", _("Granted")),
    ("requested-commitment", _("Requested")),
    ("committed", _("Committed")),
    ("free-commitment", _("Free room")),
    ("after-requests-commitment", _("After running claims")),
    ("unused-commitment", _("Not committed")),
    ("budget-cash", _("Cash budget")),
    ("paid", _("Paid")),
    ("to-pay", _("Still to pay")),
)


def overview(filters: Filters) -> Overview:
    """Gather the envelopes asked, by article and cover, in a fixed number of queries."""
    asked = envelopes_of(filters)
    with together() as put:
        envelopes = put.of(asked.order_by("-year", "sort_key", "pk"))
        stands_of = put_of_envelopes(put, envelopes.ids)
        articles = put.of(Article.objects.order_by("chapter", "number"))
        covers = put.of(Cover.objects.order_by("sort_key"))
        years = put.of(Envelope.objects.order_by("-year").values_list("year").distinct())
        until = put_reconciled_until(put)
    stands, rows = stands_of(), envelopes.records(Envelope)
    article, cover = by_id(articles.records(Article)), by_id(covers.records(Cover))
    by_group: dict[tuple[str, str], list[Envelope]] = defaultdict(list)
    for row in rows:
        row.article, row.cover = article.get(row.article_id), cover.get(row.cover_id)
        by_group[code_of(row.article), row.cover.code if row.cover else ""].append(row)
    ordered = sorted(
        by_group.values(), key=lambda found: (code_of(found[0].article) or "~", str(found[0].cover or "~"))
    )
    return Overview(
        tuple(_group(found, stands, filters) for found in ordered),
        _numbers(_sum(stands.values()), filters.query(of=ENVELOPES)),
        len(rows),
        years.ids,
        list(article.values()),
        list(cover.values()),
        until(),
    )


def _group(rows: list[Envelope], stands: dict[int, EnvelopeStand], filters: Filters) -> Group:
    article, cover = rows[0].article, rows[0].cover
    asked = filters.query(of=ENVELOPES, article=code_of(article) or NONE, cover=cover.code if cover else NONE)
    nothing = _sum(())
    return Group(
        article,
        cover,
        tuple((row, _numbers(stands.get(row.pk, nothing), Filters(envelope=row.public_id).query())) for row in rows),
        _numbers(_sum(stands[row.pk] for row in rows if row.pk in stands), asked),
    )


def code_of(article: Any) -> str:
    """Return an article's code as filters name it; nothing for none."""
    return f"{article.chapter} {article.number}" if article else ""


def _numbers(stand: EnvelopeStand, query: str) -> tuple[Number, ...]:
    return tuple(of_envelope(stand, measure, query) for measure, _label in OVERVIEW)


def _sum(stands: Any) -> EnvelopeStand:
    """Add envelopes up. What is granted and unused is not shown of several: it never makes up for another's overrun."""
    found = list(stands)
    names = ("announced", "budget", "authorised", "granted", "requested", "used")

    def added(series: str) -> SeriesStand:
        return SeriesStand(*(sum((getattr(getattr(one, series), name) for one in found), ZERO) for name in names))

    return EnvelopeStand(added("commitments"), added("cash"))
