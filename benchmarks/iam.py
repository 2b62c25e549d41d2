"""How many requests a second the IAM evaluator decides, and how long policies take to compile, proofs to be found and paths.

    python benchmarks/iam.py

The proofs: that only one role reads a bucket, among 1,000 and 10,000 roles which all have patterns that could mean it, with a bucket policy
that shuts all others out, and with one under which each role's own policies must be looked at; and that a changed policy gives nothing new,
over pairs made of AWS's managed policies by changing one statement.

Each figure stands beside the limit it must keep and the ratio to it. Requests differ from one to the next, so that no answer
is simply remembered; the policies of a principal are compiled once, as in an audit. Needs moto, for its copy of AWS's policies.
"""

import json
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from random import Random

from moto.iam.aws_managed_policies import aws_managed_policies_data

from hexward.iam import Outcome, Policies, Request, Verdict, decide, no_new_access, only_these_can
from hexward.iam.parse import parse
from hexward.iam.paths.search import search
from hexward.iam.policy import Layer
from hexward.iam.theorem import ACTIONS
from hexward.inventory import GLOBAL, AccountPublicAccess, Bucket, Inventory, Role

HOME, ABROAD = "111111111111", "222222222222"
SESSION = f"arn:aws:sts::{HOME}:assumed-role/train/job"
SIMPLE_PER_SECOND = 30_000
HEAVY_PER_SECOND = 3_000
COMPILE_SECONDS = 3.0
PATHS_SECONDS = 30.0
ONLY_SECONDS = {1_000: 2.0, 10_000: 20.0}
NO_NEW_ACCESS_MILLISECONDS = 50.0
PAIRS = 2_000
ROUNDS = 5
BUCKET = "arn:aws:s3:::acme-weights"
TRAIN = f"arn:aws:iam::{HOME}:role/ml-train"

type Json = dict[str, object]


def statement(effect: str, action: object, resource: object, **more: object) -> Json:
    """Return one statement."""
    return {"Effect": effect, "Action": action, "Resource": resource, **more}


def document(*statements: Json) -> Json:
    """Return a policy of some statements."""
    return {"Version": "2012-10-17", "Statement": list(statements)}


def simple() -> tuple[list[Request], Policies]:
    """Return requests against one identity statement."""
    policies = Policies(identity=(document(statement("Allow", "s3:GetObject", "arn:aws:s3:::weights/*")),))
    return [Request(SESSION, "s3:GetObject", f"arn:aws:s3:::weights/{at}") for at in range(20_000)], policies


def heavy() -> tuple[list[Request], Policies]:
    """Return requests between two accounts: 205 identity statements, a boundary, three SCP levels, an RCP, a bucket policy."""
    services = ["ec2", "s3", "sagemaker", "kms", "logs", "lambda", "dynamodb", "iam", "sts", "ecr"]
    filler = [
        statement("Allow", [f"{service}:Get*", f"{service}:Describe{at}*"], f"arn:aws:{service}:*:{HOME}:thing-{at}/*")
        for at in range(20)
        for service in services
    ]
    own = [
        statement("Allow", "s3:GetObject", "arn:aws:s3:::weights-${aws:PrincipalTag/team}/*"),
        statement("Allow", "s3:PutObject", "arn:aws:s3:::weights-*/out/*"),
        statement("Deny", "s3:*", "arn:aws:s3:::secret-*/*"),
        statement("Deny", "*", "*", Condition={"NotIpAddress": {"aws:SourceIp": ["10.0.0.0/8", "203.0.113.0/24"]}}),
        statement("Deny", "s3:*", "*", Condition={"Bool": {"aws:SecureTransport": "false"}}),
    ]
    everything = statement("Allow", "*", "*")
    regions = {"StringNotEquals": {"aws:RequestedRegion": ["us-east-1", "eu-west-1"]}}
    inside = {
        "StringNotEqualsIfExists": {"aws:PrincipalOrgID": "o-1"},
        "BoolIfExists": {"aws:PrincipalIsAWSService": "false"},
    }
    reader = {
        "ArnLike": {"aws:PrincipalArn": f"arn:aws:iam::{HOME}:role/tr*"},
        "StringEquals": {"aws:SourceVpce": "vpce-1"},
    }
    policies = Policies(
        identity=tuple(document(*(filler + own)[at : at + 41]) for at in range(0, 205, 41)),
        boundary=(document(statement("Allow", ["s3:*", "kms:*", "sagemaker:*"], "*")),),
        scps=(
            (document(everything),),
            (document(everything, statement("Deny", "*", "*", Condition=regions)),),
            (document(everything, statement("Deny", ["iam:*", "organizations:*"], "*")),),
        ),
        rcps=((document(everything, statement("Deny", "s3:*", "*", Principal="*", Condition=inside)),),),
        resource=document(
            statement("Allow", "s3:GetObject*", "arn:aws:s3:::weights-ml/*", Principal={"AWS": HOME}, Condition=reader),
            statement("Deny", "s3:*", "*", Principal="*", Condition={"Bool": {"aws:SecureTransport": "false"}}),
        ),
    )
    context = {
        "aws:PrincipalTag/team": "ml",
        "aws:SourceIp": "10.1.2.3",
        "aws:SecureTransport": True,
        "aws:RequestedRegion": "us-east-1",
        "aws:PrincipalOrgID": "o-1",
        "aws:SourceVpce": "vpce-1",
    }
    wanted = [Request(SESSION, "s3:GetObject", f"arn:aws:s3:::weights-ml/{at}", ABROAD, context) for at in range(4_000)]
    return wanted, policies


