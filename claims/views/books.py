"""Taking in payments from the ministry's books, and what deviates because of them."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from claims import policies
from claims.actions import books as actions
from claims.actions.ledger import explain_deviation
from claims.actions.refused import Refused, require
from claims.checks.books import Above
from claims.enums import LimitKind
from claims.importers.payments import COLUMNS, Examined, examine
from claims.models import BooksFile, Deviation
from claims.models.books import LARGEST_FILE
from claims.queries import books as queries
from core.language import language
from core.permissions import standing
from core.tabular import Answer, Finding, Format
from core.tabular import template as sheet_to_fill_in
from core.views import person

MOST_SHOWN = 50
FIRST_ROWS = 10


class FileForm(forms.Form):
    """One sheet."""

    file = forms.FileField(
        label=gettext_lazy("File from the books"),
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
def books(request: HttpRequest) -> HttpResponse:
    """Add a file from the books, or look back at earlier ones."""
    user = person(request)
    require(policies.may_book(user))
    form, status = FileForm(request.POST or None, request.FILES or None), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            sent = form.cleaned_data["file"]
            try:
                kept = actions.keep_file(by=user, at=timezone.now(), name=sent.name, content=sent.read())
                return redirect("claims:books-file", kept.public_id)
            except Refused as error:
                form.add_error("file", str(error.message))
    earlier = BooksFile.objects.defer("content").select_related("added_by", "done_by").order_by("-pk")[:MOST_SHOWN]
    context = {"form": form, "files": earlier, "formats": list(Format), "until": queries.reconciled_until()}
    return render(request, "claims/books.html", context, status=status)


@login_required
@require_GET
def template(request: HttpRequest, kind: str) -> HttpResponse:
    """Hand out a sheet to fill in, with the commitments on which something may still be paid."""
    user = person(request)
    require(policies.may_book(user))
    try:
        wanted = Format(kind)
    except ValueError:
        raise Http404 from None
    rows = [_to_fill_in(number=number, partner=partner) for number, partner in queries.commitments_to_report(user)]
    content = b"".join(sheet_to_fill_in(wanted, COLUMNS, rows, language=language()))
    response = HttpResponse(content, content_type=wanted.content_type)
    response["Content-Disposition"] = content_disposition_header(True, f"{_('payments')}.{wanted.value}")
    return response


def _to_fill_in(**known: str) -> list[str | None]:
    return [known.get(column.name) for column in COLUMNS]


# -- one file ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Question:
    """What a file asks: its key, the places where it came up, and the answers it takes."""

    key: str
    places: list[Finding]
    answers: tuple[Answer, ...]


@dataclass(frozen=True)
class Passed:
    """A limit that the file passes, for the preview. `amount` in EUR."""

    kind: str
    target: str
    amount: Decimal
    voucher: str


def _find(file: uuid.UUID) -> BooksFile:
    found = BooksFile.objects.filter(public_id=file).select_related("added_by", "done_by").first()
    if found is None:
        raise Http404
    return found


@login_required
@require_http_methods(["GET", "POST"])
def show(request: HttpRequest, file: uuid.UUID) -> HttpResponse:
    """Show what a file would do, take answers to what it asks, or put it away."""
    user = person(request)
    require(policies.may_book(user))
    kept = _find(file)
    try:
        if "put_away" in request.POST:
            actions.put_away(by=user, at=timezone.now(), file=kept)
            messages.success(request, _("The file is put away. Nothing of it was recorded."))
            return redirect("claims:books")
        if request.method == "POST":
            actions.answer_questions(by=user, file=kept, answers=_given(request, kept))
            return redirect("claims:books-file", kept.public_id)
    except Refused as error:
        messages.error(request, str(error.message))
        return redirect("claims:books-file", kept.public_id)
    return _page(request, kept)


def _page(request: HttpRequest, kept: BooksFile, status: int = 200, problem: str = "") -> HttpResponse:
    context: dict[str, Any] = {"file": kept, "problem": problem}
    if kept.done_at is None:
        found = _examined(kept)
        context |= {
            "found": found,
            "questions": _questions(found),
            "refusals": [finding for finding in found.findings if not finding.question],
            "rows": found.facts[:FIRST_ROWS],
            "passed": _passed(found.weighed.above[:MOST_SHOWN]),
            "passed_in_all": len(found.weighed.above),
            "sum": sum((fact.signed for fact in found.facts), Decimal(0)),
            "left_out": sum(found.reading.left_out.values()),
        }
    return render(request, "claims/books_file.html", context, status=status)


def _examined(kept: BooksFile) -> Examined:
    return examine(bytes(kept.content or b""), kept.name, digest=kept.digest, answers=kept.answers)


def _questions(found: Examined) -> list[Question]:
    by_key: dict[str, list[Finding]] = {}
    for finding in found.findings:
        if finding.question:
            by_key.setdefault(finding.question, []).append(finding)
    return [Question(key, places[:FIRST_ROWS], places[0].answers) for key, places in by_key.items()]


def _given(request: HttpRequest, kept: BooksFile) -> dict[str, str]:
    """Return the answers that were given to what the file asks; any other is left out."""
    if kept.done_at:
        return {}
    given = {}
    for question in _questions(_examined(kept)):
        value = request.POST.get(f"answer:{question.key}", "")
        if value in {answer.value for answer in question.answers}:
            given[question.key] = value
    return given


def _passed(above: list[Above]) -> list[Passed]:
    names = {
        kind: queries.names_of_targets(kind, [row.target for row in above if row.kind == kind])
        for kind in {row.kind for row in above}
    }
    return [
        Passed(str(LimitKind(row.kind).label), names[row.kind].get(row.target, ""), row.amount, row.voucher)
        for row in above
    ]


@login_required
@require_POST
def take_in(request: HttpRequest, file: uuid.UUID) -> HttpResponse:
    """Take a file in as it was shown. Clicked twice, it is taken in once."""
    user = person(request)
    require(policies.may_book(user))
    kept = _find(file)
    try:
        done = actions.take_in_file(by=user, at=timezone.now(), file=kept, shown=request.POST.get("mark", ""))
    except Refused as error:
        return _page(request, _find(file), status=409, problem=str(error.message))
    messages.success(request, _("The file is taken in: %(new)s new.") % {"new": done.new})
    return redirect("claims:books-file", done.public_id)


# -- deviations -------------------------------------------------------------------------------------------------------


class ExplanationForm(forms.Form):
    """Why a fact passed its limit."""

    explanation = forms.CharField(
        label=gettext_lazy("Explanation"),
        max_length=4000,
        widget=forms.Textarea({"rows": 4, "class": "utrecht-textarea"}),
        help_text=gettext_lazy("What happened, and what is done about it. It cannot be changed afterwards."),
    )


@login_required
@require_GET
def deviations(request: HttpRequest) -> HttpResponse:
    """Show what deviates, what is to be explained first."""
    user = person(request)
    if not standing(user).all_roles():
        raise PermissionDenied(_("You have no role yet. Ask the administrator."))
    pages = Paginator(queries.deviations_for(user), MOST_SHOWN)
    page = pages.get_page(request.GET.get("page"))
    context = {"page": page, "today": timezone.localdate(), "until": queries.reconciled_until()}
    return render(request, "claims/deviations.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def deviation(request: HttpRequest, deviation: uuid.UUID) -> HttpResponse:
    """Show one deviation, and explain it."""
    user = person(request)
    found: Deviation | None = queries.deviations_for(user).filter(public_id=deviation).first()
    if found is None:
        raise Http404
    form, problem, status = ExplanationForm(request.POST or None), "", 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                explain_deviation(
                    by=user, at=timezone.now(), deviation=found, explanation=form.cleaned_data["explanation"]
                )
                messages.success(request, _("The explanation is recorded."))
                return redirect("claims:deviations")
            except Refused as error:
                problem = str(error.message)
    may = found.owner_id == user.pk or policies.may_control(user) is None
    context = {"deviation": found, "form": form, "problem": problem, "may_explain": may, "today": timezone.localdate()}
    return render(request, "claims/deviation.html", context, status=status)
