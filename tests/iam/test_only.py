"""Who alone can reach a resource: the traps of readers, keys, sessions and strangers, and what was not collected."""

import json

import pytest

from hexward.iam import Limits, Outcome, Policies, RequestError, decide, only_these_can
from hexward.iam.theorem import ACTIONS, theorem
from hexward.inventory import (
    AccountPublicAccess,
    Bucket,
    DataSource,
    Function,
    Key,
    KnowledgeBase,
    ManagedPolicy,
    Role,
    User,
)
from hexward.inventory.bedrock_agent import SourceBucket, SourceConfiguration
from hexward.inventory.iam import Attached, Boundary
from hexward.inventory.kms import GrantConstraints, GrantListEntry
from hexward.inventory.s3 import DefaultEncryption, EncryptionRule, PublicAccessBlock
from hexward.model import Gap, Reason, UsageError
from tests.build import ACCOUNT, inventory, seen
from tests.iam.build import allow, deny, if_, policy, to

PROVED, REFUTED, UNKNOWN = Outcome
BUCKET = "arn:aws:s3:::acme-weights"
TRAIN = f"arn:aws:iam::{ACCOUNT}:role/ml-train"
OTHER = f"arn:aws:iam::{ACCOUNT}:role/team/web"
USER = f"arn:aws:iam::{ACCOUNT}:user/ann"
NO_MFA = if_("BoolIfExists", "aws:MultiFactorAuthPresent", "false")
MACIE = f"arn:aws:iam::{ACCOUNT}:role/aws-service-role/macie.amazonaws.com/AWSServiceRoleForAmazonMacie"
KEY = f"arn:aws:kms:us-east-1:{ACCOUNT}:key/1"
READS = ACTIONS["reads", "s3"]
NOTHING = Limits()
NO_BLOCK = PublicAccessBlock(*[False] * 4)
GAP = Gap(Reason.DENIED, "refused")


def bucket(document=None, *, key=None, block=NO_BLOCK):
    """Return the bucket; without a policy if there is no document."""
    rule = EncryptionRule(DefaultEncryption("aws:kms", key)) if key else EncryptionRule(DefaultEncryption("AES256"))
    text = None if document is None else json.dumps(document)
    return seen(Bucket, BUCKET, name="acme-weights", encryption=(rule,), block=block, policy=text)


def by_vpce(action, at):
    """Return an Allow through one endpoint."""
    return allow(action, **if_("StringEquals", "aws:SourceVpce", f"vpce-{at}"))


def reads(principal, **more):
    """Return a bucket policy that lets someone read."""
    return policy(allow("s3:GetObject", f"{BUCKET}/*", Principal=principal, **more))


def role(arn, *documents, boundary=None, attached=(), trust=None):
    """Return a role with inline policies."""
    path, name = arn.partition(":role")[2].rpartition("/")[::2]
    known = {} if trust is None else {"trust": json.dumps(trust)}
    return seen(Role, arn, region="aws-global", name=name, path=f"{path}/", inline=tuple(map(json.dumps, documents)), tags=None,
                attached=tuple(Attached("p", one) for one in attached), boundary=boundary and Boundary(boundary), **known)  # fmt: skip


def user(*documents):
    """Return a user with inline policies."""
    return seen(User, USER, region="aws-global", name="ann", inline=tuple(map(json.dumps, documents)), attached=(), groups=(),
                boundary=None, tags=None)  # fmt: skip


def only(*records, spared=(TRAIN,), actions=READS, resource=f"{BUCKET}/*", limits=NOTHING, **more):
    """Ask whether only the trainer reads the bucket."""
    account = seen(AccountPublicAccess, "arn:aws:s3:::*", block=NO_BLOCK)
    return only_these_can(spared, actions, resource, inventory(account, *records, **more), limits)


ALL = policy(allow())
TRAINER = role(TRAIN, ALL)
READER = role(OTHER, policy(allow("s3:Get*", f"{BUCKET}/*")))
LOCKED = policy(deny("s3:*", [BUCKET, f"{BUCKET}/*"], Principal="*", **if_("ArnNotEquals", "aws:PrincipalArn", TRAIN)))


