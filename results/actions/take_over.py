"""Taking a published result over: it becomes a result of ours with the publication as its source."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from decimal import Decimal

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Max
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from core.models import Event, Source, User
from partners.models import Partner
from results import policies
from results.importers.iati.facts import Indicator, Period, Texts, amount_of, day_of
from results.importers.iati.facts import Result as PublishedResult
from results.importers.iati.storing import stored_facts
from results.models import IatiActivity, Result, ResultVersion
from results.queries import lock_on

QUALITATIVE, PERCENTAGE = "5", "2"  # IATI IndicatorMeasure


class NotTakenOver(ValueError):
    """Why a published result cannot be taken over."""

    def __init__(self, message: str | Promise) -> None:
        super().__init__(str(message))


@dataclass(frozen=True)
class Published:
    """One period of one published indicator. `key` names it within its activity."""

    key: str
    result: str
    indicator: str
    measure: str
    start: datetime.date | None
    end: datetime.date | None
    baseline: str
    target: str
    actual: str

    @property
    def value(self) -> Decimal | None:
        """The actual as a number with at most two decimals; None for anything else, which is never guessed at."""
        return _number(self.actual) if self.measure != QUALITATIVE else None


def published(activity: IatiActivity) -> list[Published]:
    """List what an activity publishes, period by period."""
    return [
        _published(f"{one}.{two}.{three}", result, indicator, period)
        for one, result in enumerate(stored_facts(activity).results)
        for two, indicator in enumerate(result.indicators)
        for three, period in enumerate(indicator.periods)
    ]


def _published(key: str, result: PublishedResult, indicator: Indicator, period: Period) -> Published:
    return Published(
        key,
        _first(result.title),
        _first(indicator.title),
        indicator.measure,
        day_of(period.start),
        day_of(period.end),
        indicator.baseline,
        period.target,
        period.actual,
    )


def _first(texts: Texts) -> str:
    return texts[0][1].strip() if texts else ""


def _number(text: str) -> Decimal | None:
    value = amount_of(text)
    return value if value is not None and value >= 0 and value == value.quantize(Decimal("0.01")) else None


@transaction.atomic
def take_over(*, by: User, at: datetime.datetime, activity: IatiActivity, key: str) -> Result:
    """Make a result, or a new version of it, from a published one. Raises PermissionDenied or NotTakenOver."""
    if refusal := policies.may_take_over(by):
        raise PermissionDenied(refusal)
    found = next((one for one in published(activity) if one.key == key), None)
    if found is None:
        raise NotTakenOver(_("This activity publishes no such result."))
    partner = Partner.objects.filter(iati_identifier=activity.publisher).order_by("pk").first()
    if partner is None:
        message = _(
            "No partner has the IATI identifier {identifier}. Enter it at the partner, exactly as it is published."
        )
        raise NotTakenOver(format_lazy(message, identifier=activity.publisher))
    if not found.actual.strip() or found.start is None or found.end is None or found.end < found.start:
        raise NotTakenOver(_("Nothing was reported for this period yet, or its dates cannot be right."))
    result = _result(partner, found)
    _version(result, activity, found)
    data = {"activity": activity.identifier, "file": str(activity.file.public_id), "key": key}
    Event.objects.create(at=at, by=by, kind="iati.taken-over", subject=f"result {result.public_id}", data=data)
    return result


def _result(partner: Partner, found: Published) -> Result:
    label = (found.indicator or found.result)[:400]
    unit = "%" if found.measure == PERCENTAGE else ""
    fields = {"partner": partner, "label": label, "unit": unit, "period_start": found.start, "period_end": found.end}
    known = Result.objects.select_for_update(of=("self",)).filter(**fields).order_by("pk").first()
    lock = lock_on(known or Result(**fields))
    if lock is not None:
        raise NotTakenOver(format_lazy(_("This period is locked: {reason}"), reason=lock.reason))
    return known or Result.objects.create(**fields)


def _version(result: Result, activity: IatiActivity, found: Published) -> None:
    newest = result.versions.order_by("-number").first()
    value = found.value
    narrative = "" if value is not None else found.actual.strip()
    if newest is not None and (newest.value, newest.narrative) == (value, narrative):
        raise NotTakenOver(_("This result was taken over already and is still the same."))
    last = result.versions.aggregate(last=Max("number"))["last"]
    updated = day_of(activity.facts.get("updated", ""))
    ResultVersion.objects.create(
        result=result,
        number=(last or 0) + 1,
        value=value,
        narrative=narrative,
        baseline=_number(found.baseline),
        target=_number(found.target),
        as_of=min(updated, found.end) if updated and found.end else found.end,
        source=_source(activity, updated),
    )


def _source(activity: IatiActivity, updated: datetime.date | None) -> Source:
    title = f"IATI {activity.identifier}"[:300]
    note = f"{activity.file}"[:300]
    made, _new = Source.objects.get_or_create(
        title=title, publisher=activity.publisher[:200], published_on=updated, note=note
    )
    return made
