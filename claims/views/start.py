"""Beginning a claim: the quick start and the copy to a next year."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from claims import policies
from claims.actions.create import copy_to_next_year, quick_start
from claims.forms import QuickStartForm
from claims.models import Claim
from claims.views import find
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
