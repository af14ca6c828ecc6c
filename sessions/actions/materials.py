"""Materials: counted honestly, without keeping who fetched them; files that belong to nothing cleared away."""

import datetime as dt
import hashlib
import hmac
import secrets

from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import F, Sum

from sessions.models import AudienceFigure, FetchSalt, Material, MaterialFetch, MaterialFile

CHANNEL = "Baraza"
_FIGURES = {
    Material.Kind.SLIDES: AudienceFigure.Kind.SLIDE_DOWNLOADS,
    Material.Kind.RECORDING: AudienceFigure.Kind.PLAYBACKS,
}
_SPARED = dt.timedelta(days=1)  # a file may be on its way into its row


@transaction.atomic
def count_fetch(file: MaterialFile, *, visitor: str, now: dt.datetime) -> bool:
    """Count one fetch, unless this visitor has been counted for this file today (UTC). Whether it was counted.

    `visitor` may hold personal data: only its keyed hash is stored, and the key is thrown away with the day.
    """
    day = now.astimezone(dt.UTC).date()
    salt, _made = FetchSalt.objects.get_or_create(day=day, defaults={"salt": secrets.token_hex(32)})
    digest = hmac.new(salt.salt.encode(), visitor.encode(), hashlib.sha256).hexdigest()
    _fetch, is_first = MaterialFetch.objects.get_or_create(material_file=file, day=day, visitor=digest)
    if is_first:
        MaterialFile.objects.filter(pk=file.pk).update(fetched=F("fetched") + 1)
    return is_first


@transaction.atomic
def carry_fetches(*, now: dt.datetime) -> None:
    """Write the totals of slides and recordings beside the audience figures of other channels; forget past days.

    The totals are set, never added: running twice changes nothing.
    """
    today = now.astimezone(dt.UTC).date()
    totals = MaterialFile.objects.filter(fetched__gt=0, material__kind__in=list(_FIGURES))
    for session, kind, total in (
        totals.values_list("material__session", "material__kind").annotate(total=Sum("fetched")).order_by()
    ):
        AudienceFigure.objects.update_or_create(
            session_id=session, kind=_FIGURES[Material.Kind(kind)], channel=CHANNEL, defaults={"count": total}
        )
    MaterialFetch.objects.filter(day__lt=today).delete()
    FetchSalt.objects.filter(day__lt=today).delete()


def clear_files(*, now: dt.datetime) -> int:
    """Delete kept files that no material names any more; how many there were."""
    if not default_storage.exists("materials"):
        return 0
    kept = set(MaterialFile.objects.exclude(file="").values_list("file", flat=True))
    found = [f"materials/{name}" for name in default_storage.listdir("materials")[1]]
    stale = [name for name in found if name not in kept and default_storage.get_modified_time(name) < now - _SPARED]
    for name in stale:
        default_storage.delete(name)
    return len(stale)
