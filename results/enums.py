"""Choices of the results floor."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class VersionState(models.TextChoices):
    """How far a reported result is trusted."""

    REPORTED = "reported", _("reported")
    VERIFIED = "verified", _("verified")
