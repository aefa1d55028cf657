"""A page asked for as PDF: made by the worker from a document that was written when it was asked."""

from __future__ import annotations

import datetime
import hashlib

from django.db import transaction
from procrastinate.contrib.django import app

from claims.models import Printout, RenderState
from claims.papers import program
from core.models import User
from core.pdf import Door, PaperFailed
from core.transactions import acting

KEPT = 20  # newest of a directorate


@acting
def ask_printout(*, by: User, at: datetime.datetime, directorate: int, name: str, document: str) -> Printout:
    """Return the PDF of a document, made before or put before the worker."""
    mark = hashlib.sha256(f"{program()}\n{document}".encode()).hexdigest()
    Printout.objects.filter(directorate=directorate, input_hash=mark, state=RenderState.FAILED).delete()
    found, made = Printout.objects.get_or_create(
        directorate_id=directorate,
        input_hash=mark,
        defaults={"name": name[:120], "document": document, "asked_by": by, "asked_at": at},
    )
    if made:
        job = app.configure_task(name="make_printout")  # by name: the task stands outside and calls `make_printout`
        job.defer(printout=str(found.public_id))  # in this transaction: asked for and put before the worker, or neither
    return found


def make_printout(*, printout: Printout, door: Door) -> None:
    """Make the PDF; what cannot be made is marked as failed with a message for the user."""
    rows = Printout.objects.filter(pk=printout.pk)
    try:
        content = door.render(printout.document)
    except PaperFailed as error:
        rows.update(state=RenderState.FAILED, message=str(error.message)[:300])
        return
    with transaction.atomic():
        rows.update(state=RenderState.DONE, content=content, document="", message="")
        newest = Printout.objects.filter(directorate=printout.directorate_id).order_by("-asked_at", "-pk")
        old = newest.values_list("pk", flat=True)[KEPT:]
        Printout.objects.filter(pk__in=list(old)).delete()
