"""E-mail to colleagues, sent after the transaction is stored. A mail that cannot be sent never undoes what was done."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.utils import translation

if TYPE_CHECKING:
    from collections.abc import Callable

    from core.models import User

log = logging.getLogger(__name__)


def tell(people: Iterable[User], compose: Callable[[], tuple[str, str]]) -> None:
    """Send each person a mail in their own language once the transaction is stored. `compose` gives subject and text."""
    receivers = [(person.email, person.language) for person in people if person.email and person.is_active]

    def send() -> None:
        for address, language in dict.fromkeys(receivers):
            with translation.override(language):
                subject, text = compose()
            message = EmailMessage(" ".join(subject.split()), text, settings.DEFAULT_FROM_EMAIL, [address])
            try:
                message.send()
            except Exception:  # a mail server that fails, in whatever way
                log.exception("A mail could not be sent")

    transaction.on_commit(send)
