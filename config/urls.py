"""Addresses."""

from django.contrib import admin
from django.contrib.auth.views import LogoutView
from django.templatetags.static import static
from django.urls import include, path
from django.urls.resolvers import URLPattern, URLResolver
from django.views.generic import RedirectView

from claims.views import piece
from core.views import errors, health, session, understanding

handler400 = errors.bad_request
handler403 = errors.forbidden
handler404 = errors.not_found
handler500 = errors.server_error

urlpatterns: list[URLPattern | URLResolver] = [
    path("favicon.ico", RedirectView.as_view(url=static("img/icon.svg"))),  # browsers ask for it by themselves
    path("health", health.health, name="health"),
    path("sign-in/", session.SignIn.as_view(), name="sign-in"),
    path("sign-out/", LogoutView.as_view(), name="sign-out"),
    path("language/", session.set_language, name="set-language"),
    path("understand/<slug:kind>/", understanding.understand, name="understand"),
    path("register/", admin.site.urls),
    path("claims/", include("claims.urls")),
    path("check/", piece.check, name="check-piece"),
    path("", include("reporting.urls")),
]
