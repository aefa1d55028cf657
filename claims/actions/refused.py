"""What an action refuses, with a message for the user."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.utils.functional import Promise

from claims.rules.refusals import message_of, rule_of
from core.permissions import Refusal


class Refused(Exception):
    """The action was not done and nothing was changed. `rule` names the constraint, where the database refused."""

    def __init__(self, message: str | Promise, rule: str = "") -> None:
        super().__init__(str(message))
        self.message, self.rule = message, rule


@contextmanager
def in_words() -> Iterator[None]:
    """Turn a refusal of the database into one that a page can show."""
    try:
        yield
    except IntegrityError as error:
        message = message_of(error)
        if message is None:
            raise
        raise Refused(message, rule_of(error)) from error


def require(refusal: Refusal | None) -> None:
    """Stop with the reason when a policy refuses."""
    if refusal:
        raise PermissionDenied(refusal)
