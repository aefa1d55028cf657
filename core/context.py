"""What every template may use."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from core.menu import menu_for


def house(request: HttpRequest) -> dict[str, Any]:
    """Return the organisation's name, its own theme, the languages and the menu."""
    return {
        "organisation": settings.ORGANISATION,
        "theme_css": settings.THEME_CSS,
        "languages": settings.LANGUAGES,
        "menu": menu_for(request),
    }
