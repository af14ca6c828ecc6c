"""Tables of the ground floor."""

from registrations.models.address_change import AddressChange
from registrations.models.bounce import Bounce
from registrations.models.consent import Consent
from registrations.models.contacts import Contact, Partnership
from registrations.models.directory import Block, DirectoryTopic, Profile, ProfileItem, ProfileReport
from registrations.models.kept import KeptFigures
from registrations.models.mail import Mail
from registrations.models.mail_text import MailText
from registrations.models.privacy import PrivacyText
from registrations.models.programme import Partner, Programme, TeamMember
from registrations.models.registration import Registration
from registrations.models.retention import Retention, RetentionRecord
from registrations.models.topics import Topic
from registrations.models.translated import Told, Translated
from registrations.models.user import User

__all__ = [
    "AddressChange",
    "Block",
    "Bounce",
    "Consent",
    "Contact",
    "DirectoryTopic",
    "KeptFigures",
    "Mail",
    "MailText",
    "Partner",
    "Partnership",
    "PrivacyText",
    "Profile",
    "ProfileItem",
    "ProfileReport",
    "Programme",
    "Registration",
    "Retention",
    "RetentionRecord",
    "TeamMember",
    "Told",
    "Topic",
    "Translated",
    "User",
]
