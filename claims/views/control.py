"""The control file: chosen claims, or a random sample of them."""

from __future__ import annotations

import random

from django import forms
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from claims.documents.control_file import control_file
from claims.models import Claim
from core.audit import record
from core.enums import Role
from core.permissions import has_role
from core.views import person

MOST_CLAIMS = 50
LOOKERS = (Role.CONTROLLER, Role.READER, Role.MANAGER)


class SampleForm(forms.Form):
    """How many claims to draw, and the number with which the same draw can be made again."""

    size = forms.IntegerField(label=gettext_lazy("How many"), required=False, min_value=1, max_value=MOST_CLAIMS)
    seed = forms.IntegerField(
        label=gettext_lazy("Number of the draw"),
        required=False,
        min_value=0,
        max_value=10**9,
        help_text=gettext_lazy("The same number draws the same claims again. Empty: a new draw."),
    )


@login_required
@require_http_methods(["GET", "POST"])
def control(request: HttpRequest) -> HttpResponse:
    """Choose claims, or draw a sample, and download the file."""
    user = person(request)
    if not has_role(user, *LOOKERS, anywhere=True):
        raise PermissionDenied(_("Control files are for controllers, budget managers and readers."))
    visible = list(
        Claim.objects.visible_to(user)
        .select_related("directorate", "owner")
        .exclude(state="draft")
        .order_by("-reference")
    )
    form = SampleForm(request.POST or None)
    problem = ""
    if request.method == "POST" and form.is_valid():
        asked = set(request.POST.getlist("claim"))
        chosen = [claim for claim in visible if claim.reference in asked]
        seed = None
        if form.cleaned_data["size"]:
            seed = form.cleaned_data["seed"]
            seed = random.SystemRandom().randrange(10**6) if seed is None else seed
            pool = sorted(chosen or visible, key=lambda claim: str(claim.reference))
            drawn = random.Random(seed).sample(pool, min(form.cleaned_data["size"], len(pool)))  # noqa: S311 (repeatable on purpose)
            chosen = sorted(drawn, key=lambda claim: str(claim.reference))
        if not chosen:
            problem = _("Choose at least one claim, or say how many to draw.")
        elif len(chosen) > MOST_CLAIMS:
            problem = _("Choose at most %s claims at once.") % MOST_CLAIMS
        else:
            at = timezone.now()
            content = control_file(chosen)
            for claim in chosen:
                record(
                    by=user, at=at, kind="export", subject=f"claim {claim.public_id}", what="control-file", seed=seed
                )
            response = HttpResponse(content, content_type="application/zip")
            name = "controledossier" if seed is None else f"controledossier-{seed}"
            response["Content-Disposition"] = f'attachment; filename="{name}.zip"'
            return response
    status = 422 if request.method == "POST" else 200
    return render(
        request,
        "claims/control.html",
        {"form": form, "claims": visible, "problem": problem, "most": MOST_CLAIMS},
        status=status,
    )
