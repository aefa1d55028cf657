"""The money of a claim: commitments, payments, advances, plans, and what may still be done."""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from claims import policies
from claims.actions import ledger as actions
from claims.actions.refused import Refused, require
from claims.enums import CommitmentKind, PaymentKind, PlanKind, RateKind, WriteOffKind
from claims.models import Claim, ClaimLine, Commitment, CommitmentRow, Envelope, Payment, WriteOff
from claims.queries import headroom
from claims.queries.books import reconciled_until
from claims.queries.year_end import settlement_of
from claims.views import find
from core.enums import LoadedRate
from core.forms import DayFormField, EuroFormField, NumberFormField
from core.rates import rate_on
from core.templatetags.house import day as written_day
from core.views import person
from core.views.once import sent_once
from partners.models import Partner

BOX = {"class": "utrecht-textbox"}
FOREIGN = ("currency", "foreign_amount", "rate", "rate_kind", "rate_on")


class LedgerForm(forms.Form):
    """A form whose boxes look like the application's."""

    fields: dict[str, Any]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field.widget, forms.TextInput):
                field.widget.attrs.setdefault("class", "")
                field.widget.attrs["class"] = f"utrecht-textbox {field.widget.attrs['class']}".strip()
            elif isinstance(field.widget, forms.Select):
                field.widget.attrs["class"] = "utrecht-select"


