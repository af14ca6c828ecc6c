"""Messages to many: whom the rule means, in which words, once each, and stopped when somebody says so."""

import datetime as dt
import re

import pytest
from django.core import mail as outbox
from django.db import IntegrityError, transaction
from django.urls import reverse

from registrations.consenting import withdraw_consent
from registrations.mail import SendReport, send_due
from registrations.models import Mail, Topic
from registrations.stopping import set_wanted
from registrations.wordings import Words
from reports.campaigns import actions
from reports.campaigns.audience import audience_of
from reports.campaigns.models import Campaign
from reports.errors import Refused
from surveys.models import AnsweredMark, Invitation
from tests.certificates_factories import CertificateFactory
from tests.registrations_factories import NOW, ProgrammeFactory, RegistrationFactory
from tests.sessions_factories import AttendanceFactory, TrainingSessionFactory
from tests.surveys_factories import SurveyFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_now")]
UNUSABLE = "“{}” cannot be used here. Take a placeholder from the list, or write it without braces."
WORDS = Words("News of {programme}", "Dear {name},\n\nsee\n{personal_link}\n")


def written(programme, audience="seated", words=WORDS, **rule):
    campaign = actions.begin(programme, by=None, now=NOW)
    rule = {"sessions": None, "survey": None, **rule}
    return actions.write(campaign, words, language=programme.language, audience=audience, **rule)


def people(programme, **traits):
    return RegistrationFactory(programme=programme, **traits)


def who(campaign):
    return list(audience_of(campaign))


def page(campaign, language="en"):
    address = reverse("admin:reports_workspace_campaign", args=[campaign.programme_id, campaign.pk])
    return f"{address}?language={language}"


def test_each_rule_means_whom_it_says_and_nobody_who_does_not_want_to_hear():
    programme = ProgrammeFactory()
    first, second = (TrainingSessionFactory(programme=programme, number=number) for number in (1, 2))
    survey = SurveyFactory(programme=programme)
    keen, once, never = (people(programme) for _ in range(3))
    waits = people(programme, waiting=True)
    people(programme, pending=True)
    people(programme, withdrawn=True)
    people(ProgrammeFactory())
    set_wanted(people(programme), Topic.NEWS, is_wanted=False)
    people(programme, consent_withdrawn_at=NOW)
    for session, person in ((first, keen), (second, keen), (first, once)):
        AttendanceFactory(session=session, registration=person)
    CertificateFactory(registration=keen)
    AnsweredMark.objects.create(survey=survey, registration=keen)
    Invitation.objects.create(survey=survey, registration=once, declined_at=NOW)
    rules = [
        ("registered", {}, [keen, once, never, waits]),
        ("seated", {}, [keen, once, never]),
        ("waiting", {}, [waits]),
        ("fewer", {"sessions": 2}, [once, never]),
        ("at_least", {"sessions": 1}, [keen, once]),
        ("not_answered", {"survey": survey}, [never]),
        ("certified", {}, [keen]),
        ("not_certified", {}, [once, never]),
    ]

    assert [(name, who(written(programme, name, **more))) for name, more, _expected in rules] == [
        (name, [person.pk for person in expected]) for name, _more, expected in rules
    ]
    assert [name for name, _more, _expected in rules] == Campaign.Audience.values


def test_a_message_reaches_each_once_in_their_language_and_says_how_to_stop_more(settings):
    settings.SITE_URL = "https://baraza.example.org"
    programme = ProgrammeFactory(title="Trade")
    for language in ("en", "fr", "ar"):
        people(programme, language=language, printed_name="{programme} Ana")
    campaign = written(programme)
    french = Words("Nouvelles : {programme}", "Bonjour {name}")
    actions.write(campaign, french, language="fr", audience="seated", sessions=None, survey=None)
    actions.start(campaign, by=None, now=NOW)
    assert [actions.send_all(now=NOW) for _ in range(2)] == [3, 0]
    campaign.refresh_from_db()
    assert (campaign.status, campaign.queued) == ("finished", 3)
    assert send_due(now=NOW) == SendReport(sent=3)
    english, in_french, arabic = outbox.outbox

    assert english.subject == "News of Trade"
    assert english.body.startswith("Dear {programme} Ana,\n\nsee\nhttps://baraza.example.org/my/")
    assert english.extra_headers["List-Unsubscribe"].startswith("<https://baraza.example.org/stop/")
    assert (in_french.subject, in_french.body.splitlines()[0]) == ("Nouvelles : Trade", "Bonjour {programme} Ana")
    assert (arabic.subject, arabic.extra_headers["Content-Language"]) == ("News of \u2068Trade\u2069", "en")
    assert arabic.body.split("\n\n")[1].startswith("Dear {programme} Ana")
    assert [message.body.count("/stop/") for message in outbox.outbox] == [1, 1, 1]


