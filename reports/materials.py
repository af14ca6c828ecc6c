"""Materials as readers see them: by session, in order, each with its languages and sizes."""

import datetime as dt
import itertools
from collections.abc import Callable
from dataclasses import dataclass

from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.translation import get_language_info
from django.utils.translation import gettext as _

from registrations.models import Programme, Registration
from sessions.models import Material, MaterialFile, TrainingSession


@dataclass(frozen=True, slots=True)
class Version:
    """A material in one language: where it is fetched, what it is and how large; `size` is "" for a link."""

    address: str
    code: str
    language: str
    document: str
    size: str


@dataclass(frozen=True, slots=True)
class MaterialLine:
    """One material with its versions."""

    material: Material
    versions: tuple[Version, ...]


@dataclass(frozen=True, slots=True)
class SessionMaterials:
    """What one session left."""

    session: TrainingSession
    lines: tuple[MaterialLine, ...]


Address = Callable[[MaterialFile], str]


def public_materials(programme: Programme, now: dt.datetime) -> dict[int, tuple[MaterialLine, ...]]:
    """Published materials by the session's key; one query."""
    found = _by_session(programme, now, public_address)
    return {one.session.pk: one.lines for one in found}


def own_materials(registration: Registration, now: dt.datetime) -> tuple[SessionMaterials, ...]:
    """Published materials of one's programme, fetched by one's personal link; one query."""

    def address(file: MaterialFile) -> str:
        return reverse("training_sessions:fetch_own", args=[registration.link_token, file.pk])

    return _by_session(registration.programme, now, address)


def public_address(file: MaterialFile) -> str:
    """Where everybody fetches it."""
    return reverse("training_sessions:fetch", args=[file.pk])


def lines_of(files: list[MaterialFile], address: Address = public_address) -> tuple[MaterialLine, ...]:
    """Versions (in order, with their materials) put together by material."""
    groups = itertools.groupby(files, key=lambda file: file.material)
    return tuple(
        MaterialLine(material, tuple(_version(file, address) for file in versions)) for material, versions in groups
    )


def _by_session(programme: Programme, now: dt.datetime, address: Address) -> tuple[SessionMaterials, ...]:
    files = MaterialFile.objects.for_programme(programme, now)
    groups = itertools.groupby(files, key=lambda file: file.material.session)
    return tuple(SessionMaterials(session, lines_of(list(rows), address)) for session, rows in groups)


def _version(file: MaterialFile, address: Address) -> Version:
    return Version(
        address=address(file),
        code=file.language,
        language=get_language_info(file.language)["name_translated"]
        if file.language
        else _("Open (language not named)"),
        document=file.document.name if file.document else "",
        size=filesizeformat(file.size) if file.size is not None else "",
    )
