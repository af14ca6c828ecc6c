"""What people give to check in: the code that is shown, or the address with which they registered."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django import forms
from django.core import signing
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from registrations.forms import address_field, helper

TICKET_LASTS = dt.timedelta(minutes=10)  # time to type an address after a scan
_SALT = "sessions.check_in.ticket"


class CodeForm(forms.Form):
    """The six digits. Any script's digits will do, and any grouping."""

    code = forms.CharField(
        label=gettext_lazy("Code"),
        max_length=20,
        help_text=gettext_lazy("The six digits on the organisers’ screen. They change every 30 seconds."),
        widget=forms.TextInput(
            {"inputmode": "numeric", "autocomplete": "off", "dir": "ltr", "class": "code", "spellcheck": "false"}
        ),
    )

    def __init__(self, data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data)
        self.helper = helper("code", submit=_("Check in"))


class TicketForm(forms.Form):
    """Pressing the button is the answer; the ticket says that the code was scanned in time."""

    ticket = forms.CharField(widget=forms.HiddenInput)

    def clean_ticket(self) -> tuple[int, dt.datetime]:
        """The session's key and the moment of the scan."""
        found = ticket_of(self.cleaned_data["ticket"])
        if found is None:
            raise forms.ValidationError(_("This form was open for too long. Scan the code again."))
        return found


class AddressForm(TicketForm):
    """The address of the registration."""

    email = address_field()

    def __init__(self, data: Mapping[str, Any] | None = None, *, ticket: str = "") -> None:
        super().__init__(data, initial={"ticket": ticket})
        self.fields["email"].help_text = _("The address with which you registered.")
        self.helper = helper("ticket", "email", submit=_("Send me the mail to check in"))
        self.helper.form_action = "../mail/"


def new_ticket(session: int, *, now: dt.datetime) -> str:
    """A signed note that the code of this session was scanned at this moment."""
    return signing.dumps([session, int(now.timestamp())], salt=_SALT)


def ticket_of(text: str) -> tuple[int, dt.datetime] | None:
    """The session's key and the moment (aware) in a ticket; `None` where it is not ours."""
    try:
        session, stamp = signing.loads(text, salt=_SALT, max_age=None)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return int(session), dt.datetime.fromtimestamp(stamp, dt.UTC)
