"""Who may do what with a claim: None when allowed, else a refusal that says why and who can help."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from core.enums import Role
from core.permissions import Refusal, has_role

if TYPE_CHECKING:
    from claims.models import Claim
    from core.models import Directorate, User


def may_create(user: User, directorate: Directorate | None = None) -> Refusal | None:
    """Policy officers make claims, each in the directorates where they have that role."""
    if directorate is None:
        allowed = has_role(user, Role.OFFICER, anywhere=True)
    else:
        allowed = has_role(user, Role.OFFICER, directorate_id=directorate.pk)
    if allowed:
        return None
    return Refusal(
        _("Only a policy officer of the directorate makes claims."),
        _("Ask a colleague who is, or the administrator for the role."),
    )


def may_edit(user: User, claim: Claim) -> Refusal | None:
    """Policy officers of the claim's directorate change it, as long as it is a draft or was returned."""
    if not has_role(user, Role.OFFICER, directorate_id=claim.directorate_id):
        return Refusal(_("Only a policy officer of the claim's directorate changes it."), _holder(claim))
    if not claim.editable:
        return Refusal(
            format_lazy(
                _("This claim is “{state}” and no longer a draft: it is changed by a recorded amendment."),
                state=claim.get_state_display(),
            ),
            _holder(claim),
        )
    return None


def _holder(claim: Claim) -> str:
    return str(format_lazy(_("Questions? The file holder is {name}."), name=claim.owner)) if claim.owner_id else ""
