"""What a browser and a scanner are told, and whether a production start holds Django's deployment check."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from core.middleware import PERMISSIONS

MANAGE = str(settings.BASE_DIR / "manage.py")
PRODUCTION = {
    "DEBUG": "0",
    "SECRET_KEY": "Vq3-" + "kT9xLm2Zp7Rw4Yb8Nc6Hd1Jf5Gs0Au" * 2,
    "DATABASE_URL": os.environ["DATABASE_URL"],
    "ALLOWED_HOSTS": "claimregister.example",
    "OIDC_ISSUER": "https://login.example/realm",
    "OIDC_CLIENT_ID": "claimregister",
    "OIDC_CLIENT_SECRET": "geheim",
    "OIDC_GROUPS": "{cr-controllers: controller}",
    "SECURITY_CONTACT": "mailto:security@example.org",
}


def manage(*words: str, **changes: str) -> subprocess.CompletedProcess[str]:
    """Run manage.py as production does; an empty value leaves a variable out."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    variables = {name: value for name, value in (PRODUCTION | changes).items() if value}
    return subprocess.run(
        [sys.executable, MANAGE, *words], env=kept | variables, capture_output=True, text=True, check=False
    )


def deploy_check(**changes: str) -> subprocess.CompletedProcess[str]:
    return manage("check", "--deploy", "--fail-level", "WARNING", **changes)


@pytest.mark.slow
def test_a_production_start_holds_the_deployment_check() -> None:
    run = deploy_check()
    assert (run.returncode, run.stderr) == (0, "")
    assert "no issues" in run.stdout


@pytest.mark.slow
@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({"OIDC_ISSUER": ""}, "E001"),
        ({"OIDC_GROUPS": ""}, "W001"),
        ({"LOCAL_PASSWORDS": "1"}, "W002"),
        ({"LOCAL_PASSWORDS": "1", "MFA_REQUIRED": "0"}, "E002"),
        ({"ALLOWED_HOSTS": "*"}, "E003"),
        ({"SECURITY_CONTACT": ""}, "W003"),
        ({"HSTS_SECONDS": "0"}, "security.W004"),
        ({"SECURE_SSL_REDIRECT": "0"}, "security.W008"),
    ],
)
def test_the_deployment_check_names_what_is_wrong(changes: dict[str, str], found: str) -> None:
    run = deploy_check(**changes)
    assert run.returncode == 1
    assert found in run.stderr


@pytest.mark.slow
@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"OIDC_ISSUER": "http://login.example"}, "must begin with https://"),
        ({"OIDC_CLIENT_ID": ""}, "OIDC_CLIENT_ID is not"),
        ({"OIDC_AUTH_METHOD": "private_key_jwt"}, "OIDC_AUTH_METHOD"),
        ({"OIDC_GROUPS": "{cr: boss}"}, "unknown role 'boss'"),
        ({"OIDC_GROUPS": "/nowhere/groups.yaml"}, "cannot be read"),
        ({"SECURITY_CONTACT": "security@example.org"}, "mailto:"),
    ],
)
def test_a_start_with_wrong_settings_of_the_door_says_what_is_wrong(changes: dict[str, str], said: str) -> None:
    run = manage("check", **changes)
    assert run.returncode != 0
    assert "Claimregister cannot start: " in run.stderr
    assert said in run.stderr
    assert "Traceback" not in run.stderr


@pytest.mark.slow
def test_the_web_server_ends_at_once_with_the_reason_when_a_setting_is_wrong() -> None:
    command = [sys.executable, "-m", "gunicorn", "--config", "config/gunicorn.py", "config.wsgi"]
    here = {"PATH": os.environ["PATH"], "SECRET_KEY": "short", "WEB_BIND": "127.0.0.1:0"}
    run = subprocess.run(
        command, cwd=settings.BASE_DIR, env=here, capture_output=True, text=True, timeout=60, check=False
    )
    assert run.returncode != 0
    assert run.stderr.count("Claimregister cannot start: SECRET_KEY") == 1


@pytest.mark.slow
def test_production_binds_its_cookies_and_names_the_provider_in_the_policy() -> None:
    shown = (
        "from django.conf import settings as s; d = s.CONTENT_SECURITY_POLICY['DIRECTIVES'];"
        "print(s.SESSION_COOKIE_NAME, s.CSRF_COOKIE_NAME, s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE, s.LANGUAGE_COOKIE_SECURE,"
        " s.LOCAL_PASSWORDS, s.MFA_REQUIRED, d['form-action'])"
    )
    run = manage("shell", "--no-imports", "-c", shown, OIDC_FORM_ORIGINS="https://sso.example")
    assert run.stdout.split(" ", 7)[:7] == ["__Host-session", "__Host-csrf", "True", "True", "True", "False", "True"]
    assert "https://login.example'" in run.stdout
    assert "https://sso.example'" in run.stdout


