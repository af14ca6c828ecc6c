"""Removes a synthetic cohort, all of it, and never a real person."""

from django.db import transaction
from django.utils.translation import gettext as _

from certificates.models import (
    Acceptance,
    Certificate,
    CertificateFile,
    Confirmation,
    IssueRun,
    Override,
    SerialCounter,
)
from registrations.models import Mail, Programme, Registration
from reports.cohort.people import MADE_UP
from reports.errors import Refused
from reports.models import ResultsReport
from sessions.models import Attendance, AttendanceEvent, AttendanceIdentity, AttendanceImport, AudienceFigure, Speaker
from surveys.columns import forget
from surveys.models import AnsweredMark, Response


@transaction.atomic
def remove_people(programme: Programme) -> None:
    """Take everything away that a synthetic cohort left; raises `Refused` where the programme's people are real."""
    people = Registration.objects.for_programme(programme)
    real = people.exclude(email__endswith=MADE_UP) if programme.is_synthetic else people
    if real.exists():
        raise Refused(
            _("“%(programme)s” has registrations of real people. A synthetic cohort is never mixed with them.")
            % {"programme": programme}
        )
    ResultsReport.objects.filter(programme=programme).delete()
    CertificateFile.objects.filter(certificate__registration__programme=programme).delete()
    Certificate.objects.for_programme(programme).filter(supersedes__isnull=False).update(supersedes=None)
    Certificate.objects.for_programme(programme).delete()
    IssueRun.objects.filter(programme=programme).delete()
    SerialCounter.objects.filter(programme=programme).delete()
    for decisions in (Acceptance, Confirmation, Override):
        decisions.objects.for_programme(programme).delete()
    Response.objects.for_programme(programme).delete()
    for survey in programme.surveys.all():
        forget(survey)
    AnsweredMark.objects.for_programme(programme).delete()
    Attendance.objects.for_programme(programme).delete()
    AttendanceEvent.objects.filter(programme=programme).delete()
    AttendanceImport.objects.filter(programme=programme).delete()
    AttendanceIdentity.objects.for_programme(programme).delete()
    AudienceFigure.objects.filter(session__programme=programme).delete()
    for speaker in Speaker.objects.filter(programme=programme, is_synthetic=True):
        speaker.appearances.all().delete()
        speaker.delete()
    Mail.objects.filter(programme=programme).delete()
    people.delete()
    Programme.objects.filter(pk=programme.pk).update(seats_taken=0, synthetic_seed=None)
