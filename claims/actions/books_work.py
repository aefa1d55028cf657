"""Large files from the books: asked for on a page, read and taken in by the worker, all or nothing as everywhere."""

from __future__ import annotations

import datetime
from collections.abc import Callable

from django.core.exceptions import PermissionDenied
from django.utils import translation
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app

from claims import policies
from claims.actions.books import take_in_file
from claims.actions.refused import Refused, in_words, require
from claims.checks.books import weigh
from claims.enums import BooksWorkKind, BooksWorkState
from claims.importers.payments import Examined, read_facts
from claims.importers.preview import as_values, preview_of
from claims.models import BooksFile, BooksWork
from core.language import language
from core.models import User
from core.permissions import refresh
from core.transactions import acting
from core.work import renew_connection

EACH = 2_000  # rows between two notes of the progress
OPEN = (BooksWorkState.WAITING, BooksWorkState.READING, BooksWorkState.BOOKING)


@acting
def ask(*, by: User, at: datetime.datetime, file: BooksFile, kind: str, shown: str = "") -> BooksWork:
    """Ask the worker to look at a file or to take it in as it was `shown`. What is asked already is not asked twice."""
    refresh(by)
    require(policies.may_book(by))
    fresh = BooksFile.objects.select_for_update(no_key=True).defer("content").get(pk=file.pk)
    if fresh.done_at:
        raise Refused(_("This file is dealt with already: it was taken in or put away."), "books_file_once")
    busy = fresh.works.filter(state__in=OPEN).order_by("-pk").first()
    if busy:
        return busy
    with in_words():
        work = BooksWork.objects.create(
            file=fresh, kind=kind, shown=shown[:64], language=language(), asked_by=by, asked_at=at
        )
    job = app.configure_task(name="work_on_books")  # by name: the task stands outside and calls `do`
    job.defer(work=str(work.public_id))  # in this transaction: asked for and put before the worker, or neither
    return work


def do(*, work: BooksWork, now: Callable[[], datetime.datetime]) -> None:
    """Do what was asked. Doing it again after a crash does no harm: a file is taken in once."""
    with translation.override(work.language):
        try:
            problem, found = _do(work, now)
        except (Refused, PermissionDenied) as refused:
            problem, found = str(refused), None
        outcome = as_values(preview_of(found)) if found is not None else None
    state = BooksWorkState.FAILED if problem else BooksWorkState.DONE
    BooksWork.objects.filter(pk=work.pk, state__in=OPEN).update(state=state, problem=problem[:1000], outcome=outcome)


def _do(work: BooksWork, now: Callable[[], datetime.datetime]) -> tuple[str, Examined | None]:
    file = work.file
    if file.done_at:
        return ("", None) if file.taken_in else (_("This file was put away."), None)
    note = _Notes(work)
    note.state(BooksWorkState.READING)
    found = read_facts(
        bytes(file.content or b""), file.name, digest=file.digest, answers=file.answers, progress=note.rows
    )
    note.state(BooksWorkState.BOOKING)
    if work.kind == BooksWorkKind.TAKE_IN:
        take_in_file(by=work.asked_by, at=now(), file=file, shown=work.shown, found=found)
        return "", None
    if found.accepted:
        found.weighed = weigh(found.facts)
        found.refuse(found.weighed.faults)
    return "", found


class _Notes:
    """Writes down how far a work is, each note at once: a page reads it meanwhile."""

    def __init__(self, work: BooksWork) -> None:
        self.work, self.noted = BooksWork.objects.filter(pk=work.pk, state__in=OPEN), 0

    def state(self, state: str) -> None:
        """Note the state."""
        self.work.update(state=state)

    def rows(self, done: int) -> None:
        """Note how many rows are read, now and then."""
        if done - self.noted >= EACH:
            self.noted = done
            self.work.update(rows=done)


def give_up(*, work: BooksWork) -> None:
    """Mark a work that keeps failing as failed, so that its page does not wait for ever."""
    renew_connection()
    BooksWork.objects.filter(pk=work.pk, state__in=OPEN).update(
        state=BooksWorkState.FAILED,
        problem=_("This could not be done. Nothing was recorded. Tell the administrator which file it was."),
    )
