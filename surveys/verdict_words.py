"""Verdicts on printed figures and problems of reading them, in sentences."""

from collections.abc import Callable, Mapping
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from surveys import figures_file, printed_figures
from surveys.figures_file import COUNT, MEAN, SHARE, SHARE_MULTI, SUM, Problem
from surveys.printed_figures import Verdict
from surveys.wording import number_text

Numbers = Mapping[str, str]

OUTCOMES = {
    printed_figures.IMPOSSIBLE: pgettext_lazy("printed figure", "Cannot be"),
    printed_figures.DIFFERS: pgettext_lazy("printed figure", "Differs"),
    printed_figures.AGREES: pgettext_lazy("printed figure", "Agrees"),
    printed_figures.POSSIBLE: pgettext_lazy("printed figure", "Possible"),
    printed_figures.UNKNOWN: pgettext_lazy("printed figure", "Not checked"),
}
"""What is said of figures, the most urgent first."""

KINDS = {
    COUNT: pgettext_lazy("kind of figure", "count"),
    SUM: pgettext_lazy("kind of figure", "sum"),
    SHARE: pgettext_lazy("kind of figure", "share"),
    SHARE_MULTI: pgettext_lazy("kind of figure", "share, several answers each"),
    MEAN: pgettext_lazy("kind of figure", "mean"),
}

_REASONS = {
    printed_figures.SHARE_RANGE: gettext_lazy("A share lies between 0%% and 100%%."),
    printed_figures.SHARE_GAP: gettext_lazy(
        "No number of people out of %(n)s gives this share. The nearest shares are %(below)s%% and %(above)s%%."
    ),
    printed_figures.MEAN_RANGE: gettext_lazy("The mean lies outside the scale from %(low)s to %(high)s."),
    printed_figures.MEAN_GAP: gettext_lazy(
        "No whole ratings of %(n)s people give this mean. The nearest means are %(below)s and %(above)s."
    ),
    printed_figures.COUNT_OVER_BASE: gettext_lazy("%(count)s is more than its base of %(n)s, or less than nobody."),
    printed_figures.PARTS: gettext_lazy(
        "Its parts add up to %(total)s; the difference of %(difference)s is more than rounding explains."
    ),
    printed_figures.NO_BASE: gettext_lazy("It has no base in numbers. Give one in “base” to have it checked."),
    printed_figures.BASE_IS_ABOUT: gettext_lazy("Its base is only printed approximately."),
    printed_figures.IS_ABOUT: gettext_lazy("It is only printed approximately."),
    printed_figures.NO_LINK: gettext_lazy("There is nothing to compare it with. Give “survey” and “question”."),
    printed_figures.NO_PART: gettext_lazy("A part is missing, approximate or no count or share. Look at “parts”."),
    printed_figures.NO_RESULT: gettext_lazy(
        "We have no such figure. Look at “survey”, “question” and “option”; it must be a survey that you organise."
    ),
    printed_figures.FITS_BASE: gettext_lazy("%(count)s of %(n)s fits."),
    printed_figures.PARTS_FIT: gettext_lazy("Its parts add up to %(total)s, which fits."),
}

_PROBLEMS = {
    figures_file.TOO_LONG: gettext_lazy("The text is longer than %(longest)s characters. Check it in smaller parts."),
    figures_file.TOO_MANY: gettext_lazy("There are more than %(most)s figures. Check them in smaller parts."),
    figures_file.NO_FIGURES: gettext_lazy("There is no figure in this text. Begin with the example."),
    figures_file.NOT_YAML: gettext_lazy("This cannot be read as YAML. Look at indents, colons and quotation marks."),
    figures_file.NOT_CSV: gettext_lazy("This cannot be read as CSV. Look at quotation marks."),
    figures_file.TOO_DEEP: gettext_lazy("This is nested too deeply for a list of figures."),
    figures_file.ALIAS: gettext_lazy("References (“*name”) are not taken. Write the value out."),
    figures_file.NOT_A_FIGURE: gettext_lazy(
        "“%(text)s” is no figure: a figure has at least “id”, “kind” and “printed”."
    ),
    figures_file.NO_ID: gettext_lazy("This figure has no “id”."),
    figures_file.TWICE: gettext_lazy("There is another figure with the id “%(text)s”. Give each its own."),
    figures_file.NO_KIND: gettext_lazy("The kind “%(text)s” is not known. Use one of: %(kinds)s."),
    figures_file.NO_NUMBER: gettext_lazy("There is no number in “%(text)s”, or one with too many digits."),
    figures_file.NO_WHOLE_NUMBER: gettext_lazy("“%(text)s” is no whole number, as a count must be."),
    figures_file.UNREADABLE_SCALE: gettext_lazy(
        "The scale “%(text)s” must name its lowest and its highest value: 1-5."
    ),
    figures_file.UNREADABLE_PRECISION: gettext_lazy("The precision “%(text)s” must be a number of decimals, 0 to 6."),
    figures_file.LINK_WITHOUT_SURVEY: gettext_lazy(
        "“%(text)s” needs a survey to be found in: give “survey”, and “question” for an option."
    ),
}


