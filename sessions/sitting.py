"""What one organiser does in one sitting at the review queue: kept in the login session, never in an address."""

from typing import Any, NamedTuple

from django.http import HttpRequest

KEPT = "review"
MOST = 500  # deeds that can be taken back, and identities that can be set aside


class Deed(NamedTuple):
    """Something that can be taken back: identity, the registration before, whether a person had decided before."""

    identity: int
    before: int | None = None
    was_decided: bool = False
    is_for_later: bool = False


class Sitting:
    """An organiser's sitting at the queue of one programme."""

    def __init__(self, request: HttpRequest, programme: int) -> None:
        self._request, self._key = request, str(programme)

    @property
    def later(self) -> list[int]:
        """Identities that were set aside."""
        return list(self._kept.get("later", []))

    @property
    def has_deeds(self) -> bool:
        """Whether something can be taken back."""
        return bool(self._kept.get("deeds"))

    def did(self, deed: Deed) -> None:
        """Remember a deed; one that sets an identity aside also sets it aside."""
        later = self.later
        if deed.is_for_later and deed.identity not in later:
            later.append(deed.identity)
        self._keep(deeds=[*self._kept.get("deeds", []), list(deed)][-MOST:], later=later[-MOST:])

    def take_last(self) -> Deed | None:
        """The last deed, which is forgotten; an identity that was set aside is back."""
        deeds = list(self._kept.get("deeds", []))
        if not deeds:
            return None
        deed = Deed(*deeds.pop())
        self._keep(deeds=deeds, later=[pk for pk in self.later if pk != deed.identity])
        return deed

    def resume(self) -> None:
        """Look at those again that were set aside."""
        self._keep(later=[])

    def search_for(self, identity: int, text: str) -> None:
        """Remember whom one searches for; one search at a time."""
        self._keep(search=[identity, text])

    def search(self, identity: int) -> str:
        """Whom one searches for at this identity."""
        about, text = self._kept.get("search", [None, ""])
        return text if about == identity else ""

    @property
    def _kept(self) -> dict[str, Any]:
        kept: dict[str, Any] = self._request.session.get(KEPT, {}).get(self._key, {})
        return kept

    def _keep(self, **changes: Any) -> None:
        everything = self._request.session.get(KEPT, {})
        self._request.session[KEPT] = {**everything, self._key: {**self._kept, **changes}}
