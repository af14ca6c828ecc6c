"""What `bench.issuing` runs inside the product, by `manage.py shell`: a run asked for, the bare engine, queries counted.

Arguments come in the environment: `BENCH_PEOPLE`.
"""

import json
import os
import time
from collections.abc import Callable
from typing import Any

from django.db import connection
from django.utils import timezone

from bench.graduates import SLUG, make
from certificates import signing
from certificates.actions import carry_on, issue, request_issue
from certificates.models import Certificate
from certificates.rendering import render
from certificates.tasks import continue_issue_run
from certificates.wording import sheet_of
from registrations.doorbell import ring
from registrations.models import Programme

SHEETS = 1000  # so many of the certificates just made are typeset and signed again, for the floor


def prepare() -> None:
    """The programme and its people."""
    make(int(os.environ["BENCH_PEOPLE"]))


def ask() -> None:
    """Ask for their certificates as the page of runs does."""
    programme = Programme.objects.get(slug=SLUG)
    ring(continue_issue_run, request_issue(programme, by=None, now=timezone.now()).pk)


def engine() -> None:
    """Print how many a second typst and the signer make in one process, of the same sheets, with nothing stored."""
    certificates = Certificate.objects.select_related("registration__programme").order_by("serial")[:SHEETS]
    sheets = [(sheet_of(certificate), certificate.issued_at) for certificate in certificates]
    signer = signing.signer(programme=SLUG, now=timezone.now())
    signer.sign(render(sheets[0][0], issued_at=sheets[0][1]))
    began = time.perf_counter()
    for sheet, issued_at in sheets:
        signer.sign(render(sheet, issued_at=issued_at))
    print(json.dumps(len(sheets) / (time.perf_counter() - began)))


def queries() -> None:
    """Print how many queries a run takes for one, two and three chunks of people."""
    print(json.dumps([_queries_of(chunks * issue.CHUNK, f"graduates-{chunks}") for chunks in (1, 2, 3)]))


def _queries_of(people: int, slug: str) -> int:
    programme = make(people, slug)
    asked: list[str] = []
    run = request_issue(programme, by=None, now=timezone.now())

    def count(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        asked.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(count):
        carry_on(run, now=timezone.now())
    return len(asked)