@pytest.mark.django_db
def test_every_page_carries_the_headers(officer: Any, enter: Any) -> None:
    client = enter(officer)
    for address in ("/", reverse("sign-in"), reverse("admin:claims_claim_changelist"), "/nowhere/", "/robots.txt"):
        answer = client.get(address)
        assert answer["Permissions-Policy"] == PERMISSIONS
        assert answer["Cross-Origin-Resource-Policy"] == "same-origin"
        assert answer["Cross-Origin-Opener-Policy"] == "same-origin"
        assert answer["Referrer-Policy"] == "same-origin"
        assert answer["X-Frame-Options"] == "DENY"
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert "frame-ancestors 'none'" in answer["Content-Security-Policy"]
        assert "unsafe" not in answer["Content-Security-Policy"]
        assert "private" in answer["Cache-Control"]


@pytest.mark.django_db
def test_no_shared_cache_keeps_a_page_and_signing_out_empties_the_browsers_own(officer: Any, enter: Any) -> None:
    client = enter(officer)
    assert client.get("/")["Cache-Control"] == "private, no-cache"
    assert "no-store" in client.get(reverse("account"))["Cache-Control"]
    assert client.post(reverse("sign-out"))["Clear-Site-Data"] == '"cache"'


@pytest.mark.django_db
def test_what_is_too_large_is_refused_before_it_is_read(officer: Any, enter: Any) -> None:
    class Endless:
        """A body whose reading is the failure."""

        def read(self, *_: Any) -> bytes:
            raise AssertionError("was read")

        readline = read

    client = enter(officer)
    answer = client.generic("POST", "/check/", b"", CONTENT_TYPE="multipart/form-data; boundary=x")
    assert answer.status_code != 413
    request = client.request(
        **{
            "REQUEST_METHOD": "POST",
            "PATH_INFO": "/check/",
            "CONTENT_TYPE": "multipart/form-data; boundary=x",
            "CONTENT_LENGTH": str(settings.LARGEST_REQUEST + 1),
            "wsgi.input": Endless(),
        }
    )
    assert request.status_code == 413
    assert "20 MB" in request.content.decode()


@pytest.mark.django_db
def test_security_txt_says_whom_to_tell(client: Any, settings: Any) -> None:
    assert client.get("/.well-known/security.txt").status_code == 404
    settings.SECURITY_CONTACT = ["mailto:security@example.org", "https://www.ncsc.nl/contact"]
    settings.SECURITY_POLICY = "https://example.org/cvd"
    answer = client.get("/.well-known/security.txt")
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    lines = dict(line.split(": ", 1) for line in answer.content.decode().split("\r\n") if line)
    assert lines["Canonical"] == "http://testserver/.well-known/security.txt"
    assert lines["Preferred-Languages"] == "nl, en"
    assert lines["Policy"] == "https://example.org/cvd"
    assert answer.content.decode().count("Contact: ") == 2
    from django.utils import timezone
    from django.utils.dateparse import parse_datetime

    left = parse_datetime(lines["Expires"]) - timezone.now()
    assert 170 < left.days < 181


def test_search_engines_are_kept_out() -> None:
    assert Client().get("/robots.txt").content == b"User-agent: *\nDisallow: /\n"


@pytest.mark.django_db
def test_an_error_page_carries_the_number_of_the_request(rf: Any) -> None:
    from django.contrib.auth.models import AnonymousUser

    from core.views import errors

    request = rf.get("/")
    request.user = AnonymousUser()
    request.id = "a1b2c3"
    pages = [
        errors.server_error(request),
        errors.too_many(request),
        errors.too_large(request),
        errors.not_found(request),
    ]
    assert [page.status_code for page in pages] == [500, 429, 413, 404]
    assert all("a1b2c3" in page.content.decode() for page in pages)


@pytest.mark.django_db
def test_one_signs_in_over_tls_with_bound_cookies_and_a_form_token(officer: Any, settings: Any) -> None:
    settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME = "__Host-session", "__Host-csrf"
    settings.LANGUAGE_COOKIE_NAME = "__Host-language"
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = settings.LANGUAGE_COOKIE_SECURE = True
    settings.SECURE_SSL_REDIRECT, settings.SECURE_HSTS_SECONDS = True, 31536000
    settings.SECURE_HSTS_INCLUDE_SUBDOMAINS = settings.SECURE_HSTS_PRELOAD = True
    officer.set_password("een lang wachtwoord 2026")
    officer.save()
    client = Client(enforce_csrf_checks=True)
    assert client.get("/sign-in/")["Location"] == "https://testserver/sign-in/"
    page = client.get("/sign-in/", secure=True)
    assert page["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains; preload"
    form = {
        "csrfmiddlewaretoken": page.context["csrf_token"],
        "username": officer.username,
        "password": "een lang wachtwoord 2026",
    }
    referer = {"referer": "https://testserver/sign-in/"}
    answer = client.post("/sign-in/", form, secure=True, headers=referer)
    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert client.post("/sign-in/", form, secure=True, headers={"referer": "https://evil.example/"}).status_code == 403
    token = client.get("/account/", secure=True).context["csrf_token"]
    client.post("/language/", {"csrfmiddlewaretoken": token, "language": "en"}, secure=True, headers=referer)
    for name in ("__Host-session", "__Host-csrf", "__Host-language"):
        cookie = client.cookies[name]
        assert (cookie["secure"], cookie["httponly"], cookie["path"], cookie["domain"], cookie["samesite"]) == (
            *(True, True, "/", ""),
            "Lax",
        )
