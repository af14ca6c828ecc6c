"""Write what a verifier needs into a folder: credentials, DID documents and status lists, as our pages serve them.

`python -m tests.verifier.examples FOLDER`, with settings of its own in the environment (see .ci/credentials).
"""

import io
import json
import os
import sys
from pathlib import Path

import django


def main(folder: Path) -> None:
    """Issue a certificate in an empty database and fetch its badge; revoke it; make newer keys and fetch again."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
    django.setup()
    # ruff: noqa: PLC0415 (Django must be set up first)
    from django.core.management import call_command
    from django.test import Client

    from certificates import actions, jsonld
    from tests.certificates_factories import a_graduate, a_programme
    from tests.sessions_factories import AFTERWARDS

    call_command("migrate", verbosity=0)
    programme = a_programme(people=0, slug="data-cities", title="Data for Cities & “Towns”")
    for name in ("Amina Odhiambo", "فاطمة الزهراء"):
        a_graduate(programme, printed_name=name)
    actions.carry_on(actions.request_issue(programme, by=None, now=AFTERWARDS), now=AFTERWARDS)
    first, second = (person.certificates.get() for person in programme.registrations.order_by("pk"))
    client = Client(headers={"host": "training.example.org"})

    def fetch(path: str, name: str) -> dict[str, object]:
        response = client.get(path, secure=True)
        assert response.status_code == 200, (path, response.status_code)
        (folder / name).write_bytes(response.content)
        return json.loads(response.content)

    badge = fetch(f"/my/{first.registration.link_token}/badge.json", "badge.json")
    status_list = badge["credentialStatus"]["statusListCredential"].removeprefix("https://training.example.org")
    unsigned = {name: value for name, value in badge.items() if name != "proof"}
    (folder / "canonical.nq").write_bytes(jsonld.canonical(unsigned))
    fetch("/.well-known/did.json", "did.json")
    fetch(status_list, "list-before.json")
    actions.revoke(first, reason="An example.", by=None, now=AFTERWARDS)
    fetch(status_list, "list-after.json")
    call_command("make_keys", verbosity=0, stdout=io.StringIO())
    fetch(f"/my/{second.registration.link_token}/badge.json", "badge-after.json")
    fetch("/.well-known/did.json", "did-after.json")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
