"""The reporting floor as a Django application."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReportingConfig(AppConfig):
    """Names the floor on screens."""

    name = "reporting"
    verbose_name = _("Reporting")
