"""Entry screens of partners and their money."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from core import wording
from core.admin import CONTENT_ROLES, HouseAdmin, HouseInline
from core.forms import NumberFormField
from core.language import language
from core.numbers import format_amount, format_number
from core.periods import as_of_label
from core.permissions import Refusal
from partners.enums import Say
from partners.models import Appeal, AppealGroup, AppealPart, Contribution, FundTotal, Partner, Share
from partners.queries import history, over_bases, reckon, way_of
from partners.rules.appeals import groups_complete, rest
from partners.rules.share import Range, Reckoned, may_say


class ForeignAmountMixin:
    """Reads amounts in a fund's currency as it reads euros: the currency stands in a box of its own."""

    foreign_amounts: tuple[str, ...] = ("amount", "recorded_amount", "required")

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name in self.foreign_amounts and type(db_field).__name__ == "DecimalField":
            return NumberFormField(
                label=capfirst(db_field.verbose_name),
                help_text=db_field.help_text,
                required=not db_field.blank,
                max_digits=db_field.max_digits,
                decimal_places=db_field.decimal_places,
            )
        return super().formfield_for_dbfield(db_field, request, **kwargs)  # type: ignore[misc]


class AppealGroupInline(HouseInline):
    """Groups of people in need."""

    model = AppealGroup
    fields = ["label", "people"]
    description = _("The groups add up to the people in need.")


class AppealPartInline(ForeignAmountMixin, HouseInline):
    """Parts by purpose."""

    model = AppealPart
    fields = ["purpose", "amount"]
    description = _("In the appeal's currency. What the parts leave is printed as other purposes.")


@admin.register(Partner)
class PartnerAdmin(HouseAdmin):
    """Partners."""

    editors = CONTENT_ROLES
    list_display = ["short_name", "name", "kind", "administered_by", "iati_identifier", "active"]
    list_display_links = ["short_name", "name"]
    list_filter = ["kind", "active"]
    list_select_related = ["administered_by"]
    search_fields = ["name", "short_name", "iati_identifier"]
    search_help_text = _("Part of the name, the short name or the IATI identifier.")
    autocomplete_fields = ["administered_by"]
    fields = ["name", "short_name", "kind", "administered_by", "iati_identifier", "website", "note", "active"]


@admin.register(Contribution)
class ContributionAdmin(ForeignAmountMixin, HouseAdmin):
    """Contributions of earlier years and of other directorates."""

    foreign_amounts = ("recorded_amount",)
    editors = CONTENT_ROLES
    list_display = ["subject", "year_shown", "amount_shown", "recorded_shown", "to_partners"]
    list_filter = [
        "year",
        ("cover", admin.RelatedOnlyFieldListFilter),
        "earmark",
        ("partners", admin.RelatedOnlyFieldListFilter),
    ]
    search_fields = ["subject", "partners__name", "partners__short_name"]
    autocomplete_fields = ["partners", "source"]
    fieldsets = [
        (None, {"fields": ["subject", "partners", ("year", "as_of")]}),
        (_("Amount"), {"fields": ["amount", ("recorded_amount", "recorded_currency")]}),
        (_("Origin"), {"fields": [("cover", "earmark"), "paid_by", "source", "note"]}),
    ]

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).prefetch_related("partners")

    @admin.display(description=_("year"), ordering="year")
    def year_shown(self, row: Contribution) -> str:
        return str(row.year) if row.year else "–"

    @admin.display(description=_("amount"), ordering="amount")
    def amount_shown(self, row: Contribution) -> str:
        return _amount(row.amount, "EUR")

    @admin.display(description=_("as the fund recorded it"))
    def recorded_shown(self, row: Contribution) -> str:
        return _amount(row.recorded_amount, row.recorded_currency or "")

    @admin.display(description=_("partners"))
    def to_partners(self, row: Contribution) -> str:
        return ", ".join(partner.short_name for partner in row.partners.all()) or "–"


@admin.register(FundTotal)
class FundTotalAdmin(ForeignAmountMixin, HouseAdmin):
    """Fund totals and spending by purpose."""

    editors = CONTENT_ROLES
    list_display = ["partner", "year_shown", "kind", "purpose", "amount_shown", "as_of", "final"]
    list_display_links = ["partner", "kind"]
    list_filter = [("partner", admin.RelatedOnlyFieldListFilter), "year", "kind", "final"]
    search_fields = ["partner__name", "partner__short_name", "purpose"]
    autocomplete_fields = ["partner", "source"]
    fields = [
        "partner",
        ("year", "kind"),
        "purpose",
        ("amount", "currency"),
        ("as_of", "final"),
        ("people_reached", "people_note"),
        "source",
    ]

    @admin.display(description=_("year"), ordering="year")
    def year_shown(self, row: FundTotal) -> str:
        return str(row.year)

    @admin.display(description=_("amount"), ordering="amount")
    def amount_shown(self, row: FundTotal) -> str:
        return _amount(row.amount, row.currency)


