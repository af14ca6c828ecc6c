"""Who may look into the directory: participants by their personal link, once they are in it themselves."""

import functools
from collections.abc import Callable
from dataclasses import dataclass
from typing import Concatenate, ParamSpec

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from registrations.access import TokenView, personal
from registrations.models import Profile, Registration
from registrations.people.profiles import may_be_found

Rest = ParamSpec("Rest")


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody who is in the directory."""

    registration: Registration
    profile: Profile


def participant(view: Callable[Concatenate[HttpRequest, Registration, Rest], HttpResponse]) -> TokenView[Rest]:
    """For those who may opt in: the directory is open, they have a seat and agree to the privacy text."""

    def enter(
        request: HttpRequest, registration: Registration, /, *args: Rest.args, **kwargs: Rest.kwargs
    ) -> HttpResponse:
        if not registration.programme.has_directory:
            raise Http404(_("This programme has no list of people."))
        if may_be_found(registration):
            return view(request, registration, *args, **kwargs)
        sentence = _("Only those who take part in the programme can be in its list of people.")
        context = {"registration": registration, "sentence": sentence}
        return render(request, "registrations/refused.html", context, status=403)

    functools.update_wrapper(enter, view)
    return personal(enter)


def member(view: Callable[Concatenate[HttpRequest, Member, Rest], HttpResponse]) -> TokenView[Rest]:
    """For those who are in the directory and not hidden; anybody else is led to the own profile."""

    def enter(
        request: HttpRequest, registration: Registration, /, *args: Rest.args, **kwargs: Rest.kwargs
    ) -> HttpResponse:
        profile = Profile.objects.visible().filter(registration=registration).first()
        if profile is None:
            return redirect("registrations:people_profile", token=registration.link_token)
        return view(request, Member(registration, profile), *args, **kwargs)

    functools.update_wrapper(enter, view)
    return participant(enter)
