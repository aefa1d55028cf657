"""Decisions, milestones and evidence of a claim."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from decimal import Decimal
from functools import partial
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from claims import policies
from claims.actions import decide as actions
from claims.actions.decide import Given, facts_mark
from claims.actions.evidence import add_evidence
from claims.actions.refused import Refused, require
from claims.actions.steps import Seen, seen_now
from claims.documents.effect import effect_of, rooms
from claims.enums import GRANTING, ClaimState, DecisionKind, MilestoneKind, Outcome, PaperKind
from claims.models import Claim, Commitment, Decision, Envelope, Evidence, EvidenceKind, Party, Payment
from claims.models.evidence import LARGEST_EVIDENCE
from claims.queries.tree import Tree
from claims.queries.workflow import state_after
from claims.views import find, find_tree
from core.enums import Classification
from core.forms import DayFormField, EuroFormField
from core.language import language
from core.numbers import format_amount, format_date
from core.views import person
from core.views.once import sent_once
from results.models import Result

MOST_PAYMENTS = 200  # newest, that evidence can be hung to
TEXTAREA = {"rows": 3, "class": "utrecht-textarea"}


class DatedForm(forms.Form):
    """A date, or the word that it is unknown."""

    day_name = "decided_on"

    def clean(self) -> Any:
        cleaned = super().clean() or {}
        if self.day_name not in self.errors and bool(cleaned.get(self.day_name)) == bool(cleaned.get("date_unknown")):
            self.add_error(self.day_name, _("Give the date, or tick that it is unknown: one of the two."))
        return cleaned


class DecisionForm(DatedForm):
    """What was decided, and for a settling decision the amount per line and year."""

    party = forms.ModelChoiceField(label=gettext_lazy("Decided by"), queryset=Party.objects.filter(active=True))
    kind = forms.ChoiceField(label=gettext_lazy("About"), choices=DecisionKind.choices)
    outcome = forms.ChoiceField(label=gettext_lazy("Outcome"), choices=Outcome.choices, widget=forms.RadioSelect)
    settles = forms.BooleanField(
        label=gettext_lazy("This decision settles the claim"),
        required=False,
        help_text=gettext_lazy("It then moves the claim and grants the amounts below. Untick what is only on record."),
    )
    decided_on = DayFormField(label=gettext_lazy("Date of the decision"), required=False)
    date_unknown = forms.BooleanField(label=gettext_lazy("The date is unknown"), required=False)
    wording = forms.CharField(
        label=gettext_lazy("Wording of the decision"), required=False, max_length=4000, widget=forms.Textarea(TEXTAREA)
    )
    condition = forms.CharField(
        label=gettext_lazy("Condition"), required=False, max_length=4000, widget=forms.Textarea(TEXTAREA)
    )
    remark = forms.CharField(
        label=gettext_lazy("Remark written beside it"), required=False, max_length=4000, widget=forms.Textarea(TEXTAREA)
    )

    def clean(self) -> Any:
        cleaned = super().clean()
        if cleaned.get("outcome") == Outcome.CONDITIONAL and not cleaned.get("condition"):
            self.add_error("condition", _("Say what the condition is."))
        return cleaned


class AmountForm(forms.Form):
    """What one line gets in one year."""

    commitment = EuroFormField(label=gettext_lazy("commitment granted"), required=False, min_value=Decimal(0))
    cash = EuroFormField(label=gettext_lazy("cash granted"), required=False, min_value=Decimal(0))
    envelope = forms.ModelChoiceField(label=gettext_lazy("envelope"), queryset=Envelope.objects.none(), required=False)

    fields: dict[str, Any]

    def __init__(self, data: Any, *, row: Any, line: Any) -> None:
        initial = {"commitment": row.commitment, "cash": row.cash}
        super().__init__(data, prefix=f"row-{row.public_id}", initial=initial)
        self.row, self.line = row, line
        if row.envelope_id is None:
            self.fields["envelope"].queryset = Envelope.objects.filter(year=row.year, active=True)
            self.fields["envelope"].help_text = _("Which envelope does the money come from?")
        else:
            del self.fields["envelope"]
        for name, field in self.fields.items():
            field.widget.attrs["aria-label"] = f"{line.title}, {row.year}: {field.label}"
            if name != "envelope":
                field.widget.attrs["class"] = "utrecht-textbox numeric"

    def given(self) -> Given | None:
        """Return what is granted; None for nothing. Raises Refused when the envelope is not chosen."""
        commitment, cash = self.cleaned_data["commitment"] or Decimal(0), self.cleaned_data["cash"]
        if not commitment and not cash:
            return None
        envelope = self.row.envelope or self.cleaned_data.get("envelope")
        if envelope is None:
            raise Refused(_("Choose the envelope for “%s”: money is granted from an envelope.") % self.line.title)
        return Given(self.line, envelope, commitment, cash)


class MilestoneForm(DatedForm):
    """What happened, with whom, when."""

    day_name = "happened_on"
    kind = forms.ChoiceField(label=gettext_lazy("What"), choices=MilestoneKind.choices)
    party = forms.CharField(
        label=gettext_lazy("With or to whom"),
        required=False,
        max_length=200,
        widget=forms.TextInput({"class": "utrecht-textbox"}),
        help_text=gettext_lazy("For example FIN, or the House."),
    )
    paper = forms.ChoiceField(
        label=gettext_lazy("About which paper"),
        required=False,
        choices=[("", gettext_lazy("The claim as a whole")), *PaperKind.choices],
    )
    happened_on = DayFormField(label=gettext_lazy("On"), required=False)
    date_unknown = forms.BooleanField(label=gettext_lazy("The date is unknown"), required=False)
    remark = forms.CharField(
        label=gettext_lazy("Remark"), required=False, max_length=4000, widget=forms.Textarea({**TEXTAREA, "rows": 2})
    )


class EvidenceForm(forms.Form):
    """A file and what it proves."""

    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy("PDF, DOCX, ODT, XLSX, ODS, PNG, JPEG, TXT or EML, at most 20 MB."),
    )
    kind = forms.ModelChoiceField(
        label=gettext_lazy("Kind of evidence"), queryset=EvidenceKind.objects.filter(active=True)
    )
    about = forms.ChoiceField(label=gettext_lazy("What it proves"), required=False)
    dated = DayFormField(label=gettext_lazy("Date of the document"), required=False)
    description = forms.CharField(
        label=gettext_lazy("Description"),
        required=False,
        max_length=300,
        widget=forms.TextInput({"class": "utrecht-textbox"}),
    )
    classification = forms.ChoiceField(
        label=gettext_lazy("Classification"), choices=Classification.choices, initial=Classification.INTERNAL
    )
    public = forms.BooleanField(label=gettext_lazy("May be published"), required=False)
    fields: dict[str, Any]

    def __init__(self, *args: Any, claim: Claim, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.records = {
            f"{name}:{record.public_id}": (name, record, label) for name, record, label in evidence_targets(claim)
        }
        choices = [(key, label) for key, (_name, _record, label) in self.records.items()]
        self.fields["about"].choices = [("", _("The claim as a whole")), *choices]

    def clean(self) -> Any:
        cleaned = super().clean() or {}
        if cleaned.get("public") and cleaned.get("classification") != Classification.PUBLIC:
            self.add_error("public", _("Only what is classified as public may be published."))
        return cleaned

    def target(self) -> dict[str, Any]:
        """Return the field that names what the file proves."""
        found = self.records.get(self.cleaned_data["about"])
        return {found[0]: found[1]} if found else {}


def evidence_targets(claim: Claim) -> Iterator[tuple[str, Any, str]]:
    """Yield what a file of this claim may prove: the field, the record and what to call it."""
    for decision in claim.decisions.select_related("party").order_by("pk"):
        yield "decision", decision, f"{decision.party.code}: {decision}"
    for milestone in claim.milestones.order_by("pk"):
        yield "milestone", milestone, f"{milestone} {milestone.party}".strip()
    for commitment in Commitment.objects.filter(line__claim=claim).order_by("pk"):
        yield "commitment", commitment, _("Commitment %s") % commitment.number
    payments = Payment.objects.filter(commitment__line__claim=claim, reverses=None).select_related("commitment")
    for payment in payments.order_by("-pk")[:MOST_PAYMENTS]:
        paid = f"{format_date(payment.paid_on, language())}, {format_amount(payment.amount, language())}"
        yield "payment", payment, f"{payment.get_kind_display()} {payment.commitment.number}: {paid}"
    for result in Result.objects.filter(citations__part__claim=claim).distinct().order_by("pk"):
        yield "result", result, str(result)


@login_required
@require_GET
def decisions(request: HttpRequest, reference: str) -> HttpResponse:
    """Show decisions, milestones and evidence, with what may be added."""
    claim = find(person(request), reference)
    return _page(request, claim)


def _page(request: HttpRequest, claim: Claim, status: int = 200, **forms_: Any) -> HttpResponse:
    follow = policies.may_follow(person(request), claim)
    context = {
        "claim": claim,
        "tab": "decisions",
        "refusal": None,
        "decisions": claim.decisions.select_related("party", "registered_by", "confirmed_by", "dropped_by")
        .prefetch_related("amounts__line", "amounts__envelope")
        .order_by("-pk"),
        "milestones": claim.milestones.select_related("recorded_by").order_by("happened_on", "pk"),
        "evidence": Evidence.objects.filter(claim=claim)
        .select_related(
            "kind", "added_by", "decision__party", "milestone", "commitment", "payment__commitment", "result"
        )
        .without_content(),
        "may_register": policies.may_register(person(request), claim) is None,
        "may_follow": follow is None,
        "milestone_form": forms_.get("milestone_form") or MilestoneForm(),
        "evidence_form": forms_.get("evidence_form") or EvidenceForm(claim=claim),
        "problem": forms_.get("problem", ""),
        "largest": LARGEST_EVIDENCE // 1024 // 1024,
    }
    return render(request, "claims/decisions.html", context, status=status)


@login_required
@require_http_methods(["GET", "POST"])
def register(request: HttpRequest, reference: str) -> HttpResponse:
    """Register a decision."""
    tree = find_tree(person(request), reference)
    require(policies.may_register(person(request), tree.claim))
    unsettled = policies.may_settle(person(request), tree.claim)
    form = DecisionForm(request.POST or None, initial={"settles": unsettled is None, "kind": _kind(tree.claim)})
    rows = [AmountForm(request.POST or None, row=row, line=facts.line) for facts in tree.lines for row in facts.years]
    problem, status = "", 200
    if request.method == "POST":
        status = 422
        wanted = form.is_valid() and form.cleaned_data["settles"] and form.cleaned_data["outcome"] in GRANTING
        if form.is_valid() and (not wanted or all(row.is_valid() for row in rows)):
            try:
                given = [amount for amount in (row.given() for row in rows) if amount] if wanted else []
                return sent_once(request, partial(_registered, request, tree.claim, given, form.cleaned_data))
            except Refused as error:
                problem = str(error.message)
            except PermissionDenied as error:
                problem = str(error)
    context = {
        "claim": tree.claim,
        "tab": "decisions",
        "refusal": None,
        "form": form,
        "rows": rows,
        "problem": problem,
        "unsettled": unsettled,
    }
    return render(request, "claims/decision_new.html", context, status=status)


def _registered(request: HttpRequest, claim: Claim, given: list[Given], data: dict[str, Any]) -> HttpResponse:
    actions.register(by=person(request), at=timezone.now(), claim=claim, amounts=given, **data)
    messages.success(request, _("The decision is registered. Another registrar confirms it; then it counts."))
    return redirect("claims:decisions", claim.reference)


def _kind(claim: Claim) -> str:
    return DecisionKind.AMENDMENT if claim.round > 1 else DecisionKind.MONEY


def find_decision(user: Any, reference: str, decision: uuid.UUID) -> tuple[Tree, Decision]:
    """Return a decision with its claim, or answer 404."""
    tree = find_tree(user, reference)
    found = (
        Decision.objects.filter(claim=tree.claim, public_id=decision)
        .select_related("party", "registered_by", "confirmed_by", "dropped_by", "claim__directorate", "claim__owner")
        .first()
    )
    if found is None:
        raise Http404
    return tree, found


@login_required
@require_http_methods(["GET", "POST"])
def decision(request: HttpRequest, reference: str, decision: uuid.UUID) -> HttpResponse:
    """Show a decision with what it does to the money; confirm or drop it."""
    tree, found = find_decision(person(request), reference, decision)
    problem, status = "", 200
    if request.method == "POST":
        try:
            return _answer(request, tree, found)
        except Refused as error:
            problem, status = str(error.message), 409
            found.refresh_from_db()
            tree.claim.refresh_from_db()
    now = seen_now(tree.claim)
    refusal = policies.may_confirm(person(request), found) if found.is_open else None
    effect = effect_of(found) if found.settles and found.outcome in GRANTING else []
    context = {
        "claim": tree.claim,
        "tab": "decisions",
        "refusal": None,
        "decision": found,
        "effect": effect,
        "rooms": rooms(tree.claim, effect) if found.is_open else [],
        "leads_to": ClaimState(state_after(found)).label if found.settles and found.is_open else "",
        "step_refusal": refusal,
        "may_register": policies.may_register(person(request), tree.claim) is None,
        "now": now,
        "mark": facts_mark(found),
        "problem": problem,
        "evidence": Evidence.objects.filter(decision=found).select_related("kind").without_content(),
    }
    return render(request, "claims/decision.html", context, status=status)


def _answer(request: HttpRequest, tree: Tree, found: Decision) -> HttpResponse:
    if "drop" in request.POST:
        reason = request.POST.get("reason", "").replace("\x00", "")[:2000]
        actions.drop(by=person(request), at=timezone.now(), decision=found, reason=reason)
        messages.success(request, _("The decision was dropped."))
        return redirect("claims:decisions", tree.claim.reference)
    shown_round = request.POST.get("round", "")
    seen = Seen(
        request.POST.get("state", "")[:20],
        int(shown_round) if shown_round.isascii() and shown_round.isdecimal() and len(shown_round) < 5 else 0,
        request.POST.get("digest", "")[:64],
    )
    actions.confirm(
        by=person(request), at=timezone.now(), decision=found, shown=request.POST.get("mark", ""), seen=seen
    )
    messages.success(request, _("The decision is confirmed."))
    return redirect("claims:overview" if found.settles else "claims:decisions", tree.claim.reference)


@login_required
@require_POST
def milestone(request: HttpRequest, reference: str) -> HttpResponse:
    """Record a milestone."""
    claim = find(person(request), reference)
    require(policies.may_follow(person(request), claim))
    form = MilestoneForm(request.POST)
    if not form.is_valid():
        return _page(request, claim, status=422, milestone_form=form)

    def record() -> HttpResponse:
        actions.record_milestone(by=person(request), at=timezone.now(), claim=claim, **form.cleaned_data)
        messages.success(request, _("The milestone is recorded."))
        return redirect("claims:decisions", reference)

    return sent_once(request, record)


@login_required
@require_POST
def evidence(request: HttpRequest, reference: str) -> HttpResponse:
    """Add a piece of evidence."""
    claim = find(person(request), reference)
    require(policies.may_follow(person(request), claim))
    form = EvidenceForm(request.POST, request.FILES, claim=claim)
    if not form.is_valid():
        return _page(request, claim, status=422, evidence_form=form)
    fields = {key: form.cleaned_data[key] for key in ("kind", "dated", "description", "classification", "public")}
    upload = form.cleaned_data["file"]
    try:
        add_evidence(
            by=person(request),
            at=timezone.now(),
            claim=claim,
            name=upload.name,
            content=upload.read(LARGEST_EVIDENCE + 1),
            **fields,
            **form.target(),
        )
    except Refused as error:
        form.add_error("file", str(error.message))
        return _page(request, claim, status=422, evidence_form=form)
    messages.success(request, _("The evidence is added."))
    return redirect("claims:decisions", reference)


@login_required
@require_GET
def evidence_file(request: HttpRequest, reference: str, evidence: uuid.UUID) -> HttpResponse:
    """Serve a piece of evidence as it was added."""
    claim = find(person(request), reference)
    found = Evidence.objects.filter(claim=claim, public_id=evidence).first()
    if found is None:
        raise Http404
    response = HttpResponse(bytes(found.content), content_type=found.media_type)
    response["Content-Disposition"] = content_disposition_header(True, found.name) or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response
