"""Frozen papers: the files, what they were made of, and every figure in them. Append-only; a newer version is a row of its own."""

from __future__ import annotations

import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from claims.enums import OF_CLAIM, PaperKind, Regime
from claims.models.claim import Claim
from claims.models.paper import RenderState
from claims.models.written import WrittenPaper
from core.enums import Classification
from core.fields import PublicIdField
from core.models import Directorate
from core.permissions import standing, within_reach
from results.models import ResultVersion

LARGEST_FILE = 20 * 1024 * 1024  # bytes


class FileFormat(models.TextChoices):
    """The files of a frozen paper."""

    PDF = "pdf", _("PDF")
    DOCX = "docx", _("Word file (DOCX)")
    ODT = "odt", _("OpenDocument file (ODT)")
    LIST = "list", _("List of redactions (PDF)")


class FrozenQuerySet(models.QuerySet["FrozenPaper"]):
    """Questions about frozen papers."""

    def visible_to(self, user: Any) -> Any:
        """Papers of the directorates in which the person has a role, unless one is about a claim the person does not see."""
        reach = within_reach(self, user)
        if standing(user).sees_everything:
            return reach
        hidden = FrozenClaim.objects.exclude(claim__in=Claim.objects.visible_to(user).values("pk")).values("paper")
        return reach.exclude(pk__in=hidden)

    def newest(self) -> FrozenQuerySet:
        """The newest version of each paper; internal and public versions are counted apart."""
        newer = FrozenPaper.objects.filter(
            kind=models.OuterRef("kind"),
            subject=models.OuterRef("subject"),
            public=models.OuterRef("public"),
            number__gt=models.OuterRef("number"),
        )
        return self.filter(~models.Exists(newer))

    def printing(self, record: uuid.UUID) -> FrozenQuerySet:
        """The newest versions in which a record is printed."""
        figures = FrozenFigure.objects.filter(paper=models.OuterRef("pk"), record=record)
        return self.filter(models.Exists(figures)).newest()

    def told(self) -> FrozenQuerySet:
        """Fetch what a list shows, and leave what a paper was made of in the database."""
        return self.select_related("by", "written").prefetch_related("claims").defer("snapshot", "program")


class FrozenPaper(models.Model):
    """One version of a paper as it left: never changed, never removed.

    `subject` is the public id of what the paper is about: a claim for its own papers, and for a nota or letter that paper, which
    `written` names with a mark of its texts and head then. `snapshot` holds its facts, paragraphs and
    figures as data; `program` what made it. A public version names the internal one it was made from.
    """

    public_id = PublicIdField()
    kind = models.CharField(_("paper"), max_length=10, choices=PaperKind.choices)
    subject = models.UUIDField()
    written: Any = models.ForeignKey(
        WrittenPaper, on_delete=models.PROTECT, null=True, related_name="frozen", verbose_name=_("nota or letter")
    )
    written_digest = models.CharField(max_length=64, blank=True, editable=False)  # by a trigger
    directorate: Any = models.ForeignKey(
        Directorate, on_delete=models.PROTECT, related_name="+", verbose_name=_("directorate")
    )
    claims: Any = models.ManyToManyField(
        Claim, through="FrozenClaim", related_name="frozen_papers", verbose_name=_("claims")
    )
    number = models.PositiveIntegerField(_("version"))
    public = models.BooleanField(_("public version"), default=False)
    internal: Any = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="public_versions", verbose_name=_("made from")
    )
    regime = models.CharField(_("published"), max_length=10, choices=Regime.choices, blank=True)
    title = models.CharField(_("title"), max_length=300)
    name = models.CharField(_("file name"), max_length=120)
    language = models.CharField(max_length=5, default="nl")
    classification = models.CharField(_("classification"), max_length=12, choices=Classification.choices)
    template = models.CharField(_("template"), max_length=60)
    snapshot = models.JSONField()
    program = models.JSONField()
    input_hash = models.CharField(max_length=64)
    by: Any = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("frozen by")
    )
    at = models.DateTimeField(_("frozen at"))
    written_in = models.BigIntegerField(
        default=0, editable=False
    )  # the transaction, by a trigger: files and figures join it

    objects = FrozenQuerySet.as_manager()

    class Meta:
        verbose_name = _("frozen paper")
        verbose_name_plural = _("frozen papers")
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "subject", "public", "number"], name="frozen_version_once"),
            models.CheckConstraint(
                condition=Q(kind__in=OF_CLAIM, written__isnull=True)
                | (~Q(kind__in=OF_CLAIM) & Q(written__isnull=False)),
                name="frozen_subject_one",
            ),
            models.CheckConstraint(
                condition=Q(public=False, internal__isnull=True, regime="")
                | Q(public=True, internal__isnull=False, regime__in=Regime.values),
                name="frozen_public_of_internal",
            ),
            models.CheckConstraint(
                condition=Q(classification__in=Classification.values), name="frozen_classification_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.number})"


class FrozenClaim(models.Model):
    """A claim that a frozen paper is about; `digest` marks the content of its draft then."""

    paper: Any = models.ForeignKey(FrozenPaper, on_delete=models.PROTECT, related_name="claim_links")
    claim: Any = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="frozen_links")
    digest = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["paper", "claim"], name="frozen_claim_once")]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def owner_shown(self) -> models.Model:
        """The paper: what a person is told of when the claim cannot be removed."""
        owner: models.Model = self.paper
        return owner


