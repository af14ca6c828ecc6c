"""What a participant writes who asks for a correction, and what an organiser answers."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from registrations.forms import helper
from sessions.models import CorrectionRequest, TrainingSession

LONGEST = CorrectionRequest._meta.get_field("sentence").max_length


class CorrectionForm(forms.Form):
    """One sentence. Whether it makes sense is for the organisers to say."""

    sentence = forms.CharField(
        label=gettext_lazy("What is recorded wrongly?"),
        help_text=gettext_lazy(
            "For example: “I joined from my colleague’s computer, together with her.” The organisers read it."
        ),
        max_length=LONGEST,
        widget=forms.Textarea({"rows": 4, "dir": "auto", "maxlength": LONGEST}),
    )

    def __init__(self, data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data)
        self.helper = helper("sentence", submit=_("Ask for a correction"))


class AnswerForm(forms.Form):
    """Minutes to grant and a sentence: granting needs the minutes, declining the sentence."""

    minutes = forms.IntegerField(label=gettext_lazy("Minutes to grant"), min_value=0, required=False)
    answer = forms.CharField(
        label=gettext_lazy("Answer to the participant"), max_length=LONGEST, required=False, widget=forms.TextInput
    )

    def __init__(self, session: TrainingSession, data: Mapping[str, Any] | None = None, **options: Any) -> None:
        super().__init__(data, **options)
        self.fields["minutes"].widget.attrs.update({"max": session.minutes})
        self.fields["answer"].widget.attrs.update({"dir": "auto"})
