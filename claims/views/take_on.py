"""Taking on what runs already: opening balances added by a financial officer, taken in by a controller."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from claims import policies
from claims.actions import take_on as actions
from claims.actions.refused import Refused, require
from claims.importers.preview import questions_of
from claims.importers.take_on import COLUMNS, Opening
from claims.models import TakeOn
from claims.models.books import LARGEST_FILE
from claims.rules.take_on import sums
from claims.views.money import LedgerForm
from core.forms import DayFormField
from core.language import language
from core.tabular import Format
from core.tabular import template as sheet_to_fill_in
from core.views import person

FIRST_ROWS = 25
MOST_SHOWN = 50


class TakeOnForm(LedgerForm):
    """One sheet, per which day, and where it comes from."""

    as_of = DayFormField(
        label=gettext_lazy("As of"), help_text=gettext_lazy("The stands of the file are those at the end of this day.")
    )
    source = forms.CharField(
        label=gettext_lazy("Source"),
        max_length=200,
        help_text=gettext_lazy("Where the stands come from, for example the year's closing in the books."),
    )
    file = forms.FileField(
        label=gettext_lazy("File with opening balances"),
        help_text=gettext_lazy(
            "CSV, XLSX or ODS, at most 20 MB. Nothing is recorded before you have seen what it does."
        ),
    )

    def clean_file(self) -> Any:
        """Refuse what is too large before it is read."""
        found = self.cleaned_data["file"]
        if found.size > LARGEST_FILE:
            raise forms.ValidationError(_("The file is larger than 20 MB. Divide it in parts."))
        return found


@login_required
@require_http_methods(["GET", "POST"])
def take_on(request: HttpRequest) -> HttpResponse:
    """Add a file with opening balances, or look back at earlier ones."""
    user = person(request)
    require(policies.may_keep_books(user))
    form, status = TakeOnForm(request.POST or None, request.FILES or None), 200
    if request.method == "POST":
        require(policies.may_book(user))
        status = 422
        if form.is_valid():
            sent, data = form.cleaned_data["file"], form.cleaned_data
            try:
                kept = actions.keep(
                    by=user,
                    at=timezone.now(),
                    name=sent.name,
                    content=sent.read(),
                    as_of=data["as_of"],
                    source=data["source"],
                )
                return redirect("claims:take-on-file", kept.public_id)
            except Refused as error:
                form.add_error(None, str(error.message))
    earlier = TakeOn.objects.defer("content").select_related("added_by", "done_by").order_by("-pk")[:MOST_SHOWN]
    context = {
        "form": form,
        "files": earlier,
        "formats": list(Format),
        "refusal": policies.may_book(user),
    }
    return render(request, "claims/take_on.html", context, status=status)


@login_required
@require_GET
def template(request: HttpRequest, kind: str) -> HttpResponse:
    """Hand out a sheet to fill in."""
    require(policies.may_keep_books(person(request)))
    try:
        wanted = Format(kind)
    except ValueError:
        raise Http404 from None
    content = b"".join(sheet_to_fill_in(wanted, COLUMNS, language=language()))
    response = HttpResponse(content, content_type=wanted.content_type)
    response["Content-Disposition"] = content_disposition_header(True, f"{_('opening balance')}.{wanted.value}")
    return response


def _find(file: uuid.UUID) -> TakeOn:
    found = TakeOn.objects.filter(public_id=file).select_related("added_by", "done_by").first()
    if found is None:
        raise Http404
    return found


@login_required
@require_http_methods(["GET", "POST"])
def show(request: HttpRequest, file: uuid.UUID) -> HttpResponse:
    """Show what a file would record, take answers to what it asks, or put it away."""
    user = person(request)
    require(policies.may_keep_books(user))
    kept = _find(file)
    try:
        if "put_away" in request.POST:
            actions.put_away(by=user, at=timezone.now(), file=kept)
            messages.success(request, _("The file is put away. Nothing of it was recorded."))
            return redirect("claims:take-on")
        if request.method == "POST":
            actions.answer_questions(by=user, file=kept, answers=_given(request, kept))
            return redirect("claims:take-on-file", kept.public_id)
    except Refused as error:
        messages.error(request, str(error.message))
        return redirect("claims:take-on-file", kept.public_id)
    return _page(request, kept)


def _given(request: HttpRequest, kept: TakeOn) -> dict[str, str]:
    given = {}
    for question in questions_of(actions.look(kept).findings) if kept.done_at is None else ():
        value = request.POST.get(f"answer:{question.key}", "")
        if value in {answer.value for answer in question.answers}:
            given[question.key] = value
    return given


def _page(request: HttpRequest, kept: TakeOn, status: int = 200, problem: str = "") -> HttpResponse:
    found: Opening | None = None if kept.done_at else actions.look(kept)
    user = person(request)
    context = {
        "file": kept,
        "problem": problem,
        "found": found,
        "questions": questions_of(found.findings) if found else (),
        "refusals": [finding for finding in found.findings if not finding.question] if found else [],
        "sums": sums(found.items) if found else [],
        "rows": found.items[:FIRST_ROWS] if found else [],
        "refusal": policies.may_take_on(user, kept),
    }
    return render(request, "claims/take_on_file.html", context, status=status)


@login_required
@require_POST
def take_in(request: HttpRequest, file: uuid.UUID) -> HttpResponse:
    """Take a file in as it was shown."""
    kept = _find(file)
    require(policies.may_take_on(person(request), kept))
    try:
        actions.take_in(by=person(request), at=timezone.now(), file=kept, shown=request.POST.get("mark", ""))
    except Refused as error:
        return _page(request, _find(file), status=409, problem=str(error.message))
    messages.success(request, _("The opening balance is taken in."))
    return redirect("claims:take-on-file", kept.public_id)
