"""The reader's language, as the request or command has activated it."""

from django.utils.translation import get_language


def language() -> str:
    """Return `nl` or `en`."""
    return (get_language() or "nl")[:2]
