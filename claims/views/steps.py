"""Taking a step: a page that says what it does and to what, and does it for what was shown."""

from __future__ import annotations

from dataclasses import dataclass
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
from django.views.decorators.http import require_http_methods

from claims import policies
from claims.actions import steps as actions
from claims.actions.refused import Refused
from claims.actions.steps import Incomplete, Seen, seen_now
from claims.checks.figures import State
from claims.checks.review import review, to_settle
from claims.documents.effect import effect_of_request, rooms
from claims.enums import StepKind
from claims.queries import workflow
from claims.queries.tree import Tree
from claims.rules.workflow import MOVES
from claims.views import find_tree
from core.findings import Finding
from core.views import person


@dataclass(frozen=True)
class Words:
    """What a step is called on its button, what it does, and what it says when done."""

    button: str | Promise
    does: str | Promise
    done: str | Promise
    plain: bool = False  # a step back or out: not the main button


TOLD = (State.UNKNOWN, State.RECOGNISED, State.BOUND)  # of the numbers in the texts; contradictions are points
WORDS = {
    StepKind.SUBMIT: Words(
        gettext_lazy("Submit to FEZ"),
        gettext_lazy("FEZ checks the claim. Until it comes back or is taken back, nothing in it can be changed."),
        gettext_lazy("The claim was submitted to FEZ."),
    ),
    StepKind.TAKE_BACK: Words(
        gettext_lazy("Take back"),
        gettext_lazy("The claim becomes a draft again, to be changed and submitted anew. FEZ then checks it anew."),
        gettext_lazy("The claim was taken back and can be changed again."),
        plain=True,
    ),
    StepKind.RETURN: Words(
        gettext_lazy("Return with remarks"),
        gettext_lazy("The claim goes back to the directorate with your remarks, to be changed and submitted anew."),
        gettext_lazy("The claim was returned with your remarks."),
        plain=True,
    ),
    StepKind.AGREE: Words(
        gettext_lazy("Agree"),
        gettext_lazy("You agree, for FEZ, with the claim exactly as it is shown now."),
        gettext_lazy("Your agreement is recorded."),
    ),
    StepKind.PRESENT: Words(
        gettext_lazy("Present for decision"),
        gettext_lazy("The claim goes to the party that decides. A registrar registers what is decided."),
        gettext_lazy("The claim is presented for decision."),
    ),
    StepKind.AMEND: Words(
        gettext_lazy("Propose an amendment"),
        gettext_lazy(
            "A next round begins: the claim can be changed as a draft. What was granted stays in force until the amendment is decided."
        ),
        gettext_lazy("The claim can be changed. What was granted stays in force until the amendment is decided."),
        plain=True,
    ),
    StepKind.DROP: Words(
        gettext_lazy("Drop the amendment"),
        gettext_lazy("Everything is put back as it was before the amendment. What was granted stays as it is."),
        gettext_lazy("The amendment was dropped; the claim is as it was before."),
        plain=True,
    ),
    StepKind.CLOSE: Words(
        gettext_lazy("Close"),
        gettext_lazy("The claim is finished. What was granted and is not committed is released to the envelope."),
        gettext_lazy("The claim is closed."),
        plain=True,
    ),
    StepKind.WITHDRAW: Words(
        gettext_lazy("Withdraw"),
        gettext_lazy(
            "The claim ends here. What was granted is released to the envelope. It stays readable and can be copied."
        ),
        gettext_lazy("The claim is withdrawn."),
        plain=True,
    ),
}


