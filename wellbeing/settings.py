"""Settings of the project: read from the environment, safe when nothing is set.

DEMO=1 is the embedded demonstration (plain http, known passwords, console mail);
without it SECRET_KEY and ALLOWED_HOSTS must be given. `docs/operations.md` lists
every variable.
"""

import os
import sys
from pathlib import Path

import dj_database_url
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from wellbeing import logs
from wellbeing.rules import *  # noqa: F403 -- rules that have no column in the policy file
from wellbeing.timed_jobs import TIMED_JOBS  # noqa: F401 -- what the worker does by the clock

BASE_DIR = Path(__file__).resolve().parent.parent


def _flag(name: str) -> bool:
    return os.environ.get(name, "").lower() in {"1", "true", "yes", "on"}


def _secret_key() -> str:
    key = os.environ.get("SECRET_KEY", "")
    if key:
        return key
    if DEMO or DEBUG or TESTING:
        return "not-a-secret: good for the demo and the tests only"
    raise ImproperlyConfigured("Set SECRET_KEY (or DEMO=1 for the demonstration).")


TESTING = "pytest" in sys.modules
DEBUG = _flag("DEBUG")
DEMO = _flag("DEMO")
SECRET_KEY = _secret_key()
# Draws auditors' samples and makes their pseudonyms, which would be undone by whoever has it: apart
# from SECRET_KEY, which is changed more often and known to more. None: no samples.
SAMPLE_KEY = os.environ.get("SAMPLE_KEY", "")
if not SAMPLE_KEY and (DEMO or DEBUG or TESTING):
    SAMPLE_KEY = "not-a-secret either"
ALLOWED_HOSTS = [h for h in os.environ.get("ALLOWED_HOSTS", "").split(",") if h]
if DEMO or DEBUG:
    ALLOWED_HOSTS += ["127.0.0.1", "localhost", "[::1]"]
# Where the service is reached from outside: links in mail and calendars begin with it.
SITE_ORIGIN = os.environ.get("SITE_ORIGIN", "http://127.0.0.1:8000")
CSRF_TRUSTED_ORIGINS = [SITE_ORIGIN]

INSTALLED_APPS = [
    "wellbeing",
    "supervision",
    "django.forms",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "crispy_forms",
    "csp",
    "django_tasks",
    "django_tasks_db",
]

MIDDLEWARE = [
    # First, so that files, redirects and what a later one refuses bear these headers too.
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "wellbeing.middleware.SignInRequired",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "supervision.middleware.viewer_middleware",
    "supervision.middleware.Building",
    "wellbeing.middleware.Replays",
    "wellbeing.middleware.Refusals",
]

ROOT_URLCONF = "wellbeing.urls"
WSGI_APPLICATION = "wellbeing.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "supervision.context.page_frame",
            ],
        },
    },
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
CRISPY_ALLOWED_TEMPLATE_PACKS = "govuk"
CRISPY_TEMPLATE_PACK = "govuk"
CRISPY_FAIL_SILENTLY = False

SQLITE_FILE = BASE_DIR / ".data" / "db.sqlite3"
SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 10,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
}
# No JIT: it compiles for longer than the longest of our statements runs.
POSTGRESQL_OPTIONS = {
    "connect_timeout": 5,
    "options": "-c lock_timeout=10s -c statement_timeout=600s"
    " -c idle_in_transaction_session_timeout=120s -c jit=off",
}
DATABASES = {
    "default": dj_database_url.parse(
        os.environ.get("DATABASE_URL") or f"sqlite:///{SQLITE_FILE}",
        conn_max_age=60,
        conn_health_checks=True,
    )
}
if "sqlite" in DATABASES["default"]["ENGINE"]:
    SQLITE_FILE.parent.mkdir(exist_ok=True)
    DATABASES["default"].setdefault("OPTIONS", {}).update(SQLITE_OPTIONS)  # type: ignore[union-attr,call-overload]
else:
    DATABASES["default"].setdefault("OPTIONS", {}).update(POSTGRESQL_OPTIONS)  # type: ignore[union-attr,call-overload]
if TESTING and "sqlite" in DATABASES["default"]["ENGINE"]:
    # A file: races in memory would fail of locks that no real database has.
    DATABASES["default"]["TEST"] = {"NAME": SQLITE_FILE.parent / "test.sqlite3"}  # type: ignore[typeddict-unknown-key]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Holds what sign-in counts. In files, for all processes must count together: in memory each
# would allow the whole number of tries.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": os.environ.get("CACHE_FOLDER", BASE_DIR / ".data" / "cache"),
        "OPTIONS": {"MAX_ENTRIES": 10_000},
    }
}
if TESTING:
    CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}

