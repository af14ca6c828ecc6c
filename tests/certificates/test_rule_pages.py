"""The pages on which a rule is put together and tried out, and those on which organisers decide about people."""

import re

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from certificates import actions
from certificates.completion import Rule
from certificates.models import Acceptance, CompletionRule, Confirmation, Override, RuleDraft
from certificates.requirements import (
    AssignmentAccepted,
    Group,
    Minutes,
    Mode,
    OrganisersYes,
    Sessions,
    SurveyAnswered,
    TheseSessions,
)
from certificates.rule_forms import RuleEditor
from tests.certificates_factories import AssignmentFactory, CertificateFactory, a_graduate, a_programme
from tests.registrations_factories import NOW, RegistrationFactory

pytestmark = pytest.mark.django_db


def text_of(response):
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def rule_page(programme):
    return reverse("admin:certificates_rule", args=[programme.pk])


def sent(*items, **fields):
    """What the form sends: rows as `place:kind`, fields as `f0_1__at_least`."""
    data = QueryDict(mutable=True)
    data.setlist("item", ["0:group", *items])
    data["share_required"] = "80"
    data["0-mode"] = "all"
    for name, value in fields.items():
        key = re.sub(r"^f([\d_]+?)__", lambda found: found[1].replace("_", "-") + "-", name)
        data.setlist(key, value if isinstance(value, list) else [value])
    return data


def rows_of(editor):
    return [(row.path, row.form.kind) for row in editor.root.walk()]


def test_every_rule_survives_the_form():
    programme = a_programme(people=0)
    first, last = programme.sessions.order_by("number")[:2]
    assignment = AssignmentFactory(programme=programme)
    inner = Group(Mode.AT_LEAST, (AssignmentAccepted(assignment.pk), OrganisersYes("group work"), Minutes(100)), 2)
    anyway = Group(Mode.ANY, (TheseSessions((first.pk, last.pk)), inner))
    rule = Rule(75, Group(Mode.ALL, (Sessions(2), SurveyAnswered(programme.surveys.get().pk), anyway)))
    shown = RuleEditor.of_rule(programme, rule)
    data = QueryDict(mutable=True)
    data["share_required"] = "75"
    for row in shown.root.walk():
        data.appendlist("item", f"{row.path}:{row.form.kind}")
        for field in row.form:
            value = field.value()
            data.setlist(field.html_name, value if isinstance(value, list) else [value])
    editor = RuleEditor.sent(programme, data)
    assert editor.is_valid(), editor.problems
    assert editor.rule() == rule


def test_a_row_is_added_at_the_end_of_its_group_and_what_was_typed_stays():
    programme = a_programme(people=0)
    data = sent("0-0:sessions", "0-1:group", f0_0__at_least="7x", f0_1__mode="any")
    data["add"], data["0-1-new"] = "0-1", "minutes"
    editor = RuleEditor.sent(programme, data)
    assert rows_of(editor) == [("0", "group"), ("0-0", "sessions"), ("0-1", "group"), ("0-1-0", "minutes")]
    first, added = editor.root.members[0], editor.root.members[1].members[0]
    assert (first.form["at_least"].value(), first.form.errors) == ("7x", {})
    assert "autofocus" in str(added.form["at_least"])
    assert not editor.is_valid()


def test_a_row_is_removed_with_all_that_is_in_it():
    programme = a_programme(people=0)
    data = sent("0-0:group", "0-0-0:survey", "0-1:minutes", f0_1__at_least="60")
    data["remove"] = "0-0"
    editor = RuleEditor.sent(programme, data)
    assert rows_of(editor) == [("0", "group"), ("0-0", "minutes")]
    assert editor.root.members[0].form["at_least"].value() == "60"


@pytest.mark.parametrize(
    "changes",
    [
        {"add": "9-9", "9-9-new": "survey"},
        {"add": "0", "0-new": "magic"},
        {"add": "0-0", "0-0-new": "survey"},
        {"remove": "0"},
        {"remove": "0-9"},
        {"remove": "x"},
    ],
)
def test_buttons_that_nobody_was_shown_change_nothing(changes):
    data = sent("0-0:survey", "0-0-0:survey", "nonsense", "0-1:magic", "0-5-5:survey")
    for name, value in changes.items():
        data[name] = value
    assert rows_of(RuleEditor.sent(a_programme(people=0), data)) == [("0", "group"), ("0-0", "survey")]


def test_groups_are_not_offered_deeper_than_three():
    data = sent("0-0:group", "0-0-0:group")
    data["add"], data["0-0-0-new"] = "0-0-0", "group"
    editor = RuleEditor.sent(a_programme(people=0), data)
    assert rows_of(editor) == [("0", "group"), ("0-0", "group"), ("0-0-0", "group")]
    assert ["group" in dict(row.new_kinds) for row in editor.root.walk()] == [True, True, False]


