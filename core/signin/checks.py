"""What Django's own deployment check does not look at: who can get in, and whom to tell of a weakness."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.core import checks


@checks.register(checks.Tags.security, deploy=True)
def check_door(app_configs: Any, **kwargs: Any) -> list[checks.CheckMessage]:
    """Find what keeps everybody out, or lets people in more easily than a ministry wants."""
    return list(_findings())


def _findings() -> Iterator[checks.CheckMessage]:
    if not settings.OIDC_ISSUER and not settings.LOCAL_PASSWORDS:
        yield checks.Error("Nobody can sign in.", "Set OIDC_ISSUER (or LOCAL_PASSWORDS=1).", id="claimregister.E001")
    if settings.OIDC_ISSUER and not settings.OIDC_GROUPS:
        hint = "Map groups of the provider to roles in OIDC_GROUPS, or give roles under Management."
        yield checks.Warning("The provider's groups give no role.", hint, id="claimregister.W001")
    if settings.LOCAL_PASSWORDS:
        hint = "Where people sign in with a provider: switch LOCAL_PASSWORDS off when the emergency is over."
        yield checks.Warning("Local passwords are switched on.", hint, id="claimregister.W002")
        if not settings.MFA_REQUIRED:
            yield checks.Error("Local accounts ask no code.", "Leave MFA_REQUIRED on.", id="claimregister.E002")
    if "*" in settings.ALLOWED_HOSTS:
        yield checks.Error("Any host name is answered.", "Name yours in ALLOWED_HOSTS.", id="claimregister.E003")
    if not settings.SECURITY_CONTACT:
        hint = "Set SECURITY_CONTACT to a mailto: or https: address."
        yield checks.Warning("There is no security.txt.", hint, id="claimregister.W003")
    if not settings.SESSION_COOKIE_NAME.startswith("__Host-") or not settings.CSRF_COOKIE_NAME.startswith("__Host-"):
        yield checks.Error("Cookies are not bound to this host.", "DEBUG must be off.", id="claimregister.E004")
