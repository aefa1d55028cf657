"""The partners floor as a Django application."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PartnersConfig(AppConfig):
    """Names the floor on screens."""

    name = "partners"
    verbose_name = _("Partners")
