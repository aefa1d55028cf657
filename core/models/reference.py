"""Reference data that more than one floor uses: countries, themes, covers, sources."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.fields import DayField, SortKeyField
from core.history import tracked
from core.models.base import NamedVersioned, Reference


@tracked()
class Country(Reference):
    """A country or area by its ISO 3166-1 alpha-2 code (names: Unicode CLDR)."""

    code = models.CharField(_("code"), max_length=2, unique=True)

    class Meta(Reference.Meta):
        abstract = False
        verbose_name = _("country")
        verbose_name_plural = _("countries")
        ordering = ["sort_key"]


@tracked()
class Theme(Reference):
    """What a claim is about, for finding and comparing."""

    code = models.SlugField(_("code"), max_length=40, unique=True)

    class Meta(Reference.Meta):
        abstract = False
        verbose_name = _("theme")
        verbose_name_plural = _("themes")
        ordering = ["sort_key"]


@tracked()
class Cover(Reference):
    """Where the money comes from (dekking), such as general means or a chapter's own budget."""

    code = models.SlugField(_("code"), max_length=40, unique=True)

    class Meta(Reference.Meta):
        abstract = False
        verbose_name = _("cover")
        verbose_name_plural = _("covers")
        ordering = ["sort_key"]


@tracked()
class Source(NamedVersioned):
    """Where a fact was read: a report, a page, a letter."""

    title = models.CharField(_("title"), max_length=300)
    publisher = models.CharField(_("publisher"), max_length=200, blank=True)
    published_on = DayField(_("date"), null=True, blank=True)
    url = models.URLField(_("address"), max_length=500, blank=True, help_text=_("Public address, if there is one."))
    note = models.CharField(_("note"), max_length=300, blank=True, help_text=_("For example a page or a table."))
    sort_key = SortKeyField("title")

    class Meta(NamedVersioned.Meta):
        abstract = False
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        ordering = ["sort_key"]

    def __str__(self) -> str:
        return f"{self.publisher}: {self.title}" if self.publisher else self.title
