"""Entry screens of results."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from core.admin import CONTENT_ROLES, HouseAdmin, HouseInline
from core.admin.base import address
from core.enums import Role
from core.language import language
from core.models import Directorate
from core.numbers import format_number
from core.periods import Period
from core.permissions import standing
from results.enums import VersionState
from results.models import OverlapGroup, Result, ResultGroup, ResultPart, ResultVersion


@admin.register(ResultGroup)
class ResultGroupAdmin(HouseAdmin):
    """Headings of results."""

    editors = CONTENT_ROLES
    list_display = ["title", "partner", "note"]
    list_filter = [("partner", admin.RelatedOnlyFieldListFilter)]
    search_fields = ["title", "partner__name", "partner__short_name"]
    autocomplete_fields = ["partner"]


@admin.register(OverlapGroup)
class OverlapGroupAdmin(HouseAdmin):
    """Overlap groups."""

    editors = CONTENT_ROLES
    list_display = ["label"]
    search_fields = ["label"]


class VersionInline(HouseInline):
    """What was reported, the newest first."""

    model = ResultVersion
    fields = ["number", "value", "narrative", "baseline", "target", "as_of", "source"]
    autocomplete_fields = ["source"]
    description = _(
        "A later report is a new row with the next number; older ones stay. Parts (of which) stand under Details."
    )
    show_change_link = True
    cards = True

    def get_extra(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> int:
        return 0 if obj else 1


class PartInline(HouseInline):
    """Parts of a value."""

    model = ResultPart
    fields = ["label", "value"]
    description = _("Parts may overlap each other; none is larger than the whole.")


@admin.register(Result)
class ResultAdmin(HouseAdmin):
    """Results."""

    editors = CONTENT_ROLES
    list_display = ["partner_short", "value_shown", "label", "period_shown", "group", "confidential"]
    list_display_links = ["label"]
    list_filter = [
        ("partner", admin.RelatedOnlyFieldListFilter),
        "confidential",
        ("group", admin.RelatedOnlyFieldListFilter),
    ]
    search_fields = ["label", "unit", "partner__name", "partner__short_name", "group__title"]
    search_help_text = _("Part of what was achieved, the unit, the partner or the heading.")
    autocomplete_fields = ["partner", "group", "overlap_group"]
    fieldsets = [
        (None, {"fields": ["partner", "group", ("unit", "label"), ("period_start", "period_end")]}),
        (_("Care in use"), {"fields": ["overlap_group", ("confidential", "directorate")]}),
    ]
    inlines = [VersionInline]

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).with_current()

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "directorate":
            kwargs["queryset"] = Directorate.objects.filter(pk__in=standing(request.user).directorate_ids)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    @admin.display(description=_("partner"), ordering="partner__sort_key")
    def partner_short(self, row: Result) -> str:
        return str(row.partner.short_name)

    @admin.display(description=_("value"))
    def value_shown(self, row: Any) -> str:
        newest = row.newest[0] if row.newest else None
        if newest is None:
            return "–"
        return (
            f"{format_number(newest.value, language())} {row.unit}" if newest.value is not None else str(_("in words"))
        )

    @admin.display(description=_("period"), ordering="period_start")
    def period_shown(self, row: Result) -> str:
        return Period(row.period_start, row.period_end).label(language())


@admin.register(ResultVersion)
class ResultVersionAdmin(HouseAdmin):
    """One reported value with its parts. Reached from its result."""

    editors = frozenset({Role.OFFICER, Role.CONTROLLER, Role.BOOKKEEPER})
    in_index = False
    fields = ["result", "number", "value", "narrative", ("baseline", "target"), "as_of", "source"]
    readonly_fields = ["result", "number"]
    autocomplete_fields = ["source"]
    inlines = [PartInline]

    def get_queryset(self, request: HttpRequest) -> Any:
        visible = Result.objects.visible_to(request.user)
        return super().get_queryset(request).filter(result__in=visible).select_related("result__partner")

    def title_of(self, obj: ResultVersion) -> str:
        return str(_("%(result)s, version %(number)s") % {"result": obj.result, "number": obj.number})

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: ResultVersion | None = None) -> bool:
        return super().has_change_permission(request, obj) and (obj is None or obj.state != VersionState.VERIFIED)

    def after_save(self, request: HttpRequest, obj: ResultVersion) -> str:
        return address(obj.result)
