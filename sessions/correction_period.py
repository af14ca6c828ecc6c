"""From when until when a participant may ask for a correction of a session's minutes."""

import datetime as dt
import zoneinfo

DAYS = 14  # after the programme's last day: certificates are issued then, and people read what was recorded


def last_day(end_date: dt.date) -> dt.date:
    """The last day, on the programme's calendar, on which corrections are asked for."""
    return end_date + dt.timedelta(days=DAYS)


def has_begun(starts_at: dt.datetime, now: dt.datetime) -> bool:
    """Whether the session has begun: before that nothing can be wrong."""
    return now >= starts_at


def is_over(end_date: dt.date, zone: zoneinfo.ZoneInfo, now: dt.datetime) -> bool:
    """Whether the last day has passed in the programme's own zone."""
    return now.astimezone(zone).date() > last_day(end_date)


def is_open(starts_at: dt.datetime, end_date: dt.date, zone: zoneinfo.ZoneInfo, now: dt.datetime) -> bool:
    """Whether a correction of this session can be asked for now."""
    return has_begun(starts_at, now) and not is_over(end_date, zone, now)
