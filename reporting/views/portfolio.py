"""The portfolio: every line one may see, filtered, sorted, searched."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.tabular import About, Column, Kind
from core.views import person
from reporting.dashboards import portfolio as gather
from reporting.dashboards.filters import Filters
from reporting.exports.tables import Sheet, as_file, asked_file, files_of, source
from reporting.views.access import dashboard
from reporting.views.keeping import kept
from reporting.views.numbers import read_filters

HEADS = (
    ("reference", gettext_lazy("Claim"), False),
    ("partner", gettext_lazy("Partner"), False),
    ("state", gettext_lazy("State"), False),
    ("requested", gettext_lazy("Requested"), True),
    ("granted", gettext_lazy("Granted"), True),
    ("committed", gettext_lazy("Committed"), True),
    ("paid", gettext_lazy("Paid"), True),
    ("to_pay", gettext_lazy("Still to pay"), True),
)


@dashboard
def portfolio(request: HttpRequest) -> HttpResponseBase:
    """Show a page of the portfolio, or hand all of it out. With htmx only the part that changes."""
    user, filters = person(request), read_filters(request)
    sorting = gather.Sorting.read(request.GET.get("sort", ""))
    if kind := asked_file(request):
        about = About(_("Portfolio"), source(), timezone.localdate())
        return as_file(request, kind, Sheet(about, COLUMNS, lambda: _cells(gather.all_rows(user, filters, sorting))))
    if bool(request.htmx) and not request.htmx.history_restore_request:  # type: ignore[attr-defined]
        made = kept(request, "reporting/portfolio_part.html", lambda: _shown(request, filters, sorting))
        return HttpResponse(made.html)
    made = kept(request, "reporting/portfolio_main.html", lambda: _shown(request, filters, sorting, choosing=True))
    return render(request, "reporting/portfolio.html", {"main": made.html})


def _shown(request: HttpRequest, filters: Filters, sorting: gather.Sorting, choosing: bool = False) -> dict[str, Any]:
    user = person(request)
    found = gather.portfolio(user, filters, sorting, _page(request.GET.get("page", "")))
    return {
        "found": found,
        "filters": filters,
        "sorting": sorting,
        "heads": [_head(request, sorting, *head) for head in HEADS],
        "files": files_of(request),
        "as_of": timezone.localdate(),
        "source": source(),
        "before": _to_page(request, found.page - 1) if found.page > 1 else "",
        "after": _to_page(request, found.page + 1) if found.page < found.pages else "",
        **({"choices": gather.choices(user)} if choosing else {}),
    }


def _page(typed: str) -> int:
    return int(typed) if typed.isascii() and typed.isdecimal() and 0 < len(typed) < 7 and int(typed) else 1


def _to_page(request: HttpRequest, number: int) -> str:
    query = request.GET.copy()
    query["page"] = str(number)
    return f"?{query.urlencode()}"


def _head(request: HttpRequest, sorting: gather.Sorting, column: str, label: Any, amount: bool) -> dict[str, Any]:
    """Return a heading that sorts: amounts the largest first, texts from A; a second time the other way round."""
    current = sorting.column == column
    descending = not sorting.descending if current else amount
    query = request.GET.copy()
    query.pop("page", None)
    query["sort"] = f"-{column}" if descending else column
    direction = ("descending" if sorting.descending else "ascending") if current else ""
    return {"label": label, "url": f"?{query.urlencode()}", "direction": direction, "amount": amount}


COLUMNS = (
    Column("claim", gettext_lazy("Claim"), Kind.IDENTIFIER),
    Column("title", gettext_lazy("Title")),
    Column("line", gettext_lazy("Line")),
    Column("directorate", gettext_lazy("Directorate"), Kind.IDENTIFIER),
    Column("partner", gettext_lazy("Partner")),
    Column("state", gettext_lazy("State")),
    Column("requested", gettext_lazy("Requested"), Kind.AMOUNT),
    Column("granted", gettext_lazy("Granted"), Kind.AMOUNT),
    Column("committed", gettext_lazy("Committed"), Kind.AMOUNT),
    Column("paid", gettext_lazy("Paid"), Kind.AMOUNT),
    Column("to_pay", gettext_lazy("Still to pay"), Kind.AMOUNT),
    Column("planned", gettext_lazy("Planned results")),
    Column("cited", gettext_lazy("Results cited"), Kind.WHOLE),
)


def _cells(rows: Iterable[gather.Row]) -> Iterator[list[Any]]:
    for row in rows:
        claim = row.line.claim
        yield [
            claim.reference,
            claim.title,
            row.line.title,
            claim.directorate.code,
            ", ".join(partner.short_name for partner in row.recipients),
            claim.get_state_display(),
            *(number.value for number in row.numbers),
            "; ".join(gather.planned_in_words(one) for one in row.planned),
            row.cited,
        ]
