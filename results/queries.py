"""Questions about results. They read and never write."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from core.periods import Period
from core.permissions import Refusal
from partners.models import Contribution, Share
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
