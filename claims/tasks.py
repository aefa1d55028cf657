"""Work outside the request: what the worker does."""

import threading

from django.db import InterfaceError, OperationalError
from django.utils import timezone
from procrastinate import JobContext
from procrastinate.contrib.django import app

from claims.actions import books_work
from claims.actions.freeze import freeze
from claims.actions.house_set import make_set
from claims.actions.printout import make_printout
from claims.actions.render import make
from claims.models import BooksWork, Freezing, HouseSet, Printout, Render, RenderState
from core.pdf import Door
from core.work import Patient, gives_up, renew_connection

_doors = threading.local()


def door() -> Door:
    """Return this thread's renderer; each of the worker's threads has one."""
    if not hasattr(_doors, "door"):
        _doors.door = Door()
    return _doors.door


@app.task(name="make_paper", retry=Patient())
def make_paper(render: str) -> None:
    """Make one PDF. Doing it twice does no harm: the second finds it done, or its request gone."""
    renew_connection()
    asked = Render.objects.select_related("claim", "paper").filter(public_id=render, content__isnull=True).first()
    if asked:
        make(render=asked, door=door())


@app.task(name="freeze_paper", retry=Patient())
def freeze_paper(freezing: str) -> None:
    """Freeze one paper. Doing it twice does no harm: the second finds that nothing waits any more."""
    asked = (
        Freezing.objects.select_related("asked_by", "internal")
        .filter(public_id=freezing, state=RenderState.WAITING)
        .first()
    )
    if asked:
        freeze(freezing=asked, at=timezone.now(), door=door())


@app.task(name="make_printout", retry=Patient())
def make_page(printout: str) -> None:
    """Make one page as PDF. Doing it twice does no harm."""
    asked = Printout.objects.filter(public_id=printout, state=RenderState.WAITING).first()
    if asked:
        make_printout(printout=asked, door=door())


@app.task(name="make_house_set", retry=Patient())
def make_house_set(house_set: str) -> None:
    """Make the files of one set. Doing it twice does no harm."""
    asked = HouseSet.objects.filter(public_id=house_set, state=RenderState.WAITING).first()
    if asked:
        make_set(house_set=asked, door=door())


@app.task(name="work_on_books", retry=Patient(), pass_context=True)
def work_on_books(context: JobContext, work: str) -> None:
    """Read a large file from the books, or take it in. A connection that was lost meanwhile is made anew."""
    renew_connection()
    asked = BooksWork.objects.select_related("file", "asked_by").filter(public_id=work).first()
    if asked is None or asked.finished:
        return
    try:
        books_work.do(work=asked, now=timezone.now)
    except Exception as error:
        if not isinstance(error, OperationalError | InterfaceError) or gives_up(error, context.job.attempts):
            books_work.give_up(work=asked)
        raise
