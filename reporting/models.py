"""What the reporting floor keeps: answers as they were given, and partner sheets being made and made."""

from typing import Any

import pgtrigger
from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from claims.models import RenderState
from core.fields import PublicIdField
from partners.models import Partner


class Answer(models.Model):
    """An answer of the figure card as it was given: the question, what was said, and the figures. Append-only.

    `reach` tells whose claims were counted, for answers are compared only with those of the same reach.
    """

    public_id = PublicIdField()
    question = models.CharField(_("question"), max_length=2000, help_text=_("The filters, in their fixed order."))
    reach = models.CharField(max_length=400)
    language = models.CharField(_("language"), max_length=2)
    sentence = models.TextField(_("answer"))
    source = models.CharField(_("source"), max_length=300)
    facts = models.JSONField(_("figures"), default=dict)
    as_of = models.DateField(_("as of"))
    asked_by: Any = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("asked by")
    )
    asked_at = models.DateTimeField(_("asked at"))

    class Meta:
        verbose_name = _("answer of the figure card")
        verbose_name_plural = _("answers of the figure card")
        ordering = ["-pk"]
        indexes = [models.Index(fields=["question", "reach", "-id"], name="answer_of_question")]
        constraints = [models.CheckConstraint(condition=~models.Q(sentence=""), name="answer_says_something")]
        triggers = [
            pgtrigger.Protect(name="keep_answer", operation=pgtrigger.Update | pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return self.sentence[:80]


class PartnerSheet(models.Model):
    """A partner sheet as PDF, kept for who asked it under the hash of all that went into it: equal input is not made twice.

    `document` is the page as HTML, `charts` the specifications that the worker draws into it.
    """

    public_id = PublicIdField()
    partner: Any = models.ForeignKey(Partner, on_delete=models.CASCADE, related_name="+")
    input_hash = models.CharField(max_length=64)
    document = models.TextField()
    charts = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=RenderState.choices, default=RenderState.WAITING)
    asked_by: Any = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    asked_at = models.DateTimeField()
    content = models.BinaryField(null=True)
    message = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = _("PDF of a partner sheet")
        verbose_name_plural = _("PDFs of partner sheets")
        constraints = [
            models.UniqueConstraint(fields=["asked_by", "partner", "input_hash"], name="partner_sheet_once"),
            models.CheckConstraint(
                condition=models.Q(state=RenderState.DONE, content__isnull=False)
                | (~models.Q(state=RenderState.DONE) & models.Q(content__isnull=True)),
                name="partner_sheet_done_has_content",
            ),
        ]

    def __str__(self) -> str:
        return str(self.public_id)
