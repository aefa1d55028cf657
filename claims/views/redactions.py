"""Redactions in a frozen paper: proposing, confirming, and making the public version."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from claims import policies
from claims.actions import redact as actions
from claims.actions.freeze import ask_public, removal_of
from claims.actions.refused import Refused, require
from claims.documents import composed
from claims.documents.public import Part, rebuilt
from claims.enums import Regime
from claims.kinds import KINDS
from claims.models import FrozenPaper, Redaction, RedactionGround
from claims.rules.redaction import find
from claims.views.frozen import find_paper
from core import richtext
from core.permissions import Refusal
from core.richtext import Passage
from core.views import person
from core.views.once import sent_once


class RedactionForm(forms.Form):
    """Which words of which passage, on what ground, and why."""

    part = forms.CharField(max_length=60, widget=forms.HiddenInput)
    passage = forms.IntegerField(min_value=0, max_value=100_000, widget=forms.HiddenInput)
    words = forms.CharField(
        label=gettext_lazy("What is left out"),
        max_length=20_000,
        strip=True,
        help_text=gettext_lazy("Leave only the words that must go, as they stand in the text."),
        widget=forms.Textarea({"rows": 3, "class": "utrecht-textarea", "lang": "nl"}),
    )
    ground = forms.ModelChoiceField(
        label=gettext_lazy("Ground"), queryset=RedactionGround.objects.filter(active=True), to_field_name="code"
    )
    motivation = forms.CharField(
        label=gettext_lazy("Motivation"),
        max_length=500,
        help_text=gettext_lazy("Why, for this passage. It stands in the list that is published."),
        widget=forms.TextInput({"class": "utrecht-textbox wide", "lang": "nl"}),
    )


@dataclass(frozen=True)
class Shown:
    """A redaction as the list shows it; `words` are empty when it is lost."""

    row: Redaction
    words: str
    refusal: Refusal | None


@dataclass(frozen=True)
class ShownPart:
    """A text with its passages."""

    part: Part
    passages: tuple[Passage, ...]


@login_required
@require_http_methods(["GET", "POST"])
def redactions(request: HttpRequest, paper: uuid.UUID) -> HttpResponse:
    """Show what public versions leave out and the passages in which more can be proposed; propose one."""
    found = find_paper(request, paper)
    if found.public:
        raise Http404
    form = RedactionForm(request.POST or None)
    problem, status = "", 200
    if request.method == "POST":
        require(policies.may_freeze(person(request), found.directorate_id))
        status = 422
        if form.is_valid():
            try:
                return sent_once(request, lambda: _proposed(request, found, form.cleaned_data))
            except Refused as error:
                problem = str(error.message)
        else:
            problem = _("Nothing was proposed: give the words, a ground and a motivation.")
    return _page(request, found, form, problem, status)


def _page(
    request: HttpRequest, paper: FrozenPaper, form: RedactionForm, problem: str = "", status: int = 200
) -> HttpResponse:
    kind = KINDS[paper.kind]
    facts = rebuilt(kind.facts_type, paper.snapshot["facts"])
    parts = kind.texts(facts)
    context = {
        "paper": paper,
        "about": paper.written,
        "alone": kind.left_out(facts),
        "claims": paper.claims.order_by("reference"),
        "redactions": list(_shown(request, paper, facts, parts)),
        "parts": [ShownPart(part, richtext.passages(richtext.parse(part.text))) for part in parts if part.text],
        "composed": list(_composed(facts)),
        "grounds": RedactionGround.objects.filter(active=True).order_by("position", "pk"),
        "regimes": Regime.choices,
        "form": form,
        "given": form.cleaned_data if form.is_bound and hasattr(form, "cleaned_data") else {},
        "problem": problem,
        "refusal": policies.may_freeze(person(request), paper.directorate_id),
    }
    return render(request, "claims/redactions.html", context, status=status)


def _shown(request: HttpRequest, paper: FrozenPaper, facts: Any, parts: tuple[Part, ...]) -> Iterator[Shown]:
    documents = {part.part: richtext.parse(part.text) for part in parts}
    rows = Redaction.objects.standing().filter(subject=paper.subject, part__in=[*documents, composed.PART])
    for row in rows.select_related("ground", "proposed_by", "confirmed_by").order_by("pk"):
        if row.part == composed.PART:
            words = row.quote if composed.places_of(facts, row.quote) else ""
        else:
            place = find(documents[row.part], removal_of(row).anchor)
            words = place.words if place else ""
        refusal = policies.may_confirm_redaction(person(request), row) if row.open else None
        yield Shown(row, words, refusal)


def _composed(facts: Any) -> Iterator[ShownPart]:
    """Yield what the paper composes, place by place."""
    numbered = [(one.place, Passage(index, one.words)) for index, one in enumerate(composed.said(facts))]
    for place in dict.fromkeys(place for place, _passage in numbered):
        yield ShownPart(Part(composed.PART, place, ""), tuple(passage for at, passage in numbered if at == place))


def _proposed(request: HttpRequest, paper: FrozenPaper, given: dict[str, Any]) -> HttpResponse:
    actions.propose(by=person(request), at=timezone.now(), paper=paper, **given)
    messages.success(request, _("The redaction is proposed. A colleague confirms it."))
    return redirect("claims:redactions", paper.public_id)


@login_required
@require_POST
def settle(request: HttpRequest, paper: uuid.UUID, redaction: uuid.UUID) -> HttpResponse:
    """Confirm or withdraw a redaction."""
    found = find_paper(request, paper)
    row = Redaction.objects.filter(subject=found.subject, public_id=redaction).first()
    if row is None:
        raise Http404
    act = actions.withdraw if "withdraw" in request.POST else actions.confirm
    try:
        act(by=person(request), at=timezone.now(), redaction=row)
    except Refused as error:
        messages.error(request, str(error.message))
    else:
        done = _("The redaction is withdrawn.") if "withdraw" in request.POST else _("The redaction is confirmed.")
        messages.success(request, done)
    return redirect("claims:redactions", found.public_id)


@login_required
@require_POST
def public(request: HttpRequest, paper: uuid.UUID) -> HttpResponse:
    """Ask for the public version."""
    found = find_paper(request, paper)
    try:
        asked = ask_public(
            by=person(request), at=timezone.now(), paper=found, regime=request.POST.get("regime", "")[:10]
        )
    except Refused as error:
        messages.error(request, str(error.message))
        return redirect("claims:redactions" if not found.public else "claims:frozen", found.public_id)
    return redirect("claims:freezing", asked.public_id)
