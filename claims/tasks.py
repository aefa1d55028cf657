"""Work outside the request: what the worker does."""

import threading

from procrastinate.contrib.django import app

from claims.actions.render import make
from claims.models import Render
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
