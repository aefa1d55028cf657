"""Settings, in one file. What an operator can change is read from the environment (see docs/operations/settings.md)."""

import base64
import hashlib
import re
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from csp.constants import NONCE, NONE, SELF
from django.contrib.messages import constants as message_levels
from django.utils.translation import gettext_lazy as _

from config import env
from core import logs
from core.enums import Role
from core.richtext.editor import EDITOR_EXTENSIONS
from core.signin.groups import Unmappable, read_mapping

BASE_DIR = Path(__file__).resolve().parent.parent

# -- environment ----------------------------------------------------------------------------------------------------

DEVELOPMENT = env.flag("DEBUG")
# ./run serves the same error pages as production does; DEBUG_PAGES=1 shows tracebacks instead.
DEBUG = DEVELOPMENT and env.flag("DEBUG_PAGES")

DEMO = DEVELOPMENT and env.flag("DEMO", True)  # load the demo story into an empty database

if DEVELOPMENT:
    SECRET_KEY = env.text("SECRET_KEY", "for-development-only-and-never-anywhere-else-0123456789")
    ALLOWED_HOSTS = env.words("ALLOWED_HOSTS", ["localhost", "127.0.0.1", "[::1]", "testserver"])
else:
    SECRET_KEY = env.text("SECRET_KEY")
    if len(SECRET_KEY) < 50:
        raise env.Misconfigured(
            "SECRET_KEY is not set, or shorter than 50 characters. Set a long random value and keep it secret."
        )
    ALLOWED_HOSTS = env.words("ALLOWED_HOSTS")

if not env.text("DATABASE_URL"):
    hint = "./run starts an embedded one." if DEVELOPMENT else "Set it to postgresql://user:password@host/name."
    raise env.Misconfigured(f"DATABASE_URL is not set. {hint}")

SECRET_KEY_FALLBACKS = env.words("SECRET_KEY_FALLBACKS")  # earlier keys, while sessions and codes still know them

# Connections per process that its threads share; 0: one per thread.
DATABASE_POOL_MAX = env.number("DATABASE_POOL_MAX", 0)


def database(name: str) -> dict[str, object]:
    """Return the settings of the database that a variable names."""
    read = env.database_url(name)
    if DATABASE_POOL_MAX:
        pool = {"min_size": 1, "max_size": DATABASE_POOL_MAX, "timeout": 10}
        read["OPTIONS"] = {**env.options(read), "pool": pool}
    return read | {
        "CONN_MAX_AGE": 0 if DATABASE_POOL_MAX else env.number("DATABASE_CONN_MAX_AGE", 60),
        "CONN_HEALTH_CHECKS": True,
        "ATOMIC_REQUESTS": False,
        # a pooler between us and the server that shares connections by transaction cannot keep a cursor open
        "DISABLE_SERVER_SIDE_CURSORS": env.flag("DATABASE_TRANSACTION_POOLER"),
        "TEST": {"TEMPLATE": env.text("TEST_DATABASE_TEMPLATE") or None},
    }


DATABASES = {"default": database("DATABASE_URL")}
if env.text("DATABASE_REPLICA_URL"):  # dashboards read there, and from the primary when it is away or behind
    DATABASES["replica"] = database("DATABASE_REPLICA_URL")
DATABASE_ROUTERS = ["core.replica.Router"]
REPLICA_LAG_SECONDS = env.number("REPLICA_LAG_SECONDS", 30)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# -- applications ---------------------------------------------------------------------------------------------------

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.forms",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "csp",
    "django_htmx",
    "django_prose_editor",
    "pgtrigger",
    "pghistory",
    "procrastinate.contrib.django",
    "allauth",
    "allauth.account",
    "allauth.socialaccount",
    "allauth.mfa",
    "core",
    "partners",
    "results",
    "claims",
    "reporting",
    "core.site.RegisterAdminConfig",
]

