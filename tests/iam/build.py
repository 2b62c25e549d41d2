"""Statements, documents and requests in few words, for the tests of the evaluator."""

from collections.abc import Mapping

from hexward.iam import Policies, Request, decide

HOME, ABROAD = "111111111111", "222222222222"
USER = f"arn:aws:iam::{HOME}:user/alice"
ROLE = f"arn:aws:iam::{HOME}:role/train"
SESSION = f"arn:aws:sts::{HOME}:assumed-role/train/job"
FEDERATED = f"arn:aws:sts::{HOME}:federated-user/alice"
ROOT = f"arn:aws:iam::{HOME}:root"
OBJECT = "arn:aws:s3:::weights/model.tar.gz"
KEY = f"arn:aws:kms:us-east-1:{HOME}:key/1234abcd"
TARGET_ROLE = f"arn:aws:iam::{HOME}:role/target"

type Json = Mapping[str, object]


def allow(action: object = "*", resource: object = "*", **more: object) -> dict[str, object]:
    """Return an Allow statement; `more` adds or replaces elements, and None leaves one out."""
    whole: dict[str, object] = {"Effect": "Allow", "Action": action, "Resource": resource} | more
    return {name: value for name, value in whole.items() if value is not None}


def deny(action: object = "*", resource: object = "*", **more: object) -> dict[str, object]:
    """Return a Deny statement."""
    return allow(action, resource, **{"Effect": "Deny"} | more)


def policy(*statements: Json, version: str | None = "2012-10-17") -> dict[str, object]:
    """Return a document of some statements."""
    return {"Version": version, "Statement": list(statements)} if version else {"Statement": list(statements)}


def to(*principals: str) -> dict[str, object]:
    """Return a Principal element's value for ARNs and accounts."""
    return {"AWS": list(principals)}


NOTHING = policy(allow("iam:ListUsers"))
READ = policy(allow("s3:GetObject", "arn:aws:s3:::weights/*", Sid="Read"))
ALL = policy(allow())
NONE = policy(deny())


def grant(*principals: str, action: str = "s3:GetObject") -> dict[str, object]:
    """Return a resource policy that lets some principals do an action."""
    return policy(allow(action, Principal=to(*principals)))


def get(principal: str, account: str | None = None, context: Mapping[str, object] | None = None) -> Request:
    """Return the request to read the object; `account` is the bucket's, if it is not the principal's."""
    return Request(principal, "s3:GetObject", OBJECT, account, context or {})


def if_(operator: str, key: str, value: object) -> dict[str, object]:
    """Return a Condition element of one line, to be spread into `allow` or `deny`."""
    return {"Condition": {operator: {key: value}}}


def outcome(request: Request, policies: Policies) -> tuple[str, str]:
    """Return a decision's verdict and what blocks it, as texts."""
    decision = decide(request, policies)
    return str(decision.verdict), str(decision.blocked_by)


ALLOWED = ("allowed", "none")
"""The outcome of a request that passes."""


def implicitly(layer: str) -> tuple[str, str]:
    """Return the outcome of a request that a layer does not allow."""
    return "implicitly_denied", layer


def explicitly(layer: str) -> tuple[str, str]:
    """Return the outcome of a request that a layer denies."""
    return "explicitly_denied", layer
