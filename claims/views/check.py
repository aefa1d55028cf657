"""The check of a claim: every number and every finding, to be linked with one click or answered with a reason."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from claims import policies
from claims.actions.answer import answer_finding
from claims.actions.bind import NotThere, bind_figure
from claims.actions.write import Stale
from claims.checks.figures import Checked, Noted, State
from claims.checks.review import Review, answer_key, mark_of, review
from claims.queries.figures import SOURCES
from claims.queries.offers import Offer, offers_for, record_url
from claims.views import find, find_to_edit, find_tree
from core import richtext
from core.findings import Finding
from core.numbers import plain
from core.views import person


@login_required
@require_GET
def check(request: HttpRequest, reference: str) -> HttpResponse:
    """Show what was found."""
    tree = find_tree(person(request), reference)
    context = {
        "claim": tree.claim,
        "tab": "check",
        "refusal": policies.may_edit(person(request), tree.claim),
        "answer_url": reverse("claims:answer", args=[reference]),
        "bind_url": reverse("claims:bind", args=[reference]),
        **found_in(review(tree)),
    }
    return render(request, "claims/check.html", context)


def found_in(found: Review) -> dict[str, Any]:
    """Return what the page of a check shows of it."""
    return {
        "review": found,
        "wrong_notes": [item for item in found.open_contradictions if isinstance(item, Noted)],
        "wrong_numbers": [item for item in found.open_contradictions if isinstance(item, Checked)],
        "recognised": found.open_numbers(State.RECOGNISED),
        "unknown": found.open_numbers(State.UNKNOWN),
        "counts": [(state, len(found.open_numbers(state))) for state in State],
        "explained": found.explained,
        "rest": [number for state in (State.BOUND, State.FOLLOWS, State.PLAIN) for number in found.figures.of(state)],
    }


@login_required
@require_POST
def bind(request: HttpRequest, reference: str) -> HttpResponse:
    """Link one number to the record that was chosen."""
    claim = find_to_edit(person(request), reference)
    post = request.POST
    try:
        wording = bind_figure(
            by=person(request),
            claim=claim,
            key=post.get("key", ""),
            offer=post.get("offer", ""),
            form=post.get("form", ""),
        )
    except (NotThere, Stale):
        messages.error(
            request,
            _(
                "This sentence was changed meanwhile, or the record has another value now. Look again; nothing was changed."
            ),
        )
    except richtext.Unreadable as error:
        messages.error(request, str(error.message))
    else:
        messages.success(request, _("Linked: “%s” now follows its record.") % wording)
    return redirect(reverse("claims:check", args=[reference]) + "#recognised")


@login_required
@require_POST
def answer(request: HttpRequest, reference: str) -> HttpResponse:
    """Keep why a finding may stand."""
    claim = find_to_edit(person(request), reference)
    page, mark = reverse("claims:check", args=[reference]), request.POST.get("key", "")
    found = review(find_tree(person(request), reference))
    item = next((item for item in found.items() if mark_of(item) == mark), None)
    if item is None:
        messages.error(request, _("This finding is no longer there: the text or the records were changed meanwhile."))
        return redirect(page)
    code, place = answer_key(item)
    try:
        answer_finding(
            by=person(request),
            at=timezone.now(),
            claim=claim,
            code=code,
            place=place,
            message=said_of(item),
            reason=request.POST.get("reason", ""),
        )
    except ValidationError as error:
        messages.error(request, error.messages[0])
    else:
        messages.success(request, _("Your answer is kept with the finding."))
    return redirect(page)


def said_of(item: Checked | Noted | Finding) -> str:
    """Return what was found, as it was shown."""
    if isinstance(item, Checked):
        return f"{item.state.label}: {item.before}{item.written}{item.after}"
    return str(item.remark.message) if isinstance(item, Noted) else str(item.message)


@login_required
@never_cache
@require_GET
def choices(request: HttpRequest, reference: str) -> JsonResponse:
    """Answer the figures that a text of this claim can be linked to, each in every wording."""
    tree = find_tree(person(request), reference)
    return figures_as_json(offers_for(tree))


def figures_as_json(offers: Iterable[Offer]) -> JsonResponse:
    """Answer figures for the editor, each in every wording."""
    figures = [
        {"id": offer.id, "field": offer.field, "label": offer.label, "number": _typed(offer), "forms": offer.forms()}
        for offer in offers
    ]
    return JsonResponse({"figures": figures})


def _typed(offer: Offer) -> str:
    """Return the number with which the editor looks for what was typed; a citation is no number."""
    if offer.value.sort == "words":
        return "–"
    return plain(offer.value.number * (100 if offer.value.sort == "share" else 1))


@login_required
@require_GET
def record(request: HttpRequest, reference: str, field: str, record: uuid.UUID) -> HttpResponse:
    """Lead from a linked figure to the record it follows."""
    claim = find(person(request), reference)
    source = SOURCES.get(field)
    row = source.fetch([str(record)], claim).get(str(record)) if source else None
    if row is None:
        raise Http404
    return redirect(record_url(row))
