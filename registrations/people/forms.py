"""What people send who look for each other, turned into values of the domain."""

from collections.abc import Mapping
from typing import Any

from crispy_forms.layout import HTML, Fieldset, Row
from django import forms
from django.forms.renderers import BaseRenderer
from django.forms.utils import flatatt
from django.http import QueryDict
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from registrations.errors import Refused
from registrations.folding import LONGEST_QUESTION
from registrations.forms import NameField, helper, text_input
from registrations.models import DirectoryTopic, Profile, ProfileItem, Registration
from registrations.people.contacts import LONGEST_SENTENCE
from registrations.people.directory import Wanted
from registrations.people.languages import spoken
from registrations.people.partnerships import LONGEST_SUBJECT
from registrations.people.profiles import LONGEST_WORDS, MOST_WORDS, ProfileDetails
from registrations.people.safety import LONGEST_REPORT

SIX = 6  # of the languages, those that stand as boxes


class QuickSelect(forms.Select):
    """A select of a hundred languages: one template per option would take longer than the rest of the page."""

    def render(
        self, name: str, value: object, attrs: dict[str, Any] | None = None, renderer: BaseRenderer | None = None
    ) -> SafeString:
        """The select as HTML."""
        attributes = flatatt({**self.build_attrs(self.attrs, attrs), "name": name})
        rows = (
            (code, SafeString(" selected") if str(code) == str(value or "") else "", text)
            for code, text in self.choices
        )
        return format_html("<select{}>{}</select>", attributes, format_html_join("\n", _OPTION, rows))


_OPTION = '<option value="{}"{}>{}</option>'


class TopicsField(forms.TypedMultipleChoiceField):
    """Some of the programme's topics."""

    def __init__(self, **options: Any) -> None:
        super().__init__(coerce=int, required=False, widget=forms.CheckboxSelectMultiple, **options)


class LanguagesField(forms.MultipleChoiceField):
    """Some of the six; who speaks another one says so in the fields beside it, so none of these is fine, too."""

    def validate(self, value: Any) -> None:
        """Whether these are choices."""
        if value:
            super().validate(value)


class LinesField(forms.CharField):
    """A few lines of text, one thing each."""

    def __init__(self, **options: Any) -> None:
        widget = forms.Textarea({"rows": 3, "dir": "auto"})
        help_text = gettext_lazy("One thing on each line, in a few words, for example: customs law")
        super().__init__(required=False, widget=widget, help_text=help_text, **options)

    def clean(self, value: Any) -> tuple[str, ...]:
        """The lines, without empty ones."""
        return tuple(line for line in (super().clean(value) or "").splitlines() if line.strip())


def _quick_choice(label: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, required=False, widget=QuickSelect)


