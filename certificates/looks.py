"""A design as the template takes it: its pictures fetched, as values."""

from django.utils.translation import gettext as _

from certificates.models import CertificateDesign, DesignPicture
from certificates.pictures import as_svg
from certificates.rendering import Look, Signature


class Looks:
    """Looks by design and language, each fetched once: ask one of these for a chunk of certificates."""

    def __init__(self) -> None:
        self._found: dict[tuple[int, str], Look] = {}

    def of(self, design: CertificateDesign | None, language: str) -> Look | None:
        """The look in a language (the one in force); None for the default. At most two queries, none when asked again."""
        if design is None:
            return None
        if design._state.adding:
            return look_of(design)
        key = (design.pk, language)
        if key not in self._found:
            self._found[key] = look_of(design)
        return self._found[key]


def look_of(design: CertificateDesign) -> Look:
    """The look, with what its pictures show said in the language in force."""
    keys = design.picture_ids | ({design.logo_id} if design.logo_id else set())
    pictures = DesignPicture.objects.in_bulk(keys) if keys else {}
    svgs = {key: as_svg(bytes(row.content), row.width, row.height) for key, row in pictures.items()}
    return Look(
        paper=design.paper,
        main_colour=design.main_colour,
        second_colour=design.second_colour,
        logo=svgs[design.logo_id] if design.logo_id else None,
        logo_alt=design.logo_text or _("Logo"),
        signatories=tuple(
            Signature(
                name=person["name"],
                title=person["title"],
                picture=svgs[person["picture"]] if person.get("picture") else None,
                alt=_("Signature of %(name)s") % {"name": person["name"]},
            )
            for person in design.signatories
        ),
    )
