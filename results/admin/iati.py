"""Screens of published files: sending one in, what was found, its activities, and taking a result over."""

from __future__ import annotations

import codecs
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.urls.resolvers import URLPattern
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from core.admin import HouseAdmin
from core.admin.base import address
from core.findings import Severity
from core.language import language
from core.numbers import format_number
from core.views import person
from core.work import worker_is_running
from results import policies
from results.actions.import_iati import send
from results.actions.take_over import NotTakenOver, published, take_over
from results.models import IatiActivity, IatiFile, IatiRemark, IatiUpload
from results.models.iati import LARGEST_UPLOAD

HEAD = 256  # bytes in which XML shows itself
WIDE = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
MOST_SHOWN = 200  # remarks or transactions on one page


class UploadForm(forms.ModelForm):
    """A file to send in."""

    upload = forms.FileField(
        label=_("file"), help_text=_("An IATI 2.03 activity file (XML) of at most 20 MB; larger ones by import_iati.")
    )

    class Meta:
        model = IatiUpload
        fields: list[str] = []

    def clean_upload(self) -> UploadedFile:
        """Refuse what is too large before it is stored."""
        upload: UploadedFile = self.cleaned_data["upload"]
        if (upload.size or 0) > LARGEST_UPLOAD:
            size = format_number(LARGEST_UPLOAD // 1024**2, language())
            raise ValidationError(format_lazy(_("This file is larger than {size} MB."), size=size))
        head = upload.read(HEAD)
        upload.seek(0)
        if not head.removeprefix(codecs.BOM_UTF8).lstrip().startswith((b"<", *WIDE)):
            raise ValidationError(_("This is not an XML file. Choose the activity file as the partner published it."))
        return upload


class KeptAdmin(HouseAdmin):
    """Records that are shown and never changed on a screen."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(IatiUpload)
class IatiUploadAdmin(KeptAdmin):
    """Files sent in, and what became of them."""

    form = UploadForm
    list_display = ["name", "asked_by", "asked_at", "state", "file"]
    list_filter = ["state"]
    list_select_related = ["asked_by", "file"]
    search_fields = ["name"]
    change_form_template = "admin/results/iatiupload/change_form.html"

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).defer("content")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return policies.may_import(request.user) is None

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return ["name", "asked_by", "asked_at", "state"] if obj else ["upload"]

    def save_model(self, request: HttpRequest, obj: IatiUpload, form: Any, change: bool) -> None:
        upload = form.cleaned_data["upload"]
        content, name = upload.read(), (upload.name or "iati.xml")[:200]
        made = send(by=person(request), at=timezone.localtime(), content=content, name=name)
        for field in ("pk", "public_id", "name", "state"):
            setattr(obj, field, getattr(made, field))

    def after_save(self, request: HttpRequest, obj: IatiUpload) -> str:
        return address(obj)

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        upload = context.get("original")
        if upload is not None:
            context["waiting_alone"] = upload.state == "waiting" and not worker_is_running()
            context["file_url"] = address(upload.file) if upload.file_id else ""
        return super().render_change_form(request, context, *args, **kwargs)


@admin.register(IatiFile)
class IatiFileAdmin(KeptAdmin):
    """Files taken in: each a version of its publisher's file of that name."""

    list_display = [
        *("name", "number", "publisher", "activities_count", "transactions_count", "errors_count", "warnings_count"),
        "imported_at",
    ]
    search_fields = ["name", "publisher"]
    fields = [
        ("name", "number"),
        "publisher",
        ("activities_count", "transactions_count"),
        ("errors_count", "warnings_count"),
        ("imported_at", "imported_by"),
        "digest",
    ]
    change_form_template = "admin/results/iatifile/change_form.html"

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        file = context.get("original")
        if file is not None:
            remarks = (
                IatiRemark.objects.filter(file=file).select_related("activity").order_by("-severity", "line", "pk")
            )
            context["remarks"] = [(Severity(one.severity), one) for one in remarks[:MOST_SHOWN]]
            context["more_remarks"] = max(remarks.count() - MOST_SHOWN, 0)
            listing = reverse("admin:results_iatiactivity_changelist")
            context["activities_url"] = f"{listing}?file__public_id__exact={file.public_id}"
        return super().render_change_form(request, context, *args, **kwargs)


@admin.register(IatiActivity)
class IatiActivityAdmin(KeptAdmin):
    """Published activities with their transactions and results."""

    in_index = False
    list_display = ["identifier", "title", "publisher", "file", "has_results", "repeated"]
    list_filter = ["has_results", "repeated"]
    list_select_related = ["file"]
    search_fields = ["identifier", "title"]
    fields = ["identifier", "title", "publisher", "status", "file", "line", "repeated"]
    change_form_template = "admin/results/iatiactivity/change_form.html"

    def lookup_allowed(self, lookup: str, value: Any, request: Any = None) -> bool:
        return lookup == "file__public_id__exact" or super().lookup_allowed(lookup, value, request)

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.take_over_view)
        return [path("<path:object_id>/take-over/", view, name="results_iatiactivity_take_over"), *super().get_urls()]

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        activity = context.get("original")
        if activity is not None:
            transactions = activity.transactions.order_by("position")
            context["transactions"] = list(transactions[:MOST_SHOWN])
            context["more_transactions"] = max(transactions.count() - MOST_SHOWN, 0)
            context["published"] = published(activity)
            context["take_over_refusal"] = policies.may_take_over(person(request))
        return super().render_change_form(request, context, *args, **kwargs)

    def take_over_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Take one published result over, or say why not."""
        activity = self.get_object(request, object_id)
        if activity is None or request.method != "POST":
            raise Http404
        try:
            made = take_over(
                by=person(request), at=timezone.now(), activity=activity, key=request.POST.get("result", "")
            )
        except (PermissionDenied, NotTakenOver) as refused:
            messages.error(request, str(refused))
            return HttpResponseRedirect(address(activity))
        messages.success(request, _taken_over(made))
        return HttpResponseRedirect(address(made))


def _taken_over(result: Any) -> SafeString:
    return format_html(
        str(_("Taken over with its source. Check label, unit and overlap before it is used: {}")), result
    )
