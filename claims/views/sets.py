"""Sets for the House: choosing papers, the checklist, and the files."""

from __future__ import annotations

import uuid

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header, quote_etag
from django.utils.text import slugify
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from claims import policies
from claims.actions.house_set import MOST_PAPERS, ask_set
from claims.actions.refused import Refused
from claims.models import FrozenPaper, HouseSet, RenderState
from claims.queries.house_set import checklist
from claims.views.frozen import is_uuid, refuse_without_role
from core.enums import Role
from core.permissions import has_role
from core.views import person
from core.views.once import sent_once
from core.work import worker_is_running

FILES = {"zip": ("archive", "application/zip"), "pdf": ("reading", "application/pdf")}


@login_required
@require_GET
def sets(request: HttpRequest) -> HttpResponse:
    """List the sets."""
    refuse_without_role(request)
    found = HouseSet.objects.visible_to(person(request)).select_related("by").defer("archive", "reading")[:200]
    context = {"sets": found, "may_make": has_role(person(request), Role.OFFICER, anywhere=True)}
    return render(request, "claims/house_sets.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Choose papers in their order, see what is not in order, answer it, and make the set."""
    refuse_without_role(request)
    given = request.POST if request.method == "POST" else request.GET
    visible = FrozenPaper.objects.visible_to(person(request))
    chosen = _chosen(given.getlist("paper"), visible)
    problem, status = "", 200
    if request.method == "POST" and "make" in request.POST:
        try:
            return sent_once(request, lambda: _asked(request, chosen))
        except Refused as error:
            problem, status = str(error.message), 422
        except PermissionDenied as error:
            problem, status = str(error), 403
    context = {
        "problem": problem,
        "chosen": chosen,
        "title": given.get("title", "")[:200],
        "checks": [
            {"check": check, "reason": given.get(f"reason-{check.code}", "")[:500]} for check in checklist(chosen)
        ]
        if chosen
        else [],
        "offered": visible.newest().told().order_by("-public", "-at")[:200],
        "may_make": has_role(person(request), Role.OFFICER, anywhere=True),
    }
    return render(request, "claims/house_set_new.html", context, status=status)


def _chosen(asked: list[str], visible: object) -> list[FrozenPaper]:
    """Return the papers that were chosen, in the order of choosing."""
    keys = list(dict.fromkeys(text for text in asked if is_uuid(text)))[: MOST_PAPERS + 1]
    rows = {str(paper.public_id): paper for paper in visible.filter(public_id__in=keys).select_related("by")}  # type: ignore[attr-defined]
    return [rows[key] for key in keys if key in rows]


def _asked(request: HttpRequest, chosen: list[FrozenPaper]) -> HttpResponse:
    reasons = {
        key.removeprefix("reason-"): str(value) for key, value in request.POST.items() if key.startswith("reason-")
    }
    made = ask_set(
        by=person(request), at=timezone.now(), title=request.POST.get("title", ""), papers=chosen, reasons=reasons
    )
    return redirect("claims:house-set", made.public_id)


def _find(request: HttpRequest, house_set: uuid.UUID) -> HouseSet:
    found: HouseSet | None = (
        HouseSet.objects.visible_to(person(request))
        .filter(public_id=house_set)
        .select_related("by")
        .defer("archive", "reading")
        .first()
    )
    if found is None:
        raise Http404
    return found


@login_required
@never_cache
@require_GET
def show(request: HttpRequest, house_set: uuid.UUID) -> HttpResponse:
    """Show a set: its papers, its checklist, its files. With htmx only the part that changes."""
    found = _find(request, house_set)
    papers = found.papers.select_related("paper").defer("paper__snapshot", "paper__program").order_by("position")
    context = {
        "house_set": found,
        "papers": papers,
        "worker": worker_is_running(),
        "refusal": policies.may_freeze(person(request), found.directorate_id),
    }
    template = "claims/house_set_part.html" if request.htmx else "claims/house_set.html"  # type: ignore[attr-defined]
    return render(request, template, context)


@login_required
@require_GET
def file(request: HttpRequest, house_set: uuid.UUID, suffix: str) -> HttpResponse:
    """Serve the archive or the reading PDF; a browser that has it is told so without reading it."""
    found = _find(request, house_set)
    if suffix not in FILES or found.state != RenderState.DONE:
        raise Http404
    field, media_type = FILES[suffix]
    etag = quote_etag(getattr(found, f"{field}_digest"))
    answer = get_conditional_response(request, etag=etag)
    if answer is None:
        answer = HttpResponse(bytes(getattr(found, field)), content_type=media_type)
        name = f"kamerset-{slugify(found.title)[:80] or found.public_id}.{suffix}"
        answer["Content-Disposition"] = content_disposition_header(suffix == "zip", name) or "attachment"
    answer["ETag"] = etag
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "private, no-cache"
    return answer
