"""What a browser sends outside of a form class, made harmless: whoever writes requests by hand may send anything."""

from django.http import HttpRequest

LONGEST_SEARCH, MOST_DIGITS = 200, 18  # 18 digits fit every database's whole numbers


def searched_words(request: HttpRequest) -> str:
    """The words of a search. Without NULs: PostgreSQL refuses a query with one, at each look until the search is over."""
    return request.POST.get("q", "").replace("\0", " ").strip()[:LONGEST_SEARCH]


def whole_number(text: str) -> int:
    """The number, or 0 for anything that is none or that no row and no page has."""
    return int(text) if text.isdecimal() and len(text) <= MOST_DIGITS else 0
