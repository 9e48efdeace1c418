"""The one settings file. Everything an operator may change is a WERKPFAD_* variable, listed in the README."""

import os
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from csp.constants import NONCE, NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from werkpfad.config.env import Env, kept_secret

env = Env(os.environ)
ROOT = Path(__file__).resolve().parents[3]

# ---- which kind of instance ---------------------------------------------------------------------

ENVIRONMENT = env.choice("WERKPFAD_ENV", "development", ("development", "production"))
PRODUCTION = ENVIRONMENT == "production"
DEMO = env.flag("WERKPFAD_DEMO")
DEBUG = env.flag("WERKPFAD_DEBUG", default=not PRODUCTION and not DEMO)

if PRODUCTION and DEMO:
    raise ImproperlyConfigured(
        "WERKPFAD_DEMO=1 lets every visitor step into every role. "
        "It cannot be combined with WERKPFAD_ENV=production."
    )
if PRODUCTION and DEBUG:
    raise ImproperlyConfigured("WERKPFAD_DEBUG=1 cannot be combined with WERKPFAD_ENV=production.")

DATA = Path(env.text("WERKPFAD_DATA", "/var/lib/werkpfad" if PRODUCTION else str(ROOT / "var")))
BASE_URL = env.base_url("WERKPFAD_BASE_URL", "" if PRODUCTION else "http://localhost:8000")
ALLOWED_HOSTS = env.items(
    "WERKPFAD_ALLOWED_HOSTS", () if PRODUCTION else ("localhost", "127.0.0.1", "[::1]")
)
if PRODUCTION and not BASE_URL.startswith("https://"):
    raise ImproperlyConfigured(
        "WERKPFAD_BASE_URL is missing: the https:// address under which people reach this instance."
    )
if PRODUCTION and (not ALLOWED_HOSTS or "*" in ALLOWED_HOSTS):
    raise ImproperlyConfigured(
        "WERKPFAD_ALLOWED_HOSTS is missing: the host names of this instance, separated by commas."
    )

SECRET_KEY = env.text("WERKPFAD_SECRET_KEY") or kept_secret(DATA / "secret-key")
# Pupils' codes are derived from this key: it must outlive a change of SECRET_KEY, or all printed sheets become useless.
CODE_KEY = env.text("WERKPFAD_CODE_KEY") or kept_secret(DATA / "code-key")
SECRET_KEY_FALLBACKS = env.items("WERKPFAD_SECRET_KEY_FALLBACKS")

# ---- rooms --------------------------------------------------------------------------------------

PLATFORM_APPS = [
    "werkpfad.base.core.apps.CoreConfig",
    "werkpfad.base.accounts.apps.AccountsConfig",
    "werkpfad.base.occupations.apps.OccupationsConfig",
    "werkpfad.region.network.apps.NetworkConfig",
    "werkpfad.region.notifications.apps.NotificationsConfig",
    "werkpfad.region.schools.apps.SchoolsConfig",
    "werkpfad.region.atlas.apps.AtlasConfig",
    "werkpfad.region.meetings.apps.MeetingsConfig",
    "werkpfad.journey.internships.apps.InternshipsConfig",
    "werkpfad.journey.applications.apps.ApplicationsConfig",
    "werkpfad.journey.matching.apps.MatchingConfig",
    "werkpfad.journey.placements.apps.PlacementsConfig",
    "werkpfad.steering.reporting.apps.ReportingConfig",
    "werkpfad.surface.exchange.apps.ExchangeConfig",
    "werkpfad.surface.portal.apps.PortalConfig",
]
INSTALLED_APPS = [
    *PLATFORM_APPS,
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
    "django_htmx",
    "csp",
    "django_tasks",
    "django_tasks_db",
    "allauth",
    "allauth.account",
    "allauth.mfa",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "werkpfad.base.core.web.middleware.security_headers",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "werkpfad.base.core.web.compression.CompressPages",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "werkpfad.base.accounts.web.middleware.SessionLife",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "werkpfad.region.network.web.middleware.GrantsMiddleware",
    "werkpfad.base.accounts.web.middleware.SecondFactorGate",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]
ROOT_URLCONF = "werkpfad.config.urls"
WSGI_APPLICATION = "werkpfad.config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# ---- database, cache, files ---------------------------------------------------------------------

_postgres = env.database("WERKPFAD_DATABASE_URL")
if _postgres:
    _seconds = env.number("WERKPFAD_STATEMENT_TIMEOUT", 30, least=1, most=3600)
    _options: Any = _postgres["OPTIONS"]
    _options["options"] = f"-c statement_timeout={_seconds}s -c lock_timeout=5s"
    _database = _postgres | {"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}
else:
    # IMMEDIATE takes the write lock at the start of a transaction: no upgrade, no "database is locked".
    # Never combine with ATOMIC_REQUESTS, which would make every page a writer.
    _database = {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": DATA / "werkpfad.sqlite3",
        "CONN_MAX_AGE": 60,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": (
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA mmap_size=268435456;"
                "PRAGMA cache_size=-65536; PRAGMA temp_store=MEMORY;"
                "PRAGMA journal_size_limit=67108864;"
            ),
        },
    }
