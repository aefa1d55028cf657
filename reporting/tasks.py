"""Work outside the request: what the worker does for this floor."""

from procrastinate.contrib.django import app

from claims.tasks import door
from core.work import Patient
from reporting.actions import make_sheet
from reporting.models import PartnerSheet


@app.task(name="make_partner_sheet", retry=Patient())
def make_partner_sheet(sheet: str) -> None:
    """Make one partner sheet. Doing it twice does no harm: the second finds it done, or its request gone."""
    asked = PartnerSheet.objects.filter(public_id=sheet, content__isnull=True).first()
    if asked:
        make_sheet(asked=asked, door=door())
