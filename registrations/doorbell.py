"""The doorbell of background work: it shortens the wait and nothing depends on it, since sweeps find what is due."""

import logging

from celery import Task
from django.db import transaction
from kombu.exceptions import OperationalError

logger = logging.getLogger(__name__)


def ring(task: Task, *ids: int) -> None:
    """Ask a worker for `task` once the present transaction is committed; a broker that does not answer is only logged."""

    def knock() -> None:
        try:
            task.delay(*ids)
        except (OperationalError, OSError) as problem:
            logger.warning(
                "The broker does not answer, so %s waits for its sweep: %s", task.name, type(problem).__name__
            )

    transaction.on_commit(knock)
