"""Frozen papers: freezing one, its page, and its files byte for byte."""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header, quote_etag
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from claims import policies
from claims.actions import freeze as actions
from claims.actions.printout import ask_printout
from claims.actions.refused import Refused, require
from claims.checks.typed import Typed, typed
from claims.documents.difference import Difference, compare
from claims.documents.public import rebuilt
from claims.documents.snapshot import Kept, kept
from claims.kinds import KINDS, Blocker, Kind
from claims.models import FileFormat, Freezing, FrozenFile, FrozenPaper, Printout, RenderState
from claims.queries.outdated import Outdated, outdated
from core.enums import Role
from core.permissions import Refusal, has_role, standing, within_reach
from core.views import person
from core.views.once import sent_once
from core.work import worker_is_running

SHOWN_INSIDE = "application/pdf"  # the one kind of file a browser shows by itself


def find_subject(request: HttpRequest, kind: str, subject: uuid.UUID) -> tuple[Kind, Any]:
    """Return a kind of paper and a subject this person may see, or answer 404."""
    chosen = KINDS.get(kind)
    found = chosen.find(person(request), subject) if chosen else None
    if chosen is None or found is None:
        raise Http404
    return chosen, chosen.subject_of(subject)


def find_paper(request: HttpRequest, paper: uuid.UUID) -> FrozenPaper:
    """Return a frozen paper this person may see, without what it was made of; or answer 404."""
    found: FrozenPaper | None = (
        FrozenPaper.objects.visible_to(person(request))
        .filter(public_id=paper)
        .select_related("by", "internal", "written")
        .defer("snapshot", "internal__snapshot", "internal__program")
        .first()
    )
    if found is None:
        raise Http404
    return found


MOST_PAPERS = 300
MOST_AGAIN = 20  # papers re-made together
LATELY = datetime.timedelta(days=1)


@dataclass(frozen=True)
class Listed:
    """A frozen paper with what changed since."""

    paper: FrozenPaper
    changes: Outdated


def listed(papers: Iterable[FrozenPaper]) -> list[Listed]:
    """Look at what changed since each was frozen."""
    rows = list(papers)
    changes = outdated(rows)
    return [Listed(paper, changes[paper.pk]) for paper in rows]


def refuse_without_role(request: HttpRequest) -> None:
    """Refuse whoever has no role anywhere: the lists are for those who work here."""
    if not standing(person(request)).all_roles():
        raise PermissionDenied


@login_required
@require_GET
def papers(request: HttpRequest) -> HttpResponse:
    """List the newest version of every frozen paper, with what changed since, and what is being frozen now."""
    refuse_without_role(request)
    found = listed(FrozenPaper.objects.visible_to(person(request)).newest().told()[:MOST_PAPERS])
    asked = (
        within_reach(Freezing.objects.exclude(state=RenderState.DONE), person(request))
        .filter(asked_at__gt=timezone.now() - LATELY)
        .select_related("asked_by")
        .order_by("-asked_at")[:20]
    )
    context = {
        "papers": found,
        "asked": asked,
        "stale": sum(bool(one.changes) for one in found),
        "record": None,
        "may_freeze": has_role(person(request), Role.OFFICER, anywhere=True),
    }
    return render(request, "claims/frozen_papers.html", context)


@login_required
@require_GET
def affected(request: HttpRequest, record: uuid.UUID) -> HttpResponse:
    """List the frozen papers in which a record is printed, with what changed since."""
    refuse_without_role(request)
    found = FrozenPaper.objects.visible_to(person(request)).printing(record).told()[:MOST_PAPERS]
    rows = listed(found)
    context = {
        "papers": rows,
        "asked": (),
        "stale": sum(bool(one.changes) for one in rows),
        "record": record,
        "may_freeze": has_role(person(request), Role.OFFICER, anywhere=True),
    }
    return render(request, "claims/frozen_papers.html", context)


