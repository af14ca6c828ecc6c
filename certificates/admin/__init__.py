"""The back office of certificates: the rule and who meets it, the runs, the certificates."""

from certificates.admin.assignment import AssignmentAdmin
from certificates.admin.certificate import CertificateAdmin
from certificates.admin.design import CertificateDesignAdmin
from certificates.admin.names import NameConfirmationAdmin, NameRequestAdmin
from certificates.admin.override import OverrideAdmin
from certificates.admin.rule import CompletionRuleAdmin
from certificates.admin.run import IssueRunAdmin

__all__ = [
    "AssignmentAdmin",
    "CertificateAdmin",
    "CertificateDesignAdmin",
    "CompletionRuleAdmin",
    "IssueRunAdmin",
    "NameConfirmationAdmin",
    "NameRequestAdmin",
    "OverrideAdmin",
]
