"""What is said of a file of responses: why it cannot be read, what is wrong in a cell, what becomes of its rows."""

from collections.abc import Callable, Mapping, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from sessions.refusals import sentence
from surveys.importing.encoding import Problem
from surveys.importing.findings import ANSWERED, BLANK, DUPLICATE, Findings
from surveys.importing.mapping import OPTION, QUESTION
from surveys.importing.shapes import GOOGLE, KOBO, LIMESURVEY, MICROSOFT, PLAIN
from surveys.models import Question, Survey

OFFERED_SHOWN = 12  # values of a question in one sentence

PLATFORM_NAMES: Mapping[str, str] = {
    PLAIN: gettext_noop("a table"),
    KOBO: "KoboToolbox",
    LIMESURVEY: "LimeSurvey",
    GOOGLE: "Google Forms",
    MICROSOFT: "Microsoft Forms",
}
USE_NAMES: Mapping[str, str] = {
    "": gettext_noop("left out"),
    "submitted_at": gettext_noop("when it was sent in"),
    "started_at": gettext_noop("when it was begun"),
    "key": gettext_noop("its number or id where it comes from"),
    "email": gettext_noop("e-mail of a participant"),
    "link": gettext_noop("personal link of a participant"),
    "language": gettext_noop("language"),
    "gender": gettext_noop("gender"),
    "sector": gettext_noop("sector"),
    "country": gettext_noop("country or territory"),
    "city": gettext_noop("city"),
    "is_finished": gettext_noop("finished: yes or no"),
    "is_test": gettext_noop("a test: yes or no"),
}


def file_sentence(findings: Findings, heads: Sequence[str]) -> str:
    """Why a file cannot be used as it is, and what to do."""
    details = findings.refusal_details
    if findings.refusal == "undecided":
        return _undecided([heads[int(str(at))] or str(int(str(at)) + 1) for at in _listed(details, "places")], heads)
    if findings.refusal == "twice":
        uses = [str(use) for use in _listed(details, "uses")]
        return _("Only one column can be “%(use)s”; two or more are. Leave the others out.") % {
            "use": use_name(uses[0]) if uses else ""
        }
    if findings.refusal == "no_question":
        return _("No column holds the answers to a question of this survey. Name the columns like the questions.")
    return sentence(findings.refusal, details)


def _undecided(names: Sequence[str], heads: Sequence[str]) -> str:
    twice = [name for name in dict.fromkeys(names) if list(heads).count(name) > 1]
    if twice:
        return _("Two columns have the same head: “%(head)s”. Keep one of them. Nothing was imported.") % {
            "head": twice[0][:80]
        }
    return undecided_sentence(names)


def _listed(details: Mapping[str, object], name: str) -> Sequence[object]:
    found = details.get(name)
    return found if isinstance(found, list | tuple) else ()


def undecided_sentence(heads: Sequence[str]) -> str:
    """Names the columns that mean nothing known."""
    names = ", ".join(f"“{head[:80]}”" for head in heads[:OFFERED_SHOWN])
    more = len(heads) - OFFERED_SHOWN
    names += f" (+{more})" if more > 0 else ""
    return ngettext(
        "The survey has no question for this column: %(names)s. Rename it like a question of the survey, or say that it "
        "is left out. Nothing was imported.",
        "The survey has no questions for these columns: %(names)s. Rename them like questions of the survey, or say that "
        "they are left out. Nothing was imported.",
        len(heads),
    ) % {"names": names}


def use_name(use: str) -> str:
    """What a column is, in words; a question by its name."""
    if use.startswith(QUESTION):
        return use.removeprefix(QUESTION)
    if use.startswith(OPTION):
        return use.removeprefix(OPTION).replace(":", " / ")
    return _(USE_NAMES[use]) if use in USE_NAMES else use


def platform_name(platform: str) -> str:
    """Which program wrote a file."""
    name = PLATFORM_NAMES.get(platform, PLATFORM_NAMES[PLAIN])
    return _(name) if platform in ("", PLAIN) else name


def problem_sentence(problem: Problem, survey: Survey) -> str:
    """What is wrong in one cell: its row, its column, what it says, and what could stand there."""
    said = {"line": problem.line, "column": problem.column[:80], "value": problem.value[:60]}
    where = _("Row %(line)s, column “%(column)s”: “%(value)s”") % said
    return f"{where} – {_what(problem, survey)}"


def _what(problem: Problem, survey: Survey) -> str:
    if problem.question.startswith("@"):
        return _BESIDE.get(problem.question[1:], lambda: _("this cannot be read."))()
    question = next((each for each in survey.questions.all() if each.name == problem.question), None)
    if question is None:
        return _("the survey does not ask this any more.")
    if question.kind in Question.CLOSED:
        return _closed(question, problem.value)
    return _KINDS.get(question.kind, lambda: _("this is not accepted as an answer."))()


def _closed(question: Question, said: str) -> str:
    offered = list(question.options)
    alone = [choice.value for choice in question.choices.all() if choice.is_exclusive]
    chosen = set(said.split())
    if question.kind == Question.Kind.SELECT_MULTIPLE and chosen <= set(offered) and len(chosen) > 1:
        return _("these are not accepted together. On its own only: %(values)s.") % {"values": ", ".join(alone) or "–"}
    names = ", ".join(offered[:OFFERED_SHOWN]) + (" …" if len(offered) > OFFERED_SHOWN else "")
    if question.kind == Question.Kind.RANK:
        return _("a ranking names each of these once: %(offered)s.") % {"offered": names}
    return _("the question offers: %(offered)s.") % {"offered": names}


_KINDS: Mapping[str, Callable[[], str]] = {
    Question.Kind.TEXT: lambda: _("this text is too long or holds a character that cannot be stored."),
    Question.Kind.INTEGER: lambda: _("this is no whole number, or not one that the question accepts."),
    Question.Kind.DECIMAL: lambda: _("this is no number such as 12.5, or not one that the question accepts."),
    Question.Kind.DATE: lambda: _("this is no day such as 2026-03-18, or not one that the question accepts."),
}
_BESIDE: Mapping[str, Callable[[], str]] = {
    "submitted_at": lambda: _("this is no moment such as 2026-03-18 14:05."),
    "started_at": lambda: _("this is no moment such as 2026-03-18 14:05."),
    "gender": lambda: _("this is no gender that registrations know."),
    "sector": lambda: _("this is no sector that registrations know."),
    "country": lambda: _("this is no country or territory; give its name or its code of two letters."),
    "is_finished": lambda: _("this is neither yes nor no."),
    "is_test": lambda: _("this is neither yes nor no."),
}


def left_out_sentence(reason: str, count: int) -> str:
    """Why some rows become no response."""
    words = {
        DUPLICATE: ngettext(
            "%(count)s row is here already, or stands twice in the file.",
            "%(count)s rows are here already, or stand twice in the file.",
            count,
        ),
        ANSWERED: ngettext(
            "%(count)s row is of a person who has answered already.",
            "%(count)s rows are of people who have answered already.",
            count,
        ),
        BLANK: ngettext(
            "%(count)s row answers no question.",
            "%(count)s rows answer no question.",
            count,
        ),
    }
    return words[reason] % {"count": count}
