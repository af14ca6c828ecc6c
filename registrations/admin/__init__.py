"""The back office of this floor."""

from django.contrib import admin
from django.contrib.auth.models import Group
from django.utils.translation import gettext_lazy as _

from registrations.admin.mail import MailAdmin
from registrations.admin.people import PrivacyTextAdmin, StaffAdmin
from registrations.admin.programme import ProgrammeAdmin
from registrations.admin.registration import RegistrationAdmin

__all__ = ["MailAdmin", "PrivacyTextAdmin", "ProgrammeAdmin", "RegistrationAdmin", "StaffAdmin"]

admin.site.site_title = _("Baraza")
admin.site.site_header = _("Baraza: back office")
admin.site.index_title = _("Programmes and people")
admin.site.unregister(Group)
