"""The index of the back office begins with the reader's own programmes."""

import datetime as dt
from typing import Any

from django import template
from django.template.context import RequestContext
from django.utils import timezone

from registrations.backoffice import user_of
from registrations.models import Programme
from reports.cards import stage_title, state_text
from reports.dates import date_range
from reports.guidance import sentence
from reports.stages import Facts, next_step, stages
from reports.standing import standings

register = template.Library()
MOST = 6


@register.inclusion_tag("admin/reports/_workspaces.html", takes_context=True)
def own_workspaces(context: RequestContext) -> dict[str, Any]:
    """The latest programmes whose team the reader is on, each with its stages and its next step."""
    user = user_of(context["request"])
    programmes = list(Programme.objects.analysed_by(user).order_by("-start_date", "title")[: MOST + 1])
    shown = programmes[:MOST]
    now = timezone.now()
    known = standings(shown, now=now)
    return {
        "desks": [_desk(programme, known[programme.pk], now) for programme in shown],
        "has_more": len(programmes) > MOST,
        "may_add": user.is_administrator or Programme.objects.organised_by(user).exists(),
    }


def _desk(programme: Programme, facts: Facts, now: dt.datetime) -> dict[str, Any]:
    return {
        "programme": programme,
        "dates": date_range(programme.start_date, programme.end_date),
        "stages": [
            {"title": stage_title(stage.name), "state": stage.state.value, "text": state_text(stage)}
            for stage in stages(facts)
        ],
        "next": sentence(next_step(facts), programme, facts, now=now),
    }
