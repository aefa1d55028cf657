"""One's own account: roles, open sessions, and the codes of a local account."""

from __future__ import annotations

import base64
import datetime
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.mfa.adapter import get_adapter as codes_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, clear_totp_secret, get_totp_secret, validate_totp_code
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_required
from django.contrib.auth.forms import PasswordChangeForm
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from core import audit
from core.models import Session, User
from core.permissions import SUPERUSER
from core.signin import opening, passwords, sessions
from core.views import person

CONFIRMED = "confirmed"
CONFIRMED_FOR = datetime.timedelta(minutes=5)


@never_cache
@login_required
def account(request: HttpRequest) -> HttpResponse:
    """Show who one is here, and where one is signed in."""
    user = person(request)
    open_now = sessions.sessions_of(user, timezone.now())
    context = {
        "roles": user.memberships.select_related("directorate").order_by("directorate__code", "role"),
        "superuser": SUPERUSER,
        "local": user.has_usable_password(),
        "codes": opening.has_codes(user),
        "codes_required": settings.MFA_REQUIRED,
        "left": _codes_left(user),
        "sessions": [
            {"row": row, "mark": _mark(row), "here": row.session_key == request.session.session_key} for row in open_now
        ],
    }
    return render(request, "session/account.html", context)


@never_cache
@sensitive_post_parameters("password")
@login_required
def confirm(request: HttpRequest) -> HttpResponse:
    """Ask for the password again before codes are changed."""
    user, wrong = person(request), ""
    if not user.has_usable_password():
        raise PermissionDenied(_("Your codes are kept by the provider you sign in with."))
    if request.method == "POST":
        try:
            right = get_adapter().reauthenticate(user, request.POST.get("password", ""))
            wrong = "" if right else _("This is not your password. Try again.")
        except ValidationError:
            wrong = _("There were too many attempts. Wait five minutes and try again.")
        if not wrong:
            request.session[CONFIRMED] = timezone.now().timestamp()
            return HttpResponseRedirect(reverse("account-codes"))
    return render(request, "session/confirm.html", {"wrong": wrong})


