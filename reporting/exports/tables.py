"""Tables that leave: what is on the screen, whole, as CSV, XLSX or ODS."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.utils import timezone, translation
from django.utils.text import slugify
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from claims.queries.books import reconciled_until
from core.audit import record
from core.language import language
from core.numbers import format_date
from core.tabular import About, Column, Format, TooManyRows, write
from core.views import person

AT_ONCE = 500  # rows
TABLE = "table"  # in an address: which table of the page
FILE = "file"  # in an address: the kind of file that is asked instead of the page


@dataclass(frozen=True)
class Sheet:
    """A table of a page as a file: its columns and rows, with what stands above them. `rows` is called when it is asked."""

    about: About
    columns: Sequence[Column]
    rows: Callable[[], Iterable[Sequence[Any]]]


def asked_file(request: HttpRequest) -> Format | None:
    """Return the kind of file an address asks, None for the page itself. Raises Http404 for an unknown kind."""
    typed = request.GET.get(FILE, "")
    if not typed:
        return None
    try:
        return Format(typed)
    except ValueError:
        raise Http404 from None


def as_file(request: HttpRequest, kind: Format, sheet: Sheet) -> HttpResponse | StreamingHttpResponse:
    """Answer a table as a file and write down that it was handed out. CSV streams; too many rows for XLSX answer 413."""
    name = slugify(str(sheet.about.title))[:60] or "table"
    record(
        by=person(request), at=timezone.now(), kind="export", subject=name, address=request.get_full_path(), file=kind
    )
    try:
        spoken = _spoken(sheet.rows(), get_language() or "nl")
        content = write(kind, sheet.columns, spoken, language=language(), about=sheet.about)
        pieces: Any = content if kind == Format.CSV else [b"".join(content)]
    except TooManyRows as found:
        return HttpResponse(str(found), status=413, content_type="text/plain; charset=utf-8")
    answer = StreamingHttpResponse(pieces, content_type=kind.content_type)
    answer["Content-Disposition"] = f'attachment; filename="{name}-{get_language()}.{kind}"'
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


def _spoken(rows: Iterable[Sequence[Any]], code: str) -> Iterator[Sequence[Any]]:
    """Yield rows whose words are in one language, also when they are made after the request has ended."""
    waiting = iter(rows)
    while True:
        with translation.override(code):
            chunk = list(islice(waiting, AT_ONCE))
        if not chunk:
            return
        yield from chunk


def source() -> str:
    """Return where figures come from and how far they agree with the books."""
    return source_until(reconciled_until())


def source_until(until: datetime.date | None) -> str:
    """Return where figures come from that agree with the books up to a day."""
    if until is None:
        return _("Claimregister; not reconciled with the books yet")
    day = format_date(until, language())
    return _("Claimregister; reconciled with the books up to and including %(day)s") % {"day": day}


def files_of(request: HttpRequest, table: str = "") -> list[tuple[str, str]]:
    """Return the addresses of a table of this page as files, by the name of the kind."""
    query = request.GET.copy()
    if table:
        query[TABLE] = table
    for name in (FILE, "page"):
        query.pop(name, None)
    found = []
    for kind in Format:
        query[FILE] = kind.value
        found.append((kind.name, f"?{query.urlencode()}"))
    return found
