"""The organisation's own look: a reference document added, taken into use, taken out of use."""

from __future__ import annotations

import datetime
import hashlib

from django.db import connection
from django.db.models import Max
from django.utils.translation import gettext as _

from claims import policies
from claims.actions.refused import Refused, in_words, require
from claims.models import HouseStyle
from core.models import User
from core.pandoc import BadFile
from core.pandoc.door import PandocFailed
from core.pandoc.look import looked_at
from core.pandoc.writing import heading, paragraph, write
from core.permissions import refresh
from core.transactions import acting


@acting
def add_style(*, by: User, at: datetime.datetime, name: str, content: bytes) -> HouseStyle:
    """Keep a reference document as the next version of its format; it is not in use yet. Raises Refused, PermissionDenied."""
    refresh(by)
    require(policies.may_style(by))
    try:
        kind = looked_at(content)
        write([heading(1, "Proef"), paragraph("Proef", "Meta")], kind, "Proef", look=content)
    except BadFile as error:
        raise Refused(str(error.message), "house_style_file") from None
    except PandocFailed:
        raise Refused(
            _("No file could be made with this template. Open it, save it anew, and try again."), "house_style_file"
        ) from None
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtextextended('house style', 0))")
    last = HouseStyle.objects.filter(format=kind).aggregate(last=Max("number"))["last"] or 0
    with in_words():
        return HouseStyle.objects.create(
            format=kind,
            number=last + 1,
            name=name.replace("\x00", "")[-120:],
            content=content,
            size=len(content),
            digest=hashlib.sha256(content).hexdigest(),
            added_by=by,
            added_at=at,
        )


@acting
def use_style(*, by: User, style: HouseStyle) -> None:
    """Make new files in this look from now on; frozen ones stay as they are. Raises PermissionDenied."""
    refresh(by)
    require(policies.may_style(by))
    others = HouseStyle.objects.select_for_update().filter(format=style.format).order_by("pk")
    for other in others.defer("content"):
        if other.in_use and other.pk != style.pk:
            HouseStyle.objects.filter(pk=other.pk).update(in_use=False)
    HouseStyle.objects.filter(pk=style.pk).update(in_use=True)


@acting
def drop_style(*, by: User, style: HouseStyle) -> None:
    """Go back to our own look. Raises PermissionDenied."""
    refresh(by)
    require(policies.may_style(by))
    HouseStyle.objects.filter(pk=style.pk).update(in_use=False)