@dataclass(frozen=True)
class Again:
    """A paper that is to be made again, as it stands now."""

    listed: Listed
    kind: Kind
    subject: Any
    mark: str
    blockers: list[Blocker]
    difference: Difference
    refusal: Refusal | None

    @property
    def paper(self) -> FrozenPaper:
        """The version that is there."""
        return self.listed.paper

    @property
    def ready(self) -> bool:
        """True when a new version can be asked for."""
        return not self.refusal and not self.blockers and self.mark != self.paper.input_hash


@login_required
@require_http_methods(["GET", "POST"])
def again(request: HttpRequest) -> HttpResponse:
    """Show what the chosen papers would say now; freeze a new version of each, as shown."""
    refuse_without_role(request)
    given = request.POST if request.method == "POST" else request.GET
    chosen = [text for text in given.getlist("paper") if is_uuid(text)][:MOST_AGAIN]
    visible = FrozenPaper.objects.visible_to(person(request)).filter(public_id__in=chosen, public=False)
    rows = listed(visible.newest().select_related("by").prefetch_related("claims"))
    if request.method == "POST":
        return sent_once(request, lambda: _all_asked(request, rows))
    found = [_again(request, one) for one in rows]
    return render(request, "claims/frozen_again.html", {"papers": found, "ready": any(one.ready for one in found)})


def _again(request: HttpRequest, one: Listed) -> Again:
    kind = KINDS[one.paper.kind]
    subject = kind.subject_of(one.paper.subject)
    facts = kind.facts_of(subject)
    return Again(
        one,
        kind,
        subject,
        kind.mark(facts),
        kind.blockers(subject),
        compare(kept(one.paper.snapshot), Kept(kind.paragraphs(facts), kind.printed(facts))),
        policies.may_freeze(person(request), kind.directorate_of(subject)),
    )


def _all_asked(request: HttpRequest, rows: list[Listed]) -> HttpResponse:
    asked = 0
    for one in rows:
        kind = KINDS[one.paper.kind]
        seen = request.POST.get(f"seen-{one.paper.public_id}", "")[:64]
        try:
            actions.ask_to_freeze(
                by=person(request),
                at=timezone.now(),
                kind=kind,
                subject=kind.subject_of(one.paper.subject),
                seen=seen,
            )
            asked += 1
        except (Refused, PermissionDenied) as error:
            messages.error(request, f"{one.paper.title}: {error}")
    if asked:
        messages.success(request, ngettext("%d paper is being frozen.", "%d papers are being frozen.", asked) % asked)
    return redirect("claims:frozen-papers")


# -- the difference of two versions ---------------------------------------------------------------------------------


@login_required
@require_http_methods(["GET", "POST"])
def difference(request: HttpRequest, paper: uuid.UUID) -> HttpResponse:
    """Show what differs between a version and another, or what the paper would say now; as a page or, asked for, as PDF."""
    old = find_paper(request, paper)
    other = request.GET.get("with", "now")
    new = find_paper(request, uuid.UUID(other)) if is_uuid(other) else None
    if (new and (new.kind, new.subject, new.public) != (old.kind, old.subject, old.public)) or (not new and old.public):
        raise Http404
    if new and new.number < old.number:
        old, new = new, old
    kind = KINDS[old.kind]
    now = kind.facts_of(kind.subject_of(old.subject)) if new is None else None
    later = kept(new.snapshot) if new else Kept(kind.paragraphs(now), kind.printed(now))
    context: dict[str, Any] = {"old": old, "new": new, "found": compare(kept(old.snapshot), later)}
    if request.method == "POST":
        with translation.override("nl"):  # papers are Dutch, whoever asks for them
            document = render_to_string("documents/difference.html", context)
        name = f"{old.name}-verschil"
        asked = ask_printout(
            by=person(request), at=timezone.now(), directorate=old.directorate_id, name=name, document=document
        )
        return redirect("claims:printout", asked.public_id)
    same = {"kind": old.kind, "subject": old.subject, "public": old.public}
    context |= {
        "about": old.written,
        "claims": old.claims.order_by("reference"),
        "versions": FrozenPaper.objects.filter(**same).exclude(pk=old.pk).order_by("-number").told(),
    }
    return render(request, "claims/frozen_difference.html", context)