def per_second(requests: Sequence[Request], policies: Policies) -> float:
    """Return decisions a second, the best of some rounds; all requests must be allowed."""
    assert all(decide(request, policies).verdict is Verdict.ALLOWED for request in requests)
    best = float("inf")
    for _ in range(ROUNDS):
        began = time.perf_counter()
        for request in requests:
            decide(request, policies)
        best = min(best, time.perf_counter() - began)
    return len(requests) / best


def compile_managed() -> tuple[int, float]:
    """Return how many managed policies of AWS there are, and the seconds that compiling them takes."""
    managed = [json.dumps(one["Document"]) for one in json.loads(aws_managed_policies_data).values()]
    began = time.perf_counter()
    for text in managed:
        parse(text, Layer.IDENTITY)
    return len(managed), time.perf_counter() - began


def crowd(roles: int = 1_000, passable: int = 200, holders: int = 300) -> Inventory:
    """Return an account of roles, of which some trust services and some may pass all others; one in a hundred may do everything."""
    services = ("sagemaker", "lambda", "ec2", "glue", "bedrock", "ecs-tasks", "states", "bedrock-agentcore")
    makes = [f"{one}:*" for one in (*services[:5], "ecs", "states", "bedrock-agentcore")]
    made = []
    for at in range(roles):
        who: Json = (
            {"Service": f"{services[at % len(services)]}.amazonaws.com"}
            if at < passable
            else {"AWS": f"arn:aws:iam::{HOME}:root"}
        )
        own = [
            statement("Allow", "s3:GetObject", f"arn:aws:s3:::bucket-{at % 50}/*"),
            statement("Allow", "logs:*", "*"),
        ]
        if at >= roles - holders:
            own += [statement("Allow", "iam:PassRole", f"arn:aws:iam::{HOME}:role/r*"), statement("Allow", makes, "*")]
        trust = document({"Effect": "Allow", "Principal": who, "Action": "sts:AssumeRole"})
        policies = (json.dumps(document(statement("Allow", "*", "*") if at % 100 == 0 else own[0], *own)),)
        made.append(
            Role.partial({}, arn=f"arn:aws:iam::{HOME}:role/r{at}", account=HOME, region=GLOBAL, name=f"r{at}", path="/",
                         trust=json.dumps(trust), inline=policies, attached=(), boundary=None, tags=None)
        )  # fmt: skip
    return Inventory(HOME, datetime(2026, 1, 1, tzinfo=UTC), ("us-east-1",), made)


def walk(inventory: Inventory) -> tuple[int, float]:
    """Return how many paths to administration an account has, and the seconds that finding all of them takes."""
    began = time.perf_counter()
    found = search(inventory)
    return len(found.routes), time.perf_counter() - began


def role(name: str, policy: Json) -> Role:
    """Return a role with one inline policy."""
    return Role.partial({}, arn=f"arn:aws:iam::{HOME}:role/{name}", account=HOME, region="aws-global", name=name, path="/",
                        inline=(json.dumps(policy),), attached=(), boundary=None, tags=None)  # fmt: skip


def patterned(at: int) -> Json:
    """Return a role's policy: patterns of its own that could mean the bucket, a network's condition, and a Deny of all without MFA."""
    mfa = {"BoolIfExists": {"aws:MultiFactorAuthPresent": "false"}}
    vpce = {"StringEquals": {"aws:SourceVpce": f"vpce-{at % 50}"}}
    return document(
        statement("Allow", ["s3:Get*", "s3:List*"], [f"arn:aws:s3:::team-{at}-*", f"arn:aws:s3:::team-{at}-*/*"]),
        statement("Allow", ["logs:*", "ec2:Describe*"], "*"),
        statement(
            "Allow", "s3:Get*" if at % 2 else "s3:*", f"arn:aws:s3:::*-weights/{'' if at % 3 else 'x'}*", Condition=vpce
        ),
        statement("Allow", "s3:GetObject*", f"arn:aws:s3:::a*/data-{at}/*"),
        {"Effect": "Deny", "NotAction": ["iam:*", "sts:*"], "Resource": "*", "Condition": mfa},
    )


