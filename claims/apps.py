"""The claims floor as a Django application."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ClaimsConfig(AppConfig):
    """Names the floor on screens."""

    name = "claims"
    verbose_name = _("Claims")
