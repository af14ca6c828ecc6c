"""Time zones by their IANA names."""

import functools
import zoneinfo


@functools.cache
def zone_names() -> tuple[str, ...]:
    """Every zone a person may live in, sorted: `Africa/Nairobi`, ... The first call reads the disk, later ones don't."""
    return tuple(sorted(name for name in zoneinfo.available_timezones() if "/" in name and not name.startswith("Etc/")))


def is_zone(name: str) -> bool:
    """Whether `name` is the name of a zone, as offered by `zone_names` or UTC."""
    return name == "UTC" or name in zone_names()
