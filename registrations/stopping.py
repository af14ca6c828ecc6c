"""Mail that one can stop by itself: the signed address that does so, and what it does."""

from django.conf import settings
from django.core import signing
from django.urls import reverse

from registrations.models import Registration, Topic

_SIGNER = signing.Signer(sep=".", salt="registrations.stopping")


def stop_address(registration_pk: int, topic: str) -> str:
    """The address that stops one topic for one registration: signed, and good for nothing else."""
    token = _SIGNER.sign(f"{registration_pk}.{topic}")
    return f"{settings.SITE_URL}{reverse('registrations:stop_mail', args=[token])}"


def read_stop_token(token: str) -> tuple[int, Topic] | None:
    """The key of the registration and the topic that a token names; None where we did not make it."""
    try:
        pk, _dot, topic = _SIGNER.unsign(token).partition(".")
        return int(pk), Topic(topic)
    except (signing.BadSignature, ValueError):
        return None


def set_wanted(registration: Registration, topic: Topic, *, is_wanted: bool) -> Registration:
    """Write to a person about this topic, or do not; what is queued already is held back when its turn comes."""
    Registration.objects.filter(pk=registration.pk, erased_at__isnull=True).update(**{topic.field: is_wanted})
    registration.refresh_from_db(fields=[topic.field])
    return registration