class ProfileForm(forms.Form):
    """What somebody tells the others of the programme."""

    shown_name = NameField(
        "printed_name", label=gettext_lazy("Name as the others see it"), required=False, widget=text_input("name")
    )
    offered_topics = TopicsField(label=gettext_lazy("Topics in which you can help others"))
    offered_words = LinesField(label=gettext_lazy("What you offer, in your own words"))
    needed_topics = TopicsField(label=gettext_lazy("Topics in which you look for help or partners"))
    needed_words = LinesField(label=gettext_lazy("What you look for, in your own words"))
    languages = LanguagesField(
        label=gettext_lazy("Languages that you speak"),
        help_text=gettext_lazy("At least one, here or below. Only people with a language in common are proposed."),
        widget=forms.CheckboxSelectMultiple,
    )
    another_language = _quick_choice(gettext_lazy("Another language"))
    one_more_language = _quick_choice(gettext_lazy("One more language"))
    about = forms.CharField(
        label=gettext_lazy("A sentence about you"), required=False, widget=forms.Textarea({"rows": 3, "dir": "auto"})
    )
    contact = forms.CharField(
        label=gettext_lazy("Another address to share"),
        required=False,
        widget=forms.TextInput({"autocomplete": "off", "dir": "auto"}),
    )
    show_me = forms.BooleanField(
        label=gettext_lazy("Show this to the other participants in the list"),
        error_messages={"required": gettext_lazy("Tick this box to be in the list. Without it, nothing is stored.")},
    )

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        registration: Registration,
        profile: Profile | None,
        topics: Mapping[int, DirectoryTopic],
    ) -> None:
        """Filled with what is known. `profile`: the person's, also one that was withdrawn."""
        super().__init__(data, initial=_initial(registration, profile))
        self.is_in_force = profile is not None and profile.is_in_force(registration)
        names = list(spoken().items())
        self.fields["languages"].choices = names[:SIX]  # type: ignore[attr-defined]
        for name in ("another_language", "one_more_language"):
            self.fields[name].choices = [("", "–"), *names[SIX:]]  # type: ignore[attr-defined]
        for name in ("offered_topics", "needed_topics"):
            self.fields[name].choices = [(pk, topic) for pk, topic in topics.items()]  # type: ignore[attr-defined]
        if not topics:
            del self.fields["offered_topics"], self.fields["needed_topics"]
        if self.is_in_force:
            del self.fields["show_me"]
        self.fields["contact"].help_text = format_html(
            _("Left empty, it is {address}. Only those see it with whom you have agreed to be in contact."),
            address=format_html("<bdi>{}</bdi>", registration.email),
        )
        self._lay_out()

    def details(self) -> ProfileDetails:
        """The values of a valid form."""
        values = self.cleaned_data
        more = (values["another_language"], values["one_more_language"])
        return ProfileDetails(
            shown_name=values["shown_name"],
            about=" ".join(values["about"].split()),
            languages=(*values["languages"], *(code for code in more if code)),
            contact=values["contact"],
            offered_topics=tuple(values.get("offered_topics", ())),
            offered_words=values["offered_words"],
            needed_topics=tuple(values.get("needed_topics", ())),
            needed_words=values["needed_words"],
        )

    def _lay_out(self) -> None:
        limit = _("At most %(most)s lines with %(letters)s characters each.")
        hint = limit % {"most": MOST_WORDS, "letters": LONGEST_WORDS}
        self.helper = helper(
            Fieldset(
                _("What you offer"),
                *self._shown("offered_topics", "offered_words"),
                HTML(format_html('<p class="hint">{}</p>', hint)),
            ),
            Fieldset(_("What you look for"), *self._shown("needed_topics", "needed_words")),
            Fieldset(
                _("Who you are"), "shown_name", "about", "languages", Row("another_language", "one_more_language")
            ),
            Fieldset(_("How others reach you"), "contact", *self._shown("show_me")),
            submit=_("Save") if self.is_in_force else _("Show me in the list"),
        )

    def _shown(self, *names: str) -> list[str]:
        return [name for name in names if name in self.fields]


def _initial(registration: Registration, profile: Profile | None) -> dict[str, Any]:
    if profile is None:
        six = list(spoken())[:SIX]
        return {"languages": [registration.language] if registration.language in six else []}
    items = list(profile.items.order_by("position", "pk"))
    offered = [item for item in items if item.side == ProfileItem.Side.OFFER]
    needed = [item for item in items if item.side == ProfileItem.Side.NEED]
    more = [code for code in profile.languages if code not in list(spoken())[:SIX]]
    return {
        "shown_name": profile.shown_name,
        "about": profile.about,
        "contact": profile.contact,
        "languages": profile.languages,
        "another_language": more[0] if more else "",
        "one_more_language": more[1] if len(more) > 1 else "",
        "offered_topics": [item.topic_id for item in offered if item.topic_id],
        "offered_words": "\n".join(item.words for item in offered if item.words),
        "needed_topics": [item.topic_id for item in needed if item.topic_id],
        "needed_words": "\n".join(item.words for item in needed if item.words),
    }


