"""The two reference programmes: facts from their published documents, loaded from `reference/` into the database."""

import datetime as dt
import functools
from pathlib import Path
from typing import Any, cast

import yaml
from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from certificates.completion import Rule
from certificates.models import CompletionRule, columns_of
from registrations.models import Partner, Programme
from reports.composition import Block, Composition, Kind
from reports.errors import Refused
from reports.knowledge import make_knowledge
from reports.models import ReportDraft
from sessions.models import Appearance, Speaker, TrainingSession
from surveys.models import BaseDefinition, Choice, Question, Survey

COPIED = [
    "title",
    "summary",
    "background",
    "objectives",
    "audience",
    "start_date",
    "end_date",
    "time_zone",
    "teaching_languages",
    "interpretation_languages",
    "capacity",
    "contact_name",
    "contact_email",
]


def reference_dir() -> Path:
    """The folder of the reference data."""
    return Path(settings.BASE_DIR) / "reference"


def reference_slugs() -> list[str]:
    """The slugs that can be loaded, in the order of the figures file."""
    return [entry["programme"] for entry in published_figures()]


@functools.cache
def published_figures() -> list[dict[str, Any]]:
    """The published figures, a programme each, as `reference/figures.yaml` lists them."""
    return cast(list[dict[str, Any]], yaml.safe_load((reference_dir() / "figures.yaml").read_text(encoding="utf-8")))


@functools.cache
def reference_data(slug: str, part: str = "programme") -> dict[str, Any]:
    """A data file of a reference programme: its `programme`, `survey` or `report`. Raises `Refused` for an unknown slug."""
    path = reference_dir() / slug / f"{part}.yaml"
    if slug not in reference_slugs() or not path.exists():
        raise Refused(
            _("There is no reference programme “%(slug)s”. Choose one of: %(known)s.")
            % {"slug": slug, "known": ", ".join(reference_slugs())}
        )
    return cast(dict[str, Any], yaml.safe_load(path.read_text(encoding="utf-8")))


@transaction.atomic
def load_reference(slug: str, *, now: dt.datetime) -> tuple[Programme, bool]:
    """Load a reference programme without people; a programme that is there already is left as it is.

    Returns the programme and whether it was made now. Raises `Refused` for an unknown slug.
    """
    data = reference_data(slug)
    present = Programme.objects.filter(slug=slug).first()
    if present:
        _make_report(present, now)
        make_knowledge(present, data, now=now)
        return present, False
    programme = _make_programme(data, now)
    _make_report(programme, now)
    _make_partners(programme, data["partners"])
    _make_sessions(programme, data["sessions"])
    _make_survey(programme, reference_data(slug, "survey"), now)
    make_knowledge(programme, data, now=now)
    return programme, True


def _make_programme(data: dict[str, Any], now: dt.datetime) -> Programme:
    programme = Programme(slug=data["slug"], published_at=now, **{key: data[key] or _empty(key) for key in COPIED})
    programme.registration_opens_at = local(programme, data["registration_opens_at"])
    programme.registration_closes_at = local(programme, data["registration_closes_at"])
    programme.full_clean()
    programme.save()
    return programme


def _make_report(programme: Programme, now: dt.datetime) -> None:
    """What its results report consists of and says of its method, unless an organiser has composed one already."""
    data = reference_data(programme.slug, "report")
    blocks = [
        Block(key, Kind(entry["kind"]), entry.get("ref", ""), entry.get("texts", {}))
        for key, entry in enumerate(data["blocks"] or (), start=1)
    ]
    composed = Composition(tuple(blocks)).as_dict() if blocks else None
    defaults = {"blocks": composed, "words": data["words"], "updated_at": now}
    ReportDraft.objects.get_or_create(programme=programme, defaults=defaults)


def _empty(key: str) -> list[str] | str | None:
    if key == "capacity":
        return None
    return [] if key.endswith("_languages") else ""


def local(programme: Programme, moment: dt.datetime) -> dt.datetime:
    """A moment of the data files, which give local times, as an aware one in the programme's zone."""
    return moment.replace(tzinfo=programme.zone)


def _make_partners(programme: Programme, partners: list[dict[str, Any]]) -> None:
    for position, entry in enumerate(partners):
        Partner.objects.create(
            programme=programme,
            name=entry["name"],
            description=entry["description"] or "",
            url=entry["url"] or "",
            position=position,
        )


def _make_sessions(programme: Programme, sessions: list[dict[str, Any]]) -> None:
    for entry in sessions:
        session = TrainingSession.objects.create(
            programme=programme,
            number=entry["number"],
            theme=entry["theme"],
            description=entry["description"] or "",
            starts_at=local(programme, entry["starts_at"]),
            ends_at=local(programme, entry["ends_at"]),
        )
        for position, part in enumerate(entry["speakers"]):
            _make_appearance(session, part, position)


def _make_appearance(session: TrainingSession, part: dict[str, Any], position: int) -> None:
    speaker, _made = Speaker.objects.get_or_create(
        programme=session.programme,
        name=part["name"],
        title=part["title"] or "",
        organisation=part["organisation"] or "",
    )
    Appearance.objects.create(
        session=session, speaker=speaker, role=part["role"], talk=part.get("talk") or "", position=position
    )


def _make_survey(programme: Programme, data: dict[str, Any], now: dt.datetime) -> None:
    survey = Survey.objects.create(
        programme=programme,
        form_id=data["form_id"],
        title=data["title"],
        introduction=data["introduction"],
        opens_at=local(programme, data["opens_at"]),
        closes_at=local(programme, data["closes_at"]),
    )
    BaseDefinition.objects.create(survey=survey, version=1, created_at=now, **data["base"])
    for position, entry in enumerate(data["questions"], start=1):
        _make_question(survey, entry, position, data["rating_labels"])
    if data["completion_rule"]:
        rule = Rule.simple(**data["completion_rule"])
        CompletionRule.objects.create(programme=programme, version=1, created_at=now, **columns_of(rule))


def _make_question(survey: Survey, entry: dict[str, Any], position: int, rating_labels: list[str]) -> None:
    question = Question.objects.create(
        survey=survey,
        name=entry["name"],
        kind=entry["kind"],
        label=entry["label"],
        hint=entry.get("hint", ""),
        counts_for_validity=entry.get("counts_for_validity", False),
        position=position,
    )
    choices = entry.get("choices", [])
    if entry["kind"] == Question.Kind.RATING:
        choices = [[str(value), label] for value, label in enumerate(rating_labels, start=1)]
    Choice.objects.bulk_create(
        Choice(question=question, value=_choice_value(value), label=label, position=place)
        for place, (value, label) in enumerate(choices, start=1)
    )


def _choice_value(value: str | bool) -> str:
    """YAML reads a bare `yes` and `no` as truth values; as answers they are words."""
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else value
