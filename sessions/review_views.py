"""The review queue: who the names in files are, one at a time, with one key each. For a programme's organisers."""

from urllib.parse import urlencode

from django.contrib import admin, messages
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from registrations.backoffice import organised_programme, user_of
from registrations.doorbell import ring
from registrations.models import Programme, Registration
from sessions import actions, review
from sessions.dossier import dossier
from sessions.errors import Refused
from sessions.models import AttendanceIdentity, TrainingSession
from sessions.sent import searched_words, whole_number
from sessions.sitting import Deed, Sitting
from sessions.tasks import match_where_asked

NEXT_SHOWN, DECISIONS_SHOWN = 8, 50
NOBODY = "nobody"


@require_safe
def queue(request: HttpRequest, pk: int) -> HttpResponse:
    """The first identity that waits, with everything on it, and the next ones."""
    programme = organised_programme(request, pk)
    return _page(request, programme, None)


@require_safe
def identity(request: HttpRequest, pk: int, identity_pk: int) -> HttpResponse:
    """One identity, whether it waits or was decided: it can be decided, or decided otherwise."""
    programme = organised_programme(request, pk)
    return _page(request, programme, _identity(programme, identity_pk))


@require_POST
@transaction.atomic  # of two who decide at once the second sees what the first one said
def decide(request: HttpRequest, pk: int, identity_pk: int) -> HttpResponse:
    """Say who an identity is, or that it is nobody who is registered."""
    programme = organised_programme(request, pk)
    AttendanceIdentity.objects.for_programme(programme).select_for_update().filter(pk=identity_pk).first()
    found, choice = _identity(programme, identity_pk), request.POST.get("choice", "")
    person = None
    if choice != NOBODY:
        people = Registration.objects.for_programme(programme)
        person = get_object_or_404(people, pk=whole_number(choice))
    if not found.is_unknown and "change" not in request.POST:
        messages.warning(request, _("Somebody else was quicker. %(what)s") % {"what": _standing(found)})
        return _back(request, programme)
    deed = Deed(found.pk, found.registration_id, found.is_decided)
    try:
        lines = actions.decide(found, person, by=user_of(request), now=timezone.now())
    except Refused as refusal:
        messages.error(request, str(refusal))
        return _back(request, programme, found)
    Sitting(request, programme.pk).did(deed)
    messages.success(request, f"{_standing(found)} {_lines_text(lines)}")
    return _back(request, programme)


@require_POST
def later(request: HttpRequest, pk: int, identity_pk: int) -> HttpResponse:
    """Set an identity aside for this sitting."""
    programme = organised_programme(request, pk)
    found = _identity(programme, identity_pk)
    Sitting(request, programme.pk).did(Deed(found.pk, is_for_later=True))
    messages.success(request, _("“%(name)s” is set aside for later.") % {"name": found})
    return _back(request, programme)


@require_POST
def resume(request: HttpRequest, pk: int) -> HttpResponse:
    """Look at those that were set aside."""
    programme = organised_programme(request, pk)
    Sitting(request, programme.pk).resume()
    return _back(request, programme)


@require_POST
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the last thing back that this organiser did here in this sitting."""
    programme = organised_programme(request, pk)
    deed = Sitting(request, programme.pk).take_last()
    if deed is None:
        messages.warning(request, _("There is nothing to undo."))
        return _back(request, programme)
    found = _identity(programme, deed.identity)
    if deed.is_for_later:
        messages.success(request, _("“%(name)s” is back.") % {"name": found})
    elif not found.is_decided or found.decided_by_id != user_of(request).pk:
        messages.warning(request, _("Somebody else has decided that since. %(what)s") % {"what": _standing(found)})
    else:
        _restore(request, programme, found, deed)
    return _back(request, programme, found)


@require_POST
def undecide(request: HttpRequest, pk: int, identity_pk: int) -> HttpResponse:
    """Take a decision back, from the list of decisions."""
    programme = organised_programme(request, pk)
    found = _identity(programme, identity_pk)
    actions.undecide(found, by=user_of(request), now=timezone.now())
    messages.success(request, _("The decision on “%(name)s” was taken back.") % {"name": found})
    return HttpResponseRedirect(reverse("admin:training_sessions_review_decisions", args=[programme.pk]))


@require_POST
def search(request: HttpRequest, pk: int, identity_pk: int) -> HttpResponse:
    """Search for somebody who was not proposed. The words stay in the login session, out of addresses and logs."""
    programme = organised_programme(request, pk)
    found = _identity(programme, identity_pk)
    Sitting(request, programme.pk).search_for(found.pk, searched_words(request))
    return _back(request, programme, found)


@require_POST
def match_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask to match whoever waits against everybody who is registered today; a worker does it."""
    programme = organised_programme(request, pk)
    actions.ask_to_match_again(programme, by=user_of(request), now=timezone.now())
    ring(match_where_asked)
    messages.success(request, _("The names are being matched again. Look here in a moment."))
    return _back(request, programme)


