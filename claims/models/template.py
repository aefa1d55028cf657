"""The CW 3.1 form's question sets. A template version is data; a claim keeps the version it was written in."""

from typing import Any

import pgtrigger
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.fields import DayField
from core.history import tracked
from core.models import NamedVersioned, OrderedQuerySet


@tracked()
class FormTemplate(NamedVersioned):
    """One version of the form."""

    code = models.SlugField(_("code"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=200)
    heading = models.CharField(_("heading"), max_length=200)
    subheading = models.CharField(_("sub-heading"), max_length=200, blank=True)
    annex_heading = models.CharField(_("heading of the annex"), max_length=200)
    valid_from = DayField(_("in use from"), null=True, blank=True)
    preferred = models.BooleanField(_("offered first"), default=False)
    active = models.BooleanField(_("in use"), default=True)

    class Meta(NamedVersioned.Meta):
        abstract = False
        verbose_name = _("form version")
        verbose_name_plural = _("form versions")
        ordering = ["-preferred", "code"]
        constraints = [
            models.UniqueConstraint(
                fields=["preferred"],
                condition=models.Q(preferred=True),
                name="one_preferred_template",
                violation_error_message=_("Another form version is already offered first."),
            )
        ]

    def __str__(self) -> str:
        return self.name


@tracked()
class TemplateSection(NamedVersioned):
    """One numbered row of the form: label left, questions and answer right."""

    template: Any = models.ForeignKey(
        FormTemplate, on_delete=models.CASCADE, related_name="sections", verbose_name=_("form version")
    )
    position = models.PositiveSmallIntegerField(_("order"))
    key = models.SlugField(
        _("key"),
        max_length=20,
        help_text=_("The same across versions, so that a text finds its place: doelen, instrumenten, …"),
    )
    number = models.CharField(_("question number"), max_length=8, help_text=_("As printed, for example “3. A.”."))
    label = models.CharField(_("label"), max_length=100)
    questions = models.JSONField(_("questions"), help_text=_("As printed, in order."))
    guidance_nl = models.TextField(_("guidance in Dutch"), blank=True)
    guidance_en = models.TextField(_("guidance in English"), blank=True)

    objects = OrderedQuerySet.as_manager()

    class Meta(NamedVersioned.Meta):
        abstract = False
        verbose_name = _("form section")
        verbose_name_plural = _("form sections")
        ordering = ["template", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["template", "key"],
                name="template_section_once",
                violation_error_message=_("This form version already has a section with that key."),
            ),
            models.UniqueConstraint(
                fields=["template", "position"],
                name="template_section_position",
                violation_error_message=_("This form version already has a section in that place."),
            ),
        ]
        triggers = [
            *NamedVersioned.Meta.triggers,
            # A version that claims were written in stays as it was: a changed question is a new version.
            pgtrigger.ReadOnly(name="keep_wording", fields=["template", "key", "number", "label", "questions"]),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.label}"