class ForeignForm(LedgerForm):
    """A form whose amount may be of a foreign currency: all five fields or none; a published rate is looked up."""

    day_of_rate = "paid_on"

    currency = forms.CharField(label=gettext_lazy("Foreign currency"), max_length=3, required=False)
    foreign_amount = NumberFormField(
        label=gettext_lazy("Amount in that currency"), required=False, min_value=Decimal("0.01")
    )
    rate = forms.DecimalField(
        label=gettext_lazy("Rate"), required=False, max_digits=18, decimal_places=8, localize=True
    )
    rate_kind = forms.ChoiceField(
        label=gettext_lazy("Kind of rate"),
        required=False,
        choices=[("", "–"), *RateKind.choices],
        help_text=gettext_lazy(
            "With a corporate, UN or ECB rate you may leave rate and date empty: they are looked up."
        ),
    )
    rate_on = DayFormField(label=gettext_lazy("Date of the rate"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order_fields([*(name for name in self.fields if name not in FOREIGN), *FOREIGN])

    def clean(self) -> Any:
        cleaned = super().clean() or {}
        self._look_up(cleaned)
        given = [name for name in FOREIGN if cleaned.get(name)]
        if given and len(given) < len(FOREIGN):
            message = _("A foreign amount has its currency, amount, rate, kind of rate and date: all five.")
            lacking = next(name for name in FOREIGN if name not in given)
            if lacking not in self.errors:
                self.add_error(lacking, message)
        return cleaned

    def _look_up(self, cleaned: dict[str, Any]) -> None:
        """Fill in the rate of a kind that is loaded, for the day given or the day of paying; never an amount."""
        cleaned["currency"] = (cleaned.get("currency") or "").upper()
        kind, currency, day = (
            cleaned.get("rate_kind", ""),
            cleaned["currency"],
            cleaned.get("rate_on") or cleaned.get(self.day_of_rate),
        )
        if kind not in LoadedRate.values or not currency or cleaned.get("rate") or not day or "rate" in self.errors:
            return
        found = rate_on(kind, currency, day)
        if found is None:
            self.add_error("rate", no_rate(kind, currency, day))
        else:
            cleaned["rate"], cleaned["rate_on"] = found.rate, found.day


def no_rate(kind: str, currency: str, day: datetime.date) -> str:
    """Say that no rate serves for a day, and what to do."""
    return _(
        "No %(kind)s of %(currency)s serves for %(day)s: none of the days before is recent enough. Type the rate, or ask the administrator to load it."
    ) % {
        "kind": LoadedRate(kind).label,
        "currency": currency,
        "day": written_day(day),
    }


class CommitForm(ForeignForm):
    """A signed commitment."""

    day_of_rate = "signed_on"

    line = forms.ModelChoiceField(label=gettext_lazy("Claim line"), queryset=ClaimLine.objects.none())
    partner = forms.ModelChoiceField(label=gettext_lazy("Partner"), queryset=Partner.objects.none())
    number = forms.CharField(
        label=gettext_lazy("Number of the arrangement or decision"), max_length=60, widget=forms.TextInput
    )
    amount = EuroFormField(label=gettext_lazy("Amount"), min_value=Decimal("0.01"))
    signed_on = DayFormField(label=gettext_lazy("Signed on"))
    ends_on = DayFormField(label=gettext_lazy("Ends on"), required=False)
    envelope = forms.ModelChoiceField(
        label=gettext_lazy("Envelope"),
        queryset=Envelope.objects.none(),
        help_text=gettext_lazy("Of the year of signing: the whole commitment counts there."),
    )
    subject = forms.CharField(label=gettext_lazy("Subject"), max_length=200, required=False)
    ground_on = DayFormField(
        label=gettext_lazy("Date of the letter to the House"),
        required=False,
        help_text=gettext_lazy("Only when the budget is not authorised yet (art. 2.27, second paragraph, CW 2016)."),
    )

    def __init__(self, *args: Any, claim: Claim, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["line"].queryset = ClaimLine.objects.filter(claim=claim, grants__isnull=False).distinct()
        self.fields["partner"].queryset = Partner.objects.filter(roles__line__claim=claim).distinct()
        self.fields["envelope"].queryset = Envelope.objects.filter(active=True)
        lines = list(self.fields["line"].queryset[:2])
        partners = list(self.fields["partner"].queryset[:2])
        if len(lines) == 1:
            self.fields["line"].initial = lines[0]
        if len(partners) == 1:
            self.fields["partner"].initial = partners[0]


class ChangeForm(LedgerForm):
    """Raising or lowering."""

    kind = forms.ChoiceField(
        label=gettext_lazy("What"),
        choices=[(kind.value, kind.label) for kind in (CommitmentKind.RAISE, CommitmentKind.LOWER)],
    )
    amount = EuroFormField(label=gettext_lazy("By how much"), min_value=Decimal("0.01"))
    envelope = forms.ModelChoiceField(label=gettext_lazy("Envelope"), queryset=Envelope.objects.filter(active=True))
    booked_on = DayFormField(label=gettext_lazy("On"))
    reason = forms.CharField(label=gettext_lazy("Why"), max_length=500)


class PayForm(ForeignForm):
    """A payment, advance or receipt."""

    kind = forms.ChoiceField(label=gettext_lazy("What"), choices=PaymentKind.choices)
    amount = EuroFormField(label=gettext_lazy("Amount in euros"), min_value=Decimal("0.01"))
    paid_on = DayFormField(label=gettext_lazy("Paid on"))
    booked_on = DayFormField(
        label=gettext_lazy("Booked on"), required=False, help_text=gettext_lazy("Empty: the same day.")
    )
    envelope = forms.ModelChoiceField(
        label=gettext_lazy("Envelope"),
        queryset=Envelope.objects.filter(active=True),
        help_text=gettext_lazy("Of the year of paying: the cash comes from there."),
    )
    voucher = forms.CharField(label=gettext_lazy("Voucher number"), max_length=60, required=False)


class WriteOffForm(LedgerForm):
    """An advance written off."""

    advance = forms.ModelChoiceField(label=gettext_lazy("Advance"), queryset=Payment.objects.none())
    amount = EuroFormField(label=gettext_lazy("Amount"), min_value=Decimal("0.01"))
    kind = forms.ChoiceField(label=gettext_lazy("By"), choices=WriteOffKind.choices)
    report = forms.CharField(label=gettext_lazy("Report, with its date"), max_length=200)
    booked_on = DayFormField(label=gettext_lazy("On"))

    def __init__(self, *args: Any, commitment: Commitment, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["advance"].queryset = Payment.objects.filter(
            commitment=commitment, kind=PaymentKind.ADVANCE, reverses=None, reversed_by=None
        )


class ReverseForm(LedgerForm):
    """A reversal."""

    booked_on = DayFormField(label=gettext_lazy("On"))
    reason = forms.CharField(label=gettext_lazy("Why"), max_length=500)


class PlanForm(LedgerForm):
    """A cash plan or forecast per quarter of some years."""

    kind = forms.ChoiceField(label=gettext_lazy("What"), choices=PlanKind.choices)
    made_on = DayFormField(label=gettext_lazy("Made on"))
    note = forms.CharField(label=gettext_lazy("Note"), max_length=300, required=False)

    def __init__(self, *args: Any, commitment: Commitment, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        first = commitment.signed_on.year
        last = max(first + 3, commitment.ends_on.year if commitment.ends_on else 0)
        known = {(row.year, row.quarter): row.amount for row in headroom.plan_of(commitment)}
        self.quarters = [(year, quarter) for year in range(first, min(last, first + 7) + 1) for quarter in (1, 2, 3, 4)]
        for year, quarter in self.quarters:
            field = EuroFormField(label=f"{year} Q{quarter}", required=False, min_value=Decimal(0))
            field.widget.attrs["class"] = "utrecht-textbox numeric"
            field.initial = known.get((year, quarter))
            self.fields[f"q{year}-{quarter}"] = field

    def rows(self) -> list[tuple[int, int, Decimal]]:
        """Return the quarters with an amount."""
        return [
            (year, quarter, self.cleaned_data[f"q{year}-{quarter}"])
            for year, quarter in self.quarters
            if self.cleaned_data.get(f"q{year}-{quarter}")
        ]


def _commitments(claim: Claim) -> list[Commitment]:
    return list(
        Commitment.objects.filter(line__claim=claim)
        .select_related("partner", "line", "total")
        .order_by("line__position", "signed_on", "pk")
    )


@login_required
@require_GET
def money(request: HttpRequest, reference: str) -> HttpResponse:
    """Show what is granted, committed and paid per line."""
    claim = find(person(request), reference)
    lines = list(ClaimLine.objects.filter(claim=claim).in_order().select_related("total"))
    rows = [(line, headroom.of_line(line)) for line in lines]
    commitments = [(commitment, headroom.of_commitment(commitment)) for commitment in _commitments(claim)]
    advances = headroom.open_advances([commitment.pk for commitment, _stand in commitments])
    context = {
        "claim": claim,
        "tab": "money",
        "refusal": None,
        "rows": rows,
        "commitments": commitments,
        "advances": [(row, row.age(timezone.localdate())) for row in advances],
        "may_commit": policies.may_commit(person(request), claim) is None and any(row.granted for _line, row in rows),
        "total": headroom.LineStand(
            *(sum((getattr(row, name) for _line, row in rows), Decimal("0.00")) for name in STANDS)
        ),
        "until": reconciled_until(),
    }
    return render(request, "claims/money.html", context)


STANDS = ("granted", "committed", "paid")


@login_required
@require_http_methods(["GET", "POST"])
def commit(request: HttpRequest, reference: str) -> HttpResponse:
    """Record a commitment."""
    claim = find(person(request), reference)
    require(policies.may_commit(person(request), claim))
    form = CommitForm(request.POST or None, claim=claim)

    def act(data: dict[str, Any]) -> HttpResponse:
        made = actions.commit(by=person(request), at=timezone.now(), **data)
        messages.success(request, _("The commitment is recorded."))
        return redirect("claims:commitment", reference, made.public_id)

    return answer(request, claim, form, act, _("Add a commitment"))


def answer(
    request: HttpRequest,
    claim: Claim,
    form: LedgerForm,
    act: Callable[[dict[str, Any]], HttpResponse],
    title: str | Promise,
    commitment: Commitment | None = None,
) -> HttpResponse:
    """Show a form of the ledger, or act on it; what is refused is said above it and nothing is lost."""
    problem, status = "", 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                return sent_once(request, lambda: act(form.cleaned_data))
            except Refused as refused:
                problem, status = str(refused.message), 409
    context = {
        "claim": claim,
        "tab": "money",
        "refusal": None,
        "form": form,
        "title": title,
        "problem": problem,
        "commitment": commitment,
    }
    return render(request, "claims/ledger_form.html", context, status=status)


def find_commitment(user: Any, reference: str, commitment: uuid.UUID) -> tuple[Claim, Commitment]:
    """Return a commitment with its claim, or answer 404."""
    claim = find(user, reference)
    found = (
        Commitment.objects.filter(line__claim=claim, public_id=commitment)
        .select_related("line__claim__directorate", "partner", "total")
        .first()
    )
    if found is None:
        raise Http404
    return claim, found


@login_required
@require_GET
def commitment(request: HttpRequest, reference: str, commitment: uuid.UUID) -> HttpResponse:
    """Show a commitment with its rows, payments, advances and plan."""
    claim, found = find_commitment(person(request), reference, commitment)
    payments = list(
        Payment.objects.filter(commitment=found)
        .select_related("envelope", "recorded_by", "reverses")
        .order_by("booked_on", "pk")
    )
    reversed_ids = {row.reverses_id for row in payments if row.reverses_id}
    rows = list(CommitmentRow.objects.filter(commitment=found).select_related("envelope", "recorded_by").order_by("pk"))
    reversed_rows = {row.reverses_id for row in rows if row.reverses_id}
    offs = list(
        WriteOff.objects.filter(advance__commitment=found).select_related("advance", "recorded_by").order_by("pk")
    )
    paid: dict[tuple[int, int], Decimal] = {}
    for row in payments:
        key = (row.paid_on.year, (row.paid_on.month - 1) // 3 + 1)
        paid[key] = paid.get(key, Decimal("0.00")) + row.signed
    plan = {(row.year, row.quarter): row.amount for row in headroom.plan_of(found)}
    forecast = {(row.year, row.quarter): row.amount for row in headroom.plan_of(found, PlanKind.FORECAST)}
    quarters = [
        (year, quarter, plan.get((year, quarter)), forecast.get((year, quarter)), paid.get((year, quarter)))
        for year, quarter in sorted({*plan, *forecast, *paid})
    ]
    context = {
        "claim": claim,
        "tab": "money",
        "refusal": None,
        "commitment": found,
        "stand": headroom.of_commitment(found),
        "rows": [(row, row.pk in reversed_rows) for row in rows],
        "payments": [(row, row.pk in reversed_ids) for row in payments],
        "offs": offs,
        "quarters": quarters,
        "may_commit": policies.may_commit(person(request), claim) is None,
        "may_book": policies.may_book(person(request), claim) is None,
        "may_plan": policies.may_follow(person(request), claim) is None,
        "may_control": policies.may_control(person(request), claim) is None,
        "settlement": settlement_of(found),
        "until": reconciled_until(),
    }
    return render(request, "claims/commitment.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, reference: str, commitment: uuid.UUID) -> HttpResponse:
    """Raise or lower a commitment."""
    claim, found = find_commitment(person(request), reference, commitment)
    require(policies.may_commit(person(request), claim))

    def act(data: dict[str, Any]) -> HttpResponse:
        actions.change_commitment(by=person(request), at=timezone.now(), commitment=found, **data)
        messages.success(request, _("The change is recorded."))
        return redirect("claims:commitment", reference, found.public_id)

    return answer(request, claim, ChangeForm(request.POST or None), act, _("Raise or lower"), found)


@login_required
@require_http_methods(["GET", "POST"])
def pay(request: HttpRequest, reference: str, commitment: uuid.UUID) -> HttpResponse:
    """Record a payment, advance or receipt."""
    claim, found = find_commitment(person(request), reference, commitment)
    require(policies.may_book(person(request), claim))

    def act(data: dict[str, Any]) -> HttpResponse:
        actions.pay(by=person(request), at=timezone.now(), commitment=found, **data)
        messages.success(request, _("The payment is recorded."))
        return redirect("claims:commitment", reference, found.public_id)

    return answer(request, claim, PayForm(request.POST or None), act, _("Record a payment"), found)


@login_required
@require_http_methods(["GET", "POST"])
def write_off(request: HttpRequest, reference: str, commitment: uuid.UUID) -> HttpResponse:
    """Write an advance off."""
    claim, found = find_commitment(person(request), reference, commitment)
    require(policies.may_book(person(request), claim))

    def act(data: dict[str, Any]) -> HttpResponse:
        actions.write_off(by=person(request), at=timezone.now(), **data)
        messages.success(request, _("The advance is written off."))
        return redirect("claims:commitment", reference, found.public_id)

    form = WriteOffForm(request.POST or None, commitment=found)
    return answer(request, claim, form, act, _("Write an advance off"), found)


REVERSIBLE: dict[str, tuple[Any, str]] = {
    "payment": (Payment, "commitment"),
    "row": (CommitmentRow, "commitment"),
    "write-off": (WriteOff, "advance__commitment"),
}


@login_required
@require_http_methods(["GET", "POST"])
def reverse(request: HttpRequest, reference: str, commitment: uuid.UUID, kind: str, row: uuid.UUID) -> HttpResponse:
    """Reverse a row."""
    claim, found = find_commitment(person(request), reference, commitment)
    require(policies.may_book(person(request), claim))
    if kind not in REVERSIBLE:
        raise Http404
    model, path = REVERSIBLE[kind]
    target = model.objects.filter(**{path: found}, public_id=row).first()
    if target is None:
        raise Http404

    def act(data: dict[str, Any]) -> HttpResponse:
        actions.reverse(by=person(request), at=timezone.now(), row=target, **data)
        messages.success(request, _("The row is reversed."))
        return redirect("claims:commitment", reference, found.public_id)

    return answer(request, claim, ReverseForm(request.POST or None), act, _("Reverse"), found)


@login_required
@require_http_methods(["GET", "POST"])
def plan(request: HttpRequest, reference: str, commitment: uuid.UUID) -> HttpResponse:
    """Set the cash plan or a forecast anew."""
    claim, found = find_commitment(person(request), reference, commitment)
    require(policies.may_follow(person(request), claim))
    form = PlanForm(request.POST or None, commitment=found, initial={"made_on": timezone.localdate()})

    def act(data: dict[str, Any]) -> HttpResponse:
        actions.set_plan(
            by=person(request),
            at=timezone.now(),
            commitment=found,
            kind=data["kind"],
            quarters=form.rows(),
            made_on=data["made_on"],
            note=data["note"],
        )
        messages.success(request, _("The plan is recorded."))
        return redirect("claims:commitment", reference, found.public_id)

    return answer(request, claim, form, act, _("Cash plan or forecast"), found)
