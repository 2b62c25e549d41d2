"""Who acted, from where, and whom a request lets in."""

import json

import pytest

from hexward.events import Event, Log, event_of
from hexward.events.images import of_aws
from hexward.events.request import LOG_DELIVERY, PORTS, Named, named, ports_open_to_everyone
from hexward.events.who import RELAYS

ROLE = "arn:aws:iam::111122223333:role/ml/train"
SESSION = "arn:aws:sts::111122223333:assumed-role/train"


def issued(role: str) -> dict[str, object]:
    return {"sessionContext": {"sessionIssuer": {"arn": role}}}


ISSUER = issued(ROLE)
DELIVERED = {"sessionContext": {"sessionIssuer": {"arn": ROLE}, "ec2RoleDelivery": "2.0"}}
PERSON = "arn:aws:sts::111122223333:assumed-role/AWSReservedSSO_Dev_1"
SSO = "arn:aws:iam::111122223333:role/aws-reserved/sso.amazonaws.com/eu-west-1/AWSReservedSSO_Dev_1"
USER = "arn:aws:iam::1:user/ana"
FEDERATED = "arn:aws:sts::1:federated-user/ana"
FALSE_SSO = "arn:aws:iam::111122223333:role/AWSReservedSSO_Dev_1"


def event(identity: object = None, **more: object) -> Event:
    return event_of(Log.CLOUDTRAIL, {"eventTime": "2026-03-14T02:17:00Z", "userIdentity": identity, **more})


@pytest.mark.parametrize(
    ("identity", "principal", "kind", "platform"),
    [
        ({"type": "Root", "arn": "arn:aws:iam::1:root"}, "arn:aws:iam::1:root", "root", ""),
        ({"type": "IAMUser", "arn": "arn:aws:iam::1:user/ana"}, "arn:aws:iam::1:user/ana", "user", ""),
        ({"type": "AssumedRole", "arn": f"{SESSION}/x", **ISSUER}, ROLE, "role", ""),
        ({"type": "AssumedRole", "arn": f"{SESSION}/x"}, "arn:aws:iam::111122223333:role/train", "role", ""),
        ({"type": "AssumedRole", "arn": f"{SESSION}/i-0317f6c6b66ae9c40", **ISSUER}, ROLE, "machine", ""),
        ({"type": "AssumedRole", "arn": f"{SESSION}/i-0317f6c6b66ae9c40", **DELIVERED}, ROLE, "machine", "ec2"),
        ({"type": "AssumedRole", "arn": f"{SESSION}/x", **DELIVERED}, ROLE, "machine", "ec2"),
        ({"type": "AssumedRole", "arn": f"{SESSION}/SageMaker", **ISSUER}, ROLE, "machine", ""),
        ({"type": "IAMUser", "arn": "arn:aws:iam::1:user/SageMaker"}, "arn:aws:iam::1:user/SageMaker", "user", ""),
        (
            {
                "type": "AssumedRole",
                "arn": f"{SESSION}/f",
                **ISSUER,
                "inScopeOf": {"issuerType": "AWS::Lambda::Function"},
            },
            ROLE,
            "machine",
            "lambda",
        ),
        ({"type": "AssumedRole", "arn": f"{SESSION}/ana@example.com", **ISSUER}, ROLE, "role", ""),
        (
            {"type": "AssumedRole", "arn": "arn:aws:sts::111122223333:assumed-role/AWSReservedSSO_Admin_1/ana"},
            "arn:aws:iam::111122223333:role/AWSReservedSSO_Admin_1",
            "human",
            "",
        ),
        ({"type": "AssumedRole", "arn": f"{PERSON}/ana", **issued(SSO)}, SSO, "human", ""),
        ({"type": "AssumedRole", "arn": f"{PERSON}/ana", **issued(FALSE_SSO)}, FALSE_SSO, "role", ""),
        ({"type": "AWSService", "invokedBy": "ec2.amazonaws.com"}, "ec2.amazonaws.com", "service", ""),
        (
            {"type": "AssumedRole", "arn": f"{SESSION}/x", **ISSUER, "invokedBy": "athena.amazonaws.com"},
            ROLE,
            "service",
            "",
        ),
        *(
            ({"type": "AssumedRole", "arn": f"{SESSION}/x", **ISSUER, "invokedBy": relay}, ROLE, "role", "")
            for relay in sorted(RELAYS)
        ),
        ({"type": "IAMUser", "arn": USER, "invokedBy": "cloudcontrolapi.amazonaws.com"}, USER, "user", ""),
        ({"type": "AWSService", "invokedBy": "ssm.amazonaws.com"}, "ssm.amazonaws.com", "service", ""),
        ({"type": "FederatedUser", "arn": FEDERATED, **issued(USER)}, USER, "user", ""),
        ({"type": "FederatedUser", "arn": FEDERATED}, FEDERATED, "user", ""),
        (
            {"type": "FederatedUser", "arn": FEDERATED, **issued("arn:aws:iam::1:root")},
            "arn:aws:iam::1:root",
            "root",
            "",
        ),
        ({"type": "AWSAccount", "accountId": "999988887777", "principalId": "AIDA1"}, "AIDA1", "anonymous", ""),
        ({"type": "SAMLUser", "userName": "ana@example.com"}, "ana@example.com", "human", ""),
        (None, "198.51.100.7", "anonymous", ""),
        ("root", "198.51.100.7", "anonymous", ""),
        ({"type": 5, "arn": ["x"]}, "198.51.100.7", "anonymous", ""),
    ],
)
def test_tells_who_acted(identity, principal, kind, platform):
    found = event(identity, sourceIPAddress="198.51.100.7")
    known = found.known.all()
    assert (found.principal, known["principal_kind"], known["platform"]) == (principal, kind, platform)


