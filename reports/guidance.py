"""The next step of a programme in one sentence, with the button that does it."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timesince import timesince
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from registrations import kept
from registrations.models import Programme
from reports.stages import Facts, Step
from surveys.wording import number_text


@dataclass(frozen=True, slots=True)
class Guidance:
    """What is to be done next. No address: it is only waited for. `is_deed`: the button itself does it, by POST."""

    sentence: str
    button: str = ""
    address: str = ""
    is_deed: bool = False


def guidance(step: Step, programme: Programme, facts: Facts) -> Guidance:
    """The sentence and the button of a step."""
    return _GUIDES[step](programme, facts)


def sentence(step: Step, programme: Programme, facts: Facts, *, now: dt.datetime) -> str:
    """The step in one sentence, for a list of programmes; with what is to be known of figures that are old or not there."""
    found, age = guidance(step, programme, facts).sentence, kept.Age.of(programme, now=now)
    if not facts.is_counted and step is not Step.WAIT_FOR_COUNT:
        return f"{found} {_('(Everybody is being counted.)')}"
    if age is None or age.counted_at is None or not age.is_old:
        return found
    return f"{found} {_('(Figures of %(ago)s ago.)') % {'ago': timesince(age.counted_at, now)}}"


def list_of(name: str, programme: Programme) -> str:
    """The address of a list of the back office with the rows of this programme only."""
    return f"{reverse(f'admin:{name}_changelist')}?programme__id__exact={programme.pk}"


def broken_certificates(programme: Programme) -> str:
    """The address of the list of certificates whose PDF could not be made."""
    return f"{reverse('admin:certificates_certificate_changelist')}?programme={programme.pk}&state=broken"


def broken_text(facts: Facts) -> str:
    """How many those are, in a sentence."""
    return ngettext(
        "%(n)s certificate is recorded, but its PDF could not be made.",
        "%(n)s certificates are recorded, but their PDFs could not be made.",
        facts.certificates_broken,
    ) % {"n": number_text(facts.certificates_broken)}


def day(moment: dt.datetime, programme: Programme) -> str:
    """A day as the programme's own clock shows it."""
    return date_format(moment.astimezone(programme.zone), "DATE_FORMAT")


def _add_sessions(programme: Programme, facts: Facts) -> Guidance:
    address = f"{reverse('admin:training_sessions_trainingsession_add')}?programme={programme.pk}"
    return Guidance(_("Enter the sessions: when they take place and what they are about."), _("Add a session"), address)


def _publish_programme(programme: Programme, facts: Facts) -> Guidance:
    return Guidance(
        _("Nobody outside the team sees this programme yet. Read it through once more, then publish it."),
        _("Publish the programme"),
        reverse("admin:reports_workspace_publish", args=[programme.pk]),
        is_deed=True,
    )


def _set_rule(programme: Programme, facts: Facts) -> Guidance:
    return Guidance(
        _("Say what a certificate asks for, so that participants know from the start."),
        _("Set the completion rule"),
        reverse("admin:certificates_rule", args=[programme.pk]),
    )


def _make_survey(programme: Programme, facts: Facts) -> Guidance:
    address = f"{reverse('admin:surveys_survey_add')}?programme={programme.pk}"
    return Guidance(_("Prepare the survey that participants answer after the course."), _("Add a survey"), address)


def _record_attendance(programme: Programme, facts: Facts) -> Guidance:
    missing = facts.sessions_unrecorded
    text = ngettext(
        "%(n)s session is over and has no attendance yet: upload the report of the meeting platform.",
        "%(n)s sessions are over and have no attendance yet: upload the reports of the meeting platform.",
        missing,
    ) % {"n": number_text(missing)}
    page = "admin:training_sessions_trainingsession_attendance"
    return Guidance(text, _("Record attendance"), reverse(page, args=[facts.first_unrecorded]))


def _look_at_files(programme: Programme, facts: Facts) -> Guidance:
    text = ngettext(
        "%(n)s file of attendance waits for you: look at what it would change, and let it count.",
        "%(n)s files of attendance wait for you: look at what they would change, and let them count.",
        facts.files_waiting,
    ) % {"n": number_text(facts.files_waiting)}
    return Guidance(text, _("Look at the files"), reverse("admin:training_sessions_files", args=[programme.pk]))


def _confirm_names(programme: Programme, facts: Facts) -> Guidance:
    text = ngettext(
        "%(n)s name in the files is likely a registered person’s: say whether it is.",
        "%(n)s names in the files are likely registered people’s: say whether they are.",
        facts.names_likely,
    ) % {"n": number_text(facts.names_likely)}
    return Guidance(text, _("Review the names"), reverse("admin:training_sessions_review", args=[programme.pk]))