@pytest.mark.parametrize(
    ("items", "fields", "problems"),
    [
        ([], {}, [("id_0-mode", "Add at least one requirement here.")]),
        (["0-0:sessions"], {}, [("id_0-0-at_least", "This field is required.")]),
        (
            ["0-0:sessions"],
            {"f0_0__at_least": "9"},
            [("id_0-0-at_least", "The programme has 3 sessions; nobody could attend as many as that.")],
        ),
        (
            ["0-0:minutes"],
            {"f0_0__at_least": "361"},
            [("id_0-0-at_least", "All sessions together last 360 minutes; nobody could be present for longer.")],
        ),
        (["0-0:these_sessions"], {}, [("id_0-0-sessions", "This field is required.")]),
        (["0-0:assignment"], {}, [("id_0-0-assignment", "This field is required.")]),
        (
            ["0-0:survey", "0-1:group"],
            {"f0_1__mode": "any"},
            [("id_0-1-mode", "Add a requirement, or remove the group.")],
        ),
        (["0-0:survey"], {"f0__mode": "at_least"}, [("id_0-count", "Write how many of them must be met.")]),
        (
            ["0-0:survey"],
            {"f0__mode": "at_least", "f0__count": "2"},
            [("id_0-count", "There are only 1 in this group.")],
        ),
        (
            ["0-0:yes", "0-1:yes"],
            {},
            [("id_0-1-about", "A rule asks for an organiser’s yes once; remove one of the two.")],
        ),
    ],
)
def test_what_cannot_be_is_said_beside_its_field(items, fields, problems):
    editor = RuleEditor.sent(a_programme(people=0), sent(*items, **fields))
    assert (editor.is_valid(), editor.problems) == (False, problems)


def test_a_new_rule_is_shown_with_what_it_would_change_before_it_is_adopted(organiser_client):
    programme = a_programme(people=1)
    loses = a_graduate(programme, sessions=2, printed_name="Amina Odhiambo")
    kept = CertificateFactory(registration=loses, rule=programme.completion_rules.get())
    a_graduate(programme, has_answered=False, printed_name="Li Na")
    client = organiser_client(programme)
    assert "Complete under it today: 2 of 3" in text_of(client.get(rule_page(programme)))
    data = sent("0-0:sessions", f0_0__at_least="3")
    response = client.post(rule_page(programme), data.urlencode(), "application/x-www-form-urlencoded")
    draft = RuleDraft.objects.get()
    address = reverse("admin:certificates_rule_draft", args=[draft.pk])
    assert (response["Location"], CompletionRule.objects.count()) == (address, 1)
    gain, lose = (text_of(client.get(f"{address}?list={which}")) for which in ("gain", "lose"))
    assert ("Li Na" in gain, "Amina Odhiambo" in gain) == (True, False)
    assert ("Li Na" in lose, "Amina Odhiambo" in lose, f"<bdi>{kept.serial}</bdi> · stays valid" in lose) == (
        False,
        True,
        True,
    )
    assert "1 person who loses has a certificate already and keeps it." in lose
    csv = b"".join(client.get(f"{address}?list=lose&format=csv").streaming_content).decode()
    assert csv.splitlines()[1] == f'Amina Odhiambo,{loses.email},{kept.serial},"loses, and keeps the certificate"'
    assert client.post(address, {"against": "1"})["Location"] == rule_page(programme)
    rule = CompletionRule.objects.in_force(programme)
    assert (rule.version, rule.rule) == (2, Rule(80, Group(Mode.ALL, (Sessions(3),))))
    assert "It is in force as Rule version 2." in text_of(client.get(address))


def test_a_draft_is_not_adopted_against_another_version_than_was_looked_at(organiser_client):
    programme = a_programme(people=1)
    draft = actions.draft_rule(programme, Rule.simple(3, 80, is_survey_required=False), by=None, now=NOW)
    actions.set_rule(programme, Rule.simple(1, 80, is_survey_required=False), by=None, now=NOW)
    address = reverse("admin:certificates_rule_draft", args=[draft.pk])
    text = text_of(organiser_client(programme).post(address, {"against": "1"}))
    assert "Another version came into force meanwhile." in text
    assert '<input type="hidden" name="against" value="2">' in text
    assert CompletionRule.objects.count() == 2


def test_a_draft_is_changed_where_it_was_put_together(organiser_client):
    programme = a_programme(people=0)
    draft = actions.draft_rule(programme, Rule(66, Group(Mode.ALL, (Minutes(77),))), by=None, now=NOW)
    text = text_of(organiser_client(programme).get(f"{rule_page(programme)}?draft={draft.pk}"))
    assert ('value="66"' in text, 'value="77"' in text) == (True, True)


def test_the_funnel_leads_to_those_who_miss_by_one_thing(organiser_client):
    programme = a_programme(people=1)
    short = a_graduate(programme, has_answered=False, printed_name="Amina Odhiambo")
    client = organiser_client(programme)
    text = text_of(client.get(reverse("admin:certificates_funnel", args=[programme.pk])))
    missing = reverse("admin:certificates_missing", args=[programme.pk])
    assert f'<a href="{missing}?only=1">1</a>' in text
    listed = text_of(client.get(f"{missing}?only=1"))
    assert ("Amina Odhiambo" in listed, "1 person: Answer the survey" in listed) == (True, True)
    assert reverse("admin:certificates_exception", args=[short.pk]) in listed
    assert "Nobody." in text_of(client.get(f"{missing}?only=0"))
    csv = b"".join(client.get(f"{missing}?format=csv").streaming_content).decode()
    assert csv.count("Amina Odhiambo") == 1


