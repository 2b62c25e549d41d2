"""Fills an emulated account with what a folder of YAML files describes, one AWS call after the other.

A file is a list of sections, `{what, in, calls}`: a sentence, a region, and calls, each written as the operation and its arguments:
`ec2:CreateVpc: {CidrBlock: 10.0.0.0/16}`. A call may `keep` parts of its answer under names (`keep: {vpc: Vpc.VpcId}`) for the calls
after it, of this file or a later one, which write `${vpc}`; `${account}` is the account's number. A policy is written as its list of
statements.
"""

import json
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from string import Template
from typing import Any

import yaml

from hexward.aws.emulated import Emulated
from hexward.drill.range import RangeError

_POLICIES = frozenset({"AssumeRolePolicyDocument", "Content", "Policy", "PolicyDocument"})


def seed(emulated: Emulated, files: Iterable[Path], on_progress: Callable[[str], None] | None = None) -> dict[str, str]:
    """Make the calls of each file in turn, telling `on_progress` what each section is about, and return what they kept.

    Raises `RangeError` if the account already holds something, `AccountError` where a call is refused.
    """
    _expect_empty(emulated)
    names = {"account": emulated.call("sts:GetCallerIdentity", "us-east-1", {})["Account"]}
    for file in files:
        for section in yaml.safe_load(file.read_text()):
            if on_progress:
                on_progress(section["what"])
            for step in section["calls"]:
                _make(emulated, section["in"], step, names)
    return names


def _expect_empty(emulated: Emulated) -> None:
    for call, key in (("s3:ListBuckets", "Buckets"), ("iam:ListUsers", "Users"), ("iam:ListRoles", "Roles")):
        if found := emulated.call(call, "us-east-1", {})[key]:
            raise RangeError(f"the account at {emulated.endpoint_url} is not empty: {call} finds {len(found)}")


def _make(emulated: Emulated, region: str, step: Mapping[str, Any], names: dict[str, str]) -> None:
    """Make one call and remember, in `names`, what it says to keep."""
    ((call, arguments),) = ((key, value) for key, value in step.items() if key != "keep")
    answer = emulated.call(call, region, _filled(arguments, names))
    names |= {name: _part(answer, path) for name, path in step.get("keep", {}).items()}


def _filled(value: Any, names: Mapping[str, str]) -> Any:  # noqa: ANN401  # YAML and AWS's arguments nest as they like.
    """Put the kept names in place of `${name}`, and each policy into the JSON that AWS takes."""
    if isinstance(value, str):
        return Template(value).substitute(names)
    if isinstance(value, list):
        return [_filled(item, names) for item in value]
    if isinstance(value, dict):
        filled = {key: _filled(item, names) for key, item in value.items()}
        policies = {key for key in filled.keys() & _POLICIES if isinstance(filled[key], list)}
        return filled | {key: json.dumps({"Version": "2012-10-17", "Statement": filled[key]}) for key in policies}
    return value


def _part(answer: Any, path: str) -> str:  # noqa: ANN401  # What AWS answers nests as it likes.
    """Follow a path of keys and list positions, such as `Roots.0.Id`."""
    for step in path.split("."):
        answer = answer[int(step)] if isinstance(answer, list) else answer[step]
    return str(answer)
