"""Why an identity is matched, likely, or nobody, in sentences for organisers."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from sessions.matches import Because

SENTENCES: dict[str, str] = {
    Because.EMAIL_EXACT: gettext_noop("The e-mail address is the registered one."),
    Because.KNOWN_ADDRESS: gettext_noop("This e-mail address was seen before for this person."),
    Because.NAME_EXACT: gettext_noop("The name is exactly the registered one."),
    Because.NAME_PUNCTUATION: gettext_noop(
        "The name is the registered one; only hyphens, apostrophes or spaces differ."
    ),
    Because.NAME_SWAPPED: gettext_noop("The name is the registered one, in another order."),
    Because.NAME_WITHOUT_DIACRITICS: gettext_noop("The name is the registered one, written without its accents."),
    Because.ORIGINAL_NAME_EXACT: gettext_noop("The name in brackets is the registered one."),
    Because.NAME_SWAPPED_IN_NICKNAME: gettext_noop("The name in brackets is the registered one, in another order."),
    Because.EMAIL_TYPO_AND_NAME_EXACT: gettext_noop("The address differs in one letter and the name is the same."),
    Because.EMAIL_TYPO: gettext_noop("The address differs from the registered one in one letter only."),
    Because.DEVICE_NAME: gettext_noop("The name is a device’s, called after a person with this name."),
    Because.NICKNAME_AND_FAMILY_NAME: gettext_noop("The first name is a short form, and the other name is the same."),
    Because.NICKNAME: gettext_noop("The name is a short form of the registered one."),
    Because.OTHER_SCRIPT: gettext_noop("The name sounds the same, written in another script."),
    Because.TRANSLITERATION_VARIANT: gettext_noop("The name sounds the same, in another spelling."),
    Because.NAME_TYPO: gettext_noop("The name differs in a letter or two."),
    Because.NAME_INITIALS: gettext_noop("A part of the name is only an initial."),
    Because.NAME_PARTIAL: gettext_noop("The name is a part of the registered one."),
    Because.NAME_WITHOUT_DIACRITICS_PARTIAL: gettext_noop(
        "The name is a part of the registered one, written without its accents."
    ),
    Because.NAME_WITH_MORE: gettext_noop("The whole registered name is there, with other words beside it."),
    Because.NAME_OTHER_DIACRITICS: gettext_noop("The letters are the same, but accents differ."),
    Because.NAME_OF_ANOTHER: gettext_noop(
        "The address is one person’s and the name another’s. Who of the two was there?"
    ),
    Because.ADDRESS_OF_ANOTHER: gettext_noop(
        "The name is one person’s, but the address is nearly another’s. Who of the two was there?"
    ),
    Because.ADDRESS_OF_SEVERAL: gettext_noop("Several people use this address."),
    Because.NAME_UNDER_TWO_ADDRESSES: gettext_noop(
        "The name is in the file under two addresses. They may be two people."
    ),
    Because.NAME_FITS_OTHERS: gettext_noop(
        "The name may also be another registered person’s, written shorter or in another way."
    ),
    Because.NAME_COMMON_ADDRESS_UNKNOWN: gettext_noop(
        "The name is the registered one, but it is a common name and the address is not known."
    ),
    Because.NAME_SHORT: gettext_noop("The name is the registered one, but it is too short to be sure."),
    Because.NAME_AND_MORE: gettext_noop(
        "The registered name is there, beside another name or words in another script."
    ),
    Because.AMBIGUOUS_SAME_NAME: gettext_noop("Several registered people have this name."),
    Because.AMBIGUOUS_PART_OF_NAME: gettext_noop("Several registered people have this as a part of their name."),
    Because.TWO_PEOPLE_ONE_CONNECTION: gettext_noop("Two people seem to have shared one connection."),
    Because.SIMILAR_NAME_OTHER_PERSON: gettext_noop(
        "The name resembles a registered one, but too much speaks for another person."
    ),
    Because.ANONYMOUS: gettext_noop("The name does not say who this was."),
    Because.PHONE_CALLER: gettext_noop("This was a telephone call; the number does not say whose."),
    Because.DEVICE_NAME_WITHOUT_PERSON: gettext_noop("The name is a device’s and does not say whose."),
    Because.HOST_NOT_REGISTERED: gettext_noop("This was the host of the meeting, who is not registered."),
    Because.NOT_IN_ROSTER: gettext_noop("Nobody with such a name or address is registered."),
}


def in_words(because: str) -> str:
    """A reason in the reader's language; '' for a code that is none of ours, so that an old row still shows."""
    sentence = SENTENCES.get(because)
    return _(sentence) if sentence else ""
