"""The core floor as a Django application."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CoreConfig(AppConfig):
    """Names the floor on screens."""

    name = "core"
    verbose_name = _("Management")

    def ready(self) -> None:
        """Register what a deployment is checked for."""
        from core import checks as _of_the_database  # noqa: F401
        from core.signin import checks as _of_signing_in  # noqa: F401
