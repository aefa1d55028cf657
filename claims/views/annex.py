"""The annex: parts per partner with a text, and the choice of records each part cites."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from claims import policies
from claims.actions import annex as actions
from claims.actions.write import write_annex_text
from claims.documents.annex import citations_of, cite, sentence
from claims.documents.citable import citable
from claims.enums import CitedKind
from claims.models import AnnexPart, Citation, Claim
from claims.views import find, find_to_edit
from claims.views.writing import answer
from core.forms import RichTextWidget
from core.views import person
from core.views.once import sent_once
from partners.models import Partner
from results.actions.reading import note_reading
from results.models import Result


@login_required
@require_GET
def annex(request: HttpRequest, reference: str) -> HttpResponse:
    """Show the parts with their texts and what they cite."""
    claim = find(person(request), reference)
    stored = list(AnnexPart.objects.filter(claim=claim).select_related("partner").in_order())
    cited = cite(claim)
    hidden = Citation.objects.filter(part__claim=claim, result__confidential=True)
    left_out = dict(hidden.values_list("part").annotate(Count("pk")))
    widget = RichTextWidget()
    parts = [
        {
            "part": part,
            "blocks": cited.blocks.get(part.pk, ()),
            "left_out": left_out.get(part.pk, 0),
            "editor": widget.render(f"text-{part.public_id}", part.text, {"id": f"text-{part.public_id}", "rows": 4}),
        }
        for part in stored
    ]
    context = {
        "claim": claim,
        "tab": "annex",
        "parts": parts,
        "partners": Partner.objects.filter(active=True),
        "refusal": policies.may_edit(person(request), claim),
        "media": widget.media.with_nonce(str(request.csp_nonce)),  # type: ignore[attr-defined]
    }
    return render(request, "claims/annex.html", context)


@login_required
@require_POST
def add(request: HttpRequest, reference: str) -> HttpResponse:
    """Add a part."""
    claim = find_to_edit(person(request), reference)
    title = " ".join(request.POST.get("title", "").split())
    chosen = _uuid(request.POST.get("partner", ""))
    partner = Partner.objects.filter(public_id=chosen).first() if chosen else None
    if not title and partner:
        title = partner.short_name
    if not title or len(title) > 200 or "\x00" in title:
        messages.error(request, _("Give the part a heading of at most 200 characters, or choose its partner."))
        return redirect("claims:annex", reference)

    def made() -> HttpResponse:
        part = actions.add_part(by=person(request), claim=claim, title=title, partner=partner)
        messages.success(request, _("The part “%s” was added. Choose what it cites.") % part.title)
        return redirect("claims:annex-part", reference, part.public_id)

    return sent_once(request, made)


def _uuid(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text)
    except ValueError:
        return None


@login_required
@require_http_methods(["GET", "POST"])
def part(request: HttpRequest, reference: str, part: uuid.UUID) -> HttpResponse:
    """Choose what a part cites, in which order and under which heading; also the part's own heading."""
    claim = find(person(request), reference)
    found = _part(claim, part)
    if request.method == "POST":
        find_to_edit(person(request), reference)
        return _change(request, found)
    citations = [citation for citation in citations_of(claim) if citation.part_id == found.pk]
    rows = [
        (
            citation,
            _("confidential: not printed")
            if citation.result_id and citation.result.confidential
            else sentence(citation),
        )
        for citation in citations
    ]
    everything = request.GET.get("all") == "1" or found.partner_id is None
    groups = citable(user=person(request), partner=None if everything else found.partner, without=citations)
    offered = [
        choice.key.partition(":")[2] for group in groups if group.kind == CitedKind.RESULT for choice in group.choices
    ]
    shown = Result.objects.filter(public_id__in=offered, confidential=True) if offered else ()
    note_reading(by=person(request), at=timezone.now(), results=shown, page=request.path)
    context = {
        "claim": claim,
        "tab": "annex",
        "part": found,
        "rows": rows,
        "everything": everything,
        "groups": groups,
        "refusal": policies.may_edit(person(request), claim),
    }
    return render(request, "claims/annex_part.html", context)


def _part(claim: Claim, part: uuid.UUID) -> AnnexPart:
    found = AnnexPart.objects.filter(claim=claim, public_id=part).select_related("partner").first()
    if found is None:
        raise Http404
    return found


@login_required
@require_http_methods(["GET", "POST"])
def remove(request: HttpRequest, reference: str, part: uuid.UUID) -> HttpResponse:
    """Ask whether a part may go, and remove it."""
    claim = find_to_edit(person(request), reference)
    found = _part(claim, part)
    if request.method == "POST":
        actions.remove_part(by=person(request), part=found)
        messages.success(request, _("The part “%s” was removed.") % found.title)
        return redirect("claims:annex", claim.reference)
    count = found.citations.count()
    context = {"claim": claim, "tab": "annex", "refusal": None, "part": found, "count": count}
    return render(request, "claims/annex_remove.html", context)


def _change(request: HttpRequest, found: AnnexPart) -> HttpResponse:
    claim, post, by = found.claim, request.POST, person(request)
    moves = {
        key.split(":", 1)[0]: key.split(":", 1)[1]
        for key in post
        if ":" in key and key.split(":", 1)[0] in ("up", "down", "drop")
    }
    try:
        actions.arrange(
            by=by,
            part=found,
            title=" ".join(_plain(post.get("title", found.title)).split())[:200] or found.title,
            headings={key[8:]: _plain(str(value)) for key, value in post.items() if key.startswith("heading:")},
            additions={key[9:]: _plain(str(value)) for key, value in post.items() if key.startswith("addition:")},
            cite=post.getlist("cite"),
            move=next(((way, moves[way]) for way in ("up", "down") if way in moves), None),
            drop=moves.get("drop"),
        )
    except actions.Unknown:
        messages.error(request, _("Something you chose is no longer there. Choose again."))
    else:
        messages.success(request, _("Saved: %s") % found.title)
    return redirect("claims:annex-part", claim.reference, found.public_id)


def _plain(typed: str) -> str:
    return typed.replace("\x00", "")  # no text of a database holds it, and nobody types it


@login_required
@require_POST
def save_text(request: HttpRequest, reference: str, part: uuid.UUID) -> HttpResponse:
    """Save a part's own text."""
    claim = find(person(request), reference)
    found = _part(claim, part)
    return answer(request, lambda text, seen: write_annex_text(by=person(request), part=found, text=text, seen=seen))
