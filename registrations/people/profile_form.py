"""What somebody tells of themselves in the directory, turned into values of the domain."""

from collections.abc import Mapping
from typing import Any

from crispy_forms.layout import HTML, Fieldset, Row
from django import forms
from django.http import QueryDict
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from registrations.errors import Refused
from registrations.forms import NameField, helper, text_input
from registrations.models import DirectoryTopic, Profile, ProfileItem, Registration
from registrations.people.languages import spoken
from registrations.people.profiles import LONGEST_WORDS, MOST_WORDS, ProfileDetails, refuse_organisers_name
from registrations.selects import quick_choice

SIX = 6  # of the languages, those that stand as boxes


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
    another_language = quick_choice(gettext_lazy("Another language"))
    one_more_language = quick_choice(gettext_lazy("One more language"))
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
        self.registration = registration
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

    def clean_shown_name(self) -> str:
        """As typed; left empty, it is the registration's."""
        name = str(self.cleaned_data["shown_name"])
        try:
            refuse_organisers_name(name or self.registration.printed_name, self.registration)
        except Refused as refusal:
            raise forms.ValidationError(str(refusal)) from None
        return name

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
