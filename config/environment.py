"""What the surroundings say: one place reads environment variables, and says clearly which ones are missing."""

import os
import secrets
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

ENVIRONMENTS = ("laptop", "test", "production")

SHORTEST_SECRET = 20  # characters of what a mail provider shows with its reports
LONGEST_LOCAL_PART = 64  # characters before the @ (RFC 5321, 4.5.3.1.1)

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
    if os.environ.get("MAIL_PROVIDER") and "EMAIL_HOST" in missing:
        missing.remove("EMAIL_HOST")  # the provider takes the mail
    if name == "production" and missing:
        raise ImproperlyConfigured(
            f"Baraza does not start in production without {', '.join(missing)}. "
            "Set them in the environment; .env.example explains each."
        )


def provider_settings() -> dict[str, str]:
    """What ANYMAIL_... variables say, by the names that django-anymail uses; refuses to start without a secret.

    Without one anybody could report that anybody's mail came back.
    """
    given = {key.removeprefix("ANYMAIL_"): value for key, value in os.environ.items() if key.startswith("ANYMAIL_")}
    found = {key: value for key, value in given.items() if value}
    user, _colon, password = found.get("WEBHOOK_SECRET", "").partition(":")
    if not user or len(password) < SHORTEST_SECRET:
        raise ImproperlyConfigured(
            "MAIL_PROVIDER needs ANYMAIL_WEBHOOK_SECRET, a name and a secret with a colon between, the secret at least "
            f"{SHORTEST_SECRET} characters long; .env.example says how to make one."
        )
    return found


def bounce_address() -> str:
    """To whom reports on undelivered mail go; "" for the sender. Refuses what no mail could leave with."""
    address = os.environ.get("BOUNCE_ADDRESS", "")
    local, _at, domain = address.replace("{mail}", "0" * 32).partition("@")
    if address and not (local and domain and len(local) <= LONGEST_LOCAL_PART and address.isascii()):
        raise ImproperlyConfigured(f"BOUNCE_ADDRESS is {address!r}; it must be like bounces+{{mail}}@example.org.")
    return address


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
