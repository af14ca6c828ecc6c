"""The doorbell of background work: it shortens the wait and nothing depends on it, since sweeps find what is due."""

import logging

from celery import Signature, Task
from django.core.cache import cache
from django.db import transaction
from kombu.exceptions import OperationalError
from redis.exceptions import RedisError

logger = logging.getLogger(__name__)

ONCE_SECONDS = 120
GATHERING_SECONDS = 1  # a sweep that was asked for waits so long for others who ask for the same


def ring(task: Task | Signature, *ids: int) -> None:
    """Ask a worker for `task` once the present transaction is committed; a broker that does not answer is only logged.

    A sweep, which takes no ids, does everybody's work: however many ask for it within a second, it comes once, after it.
    """

    def knock() -> None:
        try:
            if ids:
                task.delay(*ids)
            elif cache.add(f"doorbell:{task.name}", 1, timeout=GATHERING_SECONDS):
                task.apply_async(countdown=GATHERING_SECONDS)
        except (OperationalError, RedisError, OSError) as problem:
            logger.warning(
                "The broker does not answer, so %s waits for its sweep: %s", task.name, type(problem).__name__
            )

    transaction.on_commit(knock)


def ring_once(name: str, task: Task | Signature, *ids: int) -> None:
    """Ring, unless somebody did under the same name within the last two minutes."""
    try:
        is_first = cache.add(f"doorbell:{name}", 1, timeout=ONCE_SECONDS)
    except (RedisError, OSError) as problem:
        logger.warning("The cache does not answer, so %s waits: %s", task.name, type(problem).__name__)
    else:
        if is_first:
            ring(task, *ids)
