"""Signing in and out, one's own password, and the language of the screens."""

from typing import Any, cast
from urllib.parse import urlsplit

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import perform_password_login
from allauth.account.models import Login
from allauth.mfa.base.views import AuthenticateView
from django.conf import settings
from django.contrib.auth import views
from django.contrib.auth.forms import AuthenticationForm
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import check_for_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from core import audit
from core.models import User
from core.signin import opening


class SignInForm(AuthenticationForm):
    """Name and password of a local account. After too many wrong ones it waits, for the account and for the address."""

    waits = False

    def clean(self) -> dict[str, Any]:
        """Find whose name and password these are."""
        username, password = self.cleaned_data.get("username"), self.cleaned_data.get("password")
        if username and password:
            try:
                self.user_cache = get_adapter().authenticate(self.request, username=username, password=password)
            except ValidationError:
                self.waits = True
                opening.refused(username, timezone.now(), "too many attempts")
                raise
            if self.user_cache is None:
                opening.refused(username, timezone.now(), "wrong password")
                raise self.get_invalid_login_error()
        return self.cleaned_data


@method_decorator(never_cache, name="dispatch")
class SignIn(views.LoginView):
    """Signs in with the organisation's provider, or with a local account where those are switched on."""

    template_name = "session/sign_in.html"
    redirect_authenticated_user = True
    authentication_form = SignInForm

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not settings.LOCAL_PASSWORDS:
            raise PermissionDenied(_("Passwords are switched off here. Sign in with %s.") % settings.OIDC_NAME)
        return super().post(request, *args, **kwargs)

    def form_valid(self, form: AuthenticationForm) -> HttpResponse:
        """Go on to the code where the account asks for one, else in."""
        where = Login(user=form.get_user(), redirect_url=self.get_success_url())
        return cast(
            "HttpResponse",
            perform_password_login(self.request, {"username": form.cleaned_data["username"]}, where),
        )

    def form_invalid(self, form: AuthenticationForm) -> HttpResponse:
        answer = super().form_invalid(form)
        answer.status_code = 429 if getattr(form, "waits", False) else 200
        return answer

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "provider": settings.OIDC_NAME if settings.OIDC_ISSUER else "",
            "passwords": settings.LOCAL_PASSWORDS,
        }

    def get_redirect_url(self) -> str:  # type: ignore[override]  # the stubs are of a later Django
        """Return where one wanted to be; this page itself is nowhere."""
        wanted = super().get_redirect_url()
        return "" if urlsplit(wanted).path == self.request.path else wanted


@method_decorator(never_cache, name="dispatch")
class Code(AuthenticateView):
    """The second step of a local account: a code from the telephone, or a recovery code."""

    template_name = "session/code.html"

    def form_invalid(self, form: Any) -> HttpResponse:
        opening.refused(self.stage.login.user.username, timezone.now(), "wrong code")
        return super().form_invalid(form)


class SignOut(views.LogoutView):
    """Signs out, and empties what the browser kept of pages that were seen."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        user = request.user
        if isinstance(user, User):
            audit.record(by=user, at=timezone.now(), kind="sign-out", subject=f"user {user.public_id}")
        answer = super().post(request, *args, **kwargs)
        answer["Clear-Site-Data"] = '"cache"'
        return answer


@require_POST
def set_language(request: HttpRequest) -> HttpResponse:
    """Change the language of the screens: kept with the user, or in a cookie before signing in."""
    target = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(
        target, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    ):
        target = reverse("home")
    response = HttpResponseRedirect(target)
    chosen = request.POST.get("language", "")
    if chosen not in dict(settings.LANGUAGES) or not check_for_language(chosen):
        return response
    if request.user.is_authenticated:
        request.user.language = chosen
        request.user.save(update_fields=["language"])
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        chosen,
        max_age=365 * 24 * 3600,
        samesite="Lax",
        httponly=True,
        secure=settings.LANGUAGE_COOKIE_SECURE,
    )
    return response
