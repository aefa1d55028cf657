"""A form that makes a record is taken once, however often its button is pressed.

The page carries a token; the first save writes it down in its own transaction. A second one waits for the first at the
primary key, finds the token taken, and is led to what the first one made.
"""

from __future__ import annotations

import datetime
import uuid

from core.models import Sending, User

FIELD = "form_token"
KEPT = datetime.timedelta(days=2)
MOST_REMOVED = 100  # at a time


class SentBefore(Exception):
    """This form was saved already. `led_to` is the address it led to."""

    def __init__(self, led_to: str) -> None:
        super().__init__(led_to)
        self.led_to = led_to


def new_token() -> str:
    """Return the token for a form that is shown."""
    return str(uuid.uuid4())


def take(typed: str, *, by: User, at: datetime.datetime) -> Sending | None:
    """Write a form's token down, in the transaction that saves the form. Raises SentBefore the second time.

    None for a form without a token of ours: that is taken as often as it is sent.
    """
    try:
        token = uuid.UUID(typed)
    except ValueError:
        return None
    old = Sending.objects.select_for_update(skip_locked=True).filter(at__lt=at - KEPT).values("pk")[:MOST_REMOVED]
    Sending.objects.filter(pk__in=old).delete()
    sending, first = Sending.objects.get_or_create(token=token, defaults={"by": by, "at": at})
    if not first:
        raise SentBefore(sending.led_to if sending.by_id == by.pk else "")
    return sending


def settle(sending: Sending | None, led_to: str) -> None:
    """Keep where a saved form led to; give the token of a refused one free again."""
    if sending is None:
        return
    if led_to:
        Sending.objects.filter(pk=sending.pk).update(led_to=led_to[:500])
    else:
        sending.delete()
