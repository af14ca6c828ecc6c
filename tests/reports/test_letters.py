"""The words of mails: changed by organisers, looked at as anybody, tried on oneself."""

import re

import pytest
from django.conf import settings
from django.core import mail as outbox
from django.urls import reverse

from registrations.erasing import erase
from registrations.letters import Kind, compose
from registrations.mail import send_due
from registrations.models import Mail, MailText, Registration
from registrations.wordings import Words, original
from reports.letters.checking import problems_of
from reports.letters.kinds import GROUPS, MEANINGS, example_reader, kind_named
from reports.letters.previews import POLICY
from sessions import letters as session_letters
from surveys import letters as survey_letters
from tests.registrations_factories import NOW, ProgrammeFactory, RegistrationFactory
from tests.sessions_factories import TrainingSessionFactory
from tests.surveys_factories import SurveyFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_now")]
UNUSABLE = "“{}” cannot be used here. Take a placeholder from the list, or write it without braces."
KINDS = [kind for group in GROUPS for kind in group.wordings]


def page(programme, kind="registered", language="en"):
    return f"{reverse('admin:reports_workspace_letter', args=[programme.pk, kind])}?language={language}"


def post(client, programme, do, body="Hi {name}.\n\n{personal_link}", subject="Hi", **more):
    kind = more.pop("kind", "registered")
    sent = {"language": "en", "subject": subject, "body": body, "do": do, **more}
    return client.post(page(programme, kind), sent, follow=True)


def opened(response):
    return re.search(r'name="opened" value="(.*?)"', response.content.decode())[1]


def problems(response):
    return re.findall(r'letters-problem"[^>]*>(.*?)</p>', response.content.decode())


def test_the_built_in_words_of_every_kind_pass_for_an_edited_text_and_fill_every_placeholder():
    programme = ProgrammeFactory()
    for group in GROUPS:
        for kind in group.wordings:
            assert problems_of(kind, original(kind, "en")) == {}
            values = group.values(kind, example_reader(programme, "en"), NOW)
            assert [name for name in kind.placeholders if name not in values] == []
            assert [name for name in kind.names if name not in MEANINGS] == []
    assert len({kind.name for kind in KINDS}) == len(KINDS) == 20


@pytest.mark.parametrize(
    "subject, body, expected",
    [
        ("Hi", "No link", ["“{personal_link}” is missing: without it this mail does not do what it is for."]),
        (
            "{Name}",
            "{personal_link} {x.__class__}",
            [UNUSABLE.format(name) for name in ("{Name}", "{x.__class__}")],
        ),
        ("Hi", "{personal_link} }", ["A brace stands alone. Braces enclose the name of a placeholder: {name}."]),
        ("", "{personal_link}", ["Write something here."]),
        (
            "{personal_link}",
            "{personal_link}",
            [UNUSABLE.format("{personal_link}")],
        ),
        ("S" * 201, "{personal_link}", ["This is too long: at most 200 characters fit, and there are 201."]),
        (
            "Hi",
            "https://other.example/?to={personal_link} （{personal_link}）",
            ["Leave a blank before “{personal_link}”: it is a link of its own."],
        ),
        (
            "Hi",
            "{personal_link}\u202e\0",
            ["This text contains a character that cannot be sent. Write it again by hand."],
        ),
    ],
)
def test_what_cannot_be_sent_is_said_in_a_sentence(subject, body, expected):
    found = problems_of(kind_named("registered")[1], Words(subject, body))

    assert [sentence for sentences in found.values() for sentence in sentences] == expected


def test_organisers_change_words_look_at_them_and_go_back(organiser_client):
    programme = ProgrammeFactory(title="Trade online")
    client, amina = organiser_client(programme), RegistrationFactory(programme=programme, printed_name="Amina & Co")
    french = RegistrationFactory(programme=programme, language="fr")
    refused = post(client, programme, "save", body="Hi {nmae}")
    assert (refused.status_code, len(problems(refused)), MailText.objects.count()) == (400, 2, 0)
    shown = post(client, programme, "find", q="amina &").content.decode()
    assert ("As <bdi>Amina &amp; Co</bdi> would read it" in shown, MailText.objects.count()) == (True, 0)
    assert "&lt;p&gt;Hi Amina &amp;amp; Co.&lt;/p&gt;" in shown
    assert amina.link_token not in shown

    saved = post(client, programme, "save")
    assert "Saved. Mail that is queued from now on reads like this." in saved.content.decode()
    programme.refresh_from_db()
    letter = compose(Kind.REGISTERED, amina)
    assert (letter.subject, letter.body) == ("Hi", "Hi Amina & Co.\n\n{personal_link}\n")
    assert compose(Kind.REGISTERED, french).subject.endswith(": Trade online")
    listed = client.get(reverse("admin:reports_workspace_letters", args=[programme.pk])).content.decode()
    assert listed.count("your words") == 1
    post(client, programme, "reset")
    assert (MailText.objects.count(), compose(Kind.REGISTERED, amina).subject) == (
        0,
        "You are registered: Trade online",
    )
    built_in = original(kind_named("registered")[1], "en")
    post(client, programme, "save", subject=built_in.subject, body=built_in.body)
    assert MailText.objects.count() == 0


