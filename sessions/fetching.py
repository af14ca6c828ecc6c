"""Which requests for a material are a person's: not a robot's, not a browser's guess, not the rest of a file."""

import re
from collections.abc import Mapping

ROBOTS = re.compile(
    r"bot\b|bot[/_-]|crawl|spider|slurp|preview|scan|fetch|monitor|archiv|headless|lighthouse|facebookexternalhit"
    r"|whatsapp|embedly|curl|wget|python|java/|go-http|okhttp|libwww|httpclient|axios|node-|ruby|perl|php|feed",
    re.IGNORECASE,
)


def is_counted(method: str, headers: Mapping[str, str]) -> bool:
    """Whether to count a request with these headers (by their lower-case names).

    Nobody counts twice for one file that is fetched in pieces: only a range that begins at its first byte counts.
    """
    agent = headers.get("user-agent", "")
    purpose = " ".join(headers.get(name, "") for name in ("sec-purpose", "purpose", "x-purpose", "x-moz")).lower()
    wanted = headers.get("range", "").replace(" ", "")
    return (
        method == "GET"
        and bool(agent)
        and not ROBOTS.search(agent)
        and not any(word in purpose for word in ("prefetch", "prerender", "preview"))
        and (not wanted or wanted.startswith("bytes=0-"))
    )
