"""Contacts by relay, what came of them, blocks and reports: no address before both agree, and nobody is pestered."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import translation

from registrations.actions import withdraw
from registrations.consenting import withdraw_consent
from registrations.erasing import erase
from registrations.errors import Refused
from registrations.mail import send_due
from registrations.models import (
    Block,
    Contact,
    DirectoryTopic,
    Mail,
    MailText,
    Partnership,
    Profile,
    ProfileReport,
    Programme,
    Registration,
)
from registrations.people import partnerships, safety
from registrations.people.contacts import MOST_WAITING, REQUESTS_PER_DAY, agree, ask, decline, take_back
from registrations.people.profiles import leave
from registrations.people.running import counts_of, partnerships_told, rename_topic
from tests.registrations_factories import (
    NOW,
    ContactFactory,
    ProgrammeFactory,
    RegistrationFactory,
    TeamMemberFactory,
    TopicFactory,
    member,
)

pytestmark = pytest.mark.django_db
LATER = NOW + dt.timedelta(days=1)
HELLO = "I work on customs, too."


@pytest.fixture
def programme():
    return ProgrammeFactory(directory_opened_at=NOW, title="Trade")


@pytest.fixture
def pair(programme):
    return (
        member(programme, given_name="Amina", family_name="Otieno", email="amina@own.example"),
        member(programme, given_name="Benoît", family_name="Diallo", contact="+221 77 000", language="fr"),
    )


@pytest.fixture
def go(client, at_now):
    """`go(registration, name, *rest, **posted)`: a page of the directory, looked at or sent to."""

    def do(registration, name, *rest, **posted):
        address = reverse(f"registrations:{name}", args=[registration.link_token, *rest])
        return client.post(address, posted) if posted else client.get(address)

    return do


def asked(one, other, now=NOW):
    return ask(one.registration, other, sentence=HELLO, now=now)


def agreed(one, other):
    return agree(asked(one, other), by=other.registration, now=NOW)


def test_a_request_goes_out_in_the_words_of_the_organisers_and_no_word_of_it_is_a_placeholder(pair, programme):
    amina, benoit = pair
    body = "{other} ({country}) → {name}: {message}\n\n{contact_rights}\n\n{contacts_link}\n"
    MailText.objects.create(
        programme=programme, kind="contact_asked", language="fr", subject="{programme} !", body=body, edited_at=NOW
    )
    Programme.objects.update(has_own_words=True)
    ask(amina.registration, benoit, sentence="{name}? {personal_link} {stop_link}", now=NOW)
    mail = Mail.objects.get()
    assert (mail.subject, mail.body.splitlines()[0], mail.body.splitlines()[-1]) == (
        "Trade !",
        "Amina Otieno (Kenya) → Benoît Diallo: {name}? (personal_link) (stop_link)",
        "{personal_link}people/contacts/",
    )


def test_addresses_are_shown_to_both_only_after_both_agreed(go, pair):
    amina, benoit = pair
    page = go(amina.registration, "person", benoit.key).content.decode()
    assert ("amina@own.example" in page, "+221 77 000" in page) == (True, False)
    go(amina.registration, "person_ask", benoit.key, sentence="I work on\ncustoms, too.")
    mail = Mail.objects.get()
    assert (mail.to, mail.language, mail.kind) == (benoit.registration.email, "fr", "contact_asked")
    assert f"“{HELLO}”" in mail.body
    assert "Amina Otieno" in mail.body
    for text in (mail.body, mail.subject):
        assert "amina@own.example" not in text
    for reader, other in ((amina, benoit), (benoit, amina)):
        pages = [go(reader.registration, name).content.decode() for name in ("people", "people_contacts")]
        address = other.address(other.registration)
        assert [
            address in page for page in [*pages, go(reader.registration, "person", other.key).content.decode()]
        ] == [False] * 3
    go(benoit.registration, "person_answer", amina.key, answer="agree")
    for reader, other in ((amina, benoit), (benoit, amina)):
        assert other.address(other.registration) in go(reader.registration, "people_contacts").content.decode()
    assert list(Mail.objects.filter(kind="contact_agreed").values_list("to", flat=True)) == ["amina@own.example"]
    assert "+221" not in Mail.objects.get(kind="contact_agreed").body


@pytest.mark.parametrize(
    "sentence",
    [
        "",
        "   ",
        "See https://evil.example/login",
        "See evil.example/login",
        "Write to me@evil.example",
        "Go to 10.0.0.1",
        "<script>alert(1)</script>",
        "Turned \u202e around",
        "x" * 501,
    ],
)
def test_sentence_without_words_or_with_links_is_refused_and_kept_on_the_page(go, pair, sentence):
    amina, benoit = pair
    page = go(amina.registration, "person_ask", benoit.key, sentence=sentence)
    assert (page.status_code, Contact.objects.count(), Mail.objects.count()) == (422, 0, 0)
    assert "<script>alert" not in page.content.decode()


def test_words_of_others_stand_in_a_mail_as_words(pair, settings):
    amina, benoit = pair
    ask(amina.registration, benoit, sentence="My link: {personal_link} — d'accord & à bientôt ?", now=NOW)
    assert "“My link: (personal_link) — d'accord & à bientôt ?”" in Mail.objects.get().body


def test_organisers_see_that_a_message_was_relayed_and_not_what_it_says(pair, organiser_client, programme):
    asked(*pair)
    mail = Mail.objects.get(kind="contact_asked")
    page = organiser_client(programme).get(reverse("admin:registrations_mail_change", args=[mail.pk])).content.decode()
    assert (mail.subject in page, HELLO in mail.body, HELLO in page) == (True, True, False)


def test_name_and_message_keep_their_direction_in_an_arabic_mail(programme):
    asked(member(programme, printed_name="Amina Otieno"), member(programme, language="ar"))
    body = Mail.objects.get().body
    assert ("\u2068Amina Otieno\u2069" in body, f"“\u2068{HELLO}\u2069”" in body) == (True, True)


def test_nobody_asks_more_than_ten_people_a_day(programme, at_now):
    amina, others = member(programme), [member(programme) for _each in range(REQUESTS_PER_DAY + 1)]
    for other in others[:-1]:
        take_back(asked(amina, other), by=amina.registration, now=NOW)
    with pytest.raises(Refused, match="within a day"):
        asked(amina, others[-1])
    assert asked(amina, others[-1], LATER + dt.timedelta(minutes=1)).is_open


def test_however_many_requests_to_one_person_are_one_mail(go, pair):
    amina, benoit = pair
    for _each in range(3):
        go(amina.registration, "person_ask", benoit.key, sentence=HELLO)
    assert (Contact.objects.count(), Mail.objects.count()) == (1, 1)


def test_nobody_is_buried_under_requests(programme):
    famous = member(programme)
    for _each in range(MOST_WAITING):
        ContactFactory(sender=RegistrationFactory(programme=programme), recipient=famous.registration)
    with pytest.raises(Refused, match="Very many"):
        asked(member(programme), famous)


def test_the_same_person_is_asked_again_after_a_month_only(pair):
    amina, benoit = pair
    decline(asked(amina, benoit), by=benoit.registration, now=NOW)
    with pytest.raises(Refused, match="after 1 April 2026"):
        asked(amina, benoit, NOW + dt.timedelta(days=29))
    assert asked(benoit, amina, NOW).is_open
    with pytest.raises(Refused, match="already"):
        asked(amina, benoit, NOW + dt.timedelta(days=31))


def test_pair_has_one_request_whichever_way_and_the_database_keeps_to_it(pair):
    amina, benoit = pair
    asked(amina, benoit)
    with pytest.raises(Refused, match="already"):
        asked(benoit, amina)
    with pytest.raises(IntegrityError, match="contact_once_per_pair"), transaction.atomic():
        ContactFactory(sender=benoit.registration, recipient=amina.registration)
    with pytest.raises(IntegrityError, match="contact_is_with_somebody_else"), transaction.atomic():
        ContactFactory(sender=benoit.registration, recipient=benoit.registration)
    with pytest.raises(IntegrityError, match="contact_ends_once"), transaction.atomic():
        Contact.objects.update(agreed_at=NOW, declined_at=NOW)


def test_only_the_one_who_was_asked_agrees_and_the_first_answer_stands(programme, pair):
    amina, benoit = pair
    contact = asked(amina, benoit)
    for stranger in (amina, member(programme)):
        with pytest.raises(Refused):
            agree(contact, by=stranger.registration, now=NOW)
        decline(contact, by=stranger.registration, now=NOW)
    take_back(contact, by=benoit.registration, now=NOW)
    contact.refresh_from_db()
    assert contact.is_open
    agree(contact, by=benoit.registration, now=NOW)
    agree(contact, by=benoit.registration, now=LATER)
    decline(contact, by=benoit.registration, now=LATER)
    take_back(contact, by=amina.registration, now=LATER)
    contact.refresh_from_db()
    assert (contact.agreed_at, contact.declined_at, contact.taken_back_at) == (NOW, None, None)
    assert Mail.objects.filter(kind="contact_agreed").count() == 1


def test_request_that_was_taken_back_cannot_be_agreed_to(go, pair):
    amina, benoit = pair
    contact = asked(amina, benoit)
    go(amina.registration, "person_answer", benoit.key, answer="take back")
    assert go(benoit.registration, "person_answer", amina.key, answer="agree").status_code == 409
    contact.refresh_from_db()
    assert (contact.is_agreed, "amina@own.example" in go(benoit.registration, "people_contacts").content.decode()) == (
        False,
        False,
    )


@pytest.mark.parametrize("way", ["take back", "leave", "block"])
def test_request_that_is_over_before_its_mail_leaves_brings_none(pair, mailoutbox, way):
    amina, benoit = pair
    contact = asked(amina, benoit)
    if way == "take back":
        take_back(contact, by=amina.registration, now=NOW)
    elif way == "leave":
        leave(amina.registration, now=NOW)
    else:
        safety.block(benoit.registration, amina.registration, now=NOW)
    send_due(now=LATER)
    assert (mailoutbox, Mail.objects.count()) == ([], 0)


def test_declined_request_is_told_on_the_page_and_by_no_mail(go, pair):
    amina, benoit = pair
    asked(amina, benoit)
    go(benoit.registration, "person_answer", amina.key, answer="decline")
    assert "Not this time" in go(amina.registration, "people_contacts").content.decode()
    assert Mail.objects.count() == 1


def test_who_leaves_takes_address_and_requests_along(go, pair):
    amina, benoit = pair
    agreed(amina, benoit)
    leave(benoit.registration, now=NOW)
    assert "+221" not in go(amina.registration, "people_contacts").content.decode()
    assert go(amina.registration, "person", benoit.key).status_code == 404


@pytest.mark.parametrize("end", [withdraw, withdraw_consent])
def test_a_request_of_somebody_who_withdraws_before_it_is_sent_reaches_nobody(pair, end):
    amina, benoit = pair
    asked(amina, benoit)
    end(amina.registration, now=NOW)
    assert not Mail.objects.filter(registration=benoit.registration).exists()
    assert (Contact.objects.open().count(), Profile.objects.visible().count()) == (0, 1)


def test_blocked_people_do_not_see_each_other_and_nobody_is_told(go, programme, pair):
    amina, benoit = pair
    agreed(amina, benoit)
    mails = Mail.objects.count()
    assert go(benoit.registration, "person_block", amina.key).status_code == 200
    go(benoit.registration, "person_block", amina.key, sure="yes")
    safety.block(benoit.registration, amina.registration, now=NOW)
    for reader, other in ((amina, benoit), (benoit, amina)):
        for name in ("people", "people_matches", "people_contacts"):
            assert other.shown_name not in go(reader.registration, name).content.decode()
        for name in ("person", "person_report", "partnership"):
            assert go(reader.registration, name, other.key).status_code == 404
        assert go(reader.registration, "person_ask", other.key, sentence=HELLO).status_code == 404
        with translation.override("en"), pytest.raises(Refused, match="not in the list any more"):
            ask(reader.registration, other, sentence=HELLO, now=NOW)
    assert (Mail.objects.count(), Block.objects.count()) == (mails, 1)
    assert amina.shown_name in go(member(programme).registration, "people").content.decode()


def test_report_waits_for_the_organisers_with_what_was_seen(go, pair, organiser_client, programme):
    TeamMemberFactory(programme=programme)
    amina, benoit = pair
    asked(amina, benoit)
    go(benoit.registration, "person_report", amina.key, text="She is\nrude.", also_block="on")
    found = ProfileReport.objects.get()
    assert (found.text, found.evidence) == ("She is rude.", f"Amina Otieno\nOffers: something\n“{HELLO}”")
    assert Block.objects.count() == 1
    team = Mail.objects.get(kind="report_waits")
    assert ("Amina" in team.body, "rude" in team.body) == (False, False)
    client = organiser_client(programme)
    queue = reverse("admin:registrations_people_reports", args=[programme.pk])
    assert "She is rude." in client.get(queue).content.decode()
    decide = reverse("admin:registrations_people_decide", args=[programme.pk, found.pk])
    client.post(decide)
    assert ProfileReport.objects.open().count() == 1
    client.post(decide, {"decision": "hide"})
    assert "decided already" in client.post(decide, {"decision": "dismiss"}, follow=True).content.decode()
    found.refresh_from_db()
    assert (found.is_upheld, Profile.objects.get(pk=amina.pk).is_hidden) == (True, True)
    assert "have hidden your profile" in go(amina.registration, "people_profile").content.decode()
    again = reverse("admin:registrations_people_show_again", args=[programme.pk, amina.pk])
    assert "is shown again" in client.post(again, follow=True).content.decode()
    assert not Profile.objects.get(pk=amina.pk).is_hidden


@pytest.mark.parametrize("gone", ["left", "withdrew", "hid", "blocked", "closed", "reader left", "declined", "agreed"])
def test_a_message_can_be_reported_wherever_its_sender_and_its_reader_are(gone, go, pair, programme, client, at_now):
    amina, benoit = pair
    contact = agreed(amina, benoit) if gone == "agreed" else asked(amina, benoit)
    Mail.objects.update(claimed_at=NOW, sent_at=NOW)
    if gone == "declined":
        decline(contact, by=benoit.registration, now=NOW)
    {
        "withdrew": lambda: withdraw(amina.registration, now=NOW),
        "hid": lambda: Profile.objects.filter(pk=amina.pk).update(hidden_at=NOW),
        "blocked": lambda: safety.block(amina.registration, benoit.registration, now=NOW),
        "closed": lambda: Programme.objects.update(directory_opened_at=None),
        "reader left": lambda: leave(benoit.registration, now=NOW),
    }.get(gone, lambda: leave(amina.registration, now=NOW))()
    Profile.objects.filter(pk=amina.pk).update(shown_name="New name")
    way = reverse("registrations:message_report", args=[benoit.registration.link_token, contact.pk])
    page = {"closed": "own_mail", "reader left": "people_profile"}.get(gone, "people_contacts")
    rest = [Mail.objects.get(kind="contact_asked").uuid] if gone == "closed" else []
    told = go(benoit.registration, "one_mail" if rest else page, *rest).text
    assert (way in told, HELLO in told, "New name" in told, "Amina" in told) == (True, True, False, gone == "closed")
    form = client.get(way).text
    assert (HELLO in form, "New name" in form, "Amina" in form, "amina@" in form) == (True, False, False, False)

    client.post(way, {"text": "Rude."})
    found = ProfileReport.objects.get()
    evidence = f"“{HELLO}”" if gone != "reader left" else f"New name\nOffers: something\n“{HELLO}”"
    assert (found.by, found.about, found.evidence) == (benoit.registration, amina.registration, evidence)
    assert (client.post(way, {"text": "Rude."}).status_code, ProfileReport.objects.count()) == (422, 1)


def test_only_who_got_a_message_reports_it_and_only_while_it_is_known(pair, programme, client, at_now):
    amina, benoit = pair
    contact = asked(amina, benoit)

    def tell(person):
        way = reverse("registrations:message_report", args=[person.registration.link_token, contact.pk])
        return client.get(way).status_code

    assert [tell(person) for person in (benoit, amina, member(programme))] == [200, 404, 404]
    take_back(contact, by=amina.registration, now=NOW)  # before its mail left
    assert tell(benoit) == 404
    assert HELLO not in safety.report(benoit.registration, amina, text="Rude", now=NOW).evidence
    contact = asked(amina, benoit, NOW + dt.timedelta(days=31))
    Mail.objects.update(claimed_at=NOW, sent_at=NOW)
    assert tell(benoit) == 200
    erase(amina.registration, now=NOW)
    assert tell(benoit) == 404


@pytest.mark.parametrize("erased", ["sender", "recipient"])
def test_nothing_is_written_of_a_person_who_was_erased_meanwhile(erased, pair):
    contact = asked(*pair)
    erase(Registration.objects.get(pk=getattr(contact, erased).pk), now=NOW)
    with pytest.raises(Refused, match="not in the list any more"):
        safety.report_message(contact, text="Rude", now=NOW)


@pytest.mark.parametrize("number", [1, 3])
def test_messages_of_people_who_left_take_one_query(number, programme, pair, django_assert_num_queries):
    for _each in range(number):
        sender = member(programme)
        asked(sender, pair[0])
        Mail.objects.update(claimed_at=NOW, sent_at=NOW)
        leave(sender.registration, now=NOW)
    with django_assert_num_queries(1):
        assert len(safety.messages_apart(pair[0].registration, is_member=True)) == number


def test_report_is_made_once_until_it_is_decided_and_hiding_answers_all_of_them(programme, pair):
    amina, benoit = pair
    found = safety.report(benoit.registration, amina, text="Rude", now=NOW)
    for text in ("Rude again", "", "x" * 501):
        with pytest.raises(Refused):
            safety.report(benoit.registration, amina, text=text, now=NOW)
    other = safety.report(member(programme).registration, amina, text="Rude", now=NOW)
    safety.dismiss(found, by=None, now=NOW)
    assert not Profile.objects.get(pk=amina.pk).is_hidden
    second = safety.report(benoit.registration, amina, text="Rude still", now=LATER)
    safety.hide(second, by=None, now=LATER)
    other.refresh_from_db()
    assert (other.decided_at, other.is_upheld) == (LATER, True)
    with pytest.raises(Refused, match="decided already"):
        safety.hide(other, by=None, now=LATER)


def test_partnership_is_counted_when_the_other_confirms_it(go, pair, programme):
    amina, benoit = pair
    assert go(amina.registration, "partnership", benoit.key).status_code == 404
    agreed(amina, benoit)
    for wrong in ({"month": "2026-13"}, {"month": "2026-04"}, {"month": "٢٠٢٦-٠١"}, {"subject": "a www.b.example"}):
        posted = {"subject": "A joint course", "month": "2026-01", **wrong}
        assert go(amina.registration, "partnership", benoit.key, **posted).status_code == 422
    for _twice in range(2):
        go(amina.registration, "partnership", benoit.key, subject="A joint course", month="2026-01")
    row = Partnership.objects.get()
    assert (row.month, row.recorded_by, row.is_confirmed) == (dt.date(2026, 1, 1), amina.registration, False)
    assert "A joint course" in Mail.objects.get(kind="partnership", to=benoit.registration.email).body
    stranger = member(programme)
    for cheat in (amina, stranger):
        assert go(cheat.registration, "partnership_answer", row.pk, answer="yes").status_code == 404
        with pytest.raises(Refused):
            partnerships.answer(row, by=cheat.registration, is_true=True, now=NOW)
    assert counts_of(programme).partnerships == 0
    go(benoit.registration, "partnership_answer", row.pk, answer="yes")
    go(benoit.registration, "partnership_answer", row.pk, answer="no")
    row.refresh_from_db()
    assert (row.is_confirmed, row.denied_at, counts_of(programme).partnerships) == (True, None, 1)


def test_other_one_is_not_asked_again_and_again(pair):
    amina, benoit = pair
    contact = agreed(amina, benoit)
    for number in range(3):
        partnerships.record(contact, by=amina.registration, subject=f"No. {number}", month=NOW.date(), now=NOW)
    with pytest.raises(Refused, match="wait to be confirmed"):
        partnerships.record(contact, by=amina.registration, subject="One more", month=NOW.date(), now=NOW)


def test_organisers_see_partnerships_and_no_message_and_analysts_a_number_of_five_or_more(
    programme, pair, organiser_client, analyst_client
):
    amina, benoit = pair
    contact = agreed(amina, benoit)
    Partnership.objects.create(
        contact=contact,
        recorded_by=amina.registration,
        subject="A course",
        month=NOW,
        recorded_at=NOW,
        confirmed_at=NOW,
    )
    address = reverse("admin:registrations_people", args=[programme.pk])
    page = organiser_client(programme).get(address).content.decode()
    assert ("A course" in page, "Amina Otieno" in page, HELLO in page) == (True, True, False)
    workspace = reverse("admin:reports_workspace_change", args=[programme.pk])
    told = analyst_client(programme).get(workspace).content.decode()
    assert ("under 5" in told, address in told) == (True, False)
    for client in (analyst_client(programme), organiser_client(ProgrammeFactory())):
        for name in ("people", "people_reports"):
            assert client.get(reverse(f"admin:registrations_{name}", args=[programme.pk])).status_code == 404
        for name in ("people_open", "people_close", "people_topics", "people_rename_topic"):
            assert client.post(reverse(f"admin:registrations_{name}", args=[programme.pk])).status_code == 404
    for number in range(4):
        Partnership.objects.create(
            contact=contact, recorded_by=amina.registration, subject=f"{number}", month=NOW, recorded_at=NOW,
            confirmed_at=NOW,
        )  # fmt: skip
    assert [partnerships_told(programme, is_organiser=each) for each in (True, False)] == [5, 5]


def test_organiser_opens_the_list_and_names_topics(programme, organiser_client):
    client = organiser_client(programme)
    page = lambda name: reverse(f"admin:registrations_{name}", args=[programme.pk])  # noqa: E731
    client.post(page("people_close"))
    assert "The list of people is closed" in client.get(page("people")).content.decode()
    client.post(page("people_open"))
    assert "The list of people is open" in client.get(page("people")).content.decode()
    client.post(page("people_topics"), {"topics": "Customs\r\n\r\nPorts"})
    assert list(programme.topics.values_list("label", flat=True)) == ["Customs", "Ports"]
    wrong = client.post(page("people_topics"), {"topics": "x" * 90})
    assert (wrong.status_code, programme.topics.count()) == (422, 2)


def test_a_renamed_topic_stays_with_those_who_chose_it(programme, organiser_client):
    topic = TopicFactory(programme=programme, label="Custums", translations={"fr": {"label": "Douane"}})
    TopicFactory(programme=programme, label="Ports")
    profile, client = member(programme, topics=([topic.pk], [])), organiser_client(programme)
    page = reverse("admin:registrations_people", args=[programme.pk])
    way = reverse("admin:registrations_people_rename_topic", args=[programme.pk])
    assert "Topic to rename" in client.get(page).text

    unseen = ("", "\u200b", "\u3164")  # the last is a letter to Unicode
    for label in ("PORTS", "www.customs.example", "x" * 81, *unseen):
        assert client.post(way, {"topic": "Custums", "label": label}).status_code == 422
    TopicFactory(label="Law")  # of another programme
    assert client.post(way, {"topic": "Law", "label": "Laws"}).status_code == 422
    assert "The topic is renamed." in client.post(way, {"topic": "Custums", "label": " Customs "}, follow=True).text
    late = client.post(way, {"topic": "Custums", "label": "Duties"})  # of somebody whose page is older
    assert (late.status_code, "Somebody else has renamed this topic meanwhile" in late.text) == (422, True)

    topic.refresh_from_db()
    assert (topic.label, topic.translations) == ("Customs", {"fr": {"label": "Douane"}})
    assert [item.topic for item in profile.items.filter(topic__isnull=False)] == [topic]
    with pytest.raises(Refused, match="meanwhile"):
        rename_topic(DirectoryTopic(pk=topic.pk, programme=programme, label="Custums"), "Duties")


@pytest.mark.parametrize("number", [1, 3])
def test_page_of_contacts_needs_as_many_queries_for_three_as_for_one(
    go, programme, number, django_assert_num_queries, organiser_client
):
    own = member(programme)
    for _each in range(number):
        for sender, recipient in ((own, member(programme)), (member(programme), own)):
            contact = agreed(sender, recipient)
            partnerships.record(contact, by=own.registration, subject="x", month=NOW.date(), now=NOW)
        asked(member(programme), own)
        safety.report(own.registration, member(programme), text="Rude", now=NOW)
    with django_assert_num_queries(7):
        assert go(own.registration, "people_contacts").status_code == 200
    client = organiser_client(programme)
    for name, queries in (("people", 14), ("people_reports", 9)):
        with django_assert_num_queries(queries):
            client.get(reverse(f"admin:registrations_{name}", args=[programme.pk]))


def test_mail_of_synthetic_people_does_not_leave(mailoutbox):
    programme = ProgrammeFactory(directory_opened_at=NOW, synthetic_seed=1)
    asked(member(programme), member(programme))
    send_due(now=LATER)
    assert (len(mailoutbox), Mail.objects.get().held_at) == (0, NOW)