MIDDLEWARE = [
    "core.access.RequestIdMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "core.middleware.HeadersMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "core.middleware.SizeMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "core.middleware.LanguageOfUserMiddleware",
    "core.middleware.ButtonsOnlyMiddleware",
    "core.middleware.HistoryMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "core.middleware.SessionLimitsMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "core.replica.ReplicaMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
AUTH_USER_MODEL = "core.User"
LOGIN_URL = "sign-in"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "sign-in"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "core.signin.passwords.LongEnough", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

# -- signing in -----------------------------------------------------------------------------------------------------

# With the organisation's own provider (OpenID Connect), when its address is given; with local accounts where switched on.
OIDC_ISSUER = env.text("OIDC_ISSUER")
OIDC_CLIENT_ID = env.text("OIDC_CLIENT_ID")
OIDC_CLIENT_SECRET = env.text("OIDC_CLIENT_SECRET")
OIDC_NAME = env.text("OIDC_NAME", "Rijks-SSO")
OIDC_SCOPES = env.words("OIDC_SCOPES", ["openid", "profile", "email"])
OIDC_GROUPS_CLAIM = env.text("OIDC_GROUPS_CLAIM", "groups")
OIDC_AUTH_METHOD = env.text("OIDC_AUTH_METHOD")  # empty: what the provider announces
OIDC_ACR_VALUES = env.text("OIDC_ACR_VALUES")  # asked of the provider, and then demanded of its answer
OIDC_FORM_ORIGINS = env.words("OIDC_FORM_ORIGINS")  # where the provider sends the browser on the way, beside its issuer
if OIDC_ISSUER:
    if not OIDC_CLIENT_ID:
        raise env.Misconfigured("OIDC_ISSUER is set and OIDC_CLIENT_ID is not. The provider tells you which to use.")
    if urlsplit(OIDC_ISSUER).scheme != "https" and not (
        DEVELOPMENT and urlsplit(OIDC_ISSUER).hostname in ("localhost", "127.0.0.1")
    ):
        raise env.Misconfigured(f"OIDC_ISSUER={OIDC_ISSUER!r} must begin with https://.")
    if OIDC_AUTH_METHOD not in ("", "client_secret_basic", "client_secret_post"):
        raise env.Misconfigured("OIDC_AUTH_METHOD is client_secret_basic or client_secret_post, or left out.")
try:
    OIDC_GROUPS = read_mapping(env.text("OIDC_GROUPS"), Role.values)
except Unmappable as wrong:
    raise env.Misconfigured(f"OIDC_GROUPS cannot be used: {wrong}.") from None

LOCAL_PASSWORDS = env.flag("LOCAL_PASSWORDS", DEVELOPMENT)
MFA_REQUIRED = env.flag("MFA_REQUIRED", not DEVELOPMENT)  # of local accounts; the provider has its own
ADMINISTRATOR_CONTACT = env.text("ADMINISTRATOR_CONTACT")  # whom to ask for a role, as pages say it

SESSION_ENGINE = "core.signin.sessions"
SESSION_IDLE = timedelta(minutes=env.number("SESSION_IDLE_MINUTES", 120 if DEVELOPMENT else 60))
SESSION_LONGEST = timedelta(minutes=env.number("SESSION_LONGEST_MINUTES", 720))
SESSION_COOKIE_AGE = int(SESSION_LONGEST.total_seconds())
AUTHENTICATION_BACKENDS = ["core.signin.backend.LocalAccounts"]

# Counts of attempts stand in the database, so that they hold over every web machine and through a restart.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "core_cacheentry",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}
ACCOUNT_RATE_LIMITS = {"login_failed": env.text("SIGN_IN_LIMITS", "20/m/ip,5/5m/key")}
ALLAUTH_TRUSTED_PROXY_COUNT = env.number("TRUSTED_PROXIES", int(not DEVELOPMENT and env.flag("BEHIND_PROXY", True)))
ACCOUNT_ADAPTER = "core.signin.accounts.AccountAdapter"
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
SOCIALACCOUNT_ADAPTER = "core.signin.provider.ProviderAdapter"
SOCIALACCOUNT_STORE_TOKENS = False
MFA_ADAPTER = "core.signin.accounts.CodesAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_TOLERANCE = 1  # one period before and after: clocks of telephones differ
MFA_TOTP_ISSUER = "Claimregister"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "core.context.house",
            ],
            "builtins": ["core.templatetags.house"],
        },
    }
]
FORM_RENDERER = "core.forms.HouseRenderer"
MESSAGE_TAGS = {
    message_levels.DEBUG: "info",
    message_levels.INFO: "info",
    message_levels.SUCCESS: "ok",
    message_levels.WARNING: "warning",
    message_levels.ERROR: "error",
}

