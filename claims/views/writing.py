"""Writing the form: the page laid out as the form itself, saved as one goes."""

from __future__ import annotations

import json
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from claims import papers, policies
from claims.actions.write import Saved, Stale, mark_updated, write_section
from claims.enums import PaperKind
from claims.models import Section, TemplateSection
from claims.views import find, find_to_edit, find_tree
from core import richtext
from core.difference import difference
from core.forms import RichTextWidget
from core.language import language
from core.views import person


@login_required
@require_GET
def write(request: HttpRequest, reference: str) -> HttpResponse:
    """Show every question with its editor, and the paper beside it."""
    tree = find_tree(person(request), reference)
    refusal = policies.may_edit(person(request), tree.claim)
    widget = RichTextWidget()
    reference = tree.claim.reference
    rows = [
        {
            "question": question,
            "section": section,
            "label": f"{question.number} {question.label}",
            "save_url": reverse("claims:save-section", args=[reference, question.key]),
            **editor_of(widget, question, section),
        }
        for question, section in tree.sections
    ]
    fragment, notes = papers.as_fragment(papers.facts_of(tree.claim, PaperKind.CW31))
    context = {
        "claim": tree.claim,
        "tab": "write",
        "rows": rows,
        "refusal": refusal,
        "figures_url": reverse("claims:figure-choices", args=[reference]),
        "records_url": reverse("claims:check", args=[reference]),
        "media": widget.media.with_nonce(str(request.csp_nonce)),  # type: ignore[attr-defined]
        "preview": fragment,
        "notes": notes,
    }
    return render(request, "claims/write.html", context)


def editor_of(widget: RichTextWidget, place: Any, section: Any) -> dict[str, Any]:
    """Return the editor of one text, the version it begins from, and the guidance of its place in the reader's language."""
    stored, name = (section.text if section else ""), f"text-{place.key}"
    return {
        "version": section.version if section else 0,
        "guidance": place.guidance_en if language() == "en" else place.guidance_nl,
        "editor": widget.render(name, stored, {"id": name, "rows": 6}),
    }


@login_required
@require_POST
def save(request: HttpRequest, reference: str, key: str) -> HttpResponse:
    """Save one answer. Answers JSON: the new version, or why not, with what is stored now when somebody was first."""
    claim = find(person(request), reference)
    question = TemplateSection.objects.filter(template=claim.template_id, key=key).first()
    if question is None:
        raise Http404
    return answer(
        request,
        lambda text, seen: write_section(by=person(request), claim=claim, question=question, text=text, seen=seen),
    )


def answer(request: HttpRequest, act: Any) -> JsonResponse:
    """Read {"text", "version"} from the body, act, and say what happened in the reader's language."""
    try:
        body = json.loads(request.body)
        text, seen = body["text"], body["version"]
        if not isinstance(text, str) or not isinstance(seen, int) or isinstance(seen, bool):
            raise TypeError
    except (ValueError, KeyError, TypeError, RecursionError):
        return JsonResponse(
            {"error": _("This could not be read. Reload the page; your text is still in this window until you do.")},
            status=400,
        )
    try:
        saved: Saved = act(text, seen)
    except richtext.Unreadable as error:
        return JsonResponse({"error": str(error.message)}, status=422)
    except PermissionDenied as error:
        return JsonResponse({"error": str(error)}, status=403)
    except Stale as stale:
        return JsonResponse(_refusal(text, stale, person(request).name), status=409)
    return JsonResponse({"version": saved.version, "empty": not saved.text})


def _refusal(text: str, stale: Stale, reader: str) -> dict[str, Any]:
    if stale.by == reader:
        said = _("You saved this text in another window. What stands here is not saved yet.")
    else:
        said = _("%(name)s saved this text while you were writing. Yours is not saved yet and still stands here.") % {
            "name": stale.by or _("Somebody else")
        }
    mine, theirs = richtext.text(richtext.read(text)), richtext.text(richtext.parse(stale.stored.text))
    return {
        "error": said,
        "version": stale.stored.version,
        "stored": stale.stored.text,
        "difference": difference(theirs, mine),
    }


@login_required
@require_POST
def updated(request: HttpRequest, reference: str, key: str) -> HttpResponse:
    """Say that a copied text's figures are up to date."""
    claim = find_to_edit(person(request), reference)
    section = Section.objects.filter(claim=claim, question__key=key).first()
    if section is None:
        raise Http404
    mark_updated(by=person(request), section=section)
    return redirect(f"/claims/{claim.reference}/write/#{key}")
