"""Settings of Baraza. Everything that differs between machines comes from the environment (see .env.example)."""

import os
import sys
from pathlib import Path

import dj_database_url
from celery.schedules import crontab
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from config.environment import (
    bounce_address,
    comma_list,
    environment_name,
    flag,
    laptop_secret,
    provider_settings,
    refuse_if_missing,
)
from config.inlined import sources_of, texts_of

BASE_DIR = Path(__file__).resolve().parent.parent
ENVIRONMENT = environment_name()
refuse_if_missing(ENVIRONMENT)
IS_PRODUCTION = ENVIRONMENT == "production"

DATA_DIR = Path(os.environ.get("BARAZA_DATA_DIR", BASE_DIR / "var"))
STATIC_ROOT = Path(os.environ.get("STATIC_ROOT", BASE_DIR / "staticfiles"))
if not IS_PRODUCTION:
    DATA_DIR.mkdir(parents=True, exist_ok=True)
    STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # WhiteNoise warns where it is missing

SECRET_KEY = os.environ.get("DJANGO_SECRET_KEY") or laptop_secret(DATA_DIR)
DEBUG = flag("DJANGO_DEBUG")
ALLOWED_HOSTS = comma_list("ALLOWED_HOSTS", "127.0.0.1,localhost,[::1]")
SITE_URL = os.environ.get("SITE_URL", "http://127.0.0.1:8000").rstrip("/")
# What signs certificates: files, or all of them in one variable. A laptop makes its own, see certificates/keys.py.
KEYS_DIR = Path(os.environ.get("BARAZA_KEYS_DIR") or DATA_DIR / "keys")
KEYS = os.environ.get("BARAZA_KEYS", "")
MAKES_OWN_KEYS = not IS_PRODUCTION
CSRF_TRUSTED_ORIGINS = [SITE_URL] if SITE_URL.startswith("https://") else []

IS_WORKER = "celery" in Path(sys.argv[0]).parts[-2:]
INSTALLED_APPS = [
    "registrations",
    "sessions",
    "surveys",
    "certificates",
    "reports",
    # A worker has no back office: its modules wait until an address is asked for, and `config.urls` finds them.
    "django.contrib.admin.apps.SimpleAdminConfig" if IS_WORKER else "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_countries",
    "django_filters",
    "crispy_forms",
    "csp",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "config.middleware.ReaderZoneMiddleware",
    "config.middleware.NoNulMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
AUTH_USER_MODEL = "registrations.User"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.template.context_processors.tz",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "config.context.site",
            ],
        },
    },
]

# Database -----------------------------------------------------------------------------------------------------------

DATABASES = {
    "default": dj_database_url.parse(
        os.environ.get("DATABASE_URL") or f"sqlite:///{DATA_DIR / 'baraza.sqlite3'}",
        conn_max_age=60,
        conn_health_checks=True,
    )
}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # WAL and IMMEDIATE: with Django's defaults most of 16 concurrent writers fail with "database is locked".
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
    }

# Cache, broker --------------------------------------------------------------------------------------------------------

REDIS_URL = os.environ.get("REDIS_URL", "")
if REDIS_URL:
    CACHES = {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}}
    CELERY_BROKER_URL = REDIS_URL
else:
    BROKER_DIR = DATA_DIR / "broker"
    BROKER_DIR.mkdir(parents=True, exist_ok=True)
    CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    CELERY_BROKER_URL = "filesystem://localhost"
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "data_folder_in": str(BROKER_DIR),
        "data_folder_out": str(BROKER_DIR),
        "control_folder": str(BROKER_DIR),
    }