def _find_printout(request: HttpRequest, printout: uuid.UUID) -> Printout:
    found: Printout | None = (
        within_reach(Printout.objects.all(), person(request))
        .filter(public_id=printout)
        .defer("document", "content")
        .first()
    )
    if found is None:
        raise Http404
    return found


@login_required
@never_cache
@require_GET
def printout(request: HttpRequest, printout: uuid.UUID) -> HttpResponse:
    """Show how far a page's PDF is. With htmx only the part that changes."""
    context = {"asked": _find_printout(request, printout), "worker": worker_is_running(), "claims": ()}
    template = "claims/printout_part.html" if request.htmx else "claims/printout.html"  # type: ignore[attr-defined]
    return render(request, template, context)


@login_required
@require_GET
def printout_file(request: HttpRequest, printout: uuid.UUID) -> HttpResponse:
    """Serve a page's PDF."""
    found = _find_printout(request, printout)
    if found.state != RenderState.DONE:
        raise Http404
    response = HttpResponse(bytes(found.content or b""), content_type=SHOWN_INSIDE)
    response["Content-Disposition"] = content_disposition_header(False, f"{found.name}.pdf") or "inline"
    return _safe(response)


def is_uuid(text: str) -> bool:
    """True for a public id as an address writes it."""
    try:
        uuid.UUID(text)
    except ValueError:
        return False
    return True


@login_required
@require_http_methods(["GET", "POST"])
def freeze(request: HttpRequest, kind: str, subject: uuid.UUID) -> HttpResponse:
    """Show what stands in the way of freezing a paper; freeze it."""
    chosen, found = find_subject(request, kind, subject)
    refusal = policies.may_freeze(person(request), chosen.directorate_of(found))
    problem, status = "", 200
    if request.method == "POST":
        require(refusal)
        try:
            return sent_once(request, lambda: _asked(request, chosen, found))
        except Refused as error:
            problem, status = str(error.message), 409
    facts = chosen.facts_of(found)
    mark = chosen.mark(facts)
    last = actions.newest(chosen, subject, public=False)
    context = {
        "kind": chosen,
        "subject": found,
        "about": chosen.paper_of(found),
        "title": chosen.title_of(facts),
        "classification": getattr(facts, "classification", ""),
        "back": chosen.url_of(found),
        "claims": chosen.claims_of(found),
        "refusal": refusal,
        "blockers": chosen.blockers(found),
        "check": chosen.check_of(found),
        "typed": _typed(chosen, facts),
        "problem": problem,
        "mark": mark,
        "last": last,
        "unchanged": bool(last and last.input_hash == mark),
        "versions": FrozenPaper.objects.filter(kind=kind, subject=subject).order_by("-at", "-pk").told(),
    }
    return render(request, "claims/freeze.html", context, status=status)


def _asked(request: HttpRequest, kind: Kind, subject: Any) -> HttpResponse:
    asked = actions.ask_to_freeze(
        by=person(request), at=timezone.now(), kind=kind, subject=subject, seen=request.POST.get("seen", "")[:64]
    )
    return redirect("claims:freezing", asked.public_id)


