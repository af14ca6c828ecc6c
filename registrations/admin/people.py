"""Staff, and the privacy text: for administrators."""

from typing import Any

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from registrations.backoffice import is_administrator
from registrations.models import PrivacyText, Registration, User


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


@admin.register(PrivacyText)
class PrivacyTextAdmin(AdministratorsOnly):
    """Versions; one that somebody agreed to is never changed."""

    list_display = ["version", "published_at"]

    def has_change_permission(self, request: HttpRequest, obj: PrivacyText | None = None) -> bool:
        """While nobody has agreed to it."""
        is_agreed = obj is not None and Registration.objects.filter(privacy_text=obj).exists()
        return super().has_change_permission(request, obj) and not is_agreed

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """The next version."""
        latest = PrivacyText.objects.order_by("version").last()
        return {
            "version": latest.version + 1 if latest else 1,
            "body": latest.body if latest else "",
            "published_at": timezone.now(),
        }
