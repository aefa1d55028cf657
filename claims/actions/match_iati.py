"""Matching a published activity with what we gave, and taking a match back."""

from __future__ import annotations

import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction

from claims import policies
from claims.models import IatiMatch
from core.models import User
from partners.models import Contribution
from results.models import IatiActivity


class NotMatched(ValueError):
    """Why this cannot be a match."""


@transaction.atomic
def match(*, by: User, at: datetime.datetime, activity: IatiActivity, contribution: Contribution) -> IatiMatch:
    """Record that a published activity is what a contribution went to. The same match twice is one."""
    if refusal := policies.may_match(by):
        raise PermissionDenied(refusal)
    if not contribution.partners.filter(iati_identifier=activity.publisher).exists():
        raise NotMatched
    made, _new = IatiMatch.objects.get_or_create(
        publisher=activity.publisher,
        identifier=activity.identifier,
        contribution=contribution,
        line=None,
        defaults={"matched_by": by, "matched_at": at},
    )
    return made


@transaction.atomic
def unmatch(*, by: User, match: IatiMatch) -> None:
    """Take a match back; the history keeps it."""
    if refusal := policies.may_match(by):
        raise PermissionDenied(refusal)
    match.delete()