def account(roles: int, condition: Json) -> Inventory:
    """Return an account of many roles, and a bucket whose policy denies everything under a condition."""
    shut = statement("Deny", "s3:*", [BUCKET, f"{BUCKET}/*"], Principal="*", Condition=condition)
    bucket = Bucket.partial({}, arn=BUCKET, account=HOME, region="us-east-1", name="acme-weights", encryption=None,
                            block=None, policy=json.dumps(document(shut)))  # fmt: skip
    block = AccountPublicAccess.partial({}, arn="arn:aws:s3:::*", account=HOME, region="aws-global", block=None)
    people = [role("ml-train", document(statement("Allow", "s3:*", "*")))]
    people += [role(f"role-{at}", patterned(at)) for at in range(roles)]
    return Inventory(HOME, datetime(2026, 3, 2, tzinfo=UTC), ["us-east-1"], [bucket, block, *people])


def only_seconds(roles: int, condition: Json) -> float:
    """Return the seconds that it takes to prove that only the trainer reads the bucket."""
    inventory = account(roles, condition)
    began = time.perf_counter()
    proof = only_these_can([TRAIN], ACTIONS["reads", "s3"], f"{BUCKET}/*", inventory)
    seconds = time.perf_counter() - began
    assert proof.verdict is Outcome.PROVED, proof
    return seconds


def changed(policy: Json, luck: Random) -> Json:
    """Return a policy with one statement less, narrower or wider, or with a condition."""
    found = policy["Statement"]
    statements: list[Json] = json.loads(json.dumps(found if isinstance(found, list) else [found]))
    one = luck.choice(statements)
    change = luck.randrange(4)
    if change == 0 and len(statements) > 1:
        statements.remove(one)
    elif change == 1:
        one["Resource"] = "arn:aws:s3:::acme-*/*"
    elif change == 2 and "Action" in one:
        wanted = one["Action"]
        first, *rest = wanted if isinstance(wanted, list) else [wanted]
        one["Action"] = [f"{str(first).partition(':')[0]}:Get*" if ":" in str(first) else first, *rest]
    else:
        one["Condition"] = {"StringLike": {"aws:PrincipalTag/team": "ml-*"}}
    return {**policy, "Statement": statements}


def no_new_access_p99() -> float:
    """Return the milliseconds below which 99 of 100 comparisons of a changed policy with the old one stay, both ways."""
    luck = Random(1)  # noqa: S311  (nothing secret)
    managed = [one["Document"] for one in json.loads(aws_managed_policies_data).values()]
    times = []
    for _ in range(PAIRS // 2):
        old = luck.choice(managed)
        new = changed(old, luck)
        for pair in ((old, new), (new, old)):
            before, after = (json.dumps(one) for one in pair)
            began = time.perf_counter()
            no_new_access(before, after)
            times.append(time.perf_counter() - began)
    return sorted(times)[len(times) * 99 // 100] * 1_000


def main() -> None:
    """Print each figure, its limit and the ratio; a ratio below 1 is a failure."""
    count, seconds = compile_managed()
    figures = [
        ("one identity statement, decisions/s", per_second(*simple()), float(SIMPLE_PER_SECOND), False),
        ("205 statements between accounts, decisions/s", per_second(*heavy()), float(HEAVY_PER_SECOND), False),
        (f"{count} managed policies of AWS, seconds to compile", seconds, COMPILE_SECONDS, True),
        ("paths, 1,000 roles, 200 of them to pass, seconds", walk(crowd())[1], PATHS_SECONDS, True),
        ("paths, and all 1,000 may pass them, seconds", walk(crowd(holders=1_000))[1], PATHS_SECONDS, True),
        ("no new access, a managed policy changed, p99 ms", no_new_access_p99(), NO_NEW_ACCESS_MILLISECONDS, True),
    ]
    for roles, most in ONLY_SECONDS.items():
        shut = only_seconds(roles, {"ArnNotEquals": {"aws:PrincipalArn": TRAIN}})
        figures.append((f"only X reads, {roles} roles, all shut out, seconds", shut, most, True))
        each = only_seconds(roles, {"Bool": {"aws:MultiFactorAuthPresent": "true"}})
        figures.append((f"only X reads, {roles} roles, one by one, seconds", each, most, True))
    failed = False
    for name, figure, limit, at_most in figures:
        ratio = limit / figure if at_most else figure / limit
        failed |= ratio < 1
        print(f"{name:52}{figure:12,.2f}   limit {'<' if at_most else '>'} {limit:9,.0f}   {ratio:6.1f} times as good")
    assert not failed


if __name__ == "__main__":
    main()