def _answer_corrections(programme: Programme, facts: Facts) -> Guidance:
    text = ngettext(
        "%(n)s participant asks for a correction of the minutes.",
        "%(n)s requests for correction of minutes wait for an answer.",
        facts.corrections_waiting,
    ) % {"n": number_text(facts.corrections_waiting)}
    return Guidance(text, _("Answer"), reverse("admin:training_sessions_corrections", args=[programme.pk]))


def _issue_certificates(programme: Programme, facts: Facts) -> Guidance:
    text = _("People have earned their certificate and wait for it.")
    if facts.completed:
        text = ngettext(
            "%(n)s person has earned a certificate and waits for it.",
            "%(n)s people have earned their certificate and wait for it.",
            facts.due,
        ) % {"n": number_text(facts.due)}
    return Guidance(text, _("Issue certificates"), reverse("admin:certificates_issue", args=[programme.pk]))


def _mend_certificates(programme: Programme, facts: Facts) -> Guidance:
    return Guidance(broken_text(facts), _("See which"), broken_certificates(programme))


def _publish_results(programme: Programme, facts: Facts) -> Guidance:
    return Guidance(
        _("Everything is in. Look at the results and publish them."),
        _("Preview the results"),
        reverse("admin:reports_workspace_results", args=[programme.pk]),
    )


def _wait_for_opening(programme: Programme, facts: Facts) -> Guidance:
    opens = day(programme.registration_opens_at, programme)
    text = _("All is prepared. Registration opens on %(day)s.") % {"day": opens}
    return Guidance(text, _("Look at the programme’s page"), _public(programme))


def _wait_for_registrations(programme: Programme, facts: Facts) -> Guidance:
    closes = day(programme.registration_closes_at, programme)
    text = _("Registration is open until %(day)s. Make the programme’s page known.") % {"day": closes}
    return Guidance(text, _("Look at the programme’s page"), _public(programme))


def _wait_for_sessions(programme: Programme, facts: Facts) -> Guidance:
    left = facts.sessions - facts.sessions_held
    text = ngettext("%(n)s session is still to come.", "%(n)s sessions are still to come.", left)
    return Guidance(text % {"n": number_text(left)})


def _wait_for_work(programme: Programme, facts: Facts) -> Guidance:
    return Guidance(_("Work is under way. This page looks again every few seconds; you can leave it."))


def _wait_for_count(programme: Programme, facts: Facts) -> Guidance:
    return Guidance(_("Everybody is being counted in the background. What is to be done next is known after it."))


def _wait_for_survey(programme: Programme, facts: Facts) -> Guidance:
    if facts.survey_closes_at is None:
        return _nothing(programme, facts)
    text = _("The survey is open until %(day)s. Results come after it.") % {
        "day": day(facts.survey_closes_at, programme)
    }
    return Guidance(text, _("See the answers"), reverse("admin:surveys_survey_dashboard", args=[facts.last_survey]))


def _nothing(programme: Programme, facts: Facts) -> Guidance:
    if not facts.edition:
        return Guidance(_("Nothing is to be done now."))
    address = reverse("results_page", args=[programme.slug])
    return Guidance(_("The programme is complete and its results are public."), _("See the results"), address)


def _public(programme: Programme) -> str:
    return reverse("programme_page", args=[programme.slug])


_GUIDES: dict[Step, Callable[[Programme, Facts], Guidance]] = {
    Step.ADD_SESSIONS: _add_sessions,
    Step.PUBLISH_PROGRAMME: _publish_programme,
    Step.SET_RULE: _set_rule,
    Step.MAKE_SURVEY: _make_survey,
    Step.LOOK_AT_FILES: _look_at_files,
    Step.RECORD_ATTENDANCE: _record_attendance,
    Step.CONFIRM_NAMES: _confirm_names,
    Step.ANSWER_CORRECTIONS: _answer_corrections,
    Step.ISSUE_CERTIFICATES: _issue_certificates,
    Step.MEND_CERTIFICATES: _mend_certificates,
    Step.PUBLISH_RESULTS: _publish_results,
    Step.WAIT_FOR_OPENING: _wait_for_opening,
    Step.WAIT_FOR_REGISTRATIONS: _wait_for_registrations,
    Step.WAIT_FOR_SESSIONS: _wait_for_sessions,
    Step.WAIT_FOR_WORK: _wait_for_work,
    Step.WAIT_FOR_COUNT: _wait_for_count,
    Step.WAIT_FOR_SURVEY: _wait_for_survey,
    Step.NOTHING: _nothing,
}
