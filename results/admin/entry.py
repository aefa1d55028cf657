"""Entry screens of results."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pgtrigger
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path
from django.urls.resolvers import URLPattern
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.admin import CONTENT_ROLES, HouseAdmin, HouseInline
from core.admin.base import address
from core.enums import Role
from core.language import language
from core.models import Directorate
from core.numbers import format_number
from core.periods import Period
from core.permissions import standing
from core.views import person
from results import policies, queries
from results.actions import verify as actions
from results.actions.reading import note_reading
from results.admin.sheet import sheet_view
from results.enums import VersionState
from results.forms import PartFormSet, ResultForm, VersionForm, VersionFormSet
from results.models import Indicator, OverlapGroup, PeriodLock, Result, ResultGroup, ResultPart, ResultVersion


@admin.register(Indicator)
class IndicatorAdmin(HouseAdmin):
    """What is counted."""

    editors = CONTENT_ROLES
    list_display = ["name", "unit", "counts", "timing", "additive", "theme", "active"]
    list_filter = ["counts", "timing", "additive", ("theme", admin.RelatedOnlyFieldListFilter), "active"]
    list_select_related = ["theme"]
    search_fields = ["name", "unit", "definition"]
    search_help_text = _("Part of the name, the unit or the definition.")
    autocomplete_fields = ["theme"]
    fieldsets = [
        (None, {"fields": [("name", "unit"), "definition", ("theme", "active")]}),
        (
            _("Adding up"),
            {
                "fields": ["counts", "timing", "additive"],
                "description": _("These three decide whether results of this indicator may be added."),
            },
        ),
    ]


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
    form = VersionForm
    formset = VersionFormSet
    fields = ["value", "narrative", "numerator", "denominator", "baseline", "target", "as_of", "source"]
    autocomplete_fields = ["source"]
    description = _(
        "A later report is a new row; it gets the next number and older ones stay. "
        "Parts (of which) and verifying stand under Details. A verified value never changes."
    )
    show_change_link = True
    cards = True

    def get_extra(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> int:
        return 0 if obj else 1


class PartInline(HouseInline):
    """Parts of a value."""

    model = ResultPart
    formset = PartFormSet
    fields = ["label", "value"]
    description = _("Parts may overlap each other; none is larger than the whole.")


class NotedAdmin(HouseAdmin):
    """Screens of results write down who read a confidential one."""

    def results_in(self, rows: Iterable[Any]) -> Iterable[Any]:
        """Return the results that these records show."""
        return rows

    def _note(self, request: HttpRequest, rows: Iterable[Any]) -> None:
        if request.method == "GET":
            results = self.results_in(rows)
            note_reading(by=person(request), at=timezone.now(), results=results, page=request.path)

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        answer: Any = super().changelist_view(request, extra_context)
        if shown := (getattr(answer, "context_data", None) or {}).get("cl"):
            self._note(request, shown.result_list)
        return answer

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        if context.get("original") is not None:
            self._note(request, [context["original"]])
        return super().render_change_form(request, context, *args, **kwargs)

    def history_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        answer: Any = super().history_view(request, object_id, extra_context)
        if shown := (getattr(answer, "context_data", None) or {}).get("object"):
            self._note(request, [shown])
        return answer


@admin.register(Result)
class ResultAdmin(NotedAdmin):
    """Results."""

    editors = CONTENT_ROLES
    form = ResultForm
    list_display = ["partner_short", "value_shown", "label", "period_shown", "state_shown", "group", "confidential"]
    list_display_links = ["label"]
    list_filter = [
        ("partner", admin.RelatedOnlyFieldListFilter),
        ("indicator", admin.RelatedOnlyFieldListFilter),
        "confidential",
        ("group", admin.RelatedOnlyFieldListFilter),
    ]
    search_fields = ["label", "unit", "partner__name", "partner__short_name", "group__title", "indicator__name"]
    search_help_text = _("Part of what was achieved, the unit, the partner, the indicator or the heading.")
    autocomplete_fields = ["partner", "group", "indicator", "overlap_group"]
    fieldsets = [
        (None, {"fields": ["partner", "indicator", ("unit", "label"), ("period_start", "period_end"), "group"]}),
        (_("Care in use"), {"fields": ["overlap_group", ("confidential", "directorate")]}),
    ]
    inlines = [VersionInline]
    change_list_template = "admin/results/result/change_list.html"

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.sheet_view)
        return [path("sheet/", view, name="results_result_sheet"), *super().get_urls()]

    def sheet_view(self, request: HttpRequest) -> HttpResponse:
        """Hand out a sheet to fill in, or take a filled one in."""
        return sheet_view(request, self.admin_site)

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).with_current()

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "directorate":
            kwargs["queryset"] = Directorate.objects.filter(pk__in=standing(request.user).directorate_ids)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        allowed = super().has_delete_permission(request, obj)
        return allowed and (obj is None or not _kept(obj))

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

    @admin.display(description=_("state"))
    def state_shown(self, row: Any) -> str:
        return str(row.newest[0].get_state_display()) if row.newest else "–"

    @admin.display(description=_("period"), ordering="period_start")
    def period_shown(self, row: Result) -> str:
        return Period(row.period_start, row.period_end).label(language())


def _kept(result: Result) -> bool:
    """True for a result with a verified value or in a closed period: it stays."""
    return result.versions.filter(state=VersionState.VERIFIED).exists() or queries.lock_on(result) is not None


@admin.register(ResultVersion)
class ResultVersionAdmin(NotedAdmin):
    """One reported value with its parts. Reached from its result."""

    editors = frozenset({Role.OFFICER, Role.CONTROLLER, Role.BOOKKEEPER})
    form = VersionForm
    in_index = False
    fields = [
        "result",
        "number",
        "value",
        "narrative",
        ("numerator", "denominator"),
        ("baseline", "target"),
        "as_of",
        "source",
        "verification",
    ]
    readonly_fields = ["result", "number", "verification"]
    autocomplete_fields = ["source"]
    inlines = [PartInline]
    change_form_template = "admin/results/resultversion/change_form.html"

    def get_queryset(self, request: HttpRequest) -> Any:
        visible = Result.objects.visible_to(request.user)
        return super().get_queryset(request).filter(result__in=visible).select_related("result__partner", "verified_by")

    def results_in(self, rows: Iterable[Any]) -> Iterable[Any]:
        return [version.result for version in rows]

    def title_of(self, obj: ResultVersion) -> str:
        return str(_("%(result)s, version %(number)s") % {"result": obj.result, "number": obj.number})

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: ResultVersion | None = None) -> bool:
        allowed = super().has_change_permission(request, obj)
        if obj is None or not allowed:
            return allowed
        return obj.state != VersionState.VERIFIED and queries.lock_on(obj.result) is None

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        pgtrigger.constraints(pgtrigger.Immediate, *PARTS_RULES)  # both were lowered: now they must fit

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        pgtrigger.constraints(pgtrigger.Deferred, *PARTS_RULES)  # value and parts may be lowered together
        super().save_model(request, obj, form, change)

    def after_save(self, request: HttpRequest, obj: ResultVersion) -> str:
        return address(obj.result)

    @admin.display(description=_("verified"))
    def verification(self, row: ResultVersion) -> str:
        """Say who verified it and when."""
        if row.state != VersionState.VERIFIED:
            return str(_("not yet"))
        return f"{row.verified_by} · {timezone.localtime(row.verified_at):%d-%m-%Y %H:%M}"

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.verify_view)
        return [path("<path:object_id>/verify/", view, name="results_resultversion_verify"), *super().get_urls()]

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        version = context.get("original")
        if version is not None:
            context["refusal"] = policies.may_verify(person(request), version, queries.who_entered(version))
            context["lock"] = queries.lock_on(version.result)
        return super().render_change_form(request, context, *args, **kwargs)

    def verify_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Verify a value, or say why not."""
        version = self.get_object(request, object_id)
        if version is None or request.method != "POST":
            raise Http404
        try:
            actions.verify(by=person(request), at=timezone.now(), version=version)
        except PermissionDenied as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, _("Verified. From now on this value does not change."))
        return HttpResponseRedirect(address(version))


