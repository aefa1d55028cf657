"""Addresses of pages, found once: a table of a hundred rows has hundreds of links, and finding an address takes time."""

from functools import lru_cache
from typing import Any

from django.urls import get_script_prefix, get_urlconf, reverse

MOST = 10_000


def address_of(name: str, *args: Any) -> str:
    """Return the address of a page by its name and what it is about; the same in every language."""
    return _address_of(get_script_prefix(), get_urlconf(), name, *map(str, args))


@lru_cache(MOST)
def _address_of(_prefix: str, _pages: Any, name: str, *args: str) -> str:
    return reverse(name, args=args)
