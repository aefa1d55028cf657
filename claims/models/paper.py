"""Papers being made and made: drafts only. Frozen papers are records of their own."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from claims.enums import OF_CLAIM, PaperKind
from claims.models.claim import Claim
from core.fields import PublicIdField


class RenderState(models.TextChoices):
    """How far a paper is."""

    WAITING = "waiting", _("waiting")
    DONE = "done", _("done")
    FAILED = "failed", _("failed")


class Render(models.Model):
    """A draft paper as PDF, kept under the hash of everything that went into it: equal input is never made twice."""

    public_id = PublicIdField()
    claim: Any = models.ForeignKey(Claim, on_delete=models.CASCADE, null=True, related_name="renders")
    paper: Any = models.ForeignKey("claims.WrittenPaper", on_delete=models.CASCADE, null=True, related_name="renders")
    kind = models.CharField(max_length=10, choices=PaperKind.choices)
    input_hash = models.CharField(max_length=64)
    state = models.CharField(max_length=10, choices=RenderState.choices, default=RenderState.WAITING)
    asked_by: Any = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    asked_at = models.DateTimeField()
    content = models.BinaryField(null=True)
    message = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = _("PDF of a paper")
        verbose_name_plural = _("PDFs of papers")
        constraints = [
            models.UniqueConstraint(fields=["claim", "kind", "input_hash"], name="render_once"),
            models.UniqueConstraint(fields=["paper", "input_hash"], name="render_of_paper_once"),
            models.CheckConstraint(
                condition=Q(claim__isnull=False, paper__isnull=True, kind__in=OF_CLAIM)
                | (Q(claim__isnull=True, paper__isnull=False) & ~Q(kind__in=OF_CLAIM)),
                name="render_of_one",
            ),
            models.CheckConstraint(
                condition=Q(state=RenderState.DONE, content__isnull=False)
                | (~Q(state=RenderState.DONE) & Q(content__isnull=True)),
                name="render_done_has_content",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.public_id}"
