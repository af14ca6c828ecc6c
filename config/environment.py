"""What the surroundings say: one place reads environment variables, and says clearly which ones are missing."""

import os
import secrets
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

ENVIRONMENTS = ("laptop", "test", "production")

NEEDED_IN_PRODUCTION = (
    "DJANGO_SECRET_KEY",
    "ALLOWED_HOSTS",
    "SITE_URL",
    "DATABASE_URL",
    "REDIS_URL",
    "EMAIL_HOST",
    "DEFAULT_FROM_EMAIL",
)


def environment_name() -> str:
    """`laptop` (default: answers only to this machine), `test` or `production`."""
    name = os.environ.get("BARAZA_ENV", "laptop")
    if name not in ENVIRONMENTS:
        raise ImproperlyConfigured(f"BARAZA_ENV is {name!r}; it must be one of {', '.join(ENVIRONMENTS)}.")
    return name


def refuse_if_missing(name: str) -> None:
    """In production, name every setting that is missing and refuse to start."""
    missing = [key for key in NEEDED_IN_PRODUCTION if not os.environ.get(key)]
    if name == "production" and missing:
        raise ImproperlyConfigured(
            f"Baraza does not start in production without {', '.join(missing)}. "
            "Set them in the environment; .env.example explains each."
        )


def flag(key: str, default: bool = False) -> bool:
    """A yes/no variable: 1, true, yes and on mean yes."""
    return os.environ.get(key, str(default)).strip().lower() in {"1", "true", "yes", "on"}


def comma_list(key: str, default: str) -> list[str]:
    """A comma-separated variable, without empty items."""
    return [item.strip() for item in os.environ.get(key, default).split(",") if item.strip()]


def laptop_secret(folder: Path) -> str:
    """A secret key of this laptop's own, made on first use and kept in `folder`, readable by its owner only."""
    path = folder / "secret-key"
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(50))
    return path.read_text()
