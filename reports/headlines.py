"""Numbers that stand out."""

from collections.abc import Iterator
from dataclasses import replace

from django.utils.translation import gettext as _

from reports import words
from reports.figures import Figure, Results
from reports.naming import Named, printed
from reports.pieces import Headline
from surveys.wording import number_text, share_text


def headlines(results: Results) -> Iterator[Headline]:
    """The main figures of a programme, side by side."""
    registrations = results.registrations
    if registrations.numerator:
        yield Headline("registrations", number_text(registrations.numerator), _("people registered"))
        yield _counted(results.countries, _("countries and territories"))
    if results.certificates.numerator:
        beside = _("%(share)s of those registered") % {"share": words.percent_text(results.certificates)}
        yield replace(_counted(results.certificates, _("certificates of completion")), beside=beside)
    for audience in results.audience:
        yield _counted(audience.total, words.audience_label(audience.kind))
    yield _counted(results.sessions, _("live sessions"))
    if results.speakers.numerator:
        yield _counted(results.speakers, _("speakers"))
    for survey in results.surveys:
        if survey.valid.numerator:
            n = survey.responses.numerator or 0
            beside = _("of %(responses)s") % {"responses": words.base_text("responses", n)}
            yield replace(_counted(survey.valid, _("valid survey responses")), beside=beside)


def _counted(figure: Figure, what: str) -> Headline:
    return Headline(figure.id, number_text(figure.numerator or 0), what)


def headline(named: Named, caption: str = "", *, k: int) -> Headline:
    """One figure as a number that stands out: a mean, a share in whole percent, or a count."""
    figure, k = named.figure, 0 if named.option else k
    if named.is_mean:
        number = printed(figure, is_mean=True, k=k)
    elif figure.denominator is None or figure.numerator is None:
        number = words.percent_text(figure) if figure.percent is not None else words.count_text(figure, smallest_cell=k)
    else:
        number = share_text(figure.value, 0)
    return Headline(figure.id, number, caption or named.name, _beside(figure, is_mean=named.is_mean))


def _beside(figure: Figure, *, is_mean: bool) -> str:
    if figure.denominator is None or figure.numerator is None:
        return ""
    if is_mean:
        return words.base_text("answered", figure.denominator)
    return _("%(count)s of %(all)s") % {
        "count": number_text(figure.numerator),
        "all": number_text(figure.denominator),
    }
