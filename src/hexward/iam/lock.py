"""A key as it stands before data: its policy, and the grants on it that surely work and those that may."""

import json
from dataclasses import dataclass

from hexward.iam.kms import takes_context
from hexward.inventory import Key, NotCollected
from hexward.inventory.kms import GrantListEntry

ANY_GRANT = json.dumps(
    {
        "GranteePrincipal": "*",
        "Operations": ["Decrypt", "Encrypt", "GenerateDataKey", "GenerateDataKeyWithoutPlaintext", "ReEncryptFrom",
                       "ReEncryptTo", "CreateGrant", "DescribeKey", "RetireGrant", "Sign", "Verify", "GetPublicKey",
                       "GenerateDataKeyPair", "GenerateDataKeyPairWithoutPlaintext", "GenerateMac", "VerifyMac",
                       "DeriveSharedSecret", "Encapsulate", "Decapsulate"],
    }
)  # fmt: skip
"""Stands for grants that were not read: to anyone, of every operation that a grant can hold.

https://docs.aws.amazon.com/kms/latest/developerguide/grants.html#terms-grant-operations
"""


@dataclass(frozen=True, slots=True)
class Lent:
    """Grants on a key, as JSON text: `sure` ones hold, `maybe` ones hold perhaps, and `why` says what that hangs on."""

    sure: tuple[str, ...] = ()
    maybe: tuple[str, ...] = ()
    why: str = ""


@dataclass(frozen=True, slots=True)
class Lock:
    """A key by its ARN; `policy` is None for a key that AWS manages."""

    arn: str
    policy: str | None
    lent: Lent


def lock_of(key: Key) -> Lock:
    """Return a key as it stands before a bucket's objects. Raises NotCollected where its policy was not read.

    S3 itself sends the encryption context, which holds the object's or the bucket's ARN and what its writer added; so a grant that is
    bound to one may work for some objects. https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html
    """
    return Lock(key.arn, key.policy, _before_objects(key))


def lent(key: Key) -> Lent:
    """Return the grants on a key for whoever calls KMS itself, and so chooses the encryption context."""
    try:
        grants = key.grants
    except NotCollected as missing:
        return Lent((), (ANY_GRANT,), str(missing))
    if grants is None:
        return Lent((), (ANY_GRANT,), f"the policy and the grants of {key.arn}, which AWS manages")
    # Nobody can take on what AWS calls its own role in an account: an instance's disks have one each.
    return Lent(tuple(_text(one) for one in grants if not (one.of_aws and one.grantee.startswith("arn:"))))


def id_of(grant: str) -> str:
    """Return the id in a grant's text; empty for none."""
    return str(json.loads(grant).get("GrantId", "")) if grant else ""


def _before_objects(key: Key) -> Lent:
    plain = lent(key)
    if not plain.sure:
        return plain
    grants = [one for one in key.grants or () if not one.of_aws]
    bound = [one for one in grants if one.bound and any(takes_context(f"kms:{op}") for op in one.operations)]
    free = tuple(_text(one) for one in grants if one not in bound)
    if not bound:
        return Lent(free)
    why = f"whether objects have the encryption context to which the grant {bound[0].grant_id} is bound"
    return Lent(free, tuple(_text(one, bound=False) for one in bound), why)


def _text(grant: GrantListEntry, *, bound: bool = True) -> str:
    """Return a grant as the evaluator reads it; not `bound`, without its constraints."""
    told: dict[str, object] = {
        "GrantId": grant.grant_id, "GranteePrincipal": grant.grantee, "Operations": list(grant.operations)
    }  # fmt: skip
    constraints = grant.constraints
    if bound and constraints is not None:
        told["Constraints"] = {
            "EncryptionContextEquals": constraints.encryption_context_equals,
            "EncryptionContextSubset": constraints.encryption_context_subset,
            "SourceArn": constraints.source_arn,
        }
    return json.dumps(told)
