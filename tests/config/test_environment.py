"""What the surroundings say."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from certificates import keymaking
from config.environment import comma_list, environment_name, flag, laptop_secret, refuse_if_missing

ROOT = Path(__file__).resolve().parents[2]
COMPLETE = {
    "BARAZA_ENV": "production",
    "DJANGO_SECRET_KEY": "a long key that is made for this test and for nothing else, 0123456789",
    "ALLOWED_HOSTS": "baraza.example.org",
    "SITE_URL": "https://baraza.example.org",
    "DATABASE_URL": "postgres://baraza:secret@127.0.0.1:5/baraza",
    "REDIS_URL": "redis://127.0.0.1:6/0",
    "EMAIL_HOST": "mail.example.org",
    "DEFAULT_FROM_EMAIL": "Baraza <baraza@example.org>",
}


def start(tmp_path, **changes):
    """Start Django with just this environment."""
    environment = {**COMPLETE, **changes, "BARAZA_DATA_DIR": str(tmp_path), "PATH": os.environ["PATH"]}
    command = [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)


def test_production_starts_when_everything_is_said(tmp_path):
    keymaking.make_first_keys(tmp_path / "keys", site=COMPLETE["SITE_URL"])
    assert start(tmp_path).returncode == 0


def test_production_warns_where_no_key_can_sign(tmp_path):
    done = start(tmp_path)
    assert done.returncode == 1
    assert "There is no key to sign PDFs with. Make one: manage.py make_keys." in done.stderr


@pytest.mark.parametrize("name", sorted(set(COMPLETE) - {"BARAZA_ENV"}))
def test_production_refuses_to_start_and_names_what_is_missing(monkeypatch, name):
    for key, value in COMPLETE.items():
        monkeypatch.setenv(key, value)
    refuse_if_missing("production")
    monkeypatch.setenv(name, "")
    with pytest.raises(ImproperlyConfigured, match=f"without {name}\\."):
        refuse_if_missing("production")


def test_a_refusal_reaches_the_one_who_starts(tmp_path):
    done = start(tmp_path, DJANGO_SECRET_KEY="", EMAIL_HOST="")
    assert done.returncode == 1
    assert "without DJANGO_SECRET_KEY, EMAIL_HOST." in done.stderr


def test_an_unknown_environment_is_refused(monkeypatch):
    monkeypatch.setenv("BARAZA_ENV", "producton")
    with pytest.raises(ImproperlyConfigured, match="laptop, test, production"):
        environment_name()


@pytest.mark.parametrize(("text", "value"), [("1", True), ("Yes", True), ("on", True), ("0", False), ("", False)])
def test_flag_reads_yes_and_no(monkeypatch, text, value):
    monkeypatch.setenv("BEHIND_PROXY", text)
    assert flag("BEHIND_PROXY") is value


def test_comma_list_drops_what_is_empty(monkeypatch):
    monkeypatch.setenv("ALLOWED_HOSTS", " a.example.org, ,b.example.org,")
    assert comma_list("ALLOWED_HOSTS", "") == ["a.example.org", "b.example.org"]


def test_a_laptop_keeps_its_secret_to_itself(tmp_path):
    secret = laptop_secret(tmp_path)
    assert (len(secret) > 50, laptop_secret(tmp_path)) == (True, secret)
    assert (tmp_path / "secret-key").stat().st_mode & 0o777 == 0o600
