"""Choices of the results floor."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class VersionState(models.TextChoices):
    """How far a reported result is trusted."""

    REPORTED = "reported", _("reported")
    VERIFIED = "verified", _("verified")


class Counted(models.TextChoices):
    """What an indicator counts, which decides what may be added."""

    PEOPLE = "people", _("unique people")
    CONTACTS = "contacts", _("contacts (a person may count more than once)")
    THINGS = "things", _("things or activities")
    PERCENTAGE = "percentage", _("percentage (numerator and denominator)")


class Timing(models.TextChoices):
    """How an indicator's values relate to time."""

    PERIOD = "period", _("what happened in the period")
    CUMULATIVE = "cumulative", _("running total since the start")
    SNAPSHOT = "snapshot", _("the state at one moment")


class UploadState(models.TextChoices):
    """What became of a file that was sent."""

    WAITING = "waiting", _("waiting")
    DONE = "done", _("taken in")
    REFUSED = "refused", _("refused")
