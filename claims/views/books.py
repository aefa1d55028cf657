"""Taking in payments from the ministry's books, and what deviates because of them."""

from __future__ import annotations

import uuid
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
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from django_htmx.http import HttpResponseClientRefresh

from claims import policies
from claims.actions import books as actions
from claims.actions.books_work import ask
from claims.actions.ledger import explain_deviation
from claims.actions.refused import Refused, require
from claims.enums import BooksWorkKind
from claims.importers.payments import COLUMNS, examine
from claims.importers.preview import MOST_SHOWN, Preview, from_values, preview_of
from claims.models import BooksFile, BooksWork, Deviation
from claims.models.books import LARGEST_FILE
from claims.queries import books as queries
from core.language import language
from core.permissions import standing
from core.tabular import Format
from core.tabular import template as sheet_to_fill_in
from core.views import person
from core.work import worker_is_running


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
                if kept.large:
                    ask(by=user, at=timezone.now(), file=kept, kind=BooksWorkKind.LOOK)
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
            if "look" not in request.POST:
                kept = actions.answer_questions(by=user, file=kept, answers=_given(request, kept))
            if kept.large:
                ask(by=user, at=timezone.now(), file=kept, kind=BooksWorkKind.LOOK)
            return redirect("claims:books-file", kept.public_id)
    except Refused as error:
        messages.error(request, str(error.message))
        return redirect("claims:books-file", kept.public_id)
    return _page(request, kept)


def _page(request: HttpRequest, kept: BooksFile, status: int = 200, problem: str = "") -> HttpResponse:
    work = _newest_work(kept)
    context = {
        "file": kept,
        "problem": problem or (work.problem if work else ""),
        "work": work,
        "worker": worker_is_running(),
        "preview": _preview(kept, work),
    }
    return render(request, "claims/books_file.html", context, status=status)


def _newest_work(kept: BooksFile) -> BooksWork | None:
    """Return what the worker did last with a large file that still waits."""
    if kept.done_at or not kept.large:
        return None
    found: BooksWork | None = kept.works.order_by("-pk").first()
    return found


def _preview(kept: BooksFile, work: BooksWork | None) -> Preview | None:
    """Return what the file would do: reckoned now, or by the worker when the file is large; None when that is not known."""
    if kept.done_at:
        return None
    if not kept.large:
        content = bytes(kept.content or b"")
        return preview_of(examine(content, kept.name, digest=kept.digest, answers=kept.answers))
    return from_values(work.outcome) if work and work.outcome else None


def _given(request: HttpRequest, kept: BooksFile) -> dict[str, str]:
    """Return the answers that were given to what the file asks; any other is left out."""
    preview = _preview(kept, _newest_work(kept))
    given = {}
    for question in preview.questions if preview else ():
        value = request.POST.get(f"answer:{question.key}", "")
        if value in {answer.value for answer in question.answers}:
            given[question.key] = value
    return given


@login_required
@require_POST
def take_in(request: HttpRequest, file: uuid.UUID) -> HttpResponse:
    """Take a file in as it was shown, a large one in the worker. Clicked twice, it is taken in once."""
    user, at, mark = person(request), timezone.now(), request.POST.get("mark", "")
    require(policies.may_book(user))
    kept = _find(file)
    try:
        if kept.large and kept.done_at is None:
            ask(by=user, at=at, file=kept, kind=BooksWorkKind.TAKE_IN, shown=mark)
            return redirect("claims:books-file", kept.public_id)
        done = actions.take_in_file(by=user, at=at, file=kept, shown=mark)
    except Refused as error:
        return _page(request, _find(file), status=409, problem=str(error.message))
    messages.success(request, _("The file is taken in: %(new)s new.") % {"new": done.new})
    return redirect("claims:books-file", done.public_id)


@login_required
@never_cache
@require_GET
def progress(request: HttpRequest, file: uuid.UUID) -> HttpResponse:
    """Answer how far the worker is with a large file, for the part of its page that asks again and again."""
    require(policies.may_book(person(request)))
    kept = _find(file)
    work = _newest_work(kept)
    if not request.htmx:  # type: ignore[attr-defined]
        return redirect("claims:books-file", kept.public_id)
    if work is None or work.finished:
        return HttpResponseClientRefresh()
    context = {"file": kept, "work": work, "worker": worker_is_running()}
    return render(request, "claims/books_progress.html", context)


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