PARTS_RULES = ("results.ResultPart:part_within_whole", "results.ResultVersion:parts_within")


@admin.register(PeriodLock)
class PeriodLockAdmin(HouseAdmin):
    """Closed reporting periods."""

    editors = frozenset({Role.CONTROLLER})
    list_display = ["partner", "period_shown", "reason", "locked_by", "lifted_at"]
    list_filter = [("partner", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["partner", "locked_by"]
    search_fields = ["partner__name", "partner__short_name", "reason"]
    autocomplete_fields = ["partner"]
    fields = ["partner", ("period_start", "period_end"), "reason"]
    change_form_template = "admin/results/periodlock/change_form.html"

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: PeriodLock, form: Any, change: bool) -> None:
        made = actions.lock_period(
            by=person(request),
            at=timezone.now(),
            partner=obj.partner,
            start=obj.period_start,
            end=obj.period_end,
            reason=obj.reason,
        )
        obj.pk, obj.public_id = made.pk, made.public_id

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.lift_view)
        return [path("<path:object_id>/lift/", view, name="results_periodlock_lift"), *super().get_urls()]

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        lock = context.get("original")
        if lock is not None:
            context["refusal"] = policies.may_lift(person(request), lock)
        return super().render_change_form(request, context, *args, **kwargs)

    def lift_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Open a period again, with the reason."""
        lock = self.get_object(request, object_id)
        if lock is None or request.method != "POST":
            raise Http404
        reason = " ".join(request.POST.get("reason", "").split())[:300]
        if not reason:
            messages.error(request, _("Say why the period is opened again."))
            return HttpResponseRedirect(address(lock))
        try:
            actions.lift_lock(by=person(request), at=timezone.now(), lock=lock, reason=reason)
        except PermissionDenied as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, _("The period is open again."))
        return HttpResponseRedirect(address(lock))

    @admin.display(description=_("period"), ordering="period_end")
    def period_shown(self, row: PeriodLock) -> str:
        return Period(row.period_start, row.period_end).label(language())
