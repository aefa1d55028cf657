"""Work outside the request: what the worker does for this floor."""

from django.utils import timezone
from procrastinate.contrib.django import app

from core.work import Patient
from results.actions.import_iati import TASK, take_in
from results.models import IatiUpload


@app.task(name=TASK, retry=Patient())
def take_in_iati(upload: str) -> None:
    """Take one uploaded file in."""
    waiting = IatiUpload.objects.filter(public_id=upload).first()
    if waiting:
        take_in(upload=waiting, at=timezone.localtime())
