"""What models of every floor share."""

from typing import Any

import pgtrigger
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.fields import PublicIdField, SortKeyField
from core.language import language as readers_language


class Named(models.Model):
    """A record that addresses, figures and files can name, by an identity that never changes."""

    public_id = PublicIdField()

    class Meta:
        abstract = True
        triggers = [pgtrigger.ReadOnly(name="keep_public_id", fields=["public_id"])]


class Versioned(models.Model):
    """A record whose stale save is refused. The database counts the versions, also for updates in bulk or in SQL."""

    version = models.PositiveIntegerField(_("version"), default=1, editable=False)

    class Meta:
        abstract = True
        triggers = [
            pgtrigger.Trigger(
                name="count_version",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange(),
                func="NEW.version = OLD.version + 1; RETURN NEW;",
            )
        ]


class NamedVersioned(Named, Versioned):
    """Both."""

    class Meta:
        abstract = True
        triggers = [*Named.Meta.triggers, *Versioned.Meta.triggers]


class Reference(NamedVersioned):
    """Reference data with a name in both languages."""

    name_nl = models.CharField(_("name in Dutch"), max_length=200)
    name_en = models.CharField(_("name in English"), max_length=200)
    active = models.BooleanField(
        _("in use"), default=True, help_text=_("What is no longer in use stays on old records but is not offered.")
    )
    sort_key = SortKeyField("name_nl")

    class Meta:
        abstract = True
        triggers = NamedVersioned.Meta.triggers

    def __str__(self) -> str:
        return self.name()

    def name(self, language: str = "") -> str:
        """Return the name in a language, the reader's own by default."""
        return self.name_en if (language or readers_language()) == "en" else self.name_nl


class FetchingManager(models.Manager[Any]):
    """Fetches what a record's name is made of in the same query, also through foreign keys (with base_manager_name)."""

    names_from: tuple[str, ...] = ("partner",)

    def get_queryset(self) -> models.QuerySet[Any]:
        return super().get_queryset().select_related(*self.names_from)


class OrderedQuerySet(models.QuerySet[Any]):
    """Rows that belong under one parent, in the order the user gave them."""

    def in_order(self) -> "OrderedQuerySet":
        """Return the rows in their order; equal positions in the order of entry."""
        return self.order_by("position", "pk")
