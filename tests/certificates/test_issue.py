import datetime as dt
import hashlib

import pytest

from certificates import actions
from certificates.actions import issue, records
from certificates.errors import Refused
from certificates.models import Certificate, CertificateFile, IssueRun
from registrations.models import Mail, Programme
from tests.certificates_factories import CompletionRuleFactory, a_graduate, a_programme
from tests.registrations_factories import ProgrammeFactory, UserFactory
from tests.sessions_factories import AFTERWARDS, TrainingSessionFactory

pytestmark = pytest.mark.django_db


def issue_all(programme, **kwargs):
    run = actions.request_issue(programme, by=None, now=AFTERWARDS)
    return actions.carry_on(run, now=AFTERWARDS, **kwargs)


def test_everybody_who_is_due_gets_one_certificate_a_file_and_a_mail():
    programme = a_programme(people=2, slug="data-cities", start_date=dt.date(2026, 3, 10))
    a_graduate(programme, has_answered=False)
    organiser = UserFactory()
    run = actions.request_issue(programme, by=organiser, now=AFTERWARDS)
    run = actions.carry_on(run, now=AFTERWARDS)
    certificates = list(Certificate.objects.order_by("serial"))
    assert [certificate.serial for certificate in certificates] == ["BZ-DC-2026-00001", "BZ-DC-2026-00002"]
    assert (run.total, run.done, run.finished_at, run.refusal) == (2, 2, AFTERWARDS, "")
    assert [certificate.issued_by for certificate in certificates] == [organiser, organiser]
    assert len({certificate.code for certificate in certificates}) == 2
    for certificate in certificates:
        content = bytes(certificate.file.content)
        assert content[:5] == b"%PDF-"
        assert certificate.file.sha256 == hashlib.sha256(content).hexdigest()
        assert certificate.file.rendered_at == AFTERWARDS
    assert sorted(Mail.objects.values_list("key", flat=True)) == [f"certificate-{c.pk}" for c in certificates]


def test_the_mail_says_where_the_certificate_is():
    programme = a_programme(people=1, title="Data for Cities")
    issue_all(programme)
    certificate, mail = Certificate.objects.get(), Mail.objects.get()
    assert mail.subject == "Your certificate: Data for Cities"
    assert "{personal_link}" in mail.body
    assert f"http://127.0.0.1:8000/verify/{certificate.code}/" in mail.body


def test_a_second_request_during_a_run_is_the_same_run():
    programme = a_programme(people=1)
    first = actions.request_issue(programme, by=None, now=AFTERWARDS)
    assert actions.request_issue(programme, by=None, now=AFTERWARDS) == first
    assert IssueRun.objects.count() == 1


def test_carrying_on_twice_issues_once():
    programme = a_programme(people=3)
    run = issue_all(programme)
    again = actions.carry_on(run, now=AFTERWARDS)
    assert again.finished_at == AFTERWARDS
    assert [Certificate.objects.count(), CertificateFile.objects.count(), Mail.objects.count()] == [3, 3, 3]
    with pytest.raises(Refused) as refusal:
        actions.request_issue(programme, by=None, now=AFTERWARDS)
    assert str(refusal.value) == "Nobody is due: everybody who meets the rule has a certificate already."


def test_those_who_complete_later_get_theirs_in_the_next_run():
    programme = a_programme(people=1)
    issue_all(programme)
    late = a_graduate(programme)
    run = issue_all(programme)
    assert (run.total, run.done) == (1, 1)
    assert late.certificates.get().serial.endswith("-00002")


@pytest.mark.parametrize(
    ("prepare", "sentence"),
    [
        (lambda p: None, "Set a completion rule first: it decides who gets a certificate."),
        (
            lambda p: CompletionRuleFactory(programme=p),
            "The programme has no sessions yet, so nobody can have completed it.",
        ),
        (
            lambda p: [CompletionRuleFactory(programme=p), TrainingSessionFactory(programme=p)],
            "Nobody is due: everybody who meets the rule has a certificate already.",
        ),
    ],
)
def test_a_run_without_work_is_refused_in_a_sentence(prepare, sentence):
    programme = ProgrammeFactory()
    prepare(programme)
    with pytest.raises(Refused) as refusal:
        actions.request_issue(programme, by=None, now=AFTERWARDS)
    assert str(refusal.value) == sentence
    assert not IssueRun.objects.exists()


