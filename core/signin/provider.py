"""Signing in with the organisation's provider: OpenID Connect, authorization code with PKCE.

allauth keeps the state of a sign-in and talks to the provider. Here stands what we demand on top of it: the issuer of our
settings and no other, a signature by one of its published keys, and the nonce of this very sign-in.
"""

from __future__ import annotations

import hmac
import secrets
from typing import Any, cast

import jwt
import requests
from allauth.core.internal.httpkit import add_query_params
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter, get_adapter
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from core.signin.admitting import Identity
from core.signin.groups import groups_of

PROVIDER = "oidc"
SIGNATURES = frozenset({"RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"})
LEEWAY = 60  # seconds that two clocks may differ
DEMANDED = ["exp", "iat", "iss", "aud", "sub"]


class Unanswered(Exception):
    """The provider cannot be reached, or answers what is no answer."""


class Untrusted(Exception):
    """What came back is not proof of who signs in here and now. The reason is for the log, not for the person."""


class ProviderAdapter(DefaultSocialAccountAdapter):
    """Providers stand in the settings, never in the database."""

    def list_apps(self, request: HttpRequest, provider: Any = None, client_id: Any = None) -> list[SocialApp]:
        """Return the one provider, when there is one."""
        return [_application()] if settings.OIDC_ISSUER else []

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        """Accounts are made by `admit`, never by a form."""
        return False


def _application() -> SocialApp:
    return SocialApp(
        provider="openid_connect",
        provider_id=PROVIDER,
        name=settings.OIDC_NAME,
        client_id=settings.OIDC_CLIENT_ID,
        secret=settings.OIDC_CLIENT_SECRET,
        settings={
            "server_url": settings.OIDC_ISSUER.rstrip("/"),
            "token_auth_method": settings.OIDC_AUTH_METHOD,
            "oauth_pkce_enabled": True,
            "scope": settings.OIDC_SCOPES,
        },
    )


class Exchange(OpenIDConnectOAuth2Adapter):
    """One sign-in's talk with the provider."""

    def __init__(self, request: HttpRequest) -> None:
        super().__init__(request, PROVIDER)

    def get_provider(self) -> Any:
        return OrganisationsProvider(self.request, app=_application())

    @property
    def openid_config(self) -> dict[str, Any]:
        """Return what the provider says of itself, which must carry the issuer's own name."""
        found = cast("dict[str, Any]", super().openid_config)
        if found.get("issuer") != settings.OIDC_ISSUER:
            raise Untrusted(f"the provider calls itself {found.get('issuer')!r}, not {settings.OIDC_ISSUER!r}")
        return found

    def get_callback_url(self, request: HttpRequest, app: Any) -> str:
        return request.build_absolute_uri(reverse("provider-return"))

    def identity(self, code: str, verifier: str, nonce: str) -> Identity:
        """Exchange the code and return whom it proves."""
        client = self.get_client(self.request, self.get_provider().app)
        answer = client.get_access_token(code, pkce_code_verifier=verifier)
        if not isinstance(answer.get("id_token"), str):
            raise Untrusted("no ID token was given")
        proven = self._proven(answer["id_token"], nonce)
        return _identity(self._completed(proven, answer["access_token"]))

    def _proven(self, token: str, nonce: str) -> dict[str, Any]:
        """Return the claims of an ID token: signed by the issuer, for us, now, and for this sign-in."""
        try:
            claims = jwt.decode(
                token,
                key=self._key(token),
                algorithms=sorted(SIGNATURES),
                issuer=settings.OIDC_ISSUER,
                audience=settings.OIDC_CLIENT_ID,
                leeway=LEEWAY,
                options={"require": DEMANDED},
            )
        except jwt.PyJWTError as error:
            raise Untrusted(f"the ID token does not hold: {error}") from error
        if not hmac.compare_digest(str(claims.get("nonce", "")).encode(), nonce.encode()):
            raise Untrusted("the ID token is of another sign-in (nonce)")
        others = isinstance(claims["aud"], list) and len(claims["aud"]) > 1
        if (others or "azp" in claims) and claims.get("azp") != settings.OIDC_CLIENT_ID:
            raise Untrusted("the ID token was given to another application (azp)")
        wanted = settings.OIDC_ACR_VALUES.split()
        if wanted and claims.get("acr") not in wanted:
            raise Untrusted(f"signed in at level {claims.get('acr')!r}, wanted is one of {wanted}")
        return claims

    def _key(self, token: str) -> Any:
        """Return the published key that the token names; the only one when it names none."""
        named = jwt.get_unverified_header(token)
        if named.get("alg") not in SIGNATURES:
            raise Untrusted(f"signed with {named.get('alg')!r}")
        keys = jwt.PyJWKSet.from_dict(_fetched(self.openid_config["jwks_uri"])).keys
        fitting = [key for key in keys if key.key_id == named.get("kid")] if "kid" in named else keys
        if len(fitting) != 1:
            raise Untrusted(f"no published key is named {named.get('kid')!r}")
        return fitting[0].key

    def _completed(self, claims: dict[str, Any], access_token: str) -> dict[str, Any]:
        """Add what the provider tells about the person only when asked. What is signed goes before what is told."""
        wanted = {"name", "email", settings.OIDC_GROUPS_CLAIM}
        address = self.openid_config.get("userinfo_endpoint")
        if not address or wanted <= claims.keys():
            return claims
        told = _fetched(address, {"Authorization": f"Bearer {access_token}"})
        if told.get("sub") != claims["sub"]:
            raise Untrusted("the provider tells about another person than it signed for")
        return told | claims


