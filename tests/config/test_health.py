"""Whether a process can do its work."""

import pytest
from django.test import Client

from config import health

pytestmark = pytest.mark.django_db


def test_healthz_is_well_where_database_and_broker_answer():
    response = Client().get("/healthz")
    body = response.json()
    assert (response.status_code, body["ok"], body["database"], body["broker"]) == (200, True, True, True)
    assert "no-cache" in response["Cache-Control"]


def test_healthz_says_which_part_does_not_answer(monkeypatch):
    monkeypatch.setattr(health.app.conf, "broker_write_url", "redis://127.0.0.1:1/0")
    response = Client().get("/healthz")
    assert (response.status_code, response.json()["broker"], response.json()["database"]) == (503, False, True)


def test_healthz_only_answers_to_reading():
    assert Client().post("/healthz").status_code == 405
