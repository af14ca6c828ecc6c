"""For how long organisers keep each kind of data."""

from typing import ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from registrations.forms_at_once import AtOnce
from registrations.models import Retention


class RetentionForm(AtOnce, forms.ModelForm):
    """Days after the programme's last day; an empty field keeps the data."""

    class Meta:
        model = Retention
        fields = ("log_days", "mail_days", "text_days", "person_days")
        labels: ClassVar = {
            "log_days": _("Attendance logs"),
            "mail_days": _("Mails"),
            "text_days": _("Answers in people’s own words"),
            "person_days": _("Who people are"),
        }
