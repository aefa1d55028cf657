"""The dashboards of envelopes: all of them by article and cover, and one of them per a date."""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Iterator
from typing import Any

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claims import policies
from claims.views.envelopes import AsOfForm, find_envelope
from core.tabular import About, Column, Kind
from core.views import person
from reporting import charts
from reporting.dashboards import envelope as gather
from reporting.dashboards.filters import Filters
from reporting.exports.tables import TABLE, Sheet, as_file, asked_file, files_of, source, source_until
from reporting.views.access import dashboard
from reporting.views.keeping import kept, kept_of_one
from reporting.views.numbers import ELSEWHERE, read_filters, visible_claims


@dashboard
def envelopes(request: HttpRequest) -> HttpResponseBase:
    """Show every envelope, by article and cover."""
    filters = read_filters(request)
    if kind := asked_file(request):
        found, about = gather.overview(filters), About(_("Envelopes"), source(), timezone.localdate())
        return as_file(request, kind, Sheet(about, OVERVIEW, lambda: _overview_cells(found)))
    made = kept(request, "reporting/envelopes_main.html", lambda: _all_shown(request, filters))
    return render(request, "reporting/envelopes.html", {"main": made.html})


def _all_shown(request: HttpRequest, filters: Filters) -> dict[str, Any]:
    found = gather.overview(filters)
    return {
        "found": found,
        "columns": [label for _measure, label in gather.OVERVIEW],
        "filters": filters,
        "years": found.years,
        "articles": [(gather.code_of(row), str(row)) for row in found.articles],
        "covers": [(row.code, row.name()) for row in found.covers],
        "files": files_of(request),
        "as_of": timezone.localdate(),
        "source": source_until(found.until),
    }


OVERVIEW = (
    Column("article", gettext_lazy("Budget article"), Kind.IDENTIFIER),
    Column("cover", gettext_lazy("Cover")),
    Column("envelope", gettext_lazy("Envelope")),
    Column("year", gettext_lazy("Budget year"), Kind.IDENTIFIER),
    *(Column(measure, label, Kind.AMOUNT) for measure, label in gather.OVERVIEW),
)


def _overview_cells(found: gather.Overview) -> Iterator[list[Any]]:
    for group in found.groups:
        for row, numbers in group.rows:
            names = [gather.code_of(group.article), str(group.cover or ""), row.name, str(row.year)]
            yield [*names, *(number.value for number in numbers)]


@dashboard
def envelope(request: HttpRequest, envelope: uuid.UUID) -> HttpResponseBase:
    """Show one envelope, per a date."""
    form = AsOfForm(request.GET if "as_of" in request.GET else None)
    as_of = form.cleaned_data["as_of"] if form.is_bound and form.is_valid() else None
    if kind := asked_file(request):
        found = gather.read(find_envelope(envelope), as_of, whole=True)
        return as_file(request, kind, _sheet(request, gather.dashboard(found, visible_claims(person(request))), as_of))
    made = kept_of_one(
        request,
        "reporting/envelope_main.html",
        lambda _today: gather.read(find_envelope(envelope), as_of, request.GET.get("page")),
        lambda read, today: _shown(request, read, form, today),
    )
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "reporting/envelope.html", {"title": made.title, "main": made.html}, status=status)


def _shown(request: HttpRequest, read: gather.Found, form: AsOfForm, today: datetime.date) -> dict[str, Any]:
    user = person(request)
    found = gather.dashboard(read, visible_claims(user))
    query = request.GET.copy()
    query.pop("page", None)
    return {
        "title": str(found.envelope),
        "found": found,
        "chart": charts.of_envelope(found.stand),
        "envelope": found.envelope,
        "as_of_form": form,
        "per_date": read.as_of,
        "as_of": read.as_of or today,
        "source": source_until(read.until()),
        "files": files_of(request, "stand"),
        "line_files": files_of(request, "lines"),
        "mutation_files": files_of(request, "mutations"),
        "query": query.urlencode(),
        "may_book": policies.keeps_books(user),
    }


STAND = (
    Column("name", gettext_lazy("Stand")),
    Column("commitment", gettext_lazy("Commitments"), Kind.AMOUNT),
    Column("cash", gettext_lazy("Cash"), Kind.AMOUNT),
)
LINES = (
    Column("claim", gettext_lazy("Claim"), Kind.IDENTIFIER),
    Column("line", gettext_lazy("Line")),
    Column("partner", gettext_lazy("Partner")),
    Column("requested", gettext_lazy("Requested"), Kind.AMOUNT),
    Column("granted", gettext_lazy("Granted"), Kind.AMOUNT),
    Column("committed", gettext_lazy("Committed"), Kind.AMOUNT),
    Column("paid", gettext_lazy("Paid"), Kind.AMOUNT),
)
MUTATIONS = (
    Column("moment", gettext_lazy("Budget moment")),
    Column("nature", gettext_lazy("Kind")),
    Column("series", gettext_lazy("Series")),
    Column("amount", gettext_lazy("Amount in EUR"), Kind.AMOUNT),
    Column("announced", gettext_lazy("announced"), Kind.DATE),
    Column("processed", gettext_lazy("processed"), Kind.DATE),
    Column("authorised", gettext_lazy("authorised"), Kind.DATE),
    Column("reversal", gettext_lazy("Reversal")),
    Column("reason", gettext_lazy("Why")),
    Column("source", gettext_lazy("Source")),
)


def _sheet(request: HttpRequest, found: gather.Dashboard, as_of: Any) -> Sheet:
    about = About(str(found.envelope), source(), as_of or timezone.localdate())
    tables = {
        "stand": Sheet(about, STAND, lambda: _stand_cells(found)),
        "lines": Sheet(about, LINES, lambda: _line_cells(found)),
        "mutations": Sheet(about, MUTATIONS, lambda: _mutation_cells(found)),
    }
    try:
        return tables[request.GET.get(TABLE, "stand")]
    except KeyError:
        raise Http404 from None


def _stand_cells(found: gather.Dashboard) -> Iterator[list[Any]]:
    for line in found.lines:
        yield [line.label, *(number.value if number else None for number in (line.commitment, line.cash))]


def _line_cells(found: gather.Dashboard) -> Iterator[list[Any]]:
    for row in found.draws:
        names = [row.line.claim.reference, row.line.title, row.partners] if row.told else []
        yield [*(names or [ELSEWHERE, "", ""]), *(number.value for number in row.numbers)]


def _mutation_cells(found: gather.Dashboard) -> Iterator[list[Any]]:
    for row, reached in found.mutations:
        yield [
            row.get_moment_display(),
            row.get_nature_display(),
            row.get_series_display(),
            row.signed,
            *(reached[stage] for stage in ("announced", "processed", "authorised")),
            _("reversal") if row.reverses_id else "",
            row.reason,
            row.source,
        ]