@login_required
@never_cache
@require_GET
def progress(request: HttpRequest, freezing: uuid.UUID) -> HttpResponse:
    """Show how far freezing is; lead to the frozen paper when it is there. With htmx only the part that changes."""
    asked: Freezing | None = (
        within_reach(Freezing.objects.all(), person(request))
        .filter(public_id=freezing)
        .select_related("paper", "internal")
        .defer("paper__snapshot", "internal__snapshot")
        .first()
    )
    if asked is None:
        raise Http404
    if asked.state == RenderState.DONE:
        address = redirect("claims:frozen", asked.paper.public_id)
        if request.htmx:  # type: ignore[attr-defined]
            return HttpResponse(headers={"HX-Redirect": address["Location"]})
        messages.success(request, _("The paper is frozen."))
        return address
    kind = KINDS[asked.kind]
    subject = kind.subject_of(asked.subject)
    context = {
        "asked": asked,
        "kind": kind,
        "claims": kind.claims_of(subject),
        "about": kind.paper_of(subject),
        "back": kind.url_of(subject),
        "worker": worker_is_running(),
        "again": [kind.code.value, asked.subject],
    }
    template = "claims/freezing_part.html" if request.htmx else "claims/freezing.html"  # type: ignore[attr-defined]
    return render(request, template, context)


def _typed(kind: Kind, facts: Any) -> tuple[Typed, ...]:
    return typed((part.label, part.text) for part in kind.texts(facts))


@login_required
@require_GET
def show(request: HttpRequest, paper: uuid.UUID) -> HttpResponse:
    """Show one frozen paper: its files, what made it, and every figure in it, linked or typed."""
    found = find_paper(request, paper)
    kind = KINDS[found.kind]
    files = found.files.defer("content").order_by("-format")
    versions = FrozenPaper.objects.filter(kind=found.kind, subject=found.subject).order_by("-at", "-pk").told()
    context = {
        "paper": found,
        "about": found.written,
        "claims": found.claims.order_by("reference"),
        "files": sorted(files, key=lambda file: FileFormat.values.index(file.format)),
        "versions": versions,
        "figures": found.figures.as_rows(),
        "typed": _typed(kind, rebuilt(kind.facts_type, found.snapshot["facts"])),
        "changes": outdated([found])[found.pk] if not found.public else Outdated(),
        "newer": next((one for one in versions if one.public == found.public and one.number > found.number), None),
    }
    return render(request, "claims/frozen.html", context)


@login_required
@require_GET
def data(request: HttpRequest, paper: uuid.UUID) -> HttpResponse:
    """Serve what a frozen paper was made of, as JSON."""
    found = find_paper(request, paper)
    response = JsonResponse(
        {"paper": str(found.public_id), "program": found.program, **found.snapshot}, json_dumps_params={"indent": 1}
    )
    response["Content-Disposition"] = content_disposition_header(True, f"{found.name}.json") or "attachment"
    return _safe(response)


@login_required
@require_GET
def file(request: HttpRequest, paper: uuid.UUID, suffix: str) -> HttpResponse:
    """Serve a file byte for byte; a browser that has it is told so without reading it."""
    kept = FrozenFile.objects.filter(
        paper__in=FrozenPaper.objects.visible_to(person(request)), paper__public_id=paper, format=suffix
    )
    asks_whole = "If-None-Match" not in request.headers
    fields = ("digest", "media_type", "paper__name", *(["content"] if asks_whole else []))
    known = kept.order_by("pk").values_list(*fields).first()
    if known is None:
        raise Http404
    digest, media_type, name = known[:3]
    etag = quote_etag(digest)
    answer = get_conditional_response(request, etag=etag)
    if answer is None:
        content = known[3] if asks_whole else kept.values_list("content", flat=True).get()
        answer = HttpResponse(bytes(content), content_type=media_type)
        shown = media_type == SHOWN_INSIDE
        answer["Content-Disposition"] = content_disposition_header(not shown, file_name(name, suffix)) or "attachment"
        if not shown:
            answer["Content-Security-Policy"] = "sandbox; default-src 'none'"
    answer["ETag"] = etag
    return _safe(answer)


def file_name(name: str, suffix: str) -> str:
    """Return the name under which a file of a frozen paper is saved."""
    return f"{name}-weglaklijst.pdf" if suffix == FileFormat.LIST else f"{name}.{suffix}"


def _safe(response: HttpResponse) -> HttpResponse:
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-cache"
    return response
