"""What people send who look for each other, turned into values of the domain."""

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from registrations.errors import Refused
from registrations.folding import LONGEST_QUESTION
from registrations.forms import helper
from registrations.forms_at_once import AtOnce
from registrations.models import DirectoryTopic, Programme, Registration
from registrations.people.contacts import LONGEST_SENTENCE
from registrations.people.directory import Wanted
from registrations.people.languages import spoken
from registrations.people.partnerships import LONGEST_SUBJECT
from registrations.people.running import CHANGED_MEANWHILE, LONGEST_TOPIC, tidy_label
from registrations.people.safety import LONGEST_REPORT
from registrations.selects import quick_choice


class NarrowForm(forms.Form):
    """How the list is narrowed; everything stands in the address."""

    q = forms.CharField(
        label=gettext_lazy("Words"),
        required=False,
        widget=forms.TextInput({"maxlength": LONGEST_QUESTION, "dir": "auto"}),
    )
    country = quick_choice(gettext_lazy("Country or territory"))
    sector = quick_choice(gettext_lazy("Sector"))
    language = quick_choice(gettext_lazy("Language"))

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


class TopicsForm(AtOnce, forms.Form):
    """A programme's topics, one on each line, in the order in which people see them."""

    topics = forms.CharField(
        label=gettext_lazy("Topics, one on each line"),
        required=False,
        widget=forms.Textarea({"rows": 10, "dir": "auto"}),
    )


class TopicChoice(forms.ModelChoiceField):
    """A topic by its name, so that one that somebody has renamed meanwhile is no choice."""

    def label_from_instance(self, obj: DirectoryTopic) -> str:
        """As it stands in the list of topics."""
        return obj.label


class RenameTopicForm(forms.Form):
    """Another name for a topic."""

    topic = TopicChoice(
        queryset=None,
        to_field_name="label",
        empty_label="–",
        label=gettext_lazy("Topic to rename"),
        error_messages={"invalid_choice": CHANGED_MEANWHILE},
    )
    label = forms.CharField(
        label=gettext_lazy("New name"), max_length=LONGEST_TOPIC, widget=forms.TextInput({"dir": "auto", "size": 40})
    )

    def __init__(self, data: QueryDict | None = None, *, programme: Programme) -> None:
        super().__init__(data)
        self.fields["topic"].queryset = programme.topics.all()  # type: ignore[attr-defined]

    def clean_label(self) -> str:
        """Something that can be read."""
        try:
            label = tidy_label(self.cleaned_data["label"])
        except Refused as refusal:
            raise forms.ValidationError(str(refusal)) from None
        if not label:
            raise forms.ValidationError(self.fields["label"].error_messages["required"])
        return label


def refuse(form: forms.Form, refusal: Refused) -> None:
    """A refusal becomes a sentence on the form, which keeps what was typed."""
    form.add_error(None, str(refusal))
