"""What matching takes and gives: plain values. `sessions.matching` decides, `sessions.reasons` says it in words."""

from enum import StrEnum
from typing import NamedTuple


class Decision(StrEnum):
    """What becomes of an identity without a person's word."""

    AUTO = "auto"  # unique and certain: counts at once
    CONFIRM = "confirm"  # likely: waits in the review queue with its candidates
    NONE = "none"  # nobody, or several: never guessed


class Because(StrEnum):
    """Why an identity is matched, is only likely, or is nobody."""

    # Certain.
    EMAIL_EXACT = "email_exact"
    KNOWN_ADDRESS = "known_address"  # a person, or an earlier match, has tied this address to the registration
    NAME_EXACT = "name_exact"
    NAME_PUNCTUATION = "name_punctuation"  # hyphens, apostrophes, spaces between the parts of a name
    NAME_SWAPPED = "name_swapped"
    NAME_WITHOUT_DIACRITICS = "name_without_diacritics"
    ORIGINAL_NAME_EXACT = "original_name_exact"  # the name in brackets
    NAME_SWAPPED_IN_NICKNAME = "name_swapped_in_nickname"  # in brackets, and in another order
    EMAIL_TYPO_AND_NAME_EXACT = "email_typo_and_name_exact"
    # Likely.
    EMAIL_TYPO = "email_typo"
    DEVICE_NAME = "device_name"
    NICKNAME_AND_FAMILY_NAME = "nickname_and_family_name"
    NICKNAME = "nickname"
    OTHER_SCRIPT = "other_script"
    TRANSLITERATION_VARIANT = "transliteration_variant"
    NAME_TYPO = "name_typo"
    NAME_INITIALS = "name_initials"
    NAME_PARTIAL = "name_partial"
    NAME_WITHOUT_DIACRITICS_PARTIAL = "name_without_diacritics_partial"
    NAME_WITH_MORE = "name_with_more"  # the registered name, and further words
    NAME_OTHER_DIACRITICS = "name_other_diacritics"
    # Why what looks certain is not.
    NAME_OF_ANOTHER = "name_of_another"  # the address is one person's, the name another's
    ADDRESS_OF_ANOTHER = "address_of_another"  # the name is one person's, the address nearly another's
    ADDRESS_OF_SEVERAL = "address_of_several"
    NAME_UNDER_TWO_ADDRESSES = "name_under_two_addresses"
    NAME_FITS_OTHERS = "name_fits_others"  # exact for one person, possible for others
    NAME_COMMON_ADDRESS_UNKNOWN = "name_common_address_unknown"
    NAME_SHORT = "name_short"  # one short word, or initials
    NAME_AND_MORE = "name_and_more"  # the exact name, and beside it words that belong to others
    # Nobody, or several.
    AMBIGUOUS_SAME_NAME = "ambiguous_same_name"
    AMBIGUOUS_PART_OF_NAME = "ambiguous_part_of_name"
    TWO_PEOPLE_ONE_CONNECTION = "two_people_one_connection"
    SIMILAR_NAME_OTHER_PERSON = "similar_name_other_person"
    ANONYMOUS = "anonymous"
    PHONE_CALLER = "phone_caller"
    DEVICE_NAME_WITHOUT_PERSON = "device_name_without_person"
    HOST_NOT_REGISTERED = "host_not_registered"
    NOT_IN_ROSTER = "not_in_roster"


class Candidate(NamedTuple):
    """A registered person: a key, the address in lower case, every way in which the name is written, and addresses
    (in lower case) under which the person was seen before.
    """

    key: int
    email: str
    names: tuple[str, ...]
    known_addresses: tuple[str, ...] = ()


class Identity(NamedTuple):
    """What a line of a report says of its person: the name as read, and the address in lower case or ''."""

    name: str
    email: str


class Suggestion(NamedTuple):
    """Somebody whom an identity may be, and why; the first reason is the weightiest."""

    key: int
    because: tuple[Because, ...]


class Match(NamedTuple):
    """What is decided of an identity. `key` is set where the decision is `auto`, and only there."""

    decision: Decision
    key: int | None
    because: Because
    suggestions: tuple[Suggestion, ...] = ()  # best first; at most `likeness.SUGGESTIONS_AT_MOST`
