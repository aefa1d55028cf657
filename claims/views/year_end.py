"""The end of a year: its months, what carries over, cash that was not spent; and the final settlement of a commitment."""

from __future__ import annotations

import datetime
import uuid
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
from claims.actions import year_end as actions
from claims.actions.refused import Refused, require
from claims.enums import RateKind, UnspentChoice
from claims.models import Envelope
from claims.queries import year_end as queries
from claims.queries.books import reconciled_until
from claims.views.money import LedgerForm, answer, find_commitment, no_rate
from core.enums import LoadedRate
from core.forms import DayFormField, EuroFormField, NumberFormField
from core.language import language
from core.numbers import format_amount
from core.permissions import standing
from core.rates import rate_on
from core.views import person
from core.views.once import sent_once

YEARS = range(2000, 2101)


@login_required
@require_GET
def year(request: HttpRequest, year: int) -> HttpResponse:
    """Show how a year ends."""
    user = person(request)
    if not standing(user).all_roles():
        raise PermissionDenied(_("You have no role yet. Ask the administrator."))
    return _page(request, _known(year))


def _known(year: int) -> int:
    if year not in YEARS:
        raise Http404
    return year


def _page(request: HttpRequest, year: int, status: int = 200, problem: str = "") -> HttpResponse:
    user, today = person(request), timezone.localdate()
    carried = queries.carried_over(user, year)
    context = {
        "year": year,
        "years": [year - 1, year + 1],
        "open_months": queries.open_months(year),
        "over": today > datetime.date(year, 12, 31),
        "unspent": queries.unspent_of(user, year),
        "decided": queries.decisions_of(user, year),
        "carried": carried,
        "foreign": queries.foreign_open(user, year),
        "carried_sum": sum((row.committed - row.paid for row in carried), Decimal("0.00")),
        "may_control": policies.may_control(user) is None,
        "may_book": policies.may_book(user) is None,
        "problem": problem,
        "until": reconciled_until(),
    }
    return render(request, "claims/year.html", context, status=status)


@login_required
@require_POST
def close(request: HttpRequest, year: int) -> HttpResponse:
    """Close every month of a year that is open."""
    require(policies.may_control(person(request)))
    try:
        acts = actions.close_year(by=person(request), at=timezone.now(), year=_known(year))
    except Refused as refused:
        return _page(request, year, 409, str(refused.message))
    messages.success(request, _("%(count)s months are closed.") % {"count": len(acts)})
    return redirect("claims:year", year)


class UnspentForm(LedgerForm):
    """What becomes of cash that was not spent."""

    choice = forms.ChoiceField(label=gettext_lazy("What becomes of it"), choices=UnspentChoice.choices)
    amount = EuroFormField(label=gettext_lazy("Amount"), min_value=Decimal("0.01"))
    decision = forms.CharField(
        label=gettext_lazy("Decision"), max_length=300, help_text=gettext_lazy("Who decided and where it is written.")
    )
    decided_on = DayFormField(label=gettext_lazy("Decided on"))
    booked_on = DayFormField(label=gettext_lazy("Booked on"), help_text=gettext_lazy("In a month that is open."))


@login_required
@require_http_methods(["GET", "POST"])
def unspent(request: HttpRequest, line: uuid.UUID, envelope: uuid.UUID) -> HttpResponse:
    """Choose what becomes of a line's cash that was not spent, with the decision."""
    user = person(request)
    row = _row(user, line, envelope)
    require(policies.may_book(user, row.line.claim))
    form, problem, status = UnspentForm(request.POST or None, initial={"amount": row.left}), "", 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                return sent_once(request, lambda: _decided(request, row, form.cleaned_data))
            except Refused as refused:
                problem, status = str(refused.message), 409
    context = {"row": row, "form": form, "problem": problem, "year": row.envelope.year}
    return render(request, "claims/unspent.html", context, status=status)


def _row(user: Any, line: uuid.UUID, envelope: uuid.UUID) -> queries.Unspent:
    """Return a line's cash from an envelope, or answer 404."""
    of = Envelope.objects.filter(public_id=envelope).first()
    rows = queries.unspent_of(user, of.year) if of else []
    found = [row for row in rows if row.line.public_id == line and row.envelope == of]
    if not found:
        raise Http404
    return found[0]


def _decided(request: HttpRequest, row: queries.Unspent, data: dict[str, Any]) -> HttpResponse:
    actions.decide_unspent(by=person(request), at=timezone.now(), line=row.line, envelope=row.envelope, **data)
    messages.success(request, _("The decision is recorded and booked."))
    return redirect("claims:year", row.envelope.year)


# -- revaluation ------------------------------------------------------------------------------------------------------


