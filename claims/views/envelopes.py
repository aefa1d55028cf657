"""Envelopes: what stands on each, the four headrooms per series, mutations, limit raises and closed months."""

from __future__ import annotations

import datetime
import uuid
from decimal import Decimal
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from claims import policies
from claims.actions import ledger as actions
from claims.actions.refused import Refused, require
from claims.enums import BudgetMoment, Direction, LimitKind, MutationNature, MutationStage, Series
from claims.models import Claim, ClaimLine, Envelope, EnvelopeTotal, LimitRaise, Mutation, PeriodAct
from claims.queries import headroom
from claims.queries.books import closed_months, reconciled_until
from claims.views.money import LedgerForm
from core.forms import DayFormField, EuroFormField
from core.permissions import standing
from core.views import person
from core.views.once import sent_once


class MutationForm(LedgerForm):
    """A budget mutation."""

    series = forms.ChoiceField(label=gettext_lazy("Series"), choices=Series.choices)
    direction = forms.ChoiceField(label=gettext_lazy("Increase or decrease"), choices=Direction.choices)
    amount = EuroFormField(
        label=gettext_lazy("Amount"),
        min_value=Decimal("0.01"),
        help_text=gettext_lazy("In euros, for example 2 mln or 2.000.000."),
    )
    moment = forms.ChoiceField(
        label=gettext_lazy("Budget moment"),
        choices=BudgetMoment.choices,
        help_text=gettext_lazy("With what a year begins: the draft budget."),
    )
    nature = forms.ChoiceField(label=gettext_lazy("Nature"), choices=MutationNature.choices)
    stage = forms.ChoiceField(
        label=gettext_lazy("Stage"),
        choices=MutationStage.choices,
        help_text=gettext_lazy("What is announced is no budget yet; what is processed is. Parliament authorises it."),
    )
    booked_on = DayFormField(label=gettext_lazy("On"))
    reason = forms.CharField(label=gettext_lazy("Why"), max_length=500, required=False)
    source = forms.CharField(label=gettext_lazy("Source"), max_length=200, required=False)


