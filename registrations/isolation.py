"""Words of one direction inside sentences of another: kept together and in order by marks that nobody sees.

On pages an element does it (`bdi`). Plain text (mail, titles, attributes, charts) has Unicode's isolates and marks instead,
put only where a reader's program would else turn something around.
"""

from django.utils.translation import get_language_bidi

from registrations.direction_marks import LEFT_TO_RIGHT, isolated_in


def isolated(text: str) -> str:
    """A name, a title or an address for a sentence in the language in use: apart, where it has other letters."""
    return isolated_in(text, is_rtl=get_language_bidi())


def left_to_right(text: str) -> str:
    """A number with its sign or unit: read as in every other language, in Arabic sentences too.

    So does CLDR: its Arabic percent sign stands between two marks.
    """
    return f"{LEFT_TO_RIGHT}{text}{LEFT_TO_RIGHT}" if get_language_bidi() else text