# -- language and time ----------------------------------------------------------------------------------------------

LANGUAGE_CODE = "nl"
LANGUAGES = [("nl", "Nederlands"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Europe/Amsterdam"
USE_I18N = True
USE_TZ = True
FORMAT_MODULE_PATH = ["core.formats"]
USE_THOUSAND_SEPARATOR = False  # years would read 2.027; amounts are formatted by core.numbers

# -- static files ---------------------------------------------------------------------------------------------------

STATIC_URL = "static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},  # nothing is kept in a media folder
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEVELOPMENT
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = DEVELOPMENT
WHITENOISE_AUTOREFRESH = DEVELOPMENT
THEME_CSS = env.text("THEME_CSS")  # a path below STATIC_URL, loaded after our own theme
ORGANISATION = env.text("ORGANISATION", "Ministerie (voorbeeld)")

# -- IATI -----------------------------------------------------------------------------------------------------------

IATI_DATA = env.text(
    "IATI_DATA", str(BASE_DIR / "fixtures" / "iati")
)  # schema, codelists and rules, which may be replaced
IATI_ORGANISATION = env.text("IATI_ORGANISATION", "XM-DAC-7")  # our own identifier, exactly as partners publish it
IATI_EXPORT = env.flag("IATI_EXPORT")  # writing our own activities is off unless the organisation wants it

# -- security -------------------------------------------------------------------------------------------------------


def editor_style_hash() -> str:
    """Return the CSP hash of the one style element that the editor adds, read from the installed file."""
    import django_prose_editor

    script = (Path(django_prose_editor.__file__).parent / "static/django_prose_editor/editor.js").read_text()
    style = re.search(r"`(\.ProseMirror \{\s*position: relative;.*?)`", script, re.DOTALL)
    return "'sha256-" + base64.b64encode(hashlib.sha256(style[1].encode()).digest()).decode() + "'" if style else NONE


def form_origins() -> list[str]:
    """Return the origins to which signing in leads the browser."""
    issuer = urlsplit(OIDC_ISSUER)
    return [*([f"{issuer.scheme}://{issuer.netloc}"] if OIDC_ISSUER else []), *OIDC_FORM_ORIGINS]


CONTENT_SECURITY_POLICY: dict[str, dict[str, Any]] = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF, editor_style_hash()],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        # The browser holds the way on after a form to this too, so the provider's origins belong here.
        "form-action": [SELF, *form_origins()],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
SECURE_CONTENT_TYPE_NOSNIFF = True
CSRF_FAILURE_VIEW = "core.views.errors.csrf_failure"
if not DEVELOPMENT:
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = True
    # Browsers take cookies of these names only over TLS, for every path, and never from or for another host.
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-session", "__Host-csrf"
    LANGUAGE_COOKIE_NAME = "__Host-language"
    CONTENT_SECURITY_POLICY["DIRECTIVES"]["upgrade-insecure-requests"] = True
    SECURE_SSL_REDIRECT = env.flag("SECURE_SSL_REDIRECT", True)
    SECURE_HSTS_SECONDS = env.number("HSTS_SECONDS", 31536000)
    SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = True
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if env.flag("BEHIND_PROXY", True) else None
    CSRF_TRUSTED_ORIGINS = env.words("CSRF_TRUSTED_ORIGINS")

# Whom to tell of a weakness: mailto: and https: addresses for /.well-known/security.txt; without them there is none.
SECURITY_CONTACT = env.words("SECURITY_CONTACT")
SECURITY_POLICY = env.text("SECURITY_POLICY")
for _address in [*SECURITY_CONTACT, *([SECURITY_POLICY] if SECURITY_POLICY else [])]:
    if not _address.startswith(("mailto:", "https://", "tel:")) or len(_address.split()) != 1:
        raise env.Misconfigured(
            f"{_address!r} in SECURITY_CONTACT or SECURITY_POLICY must be a mailto: or https: address."
        )

LARGEST_REQUEST = 22 * 1024 * 1024  # bytes: the largest upload (20 MB) and what stands around it

# A claim with every text at its limit is far below this; more is refused before it is read.
DATA_UPLOAD_MAX_MEMORY_SIZE = 6 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000
FILE_UPLOAD_MAX_MEMORY_SIZE = 6 * 1024 * 1024

# -- history --------------------------------------------------------------------------------------------------------

PGHISTORY_APPEND_ONLY = True
PGHISTORY_CREATED_AT_FUNCTION = "clock_timestamp()"

# -- text -----------------------------------------------------------------------------------------------------------

DJANGO_PROSE_EDITOR_EXTENSIONS = EDITOR_EXTENSIONS

# -- operation ------------------------------------------------------------------------------------------------------

# Machines ask for /health over plain HTTP, inside the network.
SECURE_REDIRECT_EXEMPT = [r"^health(/ready)?$"]
READY_SECONDS = env.number("READY_SECONDS", 3)  # within which the database must answer /health/ready
READY_NEEDS_WORKER = env.flag("READY_NEEDS_WORKER", True)  # off where a balancer takes a web machine out on 503
READY_WAITING_SECONDS = env.number("READY_WAITING_SECONDS", 900)  # a job that waits longer has been forgotten

# People who work go before a change of the tables: a migration waits this long for a lock, and may take this long.
MIGRATE_LOCK_SECONDS = env.number("MIGRATE_LOCK_SECONDS", 5)
MIGRATE_STATEMENT_SECONDS = env.number("MIGRATE_STATEMENT_SECONDS", 900)

# Years that each kind is kept after the year in which its claim ended, as the organisation's selection list says. What has
# no term is never removed.
RETENTION_YEARS = env.numbers_by_name("RETENTION_YEARS", ["papers", "evidence", "texts", "acts"])
RETENTION_GROUND = env.text("RETENTION_GROUND")

# -- background work ------------------------------------------------------------------------------------------------

WORKER_JOBS = env.number("WORKER_JOBS", 2)  # at a time, in one worker process
WORKER_STOP_SECONDS = env.number(
    "WORKER_STOP_SECONDS", 30
)  # for jobs in hand when a worker is stopped; another takes up the rest
PROCRASTINATE_WORKER_DEFAULTS = {"delete_jobs": "successful"}

# -- mail and logging -----------------------------------------------------------------------------------------------

EMAIL_BACKEND = env.text("EMAIL_BACKEND", "django.core.mail.backends.console.EmailBackend")
LOG_FORMAT = env.choice("LOG_FORMAT", ["json", "plain"], "plain" if DEVELOPMENT else "json")
LOG_LEVEL = env.choice("LOG_LEVEL", ["DEBUG", "INFO", "WARNING", "ERROR"], "WARNING")
WORKER_LOG_LEVEL = env.choice(
    "WORKER_LOG_LEVEL", ["DEBUG", "INFO", "WARNING", "ERROR"], "INFO" if LOG_FORMAT == "json" else "WARNING"
)
LOGGING = logs.settings(format=LOG_FORMAT, level=LOG_LEVEL, worker_level=WORKER_LOG_LEVEL)

LANGUAGE_NAMES = {"nl": _("Dutch"), "en": _("English")}
