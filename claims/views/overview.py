"""A claim at one look: what is asked, for whom, what is missing, and where to go on."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from claims import policies
from claims.checks.completeness import missing
from claims.documents.dossier import write
from claims.models import Claim, Envelope, FrozenPaper
from claims.queries import workflow
from claims.queries.follow import items_of
from claims.queries.written import papers_for
from claims.views import find, find_tree
from claims.views.frozen import listed
from claims.views.steps import WORDS
from core.audit import record
from core.models import User
from core.views import person


@login_required
@require_GET
def overview(request: HttpRequest, reference: str) -> HttpResponse:
    """Show the claim."""
    tree = find_tree(person(request), reference)
    points = missing(tree)
    answers = workflow.answers_of(tree.claim)
    open_points = [point for point in points if (point.code, point.key) not in answers]
    context = {
        "claim": tree.claim,
        "tree": tree,
        "tab": "overview",
        "findings": open_points,
        "answered": len(points) - len(open_points),
        "refusal": policies.may_edit(person(request), tree.claim),
        "may_copy": policies.may_create(person(request), tree.claim.directorate) is None,
        "next_year": tree.claim.first_year + 1,
        **steps_box(person(request), tree.claim),
        "frozen": listed(FrozenPaper.objects.filter(claims=tree.claim).newest().told()),
        "written_papers": papers_for(person(request)).filter(claims=tree.claim).order_by("-created_at", "-pk"),
        "house_items": items_of(tree.claim, person(request)),
        "was_handed_over": tree.claim.handovers.exists(),
        "today": timezone.localdate(),
        "has_next_envelopes": Envelope.objects.filter(year=tree.claim.first_year + 1, active=True).exists(),
    }
    return render(request, "claims/overview.html", context)


def steps_box(user: User, claim: Claim) -> dict[str, Any]:
    """Return what the box of steps shows: the buttons this person has, and otherwise whose turn it is."""
    moves = policies.moves_for(user, claim)
    to_confirm = claim.decisions.filter(confirmed_at=None, dropped_at=None).exists()
    return {
        "moves": [{"kind": move.kind, **vars(WORDS[move.kind])} for move in moves],
        "last_step": workflow.last_step(claim),
        "waiting": policies.waits_for(user, claim),
        "to_confirm": to_confirm,
        "to_register": not to_confirm and policies.may_settle(user, claim) is None,
    }


@login_required
@require_GET
def dossier(request: HttpRequest, reference: str) -> HttpResponse:
    """Download the claim as a dossier file."""
    claim = find(person(request), reference)
    record(by=person(request), at=timezone.now(), kind="export", subject=f"claim {claim.public_id}", what="dossier")
    response = HttpResponse(write(claim), content_type="application/json")
    response["Content-Disposition"] = f'attachment; filename="{claim.reference}.dossier.json"'
    return response
