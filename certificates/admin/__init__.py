"""The back office of certificates: the rule, the runs, the certificates."""

from certificates.admin.certificate import CertificateAdmin
from certificates.admin.rule import CompletionRuleAdmin
from certificates.admin.run import IssueRunAdmin

__all__ = ["CertificateAdmin", "CompletionRuleAdmin", "IssueRunAdmin"]
