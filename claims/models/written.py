"""Papers that are written about claims: the beslisnota and the Kamerbrief. Their headings are data, as the form's questions are."""

from __future__ import annotations

from typing import Any

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from claims.enums import FrameForm, NotaNature, NotaOutcome, PaperBlock, WrittenKind
from claims.models.claim import Claim
from claims.models.decision import Party
from claims.models.parliament import HouseItem
from claims.rules.parliament import STORED
from claims.rules.places import told
from core.enums import Classification
from core.fields import DayField, RichTextField, YearField
from core.history import tracked
from core.models import Directorate, NamedVersioned, OrderedQuerySet
from core.permissions import standing, within_reach
from results.models import Result


@tracked()
class PaperTemplate(NamedVersioned):
    """One version of the nota or letter: which headings it has, and what the records put below them."""

    code = models.SlugField(_("code"), max_length=40, unique=True)
    kind = models.CharField(_("kind of paper"), max_length=10, choices=WrittenKind.choices)
    name = models.CharField(_("name"), max_length=200)
    preferred = models.BooleanField(_("offered first"), default=False)
    active = models.BooleanField(_("in use"), default=True)

    class Meta(NamedVersioned.Meta):
        abstract = False
        verbose_name = _("paper version")
        verbose_name_plural = _("paper versions")
        ordering = ["kind", "-preferred", "code"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=WrittenKind.values), name="paper_template_kind_known"),
            models.UniqueConstraint(
                fields=["kind"],
                condition=Q(preferred=True),
                name="one_preferred_paper_template",
                violation_error_message=_("Another version of this paper is already offered first."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


@tracked()
class PaperTemplateSection(NamedVersioned):
    """One heading with the text below it. An empty label is printed as no heading at all."""

    template: Any = models.ForeignKey(
        PaperTemplate, on_delete=models.CASCADE, related_name="sections", verbose_name=_("paper version")
    )
    position = models.PositiveSmallIntegerField(_("order"))
    key = models.SlugField(_("key"), max_length=20)
    name = models.CharField(_("name"), max_length=100, help_text=_("As the writing page calls it."))
    label = models.CharField(_("printed heading"), max_length=100, blank=True)
    optional = models.BooleanField(
        _("may stay empty"), default=False, help_text=_("Empty: the heading is not printed.")
    )
    boxed = models.BooleanField(_("in a box"), default=False, help_text=_("For what a decision is asked on."))
    withheld = models.BooleanField(_("never in the public version"), default=False)
    block = models.CharField(
        _("from records"),
        max_length=12,
        choices=PaperBlock.choices,
        blank=True,
        help_text=_("What stands below the text by itself."),
    )
    guidance_nl = models.TextField(_("guidance in Dutch"), blank=True)
    guidance_en = models.TextField(_("guidance in English"), blank=True)

    objects = OrderedQuerySet.as_manager()

    class Meta(NamedVersioned.Meta):
        abstract = False
        verbose_name = _("heading of a paper")
        verbose_name_plural = _("headings of a paper")
        ordering = ["template", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["template", "key"],
                name="paper_template_section_once",
                violation_error_message=_("This version already has a heading with that key."),
            ),
            models.CheckConstraint(
                condition=Q(block="") | Q(block__in=PaperBlock.values), name="paper_template_block_known"
            ),
        ]
        triggers = [
            *NamedVersioned.Meta.triggers,
            # A version that papers were written in stays as it was: a changed heading is a new version.
            pgtrigger.ReadOnly(name="keep_heading", fields=["template", "key", "label", "boxed", "block", "withheld"]),
        ]

    def __str__(self) -> str:
        return self.name


class WrittenPaperQuerySet(models.QuerySet["WrittenPaper"]):
    """Questions about notas and letters."""

    def visible_to(self, user: Any) -> Any:
        """Papers of the directorates in which the person has a role, unless one is about a claim the person does not see."""
        reach = within_reach(self, user)
        if standing(user).sees_everything:
            return reach
        hidden = PaperClaim.objects.exclude(claim__in=Claim.objects.visible_to(user).values("pk")).values("paper")
        return reach.exclude(pk__in=hidden)


@tracked()
class WrittenPaper(NamedVersioned):
    """A nota or letter about one or several claims. A draft may lack anything; its head prints what is filled in.

    A nota is closed by the decision that is fed back, a letter by being sent; then the texts no longer change.
    """

    reference = models.CharField(_("reference"), max_length=20, unique=True, editable=False)
    kind = models.CharField(_("kind of paper"), max_length=10, choices=WrittenKind.choices)
    template: Any = models.ForeignKey(
        PaperTemplate, on_delete=models.PROTECT, related_name="papers", verbose_name=_("paper version")
    )
    title = models.CharField(_("subject"), max_length=200)
    nature = models.CharField(
        _("asked for"),
        max_length=12,
        choices=NotaNature.choices,
        blank=True,
        help_text=_("Printed at the head of a nota."),
    )
    directorate: Any = models.ForeignKey(
        Directorate, on_delete=models.PROTECT, related_name="written_papers", verbose_name=_("directorate")
    )
    claims: Any = models.ManyToManyField(
        Claim, through="PaperClaim", related_name="written_papers", verbose_name=_("claims")
    )
    paper_date = DayField(_("date on the paper"), null=True, blank=True)
    ministry_reference = models.CharField(
        _("reference of the ministry"), max_length=40, blank=True, help_text=_("For example BZ2600000.")
    )
    your_reference = models.CharField(_("your reference"), max_length=80, blank=True)
    classification = models.CharField(
        _("classification"), max_length=12, choices=Classification.choices, default=Classification.INTERNAL
    )
    addressees: Any = models.ManyToManyField(
        Party, blank=True, related_name="+", verbose_name=_("to"), help_text=_("By role, for example M or R.")
    )
    from_line = models.CharField(_("from"), max_length=200, blank=True, help_text=_("Empty: the directorate."))
    via = models.CharField(_("via"), max_length=200, blank=True)
    copies_to = models.CharField(_("copy to"), max_length=200, blank=True)
    coordinated_with = models.CharField(
        _("coordinated with"), max_length=200, blank=True, help_text=_("Separated by commas, for example FIN, DVB.")
    )
    drawn_up_by = models.CharField(
        _("drawn up by"),
        max_length=200,
        blank=True,
        help_text=_("Names stand in the paper only and are left out of a public version."),
    )
    accompanies: Any = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="notas",
        verbose_name=_("letter that goes with it"),
    )
    address = models.TextField(_("address"), max_length=400, blank=True, help_text=_("One line per line."))
    salutation = models.CharField(_("salutation"), max_length=80, blank=True)
    closing = models.CharField(_("closing words"), max_length=80, blank=True)
    signatories = models.TextField(
        _("signed by"),
        max_length=400,
        blank=True,
        help_text=_("Office and name; an empty line begins the next who signs."),
    )
    frame = models.CharField(
        _("CW 3.1 frame"),
        max_length=10,
        choices=FrameForm.choices,
        blank=True,
        help_text=_("In the letter's own text, or as forms that go with it."),
    )
    key_results: Any = models.ManyToManyField(
        Result,
        blank=True,
        related_name="+",
        verbose_name=_("key results"),
        help_text=_("Told in the letter, each in a sentence from its record. Confidential ones are never printed."),
    )
    house_items: Any = models.ManyToManyField(
        HouseItem, blank=True, related_name="written_papers", verbose_name=_("motions and undertakings it deals with")
    )
    other_annexes = models.TextField(
        _("other annexes"),
        max_length=1000,
        blank=True,
        help_text=_("One per line. The forms and the letter that go with it are listed by themselves."),
    )
    outcome = models.CharField(
        _("decision fed back"), max_length=12, choices=NotaOutcome.choices, blank=True, editable=False
    )
    decided_on = DayField(_("decided on"), null=True, blank=True, editable=False)
    decided_by: Any = models.ForeignKey(
        Party,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        editable=False,
        verbose_name=_("decided by"),
    )
    decision_remark = models.TextField(_("remark"), max_length=2000, blank=True, editable=False)
    sent_on = DayField(_("sent on"), null=True, blank=True, editable=False)
    document = models.CharField(_("Kamerstuk"), max_length=30, blank=True, editable=False)
    created_at = models.DateTimeField(_("created at"), editable=False)
    created_by: Any = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        editable=False,
        verbose_name=_("created by"),
    )

    objects = WrittenPaperQuerySet.as_manager()

    class Meta(NamedVersioned.Meta):
        abstract = False
        verbose_name = _("nota or letter")
        verbose_name_plural = _("notas and letters")
        ordering = ["-reference"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=WrittenKind.values), name="written_kind_known"),
            models.CheckConstraint(
                condition=Q(kind=WrittenKind.NOTA, nature__in=NotaNature.values)
                | Q(kind=WrittenKind.LETTER, nature=""),
                name="written_nature_of_nota",
                violation_error_message=_(
                    "A nota asks for a decision, informs or asks for a signature; a letter does not."
                ),
            ),
            models.CheckConstraint(
                condition=Q(frame="") | Q(kind=WrittenKind.LETTER, frame__in=FrameForm.values),
                name="written_frame_of_letter",
                violation_error_message=_("Only a letter carries the CW 3.1 frame."),
            ),
            models.CheckConstraint(
                condition=Q(accompanies__isnull=True) | (Q(kind=WrittenKind.NOTA) & ~Q(accompanies=F("pk"))),
                name="written_nota_accompanies",
                violation_error_message=_("Only a nota goes with a letter."),
            ),
            models.CheckConstraint(
                condition=Q(outcome="", decided_on__isnull=True, decided_by__isnull=True, decision_remark="")
                | Q(
                    kind=WrittenKind.NOTA,
                    outcome__in=NotaOutcome.values,
                    decided_on__isnull=False,
                    decided_by__isnull=False,
                ),
                name="written_decision_whole",
                violation_error_message=_("A decision fed back names who decided, what and when."),
            ),
            models.CheckConstraint(
                condition=Q(sent_on__isnull=True, document="")
                | (Q(kind=WrittenKind.LETTER, sent_on__isnull=False) & (Q(document="") | Q(document__regex=STORED))),
                name="written_sent_letter",
                violation_error_message=_("Only a letter is sent; its Kamerstuk is known after that."),
            ),
        ]
        triggers = [
            *NamedVersioned.Meta.triggers,
            pgtrigger.ReadOnly(
                name="keep_reference", fields=["reference", "kind", "template", "created_at", "created_by"]
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reference} {self.title}"

    @property
    def closed(self) -> bool:
        """True once the nota's decision is fed back, or the letter is sent."""
        return bool(self.outcome or self.sent_on)


class PaperClaim(models.Model):
    """A claim that a paper is about, in the order in which the paper names them."""

    paper: Any = models.ForeignKey(WrittenPaper, on_delete=models.CASCADE, related_name="paper_claims")
    claim: Any = models.ForeignKey(
        Claim, on_delete=models.PROTECT, related_name="paper_claims", verbose_name=_("claim")
    )
    position = models.PositiveSmallIntegerField(_("order"), default=1)

    objects = OrderedQuerySet.as_manager()

    class Meta:
        verbose_name = _("claim of a paper")
        verbose_name_plural = _("claims of a paper")
        ordering = ["paper", "position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["paper", "claim"],
                name="paper_claim_once",
                violation_error_message=_("This paper is about that claim already."),
            )
        ]

    def __str__(self) -> str:
        return str(self.position)

    @property
    def owner_shown(self) -> models.Model:
        """The paper: what a person is told of when the claim cannot be removed."""
        owner: models.Model = self.paper
        return owner


