"""Motions and undertakings: settled by a letter, lapsed with a reason, taken up again."""

from __future__ import annotations

import datetime

from django.utils.translation import gettext as _

from claims import policies
from claims.actions.refused import Refused, in_words, require
from claims.enums import HouseItemState
from claims.models import HouseItem
from core.models import User
from core.permissions import refresh
from core.transactions import acting


@acting
def settle(*, by: User, item: HouseItem, on: datetime.date, letter: str, remark: str = "") -> HouseItem:
    """Say by which letter an open motion or undertaking is settled. Raises Refused, PermissionDenied."""
    if not letter.strip():
        raise Refused(_("Name the letter that settles it."))
    return _close(by, item, HouseItemState.SETTLED, on, letter, remark)


@acting
def lapse(*, by: User, item: HouseItem, on: datetime.date, remark: str) -> HouseItem:
    """Say why an open motion or undertaking asks for nothing any more. Raises Refused, PermissionDenied."""
    if not remark.strip():
        raise Refused(_("Write why, so that whoever reads this later knows."))
    return _close(by, item, HouseItemState.LAPSED, on, "", remark)


@acting
def take_up_again(*, by: User, item: HouseItem) -> HouseItem:
    """Open what was settled or lapsed by mistake; its history keeps what stood there. Raises PermissionDenied."""
    locked = _locked(by, item)
    locked.state, locked.closed_on, locked.settled_in, locked.remark = HouseItemState.OPEN, None, "", ""
    locked.save(update_fields=["state", "closed_on", "settled_in", "remark"])
    return locked


def _close(by: User, item: HouseItem, state: str, on: datetime.date, letter: str, remark: str) -> HouseItem:
    locked = _locked(by, item)
    if not locked.is_open:
        raise Refused(
            _("Somebody else settled this in the meantime. Nothing was changed; look at how it stands now."),
        )
    locked.state, locked.closed_on = state, on
    locked.settled_in, locked.remark = " ".join(letter.split())[:200], remark.strip()[:2000]
    with in_words():
        locked.save(update_fields=["state", "closed_on", "settled_in", "remark"])
    return locked


def _locked(by: User, item: HouseItem) -> HouseItem:
    refresh(by)
    locked = HouseItem.objects.select_for_update(of=("self",)).get(pk=item.pk)
    require(policies.may_keep_item(by, locked))
    return locked
