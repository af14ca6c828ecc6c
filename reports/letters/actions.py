"""Texts of mails saved, given back to the built-in ones, and tried out on oneself."""

import datetime as dt
import uuid

from django.db import transaction
from django.utils.translation import gettext as _

from registrations import mail
from registrations.models import Mail, MailText, Programme, User
from registrations.throttle import is_too_often_for
from registrations.wordings import Wording, Words, original
from reports.errors import Refused
from reports.letters.checking import problems_of
from reports.letters.previews import Preview

TESTS_PER_HOUR = 20


@transaction.atomic
def save_text(
    programme: Programme, wording: Wording, words: Words, *, language: str, by: User | None, now: dt.datetime
) -> MailText | None:
    """Send these words from now on; None where they are the built-in ones, of which nothing is kept.

    Raises Refused for words that cannot be sent. Mail that is queued already goes out as it was written.
    """
    problems = problems_of(wording, words)
    if problems:
        raise Refused(" ".join(sentence for sentences in problems.values() for sentence in sentences))
    if words == original(wording, language):
        reset_text(programme, wording, language=language)
        return None
    Programme.objects.filter(pk=programme.pk).update(has_own_words=True)
    values = {"subject": words.subject, "body": words.body, "edited_at": now, "edited_by": by}
    stored, _made = MailText.objects.update_or_create(
        programme=programme, kind=wording.name, language=language, defaults=values
    )
    return stored


def reset_text(programme: Programme, wording: Wording, *, language: str) -> bool:
    """Send the built-in words again; whether there were others."""
    own = MailText.objects.filter(programme=programme, kind=wording.name, language=language)
    return bool(own.delete()[0])


def send_test(programme: Programme, preview: Preview, *, to: User, now: dt.datetime) -> Mail:
    """Queue the mail as it was shown to whoever wrote it, marked as a test.

    Raises Refused where the user has no address or has sent many tests, or where no mail leaves for the programme.
    """
    if not to.email:
        raise Refused(_("Your account has no e-mail address. An administrator can enter one."))
    if programme.is_synthetic:
        raise Refused(_("No mail leaves for a programme whose people were made up, not even a test."))
    if is_too_often_for(str(to.pk), "mail_test", limit=TESTS_PER_HOUR, seconds=3600):
        raise Refused(_("You have sent many tests in the last hour. Wait a little, or look at the preview."))
    warning = _("This is a test, sent to you alone. The personal links in it lead nowhere.")
    draft = mail.draft_to_team(
        mail.TEST,
        programme=programme,
        to=to.email,
        language=preview.language,
        subject=_("Test: %(subject)s") % {"subject": preview.subject},
        body=f"{warning}\n\n{preview.text}",
        key=f"test:{uuid.uuid4()}",
        now=now,
    )
    mail.queue_many([draft])
    return draft
