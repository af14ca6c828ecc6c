"""The check before issuing in words: kinds of doubt, what is doubtful about whom, and why somebody is a sample."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from certificates.actions import preflight
from certificates.actions.checked import Listed
from certificates.doubts import Doubt
from registrations.models import Registration

About = Sequence[str | int]
Names = Mapping[int, str]


@dataclass(frozen=True, slots=True)
class Shown:
    """A kind of doubt with the first people it is about: id, name and note of each; `more` are not listed."""

    title: str
    people: list[tuple[int, str, str]]
    more: int


def worded(doubts: Sequence[Listed]) -> list[Shown]:
    """The doubts as the page shows them. One query, for the names as they are now."""
    titles, names = _titles(), _names(doubts)
    return [
        Shown(
            titles[listed.warned.code],
            [
                (pk, names.get(pk, ""), _note(listed.warned.code, about, names))
                for pk, about in listed.warned.notes.items()
            ],
            listed.total - len(listed.warned.notes),
        )
        for listed in doubts
    ]


def sample_titles() -> dict[str, str]:
    """Why somebody is a sample, by its code."""
    return {
        preflight.SHORTEST: _("The shortest name"),
        preflight.LONGEST: _("The longest name"),
        preflight.RAREST: _("A name in the rarest script"),
    }


def _titles() -> dict[str, str]:
    return {
        preflight.NAMELESS: _("Names that are missing"),
        preflight.DOUBTFUL: _("Names that look doubtful"),
        preflight.UNPRINTABLE: _("Names with letters that no font has"),
        preflight.DOUBLE: _("People who may be registered twice"),
        preflight.BOUNCED: _("Addresses that refused our mail"),
    }


def _names(doubts: Sequence[Listed]) -> Names:
    wanted = {pk for listed in doubts for pk in listed.warned.notes}
    for listed in doubts:
        if listed.warned.code == preflight.DOUBLE:
            wanted |= {int(other) for about in listed.warned.notes.values() for other in about[1:]}
    rows = Registration.objects.filter(pk__in=wanted).order_by()
    return dict(rows.values_list("pk", "printed_name")) if wanted else {}


def _note(code: str, about: About, names: Names) -> str:
    match code:
        case preflight.NAMELESS:
            return _("There is no name to print.")
        case preflight.DOUBTFUL:
            words = _doubt_words()
            return ", ".join(words[doubt] for doubt in map(str, about))
        case preflight.UNPRINTABLE:
            letters = " ".join(map(str, about))
            return _("no font has “%(letters)s”; without a PDF until the name is changed") % {"letters": letters}
        case preflight.DOUBLE:
            return _("looks like %(others)s") % {"others": ", ".join(_others(about, names))}
    return _("The last mail could not be delivered.")


def _others(about: About, names: Names) -> list[str]:
    """The first few who look the same, and how many more there are."""
    number, *others = map(int, about)
    more = number - len(others)
    listed = [f"{names.get(other, '')} (#{other})" for other in others]
    return [*listed, ngettext("and %(more)s more", "and %(more)s more", more) % {"more": more}] if more else listed


def _doubt_words() -> dict[str, str]:
    return {
        Doubt.CAPITALS: _("all in capitals"),
        Doubt.SMALL: _("all in small letters"),
        Doubt.ONE_LETTER: _("one letter only"),
        Doubt.ADDRESS: _("looks like an e-mail address"),
        Doubt.DIGITS: _("has digits in it"),
        Doubt.SIGNS: _("has signs in it that names rarely have"),
        Doubt.MIXED_WORD: _("mixes two scripts within a word"),
    }
