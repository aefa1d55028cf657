"""The entry screens: Django's admin, in our own application's clothes."""

from typing import Any

from django.contrib.admin import AdminSite
from django.contrib.admin.apps import AdminConfig
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.i18n import JavaScriptCatalog

from core.permissions import may_review_rights, may_see_reading, standing

ADD_ANOTHER = _("Add another %(verbose_name)s")  # Django's words, in ours: see locale/


class RegisterSite(AdminSite):
    """Open to everybody with a role; what one may see or change is asked per model."""

    site_title = _("Claimregister")
    site_header = _("Claimregister")
    index_title = _("Management")
    enable_nav_sidebar = False

    def has_permission(self, request: HttpRequest) -> bool:
        return bool(standing(request.user).all_roles())

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> TemplateResponse:
        """Show the entry screens, and to those who review them the lists of rights and of confidential reading."""
        links = [
            (reverse(name), label)
            for name, label, allowed in (
                ("rights", _("Rights: who has which role where"), may_review_rights(request.user)),
                ("confidential-reads", _("Who read confidential results"), may_see_reading(request.user)),
            )
            if allowed
        ]
        return super().index(request, {"review_links": links, **(extra_context or {})})

    def get_urls(self) -> Any:
        """Leave out "view on site": no record here has a page elsewhere, and its address takes any table's number."""
        return [pattern for pattern in super().get_urls() if getattr(pattern, "name", "") != "view_on_site"]

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Send to the application's own sign-in, or say plainly that there is no role."""
        from django.contrib.auth.views import redirect_to_login
        from django.core.exceptions import PermissionDenied

        if request.user.is_authenticated:
            raise PermissionDenied
        return redirect_to_login(request.GET.get("next") or request.get_full_path())

    def i18n_javascript(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        """Serve the words of the admin's scripts and of ours."""
        return JavaScriptCatalog.as_view(packages=["django.contrib.admin", "core"])(request)


class RegisterAdminConfig(AdminConfig):
    """Makes `RegisterSite` the admin's site."""

    default_site = "core.site.RegisterSite"
