"""Who may verify results and lock periods, with the reason when not."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from core.enums import Role
from core.permissions import Refusal, has_role
from results.enums import VersionState
from results.models import PeriodLock, ResultVersion

VERIFIERS = (Role.OFFICER, Role.CONTROLLER)
IMPORTERS = (Role.OFFICER, Role.CONTROLLER, Role.BOOKKEEPER)
IATI_USER = "iati-import"  # stands for the command in the history; it cannot sign in


def may_verify(user: Any, version: ResultVersion, entered_by: frozenset[int]) -> Refusal | None:
    """Refuse unless an officer or controller who had no hand in the value verifies it for the first time."""
    if not has_role(user, *VERIFIERS, anywhere=True):
        return Refusal(_("Verifying is for policy officers and controllers."))
    if version.state == VersionState.VERIFIED:
        return Refusal(_("This value is verified already."))
    if user.pk in entered_by:
        return Refusal(
            _("You entered or changed this value, so somebody else verifies it."),
            _("Ask a colleague to compare it with the report."),
        )
    if version.as_of is None and version.source_id is None:
        return Refusal(
            _("Without a source and an as-of date there is nothing to verify it against."),
            _("Enter at least one of them."),
        )
    return None


def may_lock(user: Any) -> Refusal | None:
    """Refuse unless a controller closes the period."""
    if not has_role(user, Role.CONTROLLER, anywhere=True):
        return Refusal(_("Locking a period is for controllers."))
    return None


def may_lift(user: Any, lock: PeriodLock) -> Refusal | None:
    """Refuse unless a controller opens a period that is closed."""
    return may_lock(user) or (Refusal(_("This lock was lifted already.")) if lock.lifted else None)


def may_import(user: Any) -> Refusal | None:
    """Refuse unless somebody who works with results or money takes a published file in. The command's own user may."""
    if user.username == IATI_USER or has_role(user, *IMPORTERS, anywhere=True):
        return None
    return Refusal(_("Taking in published files is for policy officers, controllers and financial officers."))


def may_take_over(user: Any) -> Refusal | None:
    """Refuse unless a policy officer takes a published result over."""
    if not has_role(user, Role.OFFICER, anywhere=True):
        return Refusal(_("Taking a published result over is for policy officers."))
    return None
