import pytest
from django.db import IntegrityError, transaction

from certificates.models import IssueRun, SerialCounter
from tests.certificates_factories import CertificateFactory, CompletionRuleFactory
from tests.registrations_factories import NOW, ProgrammeFactory

pytestmark = pytest.mark.django_db


def breaks(constraint, make):
    with pytest.raises(IntegrityError) as found, transaction.atomic():
        make()
    return constraint in str(found.value)


def test_a_person_has_one_certificate_that_is_not_superseded():
    first = CertificateFactory()
    assert breaks("registration_id", lambda: CertificateFactory(registration=first.registration, rule=first.rule)) or (
        breaks("certificate_one", lambda: CertificateFactory(registration=first.registration, rule=first.rule))
    )
    type(first).objects.update(superseded_at=NOW)
    CertificateFactory(registration=first.registration, rule=first.rule, supersedes=first)


def test_serial_numbers_and_codes_are_unique():
    first = CertificateFactory()
    assert breaks("serial", lambda: CertificateFactory(serial=first.serial))
    assert breaks("code", lambda: CertificateFactory(code=first.code))
    assert len(first.code) == 24


def test_a_revocation_has_a_reason():
    assert breaks("certificate_revocation_has_a_reason", lambda: CertificateFactory(revoked_at=NOW))


def test_a_share_is_a_percentage():
    for share in (0, 101):
        assert breaks(
            "completion_rule_share_is_a_percentage",
            lambda share=share: CompletionRuleFactory(share_required=share),
        )


def test_a_version_exists_once():
    rule = CompletionRuleFactory()
    assert breaks("version", lambda: CompletionRuleFactory(programme=rule.programme))


def test_one_run_of_a_programme_at_a_time():
    programme = ProgrammeFactory()
    IssueRun.objects.create(programme=programme, requested_at=NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        IssueRun.objects.create(programme=programme, requested_at=NOW)
    IssueRun.objects.update(finished_at=NOW)
    IssueRun.objects.create(programme=programme, requested_at=NOW)


def test_no_two_programmes_count_under_the_same_prefix():
    SerialCounter.objects.create(programme=ProgrammeFactory(), prefix="BZ-X-2026")
    other = ProgrammeFactory()
    assert breaks("prefix", lambda: SerialCounter.objects.create(programme=other, prefix="BZ-X-2026"))
