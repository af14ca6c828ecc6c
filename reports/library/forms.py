"""Input of organisers about impact stories."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from reports.library.goals import GOALS, goal_names


class StoryForm(forms.ModelForm):
    """A story, its goals as boxes, and a box that publishes it."""

    goals = forms.MultipleChoiceField(
        label=gettext_lazy("Sustainable Development Goals"), required=False, widget=forms.CheckboxSelectMultiple
    )
    is_published = forms.BooleanField(label=gettext_lazy("published"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("goals", [str(goal) for goal in self.instance.sdgs])
        self.initial.setdefault("is_published", self.instance.published_at is not None)
        names = zip(GOALS, goal_names(GOALS), strict=True)
        self.fields["goals"].choices = [(str(goal), name) for goal, name in names]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """The talks are the programme's own."""
        cleaned = super().clean() or self.cleaned_data
        programme = cleaned.get("programme") or getattr(self.instance, "programme", None)
        talks = cleaned.get("talks") or ()
        if programme and any(talk.session.programme_id != programme.pk for talk in talks):
            self.add_error("talks", _("Choose talks of the story’s own programme."))
        self.instance.sdgs = sorted(int(goal) for goal in cleaned.get("goals", ()))
        published = self.instance.published_at or timezone.now()
        self.instance.published_at = published if cleaned.get("is_published") else None
        return cleaned
