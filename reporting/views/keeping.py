"""Dashboards as they were made, kept for as long as they hold.

Making one costs more than asking for it, and the same few are opened again and again. What is kept is the middle of a page: the
frame around it is the reader's own. Nothing that is shown can be stale (`core.snapshot`), and who may see other things is
shown another page: it is kept by the roles somebody has, on which alone it depends what is visible.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Any, TypeVar

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.safestring import SafeString

from core.permissions import standing
from core.snapshot import Kept
from core.views import person

Found = TypeVar("Found")
DASHBOARDS = Kept(most=256)  # mostly of some tens of kilobytes each


@dataclass(frozen=True)
class Made:
    """The middle of a page with its title, and the confidential results it shows: each reading of those is written down."""

    html: SafeString
    title: str = ""
    confidential: tuple[Any, ...] = ()


def kept(request: HttpRequest, template: str, gather: Callable[[], dict[str, Any]]) -> Made:
    """Return the middle of a page; `gather` what its template shows.

    `gather` fetches everything itself: what was read before the register's version was must not be kept under that version.
    """
    question = (template, *_question(request, timezone.localdate()))
    return DASHBOARDS.answer(question, lambda: Made(render_to_string(template, gather(), request)))


def kept_of_one(
    request: HttpRequest,
    template: str,
    read: Callable[[datetime.date], Found],
    show: Callable[[Found, datetime.date], dict[str, Any]],
) -> Made:
    """Return the middle of a page of one partner or envelope; `show` what its template shows of what is `read`.

    It is compared after a change: most changes are about others, and all that it shows follows from its address, language, day,
    the reader's roles and what is read. Both are given the day under which the page is kept: another one may begin meanwhile.
    It has a `title`, and `results`, of which some may be confidential.
    """
    today = timezone.localdate()

    def make(found: Found) -> Made:
        context = show(found, today)
        secret = tuple(result for result in context.pop("results", ()) if result.confidential)
        return Made(render_to_string(template, context, request), context["title"], secret)

    return DASHBOARDS.made((template, *_question(request, today)), lambda: read(today), make)


def _question(request: HttpRequest, today: datetime.date) -> tuple[Hashable, ...]:
    held = standing(person(request))
    roles = (held.everywhere, frozenset((held.within or {}).items()))
    return (request.path, request.META["QUERY_STRING"], translation.get_language(), today, roles)
