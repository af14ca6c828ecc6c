"""What organisers say of a file of attendance: the file, whose clock it shows, its columns, the order of its dates."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, cast

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from registrations.selects import QuickSelect
from registrations.zones import zone_names
from sessions.readers import Order, Reason, Sheet
from sessions.readers.limits import MAX_BYTES
from sessions.readers.mapped import Mapping
from sessions.refusals import sentence

MOST_FILES = 20
COLUMNS_SHOWN = 40
NOTHING = ""
# What a column can be. Several columns may hold arrivals, departures and marks; of the others there is one.
USES = [
    (NOTHING, gettext_lazy("not needed")),
    ("name", gettext_lazy("whole name")),
    ("given", gettext_lazy("given name")),
    ("family", gettext_lazy("family name")),
    ("email", gettext_lazy("e-mail")),
    ("joined", gettext_lazy("time of arrival")),
    ("left", gettext_lazy("time of departure")),
    ("duration", gettext_lazy("duration")),
    ("marks", gettext_lazy("mark of presence")),
    ("date", gettext_lazy("date")),
]
SEVERAL = ("joined", "left", "marks")


def zone_choices() -> list[tuple[str, str]]:
    """Every zone, UTC first."""
    return [("UTC", "UTC"), *((name, name.replace("_", " ")) for name in zone_names())]


class ManyFilesInput(forms.ClearableFileInput):
    """A field that takes several files at once."""

    allow_multiple_selected = True


class ManyFilesField(forms.FileField):
    """Several files; each is looked at by its size before a byte is read."""

    widget = ManyFilesInput

    def clean(self, data: Any, initial: Any = None) -> Any:
        """The files. Too many or too large a one is refused with a sentence that names it."""
        files = data if isinstance(data, list | tuple) else [data] if data else []
        if not files:
            raise forms.ValidationError(_("Choose a file."))
        if len(files) > MOST_FILES:
            raise forms.ValidationError(_("Choose at most %(most)s files at once.") % {"most": MOST_FILES})
        cleaned = [cast(UploadedFile, super(ManyFilesField, self).clean(file, initial)) for file in files]
        for file in cleaned:
            if (file.size or 0) > MAX_BYTES:
                reason = sentence(Reason.TOO_BIG, {"megabytes": MAX_BYTES // 1024**2})
                raise forms.ValidationError(f"{file.name}: {reason}" if len(cleaned) > 1 else reason)
        return cleaned


class UploadForm(forms.Form):
    """Files of attendance, and whose clock they show."""

    files: Any = ManyFilesField(
        label=gettext_lazy("Reports or lists of attendance"),
        help_text=gettext_lazy(
            "Drop them here, as the platform exported them: Zoom, Teams, Google Meet, Webex, BigBlueButton, GoToWebinar, "
            "Tencent Meeting, Livestorm, or any sign-in sheet as CSV or XLSX."
        ),
        allow_empty_file=True,
    )
    time_zone = forms.ChoiceField(
        label=gettext_lazy("Time zone of the files"),
        help_text=gettext_lazy("Most reports do not say it: it is the zone of the account that exported them."),
        choices=zone_choices,
        widget=QuickSelect,
    )


class ZoneForm(forms.Form):
    """Whose clock a file shows."""

    time_zone = forms.ChoiceField(label=gettext_lazy("Time zone of the file"), choices=zone_choices, widget=QuickSelect)


class OrderForm(forms.Form):
    """Whether the day or the month comes first."""

    order = forms.ChoiceField(
        label=gettext_lazy("Order of the dates"),
        choices=[
            (Order.DAY_FIRST.value, gettext_lazy("the day comes first")),
            (Order.MONTH_FIRST.value, gettext_lazy("the month comes first")),
        ],
        widget=forms.RadioSelect,
    )

    def clean_order(self) -> Order:
        """The order."""
        return Order(self.cleaned_data["order"])


class ColumnsForm(forms.Form):
    """Which column is what. `mapping` is what was guessed or said before; `chosen` is what this form says."""

    head = forms.IntegerField(
        label=gettext_lazy("Line with the headings"),
        help_text=gettext_lazy("0 where there are none."),
        min_value=0,
        max_value=1_000_000,
    )
    order = forms.ChoiceField(
        label=gettext_lazy("Order of the dates"),
        choices=[
            (NOTHING, gettext_lazy("as the file shows")),
            (Order.DAY_FIRST.value, gettext_lazy("the day comes first")),
            (Order.MONTH_FIRST.value, gettext_lazy("the month comes first")),
        ],
        required=False,
    )
    unit = forms.ChoiceField(
        label=gettext_lazy("A plain number as a duration means"),
        choices=[("1", gettext_lazy("seconds")), ("60", gettext_lazy("minutes")), ("3600", gettext_lazy("hours"))],
    )

    def __init__(self, sheets: Sequence[Sheet], mapping: Mapping, *args: Any, **kwargs: Any) -> None:
        initial = {
            "head": mapping.head,
            "order": mapping.order or NOTHING,
            "unit": str(mapping.unit),
            "sheet": mapping.sheet,
        }
        super().__init__(*args, **{"initial": initial, **kwargs})
        self.mapping, self.sheets = mapping, sheets
        self.fields["sheet"] = forms.ChoiceField(
            label=_("Sheet"),
            choices=[(NOTHING, _("every sheet like this one")), *((each.title, each.title) for each in sheets)],
            required=False,
            widget=forms.Select if len(sheets) > 1 else forms.HiddenInput,
        )
        self.width = min(COLUMNS_SHOWN, max((len(cells) for _line, cells in self.sheet.rows[:50]), default=0))
        for at in range(self.width):
            self.fields[f"column_{at}"] = forms.ChoiceField(
                label=_("Column %(number)s") % {"number": at + 1},
                choices=USES,
                required=False,
                initial=use_in(mapping, at),
            )

    @property
    def sheet(self) -> Sheet:
        """The sheet that is shown: the one chosen, else the first that is like the guess."""
        wanted = self.data.get("sheet", self.mapping.sheet) if self.is_bound else self.mapping.sheet
        return next((each for each in self.sheets if each.title == wanted), self.sheets[0])

    @property
    def columns(self) -> list[forms.BoundField]:
        """The selects, one a column."""
        return [self[f"column_{at}"] for at in range(self.width)]

    def clean(self) -> dict[str, Any]:
        """The mapping, as `chosen`. Refuses what could not be read, and says why."""
        cleaned = super().clean() or self.cleaned_data
        if self.errors:
            return cleaned
        places: dict[str, list[int]] = {}
        for at in range(self.width):
            places.setdefault(cleaned.get(f"column_{at}") or NOTHING, []).append(at)
        self._refuse_doubles(places)
        chosen = replace(
            self.mapping,
            sheet=cleaned.get("sheet") or "",
            head=cleaned["head"],
            head_lines=self.mapping.head_lines if cleaned["head"] == self.mapping.head else 1,
            unit=int(cleaned["unit"]),
            order=Order(cleaned["order"]) if cleaned.get("order") else None,
            **told(places),
        )
        if not chosen.has_identity:
            self.add_error(None, _("Say which column holds the name or the e-mail: without it nobody can be found."))
        cleaned["chosen"] = chosen
        return cleaned

    def _refuse_doubles(self, places: dict[str, list[int]]) -> None:
        labels = dict(USES)
        for use, columns in places.items():
            if use and use not in SEVERAL and len(columns) > 1:
                numbers = ", ".join(str(at + 1) for at in columns)
                self.add_error(
                    f"column_{columns[1]}",
                    _("Only one column can be “%(use)s”; columns %(numbers)s are.")
                    % {"use": labels[use], "numbers": numbers},
                )
        if "name" in places and ("given" in places or "family" in places):
            self.add_error(
                None,
                _("Choose either the whole name or given and family name, not both: the other would be read twice."),
            )


def told(places: dict[str, list[int]]) -> dict[str, Any]:
    """The columns of a mapping: several for some uses, one or none for the others."""
    several = {use: tuple(places.get(use, ())) for use in SEVERAL}
    single = {use: places[use][0] if use in places else None for use, _label in USES if use and use not in SEVERAL}
    return {**several, **single}


def use_in(mapping: Mapping, at: int) -> str:
    """What a mapping says of a column."""
    for use, _label in USES:
        if use and use not in SEVERAL and getattr(mapping, use) == at:
            return use
    return next((use for use in SEVERAL if at in getattr(mapping, use)), NOTHING)
