"""The yearly review: who has which role where, and who read confidential results."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.models import Event
from core.permissions import SUPERUSER, may_review_rights, may_see_reading
from core.tabular import About, Column, Kind
from core.views import person
from reporting.dashboards.rights import Right, rights_seen_by
from reporting.exports.tables import Sheet, as_file, asked_file, files_of
from reporting.views.access import dashboard
from results.actions.reading import READ

PER_PAGE = 100
WAYS = {
    "provider": gettext_lazy("sign-in provider"),
    "local": gettext_lazy("local account"),
    "none": gettext_lazy("no way yet"),
}
RIGHTS = (
    Column("person", gettext_lazy("Person")),
    Column("username", gettext_lazy("User name"), Kind.IDENTIFIER),
    Column("role", gettext_lazy("Role")),
    Column("directorate", gettext_lazy("Directorate")),
    Column("given", gettext_lazy("Given by")),
    Column("active", gettext_lazy("Account")),
    Column("way", gettext_lazy("Signs in with")),
    Column("codes", gettext_lazy("Codes")),
    Column("last", gettext_lazy("Last sign-in"), Kind.DATE),
)
READS = (
    Column("at", gettext_lazy("Day"), Kind.DATE),
    Column("time", gettext_lazy("Time"), Kind.IDENTIFIER),
    Column("person", gettext_lazy("Person")),
    Column("result", gettext_lazy("Result")),
    Column("page", gettext_lazy("Page"), Kind.IDENTIFIER),
)


@dashboard
def rights(request: HttpRequest) -> HttpResponseBase:
    """Show or hand out who has which role where."""
    user = person(request)
    if not may_review_rights(user):
        raise PermissionDenied(_("Rights are reviewed by budget managers, controllers and administrators."))
    found = list(rights_seen_by(user))
    if kind := asked_file(request):
        about = About(_("Rights"), _("Claimregister"), timezone.localdate())
        return as_file(request, kind, Sheet(about, RIGHTS, lambda: _right_cells(found)))
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": [(right, words_of(right)) for right in page],
        "files": files_of(request),
        "as_of": timezone.localdate(),
        "source": _("Claimregister"),
        "query": "",
    }
    return render(request, "reporting/rights.html", context)


def words_of(right: Right) -> dict[str, Any]:
    """Return the cells of a right that are words."""
    row, whole = right.membership, _("whole ministry")
    if row is not None:
        role, where = row.get_role_display(), row.directorate.code if row.directorate else whole
    else:
        role, where = (str(SUPERUSER), whole) if right.person.is_superuser else (_("no role"), "–")
    return {
        "role": role,
        "directorate": where,
        "given": "–" if row is None else _("sign-in provider") if row.managed else _("administrator"),
        "active": _("switched on") if right.person.is_active else _("switched off"),
        "way": WAYS[right.way],
        "codes": _("yes") if right.codes else _("at the provider") if right.way == "provider" else _("no"),
    }


def _right_cells(found: Iterable[Right]) -> Iterator[list[Any]]:
    for right in found:
        last = timezone.localtime(right.last_sign_in).date() if right.last_sign_in else None
        yield [right.person.name, right.person.username, *(str(word) for word in words_of(right).values()), last]


@dashboard
def reads(request: HttpRequest) -> HttpResponseBase:
    """Show or hand out who read which confidential results, the newest first."""
    if not may_see_reading(person(request)):
        raise PermissionDenied(_("This list is for controllers and auditors of the whole ministry."))
    found = Event.objects.filter(kind=READ).select_related("by").order_by("-at", "-pk")
    if kind := asked_file(request):
        about = About(_("Who read confidential results"), _("Claimregister"), timezone.localdate())
        return as_file(request, kind, Sheet(about, READS, lambda: _read_cells(found.iterator(chunk_size=2000))))
    context = {
        "page": Paginator(found, PER_PAGE).get_page(request.GET.get("page")),
        "files": files_of(request),
        "as_of": timezone.localdate(),
        "source": _("Claimregister"),
        "query": "",
    }
    return render(request, "reporting/reads.html", context)


def _read_cells(found: Iterable[Event]) -> Iterator[list[Any]]:
    for event in found:
        at = timezone.localtime(event.at)
        yield [at.date(), f"{at:%H:%M:%S}", str(event.by), event.data["result"], event.data["page"]]
