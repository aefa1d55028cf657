""" "Controleer mijn stuk": any Word file or pasted text, of no claim. Nothing of it is kept."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from claims.checks.piece import LONGEST, PieceReport, check_piece
from claims.forms import PieceForm, too_long
from claims.models import TemplateSection
from core import richtext
from core.pandoc import BadFile, read_docx
from core.pandoc.package import LARGEST_FILE, TOO_LARGE
from core.permissions import standing
from core.richtext.reading import UNSTORABLE
from core.views import person

SHOWN = 300  # findings on one page


@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def check(request: HttpRequest) -> HttpResponse:
    """Ask for a piece, or say what is found in it."""
    if not standing(person(request)).all_roles():
        raise PermissionDenied
    form = PieceForm(request.POST, request.FILES) if request.method == "POST" else PieceForm()
    report = None
    if request.method == "POST" and form.is_valid():
        try:
            report = _report(form.cleaned_data)
        except BadFile as error:
            form.add_error("file", str(error.message))
    context = {
        "form": form,
        "report": report,
        "findings": report.findings[:SHOWN] if report else (),
        "more": max(0, len(report.findings) - SHOWN) if report else 0,
        "name": form.cleaned_data["file"].name if report and form.cleaned_data.get("file") else _("the pasted text"),
    }
    return render(request, "claims/piece.html", context, status=422 if form.errors else 200)


def _report(sent: dict[str, Any]) -> PieceReport:
    text = plain(sent["file"]) if sent.get("file") else sent["text"]
    if len(text) > LONGEST:
        raise BadFile(too_long(), "too_long")
    questions: dict[str, list[str]] = {}
    titles: dict[str, str] = {}
    for row in TemplateSection.objects.filter(template__active=True).order_by("-template__preferred", "position"):
        known = questions.setdefault(row.key, [])
        known.extend(question for question in row.questions if question not in known)
        titles.setdefault(row.key, f"{row.number} {row.label}")
    return check_piece(UNSTORABLE.sub("", text.replace("\r\n", "\n")), questions, titles)


def plain(file: Any) -> str:
    """Return a Word file's text, one passage per paragraph, list item or cell. Raises BadFile."""
    if file.size > LARGEST_FILE:
        raise BadFile(TOO_LARGE, "too_large")
    return "\n\n".join(passage.text for passage in richtext.passages(read_docx(file.read())))
