"""The rows behind a number: every number on a screen opens into them, and their sum is the number."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claims.models import Claim, ClaimLine, Envelope
from claims.queries.headroom import ZERO
from claims.queries.rows import MEASURES, ClaimRef, Numbers, Row
from core.models import User
from core.permissions import standing
from core.tabular import About, Column, Kind
from core.views import person
from partners.models import Partner
from reporting.dashboards.filters import Filters, Unknown, numbers_of
from reporting.exports.tables import Sheet, as_file, asked_file, files_of, source
from reporting.views.access import dashboard

PER_PAGE = 100
ELSEWHERE = gettext_lazy("claim of another directorate")


class _Rows:
    """The rows of one number as a paginator reads them."""

    def __init__(self, numbers: Numbers, measure: str) -> None:
        self.numbers, self.measure = numbers, measure

    def __len__(self) -> int:
        return self.numbers.count(self.measure)

    def __getitem__(self, place: slice) -> list[Row]:
        return list(self.numbers.rows(self.measure, place.start, place.stop - place.start))


@dashboard
def rows(request: HttpRequest, measure: str) -> HttpResponseBase:
    """Show the rows a number is made of, or hand them out."""
    user, filters = person(request), read_filters(request)
    if measure not in MEASURES or (MEASURES[measure].of_envelopes and not filters.of_envelopes):
        raise Http404
    numbers, seen, label = numbers_of(filters, user), visible_claims(user), MEASURES[measure].label
    if kind := asked_file(request):
        about = About(label, source(), filters.as_of or timezone.localdate())
        return as_file(request, kind, Sheet(about, COLUMNS, lambda: _cells(numbers.rows(measure), seen)))
    behind: Any = _Rows(numbers, measure)
    page = Paginator(behind, PER_PAGE).get_page(request.GET.get("page"))
    query = request.GET.copy()
    query.pop("page", None)
    total = numbers.total(measure)
    context = {
        "label": label,
        "about": list(_about(filters, user)),
        "page": page,
        "rows": [(row, seen(row.claim)) for row in page],
        "total": total,
        "floored": MEASURES[measure].never_less and total < ZERO,
        "query": query.urlencode(),
        "files": files_of(request),
        "as_of": filters.as_of or timezone.localdate(),
        "source": source(),
    }
    return render(request, "reporting/numbers.html", context)


def read_filters(request: HttpRequest) -> Filters:
    """Read the filters of an address; what names something that does not exist is not found."""
    try:
        return Filters.read(request.GET)
    except Unknown:
        raise Http404 from None


def visible_claims(user: User) -> Callable[[Claim | ClaimRef | None], bool]:
    """Return the question whether a person may see a claim; of no claim at all it is yes."""
    held = standing(user)
    return lambda claim: claim is None or held.sees_everything or claim.directorate_id in held.directorate_ids


def _about(filters: Filters, user: User) -> Iterator[tuple[str | Promise, str]]:
    """Say of what the number is, in words: only what this person may know."""
    for label, model, key in (
        (_("Envelope"), Envelope, filters.envelope),
        (_("Partner"), Partner, filters.partner),
        (_("Claim line"), ClaimLine, filters.line),
    ):
        if key is None:
            continue
        linked = ("claim",) if model is ClaimLine else ()
        found: Any = model._default_manager.filter(public_id=key).select_related(*linked).first()
        if found is None:
            raise Http404
        yield label, str(found if visible_claims(user)(getattr(found, "claim", None)) else ELSEWHERE)
    if filters.years is not None:
        first, last = filters.first, filters.last
        yield _("Budget year"), str(first) if first == last else f"{first or '…'}–{last or '…'}"
    plain = (
        (_("Search"), filters.q),
        (_("Directorate"), filters.directorate),
        (_("State"), filters.state),
        (_("Kind of partner"), filters.kind),
        (_("Country"), filters.country),
        (_("Theme"), filters.theme),
        (_("Budget article"), filters.article),
        (_("Cover"), filters.cover),
    )
    yield from ((label, value) for label, value in plain if value)


COLUMNS = (
    Column("day", gettext_lazy("Booked on"), Kind.DATE),
    Column("year", gettext_lazy("Budget year"), Kind.IDENTIFIER),
    Column("what", gettext_lazy("What")),
    Column("claim", gettext_lazy("Claim"), Kind.IDENTIFIER),
    Column("about", gettext_lazy("Line")),
    Column("partner", gettext_lazy("Partner")),
    Column("number", gettext_lazy("Number"), Kind.IDENTIFIER),
    Column("foreign", gettext_lazy("Amount as booked"), Kind.AMOUNT, foreign=True),
    Column("currency", gettext_lazy("Currency"), Kind.IDENTIFIER),
    Column("reverses", gettext_lazy("Reversal")),
    Column("amount", gettext_lazy("Amount in EUR"), Kind.AMOUNT),
)


def _cells(found: Iterable[Row], seen: Callable[[Claim | ClaimRef | None], bool]) -> Iterator[list[Any]]:
    """Yield rows as cells. Of a claim beyond reach only money, day and year are told."""
    for row in found:
        told = seen(row.claim)
        foreign, currency = row.foreign or (None, "")
        yield [
            row.day,
            str(row.year or ""),
            row.what,
            (row.claim.reference if told else str(ELSEWHERE)) if row.claim else "",
            row.about if told else "",
            row.partner.short_name if row.partner and told else "",
            row.number if told else "",
            foreign if told else None,
            currency if told else "",
            _("reversal") if row.reverses else "",
            row.amount,
        ]
