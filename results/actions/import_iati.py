"""Taking IATI files in: by a command, at once for a small upload, or by the worker for a larger one."""

from __future__ import annotations

import datetime
import hashlib
import io
from typing import BinaryIO

from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.db.models import Max
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from procrastinate.contrib.django import app

from core.findings import Severity
from core.models import Event, User
from results import policies
from results.enums import UploadState
from results.importers.iati.reading import Fault, Refused, read
from results.importers.iati.storing import store
from results.models import IatiFile, IatiUpload

AT_ONCE = 512 * 1024  # bytes; a larger upload goes to the worker
TASK = "take_in_iati"


@transaction.atomic
def import_iati(*, by: User, at: datetime.datetime, source: BinaryIO, name: str, today: datetime.date) -> IatiFile:
    """Take a file in as the next version of its publisher's file of that name. All or nothing; raises Refused."""
    if refusal := policies.may_import(by):
        raise PermissionDenied(refusal)
    digest, size = _digest(source)
    _not_again(digest)
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('results_iatifile_id_seq')")
        (key,) = cursor.fetchone()
    source.seek(0)
    counts = store(key, read(source, today))
    publisher = " ".join(sorted(counts.publishers))[:300]  # the standard wants one; several are kept together
    last = IatiFile.objects.filter(publisher=publisher, name=name).aggregate(last=Max("number"))["last"]
    made = IatiFile.objects.create(
        pk=key,
        name=name,
        publisher=publisher,
        number=(last or 0) + 1,
        digest=digest,
        size=size,
        activities_count=counts.activities,
        transactions_count=counts.transactions,
        errors_count=counts.remarks[Severity.ERROR],
        warnings_count=counts.remarks[Severity.WARNING],
        imported_at=at,
        imported_by=by,
    )
    Event.objects.create(
        at=at, by=by, kind="iati.imported", subject=f"iatifile {made.public_id}", data={"sha256": digest}
    )
    return made


def _digest(source: BinaryIO) -> tuple[str, int]:
    total, size = hashlib.sha256(), 0
    while chunk := source.read(1024 * 1024):
        total.update(chunk)
        size += len(chunk)
    source.seek(0)
    return total.hexdigest(), size


def _not_again(digest: str) -> None:
    known = IatiFile.objects.filter(digest=digest).order_by("pk").first()
    if known is not None:
        message = _("This very file was taken in already, as {file}. Nothing was stored.")
        raise Refused(Fault(0, format_lazy(message, file=str(known))))


def send(*, by: User, at: datetime.datetime, content: bytes, name: str) -> IatiUpload:
    """Take a small upload in at once; put a larger one before the worker."""
    if refusal := policies.may_import(by):
        raise PermissionDenied(refusal)
    with transaction.atomic():
        upload = IatiUpload.objects.create(name=name, content=content, asked_by=by, asked_at=at)
        if len(content) > AT_ONCE:
            job = app.configure_task(name=TASK)  # by name: the task stands outside and calls `take_in`
            job.defer(
                upload=str(upload.public_id)
            )  # in this transaction: asked for and put before the worker, or neither
    return upload if len(content) > AT_ONCE else take_in(upload=upload, at=at)


def take_in(*, upload: IatiUpload, at: datetime.datetime) -> IatiUpload:
    """Take an upload in, or keep why not. Doing it twice does no harm: the second finds it done."""
    with transaction.atomic():
        held = IatiUpload.objects.select_for_update(of=("self",)).get(pk=upload.pk)
        if held.state != UploadState.WAITING:
            return held
        try:
            with transaction.atomic():
                source = io.BytesIO(bytes(held.content or b""))
                held.file = import_iati(by=held.asked_by, at=at, source=source, name=held.name, today=at.date())
                held.state = UploadState.DONE
        except (Refused, PermissionDenied) as error:
            held.state, held.message = UploadState.REFUSED, str(error)[:10_000]
        held.content = None
        held.save(update_fields=["file", "state", "message", "content"])
    return held