@tracked()
class PaperSection(NamedVersioned):
    """The text below one heading of a paper."""

    paper: Any = models.ForeignKey(
        WrittenPaper, on_delete=models.CASCADE, related_name="sections", verbose_name=_("nota or letter")
    )
    heading: Any = models.ForeignKey(
        PaperTemplateSection, on_delete=models.PROTECT, related_name="+", verbose_name=_("heading of a paper")
    )
    text = RichTextField(_("text"))

    class Meta(NamedVersioned.Meta):
        abstract = False
        verbose_name = _("section of a paper")
        verbose_name_plural = _("sections of a paper")
        ordering = ["paper", "heading"]
        constraints = [
            models.UniqueConstraint(
                fields=["paper", "heading"],
                name="paper_section_once",
                violation_error_message=_("This heading already has a text."),
            )
        ]

    def __str__(self) -> str:
        return str(self.public_id)


class PaperAnswer(models.Model):
    """Why a finding in a paper may stand. Kept for good; a newer answer counts instead."""

    paper: Any = models.ForeignKey(WrittenPaper, on_delete=models.CASCADE, related_name="finding_answers")
    code = models.CharField(_("finding"), max_length=60)
    place = models.CharField(_("where"), max_length=300)
    message = models.TextField(_("what was found"))
    reason = models.TextField(_("reason"))
    by: Any = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("by")
    )
    at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("answered finding in a paper")
        verbose_name_plural = _("answered findings in papers")
        ordering = ["paper", "pk"]

    def __str__(self) -> str:
        return f"{self.code} {self.place}"

    @property
    def where(self) -> str:
        """The place as a reader is told it."""
        return told(self.place)


class PaperCounter(models.Model):
    """The last number given to a paper in a year; the row is locked while one is given. Gaps are allowed."""

    year = YearField(unique=True)
    last = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.year}: {self.last}"
