"""The words of a kind of mail: the built-in ones, or those that the organisers wrote in their place."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from registrations.isolation import isolated
from registrations.models import MailText, Programme, Topic
from registrations.placeholders import filled

PERSONAL_LINK = "{personal_link}"
STOP_LINK = "{stop_link}"

Values = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Wording:
    """One kind of mail: when it goes out, its built-in words, and the placeholders that an edited text may use.

    `subject` names its values as `%(session)s`, and the programme's title also as `%(title)s`. `options` tell the
    template which of its variants this is.
    """

    name: str
    label: str | Promise
    occasion: str | Promise
    subject: str | Promise
    template: str
    placeholders: tuple[str, ...]
    required: tuple[str, ...] = ()
    topic: Topic | None = None
    options: Mapping[str, bool] = field(default_factory=dict)

    @property
    def names(self) -> tuple[str, ...]:
        """All placeholders: where mail can be stopped, the link that does so is one of them."""
        return (*self.placeholders, "stop_link") if self.topic else self.placeholders


@dataclass(frozen=True, slots=True)
class Words:
    """A subject and a text: with placeholders, or with values in their place."""

    subject: str
    body: str


class EditedTexts:
    """What organisers wrote, each programme's read once: for one batch of mail, so it sees no later edit."""

    def __init__(self) -> None:
        self._known: dict[int, dict[tuple[str, str], MailText]] = {}

    def find(self, programme: Programme, kind: str, language: str) -> MailText | None:
        """The edited text, if there is one."""
        if not programme.has_own_words:
            return None
        if programme.pk not in self._known:
            rows = MailText.objects.filter(programme=programme.pk)
            self._known[programme.pk] = {(row.kind, row.language): row for row in rows}
        return self._known[programme.pk].get((kind, language))


def worded(
    wording: Wording, values: Values, *, programme: Programme, language: str, edited: EditedTexts | None = None
) -> Words:
    """The mail's words in the language in use, which is `language`. `edited` is one for a whole batch of mail."""
    own = (edited or EditedTexts()).find(programme, wording.name, language)
    if own is None:
        return built_in(wording, values)
    return put_in(wording, Words(own.subject, own.body), values)


def put_in(wording: Wording, words: Words, values: Values) -> Words:
    """An edited text with its values; what can be stopped says how, even where the text does not."""
    values = _apart(values)
    body = filled(words.body, values).strip() + "\n"
    if wording.topic and STOP_LINK not in words.body:
        body += how_to_stop()
    return Words(filled(words.subject, values), body)


def how_to_stop() -> str:
    """What stands below every mail that its reader can stop, in the language in use."""
    return f"\n--\n{_('If you want no more mail of this kind:')}\n{STOP_LINK}\n"


def built_in(wording: Wording, values: Values) -> Words:
    """The built-in words in the language in use."""
    values = _apart(values)
    subject = str(wording.subject) % {"title": values.get("programme", ""), **values}
    body = render_to_string(wording.template, {**wording.options, **values})
    return Words(subject, body.strip() + "\n")


def _apart(values: Values) -> Values:
    """Names and titles in letters of the other direction stand between isolates; links and placeholders stay themselves.

    A name or a title that holds the placeholder of a link is no link: nothing is put in for it when the mail leaves.
    """
    told = {name: value if _is_link(name, value) else _without_links(value) for name, value in values.items()}
    return {
        name: value if "\n" in value or value.startswith(("http", "{")) else isolated(value)
        for name, value in told.items()
    }


def _is_link(name: str, value: str) -> bool:
    return name.endswith("_link") or value == f"{{{name}}}"


def _without_links(value: str) -> str:
    for placeholder in (PERSONAL_LINK, STOP_LINK):
        value = value.replace(placeholder, f"({placeholder[1:-1]})")
    return value


def original(wording: Wording, language: str) -> Words:
    """The built-in words in a language, with their placeholders: what organisers start from."""
    with translation.override(language):
        return built_in(wording, {name: f"{{{name}}}" for name in wording.placeholders})
