"""The budget a claim draws on: articles, instruments and envelopes."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from claims.enums import Chapter
from core.fields import SortKeyField, YearField
from core.history import tracked
from core.language import language as readers_language
from core.models import Cover, Directorate, NamedVersioned, Reference


@tracked()
class Article(NamedVersioned):
    """A budget article or sub-article, for the years in which it is called so."""

    chapter = models.CharField(_("budget chapter"), max_length=4, choices=Chapter.choices)
    number = models.CharField(
        _("article"),
        max_length=8,
        help_text=_("For example 4, or 4.1 for a sub-article."),
        validators=[RegexValidator(r"^\d{1,2}(\.\d{1,2})?$")],
    )
    name_nl = models.CharField(_("name in Dutch"), max_length=200)
    name_en = models.CharField(_("name in English"), max_length=200)
    first_year = YearField(_("first year"))
    last_year = YearField(_("last year"), null=True, blank=True, help_text=_("Empty: still called so."))

    class Meta(NamedVersioned.Meta):
        abstract = False
        verbose_name = _("budget article")
        verbose_name_plural = _("budget articles")
        ordering = ["chapter", "number", "first_year"]
        constraints = [
            models.UniqueConstraint(
                fields=["chapter", "number", "first_year"],
                name="article_once",
                violation_error_message=_("This article is already entered from that year on."),
            ),
            models.CheckConstraint(
                condition=Q(last_year__isnull=True) | Q(last_year__gte=F("first_year")),
                name="article_years",
                violation_error_message=_("The last year cannot be before the first."),
            ),
            models.CheckConstraint(condition=Q(chapter__in=Chapter.values), name="article_chapter_known"),
        ]

    def __str__(self) -> str:
        return f"{self.chapter} {self.number} {self.name()}"

    def clean(self) -> None:
        """Refuse an article that is there already in one of its years: what stands on it would be told in two places."""
        super().clean()
        if self.first_year is None:
            return
        others = Article.objects.filter(chapter=self.chapter, number=self.number).exclude(pk=self.pk)
        others = others.filter(Q(last_year=None) | Q(last_year__gte=self.first_year))
        if self.last_year is not None:
            others = others.filter(first_year__lte=self.last_year)
        if other := others.order_by("first_year").first():
            years = f"{other.first_year}–{other.last_year or ''}".rstrip("–")
            raise ValidationError(
                _(
                    "This article is there already: “%(article)s”, from %(years)s. Use that one, or give it a last year first."
                )
                % {"article": other, "years": years}
            )

    @property
    def code(self) -> str:
        """Chapter and number, as papers cite it: "XVII, art. 4.1"."""
        return f"{self.chapter}, art. {self.number}"

    def name(self, language: str = "") -> str:
        """Return the name in a language, the reader's own by default."""
        return self.name_en if (language or readers_language()) == "en" else self.name_nl


@tracked()
class Instrument(Reference):
    """A policy instrument of the budget tables, such as a contribution to an international organisation."""

    code = models.SlugField(_("code"), max_length=40, unique=True)

    class Meta(Reference.Meta):
        abstract = False
        verbose_name = _("instrument")
        verbose_name_plural = _("instruments")
        ordering = ["sort_key"]


@tracked()
class Envelope(NamedVersioned):
    """Money set apart for a purpose in one budget year. A claim line's year and cover come from here."""

    name = models.CharField(_("name"), max_length=200)
    year = YearField(_("budget year"))
    cover: Any = models.ForeignKey(
        Cover,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="envelopes",
        verbose_name=_("cover"),
        help_text=_("Empty as long as it is not known."),
    )
    article: Any = models.ForeignKey(
        Article,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="envelopes",
        verbose_name=_("budget article"),
    )
    directorate: Any = models.ForeignKey(
        Directorate,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="envelopes",
        verbose_name=_("directorate"),
        help_text=_("Empty: every directorate may draw on it."),
    )
    active = models.BooleanField(_("in use"), default=True)
    sort_key = SortKeyField("name")

    class Meta(NamedVersioned.Meta):
        abstract = False
        verbose_name = _("envelope")
        verbose_name_plural = _("envelopes")
        ordering = ["-year", "sort_key"]
        constraints = [
            models.UniqueConstraint(
                fields=["name", "year"],
                name="envelope_once",
                violation_error_message=_("There already is an envelope of this name in that year."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.year})"
