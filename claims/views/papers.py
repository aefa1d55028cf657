"""The papers of a claim: the preview on a page, and the PDF that the worker makes."""

from __future__ import annotations

import uuid
from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.shortcuts import render as page
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from claims import office, papers, policies
from claims.actions.render import ask as ask_for
from claims.enums import OF_CLAIM, PaperKind
from claims.models import Render, RenderState
from claims.queries.house_style import look_of
from claims.views import find
from core.pandoc.door import PandocFailed
from core.pandoc.writing import Format
from core.views import person
from core.work import worker_is_running


def _kind(kind: str) -> PaperKind:
    if kind not in OF_CLAIM:
        raise Http404
    return PaperKind(kind)


@login_required
@require_GET
def preview(request: HttpRequest, reference: str, kind: str) -> HttpResponse:
    """Show the paper as it stands."""
    chosen, claim = _kind(kind), find(person(request), reference)
    facts = papers.facts_of(claim, chosen)
    fragment, notes = papers.as_fragment(facts)
    context = {
        "claim": claim,
        "tab": chosen.value,
        "kind": chosen,
        "preview": fragment,
        "notes": notes,
        "left_out": facts.annex.left_out,
        "refusal": policies.may_edit(person(request), claim),
    }
    return page(request, "claims/preview.html", context)


@login_required
@require_GET
def fragment(request: HttpRequest, reference: str, kind: str) -> HttpResponse:
    """Answer the preview alone, for the page on which one writes."""
    html, notes = papers.as_fragment(papers.facts_of(find(person(request), reference), _kind(kind)))
    return page(request, "claims/preview_fragment.html", {"preview": html, "notes": notes})


@login_required
@require_POST
def ask(request: HttpRequest, reference: str, kind: str) -> HttpResponse:
    """Ask for the PDF: straight to the file when nothing changed since it was made, else to its progress."""
    chosen, claim = _kind(kind), find(person(request), reference)
    asked = ask_for(by=person(request), at=timezone.now(), claim=claim, kind=chosen)
    name = "claims:pdf" if asked.state == RenderState.DONE else "claims:pdf-progress"
    return redirect(name, reference, chosen.value, asked.public_id)


@login_required
@never_cache
@require_GET
def progress(request: HttpRequest, reference: str, kind: str, render: uuid.UUID) -> HttpResponse:
    """Show how far the PDF is. With htmx only the part that changes."""
    claim, chosen = find(person(request), reference), _kind(kind)
    asked = Render.objects.filter(claim=claim, kind=chosen, public_id=render).defer("content").first()
    if asked is None:
        messages.info(request, _("That version of the paper is no longer kept. Make it again."))
        return redirect("claims:preview", reference, chosen.value)
    context = {
        "claim": claim,
        "kind": chosen,
        "render": asked,
        "tab": chosen.value,
        "worker": worker_is_running(),
        "poll_url": reverse("claims:pdf-progress", args=[reference, chosen.value, asked.public_id]),
        "file_url": reverse("claims:pdf", args=[reference, chosen.value, asked.public_id]),
        "texts_url": reverse("claims:write", args=[reference]),
        "refusal": policies.may_edit(person(request), claim),
    }
    template = "claims/pdf_progress_part.html" if request.htmx else "claims/pdf_progress.html"  # type: ignore[attr-defined]
    return page(request, template, context)


@login_required
@require_GET
def download(request: HttpRequest, reference: str, kind: str, render: uuid.UUID) -> HttpResponse:
    """Serve the PDF."""
    claim, chosen = find(person(request), reference), _kind(kind)
    asked = Render.objects.filter(claim=claim, kind=chosen, public_id=render, state=RenderState.DONE).first()
    if asked is None:
        raise Http404
    response = HttpResponse(bytes(asked.content or b""), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{claim.reference}-{chosen.value}.pdf"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


@login_required
@never_cache
@require_GET
def office_file(request: HttpRequest, reference: str, kind: str, suffix: str) -> HttpResponse:
    """Make and serve the paper as it stands, as DOCX or ODT."""
    claim, chosen = find(person(request), reference), _kind(kind)
    if suffix not in office.KINDS:
        raise Http404
    try:
        wanted = cast(Format, suffix)
        content = office.as_file(papers.facts_of(claim, chosen), wanted, look_of(wanted))
    except papers.TooLong:
        messages.error(request, _("The texts are together too long for one paper. Shorten them."))
        return redirect("claims:preview", reference, chosen.value)
    except PandocFailed:
        messages.error(
            request, _("This file could not be made. Nothing is lost; tell the administrator which paper it was.")
        )
        return redirect("claims:preview", reference, chosen.value)
    response = HttpResponse(content, content_type=office.KINDS[suffix])
    response["Content-Disposition"] = f'attachment; filename="{claim.reference}-{chosen.value}.{suffix}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response
