"""Answering what a check found: why it may stand. Kept for good; a newer answer counts instead."""

from __future__ import annotations

import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from claims.actions.write import lock
from claims.models import Claim, FindingAnswer
from core.models import User

LONGEST_REASON = 500  # characters; a reason is a sentence or two


@transaction.atomic
def answer_finding(
    *, by: User, at: datetime.datetime, claim: Claim, code: str, place: str, message: str, reason: str
) -> FindingAnswer:
    """Keep the reason why a finding may stand in this round. Raises ValidationError without one, PermissionDenied."""
    locked = lock(claim, by)
    tidy = tidy_reason(reason)
    return FindingAnswer.objects.create(
        claim=locked,
        round=locked.round,
        code=code[:60],
        place=place[:300],
        message=message[:2000],
        reason=tidy,
        by=by,
        at=at,
    )


def tidy_reason(reason: str) -> str:
    """Return a reason on one line. Raises ValidationError when there is none, or a story."""
    tidy = " ".join(reason.replace("\x00", "").split())
    if not tidy:
        raise ValidationError(_("Say why this may stand."))
    if len(tidy) > LONGEST_REASON:
        raise ValidationError(_("Say it in at most %d characters.") % LONGEST_REASON)
    return tidy
