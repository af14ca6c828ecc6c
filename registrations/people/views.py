"""Pages of the directory behind the personal link: the list, proposals, a person's card, the own profile."""

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from registrations.errors import Refused
from registrations.models import Contact, Profile, Registration
from registrations.people import directory, safety
from registrations.people.contacts import waiting_for
from registrations.people.entrance import Member, member, participant
from registrations.people.forms import AskForm, NarrowForm, refuse
from registrations.people.profile_form import ProfileForm
from registrations.people.profiles import leave, opt_in

SHOWN = 20

page = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@member
def people(request: HttpRequest, own: Member) -> HttpResponse:
    """Everybody in the directory, narrowed and a page at a time."""
    topics = directory.topics_of(own.registration)
    form = NarrowForm(request.GET, countries=directory.countries_in(own.registration))
    wanted = form.wanted()
    found = directory.narrowed(own.registration, wanted, topics).select_related("registration")
    shown = Paginator(found, SHOWN).get_page(request.GET.get("page"))
    context = {
        **around(own, "people"),
        "form": form,
        "page": shown,
        "cards": directory.cards_of(shown.object_list, topics),
        "is_narrowed": wanted != directory.Wanted(),
    }
    return render(request, "registrations/people/list.html", context)


@require_safe
@member
def matches(request: HttpRequest, own: Member) -> HttpResponse:
    """Whom to ask first, and why."""
    topics = directory.topics_of(own.registration)
    proposed = directory.proposed_to(own.registration, own.profile, topics)
    context = {**around(own, "people_matches"), "proposed": proposed, "most": directory.MOST_PROPOSED}
    return render(request, "registrations/people/matches.html", context)


@page
@participant
def profile(request: HttpRequest, registration: Registration) -> HttpResponse:
    """What the others see of oneself; sending it for the first time, or after leaving, is opting in."""
    found = Profile.objects.filter(registration=registration).first()
    topics = directory.topics_of(registration)
    posted = request.POST if request.method == "POST" else None
    form = ProfileForm(posted, registration=registration, profile=found, topics=topics)
    is_new, sees_others = not form.is_in_force, form.is_in_force and found is not None and not found.is_hidden
    if form.is_valid():
        try:
            opt_in(registration, form.details(), now=timezone.now())
        except Refused as refusal:
            refuse(form, refusal)
        else:
            where = "people_matches" if is_new else "people"
            return redirect(f"registrations:{where}", token=registration.link_token)
    context = {
        "registration": registration,
        "programme": registration.programme,
        "form": form,
        "own": found,
        "is_in_force": form.is_in_force,
        "here": "people_profile",
        "received": [] if sees_others else safety.messages_apart(registration, is_member=False),
    }
    return render(request, "registrations/people/profile.html", context, status=422 if form.errors else 200)


@page
@participant
def leave_people(request: HttpRequest, registration: Registration) -> HttpResponse:
    """Asks once, then takes the person out of the list."""
    if request.method == "POST":
        leave(registration, now=timezone.now())
        return redirect("registrations:people_profile", token=registration.link_token)
    context = {"registration": registration, "programme": registration.programme}
    return render(request, "registrations/people/leave.html", context)


@require_safe
@member
def person(request: HttpRequest, own: Member, key: str) -> HttpResponse:
    """One person, what speaks for asking them, and where the two stand."""
    return person_page(request, own, key, AskForm())


def person_page(request: HttpRequest, own: Member, key: str, form: AskForm) -> HttpResponse:
    """The card with a form, which holds what was typed where it was refused."""
    other = seen_person(own, key)
    topics = directory.topics_of(own.registration)
    contact = Contact.objects.last_between(own.registration, other.registration)
    context = {
        **around(own, ""),
        "card": directory.cards_of([other], topics)[0],
        "reasons": directory.reasons_for(own.registration, own.profile, other, topics),
        "contact": contact,
        "is_mine": contact is not None and contact.sender_id == own.registration.pk,
        "address": other.address(other.registration) if contact and contact.is_agreed else "",
        "own_address": own.profile.address(own.registration),
        "may_ask": contact is None or not (contact.is_open or contact.is_agreed),
        "form": form,
    }
    return render(request, "registrations/people/person.html", context, status=422 if form.errors else 200)


def seen_person(own: Member, key: str) -> Profile:
    """Somebody's profile by its key. Unknown, of another programme, gone, hidden or blocked: a 404, always the same."""
    found = Profile.objects.seen_by(own.registration).select_related("registration__programme").filter(key=key).first()
    if found is None:
        raise Http404(_("This person is not in the list, or not any more."))
    return found


def around(own: Member, here: str) -> dict[str, object]:
    """What every page of the directory shows: the programme, the ways on, and how many requests wait."""
    return {
        "registration": own.registration,
        "programme": own.registration.programme,
        "own": own.profile,
        "is_in_force": True,
        "here": here,
        "waiting": waiting_for(own.registration),
    }
