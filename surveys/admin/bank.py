"""The question bank: administrators edit it, organisers look at it."""

from django.contrib import admin
from django.http import HttpRequest
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from registrations.backoffice import FIELDS, own_titles, user_of
from surveys.models import BankQuestion, Question
from surveys.xlsform.languages import OUR_NAMES


@admin.register(BankQuestion)
class BankQuestionAdmin(admin.ModelAdmin):
    """Entries come from questions of surveys; their key, kind and options never change, their words may."""

    list_display = ("key", "label", "kind_name", "language_codes")
    search_fields = ("key", "label")
    fields = ("key", "kind_name", "label", "hint", "options", "scale", "language_codes", "created_at")
    readonly_fields = ("key", "kind_name", "options", "scale", "language_codes", "created_at")
    formfield_overrides = FIELDS

    def has_module_permission(self, request: HttpRequest) -> bool:
        """As the list itself."""
        return self.has_view_permission(request)

    def has_view_permission(self, request: HttpRequest, obj: BankQuestion | None = None) -> bool:
        """Whoever organises a programme."""
        user = user_of(request)
        return user.is_staff and (user.is_administrator or bool(own_titles(request)))

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Nobody here: a question is put into the bank from a survey."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: BankQuestion | None = None) -> bool:
        """Administrators."""
        return user_of(request).is_staff and user_of(request).is_administrator

    def has_delete_permission(self, request: HttpRequest, obj: BankQuestion | None = None) -> bool:
        """Administrators, while no survey asks it."""
        return self.has_change_permission(request) and (obj is None or not obj.uses.exists())

    @admin.display(description=_("kind"), ordering="kind")
    def kind_name(self, entry: BankQuestion) -> str:
        """The kind in words."""
        return str(dict(Question.Kind.choices).get(entry.kind, entry.kind))

    @admin.display(description=_("options"))
    def options(self, entry: BankQuestion) -> SafeString | str:
        """The options with their values."""
        pairs = [(choice["label"], choice["value"]) for choice in entry.choices]
        return format_html_join("", "<p><bdi>{}</bdi> ({})</p>", pairs) or "–"

    @admin.display(description=_("scale"))
    def scale(self, entry: BankQuestion) -> str:
        """From where to where."""
        if entry.kind != Question.Kind.RATING:
            return "–"
        return f"{entry.parameters.get('start', 1)} – {entry.parameters.get('end', 5)}"

    @admin.display(description=_("languages"))
    def language_codes(self, entry: BankQuestion) -> str:
        """The languages that it is worded in."""
        codes = [entry.language, *sorted(entry.translations)]
        return ", ".join(OUR_NAMES.get(code, code) for code in codes)
