"""A code's words, and the books of who coded what."""

from django.contrib import admin
from django.http import HttpRequest

from registrations.backoffice import ScopedAdmin
from surveys.models import Code, Coding


@admin.register(Code)
class CodeAdmin(ScopedAdmin[Code]):
    """The words of a code; codes are made and taken out of use on the page where texts are coded."""

    programme_path = "question__survey__programme"
    can_add = False
    fields = ("question", "name", "label", "definition", "position")
    readonly_fields = ("question", "name")

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Not listed on the index: the codebook leads here."""
        return False


@admin.register(Coding)
class CodingAdmin(ScopedAdmin[Coding]):
    """Every code that was ever given, with who gave it and who took it away; nobody edits it."""

    programme_path = "code__question__survey__programme"
    can_add = False
    can_change = False
    list_display = ("code", "response", "coder", "given_at", "ended_at", "ended_by")
    list_filter = (("code__question", admin.RelatedOnlyFieldListFilter), ("coder", admin.RelatedOnlyFieldListFilter))
    list_select_related = ("code", "response", "coder", "ended_by")
