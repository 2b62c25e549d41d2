"""Requests and policies made up at random, of few words, so that they meet often enough to be interesting."""

from random import Random

from hexward.iam import ANONYMOUS, Policies, Request

HOME, ABROAD = "111111111111", "222222222222"
PRINCIPALS = [
    f"arn:aws:iam::{HOME}:user/alice",
    f"arn:aws:iam::{HOME}:user/bob",
    f"arn:aws:iam::{HOME}:role/train",
    f"arn:aws:sts::{HOME}:assumed-role/train/job",
    f"arn:aws:sts::{HOME}:assumed-role/train/other",
    f"arn:aws:sts::{HOME}:federated-user/alice",
    f"arn:aws:iam::{HOME}:root",
    f"arn:aws:iam::{HOME}:role/aws-service-role/x.amazonaws.com/AWSServiceRoleForX",
    f"arn:aws:iam::{ABROAD}:user/alice",
    f"arn:aws:sts::{ABROAD}:assumed-role/train/job",
    "lambda.amazonaws.com",
    ANONYMOUS,
]
TARGETS = {
    "s3:GetObject": [
        "arn:aws:s3:::data/alice/a",
        "arn:aws:s3:::data/bob/a",
        "arn:aws:s3:::data/x:y",
        "arn:aws:s3:::open/ab",
    ],
    "s3:PutObject": ["arn:aws:s3:::data/alice/a", "arn:aws:s3:::open/a"],
    "s3:PutBucketPolicy": ["arn:aws:s3:::data"],
    "kms:Decrypt": [f"arn:aws:kms:us-east-1:{HOME}:key/1", f"arn:aws:kms:eu-west-1:{ABROAD}:key/2"],
    "kms:RetireGrant": [f"arn:aws:kms:us-east-1:{HOME}:key/1"],
    "sts:AssumeRole": [f"arn:aws:iam::{HOME}:role/target", f"arn:aws:iam::{ABROAD}:role/target"],
    "sts:GetCallerIdentity": ["arn:aws:sts:::x"],
    "sts:GetSessionToken": ["arn:aws:sts:::x"],
    "sagemaker:DescribeModel": [f"arn:aws:sagemaker:us-east-1:{HOME}:model/m"],
}
ACTIONS = ["*", "s3:*", "s3:Get*", "S3:getobject", "s3:?utObject", "s3:PutBucketPolicy", "kms:*", "kms:Decrypt", "sts:Assume*", "*:*",
           "sagemaker:*", "sagemaker:DescribeModel", "sts:AssumeRole", "iam:*"]  # fmt: skip
RESOURCES = ["*", "arn:aws:s3:::data/*", "arn:aws:s3:::data/alice/?", "arn:aws:s3:::data/${aws:username}/*", "arn:aws:s3:::open/a${*}b",
             "arn:aws:s3:::open/?b", "arn:aws:s3:::open/a*", "arn:aws:s3:::*", "arn:aws:s3", "arn:aws:kms:*:*:key/*",
             "arn:aws:kms:us-*:key/1",
             "arn:aws:iam::*:role/*",
             f"arn:aws:iam::{HOME}:role/target", "arn:aws:*:*:*:*", "arn:aws:s3:::data/${aws:PrincipalTag/team}/a", "arn:aws:s3:*:data/*",
             "arn:aws:s3:::data/${aws:PrincipalTag/team, 'bob'}/a", f"arn:aws:kms:*:{HOME}:*", "arn:aws:sagemaker:*:*:model/m"]  # fmt: skip
