"""Every page that a visitor or a participant can open, with rows behind it in scripts of both directions.

A page that is new gets one line in `_addresses`: the tests of languages and of accessibility then visit it in all six.
"""

import datetime as dt
from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse

from registrations import changing_address
from registrations.confirming import confirming_link
from registrations.models import Mail, PrivacyText, Profile, Programme, Registration, Topic
from registrations.people import contacts
from registrations.stopping import stop_address
from reports.actions import publish_results
from reports.library.index import index_library
from reports.library.models import Story
from sessions import codes
from sessions.models import Material, MaterialFile
from tests.certificates_factories import CertificateFactory, CompletionRuleFactory
from tests.check_in_factories import CheckInDeskFactory, CheckInFactory, CorrectionRequestFactory
from tests.registrations_factories import (
    NOW,
    MailFactory,
    PartnerFactory,
    PrivacyTextFactory,
    ProgrammeFactory,
    RegistrationFactory,
    member,
)
from tests.reports_factories import cohort
from tests.sessions_factories import (
    AppearanceFactory,
    AttendanceFactory,
    AttendanceRowFactory,
    SessionLanguageFactory,
    TrainingSessionFactory,
)
from tests.surveys_factories import ChoiceFactory, GroupFactory, QuestionFactory, SurveyFactory

HOUR = dt.timedelta(hours=1)
LATIN_NAME, ARABIC_NAME, CHINESE_NAME = "Wanjirũ Mwangi (2nd)", "ليلى الحسن", "王 小明"
TITLE = "Trade across borders (2026): e-commerce!"


@dataclass(frozen=True, slots=True)
class Cast:
    """The programmes and people whose pages are visited."""

    running: Programme  # registration open, one session over, one running, one ahead
    over: Programme  # with results, in two editions, and talks in the library
    seated: Registration
    pending: Registration
    waiting: Registration
    withdrawn: Registration
    graduate: Registration
    corrected: Registration


def participant_pages() -> dict[str, str]:
    """The path of each page by a short name. The clock stands at NOW."""
    PrivacyText.objects.all().delete()
    PrivacyTextFactory(body="What happens to your data.\n\nIt is kept until 31.12.2027 (https://example.org/privacy).")
    running, over = _running_programme(), _programme_that_is_over()
    people = {
        "seated": _met_by_others(running),
        "pending": RegistrationFactory(programme=running, pending=True),
        "waiting": RegistrationFactory(programme=running, waiting=True, printed_name=ARABIC_NAME),
        "withdrawn": RegistrationFactory(programme=running, withdrawn=True, printed_name=CHINESE_NAME),
        "graduate": RegistrationFactory(programme=over, printed_name=ARABIC_NAME),
        "corrected": RegistrationFactory(programme=over, printed_name=LATIN_NAME),
    }
    cast = Cast(running=running, over=over, **people)
    _give_attendance(cast)
    return _addresses(cast, survey=_survey(running), certificates=_certificates(cast))


def _running_programme() -> Programme:
    programme = ProgrammeFactory(
        title=TITLE,
        summary="How small firms sell abroad, in 3 sessions over 1 week (10:00–11:30).",
        background="A first paragraph about the reasons: 73.5% of 1,200 firms.\n\nA second one about the hosts.",
        objectives="Understand how it works.\nKnow the policies that helped (since 2015).\nMeet partners.",
        audience="Policy makers, practitioners and entrepreneurs.",
        interpretation_languages=["ar", "fr", "ru", "es", "zh-hans"],
        capacity=1200,
        contact_name="Amina O. (office)",
        contact_email="contact@example.org",
        start_date=NOW.date() - dt.timedelta(days=1),
        directory_opened_at=NOW,
        end_date=NOW.date() + dt.timedelta(days=5),
    )
    PartnerFactory(
        programme=programme, name="Institute of Trade (ITC)", description="It teaches.", url="https://example.org/"
    )
    CompletionRuleFactory(programme=programme)
    for days, theme in enumerate(
        ("Payments & duties (part 1)", "Selling by phone: 2 cases", "What is next?"), start=-1
    ):
        starts_at = NOW + dt.timedelta(days=days) - HOUR / 2
        session = TrainingSessionFactory(
            programme=programme, theme=theme, starts_at=starts_at, ends_at=starts_at + 2 * HOUR, description="Cases."
        )
        AppearanceFactory(session=session, speaker__name="Dr. José Núñez, Jr.", talk="Duties: 5% or 10%?")
        SessionLanguageFactory(session=session, channel="Français (2)")
        SessionLanguageFactory(session=session, language="en", is_floor=True)
        material = Material.objects.create(
            session=session, kind="slides", title="Slides (v2)", rights="CC BY 4.0", source="ITC", published_at=NOW
        )
        MaterialFile.objects.create(material=material, language="en", link="https://example.org/slides.pdf")
    return programme


