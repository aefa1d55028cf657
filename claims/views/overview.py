"""A claim at one look: what is asked, for whom, what is missing, and where to go on."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from claims import policies
from claims.checks.completeness import missing
from claims.documents.dossier import write
from claims.models import Envelope
from claims.views import find, find_tree
from core.views import person


@login_required
@require_GET
def overview(request: HttpRequest, reference: str) -> HttpResponse:
    """Show the claim."""
    tree = find_tree(person(request), reference)
    context = {
        "claim": tree.claim,
        "tree": tree,
        "tab": "overview",
        "findings": missing(tree),
        "refusal": policies.may_edit(person(request), tree.claim),
        "may_copy": policies.may_create(person(request), tree.claim.directorate) is None,
        "next_year": tree.claim.first_year + 1,
        "has_next_envelopes": Envelope.objects.filter(year=tree.claim.first_year + 1, active=True).exists(),
    }
    return render(request, "claims/overview.html", context)


@login_required
@require_GET
def dossier(request: HttpRequest, reference: str) -> HttpResponse:
    """Download the claim as a dossier file."""
    claim = find(person(request), reference)
    response = HttpResponse(write(claim), content_type="application/json")
    response["Content-Disposition"] = f'attachment; filename="{claim.reference}.dossier.json"'
    return response