@pytest.mark.parametrize(
    ("identity", "kind"),
    [
        ({"arn": f"{SESSION}/ana", **ISSUER}, "human"),
        ({"arn": f"{SESSION}/x", **DELIVERED}, "machine"),
        ({"arn": f"{SESSION}/i-0317f6c6b66ae9c40", **ISSUER}, "machine"),
        ({"arn": f"{PERSON}/SageMaker", **issued(SSO)}, "human"),
    ],
)
def test_tells_whose_session_the_console_shows(identity, kind):
    found = event({"type": "AssumedRole", **identity}, sessionCredentialFromConsole="true")
    assert found.known.get("principal_kind") == kind


@pytest.mark.parametrize(
    ("address", "more", "expected"),
    [
        ("198.51.100.7", {}, "internet"),
        ("2001:db8::1", {}, "internet"),
        ("10.1.2.3", {}, "private"),
        ("10.1.2.3", {"vpcEndpointId": "vpce-1"}, "endpoint"),
        ("cloudformation.amazonaws.com", {}, "aws"),
        ("AWS Internal", {}, "aws"),
    ],
)
def test_tells_where_a_call_came_from(address, more, expected):
    assert event(sourceIPAddress=address, **more).known.get("source") == expected


def policy(principal: object) -> str:
    return json.dumps({"Statement": [{"Effect": "Allow", "Principal": principal, "Action": "*", "Resource": "*"}]})


OTHER = Named(frozenset({"999988887777"}))
ALL = Named(everyone=True)
MINE, THEIRS = "a" * 64, "b" * 64
FOREIGN = Named(frozenset({THEIRS}))


@pytest.mark.parametrize(
    ("parameters", "expected"),
    [
        (None, Named()),
        ({"policyDocument": policy({"AWS": "arn:aws:iam::999988887777:root"})}, OTHER),
        ({"policyDocument": policy({"AWS": ["999988887777", "111122223333"]})}, OTHER),
        ({"policyDocument": policy({"AWS": "*"})}, ALL),
        ({"policyDocument": policy("*")}, ALL),
        ({"policyDocument": policy({"Service": "sagemaker.amazonaws.com"})}, Named()),
        ({"bucketPolicy": json.loads(policy("*"))}, ALL),
        ({"launchPermission": {"add": {"items": [{"userId": "999988887777"}]}}}, OTHER),
        ({"launchPermission": {"add": {"items": [{"group": "all"}]}}}, ALL),
        ({"principal": "*", "action": "lambda:InvokeFunction"}, ALL),
        ({"ipPermissions": {"items": [{"ipRanges": {"items": [{"cidrIp": "0.0.0.0/0"}]}}]}}, ALL),
        ({"cidrIpv6": "::/0"}, ALL),
        ({"cidrIp": "128.0.0.0/1"}, ALL),
        ({"cidrIp": "16.0.0.0/4"}, ALL),
        ({"cidrIp": "208.236.235.254/0"}, ALL),
        ({"cidrIpv6": "2000::/3"}, ALL),
        ({"cidrIpv6": "::/1"}, ALL),
        ({"cidrIpv6": "8000::/1"}, Named()),
        ({"cidrIpv6": "2a05:d018::/36"}, Named()),
        ({"cidrIp": "16.0.0.0/5"}, Named()),
        ({"items": [{"cidrIp": "16.0.0.0/5"}, {"cidrIp": "24.0.0.0/5"}]}, ALL),
        ({"cidrIp": "224.0.0.0/4"}, Named()),
        ({"cidrIpv6": "fc00::/7"}, Named()),
        ({"cidrIp": "10.0.0.0/8"}, Named()),
        ({"path": "a/b/1"}, Named()),
        (
            {"AccessControlPolicy": {"Owner": {"ID": MINE}, "AccessControlList": {"Grant": {"Grantee": {"ID": MINE}}}}},
            Named(),
        ),
        (
            {
                "AccessControlPolicy": {
                    "Owner": {"ID": MINE},
                    "AccessControlList": {"Grant": {"Grantee": {"ID": THEIRS}}},
                }
            },
            FOREIGN,
        ),
        ({"accessControlList": {"x-amz-grant-read": f'id="{THEIRS}"'}}, FOREIGN),
        ({"accessControlList": {"x-amz-grant-read": f'id="{LOG_DELIVERY}"'}}, Named()),
        ({"policy": policy({"CanonicalUser": THEIRS})}, FOREIGN),
        ({"bucketPolicy": {"Statement": {"Effect": "Allow", "NotPrincipal": {"AWS": "999988887777"}}}}, ALL),
        ({"bucketPolicy": {"Statement": {"Effect": "Deny", "NotPrincipal": {"AWS": "999988887777"}}}}, Named()),
        ({"text": "{not json"}, Named()),
        ({"text": "[" * 5000}, Named()),
        ({"number": "1234567890123"}, Named()),
        ({"bucketName": "arn:aws:s3:::data"}, Named()),
    ],
)
def test_tells_whom_a_request_lets_in(parameters, expected):
    assert named(parameters, "111122223333") == expected