class StepForm(forms.Form):
    """What was shown, and a remark."""

    state = forms.CharField(widget=forms.HiddenInput, max_length=20)
    round = forms.IntegerField(widget=forms.HiddenInput)
    digest = forms.CharField(widget=forms.HiddenInput, max_length=64)
    remark = forms.CharField(
        label=gettext_lazy("Remark"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3, "class": "utrecht-textarea"}),
    )

    def __init__(self, *args: Any, wants_remark: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["remark"].required = wants_remark
        if wants_remark:
            self.fields["remark"].label = _("Why")

    @property
    def seen(self) -> Seen:
        """What the page showed."""
        return Seen(self.cleaned_data["state"], self.cleaned_data["round"], self.cleaned_data["digest"])


@login_required
@require_http_methods(["GET", "POST"])
def step(request: HttpRequest, reference: str, kind: str) -> HttpResponse:
    """Show what a step does to this claim, or take it."""
    if kind not in WORDS:
        raise Http404
    tree = find_tree(person(request), reference)
    words, move = WORDS[StepKind(kind)], MOVES[StepKind(kind)]
    now = seen_now(tree.claim)
    initial = {"state": now.state, "round": now.round, "digest": now.digest}
    form = StepForm(request.POST or None, wants_remark=move.remark, initial=initial)
    problem, status = "", 200
    if request.method == "POST":
        if form.is_valid():
            try:
                return _take(request, tree, StepKind(kind), form)
            except Incomplete as error:
                problem, status = str(error), 422
            except Refused as error:
                problem, status = str(error.message), 409
            form = StepForm(wants_remark=move.remark, initial=initial | {"remark": form.cleaned_data["remark"]})
        else:
            status = 422
    refusal = policies.may_take(person(request), tree.claim, kind)
    shown = kind in (StepKind.SUBMIT, StepKind.AGREE, StepKind.PRESENT)
    effect = effect_of_request(tree) if shown else []
    found = review(tree) if kind in (StepKind.SUBMIT, StepKind.AGREE) else None
    points = to_settle(tree, found.figures) if found and kind == StepKind.SUBMIT else []
    context = {
        "claim": tree.claim,
        "tab": "overview",
        "refusal": None,
        "kind": kind,
        "words": words,
        "form": form,
        "problem": problem,
        "step_refusal": refusal,
        "findings": [_row(finding, request) for finding in workflow.unanswered(tree.claim, points)],
        "answers": found.answered if found else [],
        "counts": [(state, len(found.open_numbers(state))) for state in TOLD] if found else [],
        "explained": found.explained if found else 0,
        "afterwards": policies.waits_after(tree.claim, StepKind(kind)) if shown else "",
        "effect": effect,
        "rooms": rooms(tree.claim, effect),
        "approvals": workflow.approvals_of(workflow.submission_of(tree.claim)) if kind == StepKind.AGREE else [],
        "needed": workflow.approvals_needed(tree.claim) if kind == StepKind.AGREE else 1,
    }
    return render(request, "claims/step.html", context, status=status)


def _row(finding: Finding, request: HttpRequest) -> dict[str, Any]:
    return {"finding": finding, "reason": request.POST.get(f"reason-{finding.mark}", "")[:2000]}


def _take(request: HttpRequest, tree: Tree, kind: StepKind, form: StepForm) -> HttpResponse:
    by, at, claim, remark = person(request), timezone.now(), tree.claim, form.cleaned_data["remark"]
    words = WORDS[kind]
    if kind == StepKind.SUBMIT:
        reasons = {
            key.removeprefix("reason-"): str(value).replace("\x00", "")
            for key, value in request.POST.items()
            if key.startswith("reason-")
        }
        actions.submit(by=by, at=at, claim=claim, seen=form.seen, remark=remark, reasons=reasons)
    elif kind == StepKind.AGREE:
        done = actions.agree(by=by, at=at, claim=claim, seen=form.seen, remark=remark)
        if done is None:
            messages.info(request, _("Your agreement is recorded. Another controller must agree as well."))
            return redirect("claims:overview", claim.reference)
    else:
        actions.take(by=by, at=at, claim=claim, kind=kind, seen=form.seen, remark=remark)
    messages.success(request, str(words.done))
    return redirect("claims:overview", claim.reference)