@pytest.mark.parametrize(
    ("records", "verdict"),
    [
        ([bucket(), TRAINER], PROVED),
        ([bucket(), TRAINER, READER], REFUTED),
        ([bucket(), TRAINER, user(policy(allow("s3:*")))], REFUTED),
        ([bucket(LOCKED), TRAINER, READER, user(ALL)], PROVED),
        ([bucket(), TRAINER, role(OTHER, policy(allow("s3:Get*", "arn:aws:s3:::acme-w?bs/*")))], PROVED),
        ([bucket(), TRAINER, role(OTHER, policy(allow("s3:Put*"), allow("s3:ListBucket")))], PROVED),
        # A reader by another action than GetObject.
        ([bucket(), TRAINER, role(OTHER, policy(allow("s3:GetObjectVersion")))], REFUTED),
        ([bucket(policy(deny("s3:GetObject", f"{BUCKET}/*", Principal="*"))), TRAINER, READER], REFUTED),
        # Denies that spare nothing of what was allowed, and one that does.
        ([bucket(), role(OTHER, policy(allow("s3:*"), deny(None, NotAction="iam:*")))], PROVED),
        ([bucket(), role(OTHER, policy(allow("s3:*"), deny("s3:*", **NO_MFA)))], REFUTED),
        # Conditions that nobody can meet at once, and some that somebody can.
        ([bucket(), role(OTHER, policy(by_vpce("s3:*", 1),
                                       deny("s3:*", **if_("StringLike", "aws:SourceVpce", "vpce-*"))))], PROVED),
        ([bucket(policy(deny("s3:*", Principal="*", **if_("StringNotEquals", "aws:SourceVpce", "vpce-1")))), READER], REFUTED),
        # Whether or not there was a second factor, one of these strikes: of none, or one, there is no third.
        ([bucket(policy(deny("s3:*", Principal="*", **if_("Bool", "aws:MultiFactorAuthPresent", "true")))),
          role(OTHER, policy(allow("s3:*"), deny("s3:*", **NO_MFA)))], PROVED),
        # The boundary allows less; a session that the bucket names needs neither it nor an identity policy.
        ([bucket(), role(OTHER, ALL, boundary="arn:aws:iam::aws:policy/B"),
          seen(ManagedPolicy, "arn:aws:iam::aws:policy/B", region="aws-global", document=json.dumps(policy(allow("ec2:*"))))], PROVED),
        ([bucket(reads(to(f"arn:aws:sts::{ACCOUNT}:assumed-role/web/s"))), role(OTHER)], REFUTED),
        ([bucket(reads(to(TRAIN))), TRAINER, role(OTHER)], PROVED),
        # To name the account leaves the decision to identity policies.
        ([bucket(reads(to(ACCOUNT))), role(OTHER)], PROVED),
        ([bucket(reads(to(ACCOUNT))), READER], REFUTED),
        ([bucket(reads(to(f"arn:aws:sts::{ACCOUNT}:federated-user/x")))], REFUTED),
        # Strangers: another account, everyone, everyone of one organisation, a service.
        ([bucket(reads(to("999988887777")))], REFUTED),
        ([bucket(reads("*"))], REFUTED),
        ([bucket(reads("*", **if_("StringEquals", "aws:PrincipalAccount", ACCOUNT)))], PROVED),
        ([bucket(reads("*", **if_("StringEquals", "aws:PrincipalOrgID", "o-1")))], REFUTED),
        ([bucket(reads({"Service": "cloudfront.amazonaws.com"}))], REFUTED),
        # Public access that is shut does not keep out a named account.
        ([bucket(reads("*"), block=PublicAccessBlock(*[True] * 4))], PROVED),
        ([bucket(reads(to("999988887777")), block=PublicAccessBlock(*[True] * 4))], REFUTED),
        # What AWS keeps for its services counts too.
        ([bucket(), role(MACIE, policy(allow("s3:Get*")))], REFUTED),
    ],
)  # fmt: skip
def test_everybody_is_asked(records, verdict):
    found = only(*records)
    assert found.verdict is verdict, found
    assert (found.witness is not None) is (verdict is REFUTED)


def test_the_witness_is_a_request_that_the_evaluator_allows():
    found = only(bucket(), TRAINER, READER)
    assert found.witness.principal == OTHER
    assert found.witness.action == "s3:GetObject"
    assert decide(found.witness, Policies(identity=(policy(allow("s3:Get*", f"{BUCKET}/*")),))).verdict == "allowed"
    assert [str(one) for one in found.because] == ["identity[0].Statement[0]"]