@pytest.mark.parametrize(
    ("image", "expected"),
    [
        ("111122223333.dkr.ecr.eu-west-1.amazonaws.com/train:1", []),
        ("763104351884.dkr.ecr.eu-west-1.amazonaws.com/pytorch-training:2.8.0", []),
        ("999988887777.dkr.ecr.eu-west-1.amazonaws.com/train:1", ["999988887777"]),
        ("999988887777.dkr-ecr.eu-west-1.on.aws/train:1", ["999988887777"]),
        ("Docker.example.com/train", ["docker.example.com"]),
        ("localhost:5000/train", ["localhost:5000"]),
        ("someone/train", ["docker.io"]),
        ("ubuntu", ["docker.io"]),
    ],
)
def test_tells_whose_registry_an_image_comes_from(image, expected):
    asked = {"containers": [{"image": image, "modelDataUrl": "s3://models/1"}]}
    found = event(requestParameters=asked, recipientAccountId="111122223333")
    assert found.known.get("other_registries") == expected


def test_knows_the_accounts_that_aws_hands_out_images_from():
    assert all(len(one) == 12 and one.isdecimal() for one in of_aws())
    assert len(of_aws()) > 300


REFUSED = (
    "User: arn:aws:iam::1:user/ana is not authorized to perform: bedrock:InvokeModel on resource: "
    "arn:aws:bedrock:us-east-1::foundation-model/a.claude-v2:1 because no policy allows it"
)


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({"requestParameters": {"modelId": "a.claude-v2:1"}}, "a.claude-v2:1"),
        (
            {"requestParameters": {"modelId": "arn:aws:bedrock:us-east-1::foundation-model/a.claude-v2:1"}},
            "a.claude-v2:1",
        ),
        ({"requestParameters": None, "errorMessage": REFUSED}, "a.claude-v2:1"),
        ({"errorMessage": "The provided model identifier is invalid."}, None),
        ({"errorMessage": ["x"], "requestParameters": {"modelId": 5}}, None),
    ],
)
def test_tells_which_model_is_called(more, expected):
    assert event(**more).known.get("model") == expected


def test_a_record_without_an_id_has_the_same_one_each_time():
    assert event(eventName="x").id == event(eventName="x").id != event(eventName="y").id


@pytest.mark.parametrize("time", [None, 5, "", "yesterday", "2026-13-01T00:00:00Z"])
def test_a_record_without_a_time_is_no_event(time):
    with pytest.raises(ValueError, match=r"no time|no eventTime|Invalid isoformat|month"):
        event_of(Log.CLOUDTRAIL, {"eventTime": time})


def rule(low: int, high: int, *ranges: str, protocol: str = "tcp") -> dict[str, object]:
    given = {"items": [{"cidrIp": one} for one in ranges]}
    return {"ipProtocol": protocol, "fromPort": low, "toPort": high, "ipRanges": given}


@pytest.mark.parametrize(
    ("rules", "expected"),
    [
        ([rule(22, 22, "0.0.0.0/0")], [22]),
        ([rule(22, 22, "198.51.100.0/24"), rule(443, 443, "0.0.0.0/0")], []),
        ([rule(22, 22, "16.0.0.0/5"), rule(22, 22, "24.0.0.0/5")], [22]),
        ([rule(22, 22, "16.0.0.0/5"), rule(3389, 3389, "24.0.0.0/5")], []),
        ([rule(5000, 6000, "0.0.0.0/0")], [5000, 5432, 5985, 5986]),
        ([rule(-1, -1, "0.0.0.0/0", protocol="icmp")], []),
        ([rule(-1, -1, "0.0.0.0/0", protocol="-1")], list(PORTS)),
        ([{"ipProtocol": "tcp", "cidrIp": "0.0.0.0/0"}], []),
        ([None, 5, []], []),
    ],
)
def test_tells_which_ports_each_rule_opens_to_everyone(rules, expected):
    assert ports_open_to_everyone({"groupId": "sg-1", "ipPermissions": {"items": rules}}) == expected


def test_a_range_beside_rules_is_of_its_own_ports():
    asked = {"fromPort": 443, "toPort": 443, "cidrIp": "0.0.0.0/0", "items": [rule(22, 22, "198.51.100.0/24")]}
    assert ports_open_to_everyone(asked) == []