@require_safe
def decisions(request: HttpRequest, pk: int) -> HttpResponse:
    """Every decision that a person has taken, the latest first."""
    programme = organised_programme(request, pk)
    page = Paginator(review.decided(programme), DECISIONS_SHOWN).get_page(request.GET.get("page"))
    return _show(request, "decisions", programme, page=page, title=_("Decisions on names in files"))


def _identity(programme: Programme, pk: int) -> AttendanceIdentity:
    own = AttendanceIdentity.objects.for_programme(programme)
    return get_object_or_404(own.select_related("programme", "registration", "decided_by", "session"), pk=pk)


def _session(request: HttpRequest, programme: Programme) -> TrainingSession | None:
    """The session that the queue is limited to, by its number."""
    number = request.GET.get("session", "")
    if not number:
        return None
    own = TrainingSession.objects.for_programme(programme)
    return get_object_or_404(own, number=whole_number(number))


def _waiting(request: HttpRequest, programme: Programme) -> QuerySet[AttendanceIdentity]:
    """What waits, without what was set aside in this sitting."""
    waiting = review.waiting(programme, _session(request, programme))
    return waiting.exclude(pk__in=Sitting(request, programme.pk).later)


def _first(waiting: QuerySet[AttendanceIdentity], number: int) -> list[AttendanceIdentity]:
    """The first ones with what is shown of them: keys are put in order, not whole rows."""
    keys = list(waiting.values_list("pk", flat=True)[:number])
    return list(
        AttendanceIdentity.objects.filter(pk__in=keys)
        .order_by(*waiting.query.order_by)
        .select_related("programme", "registration", "decided_by", "session")
    )


def _page(request: HttpRequest, programme: Programme, asked_for: AttendanceIdentity | None) -> HttpResponse:
    """One identity, the first that waits if none is asked for, and the next ones."""
    sitting, session = Sitting(request, programme.pk), _session(request, programme)
    waiting = _waiting(request, programme)
    first = _first(waiting, NEXT_SHOWN + 1)
    found = asked_for or next(iter(first), None)
    total, left = review.waiting(programme, session).count(), waiting.count()
    text = sitting.search(found.pk) if found else ""
    following = [each for each in first if found and each.pk != found.pk][:NEXT_SHOWN]
    return _show(
        request,
        "queue",
        programme,
        title=_("Who are they?"),
        session=session,
        dossier=dossier(found, search=text) if found else None,
        search=text,
        following=following,
        total=total,
        set_aside=total - left,
        has_deeds=sitting.has_deeds,
        kept=_kept(request),
    )


def _restore(request: HttpRequest, programme: Programme, found: AttendanceIdentity, deed: Deed) -> None:
    """Make an identity what it was before a deed."""
    by, now = user_of(request), timezone.now()
    people = Registration.objects.for_programme(programme)
    before = people.filter(pk=deed.before).first() if deed.before else None
    try:
        if deed.was_decided:
            actions.decide(found, before, by=by, now=now)
        else:
            actions.undecide(found, by=by, now=now)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The decision on “%(name)s” was taken back.") % {"name": found})


def _standing(found: AttendanceIdentity) -> str:
    """What holds of an identity, in a sentence."""
    if found.registration:
        return _("“%(name)s” is %(person)s.") % {"name": found, "person": found.registration.printed_name}
    if found.is_nobody:
        return _("“%(name)s” is nobody who is registered.") % {"name": found}
    return _("“%(name)s” waits for a decision.") % {"name": found}


def _lines_text(lines: int) -> str:
    return ngettext("That concerns %(lines)s line.", "That concerns %(lines)s lines.", lines) % {"lines": lines}


def _kept(request: HttpRequest) -> str:
    """The limit to a session, to go on with."""
    number = request.GET.get("session", "")
    return "?" + urlencode({"session": number}) if number.isdecimal() else ""


def _back(request: HttpRequest, programme: Programme, found: AttendanceIdentity | None = None) -> HttpResponseRedirect:
    """The queue, or one identity, limited to the same session as before."""
    name, args = ("_identity", [programme.pk, found.pk]) if found else ("", [programme.pk])
    return HttpResponseRedirect(reverse(f"admin:training_sessions_review{name}", args=args) + _kept(request))


def _show(request: HttpRequest, name: str, programme: Programme, **context: object) -> HttpResponse:
    everything = {
        **admin.site.each_context(request),
        "opts": TrainingSession._meta,
        "programme": programme,
        **context,
    }
    return render(request, f"admin/training_sessions/review/{name}.html", everything)
