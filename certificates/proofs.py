"""Data Integrity proofs of the cryptosuite `eddsa-rdfc-2022`: attached to a credential, and checked.

Source: https://www.w3.org/TR/vc-di-eddsa/ 3.2.1 to 3.2.7, https://www.w3.org/TR/vc-data-integrity/ 4.
"""

import datetime as dt
import hashlib
import re
from collections.abc import Sequence
from enum import StrEnum
from typing import Any

from cryptography.exceptions import InvalidSignature

from certificates import jsonld, multibase
from certificates.keys import CredentialKey

SUITE = "eddsa-rdfc-2022"
Document = dict[str, Any]
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
# What a stranger hands in: as large as any credential of ours, many times over. Canonical RDF takes exponential time
# over documents made for it, which need many nodes without a name.
MOST_CHARACTERS, MOST_NODES, MOST_NAMELESS, DEEPEST = 256 * 1024, 200, 7, 12


class Fault(StrEnum):
    """Why a proof does not hold."""

    NONE = "none"
    UNREADABLE = "unreadable"
    UNKNOWN_KEY = "unknown key"
    COMPROMISED = "compromised"
    CHANGED = "changed"
    NOT_EXPANDED = "not expanded"


def attach(document: Document, *, key: CredentialKey, method: str, created: dt.datetime) -> Document:
    """The document with a proof, in an array; `method` is the key's full name in the issuer's DID document.

    Ed25519 is deterministic: the same document, key and moment give the same proof.
    """
    if key.private is None:
        raise AssertionError("the ring gives out no key without its private part to sign with")
    proof = {
        "type": "DataIntegrityProof",
        "cryptosuite": SUITE,
        "created": moment(created),
        "verificationMethod": method,
        "proofPurpose": "assertionMethod",
    }
    signature = key.private.sign(_hashes(document, proof))
    return {**document, "proof": [{**proof, "proofValue": multibase.base58btc(signature)}]}


def fault_of(document: Document, *, ring: Sequence[CredentialKey], issuer: str) -> Fault | None:
    """Why the one proof of a document is none by a key of ours, named as `issuer` + `#` + its Multikey; `None`: it is.

    A key that was compromised proves nothing: whoever has it may write any date.
    """
    proofs = document.get("proof")
    if proofs is None or proofs == []:
        return Fault.NONE
    if not isinstance(proofs, list) or len(proofs) != 1 or not isinstance(proofs[0], dict):
        return Fault.UNREADABLE
    proof = dict(proofs[0])
    try:
        signature = multibase.from_base58btc(str(proof.pop("proofValue")), length=64)
    except (KeyError, ValueError):
        return Fault.UNREADABLE
    method = proof.get("verificationMethod")
    key = next((key for key in ring if key.public and method == f"{issuer}#{key.multikey}"), None)
    if key is None or key.public is None:
        return Fault.UNKNOWN_KEY
    if not _is_as_we_write(proof) or not _is_small({**document, "proof": []}):
        return Fault.UNREADABLE
    try:
        key.public.verify(signature, _hashes({name: document[name] for name in document if name != "proof"}, proof))
    except InvalidSignature:
        return Fault.CHANGED
    except jsonld.DoesNotExpand:
        return Fault.NOT_EXPANDED
    return Fault.COMPROMISED if key.about.compromised_at else None


def moment(value: dt.datetime) -> str:
    """A moment as XML Schema writes it, in UTC and whole seconds."""
    return value.astimezone(dt.UTC).replace(microsecond=0, tzinfo=None).isoformat() + "Z"


def _hashes(document: Document, proof: Document) -> bytes:
    """What is signed: the digest of the proof's own options, then that of the document."""
    options = {"@context": document.get("@context"), **proof}
    return b"".join(hashlib.sha256(jsonld.canonical(part)).digest() for part in (options, document))


def _is_as_we_write(proof: Document) -> bool:
    return (
        set(proof) == {"type", "cryptosuite", "created", "verificationMethod", "proofPurpose"}
        and proof["type"] == "DataIntegrityProof"
        and proof["cryptosuite"] == SUITE
        and proof["proofPurpose"] == "assertionMethod"
        and isinstance(proof["created"], str)
        and _MOMENT.fullmatch(proof["created"]) is not None
    )


def _is_small(node: object) -> bool:
    """Whether the document is of a size and shape that takes no time to canonicalise."""
    nodes = list(_nodes(node, 0))
    depths, nameless = [depth for depth, _has_name in nodes], [has_name for _depth, has_name in nodes].count(False)
    return len(nodes) <= MOST_NODES and max(depths, default=0) <= DEEPEST and nameless <= MOST_NAMELESS


def _nodes(node: object, depth: int) -> list[tuple[int, bool]]:
    """Depth of each object or list, and whether it needs no name of its own or has one."""
    if depth > DEEPEST:
        return [(depth, True)]
    if isinstance(node, dict):
        found = [entry for value in node.values() for entry in _nodes(value, depth + 1)]
        return [(depth, isinstance(node.get("id"), str)), *found]
    if isinstance(node, list):
        return [(depth, True), *(entry for value in node for entry in _nodes(value, depth + 1))]
    return []
