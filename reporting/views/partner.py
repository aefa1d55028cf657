"""The dashboard of a partner."""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Iterable, Iterator
from typing import Any

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.tabular import About, Column, Kind
from core.views import person
from partners.models import Partner
from reporting import charts
from reporting.dashboards import partner as gather
from reporting.exports.tables import TABLE, Sheet, as_file, asked_file, files_of, source, source_until
from reporting.views.access import dashboard
from reporting.views.keeping import kept_of_one
from results.actions.reading import note_reading


def find_partner(request: HttpRequest, key: uuid.UUID) -> Partner:
    """Return a partner, or answer 404."""
    found = Partner.objects.visible_to(person(request)).select_related("administered_by").filter(public_id=key).first()
    if found is None:
        raise Http404
    return found


@dashboard
def partner(request: HttpRequest, partner: uuid.UUID) -> HttpResponseBase:
    """Show everything of one partner."""
    kind, user = asked_file(request), person(request)
    if kind is not None:
        read = gather.read(find_partner(request, partner), user, timezone.localdate(), whole=True)
        whole = gather.dashboard(read)
        if request.GET.get(TABLE) == "results":
            _note(request, (row.result for row in whole.results))
        return as_file(request, kind, _sheet(request, whole))
    made = kept_of_one(
        request,
        "reporting/partner_main.html",
        lambda today: gather.read(find_partner(request, partner), user, today),
        lambda read, today: _shown(request, read, today),
    )
    _note(request, made.confidential)
    return render(request, "reporting/partner.html", {"title": made.title, "main": made.html})


def _shown(request: HttpRequest, read: gather.Found, today: datetime.date) -> dict[str, Any]:
    found = gather.dashboard(read)
    return {
        "title": found.partner.short_name,
        "found": found,
        "partner": found.partner,
        "charts": charts.of_partner(found.years),
        "as_of": today,
        "source": source_until(read.until()),
        "results": [row.result for row in found.results],
        **{f"{name}_files": files_of(request, name) for name in TABLES},
    }


def _note(request: HttpRequest, results: Iterable[Any]) -> None:
    note_reading(by=person(request), at=timezone.now(), results=results, page=request.path)


MONEY = (
    Column("requested", gettext_lazy("Requested"), Kind.AMOUNT),
    Column("granted", gettext_lazy("Granted"), Kind.AMOUNT),
    Column("committed", gettext_lazy("Committed"), Kind.AMOUNT),
    Column("paid", gettext_lazy("Paid"), Kind.AMOUNT),
)
TABLES: dict[str, tuple[Column, ...]] = {
    "years": (
        Column("year", gettext_lazy("Budget year"), Kind.IDENTIFIER),
        *MONEY,
        Column("requested_cash", gettext_lazy("Requested (cash)"), Kind.AMOUNT),
        Column("granted_cash", gettext_lazy("Granted (cash)"), Kind.AMOUNT),
        Column("plan", gettext_lazy("Cash plan"), Kind.AMOUNT),
        Column("forecast", gettext_lazy("Forecast"), Kind.AMOUNT),
    ),
    "lines": (
        Column("claim", gettext_lazy("Claim"), Kind.IDENTIFIER),
        Column("title", gettext_lazy("Title")),
        Column("line", gettext_lazy("Line")),
        Column("shared", gettext_lazy("Shared with")),
        *MONEY,
    ),
    "gifts": (
        Column("year", gettext_lazy("Year"), Kind.IDENTIFIER),
        Column("subject", gettext_lazy("What for")),
        Column("shared", gettext_lazy("Shared with")),
        Column("earmark", gettext_lazy("Earmark")),
        Column("amount", gettext_lazy("Amount in EUR"), Kind.AMOUNT),
        Column("recorded", gettext_lazy("As the fund recorded it"), Kind.AMOUNT, foreign=True),
        Column("currency", gettext_lazy("Currency"), Kind.IDENTIFIER),
        Column("share", gettext_lazy("Dutch share (%)"), Kind.NUMBER),
        Column("basis", gettext_lazy("Basis")),
        Column("as_of", gettext_lazy("As of"), Kind.DATE),
    ),
    "results": (
        Column("from", gettext_lazy("From"), Kind.DATE),
        Column("until", gettext_lazy("Up to and including"), Kind.DATE),
        Column("value", gettext_lazy("Value"), Kind.NUMBER),
        Column("unit", gettext_lazy("Unit")),
        Column("label", gettext_lazy("Result")),
        Column("target", gettext_lazy("Target"), Kind.NUMBER),
        Column("before", gettext_lazy("Period before"), Kind.NUMBER),
        Column("as_of", gettext_lazy("As of"), Kind.DATE),
        Column("source", gettext_lazy("Source")),
    ),
    "advances": (
        Column("paid_on", gettext_lazy("Paid on"), Kind.DATE),
        Column("number", gettext_lazy("Commitment"), Kind.IDENTIFIER),
        Column("claim", gettext_lazy("Claim"), Kind.IDENTIFIER),
        Column("amount", gettext_lazy("Advance"), Kind.AMOUNT),
        Column("open", gettext_lazy("Open"), Kind.AMOUNT),
        Column("days", gettext_lazy("Days"), Kind.WHOLE),
    ),
    "published": (
        Column("year", gettext_lazy("Year"), Kind.IDENTIFIER),
        Column("currency", gettext_lazy("Currency"), Kind.IDENTIFIER),
        Column("published", gettext_lazy("Published as received"), Kind.AMOUNT, foreign=True),
        Column("given", gettext_lazy("Given by us"), Kind.AMOUNT, foreign=True),
        Column("difference", gettext_lazy("Difference"), Kind.AMOUNT, foreign=True),
    ),
}


