"""What is wrong with an expression, in a sentence that its author can act on."""

from enum import StrEnum


def gettext_noop(sentence: str) -> str:
    """Mark a sentence for translation; this module knows nothing of Django."""
    return sentence


class Fault(StrEnum):
    """Why an expression is refused."""

    EMPTY = "empty"
    TOO_LONG = "too_long"
    TOO_DEEP = "too_deep"
    CHARACTER = "character"
    CURLY_QUOTES = "curly_quotes"
    OPEN_TEXT = "open_text"
    OPEN_NAME = "open_name"
    PATH = "path"
    ENDS_EARLY = "ends_early"
    EXPECTED = "expected"
    BARE_WORD = "bare_word"
    UNKNOWN_FUNCTION = "unknown_function"
    CHOICE_NAME = "choice_name"
    ARGUMENTS = "arguments"
    PATTERN_NOT_FIXED = "pattern_not_fixed"
    PATTERN = "pattern"


SENTENCES: dict[Fault, str] = {
    Fault.EMPTY: gettext_noop("The expression is empty."),
    Fault.TOO_LONG: gettext_noop("The expression is longer than %(most)s characters. Take a part of it away."),
    Fault.TOO_DEEP: gettext_noop("The expression has too many parts inside one another. Make it simpler."),
    Fault.CHARACTER: gettext_noop("At character %(position)s: “%(found)s” is no part of an expression."),
    Fault.CURLY_QUOTES: gettext_noop("At character %(position)s: write texts between straight quotes, such as 'yes'."),
    Fault.OPEN_TEXT: gettext_noop("At character %(position)s: the quote is opened and never closed."),
    Fault.OPEN_NAME: gettext_noop("At character %(position)s: write the name of a question as ${name}."),
    Fault.PATH: gettext_noop(
        "At character %(position)s: paths such as “%(found)s” are not supported; write the name of a question as ${name}."
    ),
    Fault.ENDS_EARLY: gettext_noop("The expression ends too early."),
    Fault.EXPECTED: gettext_noop("At character %(position)s: “%(found)s” does not belong here."),
    Fault.BARE_WORD: gettext_noop(
        "At character %(position)s: write “%(found)s” as '%(found)s' if it is a text, as ${%(found)s} if it is a question."
    ),
    Fault.UNKNOWN_FUNCTION: gettext_noop("At character %(position)s: the function %(found)s() is not supported."),
    Fault.CHOICE_NAME: gettext_noop(
        "At character %(position)s: jr:choice-name() is not supported. Compare the values of options, not their labels."
    ),
    Fault.ARGUMENTS: gettext_noop(
        "At character %(position)s: the function %(found)s() has the wrong number of arguments."
    ),
    Fault.PATTERN_NOT_FIXED: gettext_noop(
        "At character %(position)s: the second argument of regex() must be a text between quotes."
    ),
    Fault.PATTERN: gettext_noop(
        "At character %(position)s: the pattern “%(found)s” cannot be used. It is not a regular expression, too large, or "
        "it looks ahead or back."
    ),
}


class ExpressionError(Exception):
    """An expression that cannot be used: a `fault`, its `position` (characters from 1), and the sentence's `details`.

    `str(error)` is the sentence in English; `template` % `details` after translation is it in the reader's language.
    """

    def __init__(self, fault: Fault, position: int = 1, found: str = "", **details: int | str) -> None:
        self.fault = fault
        self.position = position
        self.details: dict[str, int | str] = {"position": position, "found": found[:60], **details}
        super().__init__(self.template % self.details)

    @property
    def template(self) -> str:
        """The sentence with places for its details, not translated."""
        return SENTENCES[self.fault]
