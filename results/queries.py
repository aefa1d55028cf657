"""Questions about results. They read and never write."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from core.asking import Answer, Asking, by_id
from core.models import Source, User
from core.periods import Period
from core.permissions import Refusal
from partners.models import Contribution, Partner, Share
from partners.queries import reckon, way_of
from partners.rules.share import Reckoned
from results.enums import Counted, Timing, VersionState
from results.models import PeriodLock, Result, ResultPart, ResultVersion
from results.rules.adding import Addend, Measure
from results.rules.attribution import Attributed, Whole, attribute


def addends(results: Iterable[Any]) -> list[Addend]:
    """Return results, fetched `with_current`, as the rules of adding read them."""
    return [_addend(result) for result in results]


def _addend(result: Any) -> Addend:
    version = result.newest[0] if result.newest else None
    indicator = result.indicator
    measure = None
    if indicator is not None:
        measure = Measure(
            str(indicator.public_id),
            indicator.name,
            indicator.unit,
            Counted(indicator.counts),
            Timing(indicator.timing),
            indicator.additive,
        )
    return Addend(
        key=str(result.public_id),
        label=result.label,
        partner=result.partner.short_name,
        measure=measure,
        unit=result.unit,
        period=Period(result.period_start, result.period_end),
        value=version.value if version else None,
        verified=bool(version and version.state == VersionState.VERIFIED),
        overlap_group=result.overlap_group.label if result.overlap_group_id else "",
        numerator=version.numerator if version else None,
        denominator=version.denominator if version else None,
    )


def who_entered(version: ResultVersion) -> frozenset[int]:
    """Return the ids of everybody who entered or changed a value or its parts, from the history."""
    events: Any = ResultVersion.pgh_event_model.objects.filter(pgh_obj_id=version.pk)  # type: ignore[attr-defined]
    parts: Any = ResultPart.pgh_event_model.objects.filter(version_of_id=version.pk)  # type: ignore[attr-defined]
    users = [*events.values_list("pgh_context__metadata__user", flat=True)]
    users += [*parts.values_list("pgh_context__metadata__user", flat=True)]
    return frozenset(user for user in users if user is not None)


def lock_on(result: Result) -> PeriodLock | None:
    """Return the lock that closes a result's period, if any."""
    return (
        PeriodLock.objects.filter(
            partner=result.partner_id,
            lifted_at__isnull=True,
            period_start__lte=result.period_end,
            period_end__gte=result.period_end,
        )
        .order_by("pk")
        .first()
    )


def attributed(result: Any, contribution: Contribution, shares: Sequence[Share]) -> Attributed | Refusal:
    """Reckon our part of a result, fetched `with_current`, from the shares recorded for one contribution."""
    version = result.newest[0] if result.newest else None
    whole = Whole(
        version.value if version else None,
        result.unit,
        frozenset(range(result.period_start.year, result.period_end.year + 1)),
        bool(version and version.state == VersionState.VERIFIED),
        result.confidential,
        Counted(result.indicator.counts) if result.indicator_id else None,
    )
    reckoned = [found for found in map(reckon, shares) if isinstance(found, Reckoned)]
    years = frozenset({contribution.year} if contribution.year else ())
    return attribute(whole, reckoned, years, way_of(contribution))


@dataclass(frozen=True)
class Achieved:
    """A result with how it stands to its target and to the period before."""

    result: Any
    version: Any
    percentage: Decimal | None  # of the target
    before: Decimal | None  # value of the period before
    trend: str  # "more", "less", "equal" or nothing


def put_results(put: Asking, partner: Partner, user: User, most: int | None) -> Answer:
    """Put the question which results of a partner a person may see, the newest first."""
    rows = Result.objects.visible_to(user).filter(partner=partner).select_related(None)
    return put.of(rows.order_by("-period_end", "label", "pk")[:most])


def put_achieved(put: Asking, partner: Partner, results: Answer) -> Callable[[], tuple[Achieved, ...]]:
    """Put the question what the newest version of each of these results says."""
    rows = results.records(Result)
    if not rows:
        return tuple
    for row in rows:
        row.partner = partner
    said = ResultVersion.objects.filter(result__in=[row.pk for row in rows])
    versions = put.of(said.newest().select_related(None))
    sources = put.of(Source.objects.filter(pk__in=said.values("source")))

    def answer() -> tuple[Achieved, ...]:
        version_of = {version.result_id: version for version in versions.records(ResultVersion)}
        source = by_id(sources.records(Source))
        for version in version_of.values():
            version.source = source.get(version.source_id)
        return tuple(_achieved(row, rows, version_of) for row in rows if row.pk in version_of)

    return answer


def _achieved(row: Result, rows: list[Result], version_of: dict[int, ResultVersion]) -> Achieved:
    version = version_of[row.pk]
    before, value, target = _before(row, rows, version_of), version.value, version.target
    trend = ""
    if before is not None and value is not None:
        trend = "more" if value > before else "less" if value < before else "equal"
    return Achieved(row, version, value * 100 / target if value is not None and target else None, before, trend)


def _before(result: Result, others: list[Result], version_of: dict[int, ResultVersion]) -> Decimal | None:
    """Return the value of the same indicator in the last period that ended before this one began."""
    if result.indicator_id is None:
        return None
    earlier = [
        row
        for row in others
        if row.indicator_id == result.indicator_id and row.unit == result.unit and row.period_end < result.period_start
    ]
    if not earlier:
        return None
    last = version_of.get(max(earlier, key=lambda row: row.period_end).pk)
    return last.value if last else None