# The database is the truth and Celery the doorbell: no results are kept, a lost task is found again by a sweep.
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
# Threads, not child processes: an idle worker takes 95 MB instead of 130 (docs/decisions/0008-one-process-worker.md).
CELERY_WORKER_POOL = "threads"
# Two, so that mail goes out while one of them issues certificates or reads a large file.
CELERY_WORKER_CONCURRENCY = int(os.environ.get("BARAZA_WORKERS", "2"))
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_PUBLISH_RETRY = False
CELERY_TIMEZONE = "UTC"
CELERY_BEAT_SCHEDULE_FILENAME = str(DATA_DIR / "celerybeat-schedule")
CELERY_BEAT_SCHEDULE = {
    "send due mail": {"task": "registrations.tasks.send_due_mail", "schedule": 10.0},
    "move waiting lists up": {"task": "registrations.tasks.move_up_waiting_lists", "schedule": 60.0},
    "carry attendance imports on": {"task": "sessions.tasks.carry_on_imports", "schedule": 15.0},
    "write about sessions": {"task": "sessions.tasks.write_about_sessions", "schedule": 60.0},
    "match names again": {"task": "sessions.tasks.match_where_asked", "schedule": 30.0},
    "count materials": {"task": "sessions.tasks.carry_fetches", "schedule": 300.0},
    "clear files of materials": {"task": "sessions.tasks.clear_files", "schedule": crontab(hour=3, minute=40)},
    "carry imports of responses on": {"task": "surveys.tasks.carry_on_response_imports", "schedule": 15.0},
    "write to people about surveys": {"task": "surveys.tasks.write_to_people", "schedule": 60.0},
    "mix marks of anonymous surveys": {"task": "surveys.tasks.mix_marks", "schedule": crontab(minute=20)},
    "seal large surveys": {"task": "surveys.tasks.seal_large_surveys", "schedule": 120.0},
    "run issue runs": {"task": "certificates.tasks.continue_issue_runs", "schedule": 15.0},
    "send messages to many": {"task": "reports.tasks.send_campaigns", "schedule": 20.0},
    "make report files": {"task": "reports.tasks.make_report_files", "schedule": 20.0},
    "publish results": {"task": "reports.tasks.publish_where_asked", "schedule": 60.0},
    "index the library": {"task": "reports.tasks.index_library", "schedule": 600.0},
    # By night, in portions: mail has its turn between them.
    "let go what is over its time": {"task": "reports.tasks.carry_retention_out", "schedule": crontab("*/10", "1-4")},
    "clear expired staff sessions": {
        "task": "registrations.tasks.clear_expired",
        "schedule": crontab(hour=3, minute=0),
    },
}

# Mail -----------------------------------------------------------------------------------------------------------------