def test_work_is_accepted_by_ticks_and_by_addresses_and_taken_back(organiser_client):
    programme = a_programme(people=2)
    assignment, (one, other) = AssignmentFactory(programme=programme), programme.registrations.order_by("pk")
    client, address = organiser_client(programme), reverse("admin:certificates_acceptances", args=[assignment.pk])
    client.post(address, {"person": [one.pk], "mark": "x"})
    assert list(Acceptance.objects.standing().values_list("registration", flat=True)) == [one.pk]
    pasted = f"Name;Mail\nX;<{other.email.upper()}>\nY, nobody@example.org\n{one.email}"
    text = text_of(client.post(address, {"addresses": pasted, "paste": "x"}, follow=True))
    assert "1 person is marked now. 1 was before." in text
    assert "1 address belongs to nobody with a seat in this programme: nobody@example.org" in text
    client.post(address, {"person": [one.pk], "unmark": "x"})
    assert list(Acceptance.objects.standing().values_list("registration", flat=True)) == [other.pk]
    assert "There is no e-mail address in this text." in text_of(client.post(address, {"addresses": "x", "paste": "x"}))


def test_a_yes_is_given_with_a_note(organiser_client):
    programme = a_programme(people=1)
    client, address = organiser_client(programme), reverse("admin:certificates_confirmations", args=[programme.pk])
    client.post(address, {"person": [programme.registrations.get().pk], "note": "Group 3", "mark": "x"})
    assert Confirmation.objects.get().note == "Group 3"
    assert "Group 3" in text_of(client.get(f"{address}?list=marked"))
    assert "Nobody." in text_of(client.get(f"{address}?list=unmarked"))


def test_an_exception_is_made_with_a_reason_listed_and_taken_back(organiser_client):
    programme = a_programme(people=0)
    person = a_graduate(programme, sessions=0, printed_name="Amina Odhiambo")
    client = organiser_client(programme)
    find = reverse("admin:certificates_exception_find", args=[programme.pk])
    assert "Nobody with a seat" in text_of(client.post(find, {"email": "nobody@example.org"}))
    address = client.post(find, {"email": person.email.upper()})["Location"]
    assert "0 of 3 sessions" in text_of(client.get(address))
    assert "This field is required." in text_of(client.post(address, {"reason": " "}))
    listing = client.post(address, {"reason": "Ill on the last day"})["Location"]
    assert "Ill on the last day" in text_of(client.get(listing))
    override = Override.objects.get()
    back = reverse("admin:certificates_exception_withdraw", args=[override.pk])
    assert "Ill on the last day" in text_of(client.get(back))
    client.post(back)
    changelist = reverse("admin:certificates_override_changelist")
    found = {
        state: "Ill on the last day" in text_of(client.get(f"{changelist}?state={state}"))
        for state in ("standing", "withdrawn", "used")
    }
    assert found == {"standing": False, "withdrawn": True, "used": False}


def test_other_organisers_analysts_and_strangers_see_nothing(client, organiser_client, analyst_client):
    programme = a_programme(people=1)
    person, assignment = programme.registrations.get(), AssignmentFactory(programme=programme)
    draft = actions.draft_rule(programme, Rule.simple(1, 80, is_survey_required=False), by=None, now=NOW)
    override = actions.make_exception(person, reason="Ill", by=None, now=NOW)
    pages = {
        "rule": programme.pk,
        "rule_draft": draft.pk,
        "funnel": programme.pk,
        "missing": programme.pk,
        "acceptances": assignment.pk,
        "confirmations": programme.pk,
        "exception_find": programme.pk,
        "exception": person.pk,
        "exception_withdraw": override.pk,
    }
    stranger = organiser_client(a_programme(people=0))
    for name, pk in pages.items():
        address = reverse(f"admin:certificates_{name}", args=[pk])
        assert [stranger.get(address).status_code, stranger.post(address).status_code] == [404, 404], name
        assert analyst_client(programme).get(address).status_code in (403, 404), name
        assert client.post(address).status_code == 302, name


@pytest.mark.parametrize("name", ["rule", "funnel", "missing", "confirmations"])
def test_pages_take_as_many_queries_for_three_as_for_one(name, organiser_client, django_assert_num_queries):
    programme = a_programme(people=1)
    a_graduate(programme, has_answered=False)
    client, address = organiser_client(programme), reverse(f"admin:certificates_{name}", args=[programme.pk])
    client.get(address)
    with CaptureQueriesContext(connection) as for_one:
        client.get(address)
    for _number in range(2):
        a_graduate(programme, has_answered=False)
        actions.confirm(programme, [RegistrationFactory(programme=programme).pk], by=None, now=NOW)
    with django_assert_num_queries(len(for_one)):
        client.get(address)
