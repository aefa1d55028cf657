"""Help: first steps per role, the words, the tour through the demo story, and the accessibility statement."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_GET, require_POST

from core.enums import Role
from core.language import language
from core.permissions import has_role
from core.views import person
from core.words import words
from reporting.statement import statement
from reporting.tour import tour

HIDDEN = "tour_hidden"
# the pages of first steps, in the order of the work, each with the roles it is for
PAGES: dict[str, tuple[str | Promise, tuple[Role, ...]]] = {
    "officer": (gettext_lazy("Policy officer"), (Role.OFFICER,)),
    "controller": (gettext_lazy("Controller"), (Role.CONTROLLER,)),
    "manager": (gettext_lazy("Budget manager"), (Role.MANAGER,)),
    "registrar": (gettext_lazy("Decision registrar and reader"), (Role.REGISTRAR, Role.READER)),
    "financial": (gettext_lazy("Financial officer"), (Role.BOOKKEEPER,)),
    "administrator": (pgettext_lazy("role", "Administrator"), (Role.ADMINISTRATOR,)),
}
SECTIONS = {
    "Claims and budget": gettext_lazy("Claims and budget"),
    "Partners": gettext_lazy("Partners"),
    "Results": gettext_lazy("Results"),
    "Papers and texts": gettext_lazy("Papers and texts"),
    "Decisions": gettext_lazy("Decisions"),
    "Ledger": gettext_lazy("Money"),
}


def _shown(request: HttpRequest, current: str, template: str, **more: object) -> HttpResponse:
    user = person(request)
    mine = [key for key, (_label, roles) in PAGES.items() if has_role(user, *roles, anywhere=True)]
    context = {
        "pages": [(key, label) for key, (label, _roles) in PAGES.items()],
        "mine": mine,
        "current": current,
        "has_tour": bool(tour()),
        **more,
    }
    return render(request, template, context)


@login_required
@require_GET
def start(request: HttpRequest) -> HttpResponse:
    """Offer the pages, those of the person's own roles first."""
    return _shown(request, "", "help/start.html")


@login_required
@require_GET
def page(request: HttpRequest, name: str) -> HttpResponse:
    """Show the first steps of one role."""
    if name not in PAGES:
        raise Http404
    text = f"help/{name}.{language()}.html"
    return _shown(request, name, "help/page.html", title=PAGES[name][0], text=text)


@login_required
@require_GET
def word_list(request: HttpRequest) -> HttpResponse:
    """Show every word of the glossary with what it means."""
    spoken = language()
    rows = [
        (label, [(word.anchor, word.name(spoken), word.marked(spoken)) for word in words() if word.section == section])
        for section, label in SECTIONS.items()
    ]
    return _shown(request, "words", "help/words.html", sections=rows)


@login_required
@require_GET
def tour_page(request: HttpRequest) -> HttpResponse:
    """Show the tour through the demo story, with what is done already."""
    stops = tour()
    if not stops:
        raise Http404
    request.session.pop(HIDDEN, None)
    done = sum(stop.done for stop in stops)
    return _shown(request, "tour", "help/tour.html", stops=stops, done=done, all=len(stops))


@login_required
@require_POST
def hide_tour(request: HttpRequest) -> HttpResponse:
    """Take the tour off the home page until the next sign-in."""
    request.session[HIDDEN] = True
    messages.success(request, _("The tour is hidden. It stays under Help."))
    return redirect("home")


@require_GET
def accessibility(request: HttpRequest) -> HttpResponse:
    """Show the accessibility statement, also to who is not signed in."""
    found, spoken = statement(), language()
    context = {
        "statement": found,
        "automatic": [(check, check.text[spoken]) for check in found.automatic],
        "manual": [(check, check.text[spoken], check.done and check.done.found[spoken]) for check in found.manual],
    }
    return render(request, "help/accessibility.html", context)
