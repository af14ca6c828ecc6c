"""What an organiser does with a programme's directory: opens and closes it, names its topics, counts what came of it."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import TextField, Value
from django.db.models.functions import Concat
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from registrations.errors import Refused
from registrations.folding import terms_of
from registrations.models import Contact, DirectoryTopic, Partnership, Profile, ProfileItem, ProfileReport, Programme
from registrations.names import tidy_words

MOST_TOPICS, LONGEST_TOPIC = 40, 80
CHANGED_MEANWHILE = gettext_lazy(
    "Somebody else has renamed this topic meanwhile, or taken it away. Look at the list again."
)
FEWEST_TOLD = 5  # to analysts, who see aggregates and no person


@dataclass(frozen=True, slots=True)
class DirectoryCounts:
    """How many are in the directory, asked for contact and agreed, and how many partnerships both say exist."""

    profiles: int
    asked: int
    agreed: int
    partnerships: int
    unconfirmed: int
    reports_waiting: int


def open_directory(programme: Programme, *, now: dt.datetime) -> None:
    """Let participants opt in and find each other. Opening twice is opening once."""
    Programme.objects.filter(pk=programme.pk, directory_opened_at__isnull=True).update(directory_opened_at=now)


def close_directory(programme: Programme, *, now: dt.datetime) -> None:
    """Hide everybody from everybody at once; what was said stays, for the day on which it opens again."""
    Programme.objects.filter(pk=programme.pk).update(directory_opened_at=None)


@transaction.atomic
def name_topics(programme: Programme, labels: Sequence[str], *, now: dt.datetime) -> None:
    """Make these the programme's topics, in this order.

    Who had chosen a topic that goes keeps it in words. Raises Refused for too many, too long ones, and links.
    """
    spelled: dict[str, str] = {}
    for label in filter(None, map(tidy_label, labels)):
        spelled.setdefault(label.casefold(), label)
    wanted = list(spelled.values())
    if len(wanted) > MOST_TOPICS:
        raise Refused(_("Name %(most)s topics at most.") % {"most": MOST_TOPICS})
    locked = Programme.objects.select_for_update(no_key=True).get(pk=programme.pk)
    known = {topic.label: topic for topic in locked.topics.all()}
    for topic in known.values():
        if topic.label not in wanted:
            _leave_in_words(topic)
            topic.delete()
    for position, label in enumerate(wanted):
        DirectoryTopic.objects.update_or_create(programme=locked, label=label, defaults={"position": position})


@transaction.atomic
def rename_topic(topic: DirectoryTopic, label: str) -> None:
    """Call a topic otherwise: who chose it keeps it, and its versions in other languages stay.

    Raises Refused for a name that cannot be taken or is there already, and where the topic has another name by now.
    """
    wanted = tidy_label(label)
    locked = Programme.objects.select_for_update(no_key=True).get(pk=topic.programme_id)
    others = locked.topics.exclude(pk=topic.pk).values_list("label", flat=True)
    if wanted.casefold() in {other.casefold() for other in others}:
        raise Refused(_("This topic is in the list already."))
    if not locked.topics.filter(pk=topic.pk, label=topic.label).update(label=wanted):
        raise Refused(CHANGED_MEANWHILE)


def tidy_label(label: str) -> str:
    """The name of a topic as it is kept; "" where nothing can be read. Raises Refused for a long one, and for links."""
    tidy = tidy_words(label)
    if len(tidy) > LONGEST_TOPIC:
        raise Refused(_("“%(text)s…” is too long for a topic.") % {"text": tidy[:40]})
    return tidy


def _leave_in_words(topic: DirectoryTopic) -> None:
    """Who had chosen a topic has it in words from now on, and is found by them."""
    words = Value(f"{' '.join(terms_of(topic.label))} ")
    Profile.objects.filter(items__topic=topic).update(terms=Concat("terms", words, output_field=TextField()))
    ProfileItem.objects.filter(topic=topic).update(topic=None, words=topic.label)


def counts_of(programme: Programme) -> DirectoryCounts:
    """Five queries."""
    contacts, partnerships = Contact.objects.for_programme(programme), Partnership.objects.for_programme(programme)
    return DirectoryCounts(
        profiles=Profile.objects.visible().in_programme(programme).count(),
        asked=contacts.count(),
        agreed=contacts.agreed().count(),
        partnerships=partnerships.confirmed().count(),
        unconfirmed=partnerships.unanswered().count(),
        reports_waiting=ProfileReport.objects.open().for_programme(programme).count(),
    )


def partnerships_told(programme: Programme, *, is_organiser: bool) -> int | None:
    """How many partnerships both say exist; None where an analyst would be told of fewer than five. One query."""
    found = Partnership.objects.for_programme(programme).confirmed().count()
    return found if is_organiser or found >= FEWEST_TOLD else None
