"""What changes the state of results: verifying values, locking periods and opening them again."""

from __future__ import annotations

import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction

from core.models import Event, User
from core.permissions import Refusal
from partners.models import Partner
from results import policies, queries
from results.enums import VersionState
from results.models import PeriodLock, Result, ResultVersion


def _stop(refusal: Refusal | None) -> None:
    if refusal:
        raise PermissionDenied(refusal)


@transaction.atomic
def verify(*, by: User, at: datetime.datetime, version: ResultVersion) -> ResultVersion:
    """Verify a reported value: from then on it never changes. Raises PermissionDenied with the reason."""
    Result.objects.select_for_update(of=("self",)).get(pk=version.result_id)
    held = ResultVersion.objects.select_for_update(of=("self",)).get(pk=version.pk)
    _stop(policies.may_verify(by, held, queries.who_entered(held)))
    held.state, held.verified_by, held.verified_at = VersionState.VERIFIED, by, at
    held.save(update_fields=["state", "verified_by", "verified_at"])
    Event.objects.create(at=at, by=by, kind="result.verified", subject=f"resultversion {held.public_id}")
    return held


@transaction.atomic
def lock_period(
    *, by: User, at: datetime.datetime, partner: Partner, start: datetime.date, end: datetime.date, reason: str
) -> PeriodLock:
    """Close a partner's reporting period: results that end in it take no new or changed values."""
    _stop(policies.may_lock(by))
    lock = PeriodLock.objects.create(
        partner=partner, period_start=start, period_end=end, reason=reason, locked_by=by, locked_at=at
    )
    Event.objects.create(at=at, by=by, kind="period.locked", subject=f"periodlock {lock.public_id}")
    return lock


@transaction.atomic
def lift_lock(*, by: User, at: datetime.datetime, lock: PeriodLock, reason: str) -> PeriodLock:
    """Open a closed period again, with the reason."""
    held = PeriodLock.objects.select_for_update(of=("self",)).get(pk=lock.pk)
    _stop(policies.may_lift(by, held))
    held.lifted_by, held.lifted_at, held.lift_reason = by, at, reason
    held.save(update_fields=["lifted_by", "lifted_at", "lift_reason"])
    Event.objects.create(at=at, by=by, kind="period.lifted", subject=f"periodlock {held.public_id}")
    return held
