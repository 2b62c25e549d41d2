"""A proof as text and as JSON: the verdict, the request that refutes it and the statements that let it through, and what is left out."""

from collections.abc import Iterator, Mapping

from hexward.iam.proof import Outcome, Proof
from hexward.iam.request import Request
from hexward.report.json import laid_out
from hexward.report.text import printable

SCHEMA = "hexward.proof/v1"


def render_json(theorem: str, proof: Proof) -> str:
    """Return the proof as a document of the schema `hexward.proof/v1`."""
    document = {
        "schema": SCHEMA,
        "theorem": theorem,
        "verdict": str(proof.verdict),
        "witness": None if proof.witness is None else _request(proof.witness),
        "because": [
            {"policy": one.policy, "statement": one.statement, "sid": one.sid, "effect": one.effect}
            for one in proof.because
        ],
        "steps": [_request(one) for one in proof.steps],
        "construct": proof.construct,
        "assuming": list(proof.assuming),
        "checked": proof.checked,
    }
    return laid_out(document)


def _request(one: Request) -> Mapping[str, object]:
    return {
        "principal": one.principal,
        "action": one.action,
        "resource": one.resource,
        "resource_account": one.resource_account,
        "context": dict(one.context),
    }


def render_text(theorem: str, proof: Proof) -> str:
    """Return the proof as lines for a terminal; whatever the account wrote is made safe to print."""
    return "".join(f"{line}\n" for line in _lines(theorem, proof))


def _lines(theorem: str, proof: Proof) -> Iterator[str]:
    claim = f"it is not true that {theorem}" if proof.verdict is Outcome.REFUTED else theorem
    yield f"{proof.verdict.upper()}: {printable(claim)}"
    if proof.verdict is Outcome.UNKNOWN:
        yield f"  in the way: {printable(proof.construct)}"
    for request in proof.steps or ([proof.witness] if proof.witness is not None else []):
        yield from _told(request)
    for one in proof.because:
        yield f"  {'lets it through' if one.effect == 'Allow' else 'forbade it'}: {printable(one)}"
    for text in proof.assuming:
        yield f"  leaves out: {printable(text)}"


def _told(one: Request) -> Iterator[str]:
    yield f"  request: {printable(one.principal)} does {printable(one.action)} on {printable(one.resource)}"
    if one.resource_account is not None:
        yield f"    in account {printable(one.resource_account)}"
    for key, value in one.context.items():
        yield f"    with {printable(key)} = {printable(value)}"
