"""A JSON-LD document as canonical RDF, which is what a proof signs.

PyLD drops silently what no context explains, so that it would be unsigned; and it resolves relative names against
anything. Here both are refused. The contexts are our own files with the terms that we use, each defined as in the
official ones (a test compares them), and nothing is ever fetched.

Sources: https://www.w3.org/TR/json-ld11/, https://www.w3.org/TR/rdf-canon/ (RDFC-1.0, which PyLD calls URDNA2015).
"""

import functools
import json
from pathlib import Path
from typing import Any

from registrations.later import later

pyld = later("pyld.jsonld")
CREDENTIALS = "https://www.w3.org/ns/credentials/v2"
OPEN_BADGES = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
_FOLDER = Path(__file__).parent / "contexts"
_FILES = {CREDENTIALS: "credentials-v2.json", OPEN_BADGES: "open-badges-3.0.3.json"}
# Words that no context explains, and names that are relative, come out beginning with this, and are found.
_UNEXPLAINED = "unexplained:///"
_CATCH_ALL = {"@vocab": _UNEXPLAINED}


class DoesNotExpand(ValueError):
    """A part of the document has no meaning by its contexts, so no proof would cover it. The message names it."""


def canonical(document: dict[str, Any]) -> bytes:
    """The document's canonical N-Quads. Its contexts must be ours, by name. Raises `DoesNotExpand`."""
    names = document.get("@context")
    if not isinstance(names, list) or not all(isinstance(name, str) and name in _FILES for name in names):
        raise DoesNotExpand("the contexts are not those of a credential of ours")
    _refuse_unwritten({name: value for name, value in document.items() if name != "@context"})
    options = {"documentLoader": _load, "base": _UNEXPLAINED}
    try:
        expanded = pyld().expand({**document, "@context": [_CATCH_ALL, *names]}, options)
        _refuse_unexplained(expanded)
        quads = pyld().normalize(
            expanded, {"algorithm": "URDNA2015", "format": "application/n-quads", "documentLoader": _load}
        )
    except pyld().JsonLdError as error:
        raise DoesNotExpand(f"it is no JSON-LD: {error.code or error.type}") from error
    return str(quads).encode()


def _refuse_unwritten(node: object) -> None:
    """What JSON-LD lets a document say and we never do, some of it dropped silently: keywords, and nothing at all."""
    if isinstance(node, dict):
        for key, value in node.items():
            if key.startswith("@") or value is None:
                raise DoesNotExpand(f"“{key}” is nothing that we write")
            _refuse_unwritten(value)
    elif isinstance(node, list):
        for item in node:
            _refuse_unwritten(item)


def _refuse_unexplained(node: object) -> None:
    """Look through expanded JSON-LD for what only the catch-all explained."""
    if isinstance(node, dict):
        for key, value in node.items():
            if key.startswith(_UNEXPLAINED):
                raise DoesNotExpand(f"“{key.removeprefix(_UNEXPLAINED)}” is in none of its contexts")
            if key in ("@id", "@type"):
                _refuse_relative(value)
            elif key != "@value":
                _refuse_unexplained(value)
    elif isinstance(node, list):
        for item in node:
            _refuse_unexplained(item)


def _refuse_relative(names: object) -> None:
    for name in names if isinstance(names, list) else [names]:
        if not isinstance(name, str) or name.startswith((_UNEXPLAINED, "_:")) or ":" not in name:
            raise DoesNotExpand(f"“{str(name).removeprefix(_UNEXPLAINED)}” is not an absolute name")


def _load(address: str, _options: object) -> dict[str, object]:
    """A context from our own files; PyLD's document loader."""
    if address not in _FILES:
        raise pyld().JsonLdError("not a context of ours", "loading document failed", {"url": address})
    return {
        "contextUrl": None,
        "documentUrl": address,
        "document": _file(address),
        "contentType": "application/ld+json",
    }


@functools.cache
def _file(address: str) -> dict[str, Any]:
    document: dict[str, Any] = json.loads((_FOLDER / _FILES[address]).read_text())
    return document
