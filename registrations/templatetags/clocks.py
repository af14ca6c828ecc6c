"""Moments on the programme's clock and the reader's."""

import datetime as dt

from django import template
from django.template.context import RequestContext
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from registrations.models import Programme, Registration
from registrations.reader_zone import zones_for

register = template.Library()


@register.simple_tag(takes_context=True)
def moment(
    context: RequestContext, at: dt.datetime, programme: Programme, registration: Registration | None = None
) -> SafeString:
    """The moment `at` as this programme's pages print it. `registration`: the participant's whose page it is."""
    span = zones_for(context["request"], programme, registration).moment(at)
    return SafeString(render_to_string("registrations/_moment.html", {"span": span}).strip())
