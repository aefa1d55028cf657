"""The claims floor as a Django application."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ClaimsConfig(AppConfig):
    """Names the floor on screens."""

    name = "claims"
    verbose_name = _("Claims")

    def ready(self) -> None:
        """Let entry screens say why a rule of this floor refuses."""
        from claims.rules.refusals import message_of
        from core.refusals import read_with

        read_with(message_of)