def key(document, **more):
    """Return the key with a policy, and no grants unless it is said otherwise."""
    return seen(Key, KEY, key_id="1", policy=json.dumps(document), **{"grants": (), **more})


def lend(grantee, *operations, **constraints):
    """Return a grant on the key."""
    bound = GrantConstraints(**constraints) if constraints else None
    return GrantListEntry("g1", operations or ("Decrypt",), grantee, constraints=bound)


OF_AWS = seen(Key, KEY, key_id="1", policy=None, grants=None)
HANDED_ON = policy(allow("kms:*", Principal=to(f"arn:aws:iam::{ACCOUNT}:root")))
BOTH = role(OTHER, policy(allow("s3:Get*"), allow("kms:Decrypt")))


@pytest.mark.parametrize(
    ("records", "verdict", "construct"),
    [
        ([key(HANDED_ON), BOTH], REFUTED, ""),
        ([key(HANDED_ON), READER], PROVED, ""),
        ([key(policy(allow("kms:*", Principal=to(TRAIN)))), BOTH], PROVED, ""),
        # Whoever has no right on the key may still have a grant.
        ([key(HANDED_ON).punched("grants", GAP), READER], UNKNOWN, "Key.grants"),
        ([key(HANDED_ON).punched("grants", GAP), BOTH], REFUTED, ""),
        ([key(HANDED_ON).punched("grants", GAP), TRAINER], PROVED, ""),
        ([key(policy(deny("kms:*", Principal="*", **if_("ArnNotEquals", "aws:PrincipalArn", TRAIN)))).punched("grants", GAP), READER],
         PROVED, ""),
        ([key(HANDED_ON, grants=(lend(OTHER),)), READER], REFUTED, ""),
        ([key(HANDED_ON, grants=(lend(OTHER, "Encrypt", "GenerateDataKey"),)), READER], PROVED, ""),
        ([key(HANDED_ON, grants=(lend(USER), lend(TRAIN))), READER], PROVED, ""),
        ([key(HANDED_ON, grants=(lend(OTHER),)), role(OTHER)], PROVED, ""),
        ([key(HANDED_ON, grants=(lend(f"arn:aws:sts::{ACCOUNT}:assumed-role/web/s"),)), READER], REFUTED, ""),
        ([key(policy(deny("kms:*", Principal="*")), grants=(lend(OTHER),)), READER], PROVED, ""),
        # S3 says which encryption context it sends for an object, and its writer may have added to it.
        ([key(HANDED_ON, grants=(lend(OTHER, encryption_context_subset={"aws:s3:arn": BUCKET}),)), READER], UNKNOWN, "grant g1"),
        ([key(HANDED_ON, grants=(lend(OTHER, encryption_context_equals={"team": "ml"}),)), READER], UNKNOWN, "grant g1"),
        # What a grant to all of an account means for one who holds nothing of his own, AWS does not say.
        ([key(HANDED_ON, grants=(lend(f"arn:aws:iam::{ACCOUNT}:root"),)), READER], UNKNOWN, "identity policies"),
        ([key(HANDED_ON, grants=(lend("rds.us-east-1.amazonaws.com"),)), READER], PROVED, ""),
        ([key(HANDED_ON, grants=(lend(""),)), READER], UNKNOWN, "Principal"),
        ([OF_AWS, READER], UNKNOWN, "AWS manages"),
        ([key(policy(allow("kms:*", Principal=to(TRAIN)))), TRAINER], PROVED, ""),
        ([key(HANDED_ON), role(OTHER, policy(allow("kms:*")))], PROVED, ""),
        ([key(HANDED_ON), role(OTHER, policy(by_vpce("s3:*", 1),
                                             by_vpce("kms:*", 2)))], UNKNOWN, "same circumstances"),
        ([key(HANDED_ON), role(OTHER, policy(by_vpce("s3:*", 1),
                                             allow("kms:*", **if_("StringLike", "kms:ViaService", "s3.*"))))], REFUTED, ""),
        ([], UNKNOWN, "Key"),
    ],
)  # fmt: skip
def test_reading_under_a_key_takes_a_right_on_the_key(records, verdict, construct):
    more = {} if records else {"unlisted": {(Key, "us-east-1"): GAP}}
    found = only(bucket(key=KEY), TRAINER, *records, **more)
    assert found.verdict is verdict, found
    assert construct in found.construct


