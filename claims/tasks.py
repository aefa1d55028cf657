"""Work outside the request: what the worker does."""

import threading

from django.utils import timezone
from procrastinate.contrib.django import app

from claims.actions.freeze import freeze
from claims.actions.house_set import make_set
from claims.actions.printout import make_printout
from claims.actions.render import make
from claims.models import Freezing, HouseSet, Printout, Render, RenderState
from core.pdf import Door

_doors = threading.local()


def door() -> Door:
    """Return this thread's renderer; each of the worker's threads has one."""
    if not hasattr(_doors, "door"):
        _doors.door = Door()
    return _doors.door


@app.task(name="make_paper", retry=2)
def make_paper(render: str) -> None:
    """Make one PDF. Doing it twice does no harm: the second finds it done, or its request gone."""
    asked = Render.objects.select_related("claim").filter(public_id=render, content__isnull=True).first()
    if asked:
        make(render=asked, door=door())


@app.task(name="freeze_paper", retry=2)
def freeze_paper(freezing: str) -> None:
    """Freeze one paper. Doing it twice does no harm: the second finds that nothing waits any more."""
    asked = (
        Freezing.objects.select_related("asked_by", "internal")
        .filter(public_id=freezing, state=RenderState.WAITING)
        .first()
    )
    if asked:
        freeze(freezing=asked, at=timezone.now(), door=door())


@app.task(name="make_printout", retry=2)
def make_page(printout: str) -> None:
    """Make one page as PDF. Doing it twice does no harm."""
    asked = Printout.objects.filter(public_id=printout, state=RenderState.WAITING).first()
    if asked:
        make_printout(printout=asked, door=door())


@app.task(name="make_house_set", retry=2)
def make_house_set(house_set: str) -> None:
    """Make the files of one set. Doing it twice does no harm."""
    asked = HouseSet.objects.filter(public_id=house_set, state=RenderState.WAITING).first()
    if asked:
        make_set(house_set=asked, door=door())
