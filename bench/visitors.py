"""What visitors do: read a page, send a form with a person of their own."""

import ipaddress
import itertools
import re
import threading
from collections.abc import Callable
from urllib.parse import urlencode

from bench.client import Connection, UnexpectedAnswer, Visit

_HIDDEN = re.compile(r'<input[^>]*type="hidden"[^>]*>')
_NAME = re.compile(r'name="([^"]*)"')
_VALUE = re.compile(r'value="([^"]*)"')


def reader(path: str, *, must_show: str, cookies: dict[str, str] | None = None) -> Visit:
    """A visitor who reads a page; the first answer of each reader is checked for what the page must show."""
    looked = threading.Event()

    def read(connection: Connection) -> None:
        answer = connection.get(path, cookies=cookies).expect(200)
        if not looked.is_set():
            if must_show not in answer.body:
                raise UnexpectedAnswer(f"{path} does not show “{must_show}”:\n{answer.body[:2000]}")
            looked.set()

    return read


class NewPeople:
    """People who come with no cookie, fetch the form and send it, each with an address that nobody had before."""

    def __init__(self, path: str, fill_in: Callable[[int], dict[str, str]]) -> None:
        self.path = path
        self.fill_in = fill_in
        self.numbers = itertools.count(1)  # next() is atomic: threads share it

    def __call__(self, connection: Connection) -> None:
        """One person: GET the form, POST it, be led on."""
        number = next(self.numbers)
        address = str(ipaddress.IPv4Address("10.0.0.0") + number)  # each at home: one client may not send them all
        form = connection.get(self.path, address=address).expect(200)
        fields = {**hidden_fields(form.body), **self.fill_in(number)}
        body = urlencode(fields).encode()
        connection.post(self.path, body, cookies=form.cookies, address=address).expect(302)


def hidden_fields(page: str) -> dict[str, str]:
    """The hidden inputs of a page, the CSRF token among them."""
    fields = {}
    for field in _HIDDEN.findall(page):
        name, value = _NAME.search(field), _VALUE.search(field)
        if name:
            fields[name[1]] = value[1] if value else ""
    return fields


def floor_person(number: int) -> dict[str, str]:
    """What one person writes into the floor's form."""
    return {"name": f"Given {number} Family {number}", "email": f"person{number}@example.org", "city": "Nairobi"}


def participant(number: int) -> dict[str, str]:
    """What one person writes into the registration form."""
    return {
        "given_name": f"Given {number}",
        "family_name": f"Family {number}",
        "printed_name": f"Given Family {number}",
        "email": f"person{number}@example.org",
        "gender": "female",
        "country": "KE",
        "city": "Nairobi",
        "organisation": "City office",
        "position": "Planner",
        "sector": "government",
        "language": "en",
        "consent": "on",
    }