class RaiseForm(LedgerForm):
    """A limit raise of an envelope or a line."""

    kind = forms.ChoiceField(
        label=gettext_lazy("Limit"),
        choices=[(kind.value, kind.label) for kind in LimitKind if kind != LimitKind.COMMITMENT],
    )
    line = forms.ModelChoiceField(
        label=gettext_lazy("Claim line"),
        queryset=ClaimLine.objects.none(),
        required=False,
        help_text=gettext_lazy("Only for the limit of a line."),
    )
    amount = EuroFormField(label=gettext_lazy("Amount"), min_value=Decimal("0.01"))
    ends_on = DayFormField(label=gettext_lazy("Until"))
    reason = forms.CharField(label=gettext_lazy("Why"), max_length=500)

    def __init__(self, *args: Any, envelope: Envelope, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.envelope = envelope
        lines = ClaimLine.objects.filter(grants__envelope=envelope, claim__in=Claim.objects.visible_to(user))
        self.fields["line"].queryset = lines.distinct()

    def limit(self) -> dict[str, Any]:
        """Return what is raised."""
        if self.cleaned_data["kind"] == LimitKind.LINE:
            return {"line": self.cleaned_data["line"]}
        return {"envelope": self.envelope}

    def clean(self) -> Any:
        cleaned = super().clean() or {}
        if cleaned.get("kind") == LimitKind.LINE and not cleaned.get("line") and "line" not in self.errors:
            self.add_error("line", _("Choose the line whose limit is raised."))
        return cleaned


def _as_of(request: HttpRequest) -> tuple[datetime.date | None, str]:
    typed = request.GET.get("as_of", "")
    if not typed:
        return None, ""
    form = AsOfForm({"as_of": typed})
    return (form.cleaned_data["as_of"], "") if form.is_valid() else (None, " ".join(map(str, form.errors["as_of"])))


class AsOfForm(forms.Form):
    """Per which date."""

    as_of = DayFormField(label=gettext_lazy("As of"), required=False)


@login_required
@require_GET
def envelopes(request: HttpRequest) -> HttpResponse:
    """Show every envelope with its room."""
    if not standing(person(request)).all_roles():
        raise PermissionDenied
    chosen = request.GET.get("year", "")
    rows = Envelope.objects.filter(active=True).select_related("cover", "total").order_by("-year", "sort_key")
    years = sorted({row.year for row in rows}, reverse=True)
    if chosen.isascii() and chosen.isdecimal() and len(chosen) == 4:
        rows = rows.filter(year=int(chosen))
    shown = [(row, getattr(row, "total", None) or EnvelopeTotal(envelope=row)) for row in rows]
    context = {
        "rows": shown,
        "years": years,
        "chosen": chosen,
        "this_year": timezone.localdate().year,
        "until": reconciled_until(),
    }
    return render(request, "claims/envelopes.html", context)


def find_envelope(envelope: uuid.UUID) -> Envelope:
    """Return an envelope, or answer 404."""
    found = Envelope.objects.filter(public_id=envelope).select_related("cover", "article", "directorate").first()
    if found is None:
        raise Http404
    return found


@login_required
@require_GET
def envelope(request: HttpRequest, envelope: uuid.UUID) -> HttpResponse:
    """Show one envelope: both series, the headrooms, the budget cycle and every mutation."""
    if not standing(person(request)).all_roles():
        raise PermissionDenied
    return _page(request, find_envelope(envelope))


def _page(request: HttpRequest, found: Envelope, status: int = 200, **given: Any) -> HttpResponse:
    as_of, problem = _as_of(request)
    stand = headroom.of_envelope_on(found, as_of) if as_of else headroom.of_envelope(found)
    labels = dict(BudgetMoment.choices)
    cycles = []
    for series in Series:
        running, columns = Decimal("0.00"), []
        for moment, amount in headroom.columns_of(found, series, as_of):
            running += amount
            columns.append((labels[moment], amount, running))
        cycles.append((series.label, columns))
    mutations = (
        Mutation.objects.filter(envelope=found)
        .select_related("recorded_by")
        .prefetch_related("stages")
        .order_by("booked_on", "pk")
    )
    nexts = {
        MutationStage.ANNOUNCED: (MutationStage.PROCESSED, _("Processed")),
        MutationStage.PROCESSED: (MutationStage.AUTHORISED, _("Authorised")),
    }
    rows = []
    for mutation in mutations:
        stages = list(mutation.stages.all())
        last = stages[-1].stage if stages else ""
        rows.append((mutation, stages, nexts.get(last)))  # type: ignore[call-overload]
    user = person(request)
    book_refusal = policies.may_book(user)
    context = {
        "envelope": found,
        "stand": stand,
        "as_of": as_of,
        "as_of_form": AsOfForm({"as_of": request.GET.get("as_of", "")} if problem else None, initial={"as_of": as_of}),
        "problem": problem or given.get("problem", ""),
        "cycles": cycles,
        "mutations": rows,
        "raises": _raises(found, user),
        "until": reconciled_until(),
        "may_book": book_refusal is None,
        "book_refusal": book_refusal,
        "may_control": policies.may_control(user) is None,
        "mutation_form": given.get("mutation_form") or MutationForm(initial={"booked_on": timezone.localdate()}),
        "raise_form": given.get("raise_form") or RaiseForm(envelope=found, user=user),
    }
    return render(request, "claims/envelope.html", context, status=status)


def _raises(found: Envelope, user: Any) -> Any:
    """Return the raises of this envelope, and of lines one may see that were granted money from it."""
    lines = ClaimLine.objects.filter(grants__envelope=found, claim__in=Claim.objects.visible_to(user))
    mine = Q(envelope=found) | Q(line__in=lines)
    return LimitRaise.objects.filter(mine).select_related("proposed_by", "confirmed_by").order_by("-pk")


@login_required
@require_POST
def mutate(request: HttpRequest, envelope: uuid.UUID) -> HttpResponse:
    """Record a mutation."""
    found = find_envelope(envelope)
    require(policies.may_book(person(request)))
    form = MutationForm(request.POST)
    if not form.is_valid():
        return _page(request, found, 422, mutation_form=form)
    try:
        return sent_once(request, lambda: _mutated(request, found, form.cleaned_data))
    except Refused as refused:
        return _page(request, found, 409, mutation_form=form, problem=str(refused.message))


def _mutated(request: HttpRequest, found: Envelope, data: dict[str, Any]) -> HttpResponse:
    actions.record_mutation(by=person(request), at=timezone.now(), envelope=found, **data)
    messages.success(request, _("The mutation is recorded."))
    return redirect("claims:envelope", found.public_id)


@login_required
@require_POST
def reach(request: HttpRequest, envelope: uuid.UUID, mutation: uuid.UUID) -> HttpResponse:
    """Record that a mutation came to its next stage."""
    found = find_envelope(envelope)
    require(policies.may_book(person(request)))
    row = Mutation.objects.filter(envelope=found, public_id=mutation).first()
    if row is None or request.POST.get("stage") not in MutationStage.values:
        raise Http404
    try:
        actions.reach_stage(
            by=person(request),
            at=timezone.now(),
            mutation=row,
            stage=request.POST["stage"],
            on=timezone.localdate(),
        )
    except Refused as refused:
        return _page(request, found, 409, problem=str(refused.message))
    messages.success(request, _("The stage is recorded."))
    return redirect("claims:envelope", found.public_id)


@login_required
@require_POST
def propose_raise(request: HttpRequest, envelope: uuid.UUID) -> HttpResponse:
    """Propose a limit raise."""
    found = find_envelope(envelope)
    user = person(request)
    require(policies.may_propose_raise(user))
    form = RaiseForm(request.POST, envelope=found, user=user)
    if not form.is_valid():
        return _page(request, found, 422, raise_form=form)
    data = {name: form.cleaned_data[name] for name in ("kind", "amount", "ends_on", "reason")}
    try:
        return sent_once(request, lambda: _proposed(request, found, data | form.limit()))
    except Refused as refused:
        return _page(request, found, 409, raise_form=form, problem=str(refused.message))


def _proposed(request: HttpRequest, found: Envelope, data: dict[str, Any]) -> HttpResponse:
    actions.propose_raise(by=person(request), at=timezone.now(), **data)
    messages.success(request, _("The raise is proposed; another confirms it."))
    return redirect("claims:envelope", found.public_id)


@login_required
@require_POST
def answer_raise(request: HttpRequest, envelope: uuid.UUID, limit_raise: uuid.UUID) -> HttpResponse:
    """Confirm a raise, or take it back."""
    found = find_envelope(envelope)
    require(policies.may_control(person(request)))
    row = LimitRaise.objects.filter(public_id=limit_raise).first()
    if row is None:
        raise Http404
    act = actions.end_raise if "end" in request.POST else actions.confirm_raise
    try:
        act(by=person(request), at=timezone.now(), limit_raise=row)
    except Refused as refused:
        return _page(request, found, 409, problem=str(refused.message))
    messages.success(request, _("Recorded."))
    return redirect("claims:envelope", found.public_id)


class MonthForm(LedgerForm):
    """A month to close or open."""

    month = DayFormField(label=gettext_lazy("Month (any day of it)"))
    reason = forms.CharField(label=gettext_lazy("Why it is opened again"), max_length=500, required=False)


@login_required
@require_http_methods(["GET", "POST"])
def months(request: HttpRequest) -> HttpResponse:
    """Close a month, or open it again."""
    require(policies.may_control(person(request)))
    form = MonthForm(request.POST or None)
    problem, status = "", 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            by, at, month = person(request), timezone.now(), form.cleaned_data["month"]
            try:
                if "reopen" in request.POST:
                    actions.reopen_month(by=by, at=at, month=month, reason=form.cleaned_data["reason"])
                else:
                    actions.close_month(by=by, at=at, month=month)
                messages.success(request, _("Recorded."))
                return redirect("claims:months")
            except Refused as refused:
                problem, status = str(refused.message), 409
    acts = PeriodAct.objects.select_related("by").order_by("-pk")[:60]
    context = {
        "form": form,
        "problem": problem,
        "acts": acts,
        "years": _years(),
        "this_year": timezone.localdate().year,
    }
    return render(request, "claims/months.html", context, status=status)


def _years() -> list[tuple[int, int]]:
    """Return the years with a closed month, and how many of their months are closed."""
    months = closed_months()
    return [
        (year, sum(month.year == year for month in months)) for year in sorted({m.year for m in months}, reverse=True)
    ]