NAMED = [HOME, ABROAD, *(one for one in PRINCIPALS if one.startswith("arn:"))]
CONTEXT: dict[str, list[object]] = {
    "aws:PrincipalTag/team": ["alice", "ml", ""],
    "AWS:SourceIp": ["10.1.2.3", "203.0.113.9"],
    "aws:SourceVpce": ["vpce-1", "vpce-2"],
    "aws:MultiFactorAuthPresent": [True, "false"],
    "aws:CurrentTime": ["2026-01-01T00:00:00Z", "2026-06-01T12:00:00+02:00"],
    "s3:max-keys": [5, "10", 10.5],
    "aws:TagKeys": [["a", "b"], ["a"], [], ["c"]],
    "aws:PrincipalOrgID": ["o-1"],
}
CONDITIONS: list[tuple[str, str, object]] = [
    ("StringEquals", "aws:PrincipalTag/team", ["ml", "web"]),
    ("StringNotEquals", "aws:PrincipalTag/team", "ml"),
    ("StringEqualsIgnoreCase", "aws:principaltag/TEAM", "ML"),
    ("StringEquals", "aws:PrincipalTag/team", "${aws:username}"),
    ("StringNotLike", "aws:PrincipalTag/team", ["${aws:username}", "x*"]),
    ("StringLikeIfExists", "aws:PrincipalTag/team", "m?"),
    ("StringLike", "aws:PrincipalTag/team", ["a*e", "${aws:username}"]),
    ("StringEquals", "aws:PrincipalAccount", HOME),
    ("StringNotEquals", "aws:ResourceAccount", "${aws:PrincipalAccount}"),
    ("StringNotEqualsIfExists", "aws:PrincipalOrgID", "o-2"),
    ("ArnLike", "aws:PrincipalArn", ["arn:aws:iam::*:role/t*", "arn:aws:iam::*:user/bob"]),
    ("ArnNotEquals", "aws:PrincipalArn", f"arn:aws:iam::{HOME}:user/alice"),
    ("ArnNotLikeIfExists", "aws:PrincipalArn", "arn:aws:*:role/train"),
    ("IpAddress", "aws:SourceIp", ["10.0.0.0/8", "192.168.0.0/16"]),
    ("NotIpAddress", "aws:SourceIp", "10.1.2.3"),
    ("StringEquals", "aws:SourceVpce", "vpce-1"),
    ("StringNotEquals", "aws:SourceVpce", "vpce-1"),
    ("Bool", "aws:MultiFactorAuthPresent", "true"),
    ("BoolIfExists", "aws:MultiFactorAuthPresent", False),
    ("DateGreaterThan", "aws:CurrentTime", "2026-03-01T00:00:00Z"),
    ("DateLessThanEquals", "aws:CurrentTime", "1767225600"),
    ("DateNotEquals", "aws:CurrentTime", "2026-06-01T10:00:00Z"),
    ("NumericLessThan", "s3:max-keys", "10"),
    ("NumericGreaterThanEquals", "s3:max-keys", 10),
    ("NumericNotEquals", "s3:max-keys", ["10.0", "11"]),
    ("ForAllValues:StringEquals", "aws:TagKeys", ["a", "b"]),
    ("ForAnyValue:StringLike", "aws:TagKeys", "?"),
    ("ForAnyValue:StringNotEquals", "aws:TagKeys", "a"),
    ("ForAllValues:StringNotEquals", "aws:TagKeys", ["c"]),
    ("ForAnyValue:StringEqualsIfExists", "aws:TagKeys", "c"),
    ("Null", "aws:PrincipalTag/team", "true"),
    ("Null", "aws:TagKeys", "false"),
    ("Null", "aws:username", "false"),
]


def case(seed: int) -> tuple[Request, Policies]:
    """Return the request and the policies of one seed."""
    luck = Random(seed)  # noqa: S311  (nothing secret)
    action = luck.choice(list(TARGETS))
    principal = luck.choice(PRINCIPALS)
    resource = luck.choice(TARGETS[action])
    account = luck.choice([HOME, ABROAD]) if ":s3:::" in resource and luck.random() < 0.5 else None
    context = {key: luck.choice(values) for key, values in CONTEXT.items() if luck.random() < 0.6}
    request = Request(principal, action, resource, account, context)
    maker = Maker(luck, request)
    return request, maker.policies()


