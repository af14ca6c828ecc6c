"""What organisers say of a file of responses: the file, what its columns are, how its dates are read."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from registrations.zones import zone_names
from surveys.import_words import USE_NAMES, use_name
from surveys.importing.asked import Asked
from surveys.importing.mapping import IGNORED, OPTION, QUESTION, SPECIAL, UNDECIDED, ColumnMapping
from surveys.importing.table import MAX_BYTES

LONGEST_LABEL = 60


class UploadForm(forms.Form):
    """A file of responses."""

    file = forms.FileField(
        label=gettext_lazy("Responses as CSV or XLSX"),
        help_text=gettext_lazy(
            "As KoboToolbox, LimeSurvey, Google Forms or Microsoft Forms exported them, or any table whose columns are "
            "named like the questions."
        ),
        allow_empty_file=True,
    )

    def clean_file(self) -> Any:
        """The file. One that is too large is refused before a byte of it is read."""
        file = self.cleaned_data["file"]
        if (file.size or 0) > MAX_BYTES:
            raise forms.ValidationError(
                _("The file is larger than %(megabytes)s MB. Split it.") % {"megabytes": MAX_BYTES // 1024**2}
            )
        return file


class ColumnsForm(forms.Form):
    """Which column is what. ``chosen`` in the cleaned data is the mapping that it says."""

    order = forms.ChoiceField(
        label=gettext_lazy("Dates such as 03/04/2026"),
        choices=[
            ("", gettext_lazy("as the file shows")),
            ("DMY", gettext_lazy("the day comes first")),
            ("MDY", gettext_lazy("the month comes first")),
        ],
        required=False,
    )
    time_zone = forms.ChoiceField(label=gettext_lazy("Clock of the moments"), required=False)
    accepts_outside = forms.BooleanField(
        label=gettext_lazy("Take values that a question does not offer"),
        help_text=gettext_lazy("They are counted apart and belong to no share."),
        required=False,
    )

    def __init__(
        self, heads: Sequence[str], asked: Sequence[Asked], mapping: ColumnMapping, *args: Any, **kwargs: Any
    ) -> None:
        super().__init__(*args, **{"initial": {"order": mapping.order, "time_zone": mapping.time_zone}, **kwargs})
        self.heads, self.mapping = heads, mapping
        zone: Any = self.fields["time_zone"]
        zone.choices = [("", _("the programme’s")), ("UTC", "UTC"), *((name, name) for name in zone_names())]
        choices = use_choices(asked)
        for at, head in enumerate(heads):
            decided = mapping.uses[at] if at < len(mapping.uses) else UNDECIDED
            self.fields[f"column_{at}"] = forms.ChoiceField(
                label=head or _("Column %(number)s") % {"number": at + 1},
                choices=[(UNDECIDED, _("– please choose –")), *choices] if decided == UNDECIDED else choices,
                required=False,
                initial=decided,
            )

    @property
    def columns(self) -> list[forms.BoundField]:
        """The selects, one a column."""
        return [self[f"column_{at}"] for at in range(len(self.heads))]

    def clean(self) -> dict[str, Any]:
        """The mapping, as `chosen`."""
        cleaned = super().clean() or self.cleaned_data
        if self.errors:
            return cleaned
        uses = tuple(cleaned.get(f"column_{at}") or IGNORED for at in range(len(self.heads)))
        chosen = ColumnMapping(uses, cleaned.get("order") or "", cleaned.get("time_zone") or "")
        for at in chosen.undecided:
            self.add_error(f"column_{at}", _("Choose a question, or leave the column out."))
        for use in chosen.twice():
            places = [at for at, each in enumerate(uses) if each == use]
            self.add_error(f"column_{places[-1]}", _("Only one column can be “%(use)s”.") % {"use": use_name(use)})
        if not chosen.questions() and not chosen.ticks():
            self.add_error(None, _("Say of at least one column which question it answers."))
        cleaned["chosen"] = chosen
        return cleaned


def use_choices(asked: Sequence[Asked]) -> list[tuple[str, Any]]:
    """Everything that a column can be, in groups."""
    questions = [(QUESTION + each.name, f"{each.name} – {_short(each.labels)}") for each in asked]
    ticks = [
        (f"{OPTION}{each.name}:{value}", f"{each.name} / {value} – {_short(labels)}")
        for each in asked
        if each.takes_several
        for value, labels in each.options.items()
    ]
    beside = [(use, _(USE_NAMES[use])) for use in SPECIAL]
    groups: list[tuple[str, Any]] = [(IGNORED, _("left out")), (_("Questions"), questions)]
    if ticks:
        groups.append((_("Ticks of one option"), ticks))
    return [*groups, (_("Beside the answers"), beside)]


def _short(labels: Sequence[str]) -> str:
    label = labels[0] if labels else ""
    return label if len(label) <= LONGEST_LABEL else f"{label[:LONGEST_LABEL]}…"
