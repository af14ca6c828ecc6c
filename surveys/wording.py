"""What codes mean in words: reasons, definitions of the valid response, numbers as they are printed."""

import datetime as dt
import zoneinfo
from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from django.conf import settings
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext

from registrations.isolation import isolated, left_to_right
from registrations.models import Registration
from registrations.two_zones import clock_of
from surveys import base
from surveys.base import Definition
from surveys.statistics import percent, rounded

NONE = "–"
_CLOSE = {"و": " و", "和": "和", "或": "或"}  # what stands between two names where it is not a word between blanks

_REASONS = {
    base.TEST: gettext_lazy("test of the survey"),
    base.DUPLICATE: gettext_lazy("repetition of another response"),
    base.UNFINISHED: gettext_lazy("not finished"),
    base.TOO_FAST: gettext_lazy("answered too fast"),
    base.SECTOR: gettext_lazy("sector not included"),
    base.LANGUAGE: gettext_lazy("language not included"),
    base.INCOMPLETE: gettext_lazy("a question that counts was left out"),
}

_CONDITIONS = {
    base.TEST: gettext_lazy("Without tests"),
    base.DUPLICATE: gettext_lazy("Without duplicates"),
    base.UNFINISHED: gettext_lazy("Finished responses only"),
    base.TOO_FAST: gettext_lazy("Seconds at least"),
    base.SECTOR: gettext_lazy("Sectors included"),
    base.LANGUAGE: gettext_lazy("Languages included"),
    base.INCOMPLETE: gettext_lazy("Complete responses only"),
}


def condition_text(reason: str) -> str:
    """The condition of a definition that leaves responses out for this reason."""
    return str(_CONDITIONS[reason])


def reason_text(reason: str) -> str:
    """Why a response was left out, in a few words."""
    return str(_REASONS[reason])


def definition_text(definition: Definition) -> str:
    """The whole definition in a few sentences. That tests are left out goes without saying; that they count does not."""
    told = {
        base.DUPLICATE: _("Of responses that repeat another one, only that one is counted."),
        base.UNFINISHED: _("Responses that were not sent in to the end are not counted."),
        base.TOO_FAST: ngettext(
            "Responses that took less than %(number)s second are not counted.",
            "Responses that took less than %(number)s seconds are not counted.",
            definition.least_seconds,
        )
        % {"number": number_text(definition.least_seconds)},
        base.LANGUAGE: _languages_text(definition),
        base.INCOMPLETE: _("Responses that leave out a question which counts for validity are not counted."),
    }
    sentences = [told[reason] for reason in definition.conditions if reason in told]
    if not definition.leaves_out_tests:
        sentences.append(_("Tests of the survey are counted, too."))
    return " ".join([_sectors_text(definition), *sentences])


def definition_name(definition: Definition) -> str:
    """Its name with the version."""
    if not definition.version:
        return definition.name or _("All responses")
    return _("%(name)s (version %(version)s)") % {"name": definition.name, "version": definition.version}


def joined(names: Sequence[str], word: str) -> str:
    """Names as a list in words, `word` before the last: "A, B and C". Arabic and Chinese have no blanks around theirs."""
    if len(names) < 2:
        return "".join(names)
    return _(", ").join(names[:-1]) + _CLOSE.get(word, f" {word} ") + names[-1]


def _sectors_text(definition: Definition) -> str:
    if not definition.sectors:
        return _("Responses from every sector are counted.")
    labels = dict(Registration.Sector.choices)
    names = joined([str(labels.get(sector, sector)) for sector in definition.sectors], _("and"))
    return _("Only responses from these sectors are counted: %(sectors)s.") % {"sectors": names}


def _languages_text(definition: Definition) -> str:
    labels = dict(settings.LANGUAGES)
    names = joined([str(labels.get(code, code)) for code in definition.languages], _("and"))
    return _("Only responses in these languages are counted: %(languages)s.") % {"languages": names}


def number_text(value: int | Decimal) -> str:
    """A number with the language's separators."""
    return number_format(value, use_l10n=True, force_grouping=True)


def share_text(share: Fraction | None, decimals: int = 1) -> str:
    """A share in percent, rounded half up; a dash where nobody answered."""
    if share is None:
        return NONE
    return left_to_right(_("%(number)s%%") % {"number": number_text(percent(share, decimals))})


def figure_text(value: Fraction | None, decimals: int = 2) -> str:
    """A mean or median, rounded half up; a dash where nobody answered."""
    return NONE if value is None else number_text(rounded(value, decimals))


def signed_text(value: Fraction, decimals: int) -> str:
    """A difference with its sign, a true minus; what is printed as nothing has none."""
    shown = rounded(abs(value), decimals)
    sign = ("+" if value > 0 else "−") if shown else ""
    return sign + number_text(shown)


def moment_text(moment: dt.datetime, zone: zoneinfo.ZoneInfo) -> str:
    """A moment as the clock of a zone shows it, with its place."""
    local = date_format(moment.astimezone(zone), pgettext("date format", "j F Y, H:i"))
    return f"{local} {isolated(clock_of(zone, moment).place)}"