class Maker:
    """Makes policies that have something to do with a request."""

    def __init__(self, luck: Random, request: Request, resources: list[str] = RESOURCES) -> None:
        """Keep the luck, the request, and the resources that policies may name."""
        self.luck, self.request, self.resources = luck, request, resources

    def policies(self) -> Policies:
        """Return policies of all kinds, some of them missing."""
        luck = self.luck
        some = luck.choice([0.2, 0.6])
        maybe = lambda made: made if luck.random() < some else None  # noqa: E731
        return Policies(
            identity=tuple(self.document() for _ in range(luck.randrange(3))),
            resource=maybe(self.document(principal=True)) if luck.random() < 0.8 else self.document(principal=True),
            boundary=maybe(tuple(self.guard() for _ in range(luck.randrange(3)))),
            session=maybe(tuple(self.guard() for _ in range(luck.randrange(3)))),
            scps=maybe(tuple((self.guard(), self.guard()) for _ in range(luck.randrange(3)))) or (),
            rcps=maybe(tuple((self.guard(everyone=True),) for _ in range(luck.randrange(3)))) or (),
            endpoint=maybe((self.guard(everyone=True),)),
        )

    def guard(self, *, everyone: bool = False) -> dict[str, object]:
        """Return a document that mostly allows everything, since most guards do."""
        if self.luck.random() < 0.5:
            return self.document(everyone=everyone)
        statement: dict[str, object] = {"Effect": "Allow", "Action": "*", "Resource": "*"}
        extra = [self.statement(everyone=everyone)] if self.luck.random() < 0.4 else []
        return {"Statement": [statement | ({"Principal": "*"} if everyone else {}), *extra]}

    def document(self, *, principal: bool = False, everyone: bool = False) -> dict[str, object]:
        """Return a document of one to three statements."""
        statements = [self.statement(principal=principal, everyone=everyone) for _ in range(self.luck.randint(1, 3))]
        document: dict[str, object] = {"Statement": statements if self.luck.random() < 0.8 else statements[0]}
        if self.luck.random() < 0.8:
            document["Version"] = self.luck.choice(["2012-10-17", "2012-10-17", "2008-10-17"])
        return document

    def statement(self, *, principal: bool = False, everyone: bool = False) -> dict[str, object]:
        """Return a statement; half of its elements fit the request."""
        luck = self.luck
        effect = "Allow" if luck.random() < 0.75 else "Deny"
        out: dict[str, object] = {"Effect": effect}
        out["Action" if luck.random() < 0.85 else "NotAction"] = self.some(ACTIONS, self.request.action)
        out["Resource" if luck.random() < 0.85 else "NotResource"] = self.some(self.resources, self.request.resource)
        if principal:
            out |= self.principal(effect)
        elif everyone:
            out["Principal"] = "*"
        if luck.random() < 0.4:
            condition: dict[str, dict[str, object]] = {}
            for operator, key, value in luck.sample(CONDITIONS, luck.randint(1, 2)):
                condition.setdefault(operator, {})[key] = value
            out["Condition"] = condition
        return out

    def some(self, pool: list[str], fitting: str) -> object:
        """Return one or two of a pool; often the one that fits."""
        luck = self.luck
        if luck.random() < 0.3:
            return fitting if luck.random() < 0.5 else [fitting, luck.choice(pool)]
        return luck.choice(pool) if luck.random() < 0.6 else luck.sample(pool, 2)

    def principal(self, effect: str) -> dict[str, object]:
        """Return a Principal or NotPrincipal element."""
        luck = self.luck
        if luck.random() < 0.2:
            return {"Principal": luck.choice(["*", {"AWS": "*"}])}
        if luck.random() < 0.1:
            return {"Principal": {"Service": ["lambda.amazonaws.com", "ec2.amazonaws.com"]}}
        account = self.request.principal.split(":")[4] if self.request.principal.startswith("arn:") else HOME
        own = [one for one in NAMED if account in one]
        if effect == "Deny" and luck.random() < 0.3:
            return {"NotPrincipal": {"AWS": luck.sample(own, luck.randint(1, len(own)))}}
        return {"Principal": {"AWS": luck.sample(own if luck.random() < 0.8 else NAMED, luck.randint(1, 2))}}
