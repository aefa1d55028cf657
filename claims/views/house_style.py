"""The look of Word and OpenDocument files: the organisation's own reference documents, added, tried and taken into use."""

from __future__ import annotations

import uuid
from typing import Any, cast

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
from claims.actions import house_style as actions
from claims.actions.refused import Refused, require
from claims.documents.style_sample import sample_file
from claims.models import HouseStyle, StyleFormat
from claims.office import KINDS
from core.pandoc.look import LARGEST_LOOK, NEEDED, TOO_LARGE
from core.pandoc.writing import REFERENCES, Format
from core.views import person
from core.views.once import sent_once


class StyleForm(forms.Form):
    """A reference document."""

    file = forms.FileField(
        label=gettext_lazy("Template"),
        help_text=gettext_lazy("A .docx or .odt of at most 5 MB, without macros and without links to other files."),
        widget=forms.FileInput({"accept": ".docx,.odt"}),
    )

    def clean_file(self) -> Any:
        """Refuse what is too large before it is read."""
        sent = self.cleaned_data["file"]
        if sent.size > LARGEST_LOOK:
            raise forms.ValidationError(TOO_LARGE)
        return sent


@login_required
@require_http_methods(["GET", "POST"])
def styles(request: HttpRequest) -> HttpResponse:
    """List the versions of each format; add one."""
    require(policies.may_style(person(request)))
    form = StyleForm(request.POST, request.FILES) if request.method == "POST" else StyleForm()
    if request.method == "POST" and form.is_valid():
        try:
            return sent_once(request, lambda: _added(request, form.cleaned_data["file"]))
        except Refused as error:
            form.add_error("file", str(error.message))
    rows = list(HouseStyle.objects.told())
    formats = [
        {
            "code": code,
            "label": label,
            "rows": [row for row in rows if row.format == code],
            "own": not any(row.in_use for row in rows if row.format == code),
            "needed": NEEDED[cast(Format, code)],
        }
        for code, label in StyleFormat.choices
    ]
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "claims/house_styles.html", {"form": form, "formats": formats}, status=status)


def _added(request: HttpRequest, sent: Any) -> HttpResponse:
    style = actions.add_style(by=person(request), at=timezone.now(), name=sent.name, content=sent.read())
    messages.success(
        request, _("The template is added as version %d. Look at its sample, and take it into use.") % style.number
    )
    return redirect("claims:house-styles")


def _find(request: HttpRequest, style: uuid.UUID) -> HouseStyle:
    require(policies.may_style(person(request)))
    found: HouseStyle | None = HouseStyle.objects.filter(public_id=style).first()
    if found is None:
        raise Http404
    return found


@login_required
@require_POST
def settle(request: HttpRequest, style: uuid.UUID) -> HttpResponse:
    """Take a version into use, or go back to our own look."""
    found = _find(request, style)
    if "drop" in request.POST:
        actions.drop_style(by=person(request), style=found)
        messages.success(request, _("New files have the look that comes with the program again."))
    elif "use" in request.POST:
        actions.use_style(by=person(request), style=found)
        messages.success(request, _("New files have this look from now on. What is frozen stays as it was."))
    return redirect("claims:house-styles")


@login_required
@require_GET
def file(request: HttpRequest, style: uuid.UUID) -> HttpResponse:
    """Serve a version as it was added."""
    found = _find(request, style)
    return _file(bytes(found.content), found.format, f"huisstijl-v{found.number}.{found.format}")


@login_required
@require_GET
def sample(request: HttpRequest, style: uuid.UUID) -> HttpResponse:
    """Make and serve a file that shows every style of a version."""
    found = _find(request, style)
    content = sample_file(cast(Format, found.format), bytes(found.content))
    return _file(content, found.format, f"voorbeeld-v{found.number}.{found.format}")


@login_required
@require_GET
def own_file(request: HttpRequest, kind: str) -> HttpResponse:
    """Serve the look that comes with the program, to begin one's own from."""
    require(policies.may_style(person(request)))
    if kind not in REFERENCES:
        raise Http404
    return _file(REFERENCES[kind].read_bytes(), kind, f"claimregister.{kind}")


def _file(content: bytes, kind: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=KINDS[kind])
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-cache"
    return response
