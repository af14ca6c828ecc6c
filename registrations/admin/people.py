"""Staff, and the privacy text: for administrators."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin
from django.contrib.admin.widgets import AdminTextareaWidget
from django.contrib.auth.admin import UserAdmin
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from registrations.backoffice import is_administrator
from registrations.models import Consent, PrivacyText, Registration, User


class AdministratorsOnly(admin.ModelAdmin):
    """Nobody else sees that it exists."""

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Administrators."""
        return is_administrator(request)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Administrators."""
        return is_administrator(request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Administrators."""
        return is_administrator(request)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Administrators."""
        return is_administrator(request)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody: what people did stays on record. A member of staff who left is made inactive."""
        return False


@admin.register(User)
class StaffAdmin(AdministratorsOnly, UserAdmin):
    """Accounts; which programmes they see is decided on each programme's page."""

    list_display = ["username", "email", "first_name", "last_name", "is_active", "is_superuser"]
    list_filter = ["is_active", "is_superuser"]
    filter_horizontal = []
    fieldsets = [
        (None, {"fields": ["username", "password"]}),
        (_("Person"), {"fields": ["first_name", "last_name", "email"]}),
        (
            _("What the person may do"),
            {
                "description": _("A superuser is an administrator. Others get programmes through the team of each."),
                "fields": ["is_active", "is_staff", "is_superuser"],
            },
        ),
    ]
    add_fieldsets = [
        (
            None,
            {
                "classes": ["wide"],
                "fields": [
                    "username",
                    "email",
                    "usable_password",
                    "password1",
                    "password2",
                    "is_staff",
                    "is_superuser",
                ],
            },
        )
    ]

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """Whoever gets an account works here."""
        return {"is_staff": True}


OTHER_LANGUAGES = {f"body_{code.replace('-', '_')}": code for code, _name in settings.LANGUAGES if code != "en"}


class PrivacyTextForm(forms.ModelForm):
    """A version and what it says in other languages. What somebody may have agreed to cannot be changed."""

    body_ar = forms.CharField(label=_("Arabic"), required=False, widget=AdminTextareaWidget)
    body_zh_hans = forms.CharField(label=_("Chinese"), required=False, widget=AdminTextareaWidget)
    body_fr = forms.CharField(label=_("French"), required=False, widget=AdminTextareaWidget)
    body_ru = forms.CharField(label=_("Russian"), required=False, widget=AdminTextareaWidget)
    body_es = forms.CharField(label=_("Spanish"), required=False, widget=AdminTextareaWidget)

    class Meta:
        model = PrivacyText
        fields = ["version", "published_at", "body"]

    def __init__(self, *args: Any, **options: Any) -> None:
        """Filled with the versions that there are."""
        super().__init__(*args, **options)
        is_agreed = bool(self.instance.pk) and _is_agreed(self.instance)
        for name, field in self.fields.items():
            told = self.instance.entered("body", OTHER_LANGUAGES[name]) if name in OTHER_LANGUAGES else ""
            field.initial = told or field.initial
            field.disabled = is_agreed and (name not in OTHER_LANGUAGES or bool(told))

    def clean(self) -> dict[str, Any]:
        """The versions in other languages go where texts have them."""
        values = super().clean() or self.cleaned_data
        told = {code: values.get(name, "").strip() for name, code in OTHER_LANGUAGES.items()}
        self.instance.translations = {code: {"body": text} for code, text in told.items() if text}
        return values


def _is_agreed(text: PrivacyText) -> bool:
    archived = Consent.objects.filter(privacy_text=text)
    return Registration.objects.filter(privacy_text=text).exists() or archived.exists()


@admin.register(PrivacyText)
class PrivacyTextAdmin(AdministratorsOnly):
    """Versions; one that somebody agreed to is never changed, but can be read in more languages."""

    form = PrivacyTextForm
    list_display = ["version", "published_at"]
    fieldsets = [
        (None, {"fields": ["version", "published_at", "body"]}),
        (_("Versions in other languages"), {"fields": [*OTHER_LANGUAGES]}),
    ]

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """The next version."""
        latest = PrivacyText.objects.order_by("version").last()
        return {
            "version": latest.version + 1 if latest else 1,
            "body": latest.body if latest else "",
            "published_at": timezone.now(),
        }
