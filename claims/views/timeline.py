"""The timeline of a claim on a page and as a file."""

from __future__ import annotations

import datetime

from django import forms
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from claims.models import Claim
from claims.queries.timeline import DECISION, EDIT, EVIDENCE, KINDS, MONEY, PAPER, REMARK, STEP, Moment, Span, timeline
from claims.views import find
from core import tabular
from core.audit import record
from core.forms import DayFormField
from core.language import language
from core.models import User
from core.views import person

LABELS = {
    STEP: gettext_lazy("Steps"),
    DECISION: gettext_lazy("Decisions and milestones"),
    MONEY: gettext_lazy("Bookings"),
    EDIT: gettext_lazy("Changes"),
    EVIDENCE: gettext_lazy("Evidence"),
    REMARK: gettext_lazy("Remarks"),
    PAPER: gettext_lazy("Papers and exports"),
}
PER_PAGE = 50


@login_required
@require_GET
def show(request: HttpRequest, reference: str) -> HttpResponse:
    """Show what happened, the newest first, or hand it out as CSV."""
    claim = find(person(request), reference)
    chosen = tuple(kind for kind in KINDS if kind in request.GET.getlist("kind")) or KINDS
    who = request.GET.get("by", "")[:150]
    moments = timeline([claim], chosen)
    people = sorted({moment.by for moment in moments if moment.by})
    if who:
        moments = [moment for moment in moments if moment.by == who]
    if request.GET.get("format") == "csv":
        record(
            by=person(request), at=timezone.now(), kind="export", subject=f"claim {claim.public_id}", what="timeline"
        )
        return as_csv(f"{claim.reference}-tijdlijn", moments, {claim.pk: claim.reference})
    page = Paginator(moments, PER_PAGE).get_page(request.GET.get("page"))
    query = request.GET.copy()
    query.pop("page", None)
    query.pop("format", None)
    context = {
        "claim": claim,
        "tab": "timeline",
        "refusal": None,
        "page": page,
        "kinds": [(kind, LABELS[kind], kind in chosen) for kind in KINDS],
        "people": people,
        "who": who,
        "query": query.urlencode(),
    }
    return render(request, "claims/timeline.html", context)


def as_csv(name: str, moments: list[Moment], references: dict[int, str]) -> HttpResponse:
    """Write moments as CSV, one row per changed field."""
    head = [_("Claim"), _("At"), _("By"), _("Kind"), _("What"), _("Why"), _("Field"), _("Old"), _("New")]
    rows = []
    for moment in moments:
        at = timezone.localtime(moment.at).strftime("%Y-%m-%d %H:%M:%S")
        base = [references.get(moment.claim_id, ""), at, moment.by, str(LABELS[moment.kind]), moment.what, moment.why]
        rows += [[*base, row.label, row.old, row.new] for row in moment.fields] or [[*base, "", "", ""]]
    content = tabular.words(head, rows, language=language())
    response = HttpResponse(content, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response


MOST_CLAIMS = 500


class ChangesForm(forms.Form):
    """Which changes to show."""

    since = DayFormField(label=gettext_lazy("From"), required=False)
    until = DayFormField(label=gettext_lazy("Until"), required=False)
    claim = forms.CharField(
        label=gettext_lazy("Claim"),
        required=False,
        max_length=100,
        widget=forms.TextInput({"class": "utrecht-textbox"}),
        help_text=gettext_lazy("Reference or part of the title."),
    )
    by = forms.ModelChoiceField(label=gettext_lazy("By"), queryset=User.objects.all(), required=False)

    def span(self, today: datetime.date) -> Span:
        """Return the days asked for; the last thirty when none are."""
        first = self.cleaned_data["since"] or (today - datetime.timedelta(days=30))
        last = self.cleaned_data["until"]
        return Span(_midnight(first), _midnight(last + datetime.timedelta(days=1)) if last else None)


def _midnight(day: datetime.date) -> datetime.datetime:
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time.min))


@login_required
@require_GET
def changes(request: HttpRequest) -> HttpResponse:
    """Show what happened to all claims one may see, with filters, or hand it out as CSV."""
    form = ChangesForm(request.GET or {"since": ""})
    chosen = tuple(kind for kind in KINDS if kind in request.GET.getlist("kind")) or KINDS
    moments: list[Moment] = []
    claims: dict[int, Claim] = {}
    if form.is_valid():
        visible = Claim.objects.visible_to(person(request)).order_by("-reference")
        asked = form.cleaned_data["claim"]
        if asked:
            visible = visible.filter(Q(reference__icontains=asked) | Q(title__icontains=asked))
        claims = {claim.pk: claim for claim in visible[:MOST_CLAIMS]}
        moments = timeline(list(claims.values()), chosen, form.span(timezone.localdate()))
        if form.cleaned_data["by"]:
            moments = [moment for moment in moments if moment.by == form.cleaned_data["by"].name]
        if request.GET.get("format") == "csv":
            record(by=person(request), at=timezone.now(), kind="export", subject="claims", what="changes")
            return as_csv("wijzigingen", moments, {key: claim.reference for key, claim in claims.items()})
    page = Paginator(moments, PER_PAGE).get_page(request.GET.get("page"))
    query = request.GET.copy()
    query.pop("page", None)
    query.pop("format", None)
    context = {
        "form": form,
        "page": page,
        "rows": [(moment, claims[moment.claim_id]) for moment in page],
        "kinds": [(kind, LABELS[kind], kind in chosen) for kind in KINDS],
        "query": query.urlencode(),
    }
    return render(request, "claims/changes.html", context, status=200 if form.is_valid() else 422)
