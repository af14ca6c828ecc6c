"""The lists of options."""

from collections.abc import Mapping
from dataclasses import replace

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, override

from surveys.expressions import ExpressionError, parse
from surveys.expressions.syntax import Call, Current, Junction, Literal, Node, Operation, walk
from surveys.models import Choice
from surveys.xlsform.form import FormChoice
from surveys.xlsform.languages import OUR_NAMES
from surveys.xlsform.limits import limited
from surveys.xlsform.problems import Findings, sheet_place
from surveys.xlsform.table import Row, Table, Tongues

YES = frozenset({"yes", "true", "true()", "1", "x"})
NO = frozenset({"", "no", "false", "false()", "0"})
KNOWN = frozenset({"list_name", "name", "label", "exclusive", "is_other"})
YES_NO = ("yes", "no")
MOST_OPTIONS = 400  # of one list: all countries and territories, and more
OTHER, SPECIFY = gettext_noop("Other"), gettext_noop("Please specify")

Lists = Mapping[str, tuple[FormChoice, ...]]


def says_yes(row: Row, name: str, findings: Findings) -> bool:
    """A cell that says yes or no."""
    text = row.get(name).lower()
    if text not in YES and text not in NO:
        findings.unsupported(
            row.place,
            _("the column “%(column)s” says “%(text)s”; write yes or no.") % {"column": name, "text": text[:60]},
        )
    return text in YES


def lists_of(table: Table, tongues: Tongues, findings: Findings) -> dict[str, tuple[FormChoice, ...]]:
    """The options by the name of their list, in their order."""
    lists: dict[str, dict[str, FormChoice]] = {}
    for row in table:
        list_name, choice = row.get("list_name"), choice_of(row, tongues, findings)
        if not list_name:
            findings.wrong(row.place, _("the option has no list. Fill in the column “list_name”."))
        if not list_name or choice is None:
            continue
        options = lists.setdefault(list_name, {})
        if choice.value in options:
            findings.wrong(
                row.place,
                _("the list “%(list)s” has the option “%(value)s” twice.") % {"list": list_name, "value": choice.value},
            )
        options[choice.value] = choice
    for name, options in lists.items():
        if len(options) > MOST_OPTIONS:
            findings.wrong(
                sheet_place("choices"),
                _("the list “%(list)s” has %(count)s options; at most %(most)s are read.")
                % {"list": name[:60], "count": len(options), "most": MOST_OPTIONS},
            )
    return {name: tuple(options.values())[:MOST_OPTIONS] for name, options in lists.items()}


def choice_of(row: Row, tongues: Tongues, findings: Findings) -> FormChoice | None:
    """One option; None where it cannot be read."""
    value = row.get("name")
    original, versions = tongues.texts(row, ["label"])
    if not value:
        findings.wrong(row.place, _("the option has no value. Fill in the column “name”."))
        return None
    for problem in limited(Choice, value=value, label=original.get("label", "-")):
        findings.wrong(row.place, problem)
    if not original:
        findings.wrong(
            row.place, _("the option “%(value)s” has no label in the form’s language.") % {"value": value[:60]}
        )
        return None
    for column in row.cells:
        if column.name.partition("::")[0] in {"media", "image", "audio", "video", "big_image"}:
            findings.unsupported(row.place, _("pictures and sounds are not supported."))
    return FormChoice(
        value,
        original["label"],
        versions,
        is_exclusive=says_yes(row, "exclusive", findings),
        is_other=says_yes(row, "is_other", findings),
    )


def standard_word(value: str, language: str) -> str:
    """ "Yes" or "No" in a language, as a question for yes or no offers it without options of its own; "" in others."""
    if language not in OUR_NAMES:
        return ""
    with override(language):
        return _("Yes") if value == "yes" else _("No")


def is_standard(choice: FormChoice, language: str) -> bool:
    """Whether a yes or a no is worded as it would be anyway."""
    words = {language: choice.label, **{code: texts.get("label", "") for code, texts in choice.translations.items()}}
    return not is_marked(choice) and all(text == standard_word(choice.value, code) for code, text in words.items())


def bare_number(choice: FormChoice) -> bool:
    """Whether a step of a scale says nothing but its number."""
    return choice.label == choice.value and not choice.translations and not is_marked(choice)


def is_marked(choice: FormChoice) -> bool:
    """Whether an option is more than one of several."""
    return choice.is_exclusive or choice.is_other


def with_other(choices: tuple[FormChoice, ...], language: str, languages: tuple[str, ...]) -> tuple[FormChoice, ...]:
    """The options with "other" at their end, as or_other means it."""
    if any(choice.value == "other" for choice in choices):
        return tuple(replace(choice, is_other=choice.is_other or choice.value == "other") for choice in choices)
    label, versions = in_languages(OTHER, language, languages)
    return (*choices, FormChoice("other", label, versions, is_other=True))


def in_languages(text: str, language: str, languages: tuple[str, ...]) -> tuple[str, dict[str, dict[str, str]]]:
    """A label of ours in the form's language, and its versions in the others of the six that the form has."""
    words = {}
    for code in (language, *languages):
        if code in OUR_NAMES:
            with override(code):
                words[code] = _(text)
    label = words.pop(language, text)
    return label, {code: {"label": word} for code, word in words.items() if word != text or code == "en"}


def exclusive_values(constraint: str) -> frozenset[str]:
    """The options that a check of several answers lets stand alone only, where it is written in a usual way.

    not(selected(., 'none') and count-selected(.) > 1), and the same with "or", or with if().
    """
    try:
        root = parse(constraint).root if constraint.strip() else None
    except ExpressionError:
        return frozenset()
    parts = root.parts if isinstance(root, Junction) and root.operator == "and" else (root,)
    return frozenset(value for part in parts if part is not None for value in alone(part))


def alone(node: Node) -> frozenset[str]:
    """The value that this part of a check lets stand alone."""
    values = [each.arguments[1] for each in walk(node) if isinstance(each, Call) and each.function == "selected"]
    counts = [each for each in walk(node) if isinstance(each, Operation) and is_count(each.left)]
    if len(values) != 1 or len(counts) != 1 or not isinstance(values[0], Literal):
        return frozenset()
    shape, bound = shape_of(node), counts[0]
    limit = f"{bound.operator} {bound.right.value}" if isinstance(bound.right, Literal) else ""
    many = limit in {"> 1", ">= 2", "!= 1"}
    single = limit in {"= 1", "< 2", "<= 1"}
    fits = (shape == "not(and)" and many) or (shape in ("or(not)", "if") and single)
    return frozenset({str(values[0].value)}) if fits else frozenset()


def is_count(node: Node) -> bool:
    """Whether a part counts the answers to the question itself."""
    return isinstance(node, Call) and node.function == "count-selected" and node.arguments == (Current(),)


def shape_of(node: Node) -> str:
    """How a check is built, from the outside."""
    match node:
        case Call("not", (Junction("and", parts),)) if len(parts) == 2:
            return "not(and)"
        case Junction("or", parts) if len(parts) == 2 and any(is_not_selected(part) for part in parts):
            return "or(not)"
        case Call("if", (Call("selected"), Operation(), Call("true"))):
            return "if"
    return ""


def is_not_selected(node: Node) -> bool:
    """Whether a part says that an option is not chosen."""
    match node:
        case Call("not", (Call("selected"),)):
            return True
    return False


def exclusive_check(values: tuple[str, ...]) -> str:
    """The check that ODK and Kobo need for options that stand alone."""
    return " and ".join(f"not(selected(., '{value}') and count-selected(.) > 1)" for value in values)