class FrozenFile(models.Model):
    """One file of a frozen paper, byte for byte."""

    paper: Any = models.ForeignKey(FrozenPaper, on_delete=models.PROTECT, related_name="files")
    format = models.CharField(max_length=4, choices=FileFormat.choices)
    media_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    digest = models.CharField("SHA-256", max_length=64)
    content = models.BinaryField()

    class Meta:
        verbose_name = _("file of a frozen paper")
        verbose_name_plural = _("files of frozen papers")
        ordering = ["paper", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["paper", "format"], name="frozen_file_once"),
            models.CheckConstraint(condition=Q(size__gt=0, size__lte=LARGEST_FILE), name="frozen_file_size"),
        ]

    def __str__(self) -> str:
        return f"{self.format} {self.digest[:12]}"


class FrozenFigureQuerySet(models.QuerySet["FrozenFigure"]):
    """Figures of frozen papers."""

    def as_rows(self) -> Any:
        """A row for each place and wording, in the order of the paper: the newest day of its sources, and how often it stands there."""
        rows = self.order_by().values("place", "wording")
        return rows.annotate(
            newest=models.Max("as_of"), times=models.Count("position", distinct=True), first=models.Min("position")
        ).order_by("first", "place", "wording")


class FrozenFigure(models.Model):
    """One figure of a frozen paper: which field of which record, its value then, and how it was printed.

    A result names the version that was printed. `value` is None where the record held none, as cash that is not known.
    """

    paper: Any = models.ForeignKey(FrozenPaper, on_delete=models.PROTECT, related_name="figures")
    position = models.PositiveIntegerField()
    place = models.CharField(_("place"), max_length=300)
    field = models.CharField(max_length=40)
    record = models.UUIDField()
    sort = models.CharField(max_length=10)
    value = models.DecimalField(_("value"), max_digits=38, decimal_places=16, null=True)
    currency = models.CharField(max_length=3, blank=True)
    wording = models.TextField(_("as printed"))
    as_of = models.DateField(_("as of"), null=True)
    version: Any = models.ForeignKey(ResultVersion, on_delete=models.PROTECT, null=True, related_name="+")

    objects = FrozenFigureQuerySet.as_manager()

    class Meta:
        verbose_name = _("figure of a frozen paper")
        verbose_name_plural = _("figures of frozen papers")
        ordering = ["paper", "position", "pk"]
        indexes = [models.Index(fields=["record", "field"], name="frozen_figure_record")]

    def __str__(self) -> str:
        return f"{self.field} {self.wording[:60]}"


