"""Notas and letters: the list, beginning one, the preview, the writing page, the check, the files, and what became of it."""

from __future__ import annotations

import uuid
from typing import Any, cast

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.shortcuts import render as page
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from claims import policies, written, written_office
from claims.actions import written as actions
from claims.actions.bind_paper import NotThere, bind_paper_figure
from claims.actions.refused import Refused, require
from claims.actions.render import ask_paper
from claims.actions.write import Stale
from claims.checks.review import answer_key, mark_of, review_paper
from claims.enums import NotaOutcome, PaperBlock, WrittenKind
from claims.models import Claim, HouseItem, PaperTemplateSection, Party, Render, RenderState, WrittenPaper
from claims.queries.figures import SOURCES
from claims.queries.house_style import look_of
from claims.queries.offers import offers_for_paper, record_url
from claims.queries.written import claims_of, papers_for, sections_of, trees_of, with_parts
from claims.views.check import figures_as_json, found_in, said_of
from claims.views.writing import answer as answer_save
from claims.views.writing import editor_of
from core import richtext
from core.forms import DayFormField, RichTextWidget
from core.pandoc.door import PandocFailed
from core.pandoc.writing import Format
from core.permissions import standing
from core.views import person
from core.views.once import sent_once
from core.work import worker_is_running

ROWS = 50
OFFERED = 300  # newest claims that a new paper can be about
WIDE = {"class": "utrecht-textbox wide"}
TEXTAREA = {"rows": 2, "class": "utrecht-textarea"}


class NewPaperForm(forms.Form):
    """Which paper, about what."""

    kind = forms.ChoiceField(label=gettext_lazy("Paper"), choices=WrittenKind.choices)
    title = forms.CharField(
        label=gettext_lazy("Subject"),
        max_length=200,
        widget=forms.TextInput(WIDE),
        help_text=gettext_lazy(
            "As it stands on the paper, for example: Kamerbrief steun bestrijding kinderontvoering."
        ),
    )
    claims = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Claims"),
        queryset=Claim.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("One or several. Their lines, results and motions come along by themselves."),
    )

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        newest = Claim.objects.visible_to(user).order_by("-reference").values("pk")[:OFFERED]
        field: Any = self.fields["claims"]
        field.queryset = Claim.objects.visible_to(user).filter(pk__in=newest).order_by("-reference")