def test_whoever_stops_such_messages_meanwhile_gets_none():
    programme = ProgrammeFactory()
    first, second, third = (people(programme) for _ in range(3))
    campaign = actions.start(written(programme), by=None, now=NOW)
    set_wanted(first, Topic.NEWS, is_wanted=False)
    assert actions.carry_on(campaign, now=NOW) == 2
    set_wanted(second, Topic.NEWS, is_wanted=False)
    withdraw_consent(third, now=NOW)
    send_due(now=NOW)

    assert list(Mail.objects.filter(kind="campaign").values_list("sent_at", flat=True)) == [None, None]


def test_a_stopped_message_holds_back_what_has_not_left_and_goes_no_further(monkeypatch):
    monkeypatch.setattr(actions, "CHUNK", 2)
    programme = ProgrammeFactory()
    RegistrationFactory.create_batch(5, programme=programme)
    campaign = actions.start(written(programme), by=None, now=NOW)
    stale = Campaign.objects.get(pk=campaign.pk)
    assert actions._queue(campaign, who(campaign)[:2], {}, NOW) == 2
    actions.stop(campaign, by=None, now=NOW)

    assert (actions.carry_on(stale, now=NOW), actions.send_all(now=NOW), send_due(now=NOW)) == (0, 0, SendReport())
    assert [mail.status for mail in Mail.objects.all()] == ["held", "held"]
    assert actions.stop(campaign, by=None, now=NOW + dt.timedelta(hours=1)).stopped_at == NOW


def test_a_sweep_that_takes_long_leaves_the_rest_to_the_next(monkeypatch):
    monkeypatch.setattr(actions, "CHUNK", 2)
    monkeypatch.setattr(actions, "SWEEP_SECONDS", -1)
    programme = ProgrammeFactory()
    RegistrationFactory.create_batch(5, programme=programme)
    actions.start(written(programme), by=None, now=NOW)

    assert [actions.send_all(now=NOW) for _ in range(4)] == [2, 2, 1, 0]
    assert Campaign.objects.get().status == "finished"


def test_an_interrupted_sweep_goes_on_and_two_at_once_write_once(monkeypatch):
    monkeypatch.setattr(actions, "CHUNK", 2)
    programme = ProgrammeFactory()
    RegistrationFactory.create_batch(5, programme=programme)
    campaign = actions.start(written(programme), by=None, now=NOW)
    other = Campaign.objects.select_related("programme").get(pk=campaign.pk)
    assert actions._queue(campaign, who(campaign)[:2], {}, NOW) == 2
    assert actions.carry_on(other, now=NOW) == 3
    campaign.refresh_from_db()

    assert (Mail.objects.count(), campaign.queued, campaign.status) == (5, 5, "finished")


@pytest.mark.parametrize("readers", [1, 3])
def test_sending_takes_a_constant_number_of_queries(readers, django_assert_num_queries):
    programme = ProgrammeFactory()
    RegistrationFactory.create_batch(readers, programme=programme)
    campaign = actions.start(written(programme), by=None, now=NOW)
    with django_assert_num_queries(8):
        actions.carry_on(campaign, now=NOW)


def test_people_who_were_made_up_get_nothing():
    programme = ProgrammeFactory(synthetic_seed=1)
    people(programme)
    actions.start(written(programme), by=None, now=NOW)
    actions.send_all(now=NOW)

    assert (Mail.objects.get().status, send_due(now=NOW)) == ("held", SendReport())


@pytest.mark.parametrize(
    "words, rule, sentence",
    [
        (Words("", ""), {}, "English: Write something here."),
        (
            Words("Hi", "{nmae}"),
            {},
            "English: " + UNUSABLE.format("{nmae}"),
        ),
        (WORDS, {"audience": "waiting"}, "Nobody would get this message now."),
        (WORDS, {"audience": "fewer", "sessions": 0}, "Say how many sessions: a number from 1 to 100."),
        (WORDS, {"audience": "not_answered"}, "Choose the survey."),
        (
            WORDS,
            {"audience": "not_answered", "survey": True},
            "This survey takes no answers now, so nobody is asked to give one.",
        ),
        (WORDS, {"audience": "everybody"}, "Say who shall get the message."),
        (Words("S" * 201, "B"), {}, "This is too long: at most 200 characters fit, and there are 201."),
    ],
)
def test_what_cannot_be_sent_is_said_in_a_sentence(words, rule, sentence):
    programme = ProgrammeFactory()
    people(programme)
    if "survey" in rule:
        rule = {**rule, "survey": SurveyFactory(programme=programme, opens_at=NOW + dt.timedelta(days=1))}
    with pytest.raises(Refused) as refusal:
        actions.start(written(programme, words=words, **rule), by=None, now=NOW)
    assert str(refusal.value) == sentence