class OrganisationsProvider(OpenIDConnectProvider):
    """The provider, reached through an `Exchange`."""

    def get_oauth2_adapter(self, request: HttpRequest) -> Exchange:
        return Exchange(request)


def _fetched(address: str, headers: dict[str, str] | None = None) -> dict[str, Any]:
    """Fetch an object from the provider."""
    with get_adapter().get_requests_session() as session:
        answer = session.get(address, headers=headers)
        answer.raise_for_status()
        found = answer.json()
    if not isinstance(found, dict):
        raise Untrusted(f"{address} answers no object")
    return found


def _identity(claims: dict[str, Any]) -> Identity:
    subject = claims["sub"]
    name = claims.get("name") or " ".join(
        part for part in (claims.get("given_name"), claims.get("family_name")) if isinstance(part, str)
    )
    return Identity(
        issuer=settings.OIDC_ISSUER,
        subject=str(subject),
        username=str(claims.get("preferred_username") or claims.get("email") or subject),
        name=str(name or claims.get("preferred_username") or claims.get("email") or subject),
        email=str(claims.get("email") or ""),
        groups=tuple(groups_of(claims, settings.OIDC_GROUPS_CLAIM)),
        level=str(claims.get("acr") or ""),
    )


def begin(request: HttpRequest, wanted: str) -> HttpResponse:
    """Send the browser to the provider; `wanted` is where the person goes afterwards."""
    nonce = secrets.token_urlsafe(32)
    asked = {"nonce": nonce} | ({"acr_values": settings.OIDC_ACR_VALUES} if settings.OIDC_ACR_VALUES else {})
    try:
        answer: HttpResponse = OrganisationsProvider(request, app=_application()).redirect(
            request, "login", next_url=wanted, auth_params=asked, nonce=nonce
        )
    except (requests.RequestException, KeyError, ValueError) as error:
        raise Unanswered(str(error)) from error
    if request.LANGUAGE_CODE:
        answer["Location"] = add_query_params(answer["Location"], {"ui_locales": request.LANGUAGE_CODE})
    return answer


def take_state(request: HttpRequest) -> dict[str, Any] | None:
    """Return what was kept when this sign-in began, once; nothing when it was used before, is too old, or not ours."""
    try:
        found: dict[str, Any] = OrganisationsProvider(request, app=_application()).unstash_redirect_state(
            request, request.GET.get("state", "")
        )
    except PermissionDenied:
        return None
    return found


def finish(request: HttpRequest, state: dict[str, Any]) -> Identity:
    """Return whom the provider's answer proves."""
    try:
        return Exchange(request).identity(
            request.GET.get("code", ""), str(state.get("pkce_code_verifier")), str(state.get("nonce"))
        )
    except requests.RequestException as error:
        raise Unanswered(str(error)) from error
    except OAuth2Error as error:
        raise Untrusted(str(error)) from error
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise Untrusted(f"the provider's answer cannot be read: {error!r}") from error