def test_two_who_change_the_same_words_do_not_overwrite_each_other(organiser_client):
    programme = ProgrammeFactory()
    client = organiser_client(programme)
    first = opened(client.get(page(programme)))
    post(client, programme, "save", subject="Theirs", opened=first)

    refused = post(client, programme, "save", subject="Mine", opened=first)
    shown = refused.content.decode()
    assert (refused.status_code, MailText.objects.get().subject) == (400, "Theirs")
    assert ('value="Mine"' in shown, ">Theirs</strong>" in shown) == (True, True)
    assert (post(client, programme, "reset", opened=first).status_code, MailText.objects.count()) == (400, 1)
    built_in = original(kind_named("registered")[1], "en")
    post(client, programme, "save", subject=built_in.subject, body=built_in.body, opened=first)
    assert MailText.objects.get().subject == "Theirs"

    looked_at = post(client, programme, "preview", subject="Mine", opened=first)
    assert opened(looked_at) == first
    post(client, programme, "save", subject="Mine", opened=opened(refused))
    assert MailText.objects.get().subject == "Mine"


def test_a_name_that_looks_like_a_placeholder_stays_a_name(organiser_client):
    programme = ProgrammeFactory()
    post(organiser_client(programme), programme, "save", body="Dear {name}: {personal_link}")
    programme.refresh_from_db()
    person = RegistrationFactory(programme=programme, printed_name="{programme} %(title)s")

    assert compose(Kind.REGISTERED, person).body == "Dear {programme} %(title)s: {personal_link}\n"
    person.printed_name = "https://other.example/?{personal_link}"
    assert compose(Kind.REGISTERED, person).body == "Dear https://other.example/?(personal_link): {personal_link}\n"


def test_a_test_goes_to_oneself_and_carries_nobodys_link(organiser_client):
    programme = ProgrammeFactory()
    person = RegistrationFactory(programme=programme)
    client = organiser_client(programme)
    told = post(client, programme, "test", person=str(person.pk)).content.decode()
    send_due(now=NOW)
    user = programme.team.get().user
    message = outbox.outbox[0]

    assert (f"A test is on its way to {user.email}." in told, message.to) == (True, [user.email])
    assert (message.subject, person.printed_name in message.body) == ("Test: Hi", True)
    assert (person.link_token in message.body, "/my/test/" in message.body) == (False, True)
    for _ in range(19):
        post(client, programme, "test")
    assert "You have sent many tests" in post(client, programme, "test").content.decode()
    assert Mail.objects.filter(kind="test").count() == 20
    erase(person, now=NOW)  # a test may tell of anybody in the programme
    assert Mail.objects.count() == 0


def test_no_test_leaves_for_people_who_were_made_up(organiser_client):
    programme = ProgrammeFactory(synthetic_seed=1)

    assert "not even a test" in post(organiser_client(programme), programme, "test").content.decode()
    assert Mail.objects.count() == 0


def test_only_organisers_of_the_programme_enter(organiser_client, analyst_client):
    programme, other = ProgrammeFactory(), ProgrammeFactory()
    stranger = RegistrationFactory(programme=other)
    address = page(programme)
    answers = [
        client(of).get(address).status_code for client, of in ((organiser_client, other), (analyst_client, programme))
    ]
    assert answers == [404, 404]
    client = organiser_client(programme)
    shown = post(client, programme, "preview", person=str(stranger.pk), q=stranger.email).content.decode()
    assert (stranger.printed_name in shown, "Nobody in this programme" in shown) == (False, True)
    assert [client.get(page(programme, *odd)).status_code for odd in (("nothing",), ("registered", "xx"))] == [404, 404]


def test_the_page_allows_the_styles_of_the_mail_and_no_others(organiser_client):
    programme = ProgrammeFactory()
    policy = organiser_client(programme).get(page(programme, language="ar"))["Content-Security-Policy"]
    styles = next(part for part in policy.split("; ") if part.startswith("style-src"))

    assert ("unsafe-inline" in policy, [one in styles for one in POLICY["style-src"]]) == (False, [True] * 4)


def test_mail_that_can_be_stopped_says_how_even_where_its_words_do_not():
    programme = ProgrammeFactory(has_own_words=True)
    session = TrainingSessionFactory(programme=programme, theme="Customs")
    survey = SurveyFactory(programme=programme, is_anonymous=True)
    person = RegistrationFactory(programme=programme)
    row = {"programme": programme, "language": "en", "edited_at": NOW}
    MailText.objects.create(kind="session_reminder_hour", subject="Soon: {session}", body="{when}", **row)
    MailText.objects.create(
        kind="survey_invitation", subject="{survey}?", body="{answer_link}\n\n{anonymity}\n\n{stop_link}", **row
    )
    soon = session_letters.reminder(session, person, hours=1, now=NOW)
    asked = survey_letters.invitation(survey, person, now=NOW)

    assert (soon.subject, soon.body.splitlines()[-3:]) == (
        "Soon: Session 1: Customs",
        ["--", "If you want no more mail of this kind:", "{stop_link}"],
    )
    assert session_letters.reminder(session, person, hours=24, now=NOW).subject != soon.subject
    assert (asked.body.count("{stop_link}"), "This survey is anonymous" in asked.body) == (1, True)


def test_every_kind_can_be_looked_at_and_in_every_language(organiser_client):
    programme = ProgrammeFactory()
    client, languages = organiser_client(programme), [code for code, _name in settings.LANGUAGES]
    pages = [page(programme, kind.name, languages[number % 6]) for number, kind in enumerate(KINDS)]

    assert {client.get(address).status_code for address in pages} == {200}
    assert Registration.objects.count() == 0
