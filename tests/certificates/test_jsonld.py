import json
import time
from importlib import resources

import pytest

from certificates import jsonld
from certificates.jsonld import CREDENTIALS, OPEN_BADGES, DoesNotExpand

OFFICIAL = {"credentials-v2.json": "credentials-v2.json", "open-badges-3.0.3.json": "ob-v3p0-context-3.0.3.json"}


def a_credential(**more):
    return {
        "@context": [CREDENTIALS, OPEN_BADGES],
        "id": "https://training.example.org/verify/x/",
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "issuer": {"id": "did:web:training.example.org", "type": ["Profile"], "name": "Institute"},
        "validFrom": "2026-04-02T12:00:00Z",
        "credentialSubject": {"id": "urn:uuid:7e0c3ee6-0000-4000-8000-000000000000", "type": ["AchievementSubject"]},
        **more,
    }


@pytest.mark.parametrize("ours", OFFICIAL)
def test_each_term_of_ours_is_defined_as_in_the_official_context(ours):
    official = resources.files("openbadgeslib.ob3.contexts").joinpath(OFFICIAL[ours]).read_text()
    document = json.loads((jsonld._FOLDER / ours).read_text())
    assert different(document["@context"], json.loads(official)["@context"]) == []


def different(ours, official, path=""):
    """The terms of ours that the official context defines otherwise or not; ours may leave terms out."""
    if isinstance(ours, dict) and isinstance(official, dict):
        keywords = {key for key in official if key.startswith("@") and key != "@context"}
        return [
            found
            for key in sorted(keywords | set(ours))
            for found in different(ours.get(key), official.get(key), f"{path}/{key}")
        ]
    return [] if ours == official else [path]


def test_a_document_becomes_canonical_quads_whatever_the_order_of_its_members():
    document = a_credential()
    quads = jsonld.canonical(document)
    assert jsonld.canonical(dict(reversed(document.items()))) == quads
    assert quads.count(b"\n") == 8
    assert b'<did:web:training.example.org> <https://schema.org/name> "Institute" .\n' in quads


@pytest.mark.parametrize(
    ("more", "named"),
    [
        ({"unheardOf": "x"}, "unheardOf"),
        ({"type": ["VerifiableCredential", "UnheardOf"]}, "UnheardOf"),
        ({"id": "relative"}, "relative"),
        ({"id": "_:b0"}, "_:b0"),
        ({"issuer": {"id": "did:web:x", "type": ["Profile"], "unheardOf": {"name": "x"}}}, "unheardOf"),
        ({"issuer": "not absolute"}, "not absolute"),
        (
            {"credentialSubject": [{"id": "urn:x:y", "achievement": {"name": "no type, so no such term"}}]},
            "achievement",
        ),
        ({"@context": [CREDENTIALS, "https://example.org/other"]}, "contexts"),
        ({"@context": [CREDENTIALS, {"unheardOf": "https://schema.org/name"}]}, "contexts"),
        ({"@context": CREDENTIALS}, "contexts"),
        ({"@context": None}, "contexts"),
        ({"@graph": [{"@id": "https://example.org/"}]}, "@graph"),
        ({"name": None}, "name"),
        ({"description": {"@value": "x"}}, "@value"),
        ({"id": 5}, "no JSON-LD"),
    ],
)
def test_what_no_context_explains_is_refused_and_named(more, named):
    with pytest.raises(DoesNotExpand, match=named):
        jsonld.canonical(a_credential(**more))


def test_a_credential_is_canonical_within_milliseconds():
    jsonld.canonical(a_credential())
    started = time.process_time()
    for number in range(5):
        jsonld.canonical(a_credential(id=f"https://training.example.org/verify/{number}/"))
    assert time.process_time() - started < 1
