"""Where a person stands with the others of the directory, for the page of contacts."""

from collections.abc import Sequence
from dataclasses import dataclass

from registrations.models import Contact, Partnership, Profile
from registrations.people.entrance import Member


@dataclass(frozen=True, slots=True)
class Line:
    """One contact: the other's profile, and the address that they share once both have agreed."""

    contact: Contact
    other: Profile
    address: str
    partnerships: tuple[Partnership, ...]


@dataclass(frozen=True, slots=True)
class Standing:
    """Requests to answer, own ones that wait or were declined, and people with whom one has agreed; latest first."""

    to_answer: tuple[Line, ...]
    waiting: tuple[Line, ...]
    declined: tuple[Line, ...]
    agreed: tuple[Line, ...]

    @property
    def is_empty(self) -> bool:
        """Whether nobody asked anybody yet."""
        return not (self.to_answer or self.waiting or self.declined or self.agreed)


def contacts_of(own: Member) -> Standing:
    """Everything with people whom the person may see now: who left or was blocked is gone. Three queries."""
    me = own.registration.pk
    rows = list(Contact.objects.of(own.registration).filter(taken_back_at__isnull=True).order_by("-asked_at", "-pk"))
    seen = Profile.objects.seen_by(own.registration).select_related("registration")
    others = {one.registration_id: one for one in seen.filter(registration__in=_others(own, rows))}
    came = _partnerships(rows)
    lines = [
        Line(
            contact=row,
            other=others[row.other_than(own.registration)],
            address=_address(row, others[row.other_than(own.registration)]),
            partnerships=tuple(came.get(row.pk, ())),
        )
        for row in rows
        if row.other_than(own.registration) in others
    ]
    return Standing(
        to_answer=tuple(one for one in lines if one.contact.is_open and one.contact.recipient_id == me),
        waiting=tuple(one for one in lines if one.contact.is_open and one.contact.sender_id == me),
        declined=tuple(one for one in lines if one.contact.declined_at and one.contact.sender_id == me),
        agreed=tuple(one for one in lines if one.contact.is_agreed),
    )


def _others(own: Member, rows: Sequence[Contact]) -> list[int]:
    return [row.other_than(own.registration) for row in rows]


def _address(contact: Contact, other: Profile) -> str:
    return other.address(other.registration) if contact.is_agreed else ""


def _partnerships(rows: Sequence[Contact]) -> dict[int, list[Partnership]]:
    found: dict[int, list[Partnership]] = {}
    for one in Partnership.objects.filter(contact__in=[row.pk for row in rows if row.is_agreed]).order_by(
        "month", "pk"
    ):
        found.setdefault(one.contact_id, []).append(one)
    return found
