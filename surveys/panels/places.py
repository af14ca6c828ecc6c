"""Where respondents live: a map with a symbol for each country, and the table."""

from collections.abc import Mapping, Set

from django.utils.translation import gettext as _
from django_countries import countries

from registrations.geography import COUNTRIES
from surveys.charts.world import Bubble, world_map
from surveys.exhibits import Exhibit, count, share, shown_or_withheld, words
from surveys.statistics import share_of
from surveys.wording import number_text


def places(by_country: Mapping[str, int], *, hidden: Set[str], title: str = "", n: int | None = None) -> Exhibit | None:
    """Respondents by country or territory, most first; None where none is known.

    ``n`` is everybody, where some are in no country that is told.
    """
    known = {code: number for code, number in by_country.items() if code in COUNTRIES and number}
    if not known:
        return None
    n, title = n or sum(by_country.values()), title or _("Where the respondents live")
    ordered = sorted(
        known.items(), key=lambda item: (item[0] in hidden, -item[1] * (item[0] not in hidden), _name(item[0]))
    )
    base = _("n = %(n)s") % {"n": number_text(n)}
    bubbles = [_bubble(code, number) for code, number in ordered if code not in hidden]
    notes = _("A world map with one circle for each country or territory; its area shows how many they are.")

    def draw(width: int | None) -> str:
        return world_map(bubbles, title=title, description=notes, width=width)

    return Exhibit(
        id="countries",
        title=title,
        base=base,
        heads=(_("Country or territory"), _("Count"), _("Share of %(n)s") % {"n": number_text(n)}),
        rows=tuple(
            (
                words(_name(code)),
                shown_or_withheld(count(number), is_shown=code not in hidden),
                shown_or_withheld(share(share_of(number, n)), is_shown=code not in hidden),
            )
            for code, number in ordered
        ),
        draw=draw,
        notes=(notes,),
    )


def _name(code: str) -> str:
    return str(countries.name(code)) or code


def _bubble(code: str, number: int) -> Bubble:
    country = COUNTRIES[code]
    label = _("%(country)s: %(count)s") % {"country": _name(code), "count": number_text(number)}
    return Bubble(label, number, country.longitude, country.latitude)
