"""Addresses."""

from django.contrib import admin
from django.urls import include, path
from django.urls.resolvers import URLPattern, URLResolver

from claims.views import piece
from core.views import account, errors, health, provider, session, understanding, wellknown

handler400 = errors.bad_request
handler403 = errors.forbidden
handler404 = errors.not_found
handler429 = errors.too_many
handler500 = errors.server_error

urlpatterns: list[URLPattern | URLResolver] = [
    path("favicon.ico", wellknown.icon),
    path("robots.txt", wellknown.robots),
    path(".well-known/security.txt", wellknown.security, name="security-txt"),
    path("health", health.health, name="health"),
    path("health/ready", health.ready, name="health-ready"),
    path("sign-in/", session.SignIn.as_view(), name="sign-in"),
    path("sign-in/", session.SignIn.as_view(), name="account_login"),  # as allauth calls it
    path("sign-in/code/", session.Code.as_view(), name="mfa_authenticate"),
    path("sign-in/provider/", provider.begin, name="provider"),
    path("sign-in/provider/return/", provider.finish, name="provider-return"),
    path("sign-out/", session.SignOut.as_view(), name="sign-out"),
    path("account/", account.account, name="account"),
    path("account/confirm/", account.confirm, name="account-confirm"),
    path("account/password/", account.password, name="account-password"),
    path("account/codes/", account.codes, name="account-codes"),
    path("account/codes/off/", account.switch_off, name="account-codes-off"),
    path("account/codes/recovery/", account.new_recovery_codes, name="account-recovery"),
    path("account/sessions/end/", account.end_session, name="account-end-session"),
    path("language/", session.set_language, name="set-language"),
    path("understand/<slug:kind>/", understanding.understand, name="understand"),
    path("register/", admin.site.urls),
    path("claims/", include("claims.urls")),
    path("check/", piece.check, name="check-piece"),
    path("", include("reporting.urls")),
]
