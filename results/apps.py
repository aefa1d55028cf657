"""The results floor as a Django application."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ResultsConfig(AppConfig):
    """Names the floor on screens."""

    name = "results"
    verbose_name = _("Results")
