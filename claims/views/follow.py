"""Remarks, deadlines and handing over."""

from __future__ import annotations

import uuid
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
from claims.actions import follow as actions
from claims.actions.refused import Refused, require
from claims.documents.calendar import calendar
from claims.documents.handover import notes_of
from claims.models import Claim, ClaimLine, Deadline, Remark, TemplateSection
from claims.queries.follow import due_for, due_in, threads_of
from claims.views import find
from core.enums import Role
from core.forms import DayFormField
from core.models import User
from core.permissions import has_role
from core.views import person
from core.views.once import sent_once

WIDE = {"class": "utrecht-textbox wide"}


class RemarkForm(forms.Form):
    """What to say, and about what."""

    about = forms.ChoiceField(label=gettext_lazy("About"), required=False)
    text = forms.CharField(
        label=gettext_lazy("Remark"),
        max_length=4000,
        widget=forms.Textarea({"rows": 3, "class": "utrecht-textarea"}),
    )

    def __init__(self, *args: Any, claim: Claim, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.places: dict[str, dict[str, Any]] = {}
        choices = [("", _("The claim as a whole"))]
        for question in TemplateSection.objects.filter(template=claim.template_id).order_by("position"):
            self.places[f"question:{question.key}"] = {"question": question}
            choices.append((f"question:{question.key}", f"{question.number} {question.label}"))
        for line in ClaimLine.objects.filter(claim=claim).in_order():
            self.places[f"line:{line.public_id}"] = {"line": line}
            choices.append((f"line:{line.public_id}", line.title))
        self.fields["about"].choices = choices  # type: ignore[attr-defined]

    @property
    def place(self) -> dict[str, Any]:
        """The question or line that is remarked on."""
        return self.places.get(self.cleaned_data["about"], {})


class DeadlineForm(forms.Form):
    """What must be done by when, and by whom."""

    subject = forms.CharField(label=gettext_lazy("What"), max_length=200, widget=forms.TextInput(WIDE))
    due_on = DayFormField(label=gettext_lazy("Due on"))
    responsible = forms.ModelChoiceField(
        label=gettext_lazy("Responsible"),
        queryset=User.objects.none(),
        required=False,
        help_text=gettext_lazy("Empty: the file holder."),
    )

    def __init__(self, *args: Any, claim: Claim, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["responsible"].queryset = colleagues(claim)  # type: ignore[attr-defined]


def colleagues(claim: Claim) -> Any:
    """Return who has a role in the claim's directorate."""
    return (
        User.objects.filter(
            Q(memberships__directorate=claim.directorate_id) | Q(memberships__directorate__isnull=True), is_active=True
        )
        .exclude(memberships__role=Role.ADMINISTRATOR)
        .distinct()
    )


@login_required
@require_GET
def remarks(request: HttpRequest, reference: str) -> HttpResponse:
    """Show remarks and deadlines."""
    return _page(request, find(person(request), reference))


def _page(request: HttpRequest, claim: Claim, status: int = 200, **given: Any) -> HttpResponse:
    context = {
        "claim": claim,
        "tab": "remarks",
        "refusal": None,
        "threads": threads_of(claim),
        "deadlines": due_in(claim),
        "today": timezone.localdate(),
        "may_follow": policies.may_follow(person(request), claim) is None,
        "form": given.get("form") or RemarkForm(claim=claim, initial={"about": request.GET.get("about", "")}),
        "deadline_form": given.get("deadline_form") or DeadlineForm(claim=claim),
    }
    return render(request, "claims/remarks.html", context, status=status)


@login_required
@require_POST
def add_remark(request: HttpRequest, reference: str) -> HttpResponse:
    """Leave a remark or answer one."""
    claim = find(person(request), reference)
    require(policies.may_follow(person(request), claim))
    form = RemarkForm(request.POST, claim=claim)
    answers = _remark(claim, request.POST["answers"]) if request.POST.get("answers") else None
    if not form.is_valid():
        if answers is not None:
            messages.error(request, _("Write your answer; at most 4000 characters."))
            return redirect("claims:remarks", reference)
        return _page(request, claim, status=422, form=form)

    def leave() -> HttpResponse:
        place = {} if answers else form.place
        text = form.cleaned_data["text"]
        actions.remark(by=person(request), at=timezone.now(), claim=claim, text=text, answers=answers, **place)
        messages.success(request, _("Your remark is there."))
        return redirect("claims:remarks", reference)

    try:
        return sent_once(request, leave)
    except Refused as error:
        messages.error(request, str(error.message))
        return redirect("claims:remarks", reference)


def _remark(claim: Claim, text: str) -> Remark:
    try:
        found = Remark.objects.filter(claim=claim, public_id=uuid.UUID(text)).select_related("by", "answers").first()
    except ValueError:
        found = None
    if found is None:
        raise Http404
    return found


@login_required
@require_POST
def close_remark(request: HttpRequest, reference: str, remark: uuid.UUID) -> HttpResponse:
    """Close a remark that is dealt with."""
    claim = find(person(request), reference)
    actions.close_remark(by=person(request), at=timezone.now(), remark=_remark(claim, str(remark)))
    messages.success(request, _("The remark is closed."))
    return redirect("claims:remarks", reference)


@login_required
@require_POST
def add_deadline(request: HttpRequest, reference: str) -> HttpResponse:
    """Add a deadline."""
    claim = find(person(request), reference)
    require(policies.may_follow(person(request), claim))
    form = DeadlineForm(request.POST, claim=claim)
    if not form.is_valid():
        return _page(request, claim, status=422, deadline_form=form)

    def add() -> HttpResponse:
        actions.set_deadline(by=person(request), claim=claim, **form.cleaned_data)
        messages.success(request, _("The deadline is there."))
        return redirect("claims:remarks", reference)

    return sent_once(request, add)


@login_required
@require_POST
def meet_deadline(request: HttpRequest, reference: str, deadline: uuid.UUID) -> HttpResponse:
    """Say that a deadline was met."""
    claim = find(person(request), reference)
    found = Deadline.objects.filter(claim=claim, public_id=deadline).select_related("claim").first()
    if found is None:
        raise Http404
    actions.meet_deadline(by=person(request), on=timezone.localdate(), deadline=found)
    return redirect("claims:remarks", reference)


@login_required
@require_GET
def deadlines(request: HttpRequest) -> HttpResponse:
    """Show what this person must do by when."""
    found = due_for(person(request), Claim.objects.visible_to(person(request)))
    return render(request, "claims/deadlines.html", {"due": found, "today": timezone.localdate()})


@login_required
@require_GET
def deadlines_file(request: HttpRequest) -> HttpResponse:
    """Hand the deadlines out for a calendar program."""
    found = due_for(person(request), Claim.objects.visible_to(person(request)))
    response = HttpResponse(calendar(found, timezone.now()), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="claimregister.ics"'
    return response


@login_required
@require_GET
def handovers(request: HttpRequest, reference: str) -> HttpResponse:
    """Show the notes with which a claim was handed over."""
    claim = find(person(request), reference)
    context = {"claim": claim, "tab": "overview", "refusal": None, "handovers": notes_of(claim)}
    return render(request, "claims/handovers.html", context)


class HandoverForm(forms.Form):
    """To whom, and with which note."""

    to = forms.ModelChoiceField(label=gettext_lazy("New file holder"), queryset=User.objects.none())
    deputy = forms.ModelChoiceField(label=gettext_lazy("Deputy"), queryset=User.objects.none(), required=False)
    note = forms.CharField(
        label=gettext_lazy("Note"),
        required=False,
        max_length=4000,
        widget=forms.Textarea({"rows": 4, "class": "utrecht-textarea"}),
        help_text=gettext_lazy(
            "State, deadlines, open motions and undertakings, remarks and last papers go along by themselves; write what they do not say."
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        officers = User.objects.filter(is_active=True, memberships__role=Role.OFFICER).distinct().order_by("sort_key")
        self.fields["to"].queryset = self.fields["deputy"].queryset = officers  # type: ignore[attr-defined]


@login_required
@require_http_methods(["GET", "POST"])
def hand_over(request: HttpRequest) -> HttpResponse:
    """Choose dossiers and give them to a colleague."""
    user = person(request)
    if not has_role(user, Role.OFFICER, Role.MANAGER, anywhere=True):
        raise PermissionDenied(_("A claim is handed over by its file holder, the deputy or a budget manager."))
    visible = Claim.objects.visible_to(user).select_related("owner", "directorate").order_by("-reference")
    offered = [claim for claim in visible if policies.may_hand_over(user, claim) is None]
    asked = set(request.POST.getlist("claim")) if request.method == "POST" else {request.GET.get("claim", "")}
    form = HandoverForm(request.POST or None)
    problem, status = "", 200
    if request.method == "POST":
        chosen = [claim for claim in offered if claim.reference in asked]
        status = 422
        if not chosen:
            problem = _("Choose at least one dossier.")
        elif form.is_valid():
            try:
                made = actions.hand_over(by=user, at=timezone.now(), claims=chosen, **form.cleaned_data)
                text = _("%(count)s dossiers handed over to %(name)s.")
                messages.success(request, text % {"count": len(made), "name": form.cleaned_data["to"]})
                return redirect("home")
            except Refused as error:
                problem = str(error.message)
    context = {"form": form, "offered": offered, "asked": asked, "problem": problem}
    return render(request, "claims/hand_over.html", context, status=status)