class NarrowForm(forms.Form):
    """How the list is narrowed; everything stands in the address."""

    q = forms.CharField(
        label=gettext_lazy("Words"),
        required=False,
        widget=forms.TextInput({"maxlength": LONGEST_QUESTION, "dir": "auto"}),
    )
    country = _quick_choice(gettext_lazy("Country or territory"))
    sector = _quick_choice(gettext_lazy("Sector"))
    language = _quick_choice(gettext_lazy("Language"))

    def __init__(self, data: QueryDict, *, countries: list[tuple[str, str]]) -> None:
        """`countries`: those from which somebody is."""
        super().__init__(data)
        anything = ("", _("any"))
        choices: dict[str, list[tuple[str, Any]]] = {
            "country": countries,
            "sector": Registration.Sector.choices,
            "language": list(spoken().items()),
        }
        for name, own in choices.items():
            self.fields[name].choices = [anything, *own]  # type: ignore[attr-defined]
        self.helper = helper("q", "country", "sector", "language", submit=_("Show"))
        self.helper.form_method = "get"
        self.helper.form_class = "filters"
        self.helper.attrs = {"role": "search"}

    def wanted(self) -> Wanted:
        """What is asked for; values that are no choice count as anything."""
        self.is_valid()
        values = {name: self.cleaned_data.get(name, "") for name in ("country", "sector", "language")}
        return Wanted(words=self.cleaned_data.get("q", ""), **values)


class AskForm(forms.Form):
    """One sentence to somebody whose address one does not know."""

    sentence = forms.CharField(
        label=gettext_lazy("Your message"),
        help_text=gettext_lazy("Who you are and why you write, without web or e-mail addresses."),
        max_length=LONGEST_SENTENCE,
        widget=forms.Textarea({"rows": 4, "dir": "auto", "maxlength": LONGEST_SENTENCE}),
    )

    def __init__(self, data: QueryDict | None = None) -> None:
        super().__init__(data)
        self.helper = helper("sentence", submit=_("Ask for contact"))

    def clean_sentence(self) -> str:
        """On one line: the message stands in a mail."""
        return " ".join(str(self.cleaned_data["sentence"]).split())


class ReportForm(forms.Form):
    """What is wrong with a profile or a message."""

    text = forms.CharField(
        label=gettext_lazy("What is wrong?"),
        max_length=LONGEST_REPORT,
        widget=forms.Textarea({"rows": 4, "dir": "auto", "maxlength": LONGEST_REPORT}),
    )
    also_block = forms.BooleanField(
        label=gettext_lazy("Block this person, too: we do not see each other any more"), required=False
    )

    def __init__(self, data: QueryDict | None = None) -> None:
        super().__init__(data)
        self.helper = helper("text", "also_block", submit=_("Report to the organisers"))

    def clean_text(self) -> str:
        """On one line."""
        return " ".join(str(self.cleaned_data["text"]).split())


class PartnershipForm(forms.Form):
    """What two people do together, and since when."""

    subject = forms.CharField(
        label=gettext_lazy("What do you do together?"),
        help_text=gettext_lazy("In a few words. The organisers read it, and the two names."),
        max_length=LONGEST_SUBJECT,
        widget=forms.TextInput({"autocomplete": "off", "dir": "auto"}),
    )
    month = forms.CharField(
        label=gettext_lazy("Since which month?"),
        help_text=gettext_lazy("For example 2026-03."),
        max_length=20,
        widget=forms.TextInput({"type": "month", "placeholder": "2026-03", "dir": "ltr"}),
    )

    def __init__(self, data: QueryDict | None = None) -> None:
        super().__init__(data)
        self.helper = helper("subject", "month", submit=_("Record the partnership"))


class TopicsForm(forms.Form):
    """A programme's topics, one on each line, in the order in which people see them."""

    topics = forms.CharField(
        label=gettext_lazy("Topics, one on each line"),
        required=False,
        widget=forms.Textarea({"rows": 10, "dir": "auto"}),
    )


def refuse(form: forms.Form, refusal: Refused) -> None:
    """A refusal becomes a sentence on the form, which keeps what was typed."""
    form.add_error(None, str(refusal))
