"""What codes mean in words: reasons, definitions of the valid response, numbers as they are printed."""

import datetime as dt
import zoneinfo
from decimal import Decimal
from fractions import Fraction

from django.utils.formats import date_format, number_format
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from registrations.models import Registration
from registrations.two_zones import clock_of
from surveys import base
from surveys.base import Definition
from surveys.statistics import percent, rounded

NONE = "–"

_REASONS = {
    base.SECTOR: gettext_lazy("sector not included"),
    base.INCOMPLETE: gettext_lazy("a question that counts was left out"),
}


def reason_text(reason: str) -> str:
    """Why a response was left out, in a few words."""
    return str(_REASONS[reason])


def definition_text(definition: Definition) -> str:
    """The whole definition in one or two sentences."""
    sentences = [_sectors_text(definition)]
    if definition.must_be_complete:
        sentences.append(_("Responses that leave out a question which counts for validity are not counted."))
    return " ".join(sentences)


def definition_name(definition: Definition) -> str:
    """Its name with the version."""
    if not definition.version:
        return definition.name or _("All responses")
    return _("%(name)s (version %(version)s)") % {"name": definition.name, "version": definition.version}


def _sectors_text(definition: Definition) -> str:
    if not definition.sectors:
        return _("Responses from every sector are counted.")
    labels = dict(Registration.Sector.choices)
    names = get_text_list([str(labels.get(sector, sector)) for sector in definition.sectors], _("and"))
    return _("Only responses from these sectors are counted: %(sectors)s.") % {"sectors": names}


def number_text(value: int | Decimal) -> str:
    """A number with the language's separators."""
    return number_format(value, use_l10n=True, force_grouping=True)


def share_text(share: Fraction | None, decimals: int = 1) -> str:
    """A share in percent, rounded half up; a dash where nobody answered."""
    if share is None:
        return NONE
    return _("%(number)s%%") % {"number": number_text(percent(share, decimals))}


def figure_text(value: Fraction | None, decimals: int = 2) -> str:
    """A mean or median, rounded half up; a dash where nobody answered."""
    return NONE if value is None else number_text(rounded(value, decimals))


def moment_text(moment: dt.datetime, zone: zoneinfo.ZoneInfo) -> str:
    """A moment as the clock of a zone shows it, with its place."""
    local = date_format(moment.astimezone(zone), pgettext("date format", "j F Y, H:i"))
    return f"{local} {clock_of(zone, moment).place}"
