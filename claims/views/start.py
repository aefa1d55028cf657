"""Beginning a claim: the quick start and the copy to a next year."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from claims import policies
from claims.actions.begin import begin_from_word
from claims.actions.create import copy_to_next_year, quick_start
from claims.forms import FromWordForm, QuickStartForm
from claims.importers.word import read_form
from claims.models import Claim
from claims.queries.templates import template_like
from claims.views import find, find_tree
from core import richtext
from core.pandoc import BadFile, read_docx
from core.pandoc.package import LARGEST_FILE, TOO_LARGE
from core.periods import is_budget_year
from core.views import person
from core.views.once import sent_once


@login_required
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Make a claim from title, amount, partner and cover."""
    refusal = policies.may_create(person(request))
    if refusal:
        raise PermissionDenied(refusal)
    form = QuickStartForm(request.POST or None, user=person(request), this_year=timezone.localdate().year)
    if request.method == "POST" and form.is_valid():
        return sent_once(request, lambda: _begin(request, form))
    return render(request, "claims/new.html", {"form": form}, status=422 if form.errors else 200)


def _begin(request: HttpRequest, form: QuickStartForm) -> HttpResponse:
    claim = quick_start(by=person(request), at=timezone.now(), **form.cleaned_data)
    messages.success(
        request, _("The claim is there, with reference %s. What is still missing stands below.") % claim.reference
    )
    return redirect("claims:overview", claim.reference)


@login_required
@require_http_methods(["GET", "POST"])
def from_word(request: HttpRequest) -> HttpResponse:
    """Make a claim from last year's form in Word."""
    refusal = policies.may_create(person(request))
    if refusal:
        raise PermissionDenied(refusal)
    sent = {"data": request.POST, "files": request.FILES} if request.method == "POST" else {}
    form = FromWordForm(**sent, user=person(request), this_year=timezone.localdate().year)
    if request.method == "POST" and form.is_valid():
        claim = _begun(request, form)
        if claim:
            return redirect("claims:begun", claim.reference)
    return render(request, "claims/from_word.html", {"form": form}, status=422 if form.errors else 200)


def _begun(request: HttpRequest, form: FromWordForm) -> Claim | None:
    """Read the file and make the claim; what is wrong stands with the form."""
    data = form.cleaned_data
    try:
        if data["file"].size > LARGEST_FILE:
            raise BadFile(TOO_LARGE, "too_large")
        document = read_docx(data["file"].read())
        template, questions = template_like(document)
        found = read_form(document, questions)
        if not found.answers():
            message = _(
                "No question of the CW 3.1 form was found in this file. Is it the form, and are its labels in it?"
            )
            raise BadFile(message, "no_form")
        claim = begin_from_word(
            by=person(request),
            at=timezone.now(),
            directorate=data["directorate"],
            title=data["title"],
            year=data["year"],
            form=found,
            template=template,
        )
    except (BadFile, richtext.Unreadable) as error:
        form.add_error("file", str(error.message))
        return None
    request.session[f"begun:{claim.reference}"] = [text[:400] for text in found.left_over[:100]]
    return claim


@login_required
@require_GET
def begun(request: HttpRequest, reference: str) -> HttpResponse:
    """Say what was recognised in the Word file, and what was not."""
    tree = find_tree(person(request), reference)
    context = {
        "claim": tree.claim,
        "tab": "begun",
        "found": [question for question, section in tree.sections if section],
        "missing": [question for question, section in tree.sections if not section],
        "parts": list(tree.claim.annex_parts.all()),
        "left_over": request.session.get(f"begun:{reference}", []),
        "refusal": policies.may_edit(person(request), tree.claim),
    }
    return render(request, "claims/begun.html", context)


@login_required
@require_POST
def copy(request: HttpRequest, reference: str) -> HttpResponse:
    """Copy a claim to another year."""
    claim = find(person(request), reference)
    typed = request.POST.get("year", "")
    if not (typed.isascii() and typed.isdecimal() and len(typed) == 4 and is_budget_year(int(typed))):
        messages.error(request, _("Give the year to copy to as four figures, for example 2027."))
        return redirect("claims:overview", reference)
    return sent_once(request, lambda: _copied(request, claim, int(typed)))


def _copied(request: HttpRequest, claim: Claim, year: int) -> HttpResponse:
    fresh = copy_to_next_year(by=person(request), at=timezone.now(), claim=claim, year=year)
    messages.success(
        request,
        _("Copied to %(year)s as %(reference)s. Every figure is marked “still to be updated”.")
        % {"year": year, "reference": fresh.reference},
    )
    return redirect("claims:overview", fresh.reference)