def _programme_that_is_over() -> Programme:
    """Sixty people who attended and answered, its results in two editions, a talk and a story."""
    programme, _people = cohort(60)
    past = {"start_date": NOW.date() - dt.timedelta(days=30), "end_date": NOW.date() - dt.timedelta(days=10)}
    Programme.objects.filter(pk=programme.pk).update(title=f"{TITLE} – 1", **past)
    programme.refresh_from_db()
    programme.sessions.update(starts_at=NOW - dt.timedelta(days=20), ends_at=NOW - dt.timedelta(days=20) + 2 * HOUR)
    CompletionRuleFactory(programme=programme)
    publish_results(programme, by=None, now=NOW)
    programme.sessions.filter(number=1).update(theme="Theme 1 (held twice)")
    publish_results(programme, by=None, now=NOW)
    session = programme.sessions.get(number=1)
    talk = AppearanceFactory(session=session, talk="Harbours (since 1999)", role="speaker", speaker__name=LATIN_NAME)
    story = Story.objects.create(
        programme=programme,
        slug="a-way",
        title="A way: 12 harbours",
        challenge="Hard.",
        solution="Easy: 5 steps.",
        city="Nairobi",
        country="KE",
        sdgs=[8, 17],
        source="Report (2020), p. 12",
        published_at=NOW,
    )
    story.talks.add(talk)
    index_library(now=NOW)
    return programme


def _met_by_others(programme: Programme) -> Registration:
    """Somebody in the directory whom two others ask for contact, one of them with success."""
    known = {"offers": ["Selling by phone (3 years)"], "needs": ["Customs: 5%"], "contact": "+221 77 000 (mobile)"}
    person = member(programme, printed_name=LATIN_NAME, city="Thika (Kiambu)", about="I sell (online).", **known)
    asking = [member(programme, printed_name=name, **known) for name in (ARABIC_NAME, CHINESE_NAME)]
    waiting, agreed = (contacts.ask(one.registration, person, sentence="I do, too (2x).", now=NOW) for one in asking)
    contacts.agree(agreed, by=person.registration, now=NOW)
    changing_address.ask(waiting.sender, "another@example.org", now=NOW)
    return person.registration


def _give_attendance(cast: Cast) -> None:
    """Minutes of the session that is over, a request for more, one check-in typed and one scanned."""
    first, running, _ahead = cast.running.sessions.order_by("number")
    AttendanceFactory(session=first, registration=cast.seated, seconds=5400)
    AttendanceFactory(session=first, registration=cast.seated, source="check_in", seconds=600)
    AttendanceRowFactory(attendance_import__session=first, registration=cast.seated, name="Wanjiru (phone)")
    CorrectionRequestFactory(session=first, registration=cast.seated, sentence="I was there (from 12:05)!")
    CheckInDeskFactory(session=running)
    CheckInFactory(session=running, registration=cast.waiting, confirmed_at=None)
    MailFactory(registration=cast.seated, subject="Your session (2) starts: 14:30")


def _survey(programme: Programme) -> str:
    """The form id of a survey of two pages with a question of each kind; the first person has begun to answer it."""
    survey = SurveyFactory(
        programme=programme, title="Your view (2026)", introduction="5 minutes.", thanks="Thanks: 5!"
    )
    page = GroupFactory(survey=survey, label="The course (as a whole)", appearance="field-list")
    QuestionFactory(survey=survey, name="overall", label="How good was it?", group=page, is_required=True)
    QuestionFactory(survey=survey, name="why", kind="text", label="Why (in 2 words)?", group=page)
    QuestionFactory(survey=survey, name="hours", kind="integer", label="Hours a week?", group=page)
    ranks = QuestionFactory(survey=survey, name="topics", kind="rank", label="What matters most?", group=page)
    for position, label in enumerate(("Trade (goods)", "Finance: 5%", "Logistics & co.")):
        ChoiceFactory(question=ranks, label=label, position=position)
    matrix = GroupFactory(survey=survey, label="How good was each part?", appearance="table-list")
    for name in ("talks", "slides"):
        QuestionFactory(survey=survey, name=name, kind="select_one", group=matrix, options=["poor", "good"])
    return str(survey.form_id)


def _certificates(cast: Cast) -> dict[str, str]:
    """The codes of a certificate that stands, one that was revoked and one that was replaced."""
    rule = cast.over.completion_rules.get()
    shared = {"rule": rule, "programme_title": TITLE, "issuer": "Institute of Trade (ITC)"}
    valid = CertificateFactory(registration=cast.graduate, latin_name="Layla Al-Hassan", language="ar", **shared)
    old = CertificateFactory(registration=cast.corrected, superseded_at=NOW, **shared)
    new = CertificateFactory(
        registration=cast.corrected,
        supersedes=old,
        revoked_at=NOW,
        revoked_because="It was a mistake (no. 2).",
        **shared,
    )
    return {"valid": valid.code, "replaced": old.code, "revoked": new.code}


