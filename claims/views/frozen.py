"""Frozen papers: freezing one, its page, and its files byte for byte."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header, quote_etag
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from claims import policies
from claims.actions import freeze as actions
from claims.actions.refused import Refused, require
from claims.kinds import KINDS, Kind
from claims.models import Freezing, FrozenFile, FrozenPaper, RenderState
from claims.papers import input_hash
from core.permissions import within_reach
from core.views import person
from core.views.once import sent_once
from core.work import worker_is_running

SHOWN_INSIDE = "application/pdf"  # the one kind of file a browser shows by itself


def find_subject(request: HttpRequest, kind: str, subject: uuid.UUID) -> tuple[Kind, Any]:
    """Return a kind of paper and a subject this person may see, or answer 404."""
    chosen = KINDS.get(kind)
    found = chosen.find(person(request), subject) if chosen else None
    if chosen is None or found is None:
        raise Http404
    return chosen, chosen.subject_of(subject)


def find_paper(request: HttpRequest, paper: uuid.UUID) -> FrozenPaper:
    """Return a frozen paper this person may see, without what it was made of; or answer 404."""
    found: FrozenPaper | None = (
        FrozenPaper.objects.visible_to(person(request))
        .filter(public_id=paper)
        .select_related("by", "internal")
        .defer("snapshot", "internal__snapshot", "internal__program")
        .first()
    )
    if found is None:
        raise Http404
    return found


@login_required
@require_GET
def papers(request: HttpRequest) -> HttpResponse:
    """List the newest version of every frozen paper."""
    found = FrozenPaper.objects.visible_to(person(request)).newest().told()[:500]
    return render(request, "claims/frozen_papers.html", {"papers": found})


@login_required
@require_http_methods(["GET", "POST"])
def freeze(request: HttpRequest, kind: str, subject: uuid.UUID) -> HttpResponse:
    """Show what stands in the way of freezing a paper; freeze it."""
    chosen, found = find_subject(request, kind, subject)
    refusal = policies.may_freeze(person(request), chosen.directorate_of(found))
    problem, status = "", 200
    if request.method == "POST":
        require(refusal)
        try:
            return sent_once(request, lambda: _asked(request, chosen, found))
        except Refused as error:
            problem, status = str(error.message), 409
    facts = chosen.facts_of(found)
    mark = input_hash(facts)
    last = actions.newest(chosen, subject, public=False)
    context = {
        "kind": chosen,
        "subject": found,
        "title": chosen.title_of(facts),
        "back": chosen.url_of(found),
        "claims": chosen.claims_of(found),
        "refusal": refusal,
        "blockers": chosen.blockers(found),
        "problem": problem,
        "mark": mark,
        "last": last,
        "unchanged": bool(last and last.input_hash == mark),
        "versions": FrozenPaper.objects.filter(kind=kind, subject=subject).order_by("-at", "-pk").told(),
    }
    return render(request, "claims/freeze.html", context, status=status)


def _asked(request: HttpRequest, kind: Kind, subject: Any) -> HttpResponse:
    asked = actions.ask_to_freeze(
        by=person(request), at=timezone.now(), kind=kind, subject=subject, seen=request.POST.get("seen", "")[:64]
    )
    return redirect("claims:freezing", asked.public_id)


@login_required
@never_cache
@require_GET
def progress(request: HttpRequest, freezing: uuid.UUID) -> HttpResponse:
    """Show how far freezing is; lead to the frozen paper when it is there. With htmx only the part that changes."""
    asked: Freezing | None = (
        within_reach(Freezing.objects.all(), person(request))
        .filter(public_id=freezing)
        .select_related("paper", "internal")
        .defer("paper__snapshot", "internal__snapshot")
        .first()
    )
    if asked is None:
        raise Http404
    if asked.state == RenderState.DONE:
        address = redirect("claims:frozen", asked.paper.public_id)
        if request.htmx:  # type: ignore[attr-defined]
            return HttpResponse(headers={"HX-Redirect": address["Location"]})
        messages.success(request, _("The paper is frozen."))
        return address
    kind = KINDS[asked.kind]
    subject = kind.subject_of(asked.subject)
    context = {
        "asked": asked,
        "kind": kind,
        "claims": kind.claims_of(subject),
        "back": kind.url_of(subject),
        "worker": worker_is_running(),
        "again": [kind.code.value, asked.subject],
    }
    template = "claims/freezing_part.html" if request.htmx else "claims/freezing.html"  # type: ignore[attr-defined]
    return render(request, template, context)


@login_required
@require_GET
def show(request: HttpRequest, paper: uuid.UUID) -> HttpResponse:
    """Show one frozen paper: its files, what made it, and every figure in it."""
    found = find_paper(request, paper)
    files = found.files.defer("content").order_by("-format")
    versions = FrozenPaper.objects.filter(kind=found.kind, subject=found.subject).order_by("-at", "-pk").told()
    context = {
        "paper": found,
        "claims": found.claims.order_by("reference"),
        "files": sorted(files, key=lambda file: ["pdf", "docx", "odt"].index(file.format)),
        "versions": versions,
        "figures": found.figures.order_by("position", "pk"),
    }
    return render(request, "claims/frozen.html", context)


@login_required
@require_GET
def data(request: HttpRequest, paper: uuid.UUID) -> HttpResponse:
    """Serve what a frozen paper was made of, as JSON."""
    found = find_paper(request, paper)
    response = JsonResponse(
        {"paper": str(found.public_id), "program": found.program, **found.snapshot}, json_dumps_params={"indent": 1}
    )
    response["Content-Disposition"] = content_disposition_header(True, f"{found.name}.json") or "attachment"
    return _safe(response)


@login_required
@require_GET
def file(request: HttpRequest, paper: uuid.UUID, suffix: str) -> HttpResponse:
    """Serve a file byte for byte; a browser that has it is told so without reading it."""
    kept = FrozenFile.objects.filter(
        paper__in=FrozenPaper.objects.visible_to(person(request)), paper__public_id=paper, format=suffix
    )
    known = kept.values_list("digest", "media_type", "paper__name").first()
    if known is None:
        raise Http404
    digest, media_type, name = known
    etag = quote_etag(digest)
    answer = get_conditional_response(request, etag=etag)
    if answer is None:
        content = kept.values_list("content", flat=True).get()
        answer = HttpResponse(bytes(content), content_type=media_type)
        shown = media_type == SHOWN_INSIDE
        answer["Content-Disposition"] = content_disposition_header(not shown, f"{name}.{suffix}") or "attachment"
        if not shown:
            answer["Content-Security-Policy"] = "sandbox; default-src 'none'"
    answer["ETag"] = etag
    return _safe(answer)


def _safe(response: HttpResponse) -> HttpResponse:
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-cache"
    return response
