"""What a person says about themselves when registering."""

from dataclasses import asdict, dataclass, replace
from typing import Self

from django.utils.translation import gettext as _

from registrations.addresses import tidy_address
from registrations.errors import Refused
from registrations.models import Registration
from registrations.names import tidy_line, tidy_name


@dataclass(frozen=True, slots=True, kw_only=True)
class RegistrationDetails:
    """Plain values: `gender` and `sector` as in `Registration`, `country` as ISO alpha-2, `language` one of the six."""

    given_name: str = ""
    family_name: str = ""
    printed_name: str = ""
    email: str
    gender: str
    country: str
    city: str = ""
    organisation: str = ""
    position: str = ""
    sector: str
    sector_other: str = ""
    language: str = "en"

    def tidied(self) -> Self:
        """The same as it is stored. Raises Refused with a sentence that says which part cannot be taken."""
        given_name, family_name = tidy_name(self.given_name), tidy_name(self.family_name)
        tidy = replace(
            self,
            given_name=given_name,
            family_name=family_name,
            printed_name=tidy_name(self.printed_name) or printed_name(given_name, family_name),
            email=tidy_address(self.email),
            city=tidy_line(self.city),
            organisation=tidy_line(self.organisation),
            position=tidy_line(self.position),
            sector_other=tidy_line(self.sector_other) if self.sector == Registration.Sector.OTHER else "",
        )
        tidy._refuse_what_is_missing()
        tidy._refuse_what_is_too_long()
        return tidy

    def as_fields(self) -> dict[str, str]:
        """By the names of the model's fields."""
        return asdict(self)

    def _refuse_what_is_missing(self) -> None:
        if not (self.given_name or self.family_name):
            raise Refused(_("Give at least one of given name and family name."))
        if self.sector == Registration.Sector.OTHER and not self.sector_other:
            raise Refused(_("Say which sector it is."))

    def _refuse_what_is_too_long(self) -> None:
        fields = {field.name: field for field in Registration._meta.fields}
        for name, value in asdict(self).items():
            limit = fields[name].max_length
            if limit is not None and len(value) > limit:
                raise Refused(
                    _("“%(field)s” can have at most %(limit)s characters; you wrote %(length)s.")
                    % {"field": fields[name].verbose_name, "limit": limit, "length": len(value)}
                )


def printed_name(given_name: str, family_name: str) -> str:
    """How a name is printed unless its owner says otherwise."""
    return f"{given_name} {family_name}".strip()