def _sheet(request: HttpRequest, found: gather.Dashboard) -> Sheet:
    name = request.GET.get(TABLE, "years")
    if name not in TABLES:
        raise Http404
    about = About(f"{found.partner.short_name}: {TITLES[name]}", source(), timezone.localdate())
    return Sheet(about, TABLES[name], lambda: CELLS[name](found))


def _years(found: gather.Dashboard) -> Iterator[list[Any]]:
    for row in found.years:
        others = (row.requested_cash, row.granted_cash, row.plan, row.forecast)
        yield [str(row.year), *(number.value for number in (*row.numbers, *others))]


def _lines(found: gather.Dashboard) -> Iterator[list[Any]]:
    for row in found.lines:
        claim = row.line.claim
        yield [claim.reference, claim.title, row.line.title, "", *(number.value for number in row.numbers)]
    for pool in found.pools:
        claim, shared = pool.line.claim, ", ".join(other.short_name for other in pool.shared_with)
        yield [claim.reference, claim.title, pool.line.title, shared, *(number.value for number in pool.numbers)]


def _gifts(found: gather.Dashboard) -> Iterator[list[Any]]:
    for gift in found.gifts:
        row = gift.record
        named = [str(row.year or _("not stated")), row.subject, ", ".join(gift.shared_with), row.get_earmark_display()]
        money = [row.amount, row.recorded_amount, row.recorded_currency]
        for share in gift.shares or (None,):
            if share is None:
                yield [*named, *money, None, "", None]
            else:
                yield [*named, *money, gather.percent(share), share.basis.label, share.as_of]


def _results(found: gather.Dashboard) -> Iterator[list[Any]]:
    for row in found.results:
        result, version = row.result, row.version
        yield [
            result.period_start,
            result.period_end,
            version.value,
            result.unit,
            result.label if version.value is not None else version.narrative,
            version.target,
            row.before,
            version.as_of,
            str(version.source or ""),
        ]


def _advances(found: gather.Dashboard) -> Iterator[list[Any]]:
    today = timezone.localdate()
    for row in found.oldest:
        days = (today - row.paid_on).days
        yield [row.paid_on, row.commitment.number, row.claim.reference, row.amount, row.open, days]


def _published(found: gather.Dashboard) -> Iterator[list[Any]]:
    for row in found.published.rows if found.published else ():
        yield [str(row.year or _("not stated")), row.currency, row.published, row.given, row.difference]


CELLS = {
    "years": _years,
    "lines": _lines,
    "gifts": _gifts,
    "results": _results,
    "advances": _advances,
    "published": _published,
}
TITLES = {
    "years": gettext_lazy("money per year"),
    "lines": gettext_lazy("lines"),
    "gifts": gettext_lazy("contributions outside these claims"),
    "results": gettext_lazy("results"),
    "advances": gettext_lazy("open advances"),
    "published": gettext_lazy("published beside given"),
}