def test_a_run_in_another_workers_hands_is_left_alone_until_its_lease_ends():
    programme = a_programme(people=1)
    run = actions.request_issue(programme, by=None, now=AFTERWARDS)
    IssueRun.objects.update(claimed_at=AFTERWARDS)
    actions.carry_on(run, now=AFTERWARDS, clock=lambda: AFTERWARDS + issue.LEASE - dt.timedelta(seconds=1))
    assert Certificate.objects.count() == 0
    actions.carry_on(run, now=AFTERWARDS, clock=lambda: AFTERWARDS + issue.LEASE)
    assert Certificate.objects.count() == 1


def test_a_worker_killed_between_recording_and_typesetting_leaves_nothing_undone():
    programme = a_programme(people=2)
    run = actions.request_issue(programme, by=None, now=AFTERWARDS)
    judged = actions.evaluations(programme)
    rule = programme.completion_rules.get()
    IssueRun.objects.update(claimed_at=AFTERWARDS)
    records.record(programme, dict(list(judged.items())[:1]), rule, by=None, now=AFTERWARDS)
    assert [Certificate.objects.count(), CertificateFile.objects.count()] == [1, 0]
    run = actions.carry_on(run, now=AFTERWARDS, clock=lambda: AFTERWARDS + issue.LEASE)
    assert (run.total, run.done) == (2, 2)
    assert [Certificate.objects.count(), CertificateFile.objects.count(), Mail.objects.count()] == [2, 2, 2]
    serials = Certificate.objects.order_by("serial").values_list("serial", flat=True)
    assert [serial[-5:] for serial in serials] == ["00001", "00002"]


def test_recording_the_same_people_twice_records_them_once():
    programme = a_programme(people=3)
    judged, rule = actions.evaluations(programme), programme.completion_rules.get()
    assert len(records.record(programme, judged, rule, by=None, now=AFTERWARDS)) == 3
    assert records.record(programme, judged, rule, by=None, now=AFTERWARDS) == []
    programme.serial_counter.refresh_from_db()
    assert programme.serial_counter.last == 3


def test_delivering_twice_stores_one_file_and_queues_one_mail():
    programme = a_programme(people=1)
    made = records.record(
        programme, actions.evaluations(programme), programme.completion_rules.get(), by=None, now=AFTERWARDS
    )
    assert records.deliver([made[0].pk], now=AFTERWARDS) == 1
    assert records.deliver([made[0].pk], now=AFTERWARDS) == 0
    assert [CertificateFile.objects.count(), Mail.objects.count()] == [1, 1]


def test_a_name_that_no_font_has_stops_nobody_else_and_the_run_names_it():
    programme = a_programme(people=1)
    a_graduate(programme, printed_name="\U0001f469 Someone")
    a_graduate(programme)
    run = issue_all(programme)
    broken = Certificate.objects.get(printed_name="\U0001f469 Someone")
    assert (run.done, run.total, run.finished_at) == (3, 3, AFTERWARDS)
    assert run.refusal.splitlines() == [
        "1 certificate is recorded, but its PDF could not be made:",
        f"{broken.serial}: {broken.render_error}",
    ]
    assert broken.render_error == "no font has “\U0001f469”"
    assert [Certificate.objects.count(), CertificateFile.objects.count(), Mail.objects.count()] == [3, 2, 2]


def test_a_certificate_that_could_not_be_made_is_tried_again_when_a_run_is_asked_for():
    programme = a_programme(people=0)
    a_graduate(programme, printed_name="\U0001f469 Someone")
    issue_all(programme)
    actions.render_leftovers(now=AFTERWARDS)
    assert CertificateFile.objects.count() == 0
    Certificate.objects.update(printed_name="Someone")
    run = issue_all(programme)
    assert (run.total, run.done, run.refusal) == (1, 1, "")
    assert Certificate.objects.get().render_error == ""
    assert CertificateFile.objects.count() == 1


