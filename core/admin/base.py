"""What every entry screen shares: roles instead of permission tables, public ids in addresses, refusal of stale saves,
labels for every box, and no icons beside choices."""

from __future__ import annotations

import re
import uuid
from collections import Counter
from functools import partial
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.utils import NestedObjects, quote
from django.contrib.admin.views.main import ChangeList
from django.contrib.admin.widgets import AdminTextareaWidget, AdminTextInputWidget, RelatedFieldWidgetWrapper
from django.core.exceptions import BadRequest, FieldDoesNotExist, PermissionDenied, ValidationError
from django.db import DataError, IntegrityError, models, router, transaction
from django.forms import BaseInlineFormSet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from core.admin.problems import problems_of
from core.admin.widgets import ChooseMany, ChooseOne
from core.changes import changes_of
from core.enums import Role
from core.fields import DayField, EuroField, NumberField, PercentageField, RichTextField, YearField
from core.forms import VersionedForm
from core.models import Versioned
from core.permissions import has_role, standing
from core.refusals import message_of
from core.views.once import sent_once

OWN_WIDGETS: dict[type[models.Field], dict[str, Any]] = {  # these fields bring a widget of their own
    kind: {} for kind in (DayField, EuroField, NumberField, PercentageField, RichTextField, YearField)
}

MOST_ROWS = 400  # below one record on one screen


def address(obj: models.Model, name: str = "change") -> str:
    """Return the address of a record's entry screen, by its public id where it has one."""
    opts = obj._meta
    return reverse(f"admin:{opts.app_label}_{opts.model_name}_{name}", args=[quote(getattr(obj, "public_id", obj.pk))])


class PublicIdChangeList(ChangeList):
    """A list whose rows link by public id."""

    def url_for_result(self, result: Any) -> str:
        return address(result)


class RowsFormSet(BaseInlineFormSet):
    """Names every box of a row, also those under a column heading, for who cannot see the column, and refuses twins."""

    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        number = "" if index is None else f" {index + 1}"
        for field in form.fields.values():
            if not field.widget.is_hidden and field.label:
                field.widget.attrs.setdefault("aria-label", f"{str(field.label).capitalize()}{number}")

    def clean(self) -> None:
        """Refuse two rows that a constraint wants once; Django's own check passes over rows with an empty box."""
        super().clean()
        rows = [form.instance for form in self.forms if self._counts(form)]
        opts: Any = self.model._meta  # type: ignore[union-attr]
        for constraint in opts.constraints:
            if not isinstance(constraint, models.UniqueConstraint) or constraint.condition is not None:
                continue
            names = [opts.get_field(name).attname for name in constraint.fields]
            keys = [tuple(getattr(row, name) for name in names) for row in rows]
            if len(set(keys)) < len(keys):
                raise ValidationError(_("Two rows here are the same. Change one of them or remove it."), code="twins")

    def _counts(self, form: Any) -> bool:
        rows: Any = self  # asked row by row: `deleted_forms` is empty as long as any row is wrong
        gone = rows._should_delete_form(form)
        return bool((form.instance.pk or form.has_changed()) and not form.errors and not gone)


def refusing(form: Any, message: Any) -> Any:
    """Return a form that says why the database refused it, with what was typed still in it."""

    def clean(self: Any) -> None:
        form.clean(self)
        raise ValidationError(str(message), code="refused")

    return type(form.__name__, (form,), {"clean": clean})


class PlainChoices:
    """Choices without the four icons for related records: they cost a tab stop each and lead away from half-filled forms."""

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name in self.get_autocomplete_fields(request):  # type: ignore[attr-defined]
            kwargs.setdefault("widget", ChooseOne(db_field, self.admin_site))  # type: ignore[attr-defined]
        return super().formfield_for_foreignkey(db_field, request, **kwargs)  # type: ignore[misc]

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name in self.get_autocomplete_fields(request):  # type: ignore[attr-defined]
            kwargs.setdefault("widget", ChooseMany(db_field, self.admin_site))  # type: ignore[attr-defined]
        return super().formfield_for_manytomany(db_field, request, **kwargs)  # type: ignore[misc]

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        field = super().formfield_for_dbfield(db_field, request, **kwargs)  # type: ignore[misc]
        if field and isinstance(field.widget, RelatedFieldWidgetWrapper):
            field.widget = field.widget.widget
        return field


class HouseInline(PlainChoices, admin.TabularInline):
    """Rows below a record. The record's own screen decides who may change them."""

    template = "admin/edit_inline/rows.html"
    formset = RowsFormSet
    formfield_overrides = {**OWN_WIDGETS, models.TextField: {"widget": AdminTextareaWidget(attrs={"rows": 2})}}
    extra = 0
    max_num = MOST_ROWS
    description: str | Promise = ""
    cards = False  # rows too wide for one line stand as cards
    below_template = ""

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        kwargs.setdefault("absolute_max", MOST_ROWS)  # Django would draw two thousand for who says there are
        if issubclass(self.model, Versioned) and self.form.__name__ == "ModelForm":
            kwargs.setdefault("form", VersionedForm)
        return super().get_formset(request, obj, **kwargs)

    def _parent(self) -> Any:
        return self.admin_site.get_model_admin(self.parent_model)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return bool(self._parent().has_view_permission(request, obj))

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return bool(self._parent().has_change_permission(request, obj))

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return bool(
            self._parent().has_change_permission(request, obj) if obj else self._parent().has_add_permission(request)
        )

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.has_change_permission(request, obj)


