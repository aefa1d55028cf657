"""The figure card: ask, read the answer, copy it."""

from __future__ import annotations

import uuid
from decimal import Decimal
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from claims.models import Claim
from core.models import Country, Cover, Theme, User
from core.permissions import standing
from core.tabular import About, Column, Kind
from core.views import person
from core.views.once import sent_once
from partners.models import Partner
from reporting.actions import give_answer
from reporting.dashboards import figure_card
from reporting.dashboards.filters import Filters, Unknown
from reporting.exports.tables import Sheet, as_file, asked_file, files_of, source
from reporting.models import Answer
from reporting.views.access import dashboard

SHOWN = 10  # answers given before


@login_required
@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """Show the question, or answer it and lead to the answer."""
    user = person(request)
    if not standing(user).all_roles():
        raise PermissionDenied(_("You have no role yet, so there is nothing to see."))
    filters = _asked(request.POST if request.method == "POST" else request.GET)
    if request.method == "POST":
        return sent_once(request, lambda: _answered(user, filters))
    return render(request, "reporting/figure_card.html", _context(user, filters))


def _asked(query: QueryDict) -> Filters:
    try:
        filters = Filters.read(query)
    except Unknown:
        raise Http404 from None
    if filters.partner and not Partner.objects.filter(public_id=filters.partner).exists():
        raise Http404
    return filters


def _answered(user: User, filters: Filters) -> HttpResponse:
    found = give_answer(by=user, at=timezone.now(), today=timezone.localdate(), filters=filters, source=source())
    return redirect("figure-card-answer", found.public_id)


@dashboard
def answer(request: HttpRequest, answer: uuid.UUID) -> HttpResponseBase:
    """Show an answer as it was given, and what has changed since and since the one before."""
    user = person(request)
    visible = Answer.objects.filter(Q(asked_by=user) | Q(reach=figure_card.reach_of(user)))
    found = visible.filter(public_id=answer).first()
    if found is None:
        raise Http404
    filters = Filters.read(QueryDict(found.question))
    money = found.facts["money"]
    if kind := asked_file(request):
        about = About(_("Figure card"), found.source, found.as_of)
        return as_file(request, kind, Sheet(about, COLUMNS, lambda: _cells(money)))
    now = figure_card.ask(filters, user, timezone.localdate(), source())
    before = Answer.objects.filter(question=found.question, reach=found.reach, pk__lt=found.pk).order_by("-pk").first()
    rows = [
        (year, figure_card.numbers_of(found.question, year, amounts))
        for year, amounts in sorted(money.items())
        if year != figure_card.TOTAL
    ]
    context = _context(user, filters) | {
        "found": found,
        "about": found.facts["about"],
        "outside": found.facts["outside"],
        "rows": rows,
        "total": figure_card.numbers_of(found.question, figure_card.TOTAL, money[figure_card.TOTAL]),
        "since": figure_card.changes(money, now.facts),
        "before": before,
        "changed": figure_card.changes(before.facts["money"], money) if before else [],
        "columns": [label for _measure, label in figure_card.MEASURES],
        "files": files_of(request),
        "as_of": found.as_of,
        "source": found.source,
    }
    return render(request, "reporting/figure_card.html", context)


COLUMNS = (
    Column("year", gettext_lazy("Budget year"), Kind.IDENTIFIER),
    *(Column(measure, label, Kind.AMOUNT) for measure, label in figure_card.MEASURES),
)


def _cells(money: dict[str, dict[str, str]]) -> Any:
    for year, amounts in sorted(money.items()):
        name = _("together") if year == figure_card.TOTAL else year
        yield [name, *(Decimal(amounts[measure]) for measure, _label in figure_card.MEASURES)]


def _context(user: User, filters: Filters) -> dict[str, Any]:
    about = Claim.objects.exclude(country=None).values("country")
    return {
        "found": None,
        "filters": filters,
        "partners": [(str(row.public_id), str(row)) for row in Partner.objects.visible_to(user).order_by("sort_key")],
        "themes": [(row.code, row.name()) for row in Theme.objects.order_by("sort_key")],
        "countries": [(row.code, row.name()) for row in Country.objects.filter(pk__in=about).order_by("sort_key")],
        "covers": [(row.code, row.name()) for row in Cover.objects.order_by("sort_key")],
        "given": Answer.objects.filter(asked_by=user).order_by("-pk")[:SHOWN],
        "partner": str(filters.partner or ""),
    }