def test_leftovers_of_a_stopped_worker_are_made_by_the_sweep():
    programme = a_programme(people=2)
    records.record(programme, actions.evaluations(programme), programme.completion_rules.get(), by=None, now=AFTERWARDS)
    assert actions.render_leftovers(now=AFTERWARDS) == 2
    assert actions.render_leftovers(now=AFTERWARDS) == 0


def test_later_changes_of_profile_and_programme_change_no_certificate():
    programme = a_programme(people=1, title="Data for Cities", start_date=dt.date(2026, 3, 10))
    issue_all(programme)
    before = Certificate.objects.values().get()
    file = bytes(CertificateFile.objects.get().content)
    programme.registrations.update(printed_name="Somebody Else", language="fr")
    programme.partners.update(name="Another Institute")
    Programme.objects.filter(pk=programme.pk).update(title="Renamed", end_date=dt.date(2027, 1, 1))
    CompletionRuleFactory(programme=programme, version=2, sessions_required=3)
    CertificateFile.objects.all().delete()
    records.deliver([before["id"]], now=AFTERWARDS)
    assert Certificate.objects.values().get() == before
    typeset = file[: file.index(b"%%EOF") + len(b"%%EOF")]  # the signature stands behind, and is never the same twice
    assert bytes(CertificateFile.objects.get().content).startswith(typeset)


def test_the_snapshot_holds_what_the_rule_saw():
    programme = a_programme(people=0, title="Data for Cities")
    a_graduate(programme, sessions=2, seconds=6000, printed_name="Amina Odhiambo", language="fr")
    issue_all(programme)
    certificate = Certificate.objects.get()
    assert (certificate.printed_name, certificate.language) == ("Amina Odhiambo", "fr")
    assert (certificate.sessions_attended, certificate.sessions_total, certificate.minutes_attended) == (2, 3, 200)
    assert (certificate.programme_title, certificate.issuer) == ("Data for Cities", "Institute of Tests")
    assert (certificate.issue_date, certificate.is_synthetic) == (dt.date(2026, 4, 2), False)


def test_made_up_people_get_specimens_and_no_mail():
    programme = a_programme(people=1, synthetic_seed=7)
    issue_all(programme)
    assert Certificate.objects.get().is_synthetic
    assert Mail.objects.get().held_at == AFTERWARDS


def test_programmes_with_the_same_initials_get_different_numbers():
    for slug in ("data-cities", "digital-commerce"):
        issue_all(a_programme(people=1, slug=slug))
    assert list(Certificate.objects.order_by("pk").values_list("serial", flat=True)) == [
        "BZ-DC-2026-00001",
        "BZ-DC2-2026-00001",
    ]


def test_whoever_withdrew_since_gets_none():
    programme = a_programme(people=2)
    judged = actions.evaluations(programme)
    programme.registrations.filter(pk=min(judged)).update(withdrawn_at=AFTERWARDS, seated_at=None)
    assert len(records.record(programme, judged, programme.completion_rules.get(), by=None, now=AFTERWARDS)) == 1


@pytest.mark.parametrize("people", [1, 3])
def test_a_run_takes_as_many_queries_for_three_as_for_one(people, django_assert_num_queries):
    programme = a_programme(people=people)
    run = actions.request_issue(programme, by=None, now=AFTERWARDS)
    run = IssueRun.objects.select_related("programme").get(pk=run.pk)
    with django_assert_num_queries(35):
        actions.carry_on(run, now=AFTERWARDS)
    assert CertificateFile.objects.count() == people


def test_many_are_issued_in_chunks(monkeypatch):
    monkeypatch.setattr(issue, "CHUNK", 2)
    run = issue_all(a_programme(people=5))
    assert (run.done, run.total) == (5, 5)
    serials = Certificate.objects.order_by("serial").values_list("serial", flat=True)
    assert [serial[-5:] for serial in serials] == ["00001", "00002", "00003", "00004", "00005"]


def test_nothing_is_issued_before_the_last_session_has_ended():
    programme = a_programme(people=1)
    last = programme.sessions.order_by("ends_at").last()
    with pytest.raises(Refused) as refused:
        actions.request_issue(programme, by=None, now=last.ends_at - dt.timedelta(seconds=1))
    assert str(refused.value) == "Certificates can be issued once the last session has ended."
    assert actions.request_issue(programme, by=None, now=last.ends_at).total == 1
