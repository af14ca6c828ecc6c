"""What the codes of a results document mean in the reader's language."""

from collections.abc import Callable, Sequence

from django.conf import settings
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _
from django_countries import countries

from registrations.isolation import left_to_right
from registrations.models import Registration
from reports.figures import Figure
from sessions.models import AudienceFigure
from surveys.wording import NONE, joined, number_text, share_text

Label = Callable[[Sequence[str]], str]

_REGIONS = {
    "Africa": gettext_lazy("Africa"),
    "Americas": gettext_lazy("Americas"),
    "Antarctica": gettext_lazy("Antarctica"),
    "Asia": gettext_lazy("Asia"),
    "Europe": gettext_lazy("Europe"),
    "Oceania": gettext_lazy("Oceania"),
}


def country_name(code: str) -> str:
    """A country or territory in the reader's language."""
    return str(countries.name(code)) or code


def region_name(names: Sequence[str]) -> str:
    """One UN region, or several joined with "and"."""
    return listed([str(_REGIONS.get(name, name)) for name in names])


def gender_label(keys: Sequence[str]) -> str:
    """One answer on gender, or several joined with "or"."""
    return alternatives(
        keys, {code: str(label) for code, label in Registration.Gender.choices} | {"unknown": _("not known")}
    )


def sector_label(keys: Sequence[str]) -> str:
    """One sector, or several joined with "or"."""
    return alternatives(keys, {code: str(label) for code, label in Registration.Sector.choices})


def audience_label(kind: str) -> str:
    """What was counted: live views, playbacks, slide downloads."""
    return str(dict(AudienceFigure.Kind.choices).get(kind, kind))


def listed(names: Sequence[str]) -> str:
    """Names as a list in words: "A, B and C"."""
    return joined(names, _("and"))


def language_names() -> dict[str, str]:
    """Languages by their code, in the reader's language; those that Baraza does not speak are named by their code."""
    return {code: str(name) for code, name in settings.LANGUAGES}


def active_language() -> str:
    """The code of the reader's language."""
    return get_language() or settings.LANGUAGE_CODE


def alternatives(keys: Sequence[str], labels: dict[str, str]) -> str:
    """One label, or several joined with "or"."""
    return joined([labels.get(key, key) for key in keys], _("or"))


def count_text(figure: Figure, *, smallest_cell: int) -> str:
    """The numerator as printed. A withheld one says below what it lies; with whole percents or no bound it says nothing."""
    if figure.numerator is not None:
        return number_text(figure.numerator)
    if figure.percent is not None or not smallest_cell:
        return NONE
    return _("fewer than %(k)s") % {"k": number_text(smallest_cell)}


def percent_text(figure: Figure, decimals: int = 1) -> str:
    """The share as printed; in whole percents where no more may be said."""
    if figure.percent is not None:
        return left_to_right(_("%(number)s%%") % {"number": number_text(figure.percent)})
    return share_text(figure.value, decimals)


def base_text(base: str, n: int) -> str:
    """What a figure is counted over, with how many that are: "447 valid responses"."""
    known = {
        "registrations": ngettext("%(n)s registration", "%(n)s registrations", n),
        "responses": ngettext("%(n)s response", "%(n)s responses", n),
        "valid_responses": ngettext("%(n)s valid response", "%(n)s valid responses", n),
        "answered": ngettext("%(n)s answer", "%(n)s answers", n),
        "invited": ngettext("%(n)s person who was asked", "%(n)s people who were asked", n),
        "live_views": ngettext("%(n)s live view", "%(n)s live views", n),
        "playbacks": ngettext("%(n)s playback", "%(n)s playbacks", n),
        "slide_downloads": ngettext("%(n)s slide download", "%(n)s slide downloads", n),
    }
    return known[base] % {"n": number_text(n)}


def withheld_note(k: int) -> str:
    """Why some people stand in no line, and the others are not counted to the last one."""
    return _("In whole percent and without counts, because fewer than %(k)s people gave another answer.") % {
        "k": number_text(k)
    }


def hidden_options_note(k: int) -> str:
    """Why some answers of a question have no number."""
    return _(
        "Answers without a count were given by fewer than %(k)s people, or would give away an answer that was. Where "
        "there is room for that, their share is told in whole percent."
    ) % {"k": number_text(k)}


def withheld_reason(k: int) -> str:
    """Why a figure is kept back."""
    return _("It would tell of fewer than %(k)s people, or let a reader work out one that would.") % {
        "k": number_text(k)
    }