class PasswordForm(PasswordChangeForm):
    """One's own new password, with the old one; too many wrong ones must wait, as at the door."""

    def __init__(self, request: HttpRequest, data: Any = None) -> None:
        super().__init__(person(request), data)
        self.request = request

    def clean_old_password(self) -> str:
        """Refuse a wrong password."""
        password: str = self.cleaned_data["old_password"]
        try:
            right = get_adapter().reauthenticate(self.user, password)
        except ValidationError:
            raise ValidationError(_("There were too many attempts. Wait five minutes and try again.")) from None
        if not right:
            raise ValidationError(_("This is not your password. Try again."))
        return password

    def validate_password_for_user(self, user: Any, *_boxes: str) -> None:
        """Refuse a weak password, at the box in which it was typed first."""
        super().validate_password_for_user(user, "new_password1")

    def clean(self) -> dict[str, Any]:
        """Refuse the password that is there already."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        if given.get("new_password1") and given.get("new_password1") == given.get("old_password"):
            self.add_error("new_password1", _("This is the password you have. Choose another."))
        return given


@never_cache
@sensitive_post_parameters("old_password", "new_password1", "new_password2")
@login_required
def password(request: HttpRequest) -> HttpResponse:
    """Change one's own password; everywhere else one is signed out."""
    user = person(request)
    if not user.has_usable_password():
        raise PermissionDenied(_("Your password is kept by the provider you sign in with."))
    form = PasswordForm(request, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        chosen, here = form.cleaned_data["new_password1"], request.session.session_key or ""
        passwords.choose(by=user, at=timezone.now(), password=chosen, session=here)
        update_session_auth_hash(request, user)
        messages.success(request, _("Your password is changed. On other devices you sign in with the new one."))
        return HttpResponseRedirect(reverse("account"))
    status = 422 if request.method == "POST" else 200
    return render(request, "session/password.html", {"form": form}, status=status)


def _is_confirmed(request: HttpRequest) -> bool:
    since = sessions.moment(request.session.get(CONFIRMED))
    return bool(since and timezone.now() - since < CONFIRMED_FOR and person(request).has_usable_password())


def _sets_up_at_once(request: HttpRequest) -> bool:
    """True for who signed in by password just now and has no codes yet: the password was typed a moment ago."""
    since = sessions.moment(request.session.get(sessions.STARTED))
    local = request.session.get(sessions.WAY) == sessions.LOCAL and person(request).has_usable_password()
    return bool(local and since and timezone.now() - since < CONFIRMED_FOR and not opening.has_codes(person(request)))


@never_cache
@login_required
def codes(request: HttpRequest) -> HttpResponse:
    """Switch codes on, after one right code; where they are on, lead to new recovery codes and to switching off."""
    user = person(request)
    if not _is_confirmed(request) and not _sets_up_at_once(request):
        return HttpResponseRedirect(reverse("account-confirm"))
    if opening.has_codes(user):
        return render(request, "session/codes_on.html", {"required": settings.MFA_REQUIRED})
    secret, wrong = get_totp_secret(), ""
    if request.method == "POST":
        if validate_totp_code(secret, request.POST.get("code", "").replace(" ", "")[:20]):
            return _switch_on(request, user, secret)
        wrong = _("This code is not right. Look at the clock of your telephone, wait for the next code and try again.")
    address = codes_adapter().build_totp_url(user, secret)
    picture = base64.b64encode(codes_adapter().build_totp_svg(address).encode()).decode()
    context = {"picture": f"data:image/svg+xml;base64,{picture}", "secret": secret, "wrong": wrong}
    return render(request, "session/codes.html", context)


def _switch_on(request: HttpRequest, user: User, secret: str) -> HttpResponse:
    with transaction.atomic():
        User.objects.select_for_update(no_key=True).get(pk=user.pk)
        if not opening.has_codes(user):
            TOTP.activate(user, secret)
            _keep(request, "codes.on")
        shown = _new_recovery_codes(user)
    clear_totp_secret(request)
    request.session[sessions.CODES] = True
    return render(request, "session/recovery_codes.html", {"codes": shown, "download": _as_file(shown)})


@never_cache
@require_POST
@login_required
def new_recovery_codes(request: HttpRequest) -> HttpResponse:
    """Make new recovery codes, which end the older ones, and show them this once."""
    if not _is_confirmed(request):
        return HttpResponseRedirect(reverse("account-confirm"))
    user = person(request)
    if not opening.has_codes(user):
        raise Http404
    with transaction.atomic():
        User.objects.select_for_update(no_key=True).get(pk=user.pk)
        shown = _new_recovery_codes(user)
        _keep(request, "codes.recovery-renewed")
    return render(request, "session/recovery_codes.html", {"codes": shown, "download": _as_file(shown)})


@require_POST
@login_required
def switch_off(request: HttpRequest) -> HttpResponse:
    """Switch codes off, shortly after the password was asked again."""
    if not _is_confirmed(request):
        return HttpResponseRedirect(reverse("account-confirm"))
    with transaction.atomic():
        Authenticator.objects.filter(user=person(request)).delete()
        _keep(request, "codes.off")
    request.session[sessions.CODES] = False
    messages.success(request, _("Codes are switched off for your account."))
    return HttpResponseRedirect(reverse("account"))


@require_POST
@login_required
def end_session(request: HttpRequest) -> HttpResponse:
    """End one of one's own other sessions, or all of them."""
    user, mark = person(request), request.POST.get("session", "")
    if mark == "others":
        sessions.end_sessions(user, but=request.session.session_key or "")
    else:
        others = sessions.sessions_of(user, timezone.now()).exclude(session_key=request.session.session_key)
        Session.objects.filter(session_key__in=[row.session_key for row in others if _mark(row) == mark]).delete()
    _keep(request, "sessions.ended")
    messages.success(request, _("That is ended; there one has to sign in anew."))
    return HttpResponseRedirect(reverse("account"))


def _mark(row: Session) -> str:
    """Return what names a session on a page without giving away its key."""
    return sessions.mark_of(row.session_key)


def _keep(request: HttpRequest, kind: str) -> None:
    user = person(request)
    audit.record(by=user, at=timezone.now(), kind=kind, subject=f"user {user.public_id}")


def _codes_left(user: User) -> int:
    found = Authenticator.objects.filter(user=user, type=Authenticator.Type.RECOVERY_CODES).order_by("pk").first()
    return len(found.wrap().get_unused_codes()) if found else 0


def _new_recovery_codes(user: User) -> list[str]:
    Authenticator.objects.filter(user=user, type=Authenticator.Type.RECOVERY_CODES).delete()
    codes: list[str] = RecoveryCodes.activate(user).get_unused_codes()
    return codes


def _as_file(shown: list[str]) -> str:
    text = "Claimregister\n\n" + "\n".join(shown) + "\n"
    return "data:text/plain;base64," + base64.b64encode(text.encode()).decode()