ACROSS = policy(allow("s3:GetObject", f"{BUCKET}/*", Principal=to("999988887777")))
FAR = "arn:aws:iam::999988887777:role/etl"


@pytest.mark.parametrize(
    ("grants", "verdict"),
    [
        ((), PROVED),
        ((lend(FAR),), REFUTED),
        ((lend("arn:aws:iam::999988887777:root"),), REFUTED),
        # One stranger for the object and another for the key are nobody who reads.
        ((lend("arn:aws:iam::777766665555:role/etl"),), UNKNOWN),
        ((lend(FAR, encryption_context_subset={"a": "1"}),), UNKNOWN),
        (None, UNKNOWN),
    ],
)
def test_strangers_whom_the_bucket_lets_in_need_the_key_too(grants, verdict):
    locked = key(HANDED_ON) if grants is None else key(HANDED_ON, grants=grants)
    locked = locked.punched("grants", GAP) if grants is None else locked
    found = only(bucket(ACROSS, key=KEY), TRAINER, locked)
    assert found.verdict is verdict, found


@pytest.mark.parametrize(
    ("grants", "verdict"),
    [
        ((), PROVED),
        ((lend(OTHER),), REFUTED),
        # Who calls KMS chooses the encryption context.
        ((lend(OTHER, encryption_context_equals={"aws:s3:arn": f"{BUCKET}/a"}),), REFUTED),
        ((lend("rds.us-east-1.amazonaws.com"),), REFUTED),
        ((lend(FAR),), REFUTED),
        ((lend(f"arn:aws:sts::{ACCOUNT}:assumed-role/aws:ec2-infrastructure/i-1"),), PROVED),
        (None, UNKNOWN),
    ],
)
def test_a_key_has_its_own_readers(grants, verdict):
    locked = key(HANDED_ON).punched("grants", GAP) if grants is None else key(HANDED_ON, grants=grants)
    found = only(locked, TRAINER, role(OTHER), actions=("kms:Decrypt",), resource=KEY)
    assert found.verdict is verdict, found
    if found.witness is not None and found.witness.principal == OTHER:
        lent: dict[str, object] = {"GrantId": "g1", "GranteePrincipal": OTHER, "Operations": ["Decrypt"]}
        bound = grants[0].constraints
        if bound is not None:
            lent["Constraints"] = {"EncryptionContextEquals": bound.encryption_context_equals}
        assert decide(found.witness, Policies(resource=HANDED_ON, grants=(lent,))).verdict == "allowed"
        assert [str(one) for one in found.because] == ["grants[0] (g1)"]


def test_a_knowledge_base_reads_for_whoever_may_ask_it():
    base = f"arn:aws:bedrock:us-east-1:{ACCOUNT}:knowledge-base/KB"
    source = SourceConfiguration("S3", SourceBucket(BUCKET))
    fed = (
        seen(DataSource, knowledge_base_id="KB", name="s", configuration=source),
        seen(KnowledgeBase, base, id="KB", name="k"),
    )
    asker = role(OTHER, policy(allow("bedrock:Retrieve")))
    assert only(bucket(), TRAINER, asker).verdict is PROVED
    found = only(bucket(), TRAINER, asker, *fed)
    assert (found.verdict, found.witness.resource) == (REFUTED, base)
    assert only(bucket(), TRAINER, *fed, unlisted={(DataSource, "us-east-1"): GAP}).verdict is UNKNOWN


UNSEEN = {
    "policy": bucket().punched("policy", GAP),
    "block": bucket(policy(allow("s3:GetObject", Principal="*"))).punched("block", GAP),
}