class FeedBackForm(forms.Form):
    """What was decided on a nota."""

    outcome = forms.ChoiceField(label=gettext_lazy("Decision"), choices=NotaOutcome.choices)
    decided_by = forms.ModelChoiceField(label=gettext_lazy("Decided by"), queryset=Party.objects.filter(active=True))
    decided_on = DayFormField(label=gettext_lazy("Decided on"))
    remark = forms.CharField(
        label=gettext_lazy("Remark"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(TEXTAREA),
        help_text=gettext_lazy("As it was written beside the nota; it is public with the nota."),
    )


class SentForm(forms.Form):
    """When a letter went, under which Kamerstuk, and what it settles."""

    on = DayFormField(label=gettext_lazy("Sent on"))
    document = forms.CharField(
        label=gettext_lazy("Kamerstuk"),
        required=False,
        max_length=60,
        widget=forms.TextInput({"class": "utrecht-textbox"}),
        help_text=gettext_lazy("Dossier and number, where it is known: 36 045, nr. 214."),
    )
    settles = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Settles"),
        queryset=HouseItem.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, paper: WrittenPaper, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["settles"]
        field.queryset = paper.house_items.open().order_by("pk")


def _find(request: HttpRequest, reference: str) -> WrittenPaper:
    papers = with_parts(WrittenPaper.objects.visible_to(person(request)))
    found: WrittenPaper | None = papers.filter(reference=reference).first()
    if found is None:
        raise Http404
    return found


def _shown(request: HttpRequest, paper: WrittenPaper, tab: str, **more: Any) -> dict[str, Any]:
    """Return what every page of a paper shows."""
    refusal = policies.may_write_paper(person(request), paper)
    return {"paper": paper, "claims": claims_of(paper), "tab": tab, "refusal": refusal, **more}


# -- the list, and beginning one ----------------------------------------------------------------------------------------


@login_required
@require_GET
def papers(request: HttpRequest) -> HttpResponse:
    """List notas and letters, the newest first."""
    user = person(request)
    if not standing(user).all_roles():
        raise PermissionDenied
    asked = {name: request.GET.get(name, "") for name in ("kind", "state", "q")}
    rows = papers_for(user)
    if asked["kind"] in WrittenKind.values:
        rows = rows.filter(kind=asked["kind"])
    done = Q(sent_on__isnull=False) | ~Q(outcome="")
    if asked["state"] in ("open", "closed"):
        rows = rows.filter(done) if asked["state"] == "closed" else rows.exclude(done)
    for word in asked["q"].replace("\x00", " ").split()[:8]:
        rows = rows.filter(
            Q(title__icontains=word)
            | Q(reference__icontains=word)
            | Q(ministry_reference__icontains=word)
            | Q(document__icontains=word)
        )
    query = request.GET.copy()
    query.pop("page", None)
    context = {
        "page": Paginator(rows.order_by("-created_at", "-pk"), ROWS).get_page(request.GET.get("page")),
        "query": query.urlencode(),
        "asked": asked,
        "kinds": WrittenKind.choices,
        "may_create": policies.may_create(user) is None,
    }
    return page(request, "claims/written_list.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Begin a nota or letter from one or several claims."""
    user = person(request)
    require(policies.may_create(user))
    if request.method != "POST":
        chosen = Claim.objects.visible_to(user).filter(reference__in=request.GET.getlist("claim")[:20])
        form = NewPaperForm(user=user, initial={"kind": request.GET.get("kind", "nota"), "claims": list(chosen)})
        return page(request, "claims/written_new.html", {"form": form, "problem": ""})
    form = NewPaperForm(request.POST, user=user)
    problem = ""
    if form.is_valid():
        try:
            return sent_once(request, lambda: _begin(request, form.cleaned_data))
        except Refused as error:
            problem = str(error.message)
    return page(request, "claims/written_new.html", {"form": form, "problem": problem}, status=422)


def _begin(request: HttpRequest, given: dict[str, Any]) -> HttpResponse:
    claims = sorted(given.pop("claims"), key=lambda claim: claim.reference)
    paper = actions.create_paper(by=person(request), at=timezone.now(), claims=claims, **given)
    messages.success(
        request,
        _("The paper is there, with reference %s. Write it here; its head stands under Data.") % paper.reference,
    )
    return redirect("claims:paper-write", paper.reference)


# -- reading and writing ------------------------------------------------------------------------------------------------


@login_required
@require_GET
def preview(request: HttpRequest, reference: str) -> HttpResponse:
    """Show the paper as it stands, with what can be done with it."""
    return _preview(request, _find(request, reference))


def _preview(request: HttpRequest, paper: WrittenPaper, status: int = 200, **given: Any) -> HttpResponse:
    facts = written.facts_of(paper)
    fragment, notes = written.as_fragment(facts)
    blocks = [(block, PaperBlock(block).label) for block in written_office.blocks_in(facts)]
    nota = paper.kind == WrittenKind.NOTA
    today = timezone.localdate()
    context = _shown(
        request,
        paper,
        "preview",
        preview=fragment,
        notes=notes,
        blocks=blocks,
        close_refusal=policies.may_close_paper(person(request), paper),
        form=given.get("form")
        or (
            FeedBackForm(initial={"decided_by": next(iter(paper.addressees.all()), None)})
            if nota
            else SentForm(paper=paper, initial={"on": today})
        ),
        problem=given.get("problem", ""),
        settled=list(paper.settles.order_by("pk")),
        versions=list(paper.frozen.order_by("-at", "-pk").told()),
    )
    return page(request, "claims/written_preview.html", context, status=status)


@login_required
@require_GET
def fragment(request: HttpRequest, reference: str) -> HttpResponse:
    """Answer the preview alone, for the page on which one writes."""
    paper = _find(request, reference)
    html, notes = written.as_fragment(written.facts_of(paper))
    return page(request, "claims/written_fragment.html", {"paper": paper, "preview": html, "notes": notes})


@login_required
@require_GET
def write(request: HttpRequest, reference: str) -> HttpResponse:
    """Show the paper with an editor below each of its headings."""
    paper = _find(request, reference)
    widget = RichTextWidget()
    facts = written.facts_of(paper)
    rows = [
        {
            "heading": heading,
            "section": section,
            "block": PaperBlock(heading.block).label if heading.block else "",
            "folded": heading.optional and not (section and section.text),
            "save_url": reverse("claims:paper-save", args=[reference, heading.key]),
            **editor_of(widget, heading, section),
        }
        for heading, section in sections_of(paper)
    ]
    html, notes = written.as_fragment(facts)
    context = _shown(
        request,
        paper,
        "write",
        facts=facts,
        rows=rows,
        figures_url=reverse("claims:paper-choices", args=[reference]),
        records_url=reverse("claims:paper-check", args=[reference]),
        media=widget.media.with_nonce(str(request.csp_nonce)),  # type: ignore[attr-defined]
        preview=html,
        notes=notes,
    )
    return page(request, "claims/written_write.html", context)


@login_required
@require_POST
def save(request: HttpRequest, reference: str, key: str) -> HttpResponse:
    """Save one text. Answers JSON: the new version, or why not, with what is stored now when somebody was first."""
    paper = _find(request, reference)
    heading = PaperTemplateSection.objects.filter(template=paper.template_id, key=key).first()
    if heading is None:
        raise Http404

    def act(text: str, seen: int) -> Any:
        return actions.write_paper_section(by=person(request), paper=paper, heading=heading, text=text, seen=seen)

    return answer_save(request, act)


# -- the check ----------------------------------------------------------------------------------------------------------


@login_required
@require_GET
def check(request: HttpRequest, reference: str) -> HttpResponse:
    """Show every number and every finding."""
    paper = _find(request, reference)
    context = _shown(
        request,
        paper,
        "check",
        answer_url=reverse("claims:paper-answer", args=[reference]),
        bind_url=reverse("claims:paper-bind", args=[reference]),
        **found_in(review_paper(paper)),
    )
    return page(request, "claims/written_check.html", context)


@login_required
@require_POST
def bind(request: HttpRequest, reference: str) -> HttpResponse:
    """Link one number to the record that was chosen."""
    paper, post = _find(request, reference), request.POST
    require(policies.may_write_paper(person(request), paper))
    chosen = {name: post.get(name, "") for name in ("key", "offer", "form")}
    try:
        wording = bind_paper_figure(by=person(request), paper=paper, **chosen)
    except (NotThere, Stale):
        messages.error(
            request,
            _(
                "This sentence was changed meanwhile, or the record has another value now. Look again; nothing was changed."
            ),
        )
    except richtext.Unreadable as error:
        messages.error(request, str(error.message))
    else:
        messages.success(request, _("Linked: “%s” now follows its record.") % wording)
    return redirect(reverse("claims:paper-check", args=[reference]) + "#recognised")


@login_required
@require_POST
def answer(request: HttpRequest, reference: str) -> HttpResponse:
    """Keep why a finding may stand."""
    paper, mark = _find(request, reference), request.POST.get("key", "")
    require(policies.may_write_paper(person(request), paper))
    item = next((item for item in review_paper(paper).items() if mark_of(item) == mark), None)
    if item is None:
        messages.error(request, _("This finding is no longer there: the text or the records were changed meanwhile."))
        return redirect("claims:paper-check", reference)
    code, place = answer_key(item)
    try:
        actions.answer_paper_finding(
            by=person(request),
            at=timezone.now(),
            paper=paper,
            code=code,
            place=place,
            message=said_of(item),
            reason=request.POST.get("reason", ""),
        )
    except ValidationError as error:
        messages.error(request, error.messages[0])
    else:
        messages.success(request, _("Your answer is kept with the finding."))
    return redirect("claims:paper-check", reference)


@login_required
@never_cache
@require_GET
def choices(request: HttpRequest, reference: str) -> JsonResponse:
    """Answer the figures that a text of this paper can be linked to, each in every wording."""
    paper = _find(request, reference)
    return figures_as_json(offers_for_paper(paper, trees_of(paper)))


@login_required
@require_GET
def record(request: HttpRequest, reference: str, field: str, record: uuid.UUID) -> HttpResponse:
    """Lead from a linked figure to the record it follows."""
    paper = _find(request, reference)
    source = SOURCES.get(field)
    row = source.fetch([str(record)], paper).get(str(record)) if source else None
    if row is None:
        raise Http404
    return redirect(record_url(row))


# -- files --------------------------------------------------------------------------------------------------------------


@login_required
@require_POST
def ask(request: HttpRequest, reference: str) -> HttpResponse:
    """Ask for the PDF: straight to the file when nothing changed since it was made, else to its progress."""
    paper = _find(request, reference)
    asked = ask_paper(by=person(request), at=timezone.now(), paper=paper)
    name = "claims:paper-pdf" if asked.state == RenderState.DONE else "claims:paper-progress"
    return redirect(name, reference, asked.public_id)


@login_required
@never_cache
@require_GET
def progress(request: HttpRequest, reference: str, render: uuid.UUID) -> HttpResponse:
    """Show how far the PDF is. With htmx only the part that changes."""
    paper = _find(request, reference)
    asked = Render.objects.filter(paper=paper, public_id=render).defer("content").first()
    if asked is None:
        messages.info(request, _("That version of the paper is no longer kept. Make it again."))
        return redirect("claims:paper", reference)
    context = _shown(
        request,
        paper,
        "preview",
        render=asked,
        worker=worker_is_running(),
        poll_url=reverse("claims:paper-progress", args=[reference, asked.public_id]),
        file_url=reverse("claims:paper-pdf", args=[reference, asked.public_id]),
        texts_url=reverse("claims:paper-write", args=[reference]),
    )
    template = "claims/pdf_progress_part.html" if request.htmx else "claims/written_progress.html"  # type: ignore[attr-defined]
    return page(request, template, context)


@login_required
@require_GET
def download(request: HttpRequest, reference: str, render: uuid.UUID) -> HttpResponse:
    """Serve the PDF."""
    paper = _find(request, reference)
    asked = Render.objects.filter(paper=paper, public_id=render, state=RenderState.DONE).first()
    if asked is None:
        raise Http404
    return _file(bytes(asked.content or b""), "application/pdf", f"{reference}-{paper.kind}.pdf", inline=True)


@login_required
@never_cache
@require_GET
def office_file(request: HttpRequest, reference: str, suffix: str) -> HttpResponse:
    """Make and serve the paper as it stands, as DOCX or ODT."""
    paper = _find(request, reference)
    if suffix not in written_office.KINDS:
        raise Http404
    wanted = cast(Format, suffix)
    return _made(
        request,
        paper,
        lambda: written_office.as_file(written.facts_of(paper), wanted, look_of(wanted)),
        f"{reference}-{paper.kind}.{suffix}",
    )


@login_required
@never_cache
@require_GET
def block_file(request: HttpRequest, reference: str, block: str) -> HttpResponse:
    """Make and serve one block from records alone, as DOCX, to put in a paper of somebody else."""
    paper = _find(request, reference)
    facts = written.facts_of(paper)
    if block not in written_office.blocks_in(facts):
        raise Http404
    name = f"{reference}-{block}.docx"
    return _made(request, paper, lambda: written_office.block_file(facts, block, "docx", look_of("docx")), name)


def _made(request: HttpRequest, paper: WrittenPaper, make: Any, name: str) -> HttpResponse:
    try:
        content = make()
    except written.TooLong:
        messages.error(request, _("The texts are together too long for one paper. Shorten them."))
        return redirect("claims:paper", paper.reference)
    except PandocFailed:
        messages.error(
            request, _("This file could not be made. Nothing is lost; tell the administrator which paper it was.")
        )
        return redirect("claims:paper", paper.reference)
    return _file(content, written_office.KINDS[name.rpartition(".")[2]], name)


def _file(content: bytes, sort: str, name: str, inline: bool = False) -> HttpResponse:
    response = HttpResponse(content, content_type=sort)
    response["Content-Disposition"] = f'{"inline" if inline else "attachment"}; filename="{name}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


# -- what became of it --------------------------------------------------------------------------------------------------


@login_required
@require_POST
def close(request: HttpRequest, reference: str) -> HttpResponse:
    """Feed the decision on a nota back, or say that a letter was sent."""
    paper = _find(request, reference)
    require(policies.may_close_paper(person(request), paper))
    nota = paper.kind == WrittenKind.NOTA
    form: Any = FeedBackForm(request.POST) if nota else SentForm(request.POST, paper=paper)
    if not form.is_valid():
        return _preview(request, paper, status=422, form=form)
    act: Any = actions.feed_back if nota else actions.send_letter
    try:
        act(by=person(request), paper=paper, **form.cleaned_data)
    except Refused as error:
        return _preview(request, paper, status=422, form=form, problem=str(error.message))
    messages.success(request, _("The paper is closed; its text no longer changes."))
    return redirect("claims:paper", reference)


@login_required
@require_POST
def take_up_again(request: HttpRequest, reference: str) -> HttpResponse:
    """Open a paper that was closed by mistake."""
    paper = _find(request, reference)
    try:
        actions.take_paper_up_again(by=person(request), paper=paper)
    except Refused as error:
        messages.error(request, str(error.message))
    else:
        messages.success(request, _("The paper is open again."))
    return redirect("claims:paper", reference)
