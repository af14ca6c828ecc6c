"""A lean Django: the product's server and database, and nothing else that a bare view does not need."""

from config.settings import *  # noqa: F403 - a settings module is a list of names
from config.settings import BASE_DIR, DATABASES

ROOT_URLCONF = "bench.floor.urls"
INSTALLED_APPS = ["django.contrib.sessions"]
MIDDLEWARE = [
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "bench" / "floor" / "templates"],
        "OPTIONS": {"context_processors": ["django.template.context_processors.request"]},
    }
]
USE_I18N = False
DATABASES["default"]["CONN_HEALTH_CHECKS"] = False