@pytest.mark.parametrize(
    "found",
    [
        pytest.param(lambda: only(TRAINER), id="no bucket"),
        pytest.param(lambda: only(UNSEEN["policy"], TRAINER), id="bucket policy"),
        pytest.param(lambda: only(UNSEEN["block"], TRAINER), id="public access"),
        pytest.param(lambda: only(bucket(), TRAINER, unlisted={(Role, "aws-global"): GAP}), id="roles"),
        pytest.param(lambda: only(bucket(), role(OTHER).punched("inline", GAP)), id="inline policies"),
        pytest.param(lambda: only(bucket(), role(OTHER, attached=("arn:aws:iam::aws:policy/Unseen",))), id="managed policy"),
        pytest.param(lambda: only(bucket(), role(OTHER, {"Statement": {"Effect": "Perhaps"}})), id="malformed"),
        pytest.param(lambda: only(bucket(policy(allow("s3:GetObject", NotPrincipal=to(TRAIN)))), role(OTHER)), id="NotPrincipal"),
        pytest.param(lambda: only(bucket(), role(OTHER, policy(allow("s3:*", BUCKET + "/a${*}b")))), id="no name"),
        pytest.param(lambda: only(resource=f"arn:aws:sqs:us-east-1:{ACCOUNT}:q"), id="another service"),
    ],
)  # fmt: skip
def test_what_was_not_collected_leaves_it_unknown(found):
    told = found()
    assert told.verdict is UNKNOWN
    assert told.construct


def test_a_role_that_was_not_read_does_not_matter_where_the_bucket_shuts_it_out():
    assert only(bucket(LOCKED), TRAINER, role(OTHER).punched("inline", GAP)).verdict is PROVED


def test_what_a_proof_leaves_out_is_told():
    found = only(bucket(), TRAINER)
    assert "the account's root user, who can" in found.assuming
    assert any("access control lists" in one for one in found.assuming)
    assert any("service control policies" in one for one in found.assuming)
    limits = Limits(scps=((ALL,),), rcps=((policy(allow(Principal="*")),),))
    assert not any("control policies" in one for one in only(bucket(), TRAINER, limits=limits).assuming)
    assert "the account's root user, who can" not in only(bucket(LOCKED), TRAINER).assuming


@pytest.mark.parametrize(
    ("limits", "verdict"),
    [
        (Limits(scps=((ALL, policy(deny("s3:Get*"))),)), PROVED),
        (Limits(scps=((ALL,), (policy(allow("ec2:*")),))), PROVED),
        (Limits(scps=((ALL,), (ALL,))), REFUTED),
        (Limits(rcps=((policy(allow(Principal="*"), deny("s3:*", Principal="*")),),)), PROVED),
    ],
)
def test_control_policies_take_away(limits, verdict):
    assert only(bucket(), TRAINER, READER, limits=limits).verdict is verdict


@pytest.mark.parametrize(
    ("sentence", "principals", "service", "resource"),
    [
        ("only role/ml-train reads bucket acme-weights", (TRAIN,), "s3", f"{BUCKET}/*"),
        ("only role/web, user/ann writes bucket acme-weights/out", (OTHER, USER), "s3", f"{BUCKET}/out*"),
        (f"only {TRAIN},bedrock.amazonaws.com invokes endpoint scores", (TRAIN, "bedrock.amazonaws.com"), "sagemaker",
         f"arn:aws:sagemaker:*:{ACCOUNT}:endpoint/scores"),
        ("only role/team/web invokes model anthropic.*", (OTHER,), "bedrock", "arn:aws:bedrock:*::foundation-model/anthropic.*"),
        (f"only role/web reads {KEY}", (OTHER,), "kms", KEY),
        ("only role/web reads key 1", (OTHER,), "kms", KEY),
        ("only role/web invokes function score", (OTHER,), "lambda", f"arn:aws:lambda:us-east-1:{ACCOUNT}:function:score"),
    ],
)  # fmt: skip
def test_a_sentence_names_principals_actions_and_a_resource(sentence, principals, service, resource):
    found = theorem(sentence, ACCOUNT_OF_ALL)
    assert (found.principals, found.resource) == (principals, resource)
    assert {one.partition(":")[0] for one in found.actions} == {service}


ACCOUNT_OF_ALL = inventory(
    bucket(), TRAINER, READER, user(), key(HANDED_ON),
    seen(Function, f"arn:aws:lambda:us-east-1:{ACCOUNT}:function:score", name="score", policy=None),
)  # fmt: skip