@admin.register(Appeal)
class AppealAdmin(ForeignAmountMixin, HouseAdmin):
    """Appeals."""

    editors = CONTENT_ROLES
    list_display = ["title", "partner", "year_shown", "amount_shown", "in_need_shown", "adds_up"]
    list_filter = [("partner", admin.RelatedOnlyFieldListFilter), "year"]
    search_fields = ["title", "partner__name", "partner__short_name"]
    autocomplete_fields = ["partner", "source"]
    fields = ["partner", "title", ("year", "as_of"), ("required", "currency"), ("in_need", "targeted"), "source"]
    inlines = [AppealGroupInline, AppealPartInline]

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).prefetch_related("groups", "parts")

    @admin.display(description=_("year"), ordering="year")
    def year_shown(self, row: Appeal) -> str:
        return str(row.year)

    @admin.display(description=_("amount asked"), ordering="required")
    def amount_shown(self, row: Appeal) -> str:
        return _amount(row.required, row.currency)

    @admin.display(description=_("people in need"), ordering="in_need")
    def in_need_shown(self, row: Appeal) -> str:
        return format_number(row.in_need, language()) if row.in_need is not None else "–"

    @admin.display(description=_("adds up"))
    def adds_up(self, row: Appeal) -> str | SafeString:
        """Say whether groups make the people in need, and what the parts leave."""
        said = []
        complete = groups_complete(row.in_need, [group.people for group in row.groups.all()])
        if complete is not None:
            said.append(str(_("groups add up") if complete else _("groups do not add up")))
        parts = [part.amount for part in row.parts.all()]
        if parts:
            said.append(str(_("other purposes: %s")) % _amount(rest(row.required, parts), row.currency))
        return "; ".join(said) or "–"


@admin.register(Share)
class ShareAdmin(ForeignAmountMixin, HouseAdmin):
    """Dutch shares: chosen, never typed."""

    editors = CONTENT_ROLES
    list_display = ["contribution", "against", "ratio", "basis_shown"]
    search_fields = [
        "contribution__subject",
        "total__partner__short_name",
        "appeal__title",
        "appeal__partner__short_name",
    ]
    autocomplete_fields = ["contribution", "total", "appeal"]
    fieldsets = [
        (
            None,
            {
                "fields": ["contribution", "total", "appeal"],
                "description": _(
                    "Choose the contribution, and what it is measured against: a fund total or an appeal, exactly one of the two."
                ),
            },
        ),
        (_("Exchange rate"), {"fields": [("rate", "rate_kind", "rate_on")]}),
        (_("What this gives"), {"fields": ["said", "course", "allowed"]}),
    ]
    readonly_fields = ["said", "course", "allowed"]
    foreign_amounts = ("rate",)

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        return self.fieldsets if obj else self.fieldsets[:-1]

    @admin.display(description=_("measured against"))
    def against(self, row: Share) -> str:
        return str(row.total or row.appeal)

    @admin.display(description=_("share"))
    def ratio(self, row: Share) -> str | SafeString:
        """Say the share in both wordings, or why it cannot be reckoned."""
        reckoned = reckon(row)
        if isinstance(reckoned, Refusal):
            return format_html('<span class="refused">{}</span>', reckoned.reason)
        return _worded(reckoned)

    @admin.display(description=_("share"))
    def said(self, row: Share) -> str | SafeString:
        """Say the share on its own screen."""
        return self.ratio(row)

    @admin.display(description=_("course of the share"))
    def course(self, row: Share) -> str:
        """Say the share at each stand of the total, and between which bases it lies."""
        said = [
            f"{as_of_label(total.as_of, language()) if total.as_of else total.year}: {_worded(found)}"
            for total, found in history(row)
            if isinstance(found, Reckoned)
        ]
        between = over_bases(row.contribution)
        if isinstance(between, Range) and between.low.basis != between.high.basis:
            said.append(wording.share_range(between.low.ratio, between.high.ratio, language()))
        return "; ".join(said) or "–"

    @admin.display(description=_("a text may say"))
    def allowed(self, row: Share) -> str:
        """Say what a sentence may claim about results with this contribution."""
        found = reckon(row)
        claims = may_say(way_of(row.contribution), found if isinstance(found, Reckoned) else None)
        return "; ".join(str(say.label) for say in Say if say in claims)

    @admin.display(description=_("basis"))
    def basis_shown(self, row: Share) -> str:
        return str(row.basis.label)


def _worded(reckoned: Reckoned) -> str:
    exact = wording.share(reckoned.ratio, wording.ShareForm.EXACT, language())
    provisional = _(" (provisional)") if reckoned.provisional else ""
    return f"{exact} – {wording.share(reckoned.ratio, language=language())}{provisional}"


def _amount(value: Any, currency: str) -> str:
    return "–" if value is None else format_amount(value, language(), currency)
