"""Reconciliation: per month and activity number the books, ours, the difference, and a controller's signature."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from claims import policies
from claims.actions import books as actions
from claims.actions.refused import Refused, require
from claims.enums import Series
from claims.importers.totals import read_totals
from claims.models import Reconciliation
from claims.models.books import LARGEST_FILE
from claims.queries import books as queries
from claims.queries.books import MonthLine
from core.enums import Role
from core.forms import EuroFormField
from core.language import language
from core.periods import FIRST_YEAR, LAST_YEAR, Period, last_day_of_month
from core.permissions import has_role
from core.views import person

LOOKERS = (Role.BOOKKEEPER, Role.CONTROLLER, Role.MANAGER, Role.READER)


@dataclass(frozen=True)
class MonthRow:
    """One month in the list."""

    first: datetime.date
    name: str
    signed: Reconciliation | None


def _may_look(request: HttpRequest) -> None:
    if not has_role(person(request), *LOOKERS, anywhere=True):
        raise PermissionDenied(_("The reconciliation is for financial officers, controllers, managers and readers."))


@login_required
@require_GET
def months(request: HttpRequest) -> HttpResponse:
    """Show the months, and up to when all is signed off."""
    _may_look(request)
    found = queries.months_to_reconcile(timezone.localdate())
    signed: dict[datetime.date, Reconciliation] = {}
    for row in Reconciliation.objects.filter(month__in=found).select_related("signed_by").order_by("pk"):
        signed[row.month] = row
    rows = [MonthRow(first, _name(first), signed.get(first)) for first in found]
    context = {
        "rows": rows,
        "until": queries.reconciled_until(),
        "may_book": policies.may_book(person(request)) is None,
        "may_enter": policies.may_keep_books(person(request)) is None,
    }
    return render(request, "claims/reconciliation.html", context)


def _name(first: datetime.date) -> str:
    return Period(first, last_day_of_month(first)).label(language())


class TotalForm(forms.Form):
    """What the books say of one series and activity number."""

    series = forms.ChoiceField(label=gettext_lazy("Series"), choices=Series.choices)
    activity_number = forms.CharField(
        label=gettext_lazy("Activity number"),
        max_length=40,
        required=False,
        widget=forms.TextInput({"class": "utrecht-textbox"}),
        help_text=gettext_lazy("Empty: what has no activity number."),
    )
    amount = EuroFormField(label=gettext_lazy("Amount in the books"))
    explanation = forms.CharField(
        label=gettext_lazy("Explanation of the difference"),
        max_length=500,
        required=False,
        widget=forms.TextInput({"class": "utrecht-textbox"}),
    )


class TotalsFileForm(forms.Form):
    """The books' totals of the month as a sheet."""

    file = forms.FileField(
        label=gettext_lazy("Totals of the month (CSV, XLSX or ODS)"),
        help_text=gettext_lazy(
            "With the columns: series, activity number, amount (EUR), and optionally the explanation."
        ),
    )

    def clean_file(self) -> Any:
        """Refuse what is too large before it is read."""
        found = self.cleaned_data["file"]
        if found.size > LARGEST_FILE:
            raise forms.ValidationError(_("The file is larger than 20 MB. Divide it in parts."))
        return found


def _month(year: int, month: int) -> datetime.date:
    if not (FIRST_YEAR <= year <= LAST_YEAR and 1 <= month <= 12):
        raise Http404
    return datetime.date(year, month, 1)


@login_required
@require_http_methods(["GET", "POST"])
def month(request: HttpRequest, year: int, month: int) -> HttpResponse:
    """Show a month against the books; take the books' totals, typed or as a sheet."""
    _may_look(request)
    first = _month(year, month)
    if request.method == "GET":
        return _page(request, first)
    require(policies.may_keep_books(person(request)))
    return _take_file(request, first) if "file" in request.FILES or "upload" in request.POST else _take(request, first)


def _take(request: HttpRequest, first: datetime.date) -> HttpResponse:
    form = TotalForm(request.POST)
    if not form.is_valid():
        return _page(request, first, status=422, form=form)
    said = form.cleaned_data
    row = (said["series"], said["activity_number"].strip(), said["amount"], said["explanation"])
    try:
        actions.record_totals(by=person(request), at=timezone.now(), month=first, totals=[row])
    except Refused as error:
        return _page(request, first, status=422, form=form, problem=str(error.message))
    messages.success(request, _("The total is recorded."))
    return redirect("claims:reconciliation-month", first.year, first.month)


def _take_file(request: HttpRequest, first: datetime.date) -> HttpResponse:
    form = TotalsFileForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, first, status=422, file_form=form)
    sent = form.cleaned_data["file"]
    answers = {key.partition(":")[2]: request.POST.get(key, "") for key in request.POST if key.startswith("answer:")}
    reading, totals = read_totals(sent.read(), sent.name, answers)
    if not reading.accepted:
        return _page(request, first, status=422, file_form=form, findings=reading.findings)
    rows = [(total.series, total.activity_number, total.amount, total.explanation) for total in totals]
    count = actions.record_totals(by=person(request), at=timezone.now(), month=first, totals=rows, source=sent.name)
    messages.success(request, _("%(count)s totals are recorded.") % {"count": count})
    return redirect("claims:reconciliation-month", first.year, first.month)


def _page(request: HttpRequest, first: datetime.date, status: int = 200, **given: Any) -> HttpResponse:
    lines = queries.lines_of_month(first)
    user, signed = person(request), queries.newest_sign_off(first)
    mark = actions.mark_of(lines)
    prefill = {key: request.GET.get(key, "")[:40] for key in ("series", "activity_number")}
    context = {
        "first": first,
        "name": _name(first),
        "lines": lines,
        "sums": _sums(lines),
        "mark": mark,
        "signed": signed,
        "changed": signed is not None and signed.mark != mark,
        "may_enter": policies.may_keep_books(person(request)) is None,
        "sign_refusal": policies.may_control(user),
        "until": queries.reconciled_until(),
        "form": given.get("form") or TotalForm(initial=prefill),
        "file_form": given.get("file_form") or TotalsFileForm(),
        "findings": given.get("findings", ()),
        "problem": given.get("problem", ""),
    }
    return render(request, "claims/reconciliation_month.html", context, status=status)


@dataclass(frozen=True)
class SeriesSum:
    """What a series adds up to in a month. In EUR."""

    label: str
    books: Decimal
    ours: Decimal

    @property
    def difference(self) -> Decimal:
        """The books - ours."""
        return self.books - self.ours


def _sums(lines: list[MonthLine]) -> list[SeriesSum]:
    return [
        SeriesSum(
            str(series.label),
            sum((line.books or Decimal(0) for line in lines if line.series == series), Decimal(0)),
            sum((line.ours for line in lines if line.series == series), Decimal(0)),
        )
        for series in Series
        if any(line.series == series for line in lines)
    ]


@login_required
@require_POST
def sign_off(request: HttpRequest, year: int, month: int) -> HttpResponse:
    """Sign a month off with the figures that were shown."""
    _may_look(request)
    first = _month(year, month)
    try:
        actions.sign_off(
            by=person(request),
            at=timezone.now(),
            month=first,
            shown=request.POST.get("mark", ""),
            remark=request.POST.get("remark", "").replace("\x00", ""),
        )
    except Refused as error:
        return _page(request, first, status=409, problem=str(error.message))
    messages.success(request, _("The month is signed off."))
    return redirect("claims:reconciliation-month", first.year, first.month)
