"""Evidence (bewijsstukken): files that prove a decision, commitment, payment or result. Kept in the database, append-only."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from claims.enums import StepKind
from claims.models.claim import Claim
from claims.models.decision import Decision, Milestone
from claims.models.ledger import Commitment, Payment
from core.enums import Classification
from core.fields import DayField, PublicIdField
from core.history import tracked
from core.models import Reference
from results.models import Result

LARGEST_EVIDENCE = 20 * 1024 * 1024  # bytes


@tracked()
class EvidenceKind(Reference):
    """What sort of proof: a signed nota, an e-mail of agreement, an arrangement, a report."""

    code = models.SlugField(_("code"), max_length=40, unique=True)

    class Meta(Reference.Meta):
        abstract = False
        verbose_name = _("kind of evidence")
        verbose_name_plural = _("kinds of evidence")
        ordering = ["sort_key"]


@tracked()
class RequiredEvidence(models.Model):
    """Which kind of evidence must be there before a step can be taken."""

    step = models.CharField(_("step"), max_length=20, choices=StepKind.choices)
    kind: Any = models.ForeignKey(
        EvidenceKind, on_delete=models.PROTECT, related_name="+", verbose_name=_("kind of evidence")
    )

    class Meta:
        verbose_name = _("required evidence")
        verbose_name_plural = _("required evidence")
        ordering = ["step", "kind"]
        constraints = [
            models.UniqueConstraint(
                fields=["step", "kind"],
                name="required_evidence_once",
                violation_error_message=_("This kind is required for that step already."),
            ),
            models.CheckConstraint(condition=Q(step__in=StepKind.values), name="required_evidence_step_known"),
        ]

    def __str__(self) -> str:
        return str(StepKind(self.step).label)


ABOUT = ("decision", "milestone", "result", "commitment", "payment")  # what a piece may prove besides the claim itself


def _at_most_one() -> Q:
    condition = Q(**{f"{name}__isnull": True for name in ABOUT})
    for chosen in ABOUT:
        condition |= Q(**{f"{name}__isnull": name != chosen for name in ABOUT})
    return condition


class EvidenceQuerySet(models.QuerySet["Evidence"]):
    """Questions about evidence."""

    def without_content(self) -> EvidenceQuerySet:
        """Leave the files themselves in the database."""
        return self.defer("content")


class Evidence(models.Model):
    """One file about a claim, or about one of its decisions, milestones, commitments, payments or cited results."""

    public_id = PublicIdField()
    claim: Any = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="evidence", verbose_name=_("claim"))
    decision: Any = models.ForeignKey(
        Decision, on_delete=models.PROTECT, null=True, blank=True, related_name="evidence", verbose_name=_("decision")
    )
    milestone: Any = models.ForeignKey(
        Milestone, on_delete=models.PROTECT, null=True, blank=True, related_name="evidence", verbose_name=_("milestone")
    )
    result: Any = models.ForeignKey(
        Result, on_delete=models.PROTECT, null=True, blank=True, related_name="evidence", verbose_name=_("result")
    )
    commitment: Any = models.ForeignKey(
        Commitment,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="evidence",
        verbose_name=_("commitment"),
    )
    payment: Any = models.ForeignKey(
        Payment, on_delete=models.PROTECT, null=True, blank=True, related_name="evidence", verbose_name=_("payment")
    )
    kind: Any = models.ForeignKey(
        EvidenceKind, on_delete=models.PROTECT, related_name="+", verbose_name=_("kind of evidence")
    )
    dated = DayField(_("date of the document"), null=True, blank=True)
    description = models.CharField(_("description"), max_length=300, blank=True)
    classification = models.CharField(
        _("classification"), max_length=12, choices=Classification.choices, default=Classification.INTERNAL
    )
    public = models.BooleanField(_("may be published"), default=False)
    name = models.CharField(_("file name"), max_length=200)
    media_type = models.CharField(_("file type"), max_length=100)
    size = models.PositiveIntegerField(_("size"))
    digest = models.CharField(_("SHA-256"), max_length=64)
    content = models.BinaryField()
    added_by: Any = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("added by")
    )
    added_at = models.DateTimeField(_("added at"))

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("evidence")
        verbose_name_plural = _("evidence")
        ordering = ["claim", "pk"]
        constraints = [
            models.CheckConstraint(condition=_at_most_one(), name="evidence_about_one"),
            models.CheckConstraint(
                condition=~Q(public=True) | Q(classification=Classification.PUBLIC),
                name="evidence_public_is_classified_so",
            ),
            models.CheckConstraint(condition=Q(size__gt=0, size__lte=LARGEST_EVIDENCE), name="evidence_size"),
            models.CheckConstraint(
                condition=Q(classification__in=Classification.values), name="evidence_classification_known"
            ),
        ]

    def __str__(self) -> str:
        return self.name