@pytest.mark.parametrize(
    ("sentence", "says"),
    [
        ("everybody reads everything", "is not: only PRINCIPAL"),
        ("only role/web reads bucket nowhere", "there is no bucket 'nowhere'"),
        ("only role/nobody reads bucket acme-weights", "there is no role 'nobody'"),
        ("only web reads bucket acme-weights", "'web' is neither role/NAME"),
        ("only role/web invokes bucket acme-weights", "invokes says nothing about 'acme-weights'"),
        ("only role/web reads queue jobs", "queue 'jobs' is no bucket"),
        ("only role/web reads bucket", "which one is not said: bucket NAME"),
    ],
)
def test_a_sentence_that_says_nothing_is_an_error(sentence, says):
    with pytest.raises(UsageError, match=says):
        theorem(sentence, ACCOUNT_OF_ALL)


def test_a_function_and_an_endpoint_have_their_own_readers():
    invoker = role(OTHER, policy(allow("lambda:InvokeFunction"), allow("sagemaker:InvokeEndpoint")))
    function = seen(Function, f"arn:aws:lambda:us-east-1:{ACCOUNT}:function:score", name="score", policy=None)
    for kind, name in (("function", "score"), ("endpoint", "scores")):
        asked = theorem(f"only role/ml-train invokes {kind} {name}", ACCOUNT_OF_ALL)
        records = (function, TRAINER, role(OTHER))
        assert only(*records, actions=asked.actions, resource=asked.resource).verdict is PROVED
        records = (function, TRAINER, invoker)
        assert only(*records, actions=asked.actions, resource=asked.resource).verdict is REFUTED


def trusting(arn, *statements):
    """Return a role with a trust policy, and without rights."""
    return role(arn, trust=policy(*(one | {"Action": "sts:AssumeRole"} for one in statements)))


AT_HOME = allow(None, None, Principal=to(f"arn:aws:iam::{ACCOUNT}:root"))
TO_ALL = trusting(OTHER, allow(None, None, Principal=to("*")))
ROLES = f"arn:aws:iam::{ACCOUNT}:role"


@pytest.mark.parametrize(
    ("records", "resource", "verdict"),
    [
        ([TO_ALL], OTHER, REFUTED),
        ([TO_ALL], f"{ROLES}/*", REFUTED),
        ([TO_ALL], f"{ROLES}/x*", PROVED),
        ([trusting(OTHER, AT_HOME)], OTHER, PROVED),
        ([trusting(OTHER, AT_HOME), user(ALL)], OTHER, REFUTED),
        ([trusting(OTHER, AT_HOME), user(policy(allow("sts:*", f"{ROLES}/team/*")))], f"{ROLES}/*", REFUTED),
        ([trusting(OTHER, AT_HOME), user(policy(allow("sts:*", f"{ROLES}/web")))], f"{ROLES}/*", PROVED),
        ([trusting(OTHER, AT_HOME, deny(None, None, Principal="*")), user(ALL)], OTHER, PROVED),
        ([trusting(OTHER, allow(None, None, Principal=to(TRAIN))), role(TRAIN, trust=policy(AT_HOME | {"Action": "sts:*"})),
          user(ALL)], OTHER, PROVED),
        ([trusting(OTHER, allow(None, None, Principal=to(USER))), user()], OTHER, REFUTED),
        ([trusting(OTHER, allow(None, None, Principal={"Service": "ec2.amazonaws.com"}))], OTHER, REFUTED),
        ([trusting(OTHER, allow(None, None, Principal={"Service": "sagemaker.amazonaws.com"}))], OTHER, PROVED),
        ([trusting(OTHER, allow(None, None, Principal=to("999988887777")))], OTHER, REFUTED),
        ([], OTHER, UNKNOWN),
        ([TO_ALL.punched("trust", GAP)], OTHER, UNKNOWN),
        ([TO_ALL], "arn:aws:iam::*:role/*", UNKNOWN),
    ],
)  # fmt: skip
def test_a_role_is_taken_by_whom_it_trusts(records, resource, verdict):
    spared = (TRAIN, "sagemaker.amazonaws.com")
    found = only(*records, actions=("sts:AssumeRole",), resource=resource, spared=spared)
    assert found.verdict is verdict, found


def test_roles_that_were_not_listed_leave_a_pattern_of_them_unknown():
    found = only(
        trusting(OTHER, AT_HOME), actions=("sts:*",), resource=f"{ROLES}/*", unlisted={(Role, "aws-global"): GAP}
    )
    assert found.verdict is UNKNOWN


