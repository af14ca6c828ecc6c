"""What organisers write for a report: the words of one block in six languages, and those on its method in one."""

from collections.abc import Iterator

from django import forms
from django.conf import settings
from django.utils.translation import get_language_info
from django.utils.translation import gettext as _

from registrations.forms_at_once import AtOnce
from reports.composition import LONGEST_TEXT, Block, Kind
from reports.method import FIELDS, NEEDED, Words, label, title_of

LONGEST_LINE = 300


class BlockForm(AtOnce, forms.Form):
    """The words of a heading, a text or a figure, in each language."""

    def __init__(self, *args: object, block: Block, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        is_long = block.kind is Kind.TEXT
        for code, _name in settings.LANGUAGES:
            self.fields[code] = _text_field(code, is_long=is_long, initial=block.texts.get(code, ""))

    def texts(self) -> dict[str, str]:
        """What was entered, by language."""
        return {code: self.cleaned_data[code] for code, _name in settings.LANGUAGES}

    def languages(self) -> Iterator[forms.BoundField]:
        """The fields to be written in."""
        return (self[code] for code, _name in settings.LANGUAGES)


def _text_field(code: str, *, is_long: bool, initial: str) -> forms.CharField:
    info = get_language_info(code)
    attributes = {"lang": code, "dir": "rtl" if info["bidi"] else "ltr", "class": "vTextField"}
    widget: forms.Widget = forms.Textarea({**attributes, "rows": 8}) if is_long else forms.TextInput(attributes)
    longest = LONGEST_TEXT if is_long else LONGEST_LINE
    return forms.CharField(
        label=info["name_local"], required=False, max_length=longest, widget=widget, initial=initial, strip=True
    )


class MethodForm(AtOnce, forms.Form):
    """What is said of the method in one language. Nothing has to be filled in before the report is published."""

    def __init__(self, *args: object, entered: Words, usual: Words, language: str, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        info = get_language_info(language)
        for name in FIELDS:
            rows = 2 if name in NEEDED else 3
            attributes = {
                "lang": language,
                "dir": "rtl" if info["bidi"] else "ltr",
                "rows": rows,
                "class": "vTextField",
            }
            self.fields[name] = forms.CharField(
                label=label(name),
                required=False,
                max_length=LONGEST_TEXT,
                widget=forms.Textarea(attributes),
                initial=entered.get(name, {}).get(language, ""),
                help_text=_help(name, usual),
            )

    def words(self) -> dict[str, str]:
        """What was entered, by field."""
        return {name: self.cleaned_data[name] for name in FIELDS}

    def needed(self) -> list[forms.BoundField]:
        """What no record knows."""
        return [self[name] for name in NEEDED]

    def more(self) -> list[forms.BoundField]:
        """What may be added to what the records say."""
        return [self[name] for name in FIELDS if name not in NEEDED]


def _help(name: str, usual: Words) -> str:
    said = next(iter(usual.get(name, {}).values()), "")
    if name not in NEEDED:
        return _("Added to item “%(item)s”.") % {"item": title_of(name)}
    if said:
        return _("Where this stays empty, the report says: %(text)s") % {"text": said}
    return _("Needed before the report is published.")
