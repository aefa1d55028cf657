"""Pages of the claims floor: they find, call one action or query, and answer."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404

from claims import policies
from claims.models import Claim
from claims.queries.tree import Tree, with_tree


def find(user: Any, reference: str) -> Claim:
    """Return a claim this person may see, or answer 404."""
    claim = (
        Claim.objects.visible_to(user)
        .select_related("directorate", "owner", "template")
        .filter(reference=reference)
        .first()
    )
    if claim is None:
        raise Http404
    return claim


def find_tree(user: Any, reference: str) -> Tree:
    """Return a claim this person may see with all that hangs below it, or answer 404."""
    claim = with_tree(Claim.objects.visible_to(user)).filter(reference=reference).first()
    if claim is None:
        raise Http404
    return Tree(claim)


def find_to_edit(user: Any, reference: str) -> Claim:
    """Return a claim this person may change; 404 when it cannot be seen, 403 with the reason when it cannot be changed."""
    claim = find(user, reference)
    refusal = policies.may_edit(user, claim)
    if refusal:
        raise PermissionDenied(refusal)
    return claim
