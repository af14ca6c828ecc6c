"""What was sent, and what waits for somebody's decision."""

from typing import Any

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from registrations import mail
from registrations.backoffice import ProgrammeFilter, ScopedAdmin
from registrations.errors import Refused
from registrations.models import Bounce, Mail
from registrations.people.letters import RELAYED

NEVER = {"sent_at": None, "doubtful_at": None, "failed_at": None, "held_at": None}
CONDITIONS: dict[str, Q] = {
    Mail.Status.QUEUED: Q(**NEVER, claimed_at=None),
    Mail.Status.SENDING: Q(**NEVER, claimed_at__isnull=False),
    Mail.Status.SENT: Q(sent_at__isnull=False),
    Mail.Status.DOUBTFUL: Q(doubtful_at__isnull=False, sent_at=None),
    Mail.Status.FAILED: Q(failed_at__isnull=False, sent_at=None, doubtful_at=None),
    Mail.Status.HELD: Q(held_at__isnull=False),
}


class MailStatusFilter(admin.SimpleListFilter):
    """By what the moments say."""

    title = _("status")
    parameter_name = "status"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """All of them."""
        return [(status.value, status.label) for status in Mail.Status]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Those in the chosen state."""
        chosen = self.value()
        return queryset.filter(CONDITIONS[chosen]) if chosen in CONDITIONS else queryset


class CameBackFilter(admin.SimpleListFilter):
    """Mail that did not arrive."""

    title = _("came back")
    parameter_name = "returned"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """For good, or for now."""
        return [("hard", _("for good")), ("soft", _("for now"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Those of the kind."""
        return queryset.filter(bounce__is_hard=self.value() == "hard") if self.value() else queryset


@admin.register(Mail)
class MailAdmin(ScopedAdmin[Mail]):
    """To read, and to send again what failed or is in doubt."""

    can_add = False
    can_change = False
    list_display = ["subject", "to", "status_label", "queued_at", "sent_at", "attempts", "error", "came_back"]
    list_filter = [MailStatusFilter, CameBackFilter, ("programme", ProgrammeFilter), "kind"]
    list_select_related = ["bounce"]
    search_fields = ["to", "subject"]
    search_help_text = _("Address or subject")
    list_per_page = 50
    actions = ["send_again"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Mail]:
        """Without the texts, of which a list shows nothing."""
        return super().get_queryset(request).defer("body")

    def get_exclude(self, request: HttpRequest, obj: Mail | None = None) -> list[str]:
        """What a participant wrote to another one is theirs: the text of such a mail is not shown."""
        return ["key", "registration", "body"] if obj and obj.kind in RELAYED else ["key", "registration"]

    @admin.display(description=_("status"))
    def status_label(self, row: Mail) -> str:
        """In words."""
        return str(row.status.label)

    @admin.display(description=_("came back"), empty_value="")
    def came_back(self, row: Mail) -> str | None:
        """Why, if it did."""
        bounce: Bounce | None = getattr(row, "bounce", None)
        return str(bounce) if bounce else None

    @admin.action(description=_("Send again (what failed or is in doubt)"), permissions=["view"])
    def send_again(self, request: HttpRequest, queryset: QuerySet[Mail]) -> None:
        """A person decides that a second copy is better than none."""
        sent = 0
        for row in queryset:
            try:
                mail.send_again(row, now=timezone.now())
                self.log_change(request, row, str(_("Sent again.")))
                sent += 1
            except Refused:
                continue
        words = ngettext(
            "%(sent)s mail is in the queue again; others had not failed.",
            "%(sent)s mails are in the queue again; others had not failed.",
            sent,
        )
        self.message_user(request, words % {"sent": sent})
