"""Those who run a programme, as mail finds them."""

from collections.abc import Sequence

from django.conf import settings

from registrations.models import Programme, TeamMember


def addresses_of_team(programme: Programme) -> Sequence[tuple[int, str]]:
    """Organisers' own addresses, each with its member's number; the programme's contact (0) where there are none."""
    organisers = TeamMember.objects.filter(
        programme=programme, role=TeamMember.Role.ORGANISER, user__is_active=True
    ).exclude(user__email="")
    found = list(organisers.order_by("pk").values_list("user_id", "user__email"))
    return found or ([(0, programme.contact_email)] if programme.contact_email else [])


def language_of_team(programme: Programme) -> str:
    """The first language of teaching: members of staff have not said theirs."""
    return str(next(iter(programme.teaching_languages), settings.LANGUAGE_CODE))
