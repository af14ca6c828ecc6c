"""Tables of the third floor."""

from certificates.models.certificates import Certificate, CertificateFile, SerialCounter, new_code
from certificates.models.rules import CompletionRule
from certificates.models.runs import IssueRun

__all__ = ["Certificate", "CertificateFile", "CompletionRule", "IssueRun", "SerialCounter", "new_code"]