AUTH_USER_MODEL = "wellbeing.Person"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("name", "email")},
    },
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "wellbeing.adapter.ClosedAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_FORMS = {
    "login": "wellbeing.forms.account.LoginForm",
    "reset_password": "wellbeing.forms.account.ResetPasswordForm",
    "reset_password_from_key": "wellbeing.forms.account.ResetPasswordKeyForm",
    "change_password": "wellbeing.forms.account.ChangePasswordForm",
    "set_password": "wellbeing.forms.account.SetPasswordForm",
}
ACCOUNT_EMAIL_SUBJECT_PREFIX = "RASSO wellbeing: "
# How many proxies in front are believed about X-Forwarded-For; without it all are one address.
ALLAUTH_TRUSTED_PROXY_COUNT = int(os.environ.get("TRUSTED_PROXIES", "0"))
# A whole department shares one address: limits by address are high, by account strict.
ACCOUNT_RATE_LIMITS = {
    "login": "600/m/ip",
    "login_failed": "300/m/ip,5/5m/key",
    "reset_password": "120/m/ip,5/m/key",
    "reset_password_from_key": "120/m/ip",
    "change_password": "5/m/user",
}

EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
if os.environ.get("EMAIL_HOST"):
    EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    EMAIL_HOST = os.environ["EMAIL_HOST"]
    EMAIL_PORT = int(os.environ.get("EMAIL_PORT", "587"))
    EMAIL_HOST_USER = os.environ.get("EMAIL_HOST_USER", "")
    EMAIL_HOST_PASSWORD = os.environ.get("EMAIL_HOST_PASSWORD", "")
    EMAIL_USE_TLS = True
    EMAIL_TIMEOUT = 20
elif os.environ.get("EMAIL_FOLDER"):
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = os.environ["EMAIL_FOLDER"]
DEFAULT_FROM_EMAIL = os.environ.get("FROM_EMAIL", "wellbeing@service.example")

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_I18N = True
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = BASE_DIR / ".staticfiles"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if TESTING or DEBUG
        else "wellbeing.static_storage.ModuleManifestStorage"
    },
}

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        # The one inline script marks the page as having JavaScript: GOV.UK's own hash.
        "script-src": [SELF, "'sha256-GUQ5ad8JK5KmEWmROf3LZd9ge94daqNvd8xy9YS1iDw='"],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_AGE = 8 * 60 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_NAME = "session"
# Banners name people: they stay here, not in a cookie that a shared machine keeps.
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
CSRF_FAILURE_VIEW = "wellbeing.views.errors.csrf_failure"
if not (DEMO or DEBUG or TESTING):
    SECURE_SSL_REDIRECT = not _flag("NO_SSL_REDIRECT")
    # Whoever watches over the service asks the process itself, without the proxy's TLS.
    SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True
    SESSION_COOKIE_NAME = "__Host-session"
    CSRF_COOKIE_NAME = "__Host-csrf"

SILENCED_SYSTEM_CHECKS = [
    # The e-mail is unique without regard to case: person_email_once says it to the database.
    "auth.W004",
]
if DEMO or DEBUG or TESTING:
    # SQLite's fault under several writing processes: nothing here is kept (docs/operations.md).
    SILENCED_SYSTEM_CHECKS.append("wellbeing.W002")

# Work that no request waits for; a test does it at once.
TASKS = {
    "default": {
        "BACKEND": "django_tasks.backends.immediate.ImmediateBackend"
        if TESTING
        else "django_tasks_db.DatabaseBackend"
    }
}
LOGGING = logs.LOGGING

# The ground's questions to whatever stands on it (wellbeing/domain/ports.py).
PORTS = {
    "facts_changed": "supervision.answers.facts_changed",
    "may_attend": "supervision.answers.may_attend",
    "may_host": "supervision.answers.may_host",
    "who_first": "supervision.answers.soonest_due",
}

# What `manage.py audit_invariants` asks: each names a list of functions, from an instant to lines.
INVARIANTS = [
    "wellbeing.queries.invariants.CHECKS",
    "supervision.queries.verify_cover.CHECKS",
]

# Shown on Help now, on every page.
COUNSELLING_LINE = os.environ.get("COUNSELLING_LINE", "see your intranet’s wellbeing page")
# Calendars: the fixed end of every UID, never to be changed; and the words others see.
CALENDAR_DOMAIN = "rasso-wellbeing.invalid"
CALENDAR_WORDING = "Protected time"
