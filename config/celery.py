"""The Celery application; `celery -A config worker --beat` finds it."""

import functools
import os

from celery import Celery, beat

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
# At its start a worker would run Django's system checks, which load every view and form: 15 MB that it never uses.
os.environ.setdefault("CELERY_SKIP_CHECKS", "1")

app = Celery("baraza")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()

# `worker --beat` runs beat in a thread; Celery's default is another process, which is another 20 MB.
beat.EmbeddedService = functools.partial(beat.EmbeddedService, thread=True)
