"""Tables of the third floor."""

from certificates.models.certificates import Certificate, CertificateFile, SerialCounter, new_code
from certificates.models.credentials import Credential
from certificates.models.decisions import Acceptance, Assignment, Confirmation, Override
from certificates.models.designs import CertificateDesign, DesignPicture
from certificates.models.names import NameConfirmation, NameRequest
from certificates.models.rules import CompletionRule, RuleDraft, columns_of
from certificates.models.runs import Accepted, IssueRun

__all__ = [
    "Acceptance",
    "Accepted",
    "Assignment",
    "Certificate",
    "CertificateDesign",
    "CertificateFile",
    "CompletionRule",
    "Confirmation",
    "Credential",
    "DesignPicture",
    "IssueRun",
    "NameConfirmation",
    "NameRequest",
    "Override",
    "RuleDraft",
    "SerialCounter",
    "columns_of",
    "new_code",
]