def _addresses(cast: Cast, *, survey: str, certificates: dict[str, str]) -> dict[str, str]:
    """Each page by a short name: a new page gets its line here."""
    _first, running, _ahead = cast.running.sessions.order_by("number")
    session_over = cast.over.sessions.get(number=1)
    talk = session_over.appearances.get(role="speaker")
    scanned = codes.long_code(running.check_in_desk.secret, NOW)
    token = cast.seated.link_token
    person = Profile.objects.get(registration__printed_name=ARABIC_NAME, registration__programme=cast.running)
    proof = Mail.objects.get(kind="address")
    return {
        # the public site
        "list": reverse("programme_list"),
        "list, searched": f"{reverse('programme_list')}?q={'a' * 300}",
        "programme": reverse("programme_page", args=[cast.running.slug]),
        "programme that is over": reverse("programme_page", args=[cast.over.slug]),
        "zones": reverse("reports:choose_zone"),
        "library": reverse("library"),
        "library, searched": f"{reverse('library')}?q=harbour",
        "talk": reverse("library_talk", args=[talk.pk]),
        "story": reverse("library_story", args=["a-way"]),
        "results": reverse("results_page", args=[cast.over.slug]),
        "edition": reverse("reports:results_edition", args=[cast.over.slug, 1]),
        "changes": reverse("reports:results_changes", args=[cast.over.slug, 2]),
        "figure": reverse("reports:results_figure", args=[cast.over.slug, "registrations"]),
        "verify": reverse("certificates:verify_form"),
        "certificate": reverse("certificates:verify", args=[certificates["valid"]]),
        "certificate, replaced": reverse("certificates:verify", args=[certificates["replaced"]]),
        "certificate, revoked": reverse("certificates:verify", args=[certificates["revoked"]]),
        "privacy": reverse("registrations:privacy", args=[1]),
        "missing": "/no/such/page/",
        # registration
        "register": reverse("registrations:register", args=[cast.running.slug]),
        "registered": reverse("registrations:registration_sent", args=[cast.running.slug]),
        "link": reverse("registrations:send_link", args=[cast.running.slug]),
        "link, sent": reverse("registrations:link_sent", args=[cast.running.slug]),
        "scan": reverse("training_sessions:scan", args=[running.pk, scanned]),
        "scan, sent": reverse("training_sessions:scan_sent", args=[running.pk]),
        "scan, over": reverse("training_sessions:scan", args=[running.pk, "0" * 20]),
        # a person's own pages
        "to confirm": reverse("personal_page", args=[cast.pending.link_token]),
        "waiting": reverse("personal_page", args=[cast.waiting.link_token]),
        "withdrawn": reverse("personal_page", args=[cast.withdrawn.link_token]),
        "graduate": reverse("personal_page", args=[cast.graduate.link_token]),
        "personal": reverse("personal_page", args=[token]),
        "attendance": reverse("my_attendance", args=[token]),
        "correction": reverse("training_sessions:ask_for_correction", args=[token, running.pk]),
        "check-in": reverse("training_sessions:check_in", args=[token, running.pk]),
        "details": reverse("registrations:details", args=[token]),
        "own zone": reverse("registrations:own_zone", args=[token]),
        "withdraw": reverse("registrations:withdraw", args=[token]),
        "survey": reverse("surveys:answer", args=[token, survey]),
        "no mail": reverse("surveys:decline", args=[token, survey]),
        "name": reverse("certificates:name", args=[cast.graduate.link_token]),
        "badge": reverse("certificates:badge", args=[cast.graduate.link_token]),
        "no file": reverse("certificates:download", args=[cast.graduate.link_token]),
        "own mail": reverse("registrations:own_mail", args=[token]),
        "one mail": reverse("registrations:one_mail", args=[token, cast.seated.mails.get(kind="test").uuid]),
        "address": reverse("registrations:own_address", args=[token]),
        "address, new": confirming_link(proof).removeprefix(settings.SITE_URL),
        "stop mail": stop_address(cast.seated.pk, Topic.NEWS).removeprefix(settings.SITE_URL),
        "people": reverse("registrations:people", args=[token]),
        "people, proposed": reverse("registrations:people_matches", args=[token]),
        "people, own profile": reverse("registrations:people_profile", args=[token]),
        "people, contacts": reverse("registrations:people_contacts", args=[token]),
        "people, one": reverse("registrations:person", args=[token, person.key]),
        "people, report": reverse("registrations:person_report", args=[token, person.key]),
        "people, message": reverse(
            "registrations:message_report", args=[token, cast.seated.contacts_got.earliest("pk").pk]
        ),
        "own data": reverse("reports:own_data", args=[token]),
        "consent": reverse("reports:own_consent", args=[token]),
        "erase": reverse("reports:erase_own_data", args=[token]),
        "erased": reverse("reports:data_erased"),
    }
