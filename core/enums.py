"""Choices that every floor may use."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """What a person does, in one directorate or ministry-wide (docs/glossary.md, "People")."""

    OFFICER = "officer", _("policy officer")
    MANAGER = "manager", _("budget manager")
    CONTROLLER = "controller", _("controller")
    BOOKKEEPER = "bookkeeper", _("financial officer")
    REGISTRAR = "registrar", _("decision registrar")
    READER = "reader", _("reader")
    ADMINISTRATOR = "administrator", _("administrator")


class Classification(models.TextChoices):
    """Who may see a paper (rubricering)."""

    PUBLIC = "public", _("public")
    INTERNAL = "internal", _("draft, not public")
    CONFIDENTIAL = "confidential", _("departmentally confidential")


class Earmark(models.TextChoices):
    """Whether a contribution is tied to a theme or country."""

    EARMARKED = "earmarked", _("earmarked")
    UNEARMARKED = "unearmarked", _("unearmarked")


class LoadedRate(models.TextChoices):
    """Whose exchange rates are loaded; agreed and booked ones stand with what they belong to."""

    CORPORATE = "corporate", _("the ministry's rate of the year")
    UN = "un", _("United Nations rate")
    ECB = "ecb", _("European Central Bank rate")
