"""What the database refuses, in words: floors above tell here how to read their own rules.

An entry screen of a lower floor can so show why a rule of a higher one refuses what was typed.
"""

from __future__ import annotations

from collections.abc import Callable

from django.utils.functional import Promise

Reader = Callable[[BaseException], "str | Promise | None"]
_readers: list[Reader] = []


def read_with(reader: Reader) -> None:
    """Add a reader: it returns what to tell the user about a database error, or None when the rule is not its own."""
    if reader not in _readers:
        _readers.append(reader)


def message_of(error: BaseException) -> str | Promise | None:
    """Return what to tell the user about a refusal of the database; None when nobody knows the rule."""
    return next((message for reader in _readers if (message := reader(error))), None)
