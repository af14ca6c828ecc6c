"""What is wrong with a text that an organiser wrote, in sentences that say what to do."""

import unicodedata

from django.utils.translation import gettext as _

from registrations.models.mail_text import LONGEST_BODY, LONGEST_SUBJECT
from registrations.placeholders import glued, has_stray_brace, lacking, unknown
from registrations.wordings import Wording, Words

Problems = dict[str, list[str]]
_IN_TEXTS = {"\n", "\t", "\u200c", "\u200d"}  # joiners shape letters in some scripts
_UNWANTED = {"Cc", "Cs", "Zl", "Zp"}


def problems_of(wording: Wording, words: Words) -> Problems:
    """Sentences for `subject` and `body`; no key where nothing is wrong."""
    # A mail's subject is shown to whoever looks over a shoulder, and is cut: no link belongs there.
    for_subject = [name for name in wording.names if not name.endswith("_link") and name != "dates"]
    found = {
        "subject": _of_text(words.subject, for_subject, LONGEST_SUBJECT, is_line=True),
        "body": [
            *_of_text(words.body, wording.names, LONGEST_BODY, is_line=False),
            *_missing(wording, words),
            *_glued(wording, words),
        ],
    }
    return {part: sentences for part, sentences in found.items() if sentences}


def _of_text(text: str, names: list[str] | tuple[str, ...], longest: int, *, is_line: bool) -> list[str]:
    if not text.strip():
        return [_("Write something here.")]
    sentences = [
        _("“{%(name)s}” cannot be used here. Take a placeholder from the list, or write it without braces.")
        % {"name": name[:60]}
        for name in unknown(text, names)
    ]
    if has_stray_brace(text):
        sentences.append(_("A brace stands alone. Braces enclose the name of a placeholder: {name}."))
    if len(text) > longest:
        told = _("This is too long: at most %(limit)s characters fit, and there are %(length)s.")
        sentences.append(told % {"limit": longest, "length": len(text)})
    if any(_is_unwanted(character) for character in text) or (is_line and "\n" in text):
        sentences.append(_("This text contains a character that cannot be sent. Write it again by hand."))
    return sentences


def _missing(wording: Wording, words: Words) -> list[str]:
    names = lacking(words.body, wording.required)
    told = _("“{%(name)s}” is missing: without it this mail does not do what it is for.")
    return [told % {"name": name} for name in names]


def _glued(wording: Wording, words: Words) -> list[str]:
    """A link of a person's own inside another address would tell its owner the secret in it."""
    names = glued(words.body, [name for name in wording.names if name.endswith("_link")])
    return [_("Leave a blank before “{%(name)s}”: it is a link of its own.") % {"name": name} for name in names]


def _is_unwanted(character: str) -> bool:
    if character in _IN_TEXTS:
        return False
    return unicodedata.category(character) in _UNWANTED or "\u202a" <= character <= "\u202e"