class RevalueForm(LedgerForm):
    """What is open, against a rate at the end of the year."""

    open_amount = NumberFormField(label=gettext_lazy("Open in its currency"), min_value=Decimal("0.01"))
    rate_kind = forms.ChoiceField(label=gettext_lazy("Kind of rate"), choices=RateKind.choices)
    rate = forms.DecimalField(
        label=gettext_lazy("Rate"),
        required=False,
        max_digits=18,
        decimal_places=8,
        localize=True,
        min_value=Decimal("0.00000001"),
        help_text=gettext_lazy("Units for one euro. Empty: the published rate of the last day of the year."),
    )

    def __init__(self, *args: Any, currency: str, last: datetime.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.currency, self.last = currency, last

    def clean(self) -> Any:
        cleaned = super().clean() or {}
        cleaned["rate_on"] = self.last
        if cleaned.get("rate") or "rate" in self.errors or not cleaned.get("rate_kind"):
            return cleaned
        found = rate_on(cleaned["rate_kind"], self.currency, self.last)
        if found is None:
            kind = cleaned["rate_kind"]
            said = no_rate(kind, self.currency, self.last) if kind in LoadedRate.values else _("Type the rate.")
            self.add_error("rate", said)
        else:
            cleaned["rate"], cleaned["rate_on"] = found.rate, found.day
        return cleaned


@login_required
@require_http_methods(["GET", "POST"])
def revalue(request: HttpRequest, year: int, kind: str, target: uuid.UUID) -> HttpResponse:
    """Revalue a foreign commitment or advance at the end of a year."""
    user = person(request)
    found = [
        row for row in queries.foreign_open(user, _known(year)) if (row.kind, row.target.public_id) == (kind, target)
    ]
    if not found:
        raise Http404
    row, last = found[0], datetime.date(year, 12, 31)
    require(policies.may_book(user, row.commitment.line.claim))
    given: dict[str, Any] = {
        "currency": row.target.currency,
        "last": last,
        "initial": {"open_amount": row.open_amount, "rate_kind": "ecb"},
    }
    form, problem, status = RevalueForm(request.POST or None, **given), "", 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                return sent_once(request, lambda: _valued(request, row, last, form.cleaned_data))
            except Refused as refused:
                problem, status = str(refused.message), 409
    context = {"row": row, "form": form, "problem": problem, "year": year, "last": last}
    return render(request, "claims/revalue.html", context, status=status)


def _valued(request: HttpRequest, row: queries.ForeignOpen, last: datetime.date, data: dict[str, Any]) -> HttpResponse:
    done = actions.revalue(by=person(request), at=timezone.now(), target=row.target, day=last, **data)
    messages.success(
        request, _("Revalued: a difference of %(amount)s.") % {"amount": format_amount(done.difference, language())}
    )
    return redirect("claims:year", last.year)


# -- final settlement -------------------------------------------------------------------------------------------------


class SettleForm(LedgerForm):
    """A final settlement."""

    report = forms.CharField(label=gettext_lazy("Report, with its date"), max_length=200)
    on = DayFormField(label=gettext_lazy("On"), help_text=gettext_lazy("What is not paid is released on this day."))


class UndoForm(LedgerForm):
    """Taking a settlement back."""

    reason = forms.CharField(label=gettext_lazy("Why"), max_length=500)


@login_required
@require_http_methods(["GET", "POST"])
def settle(request: HttpRequest, reference: str, commitment: uuid.UUID) -> HttpResponse:
    """Settle a commitment finally."""
    claim, found = find_commitment(person(request), reference, commitment)
    require(policies.may_book(person(request), claim))

    def act(data: dict[str, Any]) -> HttpResponse:
        done = actions.settle(by=person(request), at=timezone.now(), commitment=found, **data)
        messages.success(
            request,
            _("The commitment is settled; %(amount)s was released.")
            % {"amount": format_amount(done.released, language())},
        )
        return redirect("claims:commitment", reference, found.public_id)

    return answer(request, claim, SettleForm(request.POST or None), act, _("Final settlement"), found)


@login_required
@require_http_methods(["GET", "POST"])
def undo(request: HttpRequest, reference: str, commitment: uuid.UUID) -> HttpResponse:
    """Take a final settlement back."""
    claim, found = find_commitment(person(request), reference, commitment)
    require(policies.may_control(person(request), claim))

    def act(data: dict[str, Any]) -> HttpResponse:
        actions.undo_settlement(by=person(request), at=timezone.now(), commitment=found, **data)
        messages.success(request, _("The settlement is taken back."))
        return redirect("claims:commitment", reference, found.public_id)

    return answer(request, claim, UndoForm(request.POST or None), act, _("Take the final settlement back"), found)