def test_a_message_that_was_sent_stays_as_it_is():
    programme = ProgrammeFactory()
    people(programme)
    campaign = actions.start(written(programme), by=None, now=NOW)
    with pytest.raises(Refused, match="was sent"):
        actions.write(campaign, WORDS, language="en", audience="waiting", sessions=None, survey=None)
    actions.discard(campaign)
    assert Campaign.objects.count() == 1
    for broken in ({"started_at": None, "finished_at": NOW}, {"stopped_at": NOW - dt.timedelta(days=1)}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Campaign.objects.update(**broken)


def test_an_organiser_writes_looks_counts_tests_sends_and_stops(organiser_client):
    programme = ProgrammeFactory(title="Trade")
    amina = people(programme, printed_name="Amina")
    people(programme, language="fr")
    client = organiser_client(programme)
    listed = reverse("admin:reports_workspace_campaigns", args=[programme.pk])
    client.post(listed)
    campaign = Campaign.objects.get()
    sent = {"language": "en", "audience": "seated", "subject": "News", "body": "Dear {name}"}
    shown = client.post(page(campaign), {**sent, "do": "find", "q": "amina"}).content.decode()
    assert ("&lt;p&gt;Dear Amina&lt;/p&gt;" in shown, "Send to 2 people" in shown) == (True, True)
    assert re.findall(r'is-missing">(.*?)<', shown) == ["they read the original"]
    assert Mail.objects.count() == 0
    client.post(page(campaign), {**sent, "do": "test", "person": amina.pk})
    assert Mail.objects.get().to == programme.team.get().user.email
    sent["counted"] = "seated-0-0"
    other_rule = client.post(page(campaign), {**sent, "audience": "registered", "do": "send"}).content.decode()
    assert "Who gets it has changed. Look at the new number, then send." in other_rule
    broken = client.post(page(campaign), {**sent, "body": "{x}", "do": "send"})
    assert (broken.status_code, Campaign.objects.get().is_draft) == (400, True)
    under_way = client.post(page(campaign), {**sent, "do": "send"}, follow=True).content.decode()
    assert ("Stop the sending" in under_way, Campaign.objects.get().started_by) == (True, programme.team.get().user)
    client.post(page(campaign), {**sent, "subject": "Other", "do": "save"})
    stopped = client.post(page(campaign), {"do": "stop"}, follow=True).content.decode()
    campaign.refresh_from_db()
    assert (campaign.status, campaign.subject, "Stop the sending" in stopped) == ("stopped", "News", False)
    assert "stopped" in client.get(listed).content.decode()


def test_two_who_write_the_same_message_do_not_overwrite_each_other(organiser_client):
    def post(opened, **changes):
        response = client.post(page(campaign), {**sent, **changes, "do": "save", "opened": opened})
        campaign.refresh_from_db()
        return response.status_code, campaign.subject, campaign.audience, shown(response)

    def shown(response):
        return re.search(r'name="opened" value="(.*?)"', response.content.decode())[1]

    campaign = written(ProgrammeFactory())
    client = organiser_client(campaign.programme)
    sent = {"language": "en", "audience": campaign.audience, "subject": campaign.subject, "body": campaign.body}
    first = shown(client.get(page(campaign)))
    assert post(first, subject="Theirs")[:3] == (200, "Theirs", campaign.audience)
    *refused, second = post(first, subject="Mine", audience="registered")
    assert refused == [400, "Theirs", sent["audience"]]
    assert post(first, audience="registered")[:3] == (200, "Theirs", "registered")
    assert post(second, subject="Mine")[:3] == (200, "Mine", "registered")


def test_only_organisers_of_the_programme_enter(organiser_client, analyst_client):
    campaign = written(ProgrammeFactory())
    clients = [organiser_client(ProgrammeFactory()), analyst_client(campaign.programme)]
    answers = [client.post(page(campaign), {"do": "send"}).status_code for client in clients]

    assert (answers, Campaign.objects.drafts().count()) == ([404, 404], 1)


def test_a_draft_is_thrown_away_and_its_texts_stand_among_the_others(organiser_client):
    campaign = written(ProgrammeFactory())
    client = organiser_client(campaign.programme)
    texts = client.get(reverse("admin:reports_workspace_texts", args=[campaign.programme_id]) + "?language=fr")
    assert "Messages that are not sent yet" in texts.content.decode()
    client.post(page(campaign), {"do": "discard"})
    assert Campaign.objects.count() == 0
