"""Who gets in."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from core.permissions import standing
from core.views import person


def dashboard(view: Callable[..., Any]) -> Callable[..., Any]:
    """Open a page for reading to everybody who has a role."""

    @wraps(view)
    def seen(request: Any, *args: Any, **given: Any) -> Any:
        if not standing(person(request)).all_roles():
            raise PermissionDenied(_("You have no role yet, so there is nothing to see."))
        return view(request, *args, **given)

    return login_required(require_GET(seen))