DEFAULT_FROM_EMAIL = os.environ.get("DEFAULT_FROM_EMAIL", "Baraza <baraza@localhost>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
EMAIL_TIMEOUT = 20
# A provider that django-anymail knows: it reports what comes back and, without EMAIL_HOST, it is what mail is handed to.
MAIL_PROVIDER = os.environ.get("MAIL_PROVIDER", "")
if MAIL_PROVIDER:
    INSTALLED_APPS += ["anymail"]
    ANYMAIL = {"IGNORE_UNSUPPORTED_FEATURES": True, "REQUESTS_TIMEOUT": EMAIL_TIMEOUT, **provider_settings()}
if os.environ.get("EMAIL_HOST"):
    EMAIL_BACKEND = "registrations.smtp.EmailBackend"
    EMAIL_HOST = os.environ["EMAIL_HOST"]
    EMAIL_PORT = int(os.environ.get("EMAIL_PORT", "587"))
    EMAIL_HOST_USER = os.environ.get("EMAIL_HOST_USER", "")
    EMAIL_HOST_PASSWORD = os.environ.get("EMAIL_HOST_PASSWORD", "")
    EMAIL_USE_TLS = flag("EMAIL_USE_TLS", default=IS_PRODUCTION)
elif MAIL_PROVIDER:
    EMAIL_BACKEND = "registrations.provider.EmailBackend"
else:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = DATA_DIR / "mail"

# What comes back: to whom reports go, and the mailbox where they are read; off unless it is named.
BOUNCE_ADDRESS = bounce_address()
BOUNCE_MAILBOX = os.environ.get("BOUNCE_MAILBOX", "")
BOUNCE_MAILBOX_PASSWORD = os.environ.get("BOUNCE_MAILBOX_PASSWORD", "")
if BOUNCE_MAILBOX:
    CELERY_BEAT_SCHEDULE["read bounces"] = {"task": "registrations.tasks.read_bounces", "schedule": 300.0}

# Languages, time ------------------------------------------------------------------------------------------------------

LANGUAGE_CODE = "en"
LANGUAGES = [
    ("ar", _("Arabic")),
    ("zh-hans", _("Chinese")),
    ("en", _("English")),
    ("fr", _("French")),
    ("ru", _("Russian")),
    ("es", _("Spanish")),
]
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = ["config.formats"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"
READER_ZONE_COOKIE = "reader_zone"

# Static files, forms --------------------------------------------------------------------------------------------------

STATIC_URL = "static/"
STATICFILES_DIRS = [BASE_DIR / "templates" / "static"]
# Written into the pages that need them, not fetched: {% style %} and {% script %}, docs/decisions/0027.
INLINED = texts_of(STATICFILES_DIRS[0], ["baraza.css", "survey.css", "baraza.js", "register.js"])
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if ENVIRONMENT == "test"
        else "whitenoise.storage.CompressedManifestStaticFilesStorage",
    },
}
WHITENOISE_USE_FINDERS = ENVIRONMENT != "production"
WHITENOISE_AUTOREFRESH = ENVIRONMENT == "test"  # every client of a test would look at every file first
CRISPY_ALLOWED_TEMPLATE_PACKS = ["baraza"]
CRISPY_TEMPLATE_PACK = "baraza"
CRISPY_FAIL_SILENTLY = False
COUNTRIES_COMMON_NAMES = False  # the names of ISO 3166, as the United Nations use them
REGISTRATIONS_PER_CLIENT_AND_HOUR = int(os.environ.get("REGISTRATIONS_PER_CLIENT_AND_HOUR", "1000"))  # 0: no limit
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
MEDIA_ROOT = DATA_DIR / "media"  # materials of sessions; served by a view of ours alone, so there is no MEDIA_URL
# The first one swallows a material that is too large: it never reaches memory or disk, and the form says why.
FILE_UPLOAD_HANDLERS = [
    "sessions.uploads.OversizeHandler",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]

# Security -------------------------------------------------------------------------------------------------------------

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, *sources_of(INLINED, ".js")],
        "style-src": [SELF, *sources_of(INLINED, ".css")],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    },
}
IS_SECURE_SITE = SITE_URL.startswith("https://")
SESSION_COOKIE_SECURE = IS_SECURE_SITE
CSRF_COOKIE_SECURE = IS_SECURE_SITE
SESSION_COOKIE_HTTPONLY = True
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "registrations.views.csrf_failure"
SECURE_SSL_REDIRECT = IS_SECURE_SITE and flag("SECURE_SSL_REDIRECT", default=True)
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if IS_SECURE_SITE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = IS_SECURE_SITE
SECURE_HSTS_PRELOAD = IS_SECURE_SITE
SECURE_REFERRER_POLICY = "same-origin"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if flag("BEHIND_PROXY") else None
X_FRAME_OPTIONS = "DENY"
LOGIN_URL = "admin:login"
if ENVIRONMENT == "test":  # a slow hash protects nobody in a test, and tests make many accounts
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

# Logs carry no personal data: access lines are written without query strings or personal links (see config/logs.py).
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {
        "personal_links": {"()": "config.logs.HidePersonalLinks"},
        "visitors": {"()": "config.logs.OneLineForVisitors"},
    },
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {
        "stderr": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["personal_links", "visitors"]}
    },
    "root": {"handlers": ["stderr"], "level": "INFO"},
    "loggers": {
        "django": {"handlers": [], "propagate": True},
        "django.server": {"handlers": [], "propagate": True},
        "celery.app.trace": {"level": "WARNING"},  # a line per finished task says nothing that the rows do not
    },
}