DATABASES: dict[str, dict[str, Any]] = {"default": _database}

# Shared by all processes, so that limits on sign-in attempts hold for all of them together.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache_entry",
        "OPTIONS": {"MAX_ENTRIES": 50_000},
    }
}

MEDIA_ROOT = DATA / "files"
MEDIA_URL = "files/"
FILE_UPLOAD_PERMISSIONS = 0o640
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o750
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
UPLOAD_LIMIT = env.number("WERKPFAD_UPLOAD_LIMIT_MB", 20, least=1, most=500) * 1024 * 1024

FONTS = ROOT / "build" / "fonts"
STATIC_URL = "static/"
STATIC_ROOT = ROOT / "build" / "collected"
STATICFILES_DIRS = [ROOT / "build" / "static"]
WHITENOISE_USE_FINDERS = DEBUG
WHITENOISE_AUTOREFRESH = DEBUG
WHITENOISE_ALLOW_ALL_ORIGINS = False
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}

# ---- pages --------------------------------------------------------------------------------------

_loaders: list[Any] = [
    "django.template.loaders.filesystem.Loader",
    "django.template.loaders.app_directories.Loader",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "OPTIONS": {
            "loaders": _loaders if DEBUG else [("django.template.loaders.cached.Loader", _loaders)],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "werkpfad.surface.portal.web.context.frame",
            ],
        },
    }
]
FORM_RENDERER = "werkpfad.base.core.ui.forms.FormRenderer"
LANGUAGE_CODE = "de"
LANGUAGES = [("de", "Deutsch")]
TIME_ZONE = "Europe/Berlin"
USE_TZ = True
USE_I18N = True

# ---- sign-in ------------------------------------------------------------------------------------

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.ModelBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "/anmelden/"
LOGIN_REDIRECT_URL = "/start/"
LOGOUT_REDIRECT_URL = "/"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 600
ACCOUNT_DEFAULT_HTTP_PROTOCOL = urlsplit(BASE_URL).scheme
# How many reverse proxies stand in front, so that the visitor's address is read from the right place.
ALLAUTH_TRUSTED_PROXY_COUNT = env.number("WERKPFAD_PROXIES", 0, most=5)
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_ADAPTER = "werkpfad.base.accounts.second_factor.Adapter"
MFA_TOTP_ISSUER = "Werkpfad"
# Who types slowly, or whose phone is half a minute off, gets in all the same (RFC 6238, 5.2).
MFA_TOTP_TOLERANCE = 1
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not PRODUCTION

SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_AGE = int(timedelta(hours=12).total_seconds())
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# ---- protection of every answer -----------------------------------------------------------------

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "object-src": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
if PRODUCTION:
    SESSION_COOKIE_NAME = "__Host-session"
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_NAME = "__Host-csrf"
    CSRF_COOKIE_SECURE = True
    CSRF_TRUSTED_ORIGINS = [BASE_URL]
    SECURE_SSL_REDIRECT = True
    SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
    SECURE_HSTS_SECONDS = 31_536_000
    SECURE_HSTS_INCLUDE_SUBDOMAINS = env.flag("WERKPFAD_HSTS_SUBDOMAINS", default=True)
    SECURE_HSTS_PRELOAD = SECURE_HSTS_INCLUDE_SUBDOMAINS
    if ALLAUTH_TRUSTED_PROXY_COUNT:
        SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# ---- mail and background work -------------------------------------------------------------------

EMAIL_HOST = env.text("WERKPFAD_MAIL_HOST")
EMAIL_PORT = env.number("WERKPFAD_MAIL_PORT", 587, least=1, most=65535)
EMAIL_HOST_USER = env.text("WERKPFAD_MAIL_USER")
EMAIL_HOST_PASSWORD = env.text("WERKPFAD_MAIL_PASSWORD")
EMAIL_USE_SSL = env.flag("WERKPFAD_MAIL_SSL", default=EMAIL_PORT == 465)
EMAIL_USE_TLS = env.flag("WERKPFAD_MAIL_STARTTLS", default=EMAIL_PORT == 587)
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = env.text("WERKPFAD_MAIL_FROM", "Werkpfad <werkpfad@localhost>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
# Shown in /.well-known/security.txt; without it the file does not exist.
SECURITY_CONTACT = env.text("WERKPFAD_SECURITY_CONTACT")
EMAIL_FILE_PATH = str(DATA / "mail")
# Without a mail server, letters are kept as files; a demo never sends, whatever is configured.
EMAIL_BACKEND = (
    "django.core.mail.backends.smtp.EmailBackend"
    if EMAIL_HOST and not DEMO
    else "django.core.mail.backends.filebased.EmailBackend"
)

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}

# ---- logs: ids only, one line per event ---------------------------------------------------------

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"()": "werkpfad.config.logs.LineFormatter"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env.text("WERKPFAD_LOG_LEVEL", "INFO")},
    "loggers": {
        "django.server": {"level": "WARNING"},
        "django_tasks_db": {"level": "ERROR"},
        "django.request": {"level": "ERROR"},
        "django.security.DisallowedHost": {"level": "CRITICAL"},
    },
}
