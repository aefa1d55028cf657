"""Motions and undertakings: the list with what is due, one of them, and settling it."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from claims import policies
from claims.actions import parliament as actions
from claims.actions.refused import Refused, require
from claims.enums import HouseItemKind, HouseItemState
from claims.models import HouseItem
from claims.queries.follow import items_for
from core.forms import DayFormField
from core.permissions import standing
from core.views import person

ROWS = 50
WIDE = {"class": "utrecht-textbox wide"}


class SettleForm(forms.Form):
    """By which letter, and when."""

    on = DayFormField(label=gettext_lazy("Date of the letter"))
    letter = forms.CharField(
        label=gettext_lazy("Letter"),
        max_length=200,
        widget=forms.TextInput(WIDE),
        help_text=gettext_lazy("Its Kamerstuk, or its title: Kamerstuk 36 045, nr. 214."),
    )
    remark = forms.CharField(
        label=gettext_lazy("Remark"),
        max_length=2000,
        required=False,
        widget=forms.Textarea({"rows": 2, "class": "utrecht-textarea"}),
    )


class LapseForm(forms.Form):
    """Why it asks for nothing any more, and since when."""

    on = DayFormField(label=gettext_lazy("Lapsed on"))
    remark = forms.CharField(
        label=gettext_lazy("Why"), max_length=2000, widget=forms.Textarea({"rows": 2, "class": "utrecht-textarea"})
    )


@login_required
@require_GET
def items(request: HttpRequest) -> HttpResponse:
    """List motions and undertakings, open ones by their day."""
    user, today = person(request), timezone.localdate()
    if not standing(user).all_roles():
        raise PermissionDenied
    asked = {name: request.GET.get(name, "") for name in ("kind", "state", "q")}
    state = asked["state"] if "state" in request.GET else str(HouseItemState.OPEN)
    rows = items_for(user)
    if asked["kind"] in HouseItemKind.values:
        rows = rows.filter(kind=asked["kind"])
    if state == "overdue":
        rows = rows.open().filter(due_on__lt=today)
    elif state in HouseItemState.values:
        rows = rows.filter(state=state)
    for word in asked["q"].replace("\x00", " ").split()[:8]:
        rows = rows.filter(
            Q(title__icontains=word)
            | Q(document__icontains=word)
            | Q(signatory__icontains=word)
            | Q(text__icontains=word)
        )
    page = Paginator(rows.by_due_day(), ROWS).get_page(request.GET.get("page"))
    query = request.GET.copy()
    query.pop("page", None)
    context = {
        "page": page,
        "rows": [(item, item.overdue(today)) for item in page],
        "query": query.urlencode(),
        "asked": asked | {"state": state},
        "kinds": HouseItemKind.choices,
        "states": [*HouseItemState.choices, ("overdue", _("overdue"))],
        "may_add": policies.may_keep_item(user) is None,
    }
    return render(request, "claims/house_items.html", context)


def _find(request: HttpRequest, item: uuid.UUID) -> HouseItem:
    found: HouseItem | None = items_for(person(request)).filter(public_id=item).first()
    if found is None:
        raise Http404
    return found


@login_required
@require_GET
def item(request: HttpRequest, item: uuid.UUID) -> HttpResponse:
    """Show one."""
    return _page(request, _find(request, item))


def _page(request: HttpRequest, found: HouseItem, status: int = 200, **forms_given: Any) -> HttpResponse:
    today = timezone.localdate()
    context = {
        "item": found,
        "overdue": found.overdue(today),
        "refusal": policies.may_keep_item(person(request), found),
        "settle_form": forms_given.get("settle") or SettleForm(auto_id="settle_%s"),
        "lapse_form": forms_given.get("lapse") or LapseForm(auto_id="lapse_%s", initial={"on": today}),
        "problem": forms_given.get("problem", ""),
    }
    return render(request, "claims/house_item.html", context, status=status)


def _close(request: HttpRequest, item: uuid.UUID, how: str, form: forms.Form, act: Any, said: str) -> HttpResponse:
    """Settle it or let it lapse, or show its page again with what was wrong. `how` names the form on the page."""
    found = _find(request, item)
    require(policies.may_keep_item(person(request), found))
    if not form.is_valid():
        return _page(request, found, status=422, **{how: form})
    try:
        act(by=person(request), item=found, **form.cleaned_data)
    except Refused as error:
        return _page(request, found, status=422, problem=str(error.message), **{how: form})
    messages.success(request, said % found)
    return redirect("claims:house-item", found.public_id)


@login_required
@require_POST
def settle(request: HttpRequest, item: uuid.UUID) -> HttpResponse:
    """Name the letter that settles it."""
    form = SettleForm(request.POST, auto_id="settle_%s")
    return _close(request, item, "settle", form, actions.settle, _("Settled: %s"))


@login_required
@require_POST
def lapse(request: HttpRequest, item: uuid.UUID) -> HttpResponse:
    """Say that it asks for nothing any more."""
    form = LapseForm(request.POST, auto_id="lapse_%s")
    return _close(request, item, "lapse", form, actions.lapse, _("Lapsed: %s"))


@login_required
@require_POST
def take_up_again(request: HttpRequest, item: uuid.UUID) -> HttpResponse:
    """Open it again."""
    found = _find(request, item)
    actions.take_up_again(by=person(request), item=found)
    messages.success(request, _("Open again: %s") % found)
    return redirect("claims:house-item", found.public_id)
