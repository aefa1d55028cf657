"""Answering what a check found: why it may stand. Kept for good; a later answer counts instead."""

from __future__ import annotations

import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from claims.actions.write import lock
from claims.models import Claim, FindingAnswer
from claims.queries.answers import answers_of
from core.models import User

LONGEST_REASON = 500


@transaction.atomic
def answer_finding(
    *, by: User, at: datetime.datetime, claim: Claim, check: str, key: str, quote: str, reason: str
) -> FindingAnswer:
    """Keep the reason why a finding may stand. Raises ValidationError without one, PermissionDenied."""
    lock(claim, by)
    tidy = " ".join(reason.replace("\x00", "").split())
    if not tidy:
        raise ValidationError(_("Say why this may stand."))
    if len(tidy) > LONGEST_REASON:
        raise ValidationError(_("Say it in at most %d characters.") % LONGEST_REASON)
    return FindingAnswer.objects.create(
        claim=claim, check_code=check[:60], key=key, quote=quote[:400], reason=tidy, by=by, at=at
    )


@transaction.atomic
def withdraw_answer(*, by: User, at: datetime.datetime, claim: Claim, key: str) -> None:
    """Take an answer back: the finding is open again. Without an answer this does nothing."""
    lock(claim, by)
    given = answers_of(claim).get(key)
    if given:
        FindingAnswer.objects.create(
            claim=claim, check_code=given.check_code, key=key, quote=given.quote, withdrawn=True, by=by, at=at
        )
