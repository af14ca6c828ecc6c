"""Whether this process can do its work: the database answers, the broker takes a task."""

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from kombu.exceptions import OperationalError

from config.celery import app


def database_answers() -> bool:
    """A query of one row."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            return bool(cursor.fetchone() == (1,))
    except DatabaseError:
        return False


def broker_answers() -> bool:
    """A connection to the broker, within two seconds."""
    try:
        with app.connection_for_write(connect_timeout=2) as link:
            link.ensure_connection(max_retries=1, timeout=2)
            return True
    except (OperationalError, OSError):
        return False


@never_cache
@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    """For load balancers, open to all: 200 where database and broker answer, 503 where one does not."""
    parts = {"database": database_answers(), "broker": broker_answers()}
    return JsonResponse(
        {"ok": all(parts.values()), **parts, "environment": settings.ENVIRONMENT},
        status=200 if all(parts.values()) else 503,
    )
