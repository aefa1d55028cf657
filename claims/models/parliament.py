"""What the House asked for (motions) and what it was promised (undertakings), until a letter settles it."""

from __future__ import annotations

import datetime
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from claims.enums import HouseItemKind, HouseItemState, MotionOutcome
from claims.models.claim import Claim
from claims.rules.parliament import STORED
from core.fields import DayField
from core.history import tracked
from core.models import Directorate, NamedVersioned
from core.permissions import standing


class HouseItemQuerySet(models.QuerySet["HouseItem"]):
    """Questions about motions and undertakings."""

    def visible_to(self, user: Any) -> Any:
        """Those of the directorates in which the person has a role, and those that concern a claim the person sees."""
        held = standing(user)
        if held.sees_everything:
            return self
        if not held.directorate_ids:
            return self.none()
        concerned = Claim.objects.visible_to(user).values("pk")
        linked = HouseItem.claims.through.objects.filter(claim__in=concerned).values("houseitem")
        return self.filter(Q(directorate__in=held.directorate_ids) | Q(pk__in=linked))

    def open(self) -> HouseItemQuerySet:
        """Those that still ask for a letter."""
        return self.filter(state=HouseItemState.OPEN)

    def by_due_day(self) -> HouseItemQuerySet:
        """What is due first stands first; what has no day last."""
        return self.order_by(models.F("due_on").asc(nulls_last=True), "raised_on", "pk")


@tracked()
class HouseItem(NamedVersioned):
    """A motion or an undertaking. Its state changes only by an action: settled by a letter, or lapsed with a reason."""

    kind = models.CharField(_("kind"), max_length=12, choices=HouseItemKind.choices, default=HouseItemKind.MOTION)
    title = models.CharField(
        _("subject"), max_length=200, help_text=_("Short, as lists say it: financial support for abducted children.")
    )
    document = models.CharField(
        _("Kamerstuk"),
        max_length=30,
        blank=True,
        help_text=_("Dossier and number, for example 36 045, nr. 213. Without it no paper can cite a motion."),
    )
    raised_on = DayField(
        _("date"),
        null=True,
        blank=True,
        help_text=_("Of a motion: when it was tabled. Of an undertaking: when it was made."),
    )
    signatory = models.CharField(
        _("by whom"),
        max_length=120,
        blank=True,
        help_text=_(
            "Of a motion: the first signatory, for example Jansen c.s. Of an undertaking: who promised it, for example M or R."
        ),
    )
    addressee = models.CharField(
        _("to whom"),
        max_length=120,
        blank=True,
        help_text=_(
            "Of a motion: who is asked, for example R. Of an undertaking: to whom it was made, for example the House."
        ),
    )
    outcome = models.CharField(
        _("outcome of the vote"),
        max_length=12,
        choices=MotionOutcome.choices,
        blank=True,
        help_text=_("Only of a motion."),
    )
    text = models.TextField(_("what is asked or promised"), max_length=4000, blank=True)
    directorate: Any = models.ForeignKey(
        Directorate, on_delete=models.PROTECT, related_name="house_items", verbose_name=_("directorate")
    )
    responsible: Any = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("responsible"),
        help_text=_("Empty: the file holders of the claims it concerns."),
    )
    due_on = DayField(_("due on"), null=True, blank=True)
    claims: Any = models.ManyToManyField(
        Claim,
        blank=True,
        related_name="house_items",
        verbose_name=_("claims"),
        help_text=_("Which claims carry it out or report on it."),
    )
    state = models.CharField(
        _("state"), max_length=12, choices=HouseItemState.choices, default=HouseItemState.OPEN, editable=False
    )
    closed_on = DayField(_("settled or lapsed on"), null=True, blank=True, editable=False)
    settled_in = models.CharField(
        _("letter that settles it"),
        max_length=200,
        blank=True,
        editable=False,
        help_text=_("Its Kamerstuk, or its title and date."),
    )
    letter: Any = models.ForeignKey(
        "claims.WrittenPaper",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="settles",
        verbose_name=_("our letter"),
    )
    remark = models.TextField(_("remark"), max_length=2000, blank=True, editable=False)

    objects = HouseItemQuerySet.as_manager()

    class Meta(NamedVersioned.Meta):
        abstract = False
        verbose_name = _("motion or undertaking")
        verbose_name_plural = _("motions and undertakings")
        ordering = ["-raised_on", "-pk"]
        indexes = [models.Index(fields=["state", "due_on"])]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=HouseItemKind.values), name="house_item_kind_known"),
            models.CheckConstraint(condition=Q(state__in=HouseItemState.values), name="house_item_state_known"),
            models.CheckConstraint(
                condition=Q(document="") | Q(document__regex=STORED),
                name="house_item_document",
                violation_error_message=_("Write the Kamerstuk as dossier and number, for example 36 045, nr. 213."),
            ),
            models.CheckConstraint(
                condition=Q(outcome="") | Q(kind=HouseItemKind.MOTION, outcome__in=MotionOutcome.values),
                name="house_item_outcome_of_motion",
                violation_error_message=_("Only a motion is voted on: leave the outcome empty for an undertaking."),
            ),
            models.UniqueConstraint(
                fields=["kind", "document"],
                condition=Q(kind=HouseItemKind.MOTION) & ~Q(document=""),
                name="house_item_motion_once",
                violation_error_message=_("This motion is registered already, under the same Kamerstuk."),
            ),
            models.CheckConstraint(
                condition=Q(state=HouseItemState.OPEN, closed_on__isnull=True, settled_in="")
                | (Q(state=HouseItemState.SETTLED, closed_on__isnull=False) & ~Q(settled_in=""))
                | (Q(state=HouseItemState.LAPSED, closed_on__isnull=False, settled_in="") & ~Q(remark="")),
                name="house_item_closed_whole",
                violation_error_message=_(
                    "What is settled names the letter and its date; what lapsed says why and when."
                ),
            ),
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True)
                | Q(raised_on__isnull=True)
                | Q(closed_on__gte=models.F("raised_on")),
                name="house_item_closed_after_raised",
                violation_error_message=_("It cannot be settled before it was raised: look at the two dates."),
            ),
        ]

    def __str__(self) -> str:
        told = self.document or self.signatory
        return f"{self.title} ({told})" if told else self.title

    @property
    def is_open(self) -> bool:
        """True as long as a letter is asked for."""
        return self.state == HouseItemState.OPEN

    @property
    def cannot_be_cited(self) -> bool:
        """True for a motion without its Kamerstuk."""
        return self.kind == HouseItemKind.MOTION and not self.document

    def overdue(self, today: datetime.date) -> bool:
        """True when it is open and its day has passed."""
        return self.is_open and self.due_on is not None and self.due_on < today
