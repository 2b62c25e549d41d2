"""Keys with policies, for the controls over them."""

import json
from typing import Any

from hexward.inventory import Key, NotebookInstance
from hexward.inventory.kms import GrantListEntry
from tests.build import ACCOUNT, REGION, seen

KEY_ARN = f"arn:aws:kms:{REGION}:{ACCOUNT}:key/k1"
OWNER: dict[str, Any] = {
    "Effect": "Allow",
    "Principal": {"AWS": f"arn:aws:iam::{ACCOUNT}:root"},
    "Action": "kms:*",
    "Resource": "*",
}
NOTEBOOK = seen(NotebookInstance, kms_key_id=KEY_ARN)


def key(*statements: dict[str, Any], manager: str = "CUSTOMER", grants: tuple[GrantListEntry, ...] = ()) -> Key:
    policy = json.dumps({"Version": "2012-10-17", "Statement": [OWNER, *statements]})
    return seen(Key, KEY_ARN, key_id="k1", manager=manager, policy=policy, grants=grants)


def allow(principal: object, *actions: str, **condition: object) -> dict[str, Any]:
    told = {"Condition": condition} if condition else {}
    return {"Effect": "Allow", "Principal": principal, "Action": list(actions), "Resource": "*", **told}