class HouseAdmin(PlainChoices, admin.ModelAdmin):
    """An entry screen. `editors` may add, change and delete; everybody with a role may look."""

    editors: frozenset[Role] = frozenset({Role.ADMINISTRATOR})
    viewers: frozenset[Role] | None = None  # None: everybody with a role
    formfield_overrides = {
        **OWN_WIDGETS,
        models.CharField: {"widget": AdminTextInputWidget(attrs={"class": "vTextField"})},
        models.URLField: {"assume_scheme": "https"},  # what is typed without one
    }
    show_facets = admin.ShowFacets.NEVER
    actions = None
    list_per_page = 50
    save_on_top = False
    in_index = True

    # -- who may --------------------------------------------------------------------------------------------------

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.in_index and self.has_view_permission(request)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        if self.viewers is not None:
            return has_role(request.user, *self.viewers, *self.editors, anywhere=True)
        return bool(standing(request.user).all_roles())

    def has_add_permission(self, request: HttpRequest) -> bool:
        return has_role(request.user, *self.editors, anywhere=True)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return has_role(request.user, *self.editors, anywhere=True)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.has_change_permission(request, obj)

    def get_queryset(self, request: HttpRequest) -> Any:
        queryset = super().get_queryset(request)
        return queryset.visible_to(request.user) if hasattr(queryset, "visible_to") else queryset

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> tuple[Any, bool]:
        """Find by words, also when they are copied from a screen: "Fund (UHF), 2026"."""
        words = re.sub(r"[\x00()\[\],;:–]", " ", search_term)
        return super().get_search_results(request, queryset, words)

    # -- identity -------------------------------------------------------------------------------------------------

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Any:
        queryset = self.get_queryset(request)
        try:
            if hasattr(self.model, "public_id"):
                return queryset.get(public_id=uuid.UUID(str(object_id)))
            return queryset.get(pk=self.model._meta.pk.to_python(object_id))
        except (self.model.DoesNotExist, ValueError, ValidationError):
            return None

    def _get_obj_does_not_exist_redirect(self, request: HttpRequest, opts: Any, object_id: str) -> HttpResponse:
        raise Http404

    def get_list_display(self, request: HttpRequest) -> Any:
        """Say yes or no in words: an icon beside it says nothing to who cannot see it, and red looks like a fault."""
        return [self._said(name) for name in super().get_list_display(request)]

    def _said(self, name: Any) -> Any:
        try:
            field = self.opts.get_field(name)
        except FieldDoesNotExist:
            return name
        if not isinstance(field, models.BooleanField):
            return name

        @admin.display(description=str(field.verbose_name), ordering=name)
        def said(obj: Any) -> str:
            return _("yes") if getattr(obj, name) else _("no")

        said.__name__ = name
        return said

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return PublicIdChangeList

    # -- forms ----------------------------------------------------------------------------------------------------

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        if issubclass(self.model, Versioned) and self.form.__name__ == "ModelForm":
            kwargs.setdefault("form", VersionedForm)
        form = super().get_form(request, obj, change=change, **kwargs)
        refused = getattr(request, "refused", None)
        return refusing(form, refused) if refused else form

    def as_stored(self, request: HttpRequest, record: Any) -> Any:
        """Return a record as it is stored: a refused form has already put what was typed into the one it was given."""
        if record is None or request.method != "POST":
            return record
        return self.get_queryset(request).filter(pk=record.pk).first() or record

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        context["original"] = self.as_stored(request, context.get("original"))
        media = context.get("media")
        if hasattr(media, "with_nonce"):  # the editor's import map
            context["media"] = media.with_nonce(str(request.csp_nonce))  # type: ignore[attr-defined, union-attr]
        obj = context.get("original")
        for name in ("history", "delete"):
            context[f"{name}_url"] = address(obj, name) if obj is not None else ""
        context["problems"] = problems_of(context["adminform"].form, context["inline_admin_formsets"])
        context["show_save_and_add_another"] = False
        context["heading"] = self.title_of(context["original"]) if context["original"] is not None else ""
        return super().render_change_form(request, context, *args, **kwargs)

    def title_of(self, obj: Any) -> str:
        """Name a record at the head of its screen and in lists of what uses what."""
        return str(obj)

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """Say what goes along, what the person may not remove, and what else still uses it, with a way there."""
        collector: Any = NestedObjects(using=router.db_for_write(self.model), origin=objs)
        collector.collect(objs)
        along: dict[Any, int] = {}
        lacking = set()
        for model, rows in collector.model_objs.items():
            if model._meta.auto_created:
                continue  # links, which are no records of their own
            name = model._meta.verbose_name if len(rows) == 1 else model._meta.verbose_name_plural
            along[name] = len(rows)
            screen = self.admin_site._registry.get(model)
            if screen is not None and not all(screen.has_delete_permission(request, row) for row in rows):
                lacking.add(model._meta.verbose_name)
        users = Counter(self._as_user(request, row) for row in collector.protected)
        protected = [
            format_html("{} ({}×)", text, count) if count > 1 else text for text, count in sorted(users.items())
        ]
        return [], along, lacking, protected

    def _as_user(self, request: HttpRequest, row: models.Model) -> str:
        """Say which record uses another: by name and with a link where the person may see it, else only what it is.

        A link between two records is named after the one it belongs to.
        """
        row = getattr(row, "owner_shown", row)
        screen: Any = self.admin_site._registry.get(type(row))
        kind = capfirst(str(row._meta.verbose_name))
        if not self._may_know(request, row):
            return kind
        name = screen.title_of(row) if isinstance(screen, HouseAdmin) else str(row)
        if isinstance(screen, HouseAdmin) and screen.has_view_permission(request, row):
            return format_html('{}: <a class="utrecht-link" href="{}">{}</a>', kind, address(row), name)
        return format_html("{}: {}", kind, name)

    def _may_know(self, request: HttpRequest, row: models.Model) -> bool:
        screen: Any = self.admin_site._registry.get(type(row))
        if screen is not None:
            rows = screen.get_queryset(request)
            return bool(screen.has_view_permission(request, row)) and bool(rows.filter(pk=row.pk).exists())
        rows = type(row)._default_manager.all()
        return hasattr(rows, "visible_to") and bool(rows.visible_to(request.user).filter(pk=row.pk).exists())

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: Any = None) -> Any:
        """Save once, however often the button is pressed."""
        if request.method != "POST":
            return super().add_view(request, form_url, extra_context)
        return sent_once(request, partial(super().add_view, request, form_url, extra_context))

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, form_url: str = "", extra_context: Any = None
    ) -> Any:
        """Save or show. What another save made impossible in the same instant is checked once more and then shown."""
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except IntegrityError:
            pass
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except IntegrityError as error:
            message = message_of(error)
            if message is None:  # not a form of ours: rows that are there, sent as new ones
                raise BadRequest(str(error)) from error
            request.refused = message  # type: ignore[attr-defined]
        return super().changeform_view(request, object_id, form_url, extra_context)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Write the record unless only rows below it changed: it was read before somebody else's save may have ended."""
        if form.changed_data or not change:
            super().save_model(request, obj, form, change)

    # -- answers --------------------------------------------------------------------------------------------------

    def after_save(self, request: HttpRequest, obj: Any) -> str:
        """Return where to go after "Save": the list, unless a screen has a better place."""
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_changelist")

    def response_add(self, request: HttpRequest, obj: Any, post_url_continue: str | None = None) -> HttpResponse:
        return self._saved(request, obj)

    def response_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        return self._saved(request, obj)

    def _saved(self, request: HttpRequest, obj: Any) -> HttpResponse:
        self.message_user(request, format_html(_("Saved: {}"), obj), messages.SUCCESS)
        stay = "_continue" in request.POST and self.has_view_or_change_permission(request, obj)
        return HttpResponseRedirect(address(obj) if stay else self.after_save(request, obj))

    def response_delete(self, request: HttpRequest, obj_display: str, obj_id: Any) -> HttpResponse:
        self.message_user(request, format_html(_("Removed: {}"), obj_display), messages.SUCCESS)
        return HttpResponseRedirect(reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_changelist"))

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        try:
            with transaction.atomic():  # what fails in it leaves the connection fit for the next question
                return super().changelist_view(request, extra_context)
        except (IncorrectLookupParameters, DataError):  # a filter's value that no column can hold
            return HttpResponseRedirect(request.path)

    # -- history --------------------------------------------------------------------------------------------------
    # The database keeps the history (core.history); the admin's own log would be a second, poorer one.

    def log_addition(self, *args: Any, **kwargs: Any) -> Any:
        """Write no second log."""

    def log_change(self, *args: Any, **kwargs: Any) -> Any:
        """Write no second log."""

    def log_deletions(self, *args: Any, **kwargs: Any) -> Any:
        """Write no second log."""

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Show who changed what and when."""
        obj = self.get_object(request, object_id)
        if obj is None:
            raise Http404
        if not self.has_view_permission(request, obj):
            raise PermissionDenied
        context = {
            **self.admin_site.each_context(request),
            "title": _("Changes: %s") % obj,
            "changes": changes_of(obj),
            "object": obj,
            "object_url": address(obj),
            "opts": self.opts,
        }
        return TemplateResponse(request, "admin/object_history.html", context)