class Freezing(models.Model):
    """A request to freeze a paper: what was shown when it was asked, and how far the worker is."""

    public_id = PublicIdField()
    kind = models.CharField(max_length=10, choices=PaperKind.choices)
    subject = models.UUIDField()
    directorate: Any = models.ForeignKey(Directorate, on_delete=models.PROTECT, related_name="+")
    internal: Any = models.ForeignKey(FrozenPaper, on_delete=models.PROTECT, null=True, related_name="+")
    regime = models.CharField(max_length=10, choices=Regime.choices, blank=True)
    input_hash = models.CharField(max_length=64)
    state = models.CharField(max_length=10, choices=RenderState.choices, default=RenderState.WAITING)
    message = models.TextField(blank=True)
    paper: Any = models.ForeignKey(FrozenPaper, on_delete=models.PROTECT, null=True, related_name="+")
    asked_by: Any = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()

    class Meta:
        verbose_name = _("request to freeze a paper")
        verbose_name_plural = _("requests to freeze a paper")
        constraints = [
            models.CheckConstraint(
                condition=Q(state=RenderState.DONE, paper__isnull=False)
                | (~Q(state=RenderState.DONE) & Q(paper__isnull=True)),
                name="freezing_done_has_paper",
            ),
            models.UniqueConstraint(
                fields=["kind", "subject", "internal"],
                condition=Q(state=RenderState.WAITING),
                nulls_distinct=False,
                name="freezing_one_waits",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.public_id}"


class Printout(models.Model):
    """A page asked for as PDF, such as the difference of two versions: made by the worker and kept for a while."""

    public_id = PublicIdField()
    directorate: Any = models.ForeignKey(Directorate, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=120)
    document = models.TextField(blank=True)
    input_hash = models.CharField(max_length=64)
    state = models.CharField(max_length=10, choices=RenderState.choices, default=RenderState.WAITING)
    message = models.CharField(max_length=300, blank=True)
    content = models.BinaryField(null=True)
    asked_by: Any = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()

    class Meta:
        verbose_name = _("page as PDF")
        verbose_name_plural = _("pages as PDF")
        constraints = [
            models.UniqueConstraint(fields=["directorate", "input_hash"], name="printout_once"),
            models.CheckConstraint(
                condition=Q(state=RenderState.DONE, content__isnull=False)
                | (~Q(state=RenderState.DONE) & Q(content__isnull=True)),
                name="printout_done_has_content",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class HouseSetQuerySet(models.QuerySet["HouseSet"]):
    """Questions about sets."""

    def visible_to(self, user: Any) -> Any:
        """Sets of the directorates in which the person has a role."""
        return within_reach(self, user)


class HouseSet(models.Model):
    """Papers that go to the House together (Kamerset): what was checked, what was answered, and the two files, once made.

    `checklist` holds each check as it was shown with the reason that was given where it was not in order.
    """

    public_id = PublicIdField()
    directorate: Any = models.ForeignKey(
        Directorate, on_delete=models.PROTECT, related_name="+", verbose_name=_("directorate")
    )
    title = models.CharField(_("title"), max_length=200)
    checklist = models.JSONField()
    by: Any = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("made by")
    )
    at = models.DateTimeField(_("made at"))
    state = models.CharField(max_length=10, choices=RenderState.choices, default=RenderState.WAITING)
    message = models.CharField(max_length=500, blank=True)
    archive = models.BinaryField(null=True)
    archive_digest = models.CharField(max_length=64, blank=True)
    reading = models.BinaryField(null=True)
    reading_digest = models.CharField(max_length=64, blank=True)

    objects = HouseSetQuerySet.as_manager()

    class Meta:
        verbose_name = _("set for the House")
        verbose_name_plural = _("sets for the House")
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state=RenderState.DONE, archive__isnull=False, reading__isnull=False)
                | (~Q(state=RenderState.DONE) & Q(archive__isnull=True, reading__isnull=True)),
                name="house_set_done_has_files",
            ),
            models.CheckConstraint(condition=~Q(title=""), name="house_set_titled"),
        ]

    def __str__(self) -> str:
        return self.title


class HouseSetPaper(models.Model):
    """One paper of a set, in its order."""

    house_set: Any = models.ForeignKey(HouseSet, on_delete=models.PROTECT, related_name="papers")
    paper: Any = models.ForeignKey(FrozenPaper, on_delete=models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["house_set", "position"]
        constraints = [
            models.UniqueConstraint(fields=["house_set", "paper"], name="house_set_paper_once"),
            models.UniqueConstraint(fields=["house_set", "position"], name="house_set_position_once"),
        ]

    def __str__(self) -> str:
        return str(self.position)