def test_what_is_done_to_a_role_without_taking_it_hangs_on_no_trust():
    passing = user(policy(allow("iam:PassRole")))
    for actions in (("iam:PassRole",), ("iam:PassRole", "sts:AssumeRole")):
        assert only(trusting(OTHER, AT_HOME), passing, actions=actions, resource=OTHER).verdict is REFUTED
    assert only(trusting(OTHER, AT_HOME), user(), actions=("iam:PassRole", "sts:*"), resource=OTHER).verdict is PROVED


FUNCTION = f"arn:aws:lambda:us-east-1:{ACCOUNT}:function:score"


@pytest.mark.parametrize(
    ("pattern", "asked", "verdict"),
    [
        ("", "", REFUTED),
        (":*", "", REFUTED),
        (":prod", "", REFUTED),
        (":prod", ":prod", REFUTED),
        (":prod", ":dev", PROVED),
        ("s", "", PROVED),
    ],
)
def test_a_function_is_invoked_by_its_aliases_too(pattern, asked, verdict):
    function = seen(Function, FUNCTION, name="score", policy=None)
    invoker = role(OTHER, policy(allow("lambda:InvokeFunction", FUNCTION + pattern)))
    found = only(function, invoker, actions=ACTIONS["invokes", "lambda"], resource=FUNCTION + asked)
    assert found.verdict is verdict, found
    assert any("versions and aliases" in one for one in found.assuming)
    if found.witness is not None:
        assert decide(found.witness, Policies(identity=(json.loads(invoker.inline[0]),))).verdict == "allowed"


@pytest.mark.parametrize(
    ("action", "kind", "verdict"),
    [
        ("bedrock-agentcore:InvokeAgentRuntime", "bedrock-agentcore:us-east-1:{}:runtime/r", UNKNOWN),
        ("bedrock-agentcore:InvokeGateway", "bedrock-agentcore:*:{}:gateway/*", UNKNOWN),
        ("bedrock-agentcore:RetrieveMemoryRecords", "bedrock-agentcore:us-east-1:{}:memory/m", UNKNOWN),
        ("bedrock-agentcore:StartBrowserSession", "bedrock-agentcore:us-east-1:{}:browser-custom/b", PROVED),
        ("sagemaker:DescribeModelPackage", "sagemaker:us-east-1:{}:model-package/g/1", UNKNOWN),
        ("sagemaker:DescribeFeatureGroup", "sagemaker:us-east-1:{}:*", UNKNOWN),
        ("sagemaker:InvokeEndpoint", "sagemaker:us-east-1:{}:endpoint/e", PROVED),
        ("bedrock:Retrieve", "bedrock:us-east-1:{}:knowledge-base/K", UNKNOWN),
        ("bedrock:ApplyGuardrail", "bedrock:us-east-1:{}:guardrail/g", UNKNOWN),
        ("bedrock:InvokeModel", "bedrock:*::foundation-model/*", PROVED),
    ],
)
def test_a_resource_with_a_policy_that_is_not_collected_is_unknown(action, kind, verdict):
    resource = "arn:aws:" + kind.format(ACCOUNT)
    found = only(role(OTHER), actions=(action,), resource=resource)
    assert found.verdict is verdict, found
    assert ("which was not collected" in found.construct) is (verdict is UNKNOWN)
    refuted = only(role(OTHER, policy(allow(action))), actions=(action,), resource=resource)
    assert refuted.verdict is REFUTED
    assert any("could forbid this" in one for one in refuted.assuming) is (verdict is UNKNOWN)


@pytest.mark.parametrize(
    ("spared", "actions", "says"),
    [
        ((), (), "no action"),
        ((), ("GetObject",), "'GetObject' is not an action"),
        ((), ("s3:",), "'s3:' is not an action"),
        (("nonsense",), READS, "'nonsense' is no principal"),
        ((ACCOUNT,), READS, "is no principal"),
        ((f"arn:aws:iam::{ACCOUNT}:role/*",), READS, "is no principal"),
    ],
)
def test_a_question_about_nothing_or_nobody_is_an_error(spared, actions, says):
    with pytest.raises(RequestError, match=says):
        only(bucket(), TRAINER, spared=spared, actions=actions)


def test_a_pattern_of_actions_is_refuted_by_one_that_aws_documents():
    for pattern in ("*", "s3:*", "s3:get*"):
        found = only(bucket(), TRAINER, READER, actions=(pattern,))
        assert found.witness.action == "s3:GetObject"