def verdict_text(verdict: Verdict) -> str:
    """Why the outcome is what it is, in one or two sentences."""
    numbers = {name: _number(value) for name, value in verdict.numbers.items()}
    special: dict[str, Callable[[Verdict, Numbers], str]] = {
        printed_figures.SHARE_OF_COUNT: _share_of_count,
        printed_figures.COUNTS_FIT: _counts_fit,
        printed_figures.SUMS_FIT: _sums_fit,
        printed_figures.COMPUTED: _computed,
        printed_figures.GROUP: _group,
    }
    if verdict.reason in special:
        return special[verdict.reason](verdict, numbers)
    return _filled(str(_REASONS[verdict.reason]), numbers)


def problem_text(problem: Problem) -> str:
    """What could not be read, with its line."""
    values = {
        "text": problem.text,
        "kinds": ", ".join(figures_file.KINDS),
        "longest": number_text(figures_file.LONGEST),
        "most": number_text(figures_file.MOST_FIGURES),
    }
    sentence = _filled(str(_PROBLEMS[problem.reason]), values)
    if not problem.line:
        return sentence
    return _("Line %(line)s: %(sentence)s") % {"line": problem.line, "sentence": sentence}


def _share_of_count(verdict: Verdict, numbers: Numbers) -> str:
    sentences = [_filled(_("%(count)s of %(n)s is %(exact)s%%, which is printed as %(right)s%%."), numbers)]
    if "first" in numbers:
        told = _("The printed share would need a base of %(first)s to %(last)s.")
        sentences.append(_filled(told, numbers))
    return " ".join(sentences)


def _counts_fit(verdict: Verdict, numbers: Numbers) -> str:
    text = ngettext(
        "%(fitting)s count fits: %(low)s of %(n)s.",
        "%(fitting)s counts fit: %(low)s to %(high)s of %(n)s.",
        int(verdict.numbers["fitting"]),
    )
    return _filled(text, numbers)


def _sums_fit(verdict: Verdict, numbers: Numbers) -> str:
    text = ngettext(
        "%(fitting)s sum of %(n)s ratings fits: %(low)s.",
        "%(fitting)s sums of %(n)s ratings fit: %(low)s to %(high)s.",
        int(verdict.numbers["fitting"]),
    )
    return _filled(text, numbers)


def _computed(verdict: Verdict, numbers: Numbers) -> str:
    sentences = [_filled(_("We compute %(computed)s, n = %(n)s."), numbers)]
    difference = Decimal(verdict.numbers["difference"])
    if verdict.outcome == printed_figures.DIFFERS and difference:
        text = (
            _("The printed figure is %(amount)s higher.")
            if difference > 0
            else _("The printed figure is %(amount)s lower.")
        )
        sentences.append(_filled(text, {"amount": _number(abs(difference))}))
    return " ".join(sentences)


def _group(verdict: Verdict, numbers: Numbers) -> str:
    if "n" in numbers:
        text = _("The %(parts)s figures of its group add up to %(total)s, which no answers of %(n)s people give.")
    else:
        text = _("The %(parts)s shares of its group add up to %(total)s%%, which is more than rounding explains.")
    return _filled(text, numbers)


def _filled(text: str, values: Numbers) -> str:
    return text % values


def _number(value: int | Decimal) -> str:
    return number_text(value)
